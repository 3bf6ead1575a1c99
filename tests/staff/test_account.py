"""One's own page: name and language, another password, sessions ended everywhere, and when one signed in."""

import re

import pyotp
import pytest
from sqlalchemy import select

from silah import clock as time
from silah.organisation.models import Membership
from tenants.database import db

FRESH = "another long pass phrase"


@pytest.fixture
def known(staff, association):
    return staff(association, "relations_officer")


def enter(browser, email, password):
    return browser.post("/sign-in", data={"email": email, "password": password})


@pytest.fixture
def browser(client, association, known):
    made = client(association)
    enter(made, *known)
    return made


def is_in(browser) -> bool:
    return browser.get("/desk/associations").status_code == 200


class TestOneselfPage:
    def test_shows_when_one_signed_in_and_what_failed_before(self, client, association, known):
        for password in ("wrong", "wrong again"):
            enter(client(association), known[0], password)
        browser = client(association)
        browser.post("/sign-in", data={"email": known[0], "password": known[1]}, headers={"User-Agent": "Nokia 3310"})
        page = browser.get("/desk/account?lang=en").text
        assert "Nokia 3310" in page
        assert re.search(r'class="tag warn">\s*(<[^>]+>)*2', page) or ">2<" in page

    def test_keeps_name_and_language(self, browser, association, known, serve):
        assert browser.post("/desk/account", data={"name": "سارة", "locale": "en"}).status_code == 302
        with serve(association):
            mine = db.session.scalars(select(Membership).where(Membership.email == known[0])).one()
            assert (mine.name, mine.locale) == ("سارة", "en")

    def test_another_password_ends_every_other_session(self, client, association, known, browser):
        other = client(association)
        enter(other, *known)
        said = {"present": known[1], "password": FRESH, "again": FRESH}
        assert browser.post("/desk/account/password", data=said).status_code == 302
        assert is_in(browser)
        assert not is_in(other)
        assert enter(client(association), known[0], FRESH).status_code == 302

    def test_not_without_the_present_one(self, client, association, known, browser):
        said = {"present": "not this one", "password": FRESH, "again": FRESH}
        assert browser.post("/desk/account/password", data=said).status_code == 422
        assert enter(client(association), *known).status_code == 302

    def test_sessions_are_ended_everywhere_else(self, client, association, known, browser):
        other = client(association)
        enter(other, *known)
        assert browser.post("/desk/account/sessions").status_code == 302
        assert is_in(browser)
        assert not is_in(other)

    def test_the_code_is_set_up_and_taken_away(self, browser, known):
        page = browser.get("/desk/account/second-factor").text
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
        answer = browser.post("/desk/account/second-factor", data={"code": pyotp.TOTP(secret).at(time.now())})
        assert answer.text.count("<li><bdi") == 10
        assert browser.post("/desk/account/second-factor", data={"present": "wrong"}).status_code == 422
        assert browser.post("/desk/account/second-factor/codes", data={"present": known[1]}).status_code == 200
        assert browser.post("/desk/account/second-factor", data={"present": known[1]}).status_code == 302
        assert is_in(browser)


class TestAnAdministrator:
    def test_sees_when_a_member_signed_in_here_and_not_elsewhere(
        self, app, admin, client, association, make_association, known, member_id
    ):
        from silah.onboarding import setup

        other = make_association()
        with app.app_context():
            setup.enrol(other, known[0], "x", ["volunteer"], password=known[1])
        for tenant, machine in ((association, "Here/1"), (other, "Elsewhere/1")):
            sent = {"email": known[0], "password": known[1]}
            assert client(tenant).post("/sign-in", data=sent, headers={"User-Agent": machine}).status_code == 302
        page = admin.get(f"/admin/staff/{member_id(association, known[0])}/sign-ins").text
        assert "Here/1" in page
        assert "Elsewhere/1" not in page

    def test_sees_no_way_to_take_the_code_off_a_member(self, admin, association, known, member_id):
        page = admin.get(f"/admin/staff/{member_id(association, known[0])}").text
        assert "second-factor" not in page
