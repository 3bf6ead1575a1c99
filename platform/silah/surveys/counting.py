"""Aggregates that grow with each answer and equal a full count, and what is shown of them meanwhile. Pure.

``Counts`` is ``{question: {option: {segment: n}}}``. The segment "" is everybody. Under "*" stands how many answered a
question at all, under "sum" the sum of numbers in thousandths, under "squares" that of their squares; a line of a
matrix is a question of its own (``q3.r1``), a place in a ranking an option (``o2:1``).

While a round that is not anonymous is open, its figures move by enough answers at once. Whoever looked before and after
one more answer could otherwise tell what it was, and the list of who answered would say whose. Two states of each
question are kept, apart by at least the fewest answers, and the older one is shown: so the next one differs by as many,
and what the closed round shows differs by as many from the last one.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from silah.surveys.definition import Definition, Question

Counts = dict[str, dict[str, dict[str, int]]]
Answers = Mapping[str, Any]
EVERYBODY, ANSWERED, SUM, SQUARES = "", "*", "sum", "squares"
THOUSANDTHS = 1000
RESPONSES, WAY = "", "way:"
"""Under what the number of all who took part stands, and of those who came in each way; no question's key is empty."""


def add(counts: Counts, definition: Definition, answers: Answers, words: Iterable[str], segment: str) -> None:
    """Count one person's answers in; ``words`` are the keys of questions answered in words."""
    segments = {EVERYBODY, segment}
    for question, option, amount in (*pieces(definition, answers, words), (RESPONSES, ANSWERED, 1)):
        cells = counts.setdefault(question, {}).setdefault(option, {})
        for one in segments:
            cells[one] = cells.get(one, 0) + amount


def taken_part(counts: Counts) -> int:
    """How many answers were counted."""
    return counts.get(RESPONSES, {}).get(ANSWERED, {}).get(EVERYBODY, 0)


def came(counts: Counts, way: str) -> None:
    """Count in the way in which one person answered."""
    cells = counts.setdefault(RESPONSES, {}).setdefault(f"{WAY}{way}", {})
    cells[EVERYBODY] = cells.get(EVERYBODY, 0) + 1


def ways(counts: Counts) -> dict[str, int]:
    """How many answered in each way."""
    held = counts.get(RESPONSES, {})
    return {key.removeprefix(WAY): cells[EVERYBODY] for key, cells in held.items() if key.startswith(WAY)}


def pieces(definition: Definition, answers: Answers, words: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """What one person's answers add: (question, option, how much)."""
    written = set(words)
    for question in definition.questions:
        if question.key in answers:
            yield from _of(question, answers[question.key])
        elif question.key in written:
            yield question.key, ANSWERED, 1


def _of(question: Question, value: Any) -> Iterator[tuple[str, str, int]]:
    if question.kind == "matrix":
        for line, point in value.items():
            yield f"{question.key}.{line}", ANSWERED, 1
            yield f"{question.key}.{line}", point, 1
        return
    yield question.key, ANSWERED, 1
    if question.kind == "many":
        yield from ((question.key, one, 1) for one in value)
    elif question.kind == "ranking":
        yield from ((question.key, f"{option}:{place}", 1) for option, place in value.items())
    elif question.kind == "number":
        amount = int(Decimal(value) * THOUSANDTHS)
        yield question.key, SUM, amount
        yield question.key, SQUARES, amount * amount
    elif question.kind == "date":
        yield question.key, value[:7], 1
    elif question.points:
        yield question.key, value, 1


def together(one: Counts, other: Counts) -> Counts:
    """Both counts in one."""
    sums: Counts = {}
    for counts in (one, other):
        for question, options in counts.items():
            for option, cells in options.items():
                kept = sums.setdefault(question, {}).setdefault(option, {})
                for segment, amount in cells.items():
                    kept[segment] = kept.get(segment, 0) + amount
    return sums


SHOWN, NEXT = "shown", "next"
Released = dict[str, Counts]


def advance_released(released: Released, counts: Counts, fewest: int) -> Released:
    """What is shown and what comes next, now that so much is counted."""
    seen, following = dict(released.get(SHOWN, {})), dict(released.get(NEXT, {}))
    for question, options in counts.items():
        if _count_answered(options) - _count_answered(following.get(question, {})) >= fewest:
            if question in following:
                seen[question] = following[question]
            following[question] = {option: {EVERYBODY: cells.get(EVERYBODY, 0)} for option, cells in options.items()}
    return {SHOWN: seen, NEXT: following}


def _count_answered(options: dict[str, dict[str, int]]) -> int:
    return options.get(ANSWERED, {}).get(EVERYBODY, 0)
