"""The only source of time: everything that asks "when is it" asks here, so that tests and the demo can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

RIYADH = ZoneInfo("Asia/Riyadh")
MORNING = time(8, 0)

_told: ContextVar[datetime | None] = ContextVar("silah_told_time", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """The present day where the associations are (Asia/Riyadh)."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The day on which an aware instant fell in Asia/Riyadh."""
    return instant.astimezone(RIYADH).date()


def day_start() -> datetime:
    """The first instant of the present day in Asia/Riyadh: all that is kept of a time that must not be known."""
    return datetime.combine(today(), time(), RIYADH).astimezone(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Within the block, ``now()`` is this aware instant.

    Raises ValueError for a naive one: nobody could say when that is.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    mark = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(mark)


def morning_after(day: date) -> datetime:
    """Return the instant at which a day that has passed is acted upon: eight in the morning after it, in Riyadh."""
    return datetime.combine(day + timedelta(days=1), MORNING, RIYADH)
