"""The course of a figure over rounds as SVG: dots with bounds on a fixed scale, from the right in Arabic. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from silah.figures.charts import FOOT, HEIGHT, WIDTH

AT_MOST_WORDS = 6
HEAD, START, END = 30, 78, 56
"""Room for the words of the scale, and for half of those under the first and the last dot, on a phone too."""


@dataclass(frozen=True)
class At:
    """One dot: what stands under it, the figure, and its bounds where there are any."""

    words: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Course:
    """A line of dots; ``whiskers`` are (x, upper y, lower y), ``steps`` the lines of the scale with their words."""

    line: str
    dots: tuple[tuple[float, float], ...]
    whiskers: tuple[tuple[float, float, float], ...]
    marks: tuple[tuple[float, str], ...]
    steps: tuple[tuple[float, str], ...]
    rtl: bool
    width: int = WIDTH
    height: int = HEIGHT


def course(points: Sequence[At], scale: Sequence[tuple[float, str]], *, rtl: bool) -> Course:
    """The points in the order of time, on a scale of (value, words) from its lowest to its highest."""
    least, most = scale[0][0], scale[-1][0]
    step = (WIDTH - START - END) / max(len(points) - 1, 1)

    def x(place: int) -> float:
        from_start = START + place * step
        return round(WIDTH - from_start if rtl else from_start, 1)

    def y(value: float) -> float:
        part = (min(max(value, least), most) - least) / (most - least)
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * part, 1)

    every = -(-len(points) // AT_MOST_WORDS) or 1
    dots = tuple((x(n), y(one.value)) for n, one in enumerate(points))
    return Course(
        line=" ".join(f"{across},{down}" for across, down in dots),
        dots=dots,
        whiskers=tuple(
            (x(n), y(one.high), y(one.low))
            for n, one in enumerate(points)
            if one.low is not None and one.high is not None
        ),
        marks=tuple((x(n), one.words) for n, one in enumerate(points) if n % every == 0),
        steps=tuple((y(value), words) for value, words in scale),
        rtl=rtl,
    )
