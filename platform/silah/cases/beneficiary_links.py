"""Whose file a person on a case is: pointed at by a number that was typed, and confirmed by proof alone.

Nothing passes between a case and a candidate's file, and pointing at one does the same work whether the number is known
or not, so that nobody learns by typing it that there is a file.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.beneficiaries.models import Beneficiary
from silah.beneficiaries.search import list_person_tokens
from silah.cases.models import Case
from silah.cases.parties import TYPED, list_parties
from silah.cases.party_models import CaseParty, write
from silah.cases.search import index_case
from silah.documents.sealing import fingerprint
from silah.language.tokenizer import VERSION, is_spelling_of
from silah.web.access import Member
from tenants.database import db

LEVELS = ("typed", "contact_proved", "original_seen", "verified_online")
PROVES = {"original": "original_seen", "spoke": "contact_proved"}
CONTACTS = ("mobile", "email")


def point_out(party: CaseParty) -> None:
    """Set the candidate of a party: the file with its national ID, opened at the level "typed" where there is none.

    A file that exists is neither read nor written; the statements are the same whether it does.
    """
    if party.national_id_hash is None:
        party.candidate_id = None
        return
    row = insert(Beneficiary).values(**_typed(party), locale=party.locale, level="typed", created_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=[Beneficiary.national_id_hash]))
    same = Beneficiary.national_id_hash == party.national_id_hash
    party.candidate_id = db.session.scalars(select(Beneficiary.id).where(same)).one()


def establish(case: Case, *, by: Member, how: str) -> tuple[str, ...]:
    """Link a case to the files of its people, whose identity ``by`` established (``original`` or ``spoke``).

    Blanks of the files are filled; gives which of their entries differ from what was given.
    """
    differs: set[str] = set()
    for party in list_parties(case):
        file, others = find_or_open(party)
        prove(file, party, how, by)
        link(case, party, file, how, by)
        differs.update(others)
    return tuple(sorted(differs))


def find_or_open(party: CaseParty) -> tuple[Beneficiary, tuple[str, ...]]:
    """The file of a person whose identity was established: by national ID, else by mobile and name, else a fresh one.

    What the file leaves blank is filled in. What somebody vouched for stays, and the second value names what was given
    otherwise; what was only typed gives way to what was established.
    """
    if party.national_id_hash is not None:
        point_out(party)
        file = db.session.get_one(Beneficiary, party.candidate_id)
    else:
        file = _by_mobile(party) or open_file(party)
    differs = differing(file, party)
    for key in TYPED:
        if getattr(party, key) and (not getattr(file, key) or (file.level == "typed" and key in differs)):
            put(file, key, getattr(party, key))
    return file, differs


def differing(file: Beneficiary, party: CaseParty) -> tuple[str, ...]:
    """Which entries were typed otherwise than the file has them; a name in another spelling does not differ."""
    found = []
    for key in TYPED:
        kept, typed = getattr(file, key), getattr(party, key)
        same = is_spelling_of(kept or "", typed or "") if key == "name" else kept == typed
        if kept and typed and not same:
            found.append(key)
    return tuple(found)


def prove(file: Beneficiary, party: CaseParty, how: str, by: Member | None, *, contacts: bool = True) -> None:
    """Raise the level of a file by what was proved.

    ``contacts``: with the original in hand the person gave the contacts of this case, which are their own from now on.
    """
    reached = PROVES.get(how, file.level)
    file.level = max(file.level, reached, key=LEVELS.index)
    for key in CONTACTS if how == "original" and contacts else ():
        if getattr(party, key) and getattr(file, key) == getattr(party, key):
            setattr(file, f"{key}_confirmed_at", clock.now())
            setattr(file, f"{key}_confirmed_by", by.id if by else None)


def link(case: Case, party: CaseParty, file: Beneficiary, how: str, by: Member | None) -> None:
    """Name the file on the case, and keep how, by whom and when it was confirmed."""
    party.candidate_id, party.confirmed_how = file.id, how
    party.confirmed_by, party.confirmed_at = (by.id if by else None), clock.now()
    _name(case, party, file)


def unlink(case: Case, party: CaseParty) -> None:
    """Let the case name no file on this side."""
    party.candidate_id = party.confirmed_how = party.confirmed_by = party.confirmed_at = None
    _name(case, party, None)


def identify(case: Case, party: CaseParty, national_id: str, *, by: Member | None) -> bool:
    """Take the national ID that was given after the case was recorded; return whether a proof ended by it.

    What was proved belongs to the person for whom it was proved. A number of somebody else ends it: the case is in
    nobody's file then, and points out a candidate. A file that has no number gets it from staff alone.
    """
    file = file_of(case, party) if party.confirmed_how else None
    party.write("national_id", national_id)
    index_case(case)
    if file is not None and _is_theirs(file, party, by):
        if by is not None and file.national_id_hash is None:
            put(file, "national_id", national_id)
        return False
    if file is not None:
        unlink(case, party)
    point_out(party)
    return file is not None


def file_of(case: Case, party: CaseParty) -> Beneficiary | None:
    """The file that was confirmed for a party, if one was."""
    id_ = case.beneficiary_id if party.side == "beneficiary" else case.applicant_id
    return db.session.get(Beneficiary, id_) if id_ else None


def _is_theirs(file: Beneficiary, party: CaseParty, by: Member | None) -> bool:
    """Whether a number may be that of the person of this file: it has the same, or none, and staff found no other's."""
    if file.national_id_hash is not None:
        return file.national_id_hash == party.national_id_hash
    same = Beneficiary.national_id_hash == party.national_id_hash
    return by is None or db.session.scalar(select(Beneficiary.id).where(same)) is None


def _name(case: Case, party: CaseParty, file: Beneficiary | None) -> None:
    id_ = file.id if file else None
    if party.side == "beneficiary":
        case.beneficiary_id = id_
    if party.side == "applicant" or case.relation == "self":
        case.applicant_id = id_


def _by_mobile(party: CaseParty) -> Beneficiary | None:
    """A file of this mobile and name that somebody vouched for; what was only typed is nobody's word."""
    if not party.mobile:
        return None
    same = (
        Beneficiary.mobile_hash == fingerprint(party.mobile, "mobile"),
        Beneficiary.name_folded == party.name_folded,
        Beneficiary.level != "typed",
    )
    return db.session.scalars(select(Beneficiary).where(*same).order_by(Beneficiary.created_at).limit(1)).first()


def open_file(party: CaseParty) -> Beneficiary:
    """Open a file of the person's own, of what was typed; without their number where another file has it."""
    same = Beneficiary.national_id_hash == party.national_id_hash
    taken = party.national_id_hash is not None and db.session.scalar(select(Beneficiary.id).where(same)) is not None
    file = Beneficiary(**_typed(party), locale=party.locale, level="typed")
    if taken:
        put(file, "national_id", None)
    db.session.add(file)
    db.session.flush()
    return file


def _typed(party: CaseParty) -> Mapping[str, Any]:
    keys = (*TYPED, "name_folded", "national_id_hash", "mobile_hash")
    found_by = {"search": list_person_tokens(party), "search_version": VERSION}
    return {key: getattr(party, key) for key in keys} | found_by


def put(file: Beneficiary, key: str, value: str | None) -> None:
    """Write an entry of a file; a contact that changes is no longer known to be the person's own."""
    if key in CONTACTS and getattr(file, key) != value:
        setattr(file, f"{key}_confirmed_at", None)
        setattr(file, f"{key}_confirmed_by", None)
    write(file, key, value)
