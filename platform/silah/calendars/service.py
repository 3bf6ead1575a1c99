"""The association's holidays: what stands, and keeping what a plan makes of it, one change after another."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.calendars import affected_cases, referral_limits
from silah.calendars.change_plans import Plan
from silah.calendars.days import Days, Feast, Mark, feasts, mark_of
from silah.calendars.errors import CalendarChanged
from silah.calendars.models import CalendarChange
from silah.errors import NotFound
from silah.web.access import Member
from tenants.calendars import official
from tenants.database import db
from tenants.versions import CalendarYear, Holiday, PolicyVersion

RECKON = "calendar.reckon"
SHOWN = 8


def days() -> Days:
    """Every day that the association marks."""
    rows = db.session.execute(
        select(Holiday.date, Holiday.name_ar, Holiday.name_en, Holiday.kind, Holiday.estimated, Holiday.working)
    )
    marks = {row.date: Mark(row.name_ar, row.name_en, row.kind, row.estimated, row.working) for row in rows}
    return Days(marks, frozenset(db.session.scalars(select(CalendarYear.year))))


def of_year(stand: Days, year: int, public_holidays: bool) -> list[tuple[Feast, bool]]:
    """The holidays of a year, and of each whether the association keeps it itself or it counts by law alone."""
    marks = {day: mark for day, mark in stand.marks.items() if day.year == year}
    shown = [(one, True) for one in feasts(stand.marks) if one.first.year == year or one.last.year == year]
    if public_holidays and year not in stand.own_years:
        by_law = {day: mark_of(off) for day, off in official(year).items() if day not in marks}
        shown += [(one, False) for one in feasts(by_law)]
    return sorted(shown, key=lambda one: one[0].first)


def get_feast(stand: Days, on: date) -> Feast:
    """The association's holiday of which this day is one; raises NotFound."""
    found = stand.feast(on)
    if found is None:
        raise NotFound
    return found


def save(plan: Plan, *, by: Member, seen: int) -> CalendarChange:
    """Keep what a plan makes of the calendar, and owe the dates of open cases; the plan was made under ``lock``.

    ``seen`` is the number of the last change that its maker knew of. Raises CalendarChanged.
    """
    if latest_number() != seen:
        raise CalendarChanged
    _write(plan)
    change = CalendarChange(
        number=seen + 1,
        year=plan.year,
        deed=plan.deed,
        reason=plan.reason,
        gone=[one.as_json() for one in plan.gone],
        come=[one.as_json() for one in plan.come],
        days=dict(plan.changed),
        made_by=by.id,
        made_at=clock.now(),
    )
    db.session.add(change)
    if change.days:
        change.days = {**_left_by_others(), **change.days}
        change.state, change.total = "running", affected_cases.count(change.first, change.last)
        db.session.flush()
        jobs.owe(RECKON, str(change.id), clock.now())
        referral_limits.owe(change)
    else:
        change.ended_at = change.made_at
    db.session.flush()
    return change


def lock() -> None:
    """Let nobody else change the calendar before this transaction ends."""
    db.session.scalars(
        select(PolicyVersion.id).where(PolicyVersion.state == "in_force").with_for_update(key_share=True)
    ).all()


def latest_number() -> int:
    """The number of the last change; 0 before the first."""
    return db.session.scalar(select(func.max(CalendarChange.number))) or 0


def get(change_id: UUID) -> CalendarChange:
    """The change of this id; raises NotFound."""
    found = db.session.get(CalendarChange, change_id, options=[joinedload(CalendarChange.maker)])
    if found is None:
        raise NotFound
    return found


def drafts() -> list[PolicyVersion]:
    """Drafts of the policy, the newest first: the weekend is changed in one."""
    rows = select(PolicyVersion).where(PolicyVersion.state == "draft").order_by(PolicyVersion.created_at.desc())
    return list(db.session.scalars(rows))


def history() -> list[CalendarChange]:
    """The last changes, the newest first."""
    rows = select(CalendarChange).options(joinedload(CalendarChange.maker)).order_by(CalendarChange.number.desc())
    return list(db.session.scalars(rows.limit(SHOWN)))


def _write(plan: Plan) -> None:
    before, after = plan.before.marks, plan.after.marks
    touched = {day for day in {*before, *after} if before.get(day) != after.get(day)}
    db.session.execute(delete(Holiday).where(Holiday.date.in_(touched)))
    db.session.add_all(Holiday(date=day, **vars(after[day])) for day in sorted(touched) if day in after)
    db.session.add_all(CalendarYear(year=year) for year in plan.after.own_years - plan.before.own_years)
    db.session.info.pop("silah_calendars", None)


def _left_by_others() -> dict[str, Any]:
    """The days of changes whose cases are not all reckoned anew: the later change reckons these too."""
    running = select(CalendarChange.days).where(CalendarChange.state == "running").order_by(CalendarChange.number)
    return {day: told for found in db.session.scalars(running) for day, told in found.items()}
