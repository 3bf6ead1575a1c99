"""The time limits of open referrals reckoned anew after a change of the calendar, one batch a transaction."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.calendars import affected_cases, notifications
from silah.calendars.models import ANSWER, CalendarChange, MovedCase
from silah.cases import notifications as telling_cases
from silah.cases import referrals, timeline
from silah.cases.deadline_changes import describe_change
from silah.cases.models import Case, Referral
from silah.organisation.models import Membership
from tenants.database import db

REFERRALS = "calendar.referrals"
BATCH = 200


def owe(change: CalendarChange, after: UUID | None = None) -> None:
    """Owe the next batch of referrals that a change may move."""
    key = f"{change.id}.{after or 'first'}"
    jobs.owe(REFERRALS, key, clock.now(), {"change": str(change.id), "after": str(after) if after else None})


def carry_on(change: CalendarChange, after: UUID | None) -> None:
    """Reckon the next batch, tell those concerned, and owe the batch after it. Done again, it finds nothing to move."""
    found = _next(change, after)
    # Cases are locked in one order, so that this and the reckoning of cases never wait for each other in a ring.
    cases = {one.case_id for one in found}
    db.session.execute(select(Case.id).where(Case.id.in_(cases)).order_by(Case.id).with_for_update())
    db.session.info.pop("silah_calendars", None)
    moved = [(one, data) for one in found if (data := _moved(change, one))]
    _tell(moved)
    if len(found) == BATCH:
        owe(change, found[-1].id)


def _next(change: CalendarChange, after: UUID | None) -> list[Referral]:
    """Open referrals whose counted days reach into those that changed, locked."""
    rows = select(Referral).where(affected_cases.waiting(change.first))
    if after:
        rows = rows.where(Referral.id > after)
    rows = (
        rows.options(joinedload(Referral.case, innerjoin=True).selectinload(Case.policy_version))
        .order_by(Referral.id)
        .limit(BATCH)
        .with_for_update(of=Referral)
    )
    return list(db.session.scalars(rows))


def _moved(change: CalendarChange, referral: Referral) -> dict[str, Any] | None:
    """Give a referral its day anew; what the timeline keeps of it, None where the day stays."""
    asked, before = clock.day_of(referral.asked_at), referral.due_on
    after = referrals.due_day(referral.case, referral.to_role, asked)
    if before is None or after is None or after == before:
        return None
    reach = max(before, after).isoformat()
    days = {day: told for day, told in sorted(change.days.items()) if asked.isoformat() < day <= reach}
    data = {"to": referral.to_role, "change": str(change.id), "days": days}
    data["dates"] = {"answer": [before.isoformat(), after.isoformat()]}
    referral.due_on = after
    referrals.owe_late(referral)
    timeline.record(referral.case, "referral_moved", data=data, private=True)
    _listed(change, referral, data)
    return data


def _listed(change: CalendarChange, referral: Referral, data: dict[str, Any]) -> None:
    """Let the report of the change list the question, beside the dates of its case; its case is locked."""
    row = db.session.get(MovedCase, (change.id, referral.case_id), populate_existing=True)
    if row is None:
        row = MovedCase(change_id=change.id, case_id=referral.case_id, dates={}, days=data["days"], told=True)
        db.session.add(row)
    row.dates = {**row.dates, f"{ANSWER}{referral.to_role}:{referral.id}": data["dates"]["answer"]}
    db.session.flush()


def _tell(moved: list[tuple[Referral, dict[str, Any]]]) -> None:
    """Tell who is to answer, and who asked: of the case, or of how many there are."""
    readers = [
        ({m.id: m for m in (*referrals.asked_of(one), *referrals.asker_of(one))}, one, data) for one, data in moved
    ]
    counted = Counter(id for whom, _one, _data in readers for id in whom)
    many: dict[UUID, Membership] = {}
    for whom, one, data in readers:
        for id, member in whom.items():
            if counted[id] > 1:
                many[id] = member
                continue
            with force_locale(notifications.locale(member)):
                said = describe_change(data)
            telling_cases.member("dates_moved_staff", member, one.case, {"change": said})
    for id, member in many.items():
        notifications.many(member, counted[id], moved[0][1]["days"], "/desk/cases?view=referred")
