/** The screens: what is with the phone, one answer being taken, and leaving. */
const main = document.getElementById("main");
const $ = (name, part = main) => part.querySelector(`[data-${name}]`);
const screens = [...main.querySelectorAll("[data-screen]")];
const at = { answer: null, round: null, pairs: [], place: 0, changed: false, tongue };

const show = (name, first = false) => {
  for (const screen of screens) screen.hidden = screen.dataset.screen !== name;
  if (first) return;
  scrollTo(0, 0);
  main.querySelector(`[data-screen="${name}"] h1`).focus();
};
const showing = (name) => !main.querySelector(`[data-screen="${name}"]`).hidden;
const trouble = (name) => main.querySelectorAll("[data-trouble]").forEach((one) => (one.hidden = one.dataset.trouble !== name));
const online = (yes) => {
  $("on").hidden = !yes;
  $("off").hidden = yes;
};
const written_time = (value, time) => {
  const numbers = words.digits === "western" ? "latn" : "arab";
  const locale = tongue === "ar" ? `ar-u-ca-gregory-nu-${numbers}` : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", ...(time && { timeStyle: "short" }), timeZone: "Asia/Riyadh" }).format(value);
};

const drawn = async () => {
  const [rounds, answers, touch, sent] = await Promise.all([all("rounds"), all("answers"), got("meta", "touch"), got("meta", "sent")]);
  const named = new Map(rounds.map((round) => [round.id, round]));
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Riyadh" }).format(Date.now());
  const open = rounds.filter((round) => !round.over && round.closes >= today);
  $("rounds").replaceChildren(...open.map((round) => round_card(round, sent?.[round.id] ?? 0)));
  $("none").hidden = open.length > 0;
  $("unsent").hidden = !answers.length;
  $("count").textContent = shown_digits(answers.length);
  $("answers").replaceChildren(...answers.map((answer) => answer_card(answer, named.get(answer.round))));
  if (touch) $("touch").textContent = written_time(touch, true);
};

const round_card = (round, sent) => {
  const card = $("round").content.cloneNode(true);
  $("name", card).textContent = round.title[tongue];
  $("until", card).textContent = written_time(new Date(`${round.closes}T12:00:00+03:00`));
  $("sent", card).textContent = shown_digits(sent);
  const begin = $("begin", card);
  begin.setAttribute("aria-label", `${begin.textContent}: ${round.title[tongue]}`);
  begin.addEventListener("click", () => asking(round, { id: crypto.randomUUID(), round: round.id, state: "draft" }, { pairs: [], page: 0 }));
  return card;
};

const TONES = { draft: "warn", kept: "info", refused: "bad" };
const answer_card = (answer, round) => {
  const card = $("answer").content.cloneNode(true);
  const mark = answer.id.slice(0, 4).toUpperCase();
  $("mark", card).textContent = mark;
  $("name", card).textContent = round?.title[tongue] ?? "";
  $("state", card).textContent = words[answer.state];
  $("state", card).classList.add(TONES[answer.state]);
  $("reason", card).hidden = !answer.reason;
  $("reason", card).textContent = answer.reason ?? "";
  $("again", card).hidden = answer.state !== "refused";
  for (const button of card.querySelectorAll("button")) button.setAttribute("aria-label", `${button.textContent}: ${mark}`);
  $("away", card).hidden = !answer.sent;
  $("open", card).hidden = Boolean(answer.sent);
  $("open", card).addEventListener("click", async () => {
    if (!(await moved(answer.id, (held) => !held.sent, { state: "draft", reason: undefined }))) return drawn();
    asking(round, answer, await unsealed(answer));
  });
  $("again", card).addEventListener("click", async () => {
    await written(["answers"], (answers) => answers.put({ ...answer, state: "kept", reason: undefined }));
    await touched();
  });
  $("drop", card).addEventListener("click", async () => {
    if (!(await sure())) return;
    await drop(answer.id);
    await drawn();
    main.querySelector('[data-screen="home"] h1').focus();
  });
  return card;
};
const sure = () => {
  const dialog = $("dropping");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
};

/* Get in touch: take along what is new, send what waits. What cannot be done now is done later. */
const touched = async () => {
  try {
    await fetched();
    const count = await delivered();
    online(true);
    trouble("");
    if (count) tell(`${words.done} ${shown_digits(count)}`);
  } catch (problem) {
    if (!(problem instanceof Trouble)) throw problem;
    if (problem.message === "other") return others();
    online(problem.message !== "offline");
    trouble(problem.message);
  }
  if (showing("home")) await drawn();
};
const tell = (text) => {
  $("said").hidden = !text;
  $("said").textContent = text;
};
const others = async () => {
  for (const lost of main.querySelectorAll("[data-lost]")) lost.textContent = shown_digits((await all("answers")).length);
  show("other");
};
