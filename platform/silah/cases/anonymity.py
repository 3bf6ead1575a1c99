"""What an anonymous person does leaves the day and nothing finer: no hour, no address, no telling message."""

from collections.abc import Iterator
from contextlib import contextmanager

from silah import clock, jobs
from silah.cases import origin
from silah.cases.clocks import morning_after
from silah.cases.models import Case


@contextmanager
def veiled(case: Case | None = None) -> Iterator[None]:
    """Within the block the time is the start of the day, nothing has an origin, and messages wait for the morning.

    For a case that is not anonymous it changes nothing; without a case (a complaint about to be made) it does.
    """
    if case is not None and not case.anonymous:
        yield
        return
    morning = morning_after(clock.today())
    with clock.at(clock.day_start()), origin.hidden(), jobs.not_before(morning):
        yield
