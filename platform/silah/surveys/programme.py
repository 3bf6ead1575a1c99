"""Rounds that the programme makes by itself: a month's round after closed cases, and one every so many months.

The work is owed for the next morning for as long as the association wants one of them; done twice it makes nothing
twice, since each such round is named by its period.
"""

from datetime import date, timedelta

from sqlalchemy import func, select

from silah import clock, jobs
from silah.surveys import audience, invitations, questionnaires, rounds
from silah.surveys.audience import Audience
from silah.surveys.errors import NotInOrder
from silah.surveys.models import Questionnaire, SurveyRound
from silah.surveys.rules import SurveyRules, rules
from tenants import versions
from tenants.database import db

PROGRAMME, KEY = "survey.programme", "daily"
PERIODIC = "periodic:"
AFTERWARDS = timedelta(days=14)
"""How long a month's round stays open after the month has ended."""


def owe() -> None:
    """Owe the programme's morning work, or no longer where the association wants none of it."""
    chosen = rules()
    if chosen.after_cases or chosen.periodic:
        jobs.owe(PROGRAMME, KEY, rounds.instant(clock.today() + timedelta(days=1)))
    else:
        jobs.settle(PROGRAMME, KEY)


def run() -> None:
    """The morning's work."""
    chosen = rules()
    if chosen.after_cases:
        after_cases(chosen)
    if chosen.periodic:
        periodic(chosen)
    owe()


def after_cases(chosen: SurveyRules) -> None:
    """Put whoever's case was closed in a month on that month's round, as long as it stands open.

    A morning that was missed loses nobody; a month that was over before the programme began is not asked about.
    """
    today = clock.today()
    begun = {day.replace(day=1) for day in (today - timedelta(days=1), today)}
    for first in sorted(begun | {(today - AFTERWARDS).replace(day=1)}):
        last = _plus(first, 1) - timedelta(days=1)
        rule = Audience(who="served", closed=True, since=first, until=last, kinds=chosen.after_kinds)
        found = _held(period := f"after:{first:%Y-%m}")
        if found is None and first in begun:
            found = _round(chosen.after_cases, period, rule, last + AFTERWARDS, chosen)
        if found is not None and rounds.takes(found):
            invitations.enter(found, audience.people(rule))
            jobs.owe(rounds.BUILD, str(found.id), clock.now())


def periodic(chosen: SurveyRules) -> None:
    """A round once so many months have passed since the last, asked of whoever was served in as many before."""
    today = clock.today()
    last = db.session.scalar(select(func.max(SurveyRound.opens_on)).where(SurveyRound.period.startswith(PERIODIC)))
    if last is not None and today < _plus(last, chosen.every_months):
        return
    rule = Audience(who="served", since=_plus(today, -chosen.every_months), until=today)
    until = today + timedelta(days=chosen.stands_days)
    _round(chosen.periodic, f"{PERIODIC}{today:%Y-%m}", rule, until, chosen)


def promised() -> bool:
    """Whether the policy in force promises a questionnaire from time to time."""
    instruments = versions.in_force(clock.today()).policy.satisfaction.instruments
    return any(one.kind == "questionnaire" and one.cadence for one in instruments)


def stuck(source: Questionnaire, chosen: SurveyRules) -> bool:
    """Whether the programme is to send this questionnaire, and cannot."""
    wanted = source.id in (chosen.after_cases, chosen.periodic)
    return wanted and (source.withdrawn or bool(questionnaires.problems(source.draft, anonymous=chosen.anonymous)))


def _round(source_id: object, period: str, rule: Audience, until: date, chosen: SurveyRules) -> SurveyRound | None:
    """The round of a period, made and opened where there is none; None where its questionnaire cannot be asked."""
    held = _held(period)
    if held is not None:
        return held
    source = db.session.get(Questionnaire, source_id)
    if source is None or source.withdrawn:
        return None
    try:
        today = clock.today()
        made = rounds.make(
            source, rule=rule, anonymous=chosen.anonymous, opens_on=today, closes_on=until, period=period
        )
    except NotInOrder:
        return None
    rounds.open_now(made)
    return made


def _held(period: str) -> SurveyRound | None:
    return db.session.scalar(select(SurveyRound).where(SurveyRound.period == period))


def _plus(day: date, months: int) -> date:
    """The same day some months later or earlier, at most the 28th."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, 28))
