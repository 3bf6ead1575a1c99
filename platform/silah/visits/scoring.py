"""The score of a visit: the share of the points that could be had, of the items that applied."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

BEST = 5
CENT = Decimal("0.01")


def plain(value: Decimal) -> Decimal | int:
    """A score to one place, and to none where that says nothing."""
    short = round(value, 1)
    return int(short) if short == int(short) else short


def score(marks: Iterable[int | None]) -> Decimal | None:
    """Marks of 1 to 5 as a percentage to two places, 1 being 0 % and 5 being 100 %; None where nothing applied."""
    given = [mark for mark in marks if mark is not None]
    if not given:
        return None
    points = Decimal(sum(mark - 1 for mark in given))
    most = Decimal((BEST - 1) * len(given))
    return (100 * points / most).quantize(CENT, rounding=ROUND_HALF_UP)
