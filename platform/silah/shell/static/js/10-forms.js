/** Conditional fields, filters that send themselves, and focus on what must be mended. */
{
  const form_value = (form, name) => {
    const inputs = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    return [...inputs].filter((input) => !/^(radio|checkbox)$/.test(input.type) || input.checked).map((input) => input.value);
  };

  /* data-shown-when="name=value|other value": hidden inputs are not sent. Several conditions stand apart by "&". */
  const show = (field) => {
    const form = field.closest("form");
    const shown = field.dataset.shownWhen.split("&").every((condition) => {
      const [name, wanted] = condition.split("=");
      const values = form_value(form, name);
      return wanted === undefined ? values.some(Boolean) : wanted.split("|").some((value) => values.includes(value));
    });
    field.hidden = !shown;
    for (const input of field.querySelectorAll("input, select, textarea")) input.disabled = !shown;
  };

  for (const form of document.forms) {
    const fields = form.querySelectorAll("[data-shown-when]");
    const refresh = () => fields.forEach(show);
    if (fields.length) {
      refresh();
      addEventListener("pageshow", refresh); // going back, the browser puts in what was chosen after this has run
      form.addEventListener("input", refresh);
      form.addEventListener("reset", () => setTimeout(refresh));
    }
    if (form.matches("[data-autosubmit]")) {
      form.addEventListener("change", () => form.requestSubmit());
      form.querySelectorAll("[data-autosubmit-button]").forEach((button) => (button.hidden = true));
    }
  }

  /* Without a connection nothing is sent: what was typed would be gone with the page. */
  const lost = document.querySelector("[data-offline]");
  if (lost) {
    addEventListener("online", () => lost.setAttribute("hidden", ""));
    document.addEventListener("submit", (event) => {
      if (navigator.onLine || event.target.method !== "post") return;
      event.preventDefault();
      lost.removeAttribute("hidden");
      lost.focus();
    }, true);
  }

  document.querySelector("[data-focus]")?.focus();
  for (const fold of document.querySelectorAll("[data-fold]")) {
    const wide = matchMedia("(min-width: 64rem)");
    const follow = () => (fold.open = wide.matches);
    follow();
    wide.addEventListener("change", follow);
  }
}
