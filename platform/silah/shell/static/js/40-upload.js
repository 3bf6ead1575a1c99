/** A file over the limit is refused at its field before anything is sent. */
const too_large = (input) => {
  const field = input.closest("[data-upload]");
  const bad = [...input.files].some((file) => file.size > Number(field.dataset.most));
  field.querySelector("[data-refused]")?.remove();
  field.classList.toggle("invalid", bad);
  input.setAttribute("aria-invalid", bad);
  if (bad) {
    const said = Object.assign(document.createElement("p"), { className: "error", id: `${input.id}-refused`, textContent: field.dataset.tooLarge });
    said.dataset.refused = "";
    said.setAttribute("role", "alert");
    input.before(said);
    input.setAttribute("aria-describedby", `${input.id}-hint ${said.id}`);
  }
  return bad;
};
for (const input of document.querySelectorAll("[data-upload] input[type=file]")) input.addEventListener("change", () => too_large(input));

/** While a form with files is sent, say how far it is. The answer replaces the page as it would have without script. */
for (const form of new Set([...document.querySelectorAll("[data-upload]")].map((field) => field.closest("form")))) {
  if (!form) continue;
  form.addEventListener("submit", (event) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
    if (!chosen.length || event.defaultPrevented || /^(remove|switch_language)$/.test(event.submitter?.name)) return;
    event.preventDefault();
    const refused = chosen.find(too_large);
    if (refused) return refused.focus();
    const field = chosen[0].closest("[data-upload]");
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    const words = Object.assign(document.createElement("p"), { className: "muted" });
    field.querySelectorAll("[role=status]").forEach((earlier) => earlier.remove());
    words.setAttribute("role", "status");
    words.textContent = field.dataset.sending;
    bar.setAttribute("aria-label", field.dataset.sending);
    field.append(words, bar);
    const buttons = form.querySelectorAll("button");
    const body = new FormData(form, event.submitter);
    buttons.forEach((button) => (button.disabled = true));

    const request = new XMLHttpRequest();
    const failed = () => {
      buttons.forEach((button) => (button.disabled = false));
      bar.remove();
      words.textContent = field.dataset.failed;
    };
    request.upload.addEventListener("progress", (sent) => sent.lengthComputable && (bar.value = (100 * sent.loaded) / sent.total));
    request.addEventListener("load", () => {
      const html = /html/.test(request.getResponseHeader("Content-Type") ?? "");
      if (!html) return location.assign(request.responseURL);
      // The answer is shown as it came: asking for it again would lose what is shown once.
      if (request.responseURL !== location.href) history.pushState(null, "", request.responseURL);
      document.open();
      // Opening anew forgot every listener; the way back leads to a page that is no longer here.
      addEventListener("popstate", () => location.reload());
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", failed);
    request.open("POST", form.getAttribute("action") || location.href);
    request.send(body);
  });
}
