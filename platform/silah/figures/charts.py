"""Charts as SVG, drawn on the server and mirrored for Arabic; each stands beside its table. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
NUMBERS = 90
ROW = 60
WORDS = 20
"""Where the line of words over a bar stands, so far down that it is not cut where a phone writes it larger."""
UNDER = 31
THICK = 16
LONGEST = 44
HEIGHT = 220
FOOT = 30
HEAD = 14
SIDE = 34
END = 36
"""Room for half of the last month's name."""


@dataclass(frozen=True)
class Bar:
    """One bar: where it begins, how long it is, and where its words stand: over it, as wide as they need."""

    label: str
    value: int
    x: float
    y: float
    length: float
    label_x: float
    label_y: float
    value_x: float


@dataclass(frozen=True)
class Bars:
    """A chart of horizontal bars from one edge; ``height`` follows from how many there are."""

    bars: tuple[Bar, ...]
    height: int
    rtl: bool


def bars(cells: Sequence[tuple[str, int]], *, rtl: bool) -> Bars:
    """Horizontal bars in the order given; from the right in Arabic."""
    most = max((value for _label, value in cells), default=0) or 1
    room = WIDTH - NUMBERS
    drawn = []
    for place, (label, value) in enumerate(cells):
        length = room * value / most
        start = WIDTH - length if rtl else 0
        drawn.append(
            Bar(
                label=label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…",
                value=value,
                x=round(start, 1),
                y=place * ROW + UNDER,
                length=round(length, 1),
                label_x=WIDTH if rtl else 0,
                label_y=place * ROW + WORDS,
                value_x=round(start - 8 if rtl else start + length + 8, 1),
            )
        )
    return Bars(tuple(drawn), max(len(cells), 1) * ROW, rtl)


@dataclass(frozen=True)
class Trend:
    """Two lines over the same marks of time; time runs from the right in Arabic."""

    first: str
    second: str
    marks: tuple[tuple[float, str], ...]
    steps: tuple[tuple[float, int], ...]
    dots: tuple[tuple[float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    axis: float = SIDE


def trend(points: Sequence[tuple[str, int, int]], *, rtl: bool) -> Trend:
    """Two lines from (words, first, second) in the order of time."""
    most = _ceiling(max((max(one, other) for _words, one, other in points), default=0))
    inner = WIDTH - SIDE - END
    step = inner / max(len(points) - 1, 1)

    def x(place: int) -> float:
        from_left = SIDE + place * step
        return round(WIDTH - from_left if rtl else from_left, 1)

    def y(value: float) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * value / most, 1)

    every = max(1, len(points) // 6)
    return Trend(
        first=" ".join(f"{x(n)},{y(one)}" for n, (_w, one, _o) in enumerate(points)),
        second=" ".join(f"{x(n)},{y(other)}" for n, (_w, _one, other) in enumerate(points)),
        marks=tuple((x(n), words) for n, (words, _one, _other) in enumerate(points) if n % every == 0),
        steps=tuple((y(value), value) for value in sorted({0, most // 2, most})),
        dots=tuple((x(n), y(one)) for n, (_w, one, _o) in enumerate(points)),
        axis=WIDTH - SIDE if rtl else SIDE,
    )


def _ceiling(most: int) -> int:
    """A round number at or above the largest value, and even."""
    for step in (2, 4, 10, 20, 50, 100, 200, 500, 1000):
        if most <= step:
            return step
    return -(-most // 1000) * 1000
