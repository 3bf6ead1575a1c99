/** Leaving: nothing readable stays on the phone, and nothing unsent is thrown away without a word. */
const leaving = async () => {
  const count = (await all("answers")).length;
  for (const lost of main.querySelectorAll("[data-lost]")) lost.textContent = shown_digits(count);
  $("losing").hidden = $("dirty").hidden = !count;
  $("clean").hidden = Boolean(count);
  show("leave");
};

const cleared = async () => {
  at.answer = null;
  await writing;
  await wiped(true);
  for (const name of await caches.keys()) if (name.startsWith(STORE)) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
};

$("leave").addEventListener("click", leaving);
$("stay").addEventListener("click", async () => {
  history.replaceState(null, "", PLACE);
  show("home");
  await drawn();
});
$("wipe").addEventListener("click", async () => {
  await spoken("rounds.json").then(({ told }) => (proof = told.proof), () => null);
  await cleared();
  try {
    const answer = await fetch("/sign-out", { method: "POST", headers: { "X-CSRFToken": proof ?? "" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") location.replace("/sign-in");
    else show("gone");
  } catch {
    show("gone");
  }
});
$("wipe-other").addEventListener("click", async () => {
  await wiped();
  show("home");
  await touched();
});

$("send").addEventListener("click", touched);
addEventListener("online", () => (online(true), touched()));
addEventListener("offline", () => online(false));
document.addEventListener("visibilitychange", () => !document.hidden && showing("home") && touched());
setInterval(async () => {
  if (navigator.onLine && showing("home") && (await all("answers")).some((answer) => answer.state === "kept")) await touched();
}, 30_000);

try {
  await the_key();
  navigator.storage?.persist?.();
  const choice = await caches.open(`${STORE}-tongue`);
  await choice.put(`${PLACE}tongue`, new Response(tongue));
  navigator.serviceWorker.register(`${PLACE}worker.js`, { scope: PLACE }).catch(() => trouble("server"));
  navigator.serviceWorker.ready.then(() => ($("ready").hidden = false));
  online(navigator.onLine);
  await drawn();
  if (location.hash === "#leave") await leaving();
  else show("home", true);
  await touched();
} catch (problem) {
  show("home");
  trouble("store");
  throw problem;
}
