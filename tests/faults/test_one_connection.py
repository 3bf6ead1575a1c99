"""One connection a request: with a pool of one nothing waits for a second while a transaction is open."""

from collections.abc import Callable, Iterator
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from silah.config import Settings
from silah.onboarding import setup
from silah.organisation.models import Membership
from silah.staff import second_factor, service, session_validity
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tests.complaints.test_portal import COMPLAINT, NAMELESS, PERSON
from tests.conftest import BASE, Browser
from tests.one_connection import app_with_one_connection
from tests.walls.forms import typed_in


@pytest.fixture
def narrow(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application with one connection in all; what asks for a second one fails instead of waiting."""
    with app_with_one_connection(settings) as made:
        yield made


@pytest.fixture
def browse(narrow: Flask) -> Callable[..., Browser]:
    def make(tenant: Tenant | None = None) -> Browser:
        made = Browser(narrow, narrow.response_class, use_cookies=True)
        made.base_url = f"http://{tenant.slug}.{BASE}" if tenant else f"http://{BASE}"
        return made

    return make


@pytest.fixture(autouse=True)
def _nothing_known(narrow: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each request ask anew for what a process otherwise remembers for seconds."""
    monkeypatch.setattr(session_validity, "SECONDS", 0)


def sign_in(browser: Browser, email: str, password: str) -> Any:
    return browser.post("/sign-in", data={"email": email, "password": password})


class TestStaff:
    def test_sign_in_look_around_and_sign_out(self, browse: Any, association: Tenant, staff: Any) -> None:
        browser = browse(association)
        assert sign_in(browser, *staff(association, "administrator")).status_code == 302
        for path in ("/desk/", "/desk/account", "/desk/associations", "/admin/settings", "/admin/members"):
            assert browser.get(path, follow_redirects=True).status_code in (200, 404), path
        assert browser.post("/sign-out").status_code == 302
        assert browser.get("/desk/").status_code == 302

    def test_an_invited_person_signs_in_for_the_first_time(
        self, narrow: Flask, browse: Any, association: Tenant, staff: Any
    ) -> None:
        email, password = staff(association, "relations_officer")
        with narrow.app_context(), serving(association):
            member = db.session.scalars(select(Membership).where(Membership.email == email)).one()
            member.state, member.accepted_at = "invited", None
            db.session.commit()
        browser = browse(association)
        assert sign_in(browser, email, password).status_code == 302
        assert browser.get("/desk/").status_code == 200

    def test_by_the_second_factor_and_by_a_code_of_the_paper(
        self, narrow: Flask, browse: Any, association: Tenant, staff: Any
    ) -> None:
        email, password = staff(association, "relations_officer")
        secret = pyotp.random_base32()
        with narrow.app_context():
            papers = second_factor.set_up(service.find(email).id, secret, pyotp.TOTP(secret).now())
        for code in papers[:2]:
            browser = browse(association)
            assert sign_in(browser, email, password).location == "/sign-in/code"
            assert browser.post("/sign-in/code", data={"code": code}).status_code == 302
        browser = browser
        for path in ("/desk/account/second-factor/codes", "/desk/account/second-factor"):
            assert browser.post(path, data={"present": password, "sure": "y"}).status_code in (200, 302), path

    def test_from_one_association_to_another(
        self, narrow: Flask, browse: Any, association: Tenant, make_association: Any, staff: Any
    ) -> None:
        other, (email, password) = make_association(), staff(association, "relations_officer")
        with narrow.app_context():
            setup.enrol(other, email, "نورة", ["volunteer"], password=password)
        browser, there = browse(association), browse(other)
        sign_in(browser, email, password)
        token = browser.get(f"/switch/{other.id}").location.partition("token=")[2]
        assert there.get(f"/switched?token={token}").status_code == 200
        assert there.post("/switched", data={"token": token}).status_code == 302
        assert there.get("/desk/").status_code == 200

    def test_the_names_of_the_association_are_changed(self, browse: Any, association: Tenant, staff: Any) -> None:
        browser = browse(association)
        sign_in(browser, *staff(association, "administrator"))
        typed = typed_in(browser.get("/admin/settings").text)
        answer = browser.post("/admin/settings", data=typed | {"name_en": "Another name", "deed": "save"})
        assert answer.status_code == 302

    def test_another_password_is_chosen(self, browse: Any, association: Tenant, staff: Any) -> None:
        browser, (email, password) = browse(association), staff(association, "relations_officer")
        sign_in(browser, email, password)
        fresh = "quite another password 77"
        typed = {"present": password, "password": fresh, "again": fresh, "confirm": fresh}
        assert browser.post("/desk/account/password", data=typed).status_code == 302
        assert browser.get("/desk/account").status_code == 200


class TestThePublic:
    @pytest.mark.parametrize(
        ("path", "typed"),
        [
            ("/complaints/new", COMPLAINT),
            ("/complaints/new", NAMELESS),
            ("/inquiries/new", {"kind": "inquiry", "text": "متى؟", **PERSON}),
        ],
    )
    def test_send_and_follow(self, browse: Any, association: Tenant, path: str, typed: dict[str, str]) -> None:
        browser = browse(association)
        sent = typed_in(browser.get(path).text) | typed
        answer = browser.post(path, data=sent)
        assert answer.status_code == 302, answer.text
        assert browser.get(answer.location).status_code == 200


class TestTheSession:
    def test_gives_its_connection_back_and_keeps_what_it_loaded(self, narrow: Flask, association: Tenant) -> None:
        with narrow.app_context(), serving(association):
            member = db.session.scalars(select(Membership)).first()
            name = member.name
            with serving(PLATFORM):
                db.session.execute(select(1))
            assert "name" in member.__dict__
            assert member.name == name

    def test_keeps_it_for_what_was_written_or_locked(self, app: Flask, association: Tenant) -> None:
        with app.app_context(), serving(association):
            first = db.session.scalars(select(Membership).with_for_update()).first()
            with serving(PLATFORM):
                db.session.execute(select(1))
            assert db.session().in_transaction()
            db.session.rollback()
            first.name = "another name"
            with serving(PLATFORM):
                db.session.execute(select(1))
            assert first.name == "another name"
            db.session.flush()
            with serving(PLATFORM):
                db.session.execute(select(1))
            db.session.rollback()
            assert first.name != "another name"
