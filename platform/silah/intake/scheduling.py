"""Replies that go out by themselves on the first day that the policy allows: owed, looked at again, and sent once."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock, jobs
from silah.cases import clocks, confidentiality
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.cases.visibility import visible
from silah.errors import Conflict
from silah.intake.facts import decision_of, waiting_reply
from silah.intake.models import ScheduledReply
from silah.organisation.models import Membership
from silah.staff.members import as_member
from silah.web.access import Member, Permission
from tenants.database import db

SEND = "reply.scheduled"
MORNING = time(8, 0)
"""When a scheduled reply goes out on its day, in Asia/Riyadh."""
STOPPED_WORDS = {
    "not_allowed": _l("The one who scheduled it may no longer send replies, or no longer sees the case."),
    "no_day": _l("The earliest date is no longer known."),
    "refused": _l("The case did not allow it on the day."),
}


def schedule_reply(change: Change) -> ScheduledReply:
    """Have the reply go out by itself on the earliest day that the policy allows."""
    case = change.case
    decision, earliest = decision_of(case), clocks.reckoning(case).earliest
    if decision is None or earliest is None:
        raise Conflict(_("The earliest date is not known yet, so there is no day to schedule the reply for."))
    made = ScheduledReply(case_id=case.id, decision_id=decision.id, due_on=earliest, scheduled_by=change.member.id)
    db.session.add(made)
    db.session.flush()
    change.data = {"on": earliest.isoformat()}
    owe(case, earliest)
    return made


def cancel_scheduled(change: Change) -> None:
    """Leave the reply to be sent by hand."""
    end_waiting(change.case, "cancelled", by=change.by)


def end_waiting(case: Case, state: str, *, by: Member | None) -> None:
    """End what waits, if anything does: it was cancelled, or the reply goes out."""
    waiting = waiting_reply(case)
    if waiting is not None:
        end(waiting, state, by=by)
        jobs.settle(SEND, str(case.id))


def end(waiting: ScheduledReply, state: str, *, by: Member | None = None, why: str | None = None) -> None:
    """Record what became of a scheduled reply."""
    waiting.state, waiting.why, waiting.ended_at = state, why, clock.now()
    waiting.ended_by = by.id if by else None
    db.session.flush()


def owe(case: Case, day: date) -> None:
    """Owe the sending on the morning of a day."""
    jobs.owe(SEND, str(case.id), datetime.combine(day, MORNING, clock.RIYADH))


def may_still_send(case: Case, person: Membership) -> bool:
    """Say whether the one who scheduled a reply is still somebody who sees the case and could send it."""
    member = as_member(person)
    if not member.may(Permission.RELEASE_REPLIES) or confidentiality.shut_out(case, [member.id]):
        return False
    seen = select(Case.id).where(Case.id == case.id, visible(member))
    return db.session.scalar(seen) is not None


def list_waiting_days(case_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return the days of those of these cases whose reply waits to go out by itself."""
    rows = select(ScheduledReply.case_id, ScheduledReply.due_on).where(
        ScheduledReply.case_id.in_(case_ids), ScheduledReply.state == "waiting"
    )
    return {row.case_id: row.due_on for row in db.session.execute(rows)} if case_ids else {}


def latest_schedule(case: Case) -> ScheduledReply | None:
    """Return the schedule of the decision that stands: it waits, or was stopped on its day."""
    decision = decision_of(case) if case.state is State.DECIDED else None
    if decision is None:
        return None
    rows = select(ScheduledReply).where(ScheduledReply.decision_id == decision.id)
    return db.session.scalars(rows.order_by(ScheduledReply.scheduled_at.desc()).limit(1)).first()
