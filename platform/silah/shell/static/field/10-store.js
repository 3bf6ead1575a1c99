/** What the phone keeps: surveys as they came, answers only encrypted, under a key that never leaves the browser. */
const STORE = "silah-field";
const FLAG = "silah.field";
let opened = null;
let left = false;

const store = () =>
  (opened ??= new Promise((resolve, reject) => {
    if (left) throw new Error("signed out of this phone");
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("meta");
      for (const name of ["rounds", "answers"]) asked.result.createObjectStore(name, { keyPath: "id" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  }));

/* Done only once the browser says that it stands on the disk: nothing is called kept before. */
const written = async (names, work) => {
  const change = (await store()).transaction(names, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    change.oncomplete = resolve;
    change.onerror = change.onabort = () => reject(change.error);
  });
  work(...names.map((name) => change.objectStore(name)));
  return done;
};

const asked = async (name, how) => {
  const request = how((await store()).transaction(name).objectStore(name));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
};
const got = (name, key) => asked(name, (held) => held.get(key));
const all = (name) => asked(name, (held) => held.getAll());
const note = (key, value) => written(["meta"], (meta) => meta.put(value, key));

const the_key = async () => {
  const known = await got("meta", "key");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await written(["meta"], (meta) => {
    /* Another tab may have been quicker: then its key stays. */
    meta.add(made, "key").onerror = (event) => {
      event.preventDefault();
      event.stopPropagation();
    };
  });
  return got("meta", "key");
};

const bytes = (text) => new TextEncoder().encode(text);
const how = (answer) => ({ name: "AES-GCM", iv: answer.iv, additionalData: bytes(answer.id) });

const sealed = async (answer, pairs, page) => {
  const kept = { id: answer.id, round: answer.round, state: answer.state, reason: answer.reason, iv: crypto.getRandomValues(new Uint8Array(12)) };
  kept.sealed = await crypto.subtle.encrypt(how(kept), await the_key(), bytes(JSON.stringify({ pairs, page })));
  return kept;
};
const unsealed = async (answer) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how(answer), await the_key(), answer.sealed)));

const keep = async (answer, pairs, page = 0) => {
  const kept = await sealed(answer, pairs, page);
  await written(["answers"], (answers) => answers.put(kept));
  flagged(true);
};

/* Another state of an answer that stands in one of these, in one go: opened to be corrected, it is not sent, and the other way round. */
const moved = async (id, from, to) => {
  let done = false;
  await written(["answers"], (answers) => {
    answers.get(id).onsuccess = ({ target: { result: held } }) => {
      done = Boolean(held) && from(held);
      if (done) answers.put({ ...held, ...to });
    };
  });
  return done;
};
const drop = (id) => written(["answers"], (answers) => answers.delete(id));

/* What the sign-out of other pages looks at; it holds nothing but that there is something. */
const flagged = (yes) => (yes ? localStorage.setItem(FLAG, "1") : localStorage.removeItem(FLAG));

/* Once somebody has left for good, whatever is still under way finds no store and makes none. */
const wiped = async (for_good = false) => {
  left = for_good;
  (await store().catch(() => null))?.close();
  opened = null;
  await new Promise((resolve) => {
    const gone = indexedDB.deleteDatabase(STORE);
    gone.onsuccess = gone.onerror = gone.onblocked = resolve;
  });
  flagged(false);
};
