"""Which open cases a change of the calendar may move, and to which dates: asked before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from silah import clock
from silah.access import Member
from silah.calendars import plans
from silah.calendars.days import Days
from silah.cases import clocks, visibility
from silah.cases.models import Case
from silah.cases.states import UNANSWERED, State
from tenants.calendars import WorkingCalendar
from tenants.database import db
from tenants.periods import Reckoning, reckon

SAMPLE, SHOWN = 200, 10
DATES = ("latest", "earliest", "target")

Moved = dict[str, list[str | None]]


@dataclass(frozen=True)
class Effect:
    """What a change would do: how many of the cases looked at move, out of how many, and some of them."""

    candidates: int
    looked: int
    moved: int
    shown: list[tuple[Case, Moved]]

    @property
    def exact(self) -> bool:
        """Whether every case was looked at."""
        return self.looked == self.candidates


def unanswered() -> ColumnElement[bool]:
    """Cases still owed their reply; worded as the partial indexes are."""
    return Case.state.in_(tuple(state for state in State if state in UNANSWERED))


def within(first: date, last: date) -> ColumnElement[bool]:
    """Cases still owed their reply whose counted days reach into these: no other can get another date."""
    end = datetime.combine(last, time(), clock.RIYADH)
    reach = or_(*(getattr(Case, name) >= first for name in DATES))
    return and_(unanswered(), reach, Case.received_at < end)


def count(first: date, last: date) -> int:
    """How many cases these are."""
    return db.session.scalar(select(func.count()).select_from(Case).where(within(first, last))) or 0


def effect(days: Days, changed: Mapping[str, Any], reader: Member) -> Effect:
    """What would become of open cases under these days: a bounded sample is reckoned, the nearest replies first.

    Only cases that the reader may see are shown; all are counted.
    """
    if not changed:
        return Effect(0, 0, 0, [])
    condition = within(date.fromisoformat(min(changed)), date.fromisoformat(max(changed)))
    rows = select(Case).where(condition).options(selectinload(Case.policy_version)).order_by(Case.due, Case.id)
    cases = db.session.scalars(rows.limit(SAMPLE)).all()
    under: dict[Any, WorkingCalendar] = {}
    moved = []
    for case in cases:
        if case.policy_version_id not in under:
            under[case.policy_version_id] = days.calendar(*plans.base(case.policy_version))
        if other := moves(case, reckoned(case, under[case.policy_version_id])):
            moved.append((case, other))
    return Effect(
        candidates=len(cases) if len(cases) < SAMPLE else db.session.scalar(_counted(condition)) or 0,
        looked=len(cases),
        moved=len(moved),
        shown=_seen_by(reader, moved)[:SHOWN],
    )


def reckoned(case: Case, calendar: WorkingCalendar) -> Reckoning:
    """The case's period under a calendar that need not be the present one."""
    received = clock.day_of(case.received_at)
    return reckon(clocks.period_of(case), received, case.completed_on, calendar, clocks.pauses(case))


def moves(case: Case, found: Reckoning) -> Moved:
    """Each date of the case that would be another, before and after; nothing while its clock stands still."""
    if case.state not in UNANSWERED or clocks.is_paused(case):
        return {}
    pairs = {name: (getattr(case, name), getattr(found, name)) for name in DATES}
    return {name: [_iso(old), _iso(new)] for name, (old, new) in pairs.items() if old != new}


def _seen_by(reader: Member, moved: list[tuple[Case, Moved]]) -> list[tuple[Case, Moved]]:
    ids = [case.id for case, _moved in moved]
    seen = set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), visibility.visible(reader))))
    return [one for one in moved if one[0].id in seen]


def _counted(condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(Case).where(condition)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
