"""Free text as it may be shown: without names of staff, numbers and addresses. Pure.

Rating is a tool for correction, "not for punishment or defamation", so a text names nobody, and nobody is known by it.
"""

import re
from collections.abc import Iterable

from silah.folding import fold

MASK = "•••"
SHORTEST_NAME = 3
NUMBER = re.compile(r"[+(]?\d(?:[\s().\-–/]*\d){2,}")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|@\w{3,}")
WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0670ـ]*[^\W\d_]*)*")
BEFORE = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل", "فال", "يا")
IN_NAMES = frozenset(fold(one) for one in ("بن", "بنت", "ابن", "عبد", "آل", "أبو", "أم", "bin", "bint", "abu", "al"))
PLAIN = frozenset({"على", "الله", "لله", "والله", "بالله"})
"""Words that only look like a name: the preposition beside علي, and what عبدالله leaves."""


def names(people: Iterable[str]) -> frozenset[str]:
    """The parts of these people's names by which a text could point at them."""
    parts = {part for name in people for part in re.split(r"[\s\-']+", fold(name))}
    parts |= {part.removeprefix("عبد") for part in parts if part.startswith("عبدال")}
    return frozenset(part for part in parts if len(part) >= SHORTEST_NAME and part not in IN_NAMES)


def masked(text: str, hidden: frozenset[str]) -> str:
    """The text with numbers of three digits and more, addresses, and these parts of names taken out."""
    bare = NUMBER.sub(MASK, ADDRESS.sub(MASK, text))
    bare = WORD.sub(lambda word: MASK if _names(word[0], hidden) else word[0], bare)
    return re.sub(rf"{MASK}(?:\s+{MASK})+", MASK, bare)


def _names(word: str, hidden: frozenset[str]) -> bool:
    folded = fold(word)
    return word not in PLAIN and any(folded.startswith(one) and folded[len(one) :] in hidden for one in BEFORE)
