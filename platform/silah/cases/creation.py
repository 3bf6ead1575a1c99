"""A case comes to be: its reference, the people it is of, the office it belongs to, and the files that came with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from silah import clock
from silah.cases import beneficiary_links, paper_day, parties, person, receipts, references, timeline
from silah.cases.models import Case, CaseDocument
from silah.cases.search import index_case
from silah.documents.models import StoredFile
from silah.organisation.models import BranchOffice
from silah.web.access import Member
from tenants.database import db
from tenants.versions import PolicyVersion


@dataclass(frozen=True)
class Received:
    """What came: by which channel, from whom, under which policy. ``person`` are the answers of the person's page.

    ``out_of`` is the case that this one is opened out of: its people and their address are this one's, too.
    """

    titles: tuple[str, str]
    channel: str
    version: PolicyVersion
    person: Mapping[str, Any] = field(default_factory=dict)
    branch: UUID | None = None
    by: Member | None = None
    anonymous: bool = False
    out_of: Case | None = None
    came_on: date | None = None
    """The day on which it came, where staff record it later."""


def opened(kind: str, code: str, came: Received) -> Case:
    """The new case, received now and known by this receipt code; nothing is on its timeline yet."""
    office = came.branch or person.branch_id(came.person) or (came.by.branch_id if came.by else None)
    case = Case(
        kind=kind,
        reference=references.reference_of(kind, clock.today(), anonymous=came.anonymous),
        receipt_digest=receipts.digest(code),
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
        received_at=paper_day.get_received_at(came.came_on),
        head_seq=0,
        head_hash="",
        anonymous=came.anonymous,
        pauses=[],
    )
    case.policy_version = came.version
    if not came.anonymous:
        _people(case, came)
    index_case(case)
    db.session.add(case)
    db.session.flush()
    return case


def record_received(case: Case, came: Received, data: Mapping[str, Any]) -> None:
    """Begin the timeline: that it was received, and how staff established whose it is, where they did."""
    timeline.record(case, "received", by=came.by, data={**data, **paper_day.describe_day(came.came_on)})
    if (how := _established(came)) is None or came.by is None:
        return
    differs = beneficiary_links.establish(case, by=came.by, how=how)
    said = {"how": how, "paper": came.person.get("identity_paper") or ""}
    timeline.record(case, "identity_confirmed", by=came.by, data=said, private=True)
    if differs:
        timeline.record(case, "file_differs", data={"fields": list(differs)}, private=True)


def _established(came: Received) -> str | None:
    """How staff established who the people are; None for what comes from anybody else."""
    how = came.person.get("identity")
    return how if came.by is not None and how in beneficiary_links.PROVES and not came.anonymous else None


def _people(case: Case, came: Received) -> None:
    """Put the people on a new case, each with the file that their number points out."""
    parent = came.out_of
    if parent is not None:
        parties.attach(case, parties.copies(parent))
        case.applicant_id, case.beneficiary_id = parent.applicant_id, parent.beneficiary_id
        case.reply_address = parent.reply_address
        return
    typed = parties.from_answers(came.person)
    for one in typed:
        beneficiary_links.point_out(one)
    parties.attach(case, typed)


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
