/** A move that asks once more: the folded form opens as a dialog. */
for (const fold of document.querySelectorAll("[data-confirm]")) {
  const form = fold.querySelector("form");
  const dialog = document.createElement("dialog");
  const title = form.querySelector(".confirm-title");
  title.id = `confirm-${[...document.querySelectorAll("[data-confirm]")].indexOf(fold)}`;
  dialog.setAttribute("aria-labelledby", title.id);
  fold.after(dialog);
  dialog.append(form);
  const dismiss = form.querySelector("[data-dismiss]");
  dismiss.hidden = false;
  dismiss.autofocus = true;
  dismiss.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  fold.addEventListener("toggle", () => {
    if (!fold.open) return;
    fold.open = false;
    dialog.showModal();
  });
  if (form.querySelector(".invalid")) dialog.showModal();
}
