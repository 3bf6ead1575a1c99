/** On the tablet at the desk: a page left alone goes back to the beginning, and nothing of it can be had back. */
{
  const notice = document.querySelector("[data-idle]");
  if (notice) {
    const wait = Number(notice.dataset.idle) * 1000;
    const warning = Math.min(20_000, wait / 2);
    const leave = () => location.replace(notice.dataset.start);
    let timers = [];
    const begin = () => {
      timers.forEach(clearTimeout);
      notice.hidden = true;
      timers = [setTimeout(() => (notice.hidden = false), wait - warning), setTimeout(leave, wait)];
    };
    if (!("fresh" in notice.dataset)) begin();
    for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, begin, { passive: true });
    addEventListener("pageshow", (event) => event.persisted && leave());
  }
}
