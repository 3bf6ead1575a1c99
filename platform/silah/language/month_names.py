"""The months of both calendars by the names that people write, in Arabic and English, folded as a search is."""

from silah.language.text_normalization import fold

HIJRI_MONTHS: tuple[tuple[str, ...], ...] = (
    ("محرم", "المحرم", "muharram"),
    ("صفر", "safar"),
    ("ربيع الاول", "ربيع اول", "rabi al-awwal", "rabi i", "rabi ul-awwal"),
    ("ربيع الثاني", "ربيع الاخر", "ربيع ثاني", "ربيع اخر", "rabi al-thani", "rabi al-akhir", "rabi ii"),
    ("جمادي الاولي", "جمادي الاول", "جماد الاول", "جماد اول", "جمادي اولي",
     "jumada al-ula", "jumada al-awwal", "jumada i"),
    ("جمادي الاخره", "جمادي الثانيه", "جمادي الثاني", "جماد الثاني", "جماد ثاني", "جماد الاخر", "جمادي الاخر",
     "jumada al-akhirah", "jumada al-thani", "jumada al-akhir", "jumada ii"),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "shaaban"),
    ("رمضان", "ramadan", "ramadhan"),
    ("شوال", "shawwal", "shawal"),
    ("ذو القعده", "ذي القعده", "ذوالقعده", "ذيالقعده", "dhu al-qadah", "dhul qadah", "dhu al-qidah"),
    ("ذو الحجه", "ذي الحجه", "ذوالحجه", "ذيالحجه", "dhu al-hijjah", "dhul hijjah"),
)  # fmt: skip  # one line a month
GREGORIAN_MONTHS: tuple[tuple[str, ...], ...] = (
    ("يناير", "كانون الثاني", "january", "jan"),
    ("فبراير", "شباط", "february", "feb"),
    ("مارس", "اذار", "march", "mar"),
    ("ابريل", "نيسان", "april", "apr"),
    ("مايو", "ايار", "may"),
    ("يونيو", "يونيه", "حزيران", "june", "jun"),
    ("يوليو", "يوليه", "تموز", "july", "jul"),
    ("اغسطس", "اب", "august", "aug"),
    ("سبتمبر", "ايلول", "september", "sep", "sept"),
    ("اكتوبر", "تشرين الاول", "october", "oct"),
    ("نوفمبر", "تشرين الثاني", "november", "nov"),
    ("ديسمبر", "كانون الاول", "december", "dec"),
)


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalpha())


_MONTHS = {
    _letters(name): (is_hijri, number)
    for is_hijri, months in ((True, HIJRI_MONTHS), (False, GREGORIAN_MONTHS))
    for number, names in enumerate(months, 1)
    for name in names
}


def find_month(words: str) -> tuple[bool, int] | None:
    """Return whether a month is Hijri, and its number, by its name in any spelling; None for no name of a month."""
    letters = _letters(words)
    return _MONTHS.get(letters) or _MONTHS.get(letters.removeprefix("من"))
