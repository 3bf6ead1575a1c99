"""Between which bounds a figure lies with a certainty of 95 %, as far as those who answered stand for all. Pure.

A share has Wilson's interval, which holds for few answers and for shares near 0 and 1. A mean has Student's. NPS has
the adjusted Wald interval, found the most accurate by Rocks (Interval Estimation for the Net Promoter Score, 2016):
three answers are added, three quarters of one to each end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""How many standard errors hold 95 % of a normal distribution."""

NPS_ADDED, NPS_ADDED_AT_AN_END = 3.0, 0.75


@dataclass(frozen=True)
class Interval:
    """The bounds, in the unit of the figure."""

    low: float
    high: float


def share(chosen: int, n: int) -> Interval:
    """Wilson's interval of ``chosen`` of ``n``, which is at least 1."""
    p, squared = chosen / n, Z * Z / n
    middle = (p + squared / 2) / (1 + squared)
    half = Z * sqrt(p * (1 - p) / n + squared / n / 4) / (1 + squared)
    return Interval(0.0 if chosen == 0 else middle - half, 1.0 if chosen == n else middle + half)


def nps(promoters: int, detractors: int, n: int) -> Interval:
    """The adjusted Wald interval of NPS, from -100 to 100."""
    whole = n + NPS_ADDED
    up, down = (promoters + NPS_ADDED_AT_AN_END) / whole, (detractors + NPS_ADDED_AT_AN_END) / whole
    half = Z * sqrt((up + down - (up - down) ** 2) / whole)
    return Interval(100 * max(up - down - half, -1.0), 100 * min(up - down + half, 1.0))


def mean(
    total: float, squares: float, n: int, least: float | None = None, most: float | None = None
) -> Interval | None:
    """Student's interval of a mean, within its scale; None where all said the same or one alone did: nothing spreads.

    ``total`` is the sum of what was said, ``squares`` that of its squares.
    """
    if n <= 1:
        return None
    variance = (squares - total * total / n) / (n - 1)
    if variance <= 1e-9:
        return None
    middle, half = total / n, student(n - 1) * sqrt(variance / n)
    low, high = middle - half, middle + half
    return Interval(low if least is None else max(low, least), high if most is None else min(high, most))


def points(cells: Mapping[str, int], scale: Iterable[str]) -> Interval | None:
    """Student's interval of the mean of points on a scale, from how often each was chosen."""
    known = [int(point) for point in scale]
    held = {point: cells.get(str(point), 0) for point in known}
    total = sum(point * amount for point, amount in held.items())
    squares = sum(point * point * amount for point, amount in held.items())
    return mean(total, squares, sum(held.values()), min(known), max(known))


def student(freedom: int) -> float:
    """The 97.5 % point of Student's distribution: exact to 4 degrees, then by a series around the normal one."""
    if freedom <= len(SMALL):
        return SMALL[freedom - 1]
    z, v = Z, freedom
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / v + second / v**2 + third / v**3 + fourth / v**4


SMALL = (12.7062, 4.3027, 3.1824, 2.7764)
