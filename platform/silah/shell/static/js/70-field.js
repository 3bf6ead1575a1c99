/** Signing out leads past the page of the field where the phone still keeps something of it. */
try {
  if (localStorage.getItem("silah.field"))
    for (const form of document.querySelectorAll('form[action="/sign-out"]'))
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        location.assign("/desk/field/#leave");
      });
} catch {
  // A browser that keeps nothing has nothing to lose.
}
