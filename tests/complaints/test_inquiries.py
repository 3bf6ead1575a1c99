"""Inquiries, suggestions and support: routed to the liaison officer of the area, answered, published."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import messages, referrals, visibility
from silah.cases.errors import NotAReferee
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import list_possible, perform
from silah.complaints import inquiries, liaison_areas, overview, public_answers
from silah.errors import Conflict, Forbidden, Invalid
from silah.notifications.models import OutboxMessage
from tenants.database import db

from .conftest import MONDAY, PERSON, Office

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
    made = liaison_areas.save(
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
            liaison_areas.save(
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
            perform(case, "answer", office.member("liaison_officer"), {"text": "جواب"})
        perform(case, "answer", office.member(area.officer), {"text": "جواب"})
        assert case.state is State.REPLIED
        with clock.at(clock.now() + timedelta(hours=1)):
            perform(case, "reopen", None, {"reason": "لم يتضح"})
        assert case.state is State.RECEIVED
        assert [one.body for one in messages.list_messages(case, for_applicant=True)] == ["جواب", "لم يتضح"]

    def test_what_was_answered_is_not_answered_again(self, office, area):
        case, officer = asked(area=area.id), office.member(area.officer)
        perform(case, "answer", officer, {"text": "جواب"})
        with pytest.raises(Conflict):
            perform(case, "answer", officer, {"text": "جواب آخر"})


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


class TestReferral:
    @pytest.mark.parametrize(
        ("blueprint", "roles"),
        [
            ("tamkeen-qassim", ["management"]),
            ("hayat-arar", ["social_research_officer"]),
            ("samtah-cooperative", ["liaison_officer"]),
        ],
    )
    def test_is_offered_to_whom_the_policy_names_and_answered_by_them(self, make_association, serve, blueprint, roles):
        tenant = make_association(blueprint=blueprint)
        with serve(tenant), clock.at(MONDAY):
            office = Office(tenant)
            case, officer = asked(), office.member("liaison_officer")
            (refer,) = [one for one in list_possible(case, officer) if one.key == "refer"]
            assert refer.form is not None
            assert [choice.value for choice in refer.form.build(case, officer).to_role.choices] == roles
            referral = referrals.refer(case, by=officer, to_role=roles[0], question="من أين يُصرف؟")
            other = office.member(roles[0])
            assert db.session.scalar(select(Case.id).where(Case.id == case.id, visibility.visible(other)))
            referrals.answer(referral, by=other, text="من الخزينة")
            perform(case, "answer", officer, {"text": "من الخزينة"})
            assert case.state is State.REPLIED
            db.session.rollback()

    def test_to_another_role_is_refused(self, office):
        with pytest.raises(NotAReferee):
            referrals.refer(asked(), by=office.member("liaison_officer"), to_role="volunteer", question="س")


class TestASuggestion:
    def test_is_acknowledged_owned_and_answered(self, office, area):
        case = asked("suggestion", area=area.id)
        rows = select(OutboxMessage.template).where(OutboxMessage.case_id == case.id)
        assert {"inquiry_received", "inquiry_came"} <= set(db.session.scalars(rows))
        officer = office.member(area.officer)
        assert case.holder_id == officer.id
        perform(case, "answer", officer, {"text": "سندرسه في الربع القادم"})
        assert "inquiry_answered" in set(db.session.scalars(rows))


class TestSeniorManagement:
    def test_sees_each_officers_load_and_lateness_also_of_who_has_none(self, office, area):
        asked(area=area.id)
        late = asked(area=area.id)
        late.latest = clock.today() - timedelta(days=1)
        db.session.flush()
        shown = {
            row.name: (row.open, row.late) for row in overview.load(office.member("senior_management"))["officers"]
        }
        assert shown[area.officer.name] == (2, 1)
        assert shown[area.stand_in.name] == (0, 0)
