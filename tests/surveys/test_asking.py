"""What the builder and whoever makes a round are told: conditions in words, reasons, whom a round asks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.cases.models import Case
from silah.cases.parties import reached_person_of
from silah.complaints.models import Inquiry, LiaisonArea
from silah.notifications.models import OutboxMessage
from silah.surveys import audience, invitations, questionnaires, rounds, rules
from silah.surveys.definition import Definition, Section
from tenants.database import db
from tests.surveys.conftest import EVERY_KIND, begun, invited, opened, planned, question, served, take, text

WITH_FILE = Definition(title=text("Paper"), sections=(Section(key="s1", questions=(question("paper", "file"),)),))


@pytest.fixture
def made(serve, home):
    """Keeps what a function makes; gives its id."""

    def keep(what):
        with serve(home):
            found = what()
            db.session.commit()
            return found.id

    return keep


def test_a_condition_is_chosen_by_question_and_in_words(seat, made):
    id_ = made(lambda: begun(EVERY_KIND))
    page = seat("administrator").get(f"/admin/surveys/{id_}/questions/why?lang=en").text
    fold = page.split("happy</bdi></summary>")[1].split("</details>")[0]
    assert "Very dissatisfied" in fold
    assert re.findall(r'value="happy=(\d)"[^>]* checked|checked[^>]* value="happy=(\d)"', fold)
    wrong = {"kind": "short", "text_ar": "س", "text_en": "q", "when": ["happy=1", "office=north"]}
    refused = seat("administrator").post(f"/admin/surveys/{id_}/questions/why?lang=en", data=wrong)
    assert refused.status_code == 422
    assert 'id="when-error"' in refused.text


def test_removing_a_question_is_asked_once_more_and_no_arrow_leads_nowhere(seat, made):
    id_ = made(lambda: questionnaires.begin("after_service"))
    page = seat("administrator").get(f"/admin/surveys/{id_}?lang=en").text
    rows = dict(re.findall(r'id="part-(\w+)">(.*?)(?=id="part-|$)', page, re.S))
    assert "Take this question out?" in rows["satisfied"]
    assert "/satisfied/up" not in rows["satisfied"]
    assert "/easy/up" in rows["easy"], "it goes to the page before"
    assert "/better/down" not in rows["better"]
    assert "/better/up" in rows["better"]


def test_a_round_that_cannot_be_made_says_why(seat, made, serve, home):
    id_ = made(lambda: begun(WITH_FILE))
    sent = {
        "questionnaire": str(id_), "anonymous": "yes", "who": "comers", "reminders": "0", "split": "",
        "opens_on": "2026-09-01", "closes_on": "2099-09-01",
    }  # fmt: skip
    refused = seat("relations_officer").post("/desk/surveys/new?lang=en", data=sent)
    assert "an anonymous round asks for none" in refused.text
    with serve(home):
        rule = {"fewest": "5", "every_months": "12", "stands_days": "21", "reminders": "2", "remind_after_days": "5"}
        source = str(id_)
    for name in ("after_cases", "periodic"):
        refused = seat("administrator").post(
            "/admin/surveys/rules?lang=en",
            data=rule | {name: source, "anonymous": "y", "after_kinds": "request"},
        )
        assert refused.status_code == 422
        assert "an anonymous round asks for none" in refused.text


def test_a_questionnaire_that_the_programme_cannot_send_is_named(seat, made, serve, home):
    id_ = made(lambda: begun(WITH_FILE))
    with serve(home):
        before = rules.rules()
        rules.save(rules.SurveyRules(periodic=id_, anonymous=True))
        db.session.commit()
    assert "cannot send" in seat("administrator").get("/admin/surveys?lang=en").text
    with serve(home):
        rules.save(before)
        db.session.commit()
    assert "cannot send" not in seat("administrator").get("/admin/surveys?lang=en").text


def test_whom_a_round_asks_is_told_and_an_empty_card_is_not_shown(seat, made, serve, home):
    asks = lambda: planned(rule=served(kinds=("request",), sample=7, seed="x7"))  # noqa: E731
    page = seat("relations_officer").get(f"/desk/surveys/{made(asks)}?lang=en").text
    for said in ("Service request", "A sample, drawn by lot", "x7"):
        assert said in page
    page = seat("relations_officer").get(f"/desk/surveys/{made(lambda: opened(rule=served()))}?lang=en").text
    assert "are being listed" in page
    assert "0 of" not in page
    page = seat("relations_officer").get(f"/desk/surveys/{(id_ := made(planned))}?lang=en").text
    assert "How far it is" not in page
    opened_ = seat("relations_officer").post(f"/desk/surveys/{id_}/open?lang=en", follow_redirects=True).text
    assert "Invitations go out now" not in opened_


def test_a_round_that_is_full_writes_to_nobody_any_more_and_says_so(seat, serve, home, clock):
    with serve(home):
        found = invited(opened(rule=served(), quota=1))
        take(found, {"happy": "4", "office": "north"})
        db.session.commit()
        id_ = found.id
    assert "As many have answered as were wanted" in seat("relations_officer").get(f"/desk/surveys/{id_}?lang=en").text
    clock(time.now() + timedelta(days=6))
    with serve(home):
        found, told = rounds.get(id_), select(func.count()).where(OutboxMessage.template == "survey_reminder")
        before = db.session.scalar(told)
        assert not invitations.remind_next_part(found)
        assert db.session.scalar(told) == before
        found.quota = 2
        invitations.remind_next_part(found)
        assert db.session.scalar(told) > before


class TestByCategory:
    def test_those_are_asked_whose_inquiry_was_of_it(self, at_home):
        case = db.session.scalars(select(Case).where(~Case.anonymous, Case.state == "closed")).first()
        area, other = (LiaisonArea(by="category", name_ar="الأيتام", name_en=name) for name in ("Orphans", "Others"))
        db.session.add_all([area, other])
        db.session.flush()
        db.session.add(Inquiry(case_id=case.id, area_id=area.id, text="سؤال"))
        db.session.flush()
        rows = db.session.execute(audience.people(served(areas=(area.id,)))).all()
        assert [(row.person, row.case_id) for row in rows] == [(reached_person_of(case), case.id)]
        assert audience.size(served(areas=(other.id,))) == 0
