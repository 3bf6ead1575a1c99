"""One tokenizer for what is searched and for the search itself, and by which two names are the same.

A word is found as it was kept, in any script and with any sign in it, and as people vary it: words joined or apart
(عبدالله, عبد الله), with the article or without, ابن or بن, hamza on any seat or none, marks written or not. Every way
is brought to one form on both sides; what is kept holds that form and the word as it stands. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from silah.language.text_normalization import fold

VERSION = 1
"""Raised with every change of what is kept, so that rows that an earlier tokenizer indexed are indexed again."""

MOST_WORDS, MOST_TOKENS, LONGEST_TOKEN = 6, 10_000, 60
"""How many words of a search count, how many tokens a row keeps, and of how many letters each."""

MOST_JOINED = 3
"""So many words, one after another, may be written as one (عبدربالنبي)."""

SEATS = str.maketrans(dict.fromkeys("ؤئء"))
LINKS = frozenset({"بن", "ابن", "بنت", "ابنه", "ال", "bin", "ibn", "bint", "al", "el"})
"""Words between names that may be left out (ال stands for آل, too)."""

UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""Scripts in whose names no space tells where a part begins: these are found from within, too."""

CANONICAL = (
    (re.compile("^ابن$"), "بن"),
    (re.compile("^ابن(?=.{3})"), "بن"),
    (re.compile("^اب[اي](?:$|(?=.{3}))"), "ابو"),
    (re.compile("^ال(?=.{2})"), ""),
    (re.compile("(?<=.{2})ال(?=.{2})"), ""),
    (re.compile("(?<=.{2})لل(?=ه$)"), "ل"),
)
"""What is evened out in a folded Arabic word: the forms of ابن and أبو, the article before it and within it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, folded, and the forms to which its variations come down."""

    plain: str
    forms: tuple[str, ...]


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text; where it holds none, its signs, so that whatever was kept can be found."""
    composed = unicodedata.normalize("NFKC", text)
    found = tuple(_make_word(part) for part in _cut(composed))
    return tuple(word for word in found if word.plain) or tuple(Word(part, (part,)) for part in _list_signs(text))


def list_tokens(text: str, *, joined: bool = False) -> list[str]:
    """Return what is kept to find a text by; ``joined``: as a name, words of which may be written as one."""
    words = split_words(text)
    tokens: dict[str, None] = {}
    for first in range(len(words)):
        for count in range(1, (MOST_JOINED if joined else 1) + 1):
            if first + count <= len(words):
                tokens |= dict.fromkeys(_join(words[first : first + count]))
        tokens |= dict.fromkeys(_list_endings(words[first].plain))
    tokens |= dict.fromkeys(_list_signs(text))
    return [token[:LONGEST_TOKEN] for token in tokens if token][:MOST_TOKENS]


def list_alternatives(text: str) -> list[list[str]]:
    """Return for each word of a search the tokens of which what is kept must have one, or one that begins so.

    A word between names binds nothing where there is another.
    """
    words = split_words(text)[:MOST_WORDS]
    naming = [at for at, word in enumerate(words) if word.plain not in LINKS] or list(range(len(words)))
    return [_drop_longer(_list_groups(words, at)) for at in naming]


def list_name_tokens(name: str) -> list[list[str]]:
    """Return for each word of a name the tokens one of which the same name has, whole, however it is written."""
    words = split_words(name)
    return [_list_groups(words, at) for at, word in enumerate(words) if word.plain not in LINKS]


def list_name_words(name: str) -> list[str]:
    """Return the words of a name in the form in which names are compared, without what links them."""
    words = split_words(name)
    return [word.forms[0] for word in words if word.plain not in LINKS] or [word.plain for word in words]


def make_name_key(name: str) -> str:
    """Return what is equal for two ways of writing one name, however its words are joined."""
    return "".join(list_name_words(name))


def are_same_name(one: str, other: str) -> bool:
    """Whether two names are one, with what links their words or without."""
    return make_name_key(one) == make_name_key(other)


def is_spelling_of(one: str, other: str) -> bool:
    """Whether two names are one in two spellings, none of them with a word that the other lacks."""
    first, second = ("".join(word.forms[0] for word in split_words(name)) for name in (one, other))
    return first == second


def matches(sought: str, text: str) -> bool:
    """Whether a text holds every word of a search, or the beginning of one."""
    tokens = list_tokens(text, joined=True)
    return all(
        any(token.startswith(tuple(alternatives)) for token in tokens) for alternatives in list_alternatives(sought)
    )


def _drop_longer(tokens: list[str]) -> list[str]:
    """Return the tokens without those that begin with another, which finds all that they find."""
    return [one for one in tokens if not any(one.startswith(other) for other in tokens if other != one)]


def _list_groups(words: Sequence[Word], at: int) -> list[str]:
    """Return a word, and it joined with those about it."""
    groups = [
        words[first : first + count]
        for count in range(1, MOST_JOINED + 1)
        for first in range(max(0, at - count + 1), at + 1)
        if first + count <= len(words)
    ]
    return list(dict.fromkeys(token[:LONGEST_TOKEN] for group in groups for token in _join(group) if token))


def _join(words: Sequence[Word]) -> Iterable[str]:
    """Return the tokens of words written as one: as they stand, and what either way comes down to."""
    plain = "".join(word.plain for word in words)
    yield plain
    if len(words) > 1:
        yield _canonical(plain)
    most = max(len(word.forms) for word in words)
    for number in range(most):
        yield "".join(word.forms[min(number, len(word.forms) - 1)] for word in words)


@lru_cache(maxsize=4096)
def _make_word(written: str) -> Word:
    plain, seatless = "".join(_cut(fold(written))), "".join(_cut(fold(written.translate(SEATS))))
    forms = dict.fromkeys((_canonical(plain), _canonical(seatless)))
    return Word(plain, tuple(form for form in forms if form) or (plain,))


def _canonical(plain: str) -> str:
    word = plain.replace("ء", "")
    if "\u0621" <= plain[:1] <= "\u06ff":
        for pattern, instead in CANONICAL:
            word = pattern.sub(instead, word, count=1)
    return word


def _list_endings(plain: str) -> list[str]:
    """Return what a name of an unspaced script ends in, from each of its letters on."""
    if not _is_unspaced(plain):
        return []
    starts = (at for at, sign in enumerate(plain) if at and not unicodedata.category(sign).startswith("M"))
    return [plain[at:] for at in starts][:LONGEST_TOKEN]


def _list_signs(text: str) -> list[str]:
    """Return what stands between spaces and holds no letter or digit."""
    parts = "".join(sign for sign in fold(text) if unicodedata.category(sign) != "Cs").split()
    return [part for part in parts if not _cut(part)]


def _is_unspaced(plain: str) -> bool:
    return plain[:1] > "\u0e00" and unicodedata.name(plain[0], "").startswith(UNSPACED)


def _cut(text: str) -> list[str]:
    """Return the runs of letters, marks and digits; digits of any script as Western ones."""
    kept = "".join(_as_part_of_word(sign) for sign in text)
    return kept.split()


def _as_part_of_word(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    category = unicodedata.category(sign)
    if category == "Cf" or sign == "ـ":
        return ""
    return sign if category[0] in "LMN" else " "
