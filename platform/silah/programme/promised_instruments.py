"""What the policy of a span of days promises to measure by, beside what was carried out in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from silah import clock
from silah.interviews import service as interviewing
from silah.programme.models import StandingReview
from silah.surveys import field_work
from silah.surveys.models import SurveyRound
from silah.visits.models import Visit
from tenants import versions
from tenants.database import db
from tenants.policy import Policy
from tenants.policy_rules import Instrument

Told = tuple[int, date | None]
"""How many were carried out, and the day of the last."""


@dataclass(frozen=True)
class Line:
    """One instrument: how many were carried out, when last, and whether the promise of a period is unmet.

    ``continuous`` instruments are pages that are always there; nothing of them can be missing.
    """

    instrument: Instrument
    count: int
    last: date | None

    @property
    def continuous(self) -> bool:
        """Whether it goes on all the time by itself."""
        return self.instrument.cadence == "continuous"

    @property
    def is_missing(self) -> bool:
        """Nothing was carried out, although it was promised."""
        return self.count == 0 and not self.continuous


def lines(since: date, until: date) -> list[Line]:
    """Each instrument of the policy that was in force last in the span, in its order; one statement for each kind."""
    policy = promising(since, until)
    if policy is None:
        return []
    instruments = policy.satisfaction.instruments
    counted = {kind: COUNTED[kind](since, until) for kind in {one.kind for one in instruments}}
    return [Line(one, *counted[one.kind]) for one in instruments]


def promising(since: date, until: date) -> Policy | None:
    """The policy that was in force last in a span of days that has begun; None where there was none."""
    try:
        return versions.in_force(max(since, min(until, clock.today()))).policy
    except versions.NoPolicyInForce:
        return None


def rounds(since: date, until: date) -> Told:
    """Rounds of questionnaires that were opened."""
    opened = SurveyRound.state.in_(("open", "closed")) & SurveyRound.opens_on.between(since, until)
    return _told(select(func.count(SurveyRound.id), func.max(SurveyRound.opens_on)).where(opened))


def visits(since: date, until: date) -> Told:
    """Visits that were made."""
    made = (Visit.state == "held") & Visit.held_on.between(since, until)
    return _told(select(func.count(Visit.id), func.max(Visit.held_on)).where(made))


def field_surveys(since: date, until: date) -> Told:
    """Rounds that were taken into the field and brought answers back."""
    found = [one.round.opens_on for one in field_work.field_rounds_between(since, until) if one.answers]
    return len(found), max(found, default=None)


def interviews(since: date, until: date) -> Told:
    """Interviews that are over."""
    found = interviewing.interviews_between(since, until)
    return found.over, found.last


def reviews(instrument: str) -> Callable[[date, date], Told]:
    """Standing reviews of this instrument that were held."""

    def counted(since: date, until: date) -> Told:
        held = (StandingReview.instrument == instrument) & StandingReview.held_on.between(since, until)
        return _told(select(func.count(StandingReview.id), func.max(StandingReview.held_on)).where(held))

    return counted


def _told(statement: Any) -> Told:
    count, last = db.session.execute(statement).one()
    return int(count), last


COUNTED: Mapping[str, Callable[[date, date], Told]] = {
    "questionnaire": rounds,
    "field_survey": field_surveys,
    "supervisory_visits": visits,
    "interviews": interviews,
    "link_follow_up": reviews("link_follow_up"),
    "liaison_oversight": reviews("liaison_oversight"),
}
