"""Lengths of time as the policy promises them, and the days that are counted or left out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from tenants.texts import Part, Text

Unit = Literal["weeks", "days", "working_days"]
Start = Literal["received", "complete"]


class Span(Part):
    """A length of time: so many weeks, calendar days or working days."""

    amount: int = Field(ge=1, le=1000)
    unit: Unit


class ReplyPeriod(Span):
    """The policy's promise about the reply.

    ``starts`` is what the policy says; None where it is silent, and then the administrator's ``chosen_start``
    counts. ``target`` is internal: an aim for staff, never printed as policy.
    """

    bound: Literal["floor", "ceiling"]
    starts: Start | None = None
    chosen_start: Start = "received"
    target: Span | None = None

    @property
    def counts_from(self) -> Start:
        """The event from which the period is counted."""
        return self.starts or self.chosen_start


@dataclass(frozen=True)
class Day:
    """One day of a reckoning, whether it counts towards the period, and why."""

    date: date
    counted: bool
    why: Literal["start", "day", "working_day", "weekend", "holiday", "pause"]
    name: Text
    estimated: bool = False


@dataclass(frozen=True)
class Pause:
    """Days that no period counts: after the day on which the clock stopped, up to the day on which it went on.

    ``until`` is None while the clock stands still.
    """

    since: date
    until: date | None = None

    @classmethod
    def read(cls, kept: Sequence[str | None]) -> "Pause":
        """A pause as it is kept: two ISO dates, the second None while it lasts."""
        since, until = kept
        return cls(date.fromisoformat(str(since)), date.fromisoformat(until) if until else None)

    def holds(self, day: date) -> bool:
        """Whether the clock stood still on this day."""
        return self.since < day and (self.until is None or day <= self.until)
