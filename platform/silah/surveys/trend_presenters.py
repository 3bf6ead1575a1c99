"""The page of a questionnaire's trend: charts and tables of one question each, in the reader's language."""

from typing import Any

from silah.figures import trend_chart as charts
from silah.language.localization import locale, number, shown_digits
from silah.surveys import trends
from silah.surveys.intervals import Interval
from silah.surveys.labels import SCORES
from silah.surveys.models import Questionnaire
from silah.surveys.rules import rules
from silah.surveys.scores import Score
from silah.surveys.trends import Course, Stop

Scale = list[tuple[float, str]]
FEWEST_STOPS = 2


def shown(found: Questionnaire) -> dict[str, Any]:
    """Everything on the page."""
    rounds = trends.closed(found.id)
    asks = rounds[-1].asks if rounds else found.draft
    courses = trends.courses(rounds, rules().fewest)
    return {
        "it": found,
        "title": asks.title,
        "rounds": rounds,
        "fewest": rules().fewest,
        "courses": courses,
        "charts": {one.key: chart(one) for one in courses if len(one.stops) >= FEWEST_STOPS},
        "scores": SCORES,
        "figure": figure,
    }


def chart(course: Course) -> charts.Course:
    """The dots of a question, each with its bounds."""
    return charts.course([_at(course, stop) for stop in course.stops], scale(course), rtl=locale() == "ar")


def figure(course: Course, stop: Stop) -> Score:
    """What a round came to, as a figure that can be written."""
    return Score(course.question.measures, stop.value, course.unit, stop.n, stop.within)


def scale(course: Course) -> Scale:
    """What the figure can be, from its least to its most."""
    if course.unit == "share":
        return [(part, f"{number(round(100 * part))}%") for part in (0.0, 0.5, 1.0)]
    if course.unit == "points":
        return [(point, number(point)) for point in (-100, 0, 100)]
    if course.question.kind == "number":
        return _of_numbers(course)
    ends = (0, 5, 10) if course.question.kind == "scale" else (1, 3, 5)
    return [(point, number(point)) for point in ends]


def _of_numbers(course: Course) -> Scale:
    reached = [end for stop in course.stops for end in (stop.value, *_ends(stop.within))]
    least, most = min(0, int(min(reached))), max(2, -(-max(reached) // 2) * 2)
    return [(point, number(round(point))) for point in (least, (least + most) / 2, most)]


def _ends(within: Interval | None) -> tuple[float, ...]:
    return (within.low, within.high) if within else ()


def _at(course: Course, stop: Stop) -> charts.At:
    day = stop.round.closed_on or stop.round.closes_on
    low, high = (stop.within.low, stop.within.high) if stop.within else (None, None)
    return charts.At(shown_digits(f"{day.month}/{day.year}"), stop.value, low, high)
