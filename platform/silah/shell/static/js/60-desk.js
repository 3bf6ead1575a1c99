/** In a queue, the arrow keys walk from one case to the next. */
for (const table of document.querySelectorAll("[data-rows]")) {
  const links = [...table.querySelectorAll("tbody tr a:first-of-type")];
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  });
}

/** A long rail shows the entry of the page one is on. */
{
  const here = document.querySelector(".rail a[aria-current]");
  const rail = here?.closest("ul");
  if (rail && here.offsetTop > rail.clientHeight * 0.8) rail.scrollTop = here.offsetTop - rail.clientHeight / 3;
}
