"""What intake owes: the end of drafts that nobody sent, replies whose day has come, and the parties of old cases."""

from typing import Any
from uuid import UUID

from silah import clock, jobs
from silah.cases import clocks, notifications, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.errors import Conflict, Forbidden
from silah.intake import drafts, party_restoration, scheduling
from silah.intake.facts import decision_of, waiting_reply
from silah.intake.models import ScheduledReply
from silah.organisation.models import Membership
from silah.staff.members import as_member
from tenants.database import db


@jobs.handles(drafts.EXPIRE)
def expire(key: str, payload: dict[str, Any]) -> None:
    """Discard a draft whose time is over."""
    drafts.expire(key)


@jobs.handles(scheduling.SEND)
def send_scheduled(key: str, payload: dict[str, Any]) -> None:
    """Send a reply on its day, if all that was so when it was scheduled still is; else say on the case why not."""
    case = db.session.get(Case, UUID(key), with_for_update={"of": Case})
    waiting = waiting_reply(case) if case is not None else None
    if case is None or waiting is None:
        return
    decision = decision_of(case)
    if case.state is not State.DECIDED or decision is None or decision.id != waiting.decision_id:
        scheduling.end(waiting, "cancelled")
        return
    person = db.session.get_one(Membership, waiting.scheduled_by)
    if not scheduling.may_still_send(case, person):
        _stop(case, waiting, person, "not_allowed")
    elif clocks.reckoning(case).too_early(clock.today()):
        _wait_longer(case, waiting, person)
    else:
        _send(case, waiting, person)


def _wait_longer(case: Case, waiting: ScheduledReply, person: Membership) -> None:
    """The earliest date moved since: the reply waits for it."""
    day = clocks.reckoning(case).earliest
    if day is None:
        _stop(case, waiting, person, "no_day")
        return
    waiting.due_on = day
    db.session.flush()
    scheduling.owe(case, day)


def _send(case: Case, waiting: ScheduledReply, person: Membership) -> None:
    try:
        with db.session.begin_nested():
            perform(case, "release", as_member(person))
    except (Conflict, Forbidden):
        _stop(case, waiting, person, "refused")


def _stop(case: Case, waiting: ScheduledReply, person: Membership, why: str) -> None:
    """Leave the reply unsent, and say so on the case and to who is to know."""
    scheduling.end(waiting, "stopped", why=why)
    timeline.record(case, "reply_stopped", data={"why": why}, private=True)
    readers = {one.id: one for one in (case.holder, person) if one is not None and one.state == "active"}
    notifications.members("reply_stopped", readers.values(), case)


@jobs.handles(party_restoration.RESTORE)
def restore_parties(key: str, payload: dict[str, Any]) -> None:
    """Bring back what was typed on cases that are older than their parties."""
    party_restoration.restore(payload.get("after"))
