/** What is asked and in order, by the rules that the server goes by; whatever is typed is kept as it was typed. */
const words = Object.fromEntries([...document.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]));
const said = (key, n, of) => words[key].replace("{n}", n).replace("{all}", of);

const shown_digits = (text) => (words.digits === "western" ? String(text) : String(text).replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]));

const LARGEST_NUMBER = 1e9;
const inputs_of = (question) => (/^(matrix|ranking)$/.test(question.kind) ? question.lines.map((line) => `${question.key}.${line}`) : [question.key]);
const values = (pairs, name) => pairs.filter(([key, value]) => key === name && value !== "").map(([, value]) => value);

/* The pages that these answers lead over: a condition looks at questions of earlier pages that were asked themselves. */
const way = (round, pairs) => {
  const known = {};
  return round.pages
    .map((page) => {
      const here = page.questions.filter((one) => !one.when || (known[one.when.question] ?? []).some((value) => one.when.any_of.includes(value)));
      for (const one of here) known[one.key] = values(pairs, one.key);
      return { page, here };
    })
    .filter(({ page, here }) => here.length || page.stands);
};

const wrong_number = (question, text) => {
  const found = read_number(text, Infinity);
  if (!found) return words.number;
  if (found.doubt) return said("doubt", ...found.doubt);
  if (Math.abs(found.value) > LARGEST_NUMBER) return said("most", LARGEST_NUMBER);
  if (question.least !== null && found.value < question.least) return said("least", question.least);
  if (question.most !== null && found.value > question.most) return said("most", question.most);
  return "";
};

/* What is wrong with one answer, in words; empty where it can be sent. */
const fault = (question, pairs) => {
  if (question.kind === "statement") return "";
  const given = inputs_of(question).flatMap((name) => values(pairs, name));
  if (!given.length || !given.some((text) => text.trim())) return question.required ? words[question.kind === "file" ? "photo" : "answer"] : "";
  if (/^(matrix|ranking)$/.test(question.kind)) {
    if (given.length < question.lines.length && (question.required || question.kind === "ranking")) return words.lines;
    return question.kind === "ranking" && new Set(given).size < given.length ? words.places : "";
  }
  if (question.kind === "number") return wrong_number(question, given[0]);
  if (question.kind === "date") return read_day(given[0], words.hijri) ? "" : words.date;
  return question.longest && [...given[0].trim()].length > question.longest ? said("longest", question.longest) : "";
};

/* A page of the form with what was typed; the page's own inputs replace what was typed on it before. */
const filled = (form, pairs) => {
  for (const input of form.elements) {
    const given = values(pairs, input.name);
    if (/^(radio|checkbox)$/.test(input.type)) input.checked = given.includes(input.value);
    else if (input.type === "file") photo_shown(input, given[0]);
    else if (given.length) input.value = given[0];
  }
};
const taken = (form, pairs, page) => {
  const here = new Set(page.questions.filter((one) => one.kind !== "file").flatMap(inputs_of));
  return [...pairs.filter(([name]) => !here.has(name)), ...[...new FormData(form)].filter(([name, value]) => here.has(name) && typeof value === "string" && value !== "")];
};

/* A photo as it is kept: made smaller, and drawn anew, so that nothing is in it but what is seen. */
const LARGEST = 1600;
const photographed = async (file) => {
  const seen = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LARGEST / Math.max(seen.width, seen.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(seen.width * scale), height: Math.round(seen.height * scale) });
  canvas.getContext("2d").drawImage(seen, 0, 0, canvas.width, canvas.height);
  seen.close();
  return canvas.toDataURL("image/jpeg", 0.8);
};
const photo_shown = (input, kept) => {
  const place = input.closest(".field").querySelector("[data-photo]");
  place.hidden = !kept;
  place.querySelector("img").src = kept ?? "data:,";
};
const photo_file = (kept) => new Blob([Uint8Array.from(atob(kept.split(",")[1]), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });

const marked = (part, question, text) => {
  const field = part.querySelector(`[data-question="${question.key}"] .field`);
  const id = `${question.key}-error`;
  field.classList.add("invalid");
  const error = Object.assign(document.createElement("p"), { className: "error", id });
  error.append($("wrong").querySelector("svg").cloneNode(true), Object.assign(document.createElement("span"), { textContent: `${words.error} ${text}` }));
  const box = field.matches("fieldset") ? field : field.querySelector(".input, select");
  box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  if (box !== field) box.setAttribute("aria-invalid", "true");
  (field.querySelector(":scope > .hint") ?? field.querySelector(":scope > legend, :scope > label")).after(error);
  const line = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: `#${field.querySelector("input, select, textarea").id}` });
  link.textContent = `${field.querySelector(".label span").textContent.trim()} – ${text}`;
  line.append(link);
  return line;
};
