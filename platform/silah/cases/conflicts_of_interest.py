"""Whether a member may have an interest in a case, as far as names tell; a hint for people, never a verdict. Pure."""

from collections.abc import Iterable
from typing import Literal

from silah.language.tokenizer import are_same_name, list_name_words

Likeness = Literal["same", "family"]
SHORTEST = 3
"""A family name of fewer letters says nothing."""


def likeness(member: str, person: str) -> Likeness | None:
    """Whether two names are one name, or share their family name."""
    ours, theirs = list_name_words(member), list_name_words(person)
    if not ours or not theirs:
        return None
    if are_same_name(member, person):
        return "same"
    if len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1] and len(ours[-1]) >= SHORTEST:
        return "family"
    return None


def suggested(member: str, people: Iterable[str]) -> Likeness | None:
    """The strongest likeness of a member's name with those of a case."""
    found = {likeness(member, person) for person in people}
    return "same" if "same" in found else "family" if "family" in found else None
