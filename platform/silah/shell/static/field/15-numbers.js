/** Numbers as people type them, by the rules of language/numbers.py, which says them in words. */
const CURRENCY = "(?:sar|sr|s\\.r\\.?|(?:saudi )?(?:riyals?|rials?)|ر ?\\.? ?س ?\\.?|﷼|\u20c1|ريال(?:ات|\u064b?ا\u064b?)?(?: سعودي(?:\u064b?ا\u064b?|ة)?)?)";
const TYPED = new RegExp(`^(${CURRENCY} ?)?([+-]?) ?([0-9.,'٫٬ ]*[0-9]\\.?)( ?${CURRENCY})?$`, "i");
const FORMS = [
  /^(\d+)\.?$/,
  /^(\d*)[.٫](\d+)$/,
  /^(\d*),(\d{1,2})$/,
  /^(0),(\d+)$/,
  /^([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:٬\d{3})+|[1-9]\d{0,2}(?:'\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:[.٫](\d+))?$/,
  /^([1-9]\d{0,2}(?:٬\d{3})+|[1-9]\d{0,2}(?:'\d{3})+|[1-9]\d{0,2}(?: \d{3})+),(\d+)$/,
  /^([1-9]\d{0,2}(?:\.\d{3}){2,})$/,
  /^([1-9]\d{0,2}(?:\.\d{3})+)[,٫](\d+)$/,
];
const MARKS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufdd0-\ufdef]/g;
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10];
const digits_of = (text) =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const zero = ZEROS.find((one) => one <= digit.codePointAt(0) && digit.codePointAt(0) < one + 10);
    return zero ? String(digit.codePointAt(0) - zero) : digit;
  });
const one_writing = (text) =>
  digits_of(text.replace(MARKS, ""))
    .replace(/[،，]/g, ",")
    .replace(/．/g, ".")
    .replace(/[’‘ʼ´`＇]/g, "'")
    .replace(/[−–﹣－]/g, "-")
    .replace(/＋/g, "+")
    .replace(/[\s\x85]+/g, " ")
    .trim();

/* What was typed as { value, decimals }, as { doubt: [one, other] } where it can be two numbers; null for no number. */
const read_number = (text, places) => {
  const typed = [...text].length > 80 ? null : one_writing(text).match(TYPED);
  const found = typed && FORMS.map((form) => typed[3].match(form)).find(Boolean);
  if (!found) return null;
  const whole = found[1].replace(/\D/g, "");
  const part = found[2] ?? "";
  if (whole.replace(/^0+/, "").length > 15 || part.length > 15) return null;
  const minus = typed[2] === "-" ? "-" : "";
  if ((places < 3 || typed[1] || typed[4]) && /^[1-9]\d{0,2}\.\d{3}$/.test(typed[3])) return { doubt: [`${minus}${whole}${part}`, `${minus}${whole}.${part}`] };
  return { value: Number(`${minus}${whole || "0"}.${part || "0"}`), decimals: part.replace(/0+$/, "").length };
};
