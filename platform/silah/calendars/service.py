"""The association's holidays: what stands, what a deed would make of it, and keeping it, one change after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.access import Member
from silah.calendars import affected
from silah.calendars.days import Days, Feast, Mark, differing, feasts, mark_of
from silah.calendars.errors import CalendarChanged
from silah.calendars.models import CalendarChange
from silah.errors import Invalid, NotFound
from silah.i18n import dates, locale
from tenants import versions
from tenants.calendars import WEEKDAYS, official
from tenants.database import db
from tenants.texts import Text
from tenants.versions import CalendarYear, Holiday, PolicyVersion

RECKON = "calendar.reckon"
SHOWN = 8
LONGEST = 40


@dataclass(frozen=True)
class Plan:
    """A deed as yet undone: the days before and after it, and which of them are off or worked otherwise."""

    deed: str
    year: int
    before: Days
    after: Days
    changed: Mapping[str, Any]
    reason: str = ""

    @property
    def gone(self) -> list[Feast]:
        """The holidays that are there no more."""
        kept = feasts(self.after.marks)
        return [one for one in feasts(self.before.marks) if one not in kept]

    @property
    def come(self) -> list[Feast]:
        """The holidays that were not there before."""
        kept = feasts(self.before.marks)
        return [one for one in feasts(self.after.marks) if one not in kept]


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


def held(stand: Days, on: date) -> Feast:
    """The association's holiday of which this day is one; raises NotFound."""
    found = stand.feast(on)
    if found is None:
        raise NotFound
    return found


def plan_add(stand: Days, feast: Feast, *, deed: str = "added", reason: str = "") -> Plan:
    """Add a holiday, or days that are worked although they would be off; raises Invalid where one stands already."""
    check(stand, feast)
    return plan(deed, feast.first.year, stand, stand.put(feast), reason)


def plan_change(stand: Days, old: Feast, new: Feast) -> Plan:
    """Give a holiday another name, other days, or another kind."""
    without = stand.drop(old)
    check(without, new)
    deed = "confirmed" if old.days == new.days and old.mark.estimated and not new.mark.estimated else "changed"
    return plan(deed, new.first.year, stand, without.put(new))


def plan_remove(stand: Days, feast: Feast) -> Plan:
    """Remove a holiday."""
    return plan("removed", feast.first.year, stand, stand.drop(feast))


def plan_take_over(stand: Days, year: int) -> Plan:
    """Make the official holidays of a year the association's own, to be adjusted."""
    return plan("taken_over", year, stand, stand.take_over(year))


def plan(deed: str, year: int, before: Days, after: Days, reason: str = "") -> Plan:
    """The deed with the days that it makes off or worked, under whichever policy open cases stand."""
    return Plan(deed, year, before, after, differing(before, after, _bases()), reason)


def check(stand: Days, feast: Feast) -> None:
    """Raise Invalid for days in the wrong order, too many, or a holiday already."""
    if feast.last < feast.first:
        raise Invalid({"last": _("The last day comes before the first.")})
    if feast.length > LONGEST:
        raise Invalid({"last": _("A holiday has at most %(count)s days.", count=LONGEST)})
    if feast.mark.working:
        return
    public_holidays = _base(versions.in_force(clock.today()))[1]
    for day in feast.days:
        mark = stand.marks.get(day)
        by_law = official(day.year).get(day) if public_holidays and day.year not in stand.own_years else None
        taken = Text(ar=mark.name_ar, en=mark.name_en) if mark else by_law.name if by_law else None
        if taken is not None:
            said = {"date": dates(day), "name": taken.for_locale(locale())}
            raise Invalid({"first": _("%(date)s is in the calendar already: %(name)s.", **said)})


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
        change.state, change.total = "running", affected.count(change.first, change.last)
        db.session.flush()
        jobs.owe(RECKON, str(change.id), clock.now())
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


def _bases() -> set[tuple[frozenset[int], bool]]:
    standing = select(PolicyVersion).where(PolicyVersion.state.in_(("in_force", "superseded")))
    return {_base(version) for version in db.session.scalars(standing)}


def _base(version: PolicyVersion) -> tuple[frozenset[int], bool]:
    calendar = version.policy.calendar
    return frozenset(WEEKDAYS.index(day) for day in calendar.weekend), calendar.holidays == "saudi"
