/** Being in touch: what is taken along is fetched, what is kept is sent, each answer once whatever happens between. */
const PLACE = "/desk/field/";
const tongue = document.documentElement.lang;
let proof = null;

class Trouble extends Error {}

/* What came back, or a word for why nothing did: "offline", "signin", "server", "again". */
const spoken = async (path, body) => {
  let answer;
  try {
    answer = await fetch(`${PLACE}${path}?lang=${tongue}`, body ? { method: "POST", body, headers: { "X-CSRFToken": proof ?? "" } } : { cache: "no-store" });
  } catch {
    throw new Trouble("offline");
  }
  if (answer.status === 401) throw new Trouble("signin");
  if (answer.status === 400) throw new Trouble("again");
  if (answer.status === 429 || answer.status >= 500) throw new Trouble("server");
  const told = await answer.json().catch(() => null);
  if (!told) throw new Trouble("server");
  await note("touch", Date.now());
  return { status: answer.status, told };
};

/* Fetch what is to be taken along. Says whose answers the phone holds where that is somebody else. */
const fetched = async () => {
  const { told } = await spoken("rounds.json");
  proof = told.proof;
  const owner = await got("meta", "owner");
  if (owner && owner !== told.member) {
    if ((await all("answers")).length) throw new Trouble("other");
    await wiped();
  }
  await written(["meta", "rounds", "answers"], (meta, rounds, answers) => {
    meta.put(told.member, "owner");
    const here = new Set(told.rounds.map((round) => round.id));
    const needed = answers.getAll();
    needed.onsuccess = () => {
      for (const answer of needed.result) here.add(answer.round);
      rounds.getAll().onsuccess = (event) => {
        for (const round of event.target.result) {
          if (!here.has(round.id)) rounds.delete(round.id);
          else if (!told.rounds.some((one) => one.id === round.id)) rounds.put({ ...round, over: true });
        }
        for (const round of told.rounds) rounds.put(round);
      };
    };
  });
  flagged(true);
};

/* Once it is on its way it may have arrived, whatever comes back: from then on nobody corrects it here. */
const sent_one = async (answer, tries = 2) => {
  if (!(await moved(answer.id, (held) => held.state === "kept", { sent: true }))) return false;
  const { pairs } = await unsealed(await got("answers", answer.id));
  const body = new FormData();
  const asked_for = (await got("rounds", answer.round)).pages.flatMap((page) => page.questions);
  const photos = new Set(asked_for.filter((one) => one.kind === "file").map((one) => one.key));
  for (const [name, value] of pairs) photos.has(name) ? body.append(name, photo_file(value), "photo.jpg") : body.append(name, value);
  body.set("id", answer.id);
  try {
    const { status, told } = await spoken(`${answer.round}/answers.json`, body);
    if (status === 200 && told.taken) {
      const before = (await got("meta", "sent")) ?? {};
      await written(["answers", "meta"], (answers, meta) => {
        answers.delete(answer.id);
        meta.put({ ...before, [answer.round]: (before[answer.round] ?? 0) + 1 }, "sent");
      });
      return true;
    }
    const reason = [status === 404 ? words.elsewhere : told.error, ...Object.values(told.fields ?? {})].join(" ");
    await written(["answers"], (answers) => answers.put({ ...answer, state: "refused", reason, sent: false }));
    return false;
  } catch (trouble) {
    if (trouble.message !== "again" || !tries) throw trouble.message === "again" ? new Trouble("server") : trouble;
    await fetched();
    return sent_one(answer, tries - 1);
  }
};

/* Send what waits, in no order that could tell when it was taken. One tab sends at a time. */
const delivered = async () => {
  const send = async (held) => {
    if (!held) return 0;
    let count = 0;
    const waiting = (await all("answers")).filter((answer) => answer.state === "kept");
    const lot = new Map(waiting.map((answer) => [answer, crypto.getRandomValues(new Uint32Array(1))[0]]));
    for (const answer of waiting.sort((one, other) => lot.get(one) - lot.get(other))) count += Number(await sent_one(answer));
    return count;
  };
  return navigator.locks ? navigator.locks.request(STORE, { ifAvailable: true }, send) : send(true);
};
