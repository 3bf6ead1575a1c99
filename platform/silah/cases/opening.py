"""A case comes to be: its reference, the people it is of, the office it belongs to, and the files that came with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from silah import clock
from silah.access import Member
from silah.beneficiaries import service as files_of_people
from silah.beneficiaries.models import Beneficiary
from silah.beneficiaries.service import Found
from silah.cases import person, receipts, references
from silah.cases.finding import folded
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.documents.models import StoredFile
from silah.staff.models import BranchOffice
from tenants.database import db
from tenants.versions import PolicyVersion


@dataclass(frozen=True)
class Received:
    """What came: by which channel, from whom, under which policy. ``person`` are the answers of the person's page."""

    titles: tuple[str, str]
    channel: str
    version: PolicyVersion
    applicant: Beneficiary | None = None
    beneficiary: Beneficiary | None = None
    person: Mapping[str, Any] = field(default_factory=dict)
    branch: UUID | None = None
    by: Member | None = None
    anonymous: bool = False


def opened(kind: str, code: str, came: Received) -> Case:
    """The new case, received now and known by this receipt code; nothing is on its timeline yet."""
    refer = references.random_reference if came.anonymous else references.next_reference
    office = came.branch or person.branch_id(came.person) or (came.by.branch_id if came.by else None)
    case = Case(
        kind=kind,
        reference=refer(kind, clock.today()),
        receipt_digest=receipts.digest(code),
        state=State.RECEIVED,
        version=1,
        title_ar=came.titles[0],
        title_en=came.titles[1],
        channel=came.channel,
        branch_id=office or _main_office(),
        relation=came.person.get("relation", "self"),
        taken_in_by=came.by.id if came.by else None,
        locale=came.person.get("locale", "ar"),
        reply_channel=came.person.get("reply_channel", ""),
        reply_address=person.reply_address(came.version.policy, came.person),
        received_at=clock.now(),
        head_seq=0,
        head_hash="",
        anonymous=came.anonymous,
        pauses=[],
    )
    case.policy_version, case.applicant, case.beneficiary = came.version, came.applicant, came.beneficiary
    case.folded = folded(case)
    db.session.add(case)
    db.session.flush()
    return case


def people(given: Mapping[str, Any]) -> Sequence[Found]:
    """The files of the applicant and, where that is somebody else, of the beneficiary."""
    locale = given.get("locale", "ar")
    mine = {key: given.get(key) for key in ("national_id", "mobile", "email", "member_number")}
    applicant = files_of_people.find_or_create(name=given["name"], locale=locale, **mine)
    if given.get("relation", "self") == "self":
        return [applicant]
    theirs = {key: given.get(f"beneficiary_{key}") for key in ("name", "national_id", "mobile")}
    return [applicant, files_of_people.find_or_create(name=theirs.pop("name") or "", locale=locale, **theirs)]


def attach(
    case: Case, files: Sequence[StoredFile], purpose: str, by: Member | None = None, *, for_applicant: bool = True
) -> None:
    """Put files among the documents of a case; ``for_applicant``: whether whoever follows it may open them."""
    for file in files:
        made = CaseDocument(case_id=case.id, file_id=file.id, purpose=purpose, added_by=by.id if by else None)
        made.for_applicant = for_applicant
        db.session.add(made)
    db.session.flush()


def _main_office() -> UUID | None:
    """The first of the association's offices: a case for which none was chosen belongs there."""
    first = select(BranchOffice.id).where(BranchOffice.active).order_by(BranchOffice.position, BranchOffice.name_ar)
    return db.session.scalars(first.limit(1)).first()
