"""The results of a round, and a questionnaire's trend, as their pages and tables show them.

``results`` says what is left out.
"""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from silah.complaints import liaison_areas
from silah.documents import tables
from silah.figures import charts, trend_chart
from silah.figures.presenters import branch_names, channel_names, kind_names
from silah.intake.request_catalogue import definition, offered
from silah.language.bilingual import localized
from silah.language.localization import locale, number, shown_digits
from silah.surveys import aggregates, response_channels, results, rounds, text_answers, trends
from silah.surveys.counting import SHOWN, Counts
from silah.surveys.labels import SCORES, WAYS, bounds, mean_bounds, point_words
from silah.surveys.models import Questionnaire, SurveyRound
from silah.surveys.results import Finding, Line, Part
from silah.surveys.rules import fewest_of, rules
from silah.surveys.scores import Interval, Score
from silah.surveys.trends import Course, Stop


def waits(found: SurveyRound) -> bool:
    """Whether nothing is shown yet: of an anonymous round nobody watches the figures move."""
    if found.state == "closed":
        return aggregates.unfinished(found)
    return found.anonymous


def counts_of(found: SurveyRound) -> Counts:
    """What may be looked at: all of a round that is closed; of one that is open what was released so far."""
    return dict(found.counted if found.state == "closed" else found.released.get(SHOWN, {}))


def shown(found: SurveyRound, wanted: str = "") -> dict[str, Any]:
    """Everything on the page; ``wanted`` is looked for in the texts."""
    fewest, not_yet, closed = fewest_of(found), waits(found), found.state == "closed"
    seen = [] if not_yet else results.findings(found.asks, counts_of(found), fewest)
    texts = text_answers.texts(found, seen, wanted) if closed else {}
    answered, used = aggregates.responses(found), aggregates.used(found)
    return {
        "it": found,
        "waits": not_yet,
        "fewest": fewest,
        "answered": answered,
        "used": used,
        "rate": used / found.told if found.told else None,
        "findings": seen,
        "bars": {one.key: bars(one) for one in seen if one.n is not None and one.lines},
        "wanted": wanted,
        "texts": text_answers.search(texts, wanted),
        "written": {one.key: one.n for one in seen if one.key in texts},
        "most": text_answers.READ_AT_MOST,
        "files": text_answers.files(found, seen) if closed else {},
        "moves": not closed,
        "ways": [] if not_yet else response_channels.by_means(found, found.counted, fewest),
        "way_names": WAYS,
        "segments": segment_names(found),
        "scores": SCORES,
    }


def findings(found: SurveyRound) -> list[Finding]:
    """Every question with what may be shown of it now."""
    if waits(found):
        return []
    return results.findings(found.asks, counts_of(found), fewest_of(found))


def bars(found: Finding) -> charts.Bars:
    """How often each answer was given."""
    return charts.bars([(label(found, line), line.count) for line in found.lines], rtl=locale() == "ar")


def label(found: Finding, line: Line) -> str:
    """What an answer is called: points of a rating with their words."""
    text = line.label.for_locale(locale())
    if found.question.kind in ("rating", "matrix"):
        return f"{number(int(text))} – {point_words(found.question.measures, text)}"
    return number(int(text)) if found.question.kind == "scale" else text


def score_words(score: Score) -> str:
    """A figure as it is written."""
    if score.unit == "share":
        return f"{number(round(score.value * 100))}%"
    return number(round(score.value)) if score.unit == "points" else number(round(score.value, 2))


def segment_names(found: SurveyRound) -> dict[str, str]:
    """What the parts are called by which this round's results are told apart."""
    if found.split == "service":
        return {str(one.type.id): definition(one).title.for_locale(locale()) for one in offered()}
    named = {"branch": branch_names, "channel": channel_names, "kind": kind_names, "area": area_names}.get(found.split)
    return named() if named else {}


def area_names() -> dict[str, str]:
    """The categories and fields of the liaison officers, those no longer in use too."""
    return {str(one.id): localized(one, "name") for one in liaison_areas.listing()}


def table(found: SurveyRound, form: str) -> bytes:
    """The same as a table: one line an answer that could be given."""
    heads = [
        _("Question"), _("Answer"), _("Chosen by"), _("Share"), _("Answered by"), _("Mean"),
        _("Bounds of the mean (95 per cent)"), _("Figure"), _("Bounds of the figure (95 per cent)"),
        _("How it is worked out"), _("Part"),
    ]  # fmt: skip
    if form == "xlsx":
        return tables.xlsx(_("Results"), heads, rows(found), rtl=locale() == "ar")
    return tables.csv(heads, rows(found))


def rows(found: SurveyRound) -> Iterator[list[tables.Cell]]:
    """The lines of the table; what the page leaves out is left out here."""
    names = segment_names(found)
    for one in findings(found):
        asked = one.text.for_locale(locale())
        if one.n is None:
            yield [asked, _("Too few to show"), *[None] * 9]
            continue
        for line in one.lines or (None,):
            chosen = (label(one, line), line.count, round(line.share, 4)) if line else ("", None, None)
            yield [asked, *chosen, one.n, *_figures(one), None]
        for part in one.parts:
            words = "" if part.n is not None else _("Too few to show")
            yield [asked, words, None, None, part.n, *_figures(part), names.get(part.segment, part.segment)]


def _figures(one: Finding | Part) -> list[tables.Cell]:
    """The mean and the figure, each with its bounds, and the figure's formula."""
    mean = None if one.mean is None else round(one.mean, 2)
    if one.score is None:
        return [mean, mean_bounds(one.within), None, None, None]
    how = str(SCORES[one.score.kind][1])
    return [mean, mean_bounds(one.within), score_words(one.score), bounds(one.score), how]


def name(found: SurveyRound) -> str:
    """What the round is called."""
    return rounds.name(found, locale())


Scale = list[tuple[float, str]]
FEWEST_STOPS = 2


def show_trend(found: Questionnaire) -> dict[str, Any]:
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


def chart(course: Course) -> trend_chart.Course:
    """The dots of a question, each with its bounds."""
    return trend_chart.course([_at(course, stop) for stop in course.stops], scale(course), rtl=locale() == "ar")


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


def _at(course: Course, stop: Stop) -> trend_chart.At:
    day = stop.round.closed_on or stop.round.closes_on
    low, high = (stop.within.low, stop.within.high) if stop.within else (None, None)
    return trend_chart.At(shown_digits(f"{day.month}/{day.year}"), stop.value, low, high)
