/** Going back to a form finds the key that it had, so that pressing again does not record the same a second time. */
{
  const keys = [...document.querySelectorAll("input[name=idempotency_key]")];
  const held = history.state?.keys;
  const [came] = performance.getEntriesByType("navigation");
  if (came?.type === "back_forward" && held?.length === keys.length) keys.forEach((input, n) => (input.value = held[n]));
  else if (keys.length) history.replaceState({ ...history.state, keys: keys.map((input) => input.value) }, "");
}
