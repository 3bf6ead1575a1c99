"""What the instruments came to in a period, one beside the other: questionnaires, field surveys, visits, complaints.

Rounds stand in it whole, and only once they are closed; a round in which too few answered a question is not added to
the others, so that it cannot be had by taking them from the sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, or_, select

from silah import clock
from silah.cases import visibility
from silah.cases.models import Case
from silah.complaints.models import COMPLAINT, Complaint
from silah.figures import statistics
from silah.surveys import counting, results, scores
from silah.surveys.definition import Question
from silah.surveys.models import SurveyReceipt, SurveyResponse, SurveyRound
from silah.surveys.scores import Score
from silah.visits.models import Visit
from silah.web.access import Member
from tenants.database import db
from tenants.texts import Text

Asked = tuple[Text, Question, counting.Counts]


@dataclass(frozen=True)
class Line:
    """One figure of an instrument; ``n`` and ``score`` are None where too few stand behind it.

    ``name`` is the questionnaire or the kind of case, ``source`` the questionnaire whose trend can be looked at.
    """

    instrument: str
    measure: str
    name: Text | str
    n: int | None
    score: Score | None
    asked: Text | None = None
    source: UUID | None = None


def lines(since: date, until: date, member: Member, fewest: int) -> list[Line]:
    """Every figure of the period, in four statements; of cases those that the member may see."""
    return [*_rounds(since, until, fewest), _visits(since, until), *_cases(since, until, member, fewest)]


def _rounds(since: date, until: date, fewest: int) -> Iterable[Line]:
    """Each question that measures something, over the rounds of its questionnaire; those in the field apart."""
    uncounted = exists().where(SurveyResponse.round_id == SurveyRound.id, SurveyResponse.counted.is_(False))
    carried = exists().where(SurveyReceipt.round_id == SurveyRound.id)
    in_field = or_(func.jsonb_array_length(SurveyRound.team) > 0, carried).label("in_field")
    rows = (
        select(SurveyRound, in_field)
        .where(SurveyRound.state == "closed", SurveyRound.closed_on.between(since, until), ~uncounted)
        .order_by(SurveyRound.closed_on.desc(), SurveyRound.id)
    )
    told: dict[Any, list[Asked]] = {}
    for found, carried_out in db.session.execute(rows):
        instrument, asks = "field_survey" if carried_out else "questionnaire", found.asks
        for question in asks.questions:
            if question.measures:
                key = (instrument, found.questionnaire_id, question.key, question.measures)
                told.setdefault(key, []).append((asks.title, question, counted(found, question)))
    for (instrument, source, *_key), several in sorted(told.items(), key=lambda one: one[0][0], reverse=True):
        title, question, _counts = several[0]
        figure = pooled(question, [counts for _title, _question, counts in several], fewest)
        n = figure.n if figure else None
        yield Line(instrument, question.measures, title, n, figure, question.text, source)


def counted(found: SurveyRound, question: Question) -> counting.Counts:
    """What was counted of a question, if as many answered it as this round was promised at least."""
    options = found.counted.get(question.key, {})
    enough = options.get(counting.ANSWERED, {}).get(counting.EVERYBODY, 0) >= found.fewest
    return {question.key: options} if enough else {}


def pooled(question: Question, several: Iterable[counting.Counts], fewest: int) -> Score | None:
    """The figure of a question over rounds, each of which enough people answered; None where none was."""
    whole: dict[str, int] = {}
    for counts in several:
        options = counts.get(question.key, {})
        if options.get(counting.ANSWERED, {}).get(counting.EVERYBODY, 0) >= fewest:
            for option, cells in options.items():
                whole[option] = whole.get(option, 0) + cells.get(counting.EVERYBODY, 0)
    return scores.score(question.measures, whole, results.scale_of(question)) if whole else None


def _visits(since: date, until: date) -> Line:
    """The mean score of the visits that were made; a visit is to an office, nobody answers in it."""
    held = (Visit.state == "held") & Visit.held_on.between(since, until) & Visit.score.is_not(None)
    given = [float(one or 0) for one in db.session.scalars(select(Visit.score).where(held))]
    n, total = len(given), sum(given)
    if not n:
        return Line("supervisory_visits", "visit", "", 0, None)
    within = scores.mean_interval(total, sum(one * one for one in given), n, 0, 100)
    return Line("supervisory_visits", "visit", "", n, Score("", total / n, "mean", n, within))


def _cases(since: date, until: date, member: Member, fewest: int) -> Iterable[Line]:
    """The satisfaction of complainants, and the share of each kind of case that was answered in time."""
    first, after = _start(since), _start(until + timedelta(days=1))
    # Whoever may see a case reads on its page what this adds up, so another period tells them nothing new.
    replied = (Case.replied_at >= first, Case.replied_at < after, visibility.visible(member))
    said = (
        select(func.count(), func.count(case((Complaint.satisfied.is_(True), 1))))
        .select_from(Complaint)
        .join(Case, Case.id == Complaint.case_id)
    )
    n, content = db.session.execute(said.where(*replied, Complaint.satisfied.is_not(None))).one()
    yield _share("complaints", "satisfied", COMPLAINT, content, n, fewest)
    dated = case((Case.latest.is_not(None), 1))
    kept = case((Case.latest >= statistics.REPLIED_ON, 1))
    by_kind: Any = select(Case.kind, func.count(dated), func.count(kept)).where(*replied).group_by(Case.kind)
    for kind, n, in_time in db.session.execute(by_kind.order_by(Case.kind)):
        yield _share("times", "in_time", kind, in_time, n, fewest)


def _share(instrument: str, measure: str, name: str, part: int, n: int, fewest: int) -> Line:
    if n < fewest:
        return Line(instrument, measure, name, None, None)
    return Line(instrument, measure, name, n, Score("", part / n, "share", n, scores.share_interval(part, n)))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), clock.RIYADH)
