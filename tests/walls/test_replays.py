"""What opens something in one association, tried in another: cookies, codes, addresses, links."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.cases.models import Case, CaseDocument
from silah.demo import people
from silah.intake import draft_session
from silah.staff import service, tokens
from tenants.context import serving
from tenants.database import db
from tests.conftest import BASE
from tests.walls.conftest import EVERYTHING, PASSWORD, Browser, Town


def carried(browser: Browser, domain: str, to: Browser, name: str = "silah", path: str = "/") -> Browser:
    """Take a cookie from one host to another by hand, as no browser would."""
    cookie = browser.get_cookie(name, domain=domain, path=path)
    assert cookie is not None
    to.set_cookie(name, cookie.value, domain=to.base_url.removeprefix("http://"), path=path)
    return to


def told(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="[\w.-]{80,}"|name="idempotency_key"[^>]*>', "", page)


class TestASession:
    def test_of_staff_is_noise_elsewhere(self, a: Town, b: Town, platform: Browser) -> None:
        member = a.member(EVERYTHING)
        for stranger in (b.visitor(), platform):
            carried(member, a.host, stranger)
            assert stranger.get("/desk/cases").status_code in (302, 404)
            assert "Location" not in (answer := stranger.get("/sign-in")).headers
            assert answer.status_code == 200

    def test_of_an_operator_is_noise_at_an_association(self, app: Flask, a: Town, platform: Browser) -> None:
        with app.app_context():
            email = people.address("operator", a.tenant.slug)
            person = service.ensure(email, "operator", operator=True)
            service.choose_password(person.id, PASSWORD)
        assert platform.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 302
        assert platform.get("/console/associations").status_code == 200
        stranger = carried(platform, BASE, a.visitor())
        assert stranger.get("/desk/cases").status_code == 302
        # Nor does the operator's password open an association in which they are nobody.
        assert a.visitor().post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 422

    def test_of_a_member_opens_no_console(self, a: Town, platform: Browser) -> None:
        sent = {"email": people.address("administrator", a.tenant.slug), "password": PASSWORD}
        assert platform.post("/sign-in", data=sent).status_code == 422
        assert platform.get("/console/associations").status_code == 302

    def test_of_one_association_is_not_begun_at_another_by_password(self, a: Town, b: Town) -> None:
        sent = {"email": people.address("administrator", a.tenant.slug), "password": PASSWORD}
        right = b.visitor().post("/sign-in", data=sent)
        wrong = b.visitor().post("/sign-in", data={**sent, "password": "wrong"})
        assert right.status_code == wrong.status_code == 422
        assert told(right.text) == told(wrong.text)


class TestWhatAnApplicantHolds:
    def test_a_receipt_code_opens_nothing_elsewhere(self, a: Town, b: Town) -> None:
        _, _, reference, code = a.followed()
        with b.app.app_context(), serving(b.tenant):
            assert db.session.scalar(select(Case.id).where(Case.reference == reference)) is not None
        answer = b.visitor().post("/follow", data={"reference": reference, "code": code})
        other = b.visitor().post("/follow", data={"reference": reference, "code": "AAAA-AAAA-AAAA"})
        assert answer.status_code == other.status_code == 422
        assert told(answer.text).replace(code, "") == told(other.text).replace("AAAA-AAAA-AAAA", "")

    def test_a_tracking_session_opens_nothing_elsewhere(self, a: Town, b: Town) -> None:
        browser, case_id, _, _ = a.followed()
        assert browser.get(f"/follow/{case_id}").status_code == 200
        stranger = carried(browser, a.host, b.visitor())
        assert stranger.get(f"/follow/{case_id}").status_code == 404

    def test_a_tracking_session_opens_no_other_case(self, a: Town) -> None:
        browser, case_id, _, _ = a.followed()
        others = [one for one in a.ids(Case, most=5) if one != case_id]
        for path in ("", "/receipt.pdf", "/attestation.pdf", "/missing.pdf", "/attest", "/attest/code"):
            assert [browser.get(f"/follow/{one}{path}").status_code for one in others] == [404] * len(others)

    def test_a_documents_address_needs_its_case(self, a: Town, b: Town) -> None:
        with a.app.app_context(), serving(a.tenant):
            mine = select(CaseDocument.case_id, CaseDocument.file_id)
            number, (case_id, file_id) = next(
                (n, row)
                for n, (row, case) in enumerate(
                    (
                        db.session.execute(
                            mine.where(CaseDocument.case_id == case, CaseDocument.for_applicant)
                        ).first(),
                        case,
                    )
                    for case in db.session.scalars(
                        select(Case.id).where(Case.kind == "request").order_by(Case.reference)
                    )
                )
                if row
            )
            hidden = db.session.scalar(
                select(CaseDocument.file_id).where(CaseDocument.case_id == case_id, ~CaseDocument.for_applicant)
            )
            foreign = db.session.scalar(select(CaseDocument.file_id).where(CaseDocument.case_id != case_id))
        browser, _, _, _ = a.followed(number)
        assert browser.get(f"/documents/{file_id}").status_code == 200
        assert browser.get(f"/documents/{foreign}").status_code == 404
        if hidden:
            assert browser.get(f"/documents/{hidden}").status_code == 404
        assert a.visitor().get(f"/documents/{file_id}").status_code == 404
        assert b.member(EVERYTHING).get(f"/documents/{file_id}").status_code == 404
        assert a.member("holds_nothing").get(f"/documents/{file_id}").status_code == 404
        browser.post(f"/follow/{case_id}/leave")
        assert browser.get(f"/documents/{file_id}").status_code == 404

    def test_a_draft_is_its_writers(self, a: Town, b: Town) -> None:
        writer, stranger, another = a.visitor(), b.visitor(), a.visitor()
        for browser in (writer, stranger):
            domain = browser.base_url.removeprefix("http://")
            browser.set_cookie(draft_session.COOKIE, a.draft_secret, domain=domain, path="/requests")
        assert writer.get(f"/requests/new/{a.draft}/who").status_code == 200
        assert stranger.get(f"/requests/new/{a.draft}/who").status_code == 404
        assert another.get(f"/requests/new/{a.draft}/who").status_code == 404

    def test_a_one_time_code_asked_for_here_is_not_asked_for_there(self, a: Town, b: Town) -> None:
        browser = a.visitor()
        browser.post("/follow/code", data={"reference": "R-1448-000001"})
        assert browser.get("/follow/code/enter").status_code == 200
        assert carried(browser, a.host, b.visitor()).get("/follow/code/enter").location == "/follow/code"


class TestALink:
    @pytest.fixture
    def secret(self, app: Flask, a: Town) -> Any:
        def mint(purpose: str) -> str:
            with app.app_context():
                person = service.find(people.address("volunteer", a.tenant.slug))
                assert person is not None
                return tokens.mint(purpose, person.id, a.tenant.id)  # type: ignore[arg-type]

        return mint

    @pytest.mark.parametrize(("purpose", "address"), [("reset", "/password/{}"), ("invite", "/invitation/{}")])
    def test_is_for_its_host_alone(
        self, a: Town, b: Town, platform: Browser, secret: Any, purpose: str, address: str
    ) -> None:
        path = address.format(secret(purpose))
        sent = {"password": PASSWORD, "again": PASSWORD}
        for stranger in (b.visitor(), platform):
            assert stranger.get(path).status_code == 404
            assert stranger.post(path, data=sent).status_code == 404
        assert a.visitor().get(path).status_code == 200
        other = "/password/{}" if purpose == "invite" else "/invitation/{}"
        assert a.visitor().get(other.format(path.rsplit("/", 1)[1])).status_code == 404

    @pytest.mark.parametrize(("purpose", "address"), [("reset", "/password/{}"), ("invite", "/invitation/{}")])
    def test_is_good_once_and_for_a_time(self, a: Town, secret: Any, purpose: str, address: str, clock: Any) -> None:
        path, sent = address.format(secret(purpose)), {"password": PASSWORD, "again": PASSWORD}
        assert a.visitor().post(path, data=sent).status_code == 302
        assert a.visitor().post(path, data=sent).status_code == 404
        late = address.format(secret(purpose))
        clock(now() + timedelta(days=8))
        assert a.visitor().get(late).status_code == 404

    def test_a_pass_is_for_its_host_once(self, a: Town, b: Town, secret: Any) -> None:
        sent = {"token": secret("switch")}
        assert b.visitor().post("/switched", data=sent).status_code == 404
        assert a.visitor().post("/switched", data=sent).status_code == 302
        assert a.visitor().post("/switched", data=sent).status_code == 404


def now() -> Any:
    return clock.now()
