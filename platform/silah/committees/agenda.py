"""The agenda of a meeting: cases drawn from those that wait for the committee, each on one agenda at a time."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import case as when
from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from silah.cases.models import Case
from silah.cases.states import State
from silah.committees import meetings, notifications, recusal, subjects
from silah.committees.errors import NotPossible
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingVote, Motion
from silah.web.access import Member
from tenants.database import db

MOST = 50
"""Cases that one page offers; the nearest due come first."""


def waiting(committee: str) -> Sequence[Case]:
    """The cases that the committee is to decide on and that stand on no agenda, recommended ones first."""
    found = [subject.waiting(committee) for subject in subjects.every()]
    asked = [condition for condition in found if condition is not None]
    if not asked:
        return []
    pending = exists().where(AgendaItem.case_id == Case.id, AgendaItem.result.is_(None))
    advised = when((Case.state == State.RECOMMENDED, 0), else_=1)
    rows = (
        select(Case)
        .where(or_(*asked), ~pending)
        .options(
            joinedload(Case.beneficiary),
            joinedload(Case.representative),
            joinedload(Case.holder),
            selectinload(Case.policy_version),
        )
        .order_by(advised, Case.due, Case.received_at, Case.id)
        .limit(MOST)
    )
    return db.session.scalars(rows).all()


def add(meeting: CommitteeMeeting, case_ids: Iterable[UUID], *, by: Member, seen: int) -> int:
    """Put cases on the agenda; gives how many. Raises ``NotPossible`` for one that no longer waits."""
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned", "open")
    wanted = list(dict.fromkeys(case_ids))
    db.session.execute(select(Case.id).where(Case.id.in_(wanted)).order_by(Case.id).with_for_update())
    free = {case.id for case in waiting(meeting.committee)}
    if not free.issuperset(wanted):
        raise NotPossible(
            _("One of these cases no longer waits: it was decided, withdrawn, or stands on another agenda.")
        )
    last = db.session.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)) or 0
    fresh = [
        AgendaItem(meeting_id=meeting.id, case_id=case_id, position=last + place)
        for place, case_id in enumerate(wanted, 1)
    ]
    db.session.add_all(fresh)
    db.session.flush()
    recusal.settle(fresh, by)
    notifications.agenda_changed(meeting)
    return len(wanted)


def remove(item: AgendaItem, *, by: Member, seen: int) -> None:
    """Take a case off the agenda; it waits again."""
    meeting = item.meeting
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned", "open")
    pending(item)
    fell = exists().where(Motion.item_id == item.id, Motion.state == "fallen")
    if db.session.scalar(select(fell)):
        raise NotPossible(_("A motion on this case fell in this meeting. Postpone the case instead."))
    discard(item)
    notifications.agenda_changed(meeting)


def discard(item: AgendaItem) -> None:
    """Remove an item with what was written on it."""
    for model in (MeetingVote, Motion):
        db.session.execute(delete(model).where(model.item_id == item.id))
    db.session.delete(item)
    db.session.flush()


def pending(item: AgendaItem) -> None:
    """Raise ``NotPossible`` where the item has its result already."""
    db.session.refresh(item)
    if item.result is not None:
        raise NotPossible(_("This item has its result already."))


def meeting_of(case: Case) -> tuple[CommitteeMeeting, AgendaItem] | None:
    """The meeting on whose agenda the case stands, or which decided on it last."""
    rows = (
        select(CommitteeMeeting, AgendaItem)
        .join(AgendaItem, AgendaItem.meeting_id == CommitteeMeeting.id)
        .where(AgendaItem.case_id == case.id)
        .order_by(AgendaItem.result.is_not(None), CommitteeMeeting.number.desc())
        .limit(1)
    )
    row = db.session.execute(rows).first()
    return (row[0], row[1]) if row else None
