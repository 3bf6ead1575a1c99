"""What a deed would make of the calendar, before anybody does it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.calendars.days import FIRST_YEAR, LAST_YEAR, Days, Feast, differing, feasts
from silah.errors import Invalid
from silah.language.localization import dates, locale
from tenants import versions
from tenants.calendars import WEEKDAYS, official
from tenants.database import db
from tenants.texts import Text
from tenants.versions import PolicyVersion

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


def add(stand: Days, feast: Feast, *, deed: str = "added", reason: str = "") -> Plan:
    """Add a holiday, or days that are worked although they would be off; raises Invalid where one stands already."""
    check(stand, feast)
    return plan(deed, feast.first.year, stand, stand.put(feast), reason)


def change(stand: Days, old: Feast, new: Feast) -> Plan:
    """Give a holiday another name, other days, or another kind."""
    without = stand.drop(old)
    check(without, new)
    deed = "confirmed" if old.days == new.days and old.mark.estimated and not new.mark.estimated else "changed"
    return plan(deed, new.first.year, stand, without.put(new))


def remove(stand: Days, feast: Feast) -> Plan:
    """Remove a holiday."""
    return plan("removed", feast.first.year, stand, stand.drop(feast))


def confirm(stand: Days, feast: Feast) -> Plan:
    """The days of an estimated holiday are as they were estimated."""
    sure = replace(feast, mark=replace(feast.mark, estimated=False))
    return plan("confirmed", feast.first.year, stand, stand.put(sure))


def take_over(stand: Days, year: int) -> Plan:
    """Make the official holidays of a year the association's own, to be adjusted."""
    return plan("taken_over", year, stand, stand.take_over(year))


def plan(deed: str, year: int, before: Days, after: Days, reason: str = "") -> Plan:
    """The deed with the days that it makes off or worked, under whichever policy open cases stand."""
    return Plan(deed, year, before, after, differing(before, after, bases()), reason)


def check(stand: Days, feast: Feast) -> None:
    """Raise Invalid for days in the wrong order, too many, or a holiday already."""
    if feast.last < feast.first:
        raise Invalid({"last": _("The last day comes before the first.")})
    if not FIRST_YEAR <= feast.first.year <= feast.last.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise Invalid({"first": _("The calendar holds the years %(first)s to %(last)s.", **years)})
    if feast.length > LONGEST:
        raise Invalid({"last": _("A holiday has at most %(count)s days.", count=LONGEST)})
    if feast.mark.working:
        return
    public_holidays = base(versions.in_force(clock.today()))[1]
    for day in feast.days:
        mark = stand.marks.get(day)
        by_law = official(day.year).get(day) if public_holidays and day.year not in stand.own_years else None
        taken = Text(ar=mark.name_ar, en=mark.name_en) if mark else by_law.name if by_law else None
        if taken is not None:
            said = {"date": dates(day), "name": taken.for_locale(locale())}
            raise Invalid({"first": _("%(date)s is in the calendar already: %(name)s.", **said)})


def bases() -> set[tuple[frozenset[int], bool]]:
    """The weekends, and whether public holidays count, of every version under which cases may be open."""
    standing = select(PolicyVersion).where(PolicyVersion.state.in_(("in_force", "superseded")))
    return {base(version) for version in db.session.scalars(standing)}


def base(version: PolicyVersion) -> tuple[frozenset[int], bool]:
    """The weekend of a version, and whether public holidays count in it."""
    calendar = version.policy.calendar
    return frozenset(WEEKDAYS.index(day) for day in calendar.weekend), calendar.holidays == "saudi"
