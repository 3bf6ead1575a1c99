"""Inquiries, suggestions and support: routed to the liaison officer of the area, answered, published."""

import pytest
from sqlalchemy import select

from silah.cases.states import State
from silah.complaints import areas, inquiries, public_answers
from silah.errors import Conflict, Forbidden, Invalid
from silah.notifications.models import OutboxMessage
from tenants.database import db

from .conftest import PERSON

TEXTS = {
    "question_ar": "متى تُصرف الإعانة؟",
    "question_en": "When is aid paid?",
    "answer_ar": "تُصرف في أول كل شهر هجري.",
    "answer_en": "On the first of each Hijri month.",
}


@pytest.fixture
def area(office):
    admin = office.member("administrator")
    officer, stand_in = office.person("liaison_officer"), office.person("liaison_officer")
    made = areas.save(
        None, by=admin, kind="field", name_ar="الإعانات", name_en="Aid", officer=officer.id, stand_in=stand_in.id
    )
    db.session.refresh(made)
    return made


def asked(kind="inquiry", **more):
    return inquiries.ask(kind, "متى تُصرف الإعانة؟", PERSON, channel="website", **more).case


class TestRouting:
    def test_to_the_officer_of_the_area(self, office, area):
        case = asked(area=area.id)
        assert case.holder_id == area.officer_id
        assert case.reference.startswith("Q-1448-")

    def test_to_the_stand_in_while_the_officer_is_away(self, office, area):
        area.officer.state = "suspended"
        assert asked(area=area.id).holder_id == area.stand_in_id

    def test_without_an_area_all_liaison_officers_are_told(self, office, area):
        case = asked("suggestion")
        assert case.holder_id is None
        rows = select(OutboxMessage.address).where(
            OutboxMessage.case_id == case.id, OutboxMessage.template == "inquiry_came"
        )
        assert {area.officer.email, area.stand_in.email} <= set(db.session.scalars(rows))

    def test_an_officer_must_be_able_to_answer(self, office):
        with pytest.raises(Invalid) as refused:
            areas.save(
                None,
                by=office.member("administrator"),
                kind="field",
                name_ar="س",
                name_en="x",
                officer=office.person("volunteer").id,
                stand_in=None,
            )
        assert set(refused.value.fields) == {"officer"}


class TestAnswering:
    def test_by_the_holder_within_its_own_period(self, office, area):
        case = asked("support", area=area.id)
        assert (case.latest - case.received_at.date()).days == 2
        with pytest.raises(Forbidden):
            inquiries.answer(case, by=office.member("liaison_officer"), text="جواب")
        inquiries.answer(case, by=office.member(area.officer), text="جواب")
        assert case.state is State.REPLIED
        inquiries.reopen(case, reason="لم يتضح")
        assert case.state is State.RECEIVED

    def test_what_was_answered_is_not_answered_again(self, office, area):
        case, officer = asked(area=area.id), office.member(area.officer)
        inquiries.answer(case, by=officer, text="جواب")
        with pytest.raises(Conflict):
            inquiries.answer(case, by=officer, text="جواب آخر")


class TestForEverybody:
    def test_is_found_with_arabic_folding_in_either_language(self, office):
        admin = office.member("administrator")
        made = public_answers.publish(by=admin, texts=TEXTS)
        for words in ("الاعانه", "hijri month", "متي"):
            assert made in public_answers.shown(words)[0]
        assert made not in public_answers.shown("لا شيء كهذا")[0]
        public_answers.withdraw(made, by=admin)
        assert made not in public_answers.shown()[0]

    def test_needs_both_languages(self, office):
        with pytest.raises(Invalid) as refused:
            public_answers.publish(by=office.member("administrator"), texts=TEXTS | {"answer_en": " "})
        assert set(refused.value.fields) == {"answer_en"}
