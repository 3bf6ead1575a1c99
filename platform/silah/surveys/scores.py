"""Figures worked out from aggregates: mean, satisfied share, promoters less detractors, ease. Pure.

Source of the formulas: CSAT is the share of 4 and 5 on a scale of 1 to 5; NPS the share of 9 and 10 less the share of
0 to 6 on a scale of 0 to 10; CES the mean of how easy it was on a scale of 1 to 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Cells = Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """One figure: ``unit`` is "share" (of 1), "points" (-100 to 100) or "mean"; ``n`` how many answers it stands on."""

    kind: str
    value: float
    unit: str
    n: int


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
        return Score(kind, _share(cells, scale[3:], whole), "share", whole)
    if kind == "nps":
        apart = _share(cells, scale[9:], whole) - _share(cells, scale[:7], whole)
        return Score(kind, 100 * apart, "points", whole)
    return Score(kind, mean(cells, scale) or 0.0, "mean", whole)


def _share(cells: Cells, points: Iterable[str], whole: int) -> float:
    return sum(cells.get(point, 0) for point in points) / whole
