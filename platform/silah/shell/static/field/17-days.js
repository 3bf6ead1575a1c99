/** Dates as people type them, by the rules of language/typed_days.py, which says them in words; months as numbers. */
const ERA = /([0-9]) ?(?:(ه|هجري[هة]?|a\.?h|h)|(م|ميلادي[هة]?|a\.?d|c\.?e|g))\.?$/i;
const NUMBERED = /^(\d{1,4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,4})$|^(\d{1,4}) (\d{1,2}) (\d{1,4})$/;
const DAY = 86400000;
const FIRST_DAY = Date.UTC(1924, 7, 1);

/* The instant at which a Hijri day begins, or null where the calendar has no such day. `lengths` has a digit for each
   month since the first of 1343, its days beyond 28, from the table by which language/typed_days.py goes. */
const of_hijri = (year, month, day, lengths) => {
  const length = (index) => 28 + Number(lengths[index]);
  const wanted = (year - 1343) * 12 + month - 1;
  if (month < 1 || month > 12 || day < 1 || day > length(wanted)) return null;
  let days = day - 1;
  for (let index = 0; index < wanted; index++) days += length(index);
  return FIRST_DAY + days * DAY;
};
const of_gregorian = (year, month, day) => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
};

/* The day that was typed as year-month-day of the Gregorian calendar; null for none. */
const read_day = (text, lengths) => {
  const plain = one_writing(text.replace(/[؍⁄∕／]/g, "/").replace(/[—‐‑]/g, "-").replace(/،/g, ", ").replace(/ـ/g, ""));
  const era = plain.match(ERA);
  const parts = plain.replace(ERA, "$1").match(NUMBERED)?.filter((part) => part && /^\d+$/.test(part));
  if (!parts || (parts[0].length === 4) === (parts[2].length === 4)) return null;
  const [year, month, day] = (parts[0].length === 4 ? parts : parts.reverse()).map(Number);
  const is_hijri = year >= 1343 && year <= 1500;
  if (!is_hijri && !(year >= 1900 && year <= 2200)) return null;
  if (era && Boolean(era[2]) !== is_hijri) return null;
  const at = is_hijri ? of_hijri(year, month, day, lengths) : of_gregorian(year, month, day);
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
};
