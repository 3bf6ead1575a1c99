"""Who steps aside from a case without being asked: whoever a complaint is about, where it is the case or concerns it.

The reason that is kept, and stands in the minutes, tells nothing of the complaint, not even that there is one.
"""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from silah.cases import kinds, notifications
from silah.cases.models import Case, CaseBar
from silah.cases.states import State
from silah.committees import seats
from silah.committees.models import AgendaItem, MeetingVote
from silah.committees.voting import RECUSED
from silah.complaints.models import Complaint
from silah.web.access import Member
from tenants.database import db


def owed(item: AgendaItem) -> frozenset[UUID]:
    """The members who must step aside: subjects of a complaint that stands and is the case, or is about it."""
    settled = and_(Complaint.finding == "not_upheld", Case.replied_at.is_not(None))
    rows = (
        select(CaseBar.member_id)
        .join(Complaint, Complaint.case_id == CaseBar.case_id)
        .join(Case, Case.id == CaseBar.case_id)
        .where(CaseBar.reason == "subject", Case.state != State.WITHDRAWN)
        .where(Complaint.finding.is_(None) | ~settled)
        .where(or_(CaseBar.case_id == item.case_id, Complaint.about_case_id == item.case_id))
    )
    return frozenset(db.session.scalars(rows)) | _barred(item.case)


def _barred(case: Case) -> frozenset[UUID]:
    """The members to whom a guarded case on the agenda is closed."""
    return frozenset(notifications.barred(case)) if kinds.kind_of_case(case).guarded_by else frozenset()


def settle(items: Iterable[AgendaItem], by: Member) -> None:
    """Record on each item without a result that those who must step aside do so, whatever they said before."""
    for item in items:
        if item.result is None and (away := owed(item)):
            sitting = {seat.member_id for seat in seats.sitting(item.meeting.committee) if seat.votes}
            for member_id in away & sitting:
                _aside(item, member_id, by)
    db.session.flush()


def _aside(item: AgendaItem, member_id: UUID, by: Member) -> None:
    vote = db.session.get(MeetingVote, (item.id, 0, member_id))
    if vote is not None and vote.choice == RECUSED:
        return
    vote = vote or MeetingVote(item_id=item.id, member_id=member_id, recorded_by=by.id)
    vote.choice, vote.remark = RECUSED, reason()
    db.session.add(vote)


def reason() -> str:
    """What stands beside the name."""
    return str(_("This member may have an interest in this case."))
