"""What a round's results show, and what they leave out: the one source of the page, the chart and the table.

Nothing under the fewest answers is shown, nor what would be known by taking one number from another. A round has one
split at most, chosen before it opened, so that no two tables can be laid over each other; an anonymous one has none,
and shows its results only once it is closed, so that nobody can watch them move with one more answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from silah.figures.suppression import suppressed
from silah.surveys import scores
from silah.surveys.counting import ANSWERED, EVERYBODY, SQUARES, SUM, THOUSANDTHS, Counts
from silah.surveys.definition import Definition, Question
from silah.surveys.scores import Interval, Score
from tenants.texts import Text

RATED = tuple(str(point) for point in range(1, 6))


@dataclass(frozen=True)
class Line:
    """One answer that could be given, and how often it was."""

    label: Text
    count: int
    share: float


@dataclass(frozen=True)
class Part:
    """A part of those who answered (a branch, a channel …): ``n`` and its figures are None where too few did."""

    segment: str
    n: int | None
    mean: float | None
    score: Score | None = None
    within: Interval | None = None


@dataclass(frozen=True)
class Finding:
    """What was answered to one question (or to one line of a matrix); ``n`` is None where too few answered.

    ``within``: the bounds of the mean.
    """

    key: str
    question: Question
    text: Text
    n: int | None
    lines: tuple[Line, ...] = ()
    mean: float | None = None
    score: Score | None = None
    parts: tuple[Part, ...] = field(default=())
    within: Interval | None = None


def findings(definition: Definition, counts: Counts, fewest: int) -> list[Finding]:
    """Every question with what may be shown of it."""
    found = []
    for question in definition.questions:
        if question.kind == "matrix":
            found += [
                _finding(question, f"{question.key}.{row.key}", row.label, counts, fewest) for row in question.rows
            ]
        elif question.asks:
            found.append(_finding(question, question.key, question.text, counts, fewest))
    return found


def scale_of(question: Question) -> tuple[str, ...]:
    """The points that are rated with; none where a question is not rated."""
    if question.kind == "matrix":
        return RATED
    return question.points if question.kind in ("rating", "scale") else ()


def _finding(question: Question, key: str, text: Text, counts: Counts, fewest: int) -> Finding:
    options = counts.get(key, {})
    n = options.get(ANSWERED, {}).get(EVERYBODY, 0)
    if n < fewest:
        return Finding(key, question, text, None)
    cells = {option: held.get(EVERYBODY, 0) for option, held in options.items()}
    scale = scale_of(question)
    return Finding(
        key,
        question,
        text,
        n,
        tuple(_lines(question, scale, cells, n)),
        _mean(question, scale, cells, n),
        scores.score(question.measures, cells, scale),
        tuple(parts(options, scale, question, fewest)),
        _within(question, scale, cells, n),
    )


def _lines(question: Question, scale: tuple[str, ...], cells: Mapping[str, int], n: int) -> list[Line]:
    if question.kind in ("one", "many"):
        named = [(option.label, cells.get(option.key, 0)) for option in question.options]
    elif question.kind == "ranking":
        first = [(option.label, cells.get(f"{option.key}:1", 0)) for option in question.options]
        named = sorted(first, key=lambda one: -one[1])
    elif question.kind == "date":
        named = [(Text(ar=key, en=key), cells[key]) for key in sorted(set(cells) - {ANSWERED})]
    else:
        named = [(Text(ar=point, en=point), cells.get(point, 0)) for point in scale]
    return [Line(label, count, count / n) for label, count in named]


def _mean(question: Question, scale: tuple[str, ...], cells: Mapping[str, int], n: int) -> float | None:
    if question.kind == "number":
        return cells.get(SUM, 0) / THOUSANDTHS / n
    return scores.mean(cells, scale) if scale else None


def _within(question: Question, scale: tuple[str, ...], cells: Mapping[str, int], n: int) -> Interval | None:
    if question.kind == "number" and SQUARES in cells:
        total, squares = cells[SUM] / THOUSANDTHS, cells[SQUARES] / THOUSANDTHS**2
        return scores.mean_interval(total, squares, n, question.least, question.most)
    return scores.points_interval(cells, scale) if scale else None


def parts(
    options: Mapping[str, Mapping[str, int]], scale: tuple[str, ...], question: Question, fewest: int
) -> list[Part]:
    """The parts of those who answered, the best rated first; those left out stand at the end, in no order of theirs."""
    asked = {segment: n for segment, n in options.get(ANSWERED, {}).items() if segment != EVERYBODY}
    if not scale or not asked:
        return []
    whole = options[ANSWERED].get(EVERYBODY, 0)
    rest = whole - sum(asked.values())
    kept = suppressed({**asked, EVERYBODY: rest} if rest > 0 else asked, fewest)
    shown = []
    for segment in sorted(asked):
        n = kept[segment]
        cells = {option: held.get(segment, 0) for option, held in options.items()} if n is not None else {}
        figure, within = scores.score(question.measures, cells, scale), scores.points_interval(cells, scale)
        shown.append(Part(segment, n, scores.mean(cells, scale), figure, within))
    return sorted(shown, key=lambda part: (part.n is None, -(part.mean or 0.0), part.segment))
