"""What is owed by telephone or by hand: a list with names, numbers seen on record, tries, and a count."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.cases import confidentiality, contact_tasks, messages, timeline
from silah.cases.models import Case
from silah.complaints import inquiries
from silah.desk import counts
from silah.notifications import service
from silah.notifications.models import ContactAttempt, OutboxMessage
from tenants.database import db
from tests.cases.conftest import bare_case
from tests.complaints.conftest import MONDAY, PERSON, Office

NUMBER = "+966550000077"


@pytest.fixture(scope="module")
def home(make_association: Callable[..., Any]) -> Any:
    return make_association(blueprint="hayat-arar")


@pytest.fixture
def office(serve: Any, home: Any) -> Iterator[Office]:
    with serve(home), time.at(MONDAY):
        yield Office(home)
        db.session.rollback()


def called(**fields: Any) -> Case:
    """A case whose applicant agreed to be called."""
    return bare_case(reply_channel="phone", reply_address=NUMBER, **fields)


def carried(case: Case) -> list[OutboxMessage]:
    return [one.message for one in contact_tasks.list_owed_on(case)]


class TestTheList:
    def test_holds_a_call_with_the_name_until_the_applicant_is_reached(self, office: Office) -> None:
        officer, case = office.member("relations_officer"), called()
        message = service.tell_applicant("closed", case)
        before = counts.counts(officer, (counts.CONTACTS,))["contacts"]
        (found,) = [one for one in contact_tasks.list_owed(officer) if one.message is message]
        assert (found.message.means, found.name, found.address, found.tries) == ("call", "نورة", NUMBER, 0)
        contact_tasks.record_attempt(message, "no_answer", by=officer.id)
        with time.at(MONDAY + timedelta(hours=1)):
            contact_tasks.record_attempt(message, "wrong_number", by=officer.id)
        again = contact_tasks.get(message.id, officer)
        assert again.last is not None
        assert (again.tries, again.last.outcome, again.last_by) == (2, "wrong_number", officer.name)
        contact_tasks.record_attempt(message, "reached", by=officer.id)
        assert message not in carried(case)
        assert counts.counts(officer, (counts.CONTACTS,))["contacts"] == before - 1

    def test_takes_a_second_press_for_none(self, office: Office) -> None:
        officer = office.member("relations_officer")
        message = service.tell_applicant("closed", called())
        for _press in range(2):
            contact_tasks.record_attempt(message, "reached", by=officer.id)
        tries = select(func.count()).where(ContactAttempt.message_id == message.id)
        assert db.session.scalar(tries) == 1

    def test_keeps_calls_and_deliveries_apart(self, office: Office) -> None:
        letter = service.tell_applicant("closed", bare_case(reply_channel="letters", reply_address="ص.ب. 1، عرعر"))
        assert letter.means == "hand"
        assert service.tell_applicant("closed", called()).means == "call"

    def test_holds_nothing_for_who_reads_it_on_the_tracking_page(self, office: Office) -> None:
        case = bare_case(reply_channel="website", reply_address=None)
        assert service.tell_applicant("closed", case).state == "sent"
        assert carried(case) == []

    def test_shows_nobody_a_case_that_they_do_not_see(self, office: Office) -> None:
        secret = office.complain(person=PERSON | {"reply_channel": "phone"}).case
        confidentiality.confide(secret)
        (message,) = carried(secret)
        officer = office.member("relations_officer")
        assert message not in [one.message for one in contact_tasks.list_owed(officer)]

    def test_costs_the_same_statements_however_many_stand_in_it(self, office: Office, queries: Any) -> None:
        officer, sent = office.member("relations_officer"), []
        for few in (1, 6):
            for _number in range(few):
                contact_tasks.record_attempt(service.tell_applicant("closed", called()), "no_answer", by=officer.id)
            db.session.expire_all()
            with queries() as said:
                contact_tasks.list_owed(officer)
            sent.append(len(said))
        assert sent[0] == sent[1] == 2


class TestOneWhoStandsThere:
    def test_at_the_desk_owes_themselves_no_call(self, office: Office) -> None:
        clerk = office.member("relations_officer")
        person = PERSON | {"reply_channel": "phone"}
        for channel in ("interview", "phone"):
            case = inquiries.ask("inquiry", "متى؟", person, by=clerk, channel=channel).case
            assert carried(case) == []
            case = office.complain(by=clerk, channel=channel, person=person).case
            assert carried(case) == []

    def test_is_on_record_as_told_by_who_took_it_in(self, office: Office) -> None:
        clerk = office.member("relations_officer")
        person = PERSON | {"reply_channel": "phone"}
        case = inquiries.ask("inquiry", "متى؟", person, by=clerk, channel="interview").case
        rows = select(ContactAttempt.made_by).join(OutboxMessage).where(OutboxMessage.case_id == case.id)
        assert db.session.scalar(rows) == clerk.id

    def test_is_not_who_wrote_a_letter(self, office: Office) -> None:
        clerk = office.member("relations_officer")
        person = PERSON | {"reply_channel": "phone"}
        case = inquiries.ask("inquiry", "متى؟", person, by=clerk, channel="letters").case
        assert len(carried(case)) == 1

    def test_is_called_with_what_comes_later(self, office: Office) -> None:
        clerk = office.member("relations_officer")
        person = PERSON | {"reply_channel": "phone"}
        case = inquiries.ask("inquiry", "متى؟", person, by=clerk, channel="phone").case
        messages.write(case, by=clerk, body="تفضلي غدًا")
        assert [one.template for one in carried(case)] == ["message"]


class TestThePages:
    @pytest.fixture
    def owed(self, serve: Any, home: Any) -> tuple[str, str]:
        """A case whose applicant is to be called, and the address of the call."""
        with serve(home):
            person = PERSON | {"reply_channel": "phone"}
            case = inquiries.ask("inquiry", "متى؟", person, channel="website").case
            (message,) = carried(case)
            db.session.commit()
            return str(case.id), f"/desk/letters/{message.id}"

    def test_mask_the_number_and_record_who_sees_it(
        self, signed_in: Any, serve: Any, home: Any, owed: tuple[str, str]
    ) -> None:
        case_id, where = owed
        officer = signed_in(home, "relations_officer")
        page = officer.get("/desk/letters?lang=en").text
        assert f"{where}/attempts" in page
        assert NUMBER not in page
        assert "••••0077" in page
        assert NUMBER in officer.post(f"{where}/number").text
        with serve(home):
            seen = timeline.entries(db.session.get_one(Case, case_id), for_applicant=False)
            assert [line.verb for line in seen].count("looked") == 1

    def test_count_a_try_and_say_when_and_by_whom(self, signed_in: Any, home: Any, owed: tuple[str, str]) -> None:
        officer = signed_in(home, "relations_officer")
        officer.post(f"{owed[1]}/attempts", data={"outcome": "no_answer"})
        page = officer.get("/desk/letters?lang=en").text
        assert "Tried 1 time." in page
        assert "No answer" in page
        assert officer.post(f"{owed[1]}/attempts", data={"outcome": "shouted"}).status_code == 422

    def test_count_what_is_owed_in_the_navigation(self, signed_in: Any, home: Any, owed: tuple[str, str]) -> None:
        page = signed_in(home, "relations_officer").get("/desk/cases?lang=en").text
        entry = re.search(r'href="/desk/letters".*?</a>', page, re.S)
        assert entry is not None
        assert 'class="count' in entry[0]

    def test_say_to_be_called_and_never_on_its_way(self, signed_in: Any, home: Any, owed: tuple[str, str]) -> None:
        officer = signed_in(home, "relations_officer")
        page = officer.get(f"/desk/cases/{owed[0]}?lang=en").text
        assert "To be called" in page
        seen = re.search(r'name="seen" value="(\d+)"', page)
        assert seen is not None
        sent = officer.post(
            f"/desk/cases/{owed[0]}/moves/message", data={"body": "تفضلي غدًا", "seen": seen[1]}, follow_redirects=True
        )
        assert "The applicant is to be called" in sent.text
        assert "on its way" not in sent.text

    def test_tell_the_applicant_that_they_will_be_called(self, client: Any, serve: Any, home: Any) -> None:
        with serve(home):
            person = PERSON | {"reply_channel": "phone"}
            got = inquiries.ask("inquiry", "متى؟", person, channel="website")
            given = {"reference": got.case.reference, "code": got.receipt_code}
            db.session.commit()
        page = client(home).post("/follow?lang=en", data=given, follow_redirects=True).text
        assert "We will call you" in page
        assert "on its way" not in page
