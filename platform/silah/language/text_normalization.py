"""Folding text for search: what is written in several ways becomes one, in the question and in the index alike."""

import unicodedata
from functools import lru_cache

from silah.language.digits import western

_ONE_LETTER = str.maketrans(
    {
        "ى": "ي",  # alef maqsura, and the two Persian letters that phones put in their place
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ۃ": "ه",
        "ە": "ه",
        "ے": "ي",
        "ں": "ن",
        "ٱ": "ا",
        "ٲ": "ا",
        "ٳ": "ا",
        "ٴ": None,
        "ـ": None,
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
    }
)
_OPTIONAL_MARKS = ("ARABIC", "HEBREW", "SYRIAC", "COMBINING", "VARIATION SELECTOR")
"""Marks without which these scripts, Latin, Greek and Cyrillic are read; elsewhere, as in Hindi, a mark is a vowel."""

_SOUND_MARKS = "COMBINING KATAKANA-HIRAGANA"


def fold(text: str) -> str:
    """Fold text for search; folding twice changes nothing more.

    Alef forms, ta marbuta, alef maqsura, hamza seats, letters of Persian and Urdu, diacritics, tatweel, presentation
    forms, invisible marks, case, digits and runs of spaces are evened out. The vowel signs of other scripts stay.
    """
    before = None
    while text != before:
        before, text = text, _once(text)
    return text


def _once(text: str) -> str:
    spaced = " ".join(western(text).casefold().split())
    apart = unicodedata.normalize("NFKD", spaced)
    written = "".join(sign for sign in apart if not _is_unwritten(sign))
    return unicodedata.normalize("NFC", written.translate(_ONE_LETTER)).strip()


@lru_cache(maxsize=4096)
def _is_unwritten(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category in ("Mn", "Me"):
        name = unicodedata.name(sign, "")
        return name.startswith(_OPTIONAL_MARKS) and not name.startswith(_SOUND_MARKS)
    return category in ("Cf", "Cc")
