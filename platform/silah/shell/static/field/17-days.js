/** Dates as people type them, by the rules of language/typed_days.py, which says them in words; months as numbers. */
const ERA = /([0-9]) ?(?:(ه|هجري[هة]?|a\.?h|h)|(م|ميلادي[هة]?|a\.?d|c\.?e|g))\.?$/i;
const NUMBERED = /^(\d{1,4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,4})$|^(\d{1,4}) (\d{1,2}) (\d{1,4})$/;
const UMM_AL_QURA = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", { day: "numeric", month: "numeric", year: "numeric", timeZone: "UTC" });
const DAY = 86400000;

/* The instant at which a Hijri day begins, or null where the calendar has no such day. */
const of_hijri = (year, month, day) => {
  const near = Date.UTC(1924, 7, 1) + Math.floor((year - 1343) * 354.36708 + (month - 1) * 29.5306 + day - 1) * DAY;
  const wanted = `${month}/${day}/${year}`;
  for (let away = -4; away <= 4; away++) if (UMM_AL_QURA.format(near + away * DAY).replace(/ .*/, "") === wanted) return near + away * DAY;
  return null;
};
const of_gregorian = (year, month, day) => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
};

/* The day that was typed as year-month-day of the Gregorian calendar; null for none. */
const read_day = (text) => {
  const plain = one_writing(text.replace(/[؍⁄∕／]/g, "/").replace(/[—‐‑]/g, "-").replace(/،/g, ", ").replace(/ـ/g, ""));
  const era = plain.match(ERA);
  const parts = plain.replace(ERA, "$1").match(NUMBERED)?.filter((part) => part && /^\d+$/.test(part));
  if (!parts || (parts[0].length === 4) === (parts[2].length === 4)) return null;
  const [year, month, day] = (parts[0].length === 4 ? parts : parts.reverse()).map(Number);
  const is_hijri = year >= 1343 && year <= 1500;
  if (!is_hijri && !(year >= 1900 && year <= 2200)) return null;
  if (era && Boolean(era[2]) !== is_hijri) return null;
  const at = is_hijri ? of_hijri(year, month, day) : of_gregorian(year, month, day);
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
};
