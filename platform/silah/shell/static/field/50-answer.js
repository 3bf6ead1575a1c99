/** One answer being taken: each change is written to the phone, encrypted, as it is made. */
const form = $("form");
let writing = Promise.resolve();
let waiting = 0;
let writes = 0;

const asking = (round, answer, held) => {
  Object.assign(at, { round, was: answer.state, answer: { ...answer, state: "draft", reason: undefined }, pairs: held.pairs, place: held.page, changed: false });
  $("draft").hidden = !held.pairs.length;
  delete form.dataset.unsaved;
  tell("");
  page_drawn();
  show("asking");
};

const page_drawn = () => {
  const steps = way(at.round, at.pairs);
  at.place = Math.min(at.place, steps.length - 1);
  const { page, here } = steps[at.place];
  const asks = new Set(here.map((one) => one.key));
  for (const part of [$("title"), $("head"), $("page")]) {
    part.lang = at.tongue;
    part.dir = at.tongue === "ar" ? "rtl" : "ltr";
  }
  $("title").textContent = at.round.title[at.tongue];
  $("place").textContent = said("place", shown_digits(at.place + 1), shown_digits(steps.length));
  $("head").innerHTML = at.place ? "" : at.round.heads[at.tongue];
  $("page").innerHTML = page.html[at.tongue];
  for (const part of $("page").querySelectorAll("[data-question]")) if (!asks.has(part.dataset.question)) part.remove();
  filled(form, at.pairs);
  const last = at.place === steps.length - 1;
  $("next").hidden = last;
  $("last").hidden = !last;
  $("back").hidden = !at.place;
  $("wrong").hidden = true;
  for (const button of main.querySelectorAll("[data-tongue]")) button.setAttribute("aria-pressed", button.dataset.tongue === at.tongue);
};

/* The form says so as long as something of it does not stand on the phone's disk. */
const unsaved = () => {
  form.dataset.unsaved = "";
  return ++writes;
};

/* Written one after the other, each whole, so that the last one written is the last one typed. */
const saved = () => {
  clearTimeout(waiting);
  if (!at.answer || !at.changed) return writing;
  at.pairs = taken(form, at.pairs, way(at.round, at.pairs)[at.place].page);
  const { answer, pairs, place } = at;
  const last = unsaved();
  writing = writing.then(() => keep(answer, pairs, place)).then(() => {
    $("draft").hidden = false;
    if (last === writes) delete form.dataset.unsaved;
  }, () => trouble("store"));
  return writing;
};

const faults_shown = (step) => {
  const faults = step.here.map((one) => [one, fault(one, at.pairs)]).filter(([, text]) => text);
  if (!faults.length) return false;
  page_drawn();
  $("wrong").querySelector("ul").replaceChildren(...faults.map(([one, text]) => marked($("page"), one, text)));
  $("wrong").hidden = false;
  $("wrong").focus();
  return true;
};

const finished = async () => {
  const steps = way(at.round, at.pairs);
  const bad = steps.findIndex((step) => step.here.some((one) => fault(one, at.pairs)));
  if (bad >= 0) {
    at.place = bad;
    return faults_shown(steps[bad]);
  }
  try {
    await keep({ ...at.answer, state: "kept" }, at.pairs, 0);
  } catch {
    return trouble("store");
  }
  at.answer = null;
  tell(words.keeping);
  show("home");
  await drawn();
  await touched();
};

/* Pressed twice in haste, a button does its work once. */
let busy = false;
form.querySelector("[type=submit]").addEventListener("click", (event) => event.detail > 1 && event.preventDefault());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  await onward().finally(() => (busy = false));
});
const onward = async () => {
  await saved();
  const steps = way(at.round, at.pairs);
  if (faults_shown(steps[at.place])) return;
  if (at.place === steps.length - 1) return finished();
  at.place += 1;
  page_drawn();
  await saved();
  show("asking");
};
form.addEventListener("input", () => {
  at.changed = true;
  unsaved();
  clearTimeout(waiting);
  waiting = setTimeout(saved, 150);
});
form.addEventListener("change", () => {
  at.changed = true;
  saved();
});
const photo_kept = async (input, kept) => {
  at.pairs = [...at.pairs.filter(([name]) => name !== input.name), ...(kept ? [[input.name, kept]] : [])];
  at.changed = true;
  unsaved();
  photo_shown(input, kept);
  await saved();
};
form.addEventListener("change", async ({ target: input }) => {
  if (input.type !== "file" || !input.files.length) return;
  const [file] = input.files;
  const { answer } = at;
  const here = (what) => (kept) => at.answer?.id === answer.id && what(input, kept);
  input.value = "";
  await photographed(file).then(here(photo_kept), here(photo_wrong));
});
form.addEventListener("click", ({ target }) => {
  const place = target.closest("[data-unphoto]")?.closest(".field");
  if (place) photo_kept(place.querySelector("input"), undefined);
});
/* Said where it went wrong; what was there before stays. */
const photo_wrong = (input) => {
  page_drawn();
  const question = way(at.round, at.pairs)[at.place].here.find((one) => one.key === input.name);
  $("wrong").querySelector("ul").replaceChildren(marked($("page"), question, words.unseen));
  $("wrong").hidden = false;
  $("wrong").focus();
};
addEventListener("pagehide", saved);
document.addEventListener("visibilitychange", () => document.hidden && saved());

$("back").addEventListener("click", async () => {
  await saved();
  at.place -= 1;
  page_drawn();
  show("asking");
});
$("later").addEventListener("click", async () => {
  await saved();
  /* Only looked at: it goes back to what waits to be sent. */
  if (at.was === "kept" && !at.changed) await moved(at.answer.id, (held) => held.state === "draft", { state: "kept" });
  at.answer = null;
  show("home");
  await drawn();
});
for (const button of main.querySelectorAll("[data-tongue]"))
  button.addEventListener("click", async () => {
    await saved();
    at.tongue = button.dataset.tongue;
    page_drawn();
    button.focus();
  });
