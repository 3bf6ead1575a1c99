"""From a case that is closed to the figures: the programme's morning, a letter, an answer, the end, the results."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases.models import Case
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.surveys import programme, questionnaires, rounds, rules
from silah.surveys.models import SurveyRound
from tenants.database import db

ANSWERS = {"satisfied": "٤", "courtesy": "5", "enough_time": "5", "accurate": "4", "in_place": "3", "easy": "5"}


@pytest.fixture
def asked(serve, home):
    """The programme asks after closed requests; some were closed yesterday. Gives the round's period."""
    with serve(home):
        source = questionnaires.begin("after_service")
        rules.save(rules.SurveyRules(after_cases=source.id, after_kinds=("request",), anonymous=True))
        for case in db.session.scalars(select(Case).where(Case.state == "closed")):
            case.closed_at = clock.now() - timedelta(hours=20)
        programme.owe()
        db.session.commit()
    yesterday = clock.day_of(clock.now() - timedelta(hours=20))
    return f"after:{yesterday:%Y-%m}"


def letters(serve, home):
    with serve(home):
        rows = select(OutboxMessage).where(OutboxMessage.template == "survey_invitation", OutboxMessage.locale == "ar")
        return {re.search(r"/s/[a-z2-7]{24}", one.body)[0]: one.body for one in db.session.scalars(rows)}


def morning(serve, home, app, period):
    """The programme's work of a morning; gives the round, and the letters that it wrote."""
    before = letters(serve, home)
    with serve(home):
        programme.run()
        key = str(db.session.scalars(select(SurveyRound.id).where(SurveyRound.period == period)).one())
        db.session.commit()
    with app.app_context():
        runner.work(home.role, rounds.BUILD, key)
    return key, {link: body for link, body in letters(serve, home).items() if link not in before}


def test_a_closed_case_leads_to_a_letter_an_answer_and_a_figure(serve, home, app, client, signed_in, asked):
    handlers.load()
    key, written = morning(serve, home, app, asked)
    link, body = next(iter(written.items()))
    assert "الرابط لك وحدك ويُستعمل مرة واحدة" in body
    assert morning(serve, home, app, asked) == (key, {}), "each person is asked once a month at most"

    browser = client(home)
    first = browser.get(f"{link}?lang=ar").text
    assert "لا يعرف أحد بماذا أجبت" in first
    assert "{الخدمة}" not in first
    answers = ANSWERS | {"page": "words", "go": "send"}
    assert "وصلتنا إجاباتك" in browser.post(link, data=answers).text
    with serve(home):
        path = f"/s/{rounds.get(key).code}"
    for _ in range(5):
        assert client(home).post(path, data=answers).status_code == 200

    officer = signed_in(home, "relations_officer")
    assert "finding-" not in officer.get(f"/desk/surveys/{key}/results").text
    assert officer.post(f"/desk/surveys/{key}/close").status_code == 302
    for lang, said in (("en", "CSAT = those who chose 4 or 5"), ("ar", "من اختاروا 4 أو 5")):
        page = officer.get(f"/desk/surveys/{key}/results?lang={lang}").text
        assert said in page
        assert "100%" in page
    assert client(home).get(path).status_code == 409
