"""Other files that are likely the same person's, by the tokens by which people are found; a hint, never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, false, or_, select

from silah.beneficiaries.models import Beneficiary
from silah.beneficiaries.search import TAIL, list_sign_tokens
from silah.language.search_columns import match
from silah.language.tokenizer import are_same_name, list_name_tokens, list_name_words
from tenants.database import db

CONTACTS = ("mobile", "email", "member_number")
TAILS = {"national_id": "national_id_tail", "mobile": "mobile_tail"}
LOOKED_AT, SHOWN = 60, 5
FEWEST_WORDS = 3
"""Of so many words a name tells a person from another by itself, where no number speaks against it."""


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """A file that is likely the same person's, and by which signs: keys of entries, their tails, and the name."""

    person: Beneficiary
    signs: tuple[str, ...]


def find_likely_duplicates(person: Beneficiary) -> list[LikelyDuplicate]:
    """Return the files that are likely the same person's, the likeliest first; one statement, whoever is asked for."""
    signed, named = _share_sign(person), list_name_tokens(person.name)
    alike = or_(signed, match(Beneficiary.search, named, whole=True)) if named else signed
    rows = select(Beneficiary).where(Beneficiary.id != person.id, alike)
    rows = rows.order_by(case((signed, 0), else_=1), Beneficiary.created_at, Beneficiary.id).limit(LOOKED_AT)
    found = (LikelyDuplicate(other, list_signs(person, other)) for other in db.session.scalars(rows))
    likely = [one for one in found if is_likely(person, one.person, one.signs)]
    return sorted(likely, key=lambda one: -len(one.signs))[:SHOWN]


def _share_sign(person: Beneficiary) -> ColumnElement[bool]:
    """Return the condition on files that have a number, its tail or an e-mail of this person."""
    ways: list[ColumnElement[bool]] = [false()]
    if signs := list_sign_tokens(person):
        ways.append(match(Beneficiary.search, [signs], whole=True))
    if person.mobile_hash:
        ways.append(Beneficiary.mobile_hash == person.mobile_hash)
    if person.member_number:
        ways.append(Beneficiary.member_number == person.member_number)
    return or_(*ways)


def list_signs(one: Beneficiary, other: Beneficiary) -> tuple[str, ...]:
    """Return what two files have in common."""
    signs = [name] if (name := _compare_names(one.name, other.name)) else []
    for key in ("national_id", *CONTACTS):
        ours, theirs = (getattr(one, key) or "").casefold(), (getattr(other, key) or "").casefold()
        if ours and ours == theirs:
            signs.append(key)
        elif ours and theirs and key in TAILS and ours[-TAIL:] == theirs[-TAIL:]:
            signs.append(TAILS[key])
    return tuple(signs)


def is_likely(one: Beneficiary, other: Beneficiary, signs: Sequence[str]) -> bool:
    """Whether the signs make two files likely one person's.

    The same name with another sign does, or a contact alone or a long name alone where no two numbers differ: a family
    shares a mobile, and two people of two numbers share a name.
    """
    named = "name" in signs or "part_of_name" in signs
    contradicted = bool(one.national_id and other.national_id) and "national_id" not in signs
    if contradicted:
        return named and any(sign in signs for sign in (*CONTACTS, TAILS["national_id"]))
    alone = "name" in signs and len(list_name_words(one.name)) >= FEWEST_WORDS
    return alone or any(sign in signs for sign in ("national_id", *CONTACTS)) or (named and len(signs) > 1)


def _compare_names(one: str, other: str) -> str | None:
    """Return whether two names are one, or all the words of the shorter stand in the longer, in their order."""
    if are_same_name(one, other):
        return "name"
    shorter, longer = sorted((list_name_words(one), list_name_words(other)), key=len)
    rest = iter(longer)
    return "part_of_name" if len(shorter) > 1 and all(word in rest for word in shorter) else None
