"""A reference typed into a complaint is kept as it was typed, and tells nobody whether there is such a case."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from silah import clock as time
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.complaints.desk_forms import classify_form
from silah.complaints.models import complaint_of
from silah.errors import Invalid
from tenants.database import db
from tests.complaints.conftest import MONDAY, Office


@pytest.fixture(scope="module")
def home(make_association: Callable[..., Any]) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def office(serve: Any, home: Any) -> Iterator[Office]:
    with serve(home), time.at(MONDAY):
        yield Office(home)
        db.session.rollback()


def about(case: Case) -> Any:
    return complaint_of(case)


def offered(office: Office, case: Case, by: Any) -> str:
    """What the form of classifying has as the case that it is about."""
    from flask import current_app

    with current_app.test_request_context():
        return str(classify_form(case, by).request.data)


TYPED = ("R-1448-999999", "C-1448-000001", "ط ١٢٣", "طلب المكيف في رمضان", "R-1448")


@pytest.mark.parametrize("typed", TYPED)
def test_is_kept_as_it_was_typed_whatever_it_is(office: Office, typed: str) -> None:
    case = office.complain(about="decision", reference=typed).case
    assert about(case).about_reference == typed
    assert about(case).about_case_id is None


def test_is_kept_beside_a_name(office: Office) -> None:
    case = office.complain(about="person", name="موظف الاستقبال", reference="R-1448-999999").case
    assert (about(case).about_words, about(case).about_reference) == ("موظف الاستقبال", "R-1448-999999")


def test_of_another_kind_is_offered_to_an_officer_who_links_it(office: Office) -> None:
    other = office.complain().case
    case = office.complain(about="decision", reference=other.reference).case
    chair = office.member("follow_up_committee_chair")
    assert offered(office, case, chair) == other.reference
    perform(case, "classify", chair, {"topic": "delay", "severity": "low", "about": other.reference})
    assert about(case).about_case_id == other.id
    perform(case, "classify", chair, {"topic": "delay", "severity": "low", "about": ""})
    assert about(case).about_case_id is None
    assert about(case).about_reference == other.reference


def test_of_a_case_closed_to_the_officer_sounds_like_one_of_none(office: Office) -> None:
    secret = office.complain().case
    secret.confidential = True
    db.session.flush()
    case = office.complain(about="decision", reference=secret.reference).case
    chair = office.member("follow_up_committee_chair")
    assert offered(office, case, chair) == ""
    said = []
    for reference in (secret.reference, "C-1448-999999"):
        with pytest.raises(Invalid) as refused:
            perform(case, "classify", chair, {"topic": "delay", "severity": "low", "about": reference})
        said.append(str(refused.value.fields["request"]))
    assert said[0] == said[1]


def test_that_an_officer_types_wrongly_is_refused_in_words(office: Office) -> None:
    case = office.complain().case
    chair = office.member("follow_up_committee_chair")
    with pytest.raises(Invalid):
        perform(case, "classify", chair, {"topic": "delay", "severity": "low", "about": "R-1448-999999"})


def test_stands_on_the_page_of_the_complaint(signed_in: Any, serve: Any, home: Any) -> None:
    with serve(home):
        case_id = Office(home).complain(about="decision", reference="R-1448-999999").case.id
        db.session.commit()
    page = signed_in(home, "follow_up_committee_chair").get(f"/desk/cases/{case_id}?lang=en").text
    assert "Reference that the complainant gave" in page
    assert "R-1448-999999" in page


def test_changes_nothing_of_the_answer_to_who_typed_it(client: Any, serve: Any, home: Any) -> None:
    with serve(home):
        known = Office(home).complain().case.reference
        db.session.commit()
    answers = []
    for reference in (known, "C-1448-999999"):
        browser = client(home)
        said = {"about": "decision", "text": "لم يصلني رد", "reference": reference, "how": "anonymous"}
        answer = browser.post("/complaints/new?lang=en", data=said)
        answers.append((answer.status_code, answer.headers.get("Location", "")[:10]))
    assert answers[0] == answers[1]
