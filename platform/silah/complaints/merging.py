"""Duplicates of one complaint are merged: handled once, answered to each."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from silah.cases import timeline, visibility
from silah.cases.anonymity import veiled
from silah.cases.models import Case
from silah.cases.parties import same_person, side_of_applicant
from silah.cases.states import ENDED, State
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.complaints import merged_complaints
from silah.complaints.models import Complaint, complaint_of
from silah.errors import Conflict, Invalid
from silah.web.access import Member
from tenants.database import db

MOST = 10


def alike(case: Case, member: Member) -> Sequence[Complaint]:
    """Open complaints about the same thing or by the same person, that this member may see, the newest first."""
    complaint = complaint_of(case)
    same = []
    if complaint.about_case_id:
        same.append(Complaint.about_case_id == complaint.about_case_id)
    if complaint.about_member_id:
        same.append(Complaint.about_member_id == complaint.about_member_id)
    person = same_person(case.applicant_id, case.applicant, side_of_applicant())
    if person:
        same.append(and_(or_(*person), Complaint.about == complaint.about))
    if complaint.topic and case.branch_id:
        same.append(and_(Complaint.topic == complaint.topic, Case.branch_id == case.branch_id))
    if not same:
        return []
    rows = (
        select(Complaint)
        .join(Case, Case.id == Complaint.case_id)
        .where(or_(*same), Complaint.case_id != case.id, Complaint.merged_into_id.is_(None))
        .where(Complaint.body == complaint.body, Case.confidential == case.confidential)
        .where(Case.state.not_in(tuple(ENDED)), visibility.visible(member))
        .options(joinedload(Complaint.case))
        .order_by(Case.received_at.desc(), Case.id)
        .limit(MOST)
    )
    return db.session.scalars(rows).all()


def merge(change: Change, into: Case) -> None:
    """Handle this complaint together with another open one; each complainant gets the answer.

    Whoever one of them is about sees neither from then on.
    """
    case, complaint, target = change.case, complaint_of(change.case), complaint_of(into)
    if into.id == case.id or into.state in ENDED or into.state is State.REPLIED or target.merged_into_id is not None:
        raise Invalid({"into": _("Choose another open complaint.")})
    if db.session.scalar(select(Complaint.case_id).where(Complaint.merged_into_id == case.id).limit(1)):
        raise Conflict(_("Other complaints were merged into this one; merge the other into it instead."))
    if (target.body, into.confidential) != (complaint.body, case.confidential):
        raise Invalid({"into": _("Choose another open complaint.")})
    complaint.merged_into_id = into.id
    merged_complaints.share_bars([case, into])
    complaint.topic, complaint.severity = complaint.topic or target.topic, complaint.severity or target.severity
    if case.state is State.RECEIVED:
        change.target = State.UNDER_STUDY
    change.data = {"into": into.reference}
    timeline.record(into, "merged_here", by=change.by, data={"from": case.reference}, private=True)


def part(change: Change) -> None:
    """Have what was merged into this complaint handled by itself again: nothing would be answered together with it."""
    with veiled(change.case):
        for other in db.session.scalars(select(Complaint).where(Complaint.merged_into_id == change.case.id)).all():
            perform(other.case, "part", None, {"first": change.case})


def leave(change: Change, first: Case) -> None:
    """Part a complaint from the one into which it was merged, unless it has ended."""
    if change.case.state in ENDED:
        change.idle = True
        return
    complaint_of(change.case).merged_into_id = None
    change.data = {"from": first.reference}
