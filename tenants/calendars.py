"""Working calendars: the weekend, Saudi public holidays, and the days that an association edits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from holidays.countries.saudi_arabia import SaudiArabia

from tenants.texts import Text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND = Text(ar="عطلة نهاية الأسبوع", en="weekend")


@dataclass(frozen=True)
class DayOff:
    """Why a day is off: the weekend or a holiday, its name, and whether its date is an estimate."""

    why: Literal["weekend", "holiday"]
    name: Text
    estimated: bool = False


@lru_cache(maxsize=256)
def official(year: int) -> Mapping[date, DayOff]:
    """The Saudi public holidays of a Gregorian year; Eid days not yet announced are marked as estimated."""
    named = {
        language: SaudiArabia(years=year, language=language, islamic_show_estimated=True)
        for language in ("ar", "en_US")
    }
    # The library misses the days that it adds before or after a feast: one guess makes them all guesses.
    guessed = {_feast(english) for english in named["en_US"].values() if "estimated)" in english}
    return {
        day: DayOff(
            "holiday",
            Text(ar=_tidy(named["ar"][day], "تقديري)"), en=_tidy(english, "estimated)")),
            estimated=_feast(english) in guessed,
        )
        for day, english in sorted(named["en_US"].items())
    }


def _feast(name: str) -> str:
    return name.split(" (")[0]


def _tidy(name: str, label: str) -> str:
    """The feast's own name: the flag says that it is an estimate, and the calendar that it is a holiday."""
    if name.endswith(label):
        name = name.removesuffix(label).rstrip(" ,(،")
        name = f"{name})" if "(" in name else name
    return name.replace("عطلة عيد", "عيد").replace(" Holiday", "")


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days an association works. ``edits`` decide before anything else; None there means a working day.

    ``weekend`` holds weekday numbers, Monday being 0; ``own_years`` are those whose public holidays the association
    keeps itself, among its edits. Raises ValueError for a week without a working day.
    """

    weekend: frozenset[int] = frozenset({4, 5})
    public_holidays: bool = True
    edits: Mapping[date, DayOff | None] = field(default_factory=dict)
    own_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekend <= frozenset(range(7)) or len(self.weekend) == 7:
            raise ValueError("a weekend is made of weekdays, and leaves at least one")

    def off(self, day: date) -> DayOff | None:
        """Why this day is off, or None where it is a working day."""
        if day in self.edits:
            return self.edits[day]
        by_itself = self.public_holidays and day.year not in self.own_years
        if by_itself and (holiday := official(day.year).get(day)):
            return holiday
        return DayOff("weekend", WEEKEND) if day.weekday() in self.weekend else None

    def works(self, day: date) -> bool:
        """True on a working day."""
        return self.off(day) is None


def calendar_of(
    weekend: tuple[str, ...],
    public_holidays: bool = True,
    edits: Mapping[date, DayOff | None] | None = None,
    own_years: frozenset[int] = frozenset(),
) -> WorkingCalendar:
    """The calendar of a weekend given by names of weekdays."""
    days = frozenset(WEEKDAYS.index(day) for day in weekend)
    return WorkingCalendar(days, public_holidays, edits or {}, own_years)
