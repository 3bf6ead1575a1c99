"""Time told by the day alone, for what an anonymous person does."""

from collections.abc import Iterator
from contextlib import contextmanager

from silah import clock
from silah.jobs.scheduled_jobs import not_before
from silah.web import request_origin


@contextmanager
def coarse_time() -> Iterator[None]:
    """Within the block the time is the start of the day, nothing has an origin, and messages wait for the morning."""
    morning = clock.morning_after(clock.today())
    with clock.at(clock.day_start()), request_origin.hidden(), not_before(morning):
        yield
