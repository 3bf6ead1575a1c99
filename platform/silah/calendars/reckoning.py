"""The dates of open cases reckoned anew after a change of the calendar, one batch a transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, tuple_
from sqlalchemy.orm import selectinload

from silah import clock, jobs
from silah.calendars import affected_cases, notifications
from silah.calendars.affected_cases import DATES, Moved
from silah.calendars.models import ANSWER, CalendarChange, MovedCase
from silah.calendars.service import RECKON
from silah.cases import clocks, timeline
from silah.cases.models import Case
from tenants.database import db

BATCH = 200
AGAIN_AFTER = timedelta(minutes=10)
"""When cases are looked at once more that were being received while the change was saved."""
NEXT = timedelta(microseconds=1)

Cursor = list[str]


def carry_on(change: CalendarChange, payload: dict[str, Any]) -> None:
    """Reckon the next batch of cases and owe the one after it; a change that a later one overtook does no more.

    Cases are locked before the calendar is read: a change saved later finds them locked, and reckons them again.
    """
    closing = bool(payload.get("closing"))
    if change.state != ("done" if closing else "running"):
        return
    if not closing and _is_overtaken(change):
        change.state, change.ended_at = "overtaken", clock.now()
        return
    ids = _next(change, payload.get("after") or (_since(change) if closing else None))
    _batch(change, [one for one, _received in ids])
    change.looked += 0 if closing else len(ids)
    if len(ids) == BATCH:
        last, received = ids[-1]
        again = {"closing": closing, "after": [received.isoformat(), str(last)]}
        jobs.owe(RECKON, str(change.id), clock.now() + NEXT, again)
    else:
        _end(change, closing)


def _batch(change: CalendarChange, ids: Sequence[UUID]) -> None:
    cases = db.session.scalars(
        select(Case)
        .where(Case.id.in_(ids))
        .options(selectinload(Case.policy_version), selectinload(Case.representative), selectinload(Case.beneficiary))
        .order_by(Case.id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    ).all()
    db.session.info.pop("silah_calendars", None)
    for case in cases:
        if moved := affected_cases.moves(case, clocks.reckoning(case)):
            _move(change, case, moved)


def _move(change: CalendarChange, case: Case, moved: Moved) -> None:
    """Give a case its dates, owe what falls due on them, and tell those concerned."""
    for name, (_old, new) in moved.items():
        setattr(case, name, date.fromisoformat(new) if new else None)
    if "latest" in moved:
        clocks.owe(clocks.OVERDUE, case, case.latest)
    if "target" in moved:
        clocks.owe(clocks.TARGET, case, case.target)
    promised = bool({"latest", "earliest"} & set(moved))
    data: dict[str, Any] = {"change": str(change.id), "dates": moved, "days": _reaching(change, case, moved)}
    timeline.record(case, "dates_moved", data=data, private=not promised)
    if promised:
        notifications.applicant(case, data)
    row = db.session.get(MovedCase, (change.id, case.id)) or MovedCase(change_id=change.id, case_id=case.id, dates={})
    answers = {name: pair for name, pair in row.dates.items() if name.startswith(ANSWER)}
    row.dates = {**moved, **answers}
    row.days, row.holder_id, row.told = data["days"], case.holder_id, case.holder_id is None
    db.session.add(row)
    change.moved += 1


def _reaching(change: CalendarChange, case: Case, moved: Moved) -> dict[str, Any]:
    """The days of the change that lie in the period of this case, before or after."""
    start = clock.day_of(case.received_at).isoformat()
    end = max(day for pair in moved.values() for day in pair if day)
    reach = max(end, *(str(getattr(case, name) or "") for name in DATES))
    return {day: told for day, told in sorted(change.days.items()) if start < day <= reach}


def _next(change: CalendarChange, cursor: Cursor | None) -> list[tuple[UUID, datetime]]:
    rows = select(Case.id, Case.received_at).where(affected_cases.within(change.first, change.last))
    if cursor:
        rows = rows.where(tuple_(Case.received_at, Case.id) > (datetime.fromisoformat(cursor[0]), UUID(cursor[1])))
    rows = rows.order_by(Case.received_at, Case.id).limit(BATCH)
    return [(row.id, row.received_at) for row in db.session.execute(rows)]


def _end(change: CalendarChange, closing: bool) -> None:
    notifications.holders(change)
    if not closing:
        change.state, change.ended_at = "done", clock.now()
        jobs.owe(RECKON, str(change.id), clock.now() + AGAIN_AFTER, {"closing": True})


def _since(change: CalendarChange) -> Cursor:
    """From where to look again: of an anonymous case nothing finer than the day is known."""
    begun = clock.day_of(change.made_at - AGAIN_AFTER)
    return [datetime.combine(begun, time(), clock.RIYADH).isoformat(), str(UUID(int=0))]


def _is_overtaken(change: CalendarChange) -> bool:
    later = exists().where(CalendarChange.number > change.number, CalendarChange.days != {})
    return bool(db.session.scalar(select(later)))
