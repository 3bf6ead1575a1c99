/* Keeps the page and what it is drawn with, so that it opens without a connection. Answers never pass through here. */
const PAGE = "/desk/field/";
const CACHE = `silah-field-${KEPT.version}`;

const shell = (tongue) => `${PAGE}?lang=${tongue}`;

const taken_along = async () => {
  const cache = await caches.open(CACHE);
  for (const path of [...KEPT.tongues.map(shell), ...KEPT.files]) {
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error(`${path} did not come`);
    await cache.put(path, answer);
  }
};

const older_gone = async () => {
  for (const name of await caches.keys())
    if (name.startsWith("silah-field-") && name !== CACHE && name !== "silah-field-tongue") await caches.delete(name);
};

const page = async (url) => {
  const last = await caches.match(`${PAGE}tongue`, { cacheName: "silah-field-tongue" });
  const wish = url.searchParams.get("lang") ?? (await last?.text()) ?? KEPT.tongue;
  const tongue = KEPT.tongues.includes(wish) ? wish : KEPT.tongue;
  return caches.match(shell(tongue), { cacheName: CACHE, ignoreVary: true });
};

addEventListener("install", (event) => event.waitUntil(taken_along().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(older_gone().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { method, mode, url: address } = event.request;
  const url = new URL(address);
  if (method !== "GET" || url.origin !== location.origin) return;
  if (mode === "navigate" && url.pathname === PAGE) event.respondWith(page(url).then((kept) => kept ?? fetch(event.request)));
  else if (KEPT.files.includes(url.pathname + url.search))
    event.respondWith(caches.match(event.request, { cacheName: CACHE, ignoreVary: true }).then((kept) => kept ?? fetch(event.request)));
});
