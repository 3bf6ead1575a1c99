/** While a form is being filled in, keep what its page shows of it up to date: the parts named in data-live. */
for (const form of document.querySelectorAll("form[data-live]")) {
  const parts = form.dataset.live.split(" ");
  let waiting, asked;
  const refresh = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = new FormData(form);
    typed.set("deed", "preview");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of parts) {
        const [here, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (here && fresh) here.replaceChildren(...fresh.childNodes);
      }
    } catch (error) {
      if (error.name !== "AbortError") console.debug(error);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 600);
  });
}
