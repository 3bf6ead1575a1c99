"""Figures worked out from aggregates: mean, satisfied share, promoters less detractors, ease. Pure.

Source of the formulas: CSAT is the share of 4 and 5 on a scale of 1 to 5; NPS the share of 9 and 10 less the share of
0 to 6 on a scale of 0 to 10; CES the mean of how easy it was on a scale of 1 to 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from silah.surveys import intervals
from silah.surveys.intervals import Interval

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
        return Score(kind, content / whole, "share", whole, intervals.share(content, whole))
    if kind == "nps":
        up, down = _chosen(cells, scale[9:]), _chosen(cells, scale[:7])
        return Score(kind, 100 * (up - down) / whole, "points", whole, intervals.nps(up, down, whole))
    return Score(kind, mean(cells, scale) or 0.0, "mean", whole, intervals.points(cells, scale))


def _chosen(cells: Cells, points: Iterable[str]) -> int:
    return sum(cells.get(point, 0) for point in points)
