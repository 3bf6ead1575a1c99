"""Folding text for search: what is written in several ways becomes one, in the question and in the index alike."""

import unicodedata

from silah.language.digits import western

_ONE_LETTER = str.maketrans(
    {
        "ى": "ي",  # alef maqsura, and the two Persian letters that phones put in their place
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ٱ": "ا",
        "ـ": None,
    }
)
_UNWRITTEN = {"Mn", "Cf", "Cc"}


def fold(text: str) -> str:
    """Fold Arabic and Latin text for search; folding twice changes nothing more.

    Alef forms, ta marbuta, alef maqsura, hamza seats, diacritics, tatweel, presentation forms, invisible marks, case,
    digits and runs of spaces are evened out.
    """
    before = None
    while text != before:
        before, text = text, _once(text)
    return text


def _once(text: str) -> str:
    spaced = " ".join(western(text).casefold().split())
    apart = unicodedata.normalize("NFKD", spaced)
    written = "".join(sign for sign in apart if unicodedata.category(sign) not in _UNWRITTEN)
    return unicodedata.normalize("NFC", written.translate(_ONE_LETTER)).strip()
