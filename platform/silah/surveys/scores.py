"""Figures worked out from aggregates, and between which bounds each lies with a certainty of 95 %. Pure.

CSAT is the share of 4 and 5 on a scale of 1 to 5; NPS the share of 9 and 10 less the share of 0 to 6 on a scale of 0 to
10; CES the mean of how easy it was on a scale of 1 to 5. A share has Wilson's interval, which holds for few answers and
for shares near 0 and 1. A mean has Student's. NPS has the adjusted Wald interval, found the most accurate by Rocks
(Interval Estimation for the Net Promoter Score, 2016): three answers are added, three quarters of one to each end.
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


def share_interval(chosen: int, n: int) -> Interval:
    """Wilson's interval of ``chosen`` of ``n``, which is at least 1."""
    p, squared = chosen / n, Z * Z / n
    middle = (p + squared / 2) / (1 + squared)
    half = Z * sqrt(p * (1 - p) / n + squared / n / 4) / (1 + squared)
    return Interval(0.0 if chosen == 0 else middle - half, 1.0 if chosen == n else middle + half)


def nps_interval(promoters: int, detractors: int, n: int) -> Interval:
    """The adjusted Wald interval of NPS, from -100 to 100."""
    whole = n + NPS_ADDED
    up, down = (promoters + NPS_ADDED_AT_AN_END) / whole, (detractors + NPS_ADDED_AT_AN_END) / whole
    half = Z * sqrt((up + down - (up - down) ** 2) / whole)
    return Interval(100 * max(up - down - half, -1.0), 100 * min(up - down + half, 1.0))


def mean_interval(
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


def points_interval(cells: Mapping[str, int], scale: Iterable[str]) -> Interval | None:
    """Student's interval of the mean of points on a scale, from how often each was chosen."""
    known = [int(point) for point in scale]
    held = {point: cells.get(str(point), 0) for point in known}
    total = sum(point * amount for point, amount in held.items())
    squares = sum(point * point * amount for point, amount in held.items())
    return mean_interval(total, squares, sum(held.values()), min(known), max(known))


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
Cells = Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """One figure: ``unit`` is "share" (of 1), "points" (-100 to 100) or "mean"; ``n`` how many answers it stands on.

    ``within``: between which bounds it lies with 95 % certainty; None where nothing spreads.
    """

    kind: str
    value: float
    unit: str
    n: int
    within: Interval | None = None


def mean(cells: Cells, points: Iterable[str]) -> float | None:
    """The mean of the points that were chosen; None where none were."""
    held = {point: cells.get(point, 0) for point in points}
    whole = sum(held.values())
    return sum(int(point) * amount for point, amount in held.items()) / whole if whole else None


def score(kind: str, cells: Cells, points: Iterable[str]) -> Score | None:
    """The figure that a question measures; None where nobody answered it, or it measures nothing."""
    scale = list(points)
    whole = sum(cells.get(point, 0) for point in scale)
    if not whole or not kind:
        return None
    if kind == "csat":
        content = _chosen(cells, scale[3:])
        return Score(kind, content / whole, "share", whole, share_interval(content, whole))
    if kind == "nps":
        up, down = _chosen(cells, scale[9:]), _chosen(cells, scale[:7])
        return Score(kind, 100 * (up - down) / whole, "points", whole, nps_interval(up, down, whole))
    return Score(kind, mean(cells, scale) or 0.0, "mean", whole, points_interval(cells, scale))


def _chosen(cells: Cells, points: Iterable[str]) -> int:
    return sum(cells.get(point, 0) for point in points)
