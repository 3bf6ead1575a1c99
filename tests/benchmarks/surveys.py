"""Results of many answers beside those of few, and inviting many people beside few: neither may grow."""

import json
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, literal, select

from silah import clock
from silah.surveys import aggregates, audience, invitations, questionnaires, rounds
from silah.surveys.answers import parted
from silah.surveys.audience import Audience
from silah.surveys.definition import Definition, Question, Section
from silah.surveys.models import SurveyResponse, SurveyRound
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.texts import Text

from .pages import filled
from .stage import Site, Stage
from .table import Row, ms
from .timing import in_turn, tell
from .visiting import Page, address, visit

AIM, QUESTIONS, POINTS = 1.2, 5, 5
PARTS = 5


def measure(stage: Stage) -> Iterator[Row]:
    """The same pages and parts, in an association with little and in one with much."""
    site, size = stage.site("cases", 3), stage.size
    few, many = site.tenants[1], site.tenants[2]
    for tenant, count in ((few, size.cases), (many, size.more_cases)):
        filled(site, tenant, count)
    held = {size.cases: _answered(site, few, size.cases), size.more_answers: _answered(site, many, size.more_answers)}
    tenants = {size.cases: few, size.more_answers: many}
    asked = {
        count: address(site, Page(f"/desk/surveys/{found}/results", signed_in=True), tenants[count])
        for count, (found, _seconds) in held.items()
    }
    sides: dict[Any, Any] = {
        count: lambda environ=environ: visit(site.app, environ) for count, environ in asked.items()
    }
    in_turn(sides, 2)
    found = in_turn(sides, size.case_visits)
    counted = size.more_answers / held[size.more_answers][1]
    yield Row(
        f"Results of {size.more_answers:,} answers (counted in at {counted:,.0f}/s)",
        ms(found[size.more_answers]),
        f"{ms(found[size.cases])} of {size.cases:,}",
        found[size.more_answers] / found[size.cases],
        AIM,
    )
    times = {name: _invited(site, tenant) for name, tenant in (("few", few), ("many", many))}
    yield Row(
        f"Inviting a person, of {times['many'][1]:,} listed at once in {ms(times['many'][2])}",
        ms(times["many"][0]),
        f"{ms(times['few'][0])} of {times['few'][1]:,}",
        times["many"][0] / times["few"][0],
        AIM,
    )


def asks() -> Definition:
    """A questionnaire of one page."""
    words = Text(ar="قياس", en="Measure")
    questions = tuple(
        Question(key=f"q{n}", kind="rating", text=Text(ar=f"السؤال {n}", en=f"Question {n}"))
        for n in range(1, QUESTIONS + 1)
    )
    return Definition(title=words, thanks=words, sections=(Section(key="s1", title=words, questions=questions),))


def begun(rule: Audience) -> SurveyRound:
    """An open round that is not anonymous, of which nobody was told yet."""
    source = questionnaires.begin()
    questionnaires.keep(source, asks())
    until = clock.today().replace(year=2999)
    made = rounds.make(source, rule=rule, anonymous=False, opens_on=clock.today(), closes_on=until)
    made.state = "open"
    db.session.flush()
    return made


def _answered(site: Site, tenant: Tenant, count: int) -> tuple[Any, float]:
    """A round with so many answers, counted in as the night's work does; gives its id and the seconds of that."""
    tell(f"{count} answers")
    with site.app.app_context(), serving(tenant):
        found = begun(Audience(who="comers"))
        for point in range(POINTS):
            given, texts = parted(found.asks, {f"q{n}": str((n + point) % POINTS + 1) for n in range(1, QUESTIONS + 1)})
            one = SurveyResponse(round_id=found.id, anonymous=False, answers=given, texts=json.dumps(texts), facts={})
            one.answered_on, one.way = clock.today(), "open"
            db.session.add(one)
            db.session.flush()
            _again(one, count // POINTS - 1)
        db.session.commit()
        begin = time.perf_counter()
        while aggregates.count(found) == aggregates.MOST:
            db.session.commit()
        found.state, found.closed_on = "closed", clock.today()
        db.session.commit()
        return found.id, time.perf_counter() - begin


def _again(one: SurveyResponse, times: int) -> None:
    """The same answer of so many others."""
    rows = SurveyResponse.__table__
    names = [column.name for column in rows.columns if column.name != "id"]
    numbers = select(func.generate_series(1, times).label("nth")).subquery()
    values = [func.gen_random_uuid(), *(rows.c[name] for name in names)]
    copied = select(*values).select_from(rows).join(numbers, literal(True)).where(rows.c.id == one.id)
    db.session.execute(insert(SurveyResponse).from_select(["id", *names], copied))


def _invited(site: Site, tenant: Tenant) -> tuple[float, int, float]:
    """Seconds for a person, how many people there are, and the seconds in which all were listed."""
    with site.app.app_context(), serving(tenant):
        rule = Audience(who="served")
        found = begun(rule)
        begin = time.perf_counter()
        invitations.enter(found, audience.people(rule))
        db.session.commit()
        listed, begin = time.perf_counter() - begin, time.perf_counter()
        for _ in range(PARTS):
            invitations.invite_next_part(found)
            db.session.commit()
        written = min(found.invited, PARTS * invitations.PART)
        return (time.perf_counter() - begin) / written, found.invited, listed
