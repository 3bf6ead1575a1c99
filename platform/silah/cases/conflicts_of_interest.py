"""Whether a member may have an interest in a case, as far as names tell; a hint for people, never a verdict. Pure."""

from collections.abc import Iterable
from typing import Literal

from silah.language.text_normalization import fold

Likeness = Literal["same", "family"]
LINKS = frozenset({"بن", "بنت", "ابن", "bin", "bint"})
SHORTEST = 3
"""A family name of fewer letters says nothing."""


def words(name: str) -> list[str]:
    """The folded words of a name, without what links them and without the article."""
    return [one.removeprefix("ال") or one for one in fold(name).split() if one not in LINKS]


def likeness(member: str, person: str) -> Likeness | None:
    """Whether two names are one name, or share their family name."""
    ours, theirs = words(member), words(person)
    if not ours or not theirs:
        return None
    if ours == theirs:
        return "same"
    if len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1] and len(ours[-1]) >= SHORTEST:
        return "family"
    return None


def suggested(member: str, people: Iterable[str]) -> Likeness | None:
    """The strongest likeness of a member's name with those of a case."""
    found = {likeness(member, person) for person in people}
    return "same" if "same" in found else "family" if "family" in found else None
