"""The life of a round: made from a questionnaire in order, opened, reminded, closed for good.

Who makes it says once whether it is anonymous and whom it asks; nobody changes that afterwards, and the database gives
nobody the right to.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from silah import clock, jobs
from silah.errors import Conflict, NotFound
from silah.language.bilingual import localized
from silah.surveys import aggregates, questionnaires
from silah.surveys.audience import Audience
from silah.surveys.errors import NotInOrder
from silah.surveys.models import Questionnaire, SurveyRound
from silah.surveys.rules import rules
from silah.web.access import Member
from tenants.database import db

OPEN, BUILD, REMIND, COUNT, CLOSE = (f"survey.{what}" for what in ("open", "build", "remind", "count", "close"))
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
MORNING, NIGHT = time(9), time(2)
SHOWN = 50


def make(
    source: Questionnaire,
    *,
    rule: Audience,
    anonymous: bool,
    opens_on: date,
    closes_on: date,
    title_ar: str = "",
    title_en: str = "",
    split: str = "",
    quota: int | None = None,
    reminders: int | None = None,
    period: str | None = None,
    by: Member | None = None,
) -> SurveyRound:
    """A round of what the questionnaire asks now; raises `NotInOrder` where that has faults."""
    db.session.flush()
    db.session.refresh(source, with_for_update=True)
    definition = source.draft
    if questionnaires.problems(definition, anonymous=anonymous):
        raise NotInOrder
    if source.fixed != source.definition:
        source.fixed, source.revision = source.definition, source.revision + 1
    made = SurveyRound(
        questionnaire_id=source.id,
        revision=source.revision,
        definition=source.definition,
        title_ar=title_ar or definition.title.ar,
        title_en=title_en or definition.title.en,
        anonymous=anonymous,
        rule=rule.model_dump(mode="json", exclude_defaults=True),
        split="" if anonymous or rule.who != "served" else split,
        code="".join(secrets.choice(LETTERS) for _ in range(10)),
        opens_on=opens_on,
        closes_on=closes_on,
        quota=quota,
        reminders=rules().reminders if reminders is None else reminders,
        fewest=rules().fewest,
        period=period,
        made_by=by.id if by else None,
    )
    db.session.add(made)
    db.session.flush()
    if opens_on > clock.today():
        jobs.owe(OPEN, str(made.id), instant(opens_on))
    return made


def get(round_id: UUID) -> SurveyRound:
    """One round; raises NotFound."""
    found = db.session.get(SurveyRound, round_id)
    if found is None:
        raise NotFound
    return found


def listing(page: int = 1) -> tuple[Sequence[SurveyRound], bool]:
    """A page of the rounds, the newest first, without what they ask; and whether there are more."""
    rows = (
        select(SurveyRound)
        .options(defer(SurveyRound.definition), defer(SurveyRound.counted), defer(SurveyRound.released))
        .where(SurveyRound.state != "discarded")
    )
    some = rows.order_by(SurveyRound.opens_on.desc(), SurveyRound.id).offset((page - 1) * SHOWN).limit(SHOWN + 1)
    found = db.session.scalars(some).all()
    return found[:SHOWN], len(found) > SHOWN


def rule_of(found: SurveyRound) -> Audience:
    """Whom it asks."""
    return Audience.model_validate(found.rule)


def open_now(found: SurveyRound) -> None:
    """Take answers from today on, and begin to invite; from here on its questions stand."""
    locked(found, "planned")
    today = clock.today()
    if found.closes_on < today:
        raise Conflict
    found.state, found.opens_on = "open", today
    key = str(found.id)
    jobs.settle(OPEN, key)
    if rule_of(found).who != "comers":
        jobs.owe(BUILD, key, clock.now())
    owe_count(found)
    jobs.owe(CLOSE, key, instant(found.closes_on + timedelta(days=1), time()))
    if found.reminders:
        due = today + timedelta(days=rules().remind_after_days)
        jobs.owe(REMIND, key, instant(due))


def owe_count(found: SurveyRound) -> None:
    """Owe the next counting within the hour; of an anonymous round the next shuffling, at night."""
    night = instant(clock.today() + timedelta(days=1), NIGHT)
    jobs.owe(COUNT, str(found.id), night if found.anonymous else clock.now() + timedelta(hours=1))


def close(found: SurveyRound) -> None:
    """Take no more answers, ever; what came in is counted, many of them by a worker."""
    locked(found, "open")
    found.state, found.closed_on = "closed", clock.today()
    db.session.flush()
    for kind in (BUILD, REMIND, COUNT, CLOSE):
        jobs.settle(kind, str(found.id))
    if aggregates.waiting(found) > aggregates.AT_ONCE or aggregates.finish(found):
        jobs.owe(COUNT, str(found.id), clock.now())


def discard(found: SurveyRound) -> None:
    """Give up a round that was never opened."""
    locked(found, "planned")
    found.state = "discarded"
    jobs.settle(OPEN, str(found.id))


def locked(found: SurveyRound, state: str) -> None:
    """Hold the round for this transaction; raises Conflict unless it is in this state."""
    db.session.flush()
    db.session.refresh(found, with_for_update=True)
    if found.state != state:
        raise Conflict


def takes(found: SurveyRound) -> bool:
    """Whether it takes answers today."""
    return found.state == "open" and found.opens_on <= clock.today() <= found.closes_on


def instant(day: date, hour: time = MORNING) -> datetime:
    """An hour of a day in Asia/Riyadh."""
    return datetime.combine(day, hour, clock.RIYADH)


def name(found: Any, locale: str) -> str:
    """What it is called."""
    return str(localized(found, "title", locale))
