"""The people of a case as they gave themselves there: what was typed on it, and whose file that was proved to be.

A case writes to nobody but these. A person's file is a matter of its own (``silah.cases.beneficiary_links``): until
it was proved whose it is, the file that has the same number is a candidate, and nothing passes between the two.
"""

from collections.abc import Mapping
from hashlib import md5
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, cast, exists, func
from sqlalchemy import case as when

from silah.cases.models import Case
from silah.cases.party_models import CaseParty

SIDES = ("applicant", "beneficiary")
TYPED = ("name", "national_id", "mobile", "email", "member_number")
HOW = ("original", "spoke", "code", "recorded")


def make(side: str, given: Mapping[str, Any], *, prefix: str = "") -> CaseParty:
    """Make a party of the answers of the person's page."""
    party = CaseParty(side=side, locale=given.get("locale") or "ar")
    for key in TYPED:
        party.write(key, given.get(f"{prefix}{key}") or None)
    party.name = party.name or ""
    return party


def from_answers(given: Mapping[str, Any]) -> list[CaseParty]:
    """Make the parties that the answers of the person's page name; none where they name nobody."""
    if not given.get("name"):
        return []
    if given.get("relation", "self") == "self":
        return [make("beneficiary", given)]
    return [make("applicant", given), make("beneficiary", given, prefix="beneficiary_")]


def copies(parent: Case) -> list[CaseParty]:
    """Copy the parties of a case for one that is opened out of it."""
    names = [one.key for one in CaseParty.__table__.columns if one.key != "case_id"]
    return [CaseParty(**{name: getattr(one, name) for name in names}) for one in list_parties(parent)]


def attach(to: Case, parties: list[CaseParty]) -> None:
    """Put the parties on a new case."""
    for one in parties:
        setattr(to, "beneficiary" if one.side == "beneficiary" else "representative", one)


def list_parties(case: Case) -> list[CaseParty]:
    """Return the parties of a case: whoever applies first."""
    found = (case.applicant, case.beneficiary) if case.relation != "self" else (case.beneficiary,)
    return [one for one in found if one is not None]


def side_of_applicant() -> ColumnElement[str]:
    """Return on which side the applicant of a case stands, as an expression."""
    return when((Case.relation == "self", "beneficiary"), else_="applicant")


def same_person(
    file_id: UUID | None, party: CaseParty | None, side: ColumnElement[str] | str
) -> list[ColumnElement[bool]]:
    """Return conditions on cases whose person on a side has this file, or typed the same number.

    Where none was typed, the same mobile and name count. Staff are shown what is found so; nothing else hangs on it.
    """
    column = Case.beneficiary_id if isinstance(side, str) and side == "beneficiary" else Case.applicant_id
    ways: list[ColumnElement[bool]] = [column == file_id] if file_id else []
    if party is not None and party.national_id_hash:
        typed = CaseParty.national_id_hash == party.national_id_hash
    elif party is not None and party.mobile_hash:
        typed = and_(CaseParty.mobile_hash == party.mobile_hash, CaseParty.name_folded == party.name_folded)
    else:
        return ways
    return [*ways, exists().where(CaseParty.case_id == Case.id, CaseParty.side == side, typed)]


def reached_person() -> ColumnElement[Any]:
    """Return whom a message to the applicant of a case reaches: one file, else one address, else this case alone.

    A file counts only once it was confirmed, so that nobody stands in for another by typing their number; and only the
    applicant's: a message to whoever speaks for somebody does not reach that person.
    """
    address = cast(func.md5(Case.reply_hash), Uuid)
    return func.coalesce(Case.applicant_id, address, Case.id)


def reached_person_of(case: Case) -> UUID:
    """Return what ``reached_person`` is for a case that is loaded."""
    address = UUID(bytes=md5(bytes(case.reply_hash), usedforsecurity=False).digest()) if case.reply_hash else None
    return case.applicant_id or address or case.id
