/** The way to the other language takes along what is typed on the page's form. */
{
  const link = document.querySelector("a.language[data-switch]");
  const posting = [...document.forms].filter((form) => form.method === "post");
  let typed;
  document.addEventListener("input", (event) => {
    if (posting.includes(event.target.form)) typed = event.target.form;
  });

  const changed = (input) =>
    input.type === "file" ? input.files.length > 0
      : /^(radio|checkbox)$/.test(input.type) ? input.checked !== input.defaultChecked
        : input.tagName === "SELECT" ? [...input.options].some((one) => one.defaultSelected && !one.selected)
          : input.type !== "hidden" && input.defaultValue !== undefined && input.value !== input.defaultValue;
  const filled = (form) => form.hasAttribute("data-filled") || [...form.elements].some(changed);

  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const form = typed ?? posting.find(filled);
    if (!form) {
      const plain = new URL(link.dataset.switch, location.href);
      plain.searchParams.delete("switch_language");
      return location.assign(plain);
    }
    const button = Object.assign(document.createElement("button"), { type: "submit", hidden: true, formNoValidate: true, name: "switch_language" });
    button.formAction = form.dataset.switch ?? link.dataset.switch;
    button.value = form.hasAttribute("action") ? new URL(form.getAttribute("action"), location.href).pathname : "";
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  });
}
