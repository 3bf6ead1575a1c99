"""Reply periods: a floor gives an earliest day and is never overdue, a ceiling gives a latest day. Pure.

The day of the starting event is day zero. Weeks and days are calendar days; only a period in working days
skips the weekend and holidays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from tenants.calendars import DayOff, WorkingCalendar, calendar_of
from tenants.period_words import day_words, explain_days
from tenants.spans import Day, Pause, ReplyPeriod, Span, Start, Unit
from tenants.texts import Text

__all__ = [
    "Day",
    "DayOff",
    "Pause",
    "Reckoning",
    "ReplyPeriod",
    "Span",
    "Start",
    "Unit",
    "WorkingCalendar",
    "calendar_of",
    "reckon",
]


@dataclass(frozen=True)
class Reckoning:
    """A period applied to a case: dates, and every day counted or skipped on the way to them.

    ``starts_on`` is None while the starting event has not happened; then nothing is dated yet.
    ``estimated`` is true where an estimated holiday lies in the period or right after it: the date may move.
    """

    period: ReplyPeriod
    starts_on: date | None
    earliest: date | None = None
    latest: date | None = None
    target: date | None = None
    days: tuple[Day, ...] = ()
    estimated: bool = False

    @property
    def bound(self) -> Literal["floor", "ceiling"]:
        """Whether the policy promises a floor or a ceiling."""
        return self.period.bound

    @property
    def why(self) -> Text:
        """The reckoning in words, in both languages."""
        return explain_days(self.period, self.starts_on, self.earliest or self.latest, self.days, self.estimated)

    def overdue(self, on: date) -> bool:
        """True past a ceiling's latest day. A floor is never overdue."""
        return self.latest is not None and on > self.latest

    def too_early(self, on: date) -> bool:
        """True before a floor's earliest day, and while a floor has not begun to run."""
        return self.bound == "floor" and (self.earliest is None or on < self.earliest)

    def past_target(self, on: date) -> bool:
        """True past the internal target: a matter for staff, and no breach of the policy."""
        return self.target is not None and on > self.target

    def as_json(self) -> dict[str, Any]:
        """Bound, dates and days as JSON types, for keeping with a case or printing."""
        return {
            "bound": self.bound,
            "starts_on": _iso(self.starts_on),
            "earliest": _iso(self.earliest),
            "latest": _iso(self.latest),
            "days": [
                {"date": day.date.isoformat(), "counted": day.counted, "why": day_words(day).en} for day in self.days
            ],
        }


def reckon(
    period: ReplyPeriod,
    received: date | None,
    completed: date | None,
    calendar: WorkingCalendar,
    pauses: tuple[Pause, ...] = (),
) -> Reckoning:
    """Apply a period to a case received and completed on these days (None: not yet).

    While a pause lasts nothing is dated: only the days after it tell. Raises OverflowError past the year 9999.
    """
    start = received if period.counts_from == "received" else completed
    if start is None or any(pause.until is None for pause in pauses):
        return Reckoning(period, start)
    days = tuple(_days(start, period, calendar, pauses))
    end = days[-1].date
    after = calendar.off(end + timedelta(days=1))
    return Reckoning(
        period,
        start,
        earliest=end if period.bound == "floor" else None,
        latest=end if period.bound == "ceiling" else None,
        target=last_day(start, period.target, calendar, pauses) if period.target else None,
        days=days,
        estimated=period.unit == "working_days"
        and (any(day.estimated for day in days) or bool(after and after.estimated)),
    )


def last_day(start: date, span: Span, calendar: WorkingCalendar, pauses: tuple[Pause, ...] = ()) -> date:
    """The day on which this span, counted from the day after ``start``, is full."""
    *_, last = _days(start, span, calendar, pauses)
    return last.date


def _days(start: date, span: Span, calendar: WorkingCalendar, pauses: tuple[Pause, ...]) -> Iterator[Day]:
    yield Day(start, counted=False, why="start", name=Text())
    left = span.amount * 7 if span.unit == "weeks" else span.amount
    day = start
    while left:
        day += timedelta(days=1)
        if any(pause.holds(day) for pause in pauses):
            yield Day(day, counted=False, why="pause", name=Text())
            continue
        off = calendar.off(day) if span.unit == "working_days" else None
        if off:
            yield Day(day, counted=False, why=off.why, name=off.name, estimated=off.estimated)
            continue
        left -= 1
        yield Day(day, True, "working_day" if span.unit == "working_days" else "day", Text())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
