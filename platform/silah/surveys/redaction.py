"""Free text as it may be shown: without names of staff, numbers and addresses. Pure.

Rating is a tool for correction, "not for punishment or defamation", so a text names nobody, and nobody is known by it.
Where a word may be a name or not, it is taken out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby

from silah.language.text_normalization import fold

MASK = "•••"
SHORTEST_NAME = 2
SHORT_NAME = 3
"""Shorter names stand alone or behind one of a few prefixes, else every second word would be taken for one."""

NUMBER = re.compile(r"[+(]?\d(?:[\W_ـ]{0,3}\d){2,}")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|@\w{3,}")
WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0670ـ]*[^\W\d_]*)*")
TOKEN = re.compile(rf"\d+|{WORD.pattern}")
SERVANT = re.compile(r"\b([وفبلك]?ع[\u064b-\u065fـ]*ب[\u064b-\u065fـ]*د[\u064b-\u065fـ]*)\s+(?=ال)")
"""عبد, written apart from the name of God that follows it: one name."""

CARRIED = ("", "و", "ف", "يا"), ("", "ب", "ل", "ك"), ("", "ال")
BEFORE = frozenset(a + b + c for a in CARRIED[0] for b in CARRIED[1] for c in CARRIED[2]) | {"لل", "ولل", "فلل"}
LONGEST_BEFORE = max(map(len, BEFORE))
BEFORE_SHORT = frozenset({"", "و", "ل", "ب", "ول", "وب", "يا"})
BEHIND_FAMILY = ("", "ه", "ون", "ين")
IN_NAMES = frozenset(fold(one) for one in ("بن", "بنت", "ابن", "عبد", "آل", "أبو", "أم", "bin", "bint", "abu", "al"))
PLAIN = frozenset({"على", "وعلى", "فعلى", "الله", "لله", "والله", "بالله"})
"""Words that only look like a name: the preposition beside علي, and what عبدالله leaves."""

_DIGITS = """
صفر واحد واحدة اثنان اثنين ثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثمان تسعة تسع
zero oh one two three four five six seven eight nine double
"""
DIGITS = frozenset(fold(_DIGITS).split())
FEWEST_DIGITS, FEWEST_LETTERS = 4, 2


def names(people: Iterable[str]) -> frozenset[str]:
    """The parts of these people's names by which a text could point at them."""
    parts = {part for name in people for part in re.split(r"[\s\-'_.,]+", SERVANT.sub(r"\1", fold(name)))}
    parts |= {part.removeprefix("عبد") for part in parts if part.startswith("عبدال")}
    families = {part.removeprefix("ال") for part in parts if part.startswith("ال") and len(part) > SHORT_NAME + 1}
    parts |= families | {part + end for part in families if part.endswith("ي") for end in BEHIND_FAMILY}
    return frozenset(part for part in parts if len(part) >= SHORTEST_NAME and part not in IN_NAMES)


def masked(text: str, hidden: frozenset[str]) -> str:
    """The text with numbers of three digits and more, addresses, and these parts of names taken out.

    Numbers in words and names letter by letter, too; invisible signs, by which a word could be parted, are left out.
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not _unseen(sign))
    bare = NUMBER.sub(MASK, ADDRESS.sub(MASK, SERVANT.sub(r"\1", seen)))
    bare = _without(bare, _is_digit, lambda run: len(run) >= FEWEST_DIGITS)
    bare = _without(bare, _is_letter, lambda run: len(run) >= FEWEST_LETTERS and _names("".join(run), hidden))
    bare = WORD.sub(lambda word: MASK if _names(word[0], hidden) else word[0], bare)
    return re.sub(rf"{MASK}(?:\s+{MASK})+", MASK, bare)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _unseen(sign: str) -> bool:
    """Whether a sign is invisible by itself, or only frames the one before it."""
    return unicodedata.category(sign) in ("Cf", "Me") or "\ufe00" <= sign <= "\ufe0f"


def _names(word: str, hidden: frozenset[str]) -> bool:
    folded = _folded(word)
    if word in PLAIN:
        return False
    for cut in range(min(LONGEST_BEFORE + 1, len(folded))):
        before, left = folded[:cut], folded[cut:]
        if left in hidden and before in BEFORE and (len(left) >= SHORT_NAME or before in BEFORE_SHORT):
            return True
    return False


def _without(text: str, wanted: Callable[[str], bool], enough: Callable[[list[str]], bool]) -> str:
    """The text without runs of wanted words that are enough together."""
    gone = []
    for is_wanted, several in groupby(TOKEN.finditer(text), lambda token: wanted(token[0])):
        run = list(several)
        if is_wanted and enough([token[0] for token in run]):
            gone.append((run[0].start(), run[-1].end()))
    for start, end in reversed(gone):
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def _is_digit(word: str) -> bool:
    folded = _folded(word)
    return word.isdecimal() or folded in DIGITS or folded.removeprefix("و") in DIGITS


def _is_letter(word: str) -> bool:
    return len(_folded(word)) == 1 and word.isalpha()
