"""What an applicant sends about a case that nobody at work holds: somebody is told, and it is unread until read."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from silah import clock as time
from silah.cases import confidentiality, messages
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.complaints import bodies, inquiries
from silah.desk import counts, queue, timeline_presenter
from silah.desk import queue_rows as rows
from silah.desk.filters import Filters
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from silah.settlements import claims
from silah.settlements.claims import Told
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.web.access import Member
from tenants.database import db
from tests.complaints.conftest import MONDAY, PERSON
from tests.intake.conftest import Place, png
from tests.settlements.conftest import House

ROLES = (
    "relations_officer",
    "liaison_officer",
    "follow_up_committee_member",
    "investigation_committee_chair",
    "management",
    "secretary_general",
    "delegate",
)


class Town(House):
    """The association, with one member of each role beside the house's own."""

    def __init__(self, tenant: Any) -> None:
        super().__init__(tenant)
        self.people = {role: self.person(role) for role in ROLES}
        self.at_desk = {role: self.member(person) for role, person in self.people.items()}

    def received(self, kind: str) -> Case:
        """A case of this kind that nobody holds."""
        if kind == "request":
            return Place(self.tenant).case()
        if kind == "complaint":
            return self.complain().case
        if kind in (DISPUTE, COMPENSATION):
            return claims.receive(kind, Told("تلف جهاز", person=PERSON), by=None, channel="website").case
        return inquiries.ask(kind, "متى يفتح الباب؟", PERSON, channel="website").case


@pytest.fixture(scope="module")
def tenant(make_association: Callable[..., Any]) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def town(serve: Any, tenant: Any) -> Iterator[Town]:
    with serve(tenant), time.at(MONDAY):
        yield Town(tenant)
        db.session.rollback()


def told(case: Case, template: str = "applicant_answered") -> set[str]:
    rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == template)
    return {one.address for one in db.session.scalars(rows)}


def unread(member: Member) -> set[Any]:
    return {case.id for case in queue.page(Filters.read({"view": "unread"}), member).cases}


def marked(case: Case) -> bool:
    with current_app.test_request_context():
        return rows.row(case).unread


RESPONSIBLE = [
    ("request", "relations_officer"),
    ("complaint", "follow_up_committee_member"),
    ("inquiry", "liaison_officer"),
    ("suggestion", "liaison_officer"),
    ("support", "liaison_officer"),
    ("dispute", "follow_up_committee_member"),
    ("compensation", "investigation_committee_chair"),
]


@pytest.mark.parametrize(("kind", "role"), RESPONSIBLE)
class TestAMessage:
    def test_reaches_who_answers_for_the_kind_stands_in_their_list_and_is_cleared_by_them(
        self, town: Town, kind: str, role: str
    ) -> None:
        case = town.received(kind)
        messages.receive(case, "هل من جديد؟")
        responsible, other = town.at_desk[role], town.at_desk["delegate"]
        assert town.people[role].email in told(case)
        assert town.people["delegate"].email not in told(case)
        assert case.id in unread(responsible)
        assert counts.counts(responsible)["unread"] >= 1
        assert marked(case)
        timeline_presenter.of(case, other)
        assert case.id in unread(responsible)
        timeline_presenter.of(case, responsible)
        assert case.id not in unread(responsible)
        assert not marked(case)


class TestWhatElseReachesThem:
    def test_a_document_and_an_answer_that_were_asked_for(self, town: Town) -> None:
        case = town.received("request")
        officer = town.at_desk["relations_officer"]
        perform(case, "ask_for", officer, {"items": ["document:id_card"]})
        case.holder = None
        db.session.flush()
        perform(case, "provide_document", None, {"key": "id_card", "upload": png(), "valid_until": "1/1/2030"})
        assert case.id in unread(officer)
        assert town.people["relations_officer"].email in told(case)

    def test_a_document_of_several_marks_the_case_at_once_and_is_told_once_all_are_in(self, town: Town) -> None:
        case = town.received("request")
        perform(case, "ask_for", town.at_desk["relations_officer"], {"items": ["document:id_card", "field:purpose"]})
        perform(case, "provide_document", None, {"key": "id_card", "upload": png(), "valid_until": "1/1/2030"})
        assert told(case) == set()
        assert case.id in unread(town.at_desk["relations_officer"])
        perform(case, "provide_answers", None, {"step": "need", "answers": {"purpose": "دراسة"}})
        assert town.people["relations_officer"].email in told(case)

    def test_an_offer_of_the_beneficiary(self, town: Town) -> None:
        case = town.received("dispute")
        perform(case, "counter_offer", None, {"draft": town.draft("500.00")})
        assert town.people["follow_up_committee_member"].email in told(case, "offer_came")
        assert case.id in unread(town.at_desk["follow_up_committee_member"])

    def test_one_who_asks_again(self, town: Town) -> None:
        case = town.received("inquiry")
        perform(case, "answer", town.at_desk["liaison_officer"], {"text": "غدًا"})
        case.holder = None
        db.session.flush()
        perform(case, "reopen", None, {"reason": "لم يفتح"})
        assert case.id in unread(town.at_desk["liaison_officer"])


class TestAHolder:
    def test_at_work_is_told_alone_and_it_waits_in_their_list_alone(self, town: Town) -> None:
        case = town.received("inquiry")
        case.holder = town.people["management"]
        db.session.flush()
        messages.receive(case, "هل من جديد؟")
        assert told(case) == {town.people["management"].email}
        assert case.id in unread(town.at_desk["management"])
        assert case.id not in unread(town.at_desk["liaison_officer"])

    def test_who_is_suspended_holds_nothing_back(self, town: Town) -> None:
        case = town.received("complaint")
        case.holder = town.people["follow_up_committee_member"]
        case.holder.state = "suspended"
        db.session.flush()
        messages.receive(case, "هل من جديد؟")
        assert town.people["follow_up_committee_member"].email not in told(case)
        chair = db.session.get_one(Membership, town.chair.id)
        assert chair.email in told(case)
        assert case.id in unread(town.chair)


class TestAGuardedCase:
    def test_that_is_confidential_is_told_to_its_readers_alone(self, town: Town) -> None:
        case = town.received("complaint")
        confidentiality.confide(case)
        confidentiality.name_readers(case, [town.people["follow_up_committee_member"]], None)
        messages.receive(case, "أخاف أن يعرفوا")
        assert told(case) == {town.people["follow_up_committee_member"].email}
        assert case.id in unread(town.at_desk["follow_up_committee_member"])
        assert case.id not in unread(town.chair)

    def test_is_never_told_to_whom_it_is_about(self, town: Town) -> None:
        case = town.received("complaint")
        confidentiality.bar(case, [town.people["follow_up_committee_member"]], "subject")
        messages.receive(case, "هل من جديد؟")
        assert town.people["follow_up_committee_member"].email not in told(case)
        assert case.id not in unread(town.at_desk["follow_up_committee_member"])

    def test_whose_body_has_nobody_at_work_reaches_who_oversees_complaints(self, town: Town) -> None:
        case = town.received("complaint")
        for one in bodies.seated("follow_up_committee"):
            one.state = "suspended"
        db.session.flush()
        messages.receive(case, "هل من جديد؟")
        assert town.people["secretary_general"].email in told(case)
        assert case.id in unread(town.at_desk["secretary_general"])
        timeline_presenter.of(case, town.at_desk["secretary_general"])
        assert case.id not in unread(town.at_desk["secretary_general"])

    def test_that_is_nameless_keeps_the_day_of_the_message_and_no_hour(self, town: Town) -> None:
        case = town.complain(anonymous=True).case
        perform(case, "write", None, {"body": "هل من جديد؟"})
        assert case.unread_since == time.day_start()


class TestTheList:
    def test_costs_the_same_statements_whatever_stands_in_it(self, town: Town, queries: Any) -> None:
        sent = []
        for few in (1, 6):
            for _number in range(few):
                messages.receive(town.received("inquiry"), "هل من جديد؟")
            db.session.expire_all()
            with queries() as said:
                queue.page(Filters.read({"view": "unread"}), town.at_desk["liaison_officer"])
            sent.append(len(said))
        assert sent[0] == sent[1] <= 3

    def test_is_counted_with_the_others_in_one_statement(self, town: Town, queries: Any) -> None:
        messages.receive(town.received("inquiry"), "هل من جديد؟")
        with queries() as said:
            counts.counts(town.at_desk["liaison_officer"])
        assert len(said) == 1

    def test_writing_the_mark_makes_nobodys_page_out_of_date(self, town: Town) -> None:
        case = town.received("inquiry")
        messages.receive(case, "هل من جديد؟")
        version = case.version
        timeline_presenter.of(case, town.at_desk["liaison_officer"])
        db.session.expire(case)
        assert case.version == version
