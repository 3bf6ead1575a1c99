"""Proving who one is while following a case: by a code to a contact confirmed with the original, and nothing else."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from silah.cases import beneficiary_files as files
from silah.cases import beneficiary_links, parties
from silah.cases.models import Case, OneTimeCode
from silah.cases.party_models import CaseParty
from silah.notifications.models import OutboxMessage
from silah.portal.identity_routes import ASKED, MOST_A_DAY, send_asked
from tenants.database import db
from tenants.registry import DueWork
from tests.complaints.test_portal import PERSON, followed, sent
from tests.portal.applicant import national_id

HER_MOBILE = "+966541112233"


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def known(serve: Any, home: Any) -> Any:
    """`known(how)` is the national ID of somebody whose file was made so, with a mobile."""

    def made(how: str | None) -> str:
        number = national_id()
        with serve(home):
            party = parties.make("beneficiary", {"name": "جواهر", "national_id": number, "mobile": HER_MOBILE})
            file, _differs = beneficiary_links.find_or_open(party)
            if how is not None:
                beneficiary_links.prove(file, party, how, None)
            db.session.commit()
        return number

    return made


@pytest.fixture
def asks(client: Any, home: Any, serve: Any) -> Any:
    """Somebody who sends an inquiry with a national ID, asks for a code, and what the association's work does then."""

    def asked(number: str) -> tuple[Any, str, list[str], str]:
        browser = client(home)
        told = {"kind": "inquiry", "text": "متى؟", **PERSON, "national_id": number}
        page = followed(browser, *sent(browser, "/inquiries/new", told))
        answer = browser.post(f"{page}/identity")
        assert answer.location == f"{page}/identity/code"
        shown = browser.get(answer.location).text
        with serve(home):
            owed = select(func.count()).where(DueWork.kind == ASKED, DueWork.payload["case"].astext == page[-36:])
            assert db.session.scalar(owed) == 1
            send_asked(case_of(page).id)
            db.session.commit()
            mail = select(OutboxMessage).where(OutboxMessage.template == "identity_code")
            mail = mail.where(OutboxMessage.case_id == case_of(page).id)
            return browser, page, [f"{one.address} {one.body}" for one in db.session.scalars(mail)], shown

    return asked


def case_of(page: str) -> Case:
    return db.session.get_one(Case, page[-36:])


class TestACode:
    def test_goes_to_the_contact_that_was_confirmed_and_links_the_case(
        self, known: Any, asks: Any, serve: Any, home: Any
    ) -> None:
        browser, page, mail, _shown = asks(known("original"))
        assert len(mail) == 1
        assert HER_MOBILE in mail[0]
        code = re.search(r"\b(\d{6})\b", mail[0].split(" ", 1)[1])
        assert code is not None
        assert browser.post(f"{page}/identity/code", data={"code": code[1]}).location == page
        with serve(home):
            case = case_of(page)
            assert case.applicant is not None
            assert case.applicant_id == case.beneficiary_id == case.applicant.candidate_id
            assert (case.applicant.confirmed_how, case.applicant.confirmed_by) == ("code", None)
            assert [one.id for one in files.cases_of(files.get(case.applicant.candidate_id))] == [case.id]
        assert browser.get(f"{page}/identity").status_code == 404

    @pytest.mark.parametrize("how", [None, "spoke"])
    def test_is_not_sent_to_a_contact_that_was_only_typed_or_told(self, known: Any, asks: Any, how: str | None) -> None:
        _browser, _page, mail, _shown = asks(known(how))
        assert mail == []

    def test_is_asked_for_and_refused_alike_whether_there_is_such_a_contact(self, known: Any, asks: Any) -> None:
        pages = []
        for number in (known("original"), known(None), national_id()):
            browser, page, _mail, shown = asks(number)
            wrong = browser.post(f"{page}/identity/code", data={"code": "12"})
            tracking = browser.get(page)
            texts = (shown, wrong.text, tracking.text)
            pages.append((wrong.status_code, [neutral(text, page, number) for text in texts]))
        assert pages[0] == pages[1] == pages[2]

    def test_that_nobody_was_sent_is_kept_alike(self, known: Any, asks: Any, serve: Any, home: Any) -> None:
        kept = []
        for number in (known("original"), known(None), national_id()):
            _browser, page, _mail, _shown = asks(number)
            with serve(home):
                rows = db.session.scalars(select(OneTimeCode).where(OneTimeCode.case_id == page[-36:])).all()
                codes_kept = [(row.purpose[:9], len(row.digest), row.tries_left) for row in rows]
                kept.append([*codes_kept, case_of(page).version])
        assert kept[0] == kept[1] == kept[2]
        assert len(kept[0]) == 2

    def test_of_another_case_or_for_following_proves_nothing(
        self, known: Any, asks: Any, serve: Any, home: Any
    ) -> None:
        number = known("original")
        _first, _page, mail, _shown = asks(number)
        code = re.search(r"\b(\d{6})\b", mail[0].split(" ", 1)[1])
        assert code is not None
        browser, page, _mail, _shown = asks(number)
        assert browser.post(f"{page}/identity/code", data={"code": code[1]}).status_code == 422
        with serve(home):
            assert case_of(page).applicant_id is None

    def test_proves_nothing_of_another_number_that_is_typed_after_it_was_sent(
        self, known: Any, asks: Any, serve: Any, home: Any
    ) -> None:
        hers, number = known("original"), known("original")
        browser, page, mail, _shown = asks(number)
        code = re.search(r"\b(\d{6})\b", mail[0].split(" ", 1)[1])
        assert code is not None
        with serve(home):
            case = case_of(page)
            assert case.applicant is not None
            beneficiary_links.identify(case, case.applicant, hers, by=None)
            db.session.commit()
        assert browser.post(f"{page}/identity/code", data={"code": code[1]}).status_code == 422
        with serve(home):
            case = case_of(page)
            assert case.applicant is not None
            assert (case.applicant_id, case.applicant.confirmed_how) == (None, None)

    def test_is_not_sent_without_end_whoever_asks_on_whatever_case(
        self, known: Any, asks: Any, serve: Any, home: Any
    ) -> None:
        number = known("original")
        for _ in range(3):
            _browser, page, _mail, _shown = asks(number)
            with serve(home):
                for _again in range(4):
                    send_asked(case_of(page).id)
                db.session.commit()
        with serve(home):
            candidate = select(CaseParty.candidate_id).where(CaseParty.case_id == page[-36:]).scalar_subquery()
            cases = select(CaseParty.case_id).where(CaseParty.candidate_id == candidate)
            told = OutboxMessage.template == "identity_code", OutboxMessage.case_id.in_(cases)
            assert db.session.scalar(select(func.count()).select_from(OutboxMessage).where(*told)) == MOST_A_DAY


def neutral(text: str, page: str, number: str) -> str:
    for word in (page, number):
        text = text.replace(word, "…")
    text = re.sub(r'value="[^"\s]{16,}"|[\w.-]{40,}', "…", text)
    return re.sub(r"[\d٠-٩]+", "#", text)


class TestWho:
    def test_follows_the_case_and_typed_a_number(self, client: Any, home: Any) -> None:
        browser = client(home)
        told = {"kind": "inquiry", "text": "متى؟", **PERSON}
        page = followed(browser, *sent(browser, "/inquiries/new", told))
        assert browser.get(f"{page}/identity").status_code == 404
        assert "identity" not in browser.get(page).text
        assert client(home).get(f"{page}/identity").status_code == 404
