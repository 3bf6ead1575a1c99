"""How the figures of a questionnaire moved from round to round: each round as its own page shows it, and no more.

Only rounds that are closed and counted through stand in it, so nothing moves while somebody looks. A round in which too
few answered a question is left out of that question's course, and no two rounds are added up: nothing is to be had by
taking one from another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from silah.surveys import results
from silah.surveys.definition import Definition, Question
from silah.surveys.models import SurveyResponse, SurveyRound
from silah.surveys.results import Finding
from silah.surveys.scores import Interval
from tenants.database import db
from tenants.texts import Text

SHOWN = 24
"""How many rounds a course looks back over."""


@dataclass(frozen=True)
class Stop:
    """One round in a course; ``reworded`` where it asked in other words than the newest one."""

    round: SurveyRound
    n: int
    value: float
    within: Interval | None
    reworded: bool


@dataclass(frozen=True)
class Course:
    """One question over the rounds, the oldest first; ``unit`` is "share", "points" or "mean"."""

    key: str
    question: Question
    text: Text
    unit: str
    stops: tuple[Stop, ...]


def closed(questionnaire_id: UUID) -> Sequence[SurveyRound]:
    """The rounds of a questionnaire that are closed and counted through, the oldest first."""
    uncounted = exists().where(SurveyResponse.round_id == SurveyRound.id, SurveyResponse.counted.is_(False))
    rows = (
        select(SurveyRound)
        .where(SurveyRound.questionnaire_id == questionnaire_id, SurveyRound.state == "closed", ~uncounted)
        .order_by(SurveyRound.closed_on.desc(), SurveyRound.made_at.desc())
        .limit(SHOWN)
    )
    return list(reversed(db.session.scalars(rows).all()))


def courses(rounds: Sequence[SurveyRound], fewest: int) -> list[Course]:
    """The course of every question of the newest round that has a figure or a mean."""
    read = [(one, one.asks) for one in rounds]
    told = [(one, {each.key: each for each in _findings(one, asks, fewest)}) for one, asks in read]
    if not told:
        return []
    found = (_course(last, told) for last in told[-1][1].values())
    return [one for one in found if one is not None and one.stops]


def _findings(one: SurveyRound, asks: Definition, fewest: int) -> list[Finding]:
    return results.findings(asks, one.counted, max(one.fewest, fewest))


def _course(last: Finding, told: Iterable[tuple[SurveyRound, dict[str, Finding]]]) -> Course | None:
    if last.question.kind not in ("rating", "scale", "matrix", "number"):
        return None
    stops = []
    unit = {"csat": "share", "nps": "points"}.get(last.question.measures, "mean")
    for one, findings in told:
        found = findings.get(last.key)
        if found is None or found.n is None or not _alike(found.question, last.question):
            continue
        value, within = (found.score.value, found.score.within) if found.score else (found.mean, found.within)
        if value is not None:
            stops.append(Stop(one, found.n, value, within, found.text != last.text))
    return Course(last.key, last.question, last.text, unit, tuple(stops))


def _alike(one: Question, other: Question) -> bool:
    """Whether figures of the two can stand on one scale."""
    return (one.kind, one.measures) == (other.kind, other.measures)
