"""Text from outside, made fit to keep: without signs that no text has, and without marks that are pasted along unseen.

Direction marks, joiners and byte order marks come along when a number is copied from a message or a table. In words
they may carry meaning (a joiner inside a name); in numbers, dates, addresses and codes they carry none.
"""

import re

from silah.language.digits import western

_UNKEEPABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""NUL and other control signs, lone surrogates, noncharacters: PostgreSQL, XML or UTF-8 has no place for them."""

_MARKS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Soft hyphen, joiners and zero-width spaces, direction marks and isolates, byte order mark."""

_MARK = re.compile(f"[{_MARKS}]")
_AROUND = re.compile(f"^[\\s{_MARKS}]+|[\\s{_MARKS}]+$")
_MARKS_AROUND = re.compile(f"^[{_MARKS}]+|[{_MARKS}]+$")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NUMERALS = re.compile("[\u0660-\u0669\u06f0-\u06f9٪٫٬،]")


def remove_unkeepable(text: str) -> str:
    """Return the text without the signs that cannot be kept."""
    return _UNKEEPABLE.sub("", text)


def remove_marks(text: str) -> str:
    """Return what is no prose, such as a number, a date or a code, without invisible marks and with plain spaces."""
    return _SPACE.sub(" ", _MARK.sub("", remove_unkeepable(text))).strip()


def normalize_typed(text: str) -> str:
    """Return a number, date, address or code as a reader takes it: digits 0-9, no invisible marks, plain spaces."""
    return western(remove_marks(text))


def clean_text(text: str | None) -> str:
    """Return what somebody wrote without what cannot be kept, and without space and marks around it."""
    return _AROUND.sub("", remove_unkeepable(text or "").replace("\ufeff", ""))


def clean_value(text: str) -> str:
    """Return one value of a request as the rest of the code may rely on it.

    Lines end in a line feed, as browsers count them. Marks around it are gone; marks within it, too, where it holds no
    letter beyond ASCII, and so is a number, a date, an address or a code. Space around it stays, as it may be meant.
    """
    kept = remove_unkeepable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    if not kept.isascii():
        bare = _SPACE.sub(" ", _MARK.sub("", kept))
        kept = bare if _NUMERALS.sub("", bare).isascii() else _MARKS_AROUND.sub("", kept)
    return kept
