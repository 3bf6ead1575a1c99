"""Which open cases a change of the calendar may move, and to which dates: asked before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from silah import clock
from silah.calendars import change_plans
from silah.calendars.days import Days
from silah.cases import clocks, referrals, visibility
from silah.cases.models import Case, Referral
from silah.cases.states import UNANSWERED, State
from silah.web.access import Member
from tenants.calendars import WorkingCalendar
from tenants.database import db
from tenants.periods import Reckoning, reckon

SAMPLE, SHOWN = 200, 10
DATES = ("latest", "earliest", "target")

Moved = dict[str, list[str | None]]


@dataclass(frozen=True)
class Question:
    """A question on a case that was to be answered by one day, and would be by another."""

    case: Case
    role: str
    before: date
    after: date


class Calendars:
    """The calendars that days not yet kept make of each policy under which cases are open."""

    def __init__(self, days: Days) -> None:
        self._days, self._made = days, dict[Any, WorkingCalendar]()

    def of(self, case: Case) -> WorkingCalendar:
        """The calendar under which a case counts its days."""
        if case.policy_version_id not in self._made:
            self._made[case.policy_version_id] = self._days.calendar(*change_plans.base(case.policy_version))
        return self._made[case.policy_version_id]


@dataclass(frozen=True)
class Effect:
    """What a change would do to what its reader may see: how many of the cases looked at move, out of how many, and
    some of them; and the questions on cases that are to be answered by another day."""

    candidates: int
    looked: int
    moved: int
    shown: list[tuple[Case, Moved]]
    questions: list[Question] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)

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


def waiting(first: date, asked: type[Referral] = Referral) -> ColumnElement[bool]:
    """Questions on cases that wait for an answer, and whose counted days reach to this day."""
    return and_(asked.ended_at.is_(None), asked.due_on >= first)


def count(first: date, last: date) -> int:
    """How many cases these are."""
    return db.session.scalar(select(func.count()).select_from(Case).where(within(first, last))) or 0


def effect(days: Days, changed: Mapping[str, Any], reader: Member) -> Effect:
    """What would become of open cases under these days: a bounded sample is reckoned, the nearest replies first.

    Only cases that the reader may see are shown; complaints that are closed to them are not even counted.
    """
    if not changed:
        return Effect(0, 0, 0, [])
    first, last = date.fromisoformat(min(changed)), date.fromisoformat(max(changed))
    condition = and_(within(first, last), visibility.countable(reader))
    rows = select(Case).where(condition).options(selectinload(Case.policy_version)).order_by(Case.due, Case.id)
    cases = db.session.scalars(rows.limit(SAMPLE)).all()
    under = Calendars(days)
    found = [(case, moves(case, reckoned(case, under.of(case)))) for case in cases]
    moved = [(case, other) for case, other in found if other]
    questions = _questions(under, first, reader)
    seen = visibility.among(reader, {case.id for case, _dates in moved} | {one.case.id for one in questions})
    return Effect(
        candidates=len(cases) if len(cases) < SAMPLE else db.session.scalar(_counted(condition)) or 0,
        looked=len(cases),
        moved=len(moved),
        shown=[one for one in moved if one[0].id in seen][:SHOWN],
        questions=questions,
        seen=seen,
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


def _questions(under: Calendars, first: date, reader: Member) -> list[Question]:
    """The open questions that would be due on another day, of the first so many that count the days changed."""
    asked = aliased(Referral)  # what a reader may see asks for referrals, too
    rows = select(asked).join(asked.case).where(waiting(first, asked), visibility.countable(reader))
    rows = rows.options(contains_eager(asked.case).selectinload(Case.policy_version))
    moved = []
    for one in db.session.scalars(rows.order_by(asked.due_on, asked.id).limit(SAMPLE)):
        after = referrals.due_day(one.case, one.to_role, clock.day_of(one.asked_at), under.of(one.case))
        if one.due_on and after and after != one.due_on:
            moved.append(Question(one.case, one.to_role, one.due_on, after))
    return moved


def _counted(condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(Case).where(condition)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
