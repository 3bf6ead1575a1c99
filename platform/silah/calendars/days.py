"""Days of a calendar and the holidays that they make up: what each deed makes of them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tenants.calendars import DayOff, WorkingCalendar, official
from tenants.texts import Text

FIRST_YEAR, LAST_YEAR = 2000, 2076
"""The years that the calendar's pages show; the Umm al-Qura tables end with the last."""
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """What the association's calendar makes of one day."""

    name_ar: str
    name_en: str
    kind: str = "own"
    estimated: bool = False
    working: bool = False

    @property
    def day_off(self) -> DayOff | None:
        """What a working calendar makes of it; None for a day that is worked."""
        name = Text(ar=self.name_ar, en=self.name_en)
        return None if self.working else DayOff("holiday", name, self.estimated)


@dataclass(frozen=True)
class Feast:
    """Days in a row under one mark: a holiday, or a stretch that is worked although it would be off."""

    first: date
    last: date
    mark: Mark

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return list(span(self.first, self.last))

    def as_json(self) -> dict[str, Any]:
        """For keeping with a change."""
        return {**vars(self.mark), "first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Feast":
        """One that was kept with a change."""
        mark = {name: value for name, value in kept.items() if name not in ("first", "last")}
        return cls(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]), Mark(**mark))


@dataclass(frozen=True)
class Days:
    """Every day that the association marks, and the years whose public holidays are among these alone."""

    marks: Mapping[date, Mark]
    own_years: frozenset[int] = frozenset()

    def calendar(self, weekend: frozenset[int], public_holidays: bool) -> WorkingCalendar:
        """The working calendar that they make with a weekend."""
        edits = {day: mark.day_off for day, mark in self.marks.items()}
        return WorkingCalendar(weekend, public_holidays, edits, self.own_years)

    def feast(self, on: date) -> Feast | None:
        """The whole holiday of which this day is one."""
        return next((one for one in feasts(self.marks) if one.first <= on <= one.last), None)

    def put(self, feast: Feast) -> "Days":
        """With this holiday, over whatever stood on its days."""
        return replace(self, marks={**self.marks, **dict.fromkeys(feast.days, feast.mark)})

    def drop(self, feast: Feast) -> "Days":
        """Without this holiday: its days are as their weekday is."""
        return replace(self, marks={day: mark for day, mark in self.marks.items() if day not in set(feast.days)})

    def take_over(self, year: int) -> "Days":
        """The official holidays of a year made the association's own, beside what it marked already."""
        by_law = {day: mark_of(off) for day, off in official(year).items()}
        return Days({**by_law, **self.marks}, self.own_years | {year})


def mark_of(off: DayOff) -> Mark:
    """An official holiday as a mark."""
    return Mark(off.name.ar, off.name.en, "public", off.estimated)


def span(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last."""
    while first <= last:
        yield first
        first += ONE


def feasts(marks: Mapping[date, Mark]) -> list[Feast]:
    """The holidays that marked days make up: days in a row under the same mark are one."""
    found: list[Feast] = []
    for day, mark in sorted(marks.items()):
        if found and found[-1].mark == mark and found[-1].last + ONE == day:
            found[-1] = replace(found[-1], last=day)
        else:
            found.append(Feast(day, day, mark))
    return found


def differing(before: Days, after: Days, policies: Iterable[tuple[frozenset[int], bool]]) -> dict[str, Any]:
    """The days that are off or worked otherwise than before under any of these (weekend, public holidays) pairs.

    Each by its ISO date, with the name of what makes or made it a day off.
    """
    touched = {day for day in {*before.marks, *after.marks} if before.marks.get(day) != after.marks.get(day)}
    for year in after.own_years ^ before.own_years:
        touched |= set(official(year))
    found: dict[str, Any] = {}
    for weekend, public_holidays in policies:
        was, becomes = before.calendar(weekend, public_holidays), after.calendar(weekend, public_holidays)
        for day in touched:
            if was.works(day) != becomes.works(day):
                off = becomes.off(day) or was.off(day)
                name = off.name if off and off.why == "holiday" else _named(after.marks.get(day), before.marks.get(day))
                found[day.isoformat()] = {"ar": name.ar, "en": name.en, "off": not becomes.works(day)}
    return found


def _named(*marks: Mark | None) -> Text:
    return next((Text(ar=mark.name_ar, en=mark.name_en) for mark in marks if mark), Text())
