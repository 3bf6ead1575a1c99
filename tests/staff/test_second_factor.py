"""The code from the telephone: taken once, asked for by role, replaced by paper, taken away by the operator only."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from silah import clock as time
from silah.onboarding import setup
from silah.organisation.models import Role
from silah.staff import second_factor, service, sign_in
from silah.staff.models import Account, RecoveryCode
from tenants.database import db

START = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


def code_of(secret: str, moment: datetime | None = None) -> str:
    return pyotp.TOTP(secret).at(moment or time.now())


@pytest.fixture
def known(staff, association):
    return staff(association, "relations_officer")


@pytest.fixture
def armed(app, known, clock):
    """Somebody who has set up the code: address, password, secret and paper codes; a minute has passed since."""
    clock(START)
    secret = second_factor.fresh_secret()
    with app.app_context():
        person = service.find(known[0])
        codes = second_factor.set_up(person.id, secret, code_of(secret))
    clock(START + timedelta(minutes=1))
    return *known, secret, codes


def enter(browser, email, password):
    return browser.post("/sign-in", data={"email": email, "password": password})


def is_in(browser) -> bool:
    return browser.get("/desk/associations").status_code == 200


class TestSigningIn:
    def test_the_password_alone_does_not_get_in(self, client, association, armed):
        browser = client(association)
        assert enter(browser, *armed[:2]).location == "/sign-in/code"
        assert not is_in(browser)

    def test_the_code_does(self, client, association, armed):
        browser = client(association)
        enter(browser, *armed[:2])
        assert browser.get("/sign-in/code").status_code == 200
        assert browser.post("/sign-in/code", data={"code": code_of(armed[2])}).location == "/desk/"
        assert is_in(browser)

    def test_arabic_digits_and_blanks_are_taken(self, client, association, armed):
        typed = code_of(armed[2]).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        browser = client(association)
        enter(browser, *armed[:2])
        assert browser.post("/sign-in/code", data={"code": f" {typed[:3]} {typed[3:]}"}).status_code == 302

    def test_a_code_counts_once(self, client, association, armed):
        code = code_of(armed[2])
        first, second = client(association), client(association)
        for browser in (first, second):
            enter(browser, *armed[:2])
        assert first.post("/sign-in/code", data={"code": code}).status_code == 302
        assert second.post("/sign-in/code", data={"code": code}).status_code == 422
        assert not is_in(second)

    def test_nor_does_the_one_before_it(self, client, association, armed, clock):
        earlier = code_of(armed[2])
        clock(START + timedelta(seconds=90))
        browser = client(association)
        enter(browser, *armed[:2])
        browser.post("/sign-in/code", data={"code": code_of(armed[2])})
        other = client(association)
        enter(other, *armed[:2])
        assert other.post("/sign-in/code", data={"code": earlier}).status_code == 422

    def test_guessing_is_locked_even_by_who_knows_the_password(self, client, association, armed):
        browser = client(association)
        for _ in range(6):
            enter(browser, *armed[:2])
            browser.post("/sign-in/code", data={"code": "000000"})
        enter(browser, *armed[:2])  # the right password is taken, and the right code is not looked at
        browser.post("/sign-in/code", data={"code": code_of(armed[2])})
        assert not is_in(browser)

    def test_the_second_page_is_nothing_without_the_first(self, client, association):
        assert client(association).get("/sign-in/code").location == "/sign-in"
        assert client(association).post("/sign-in/set-up", data={"code": "1"}).location == "/sign-in"

    def test_what_was_proved_counts_for_ten_minutes(self, client, association, armed, clock):
        browser = client(association)
        enter(browser, *armed[:2])
        clock(START + timedelta(minutes=12))
        assert browser.post("/sign-in/code", data={"code": code_of(armed[2])}).location == "/sign-in"


class TestPaper:
    def test_each_code_stands_in_once(self, client, association, armed):
        for expected in (302, 422):
            browser = client(association)
            enter(browser, *armed[:2])
            sent = browser.post("/sign-in/code", data={"code": armed[3][0].lower()})
            assert sent.status_code == expected

    def test_ten_are_made_and_none_is_kept_in_the_clear(self, app, armed, serve):
        assert len(set(armed[3])) == 10
        with serve():
            kept = [bytes(one) for one in db.session.scalars(select(RecoveryCode.digest))]
            secrets = [bytes(one) for one in db.session.scalars(select(Account.totp_secret)) if one]
        assert not any(code.replace("-", "").encode() in digest for code in armed[3] for digest in kept)
        assert not any(armed[2].encode() in secret for secret in secrets)

    def test_fresh_ones_void_the_old(self, app, armed):
        with app.app_context():
            person = service.find(armed[0])
            fresh = second_factor.renew_codes(person.id)
            assert second_factor.prove(person.id, armed[3][1]) is None
            assert second_factor.prove(person.id, fresh[0]) == "recovery"
            assert second_factor.codes_left(person.id) == 9


class TestRequiredByARole:
    @pytest.fixture
    def demanding(self, serve, association):
        with serve(association):
            db.session.scalars(select(Role).where(Role.key == "relations_officer")).one().totp_required = True
            db.session.commit()

    def test_it_is_set_up_before_anything_else(self, client, association, known, demanding):
        browser = client(association)
        assert enter(browser, *known).location == "/sign-in/set-up"
        assert not is_in(browser)
        page = browser.get("/sign-in/set-up").text
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
        assert browser.get("/sign-in/set-up").text.count(secret[:4])  # the same on every look
        answer = browser.post("/sign-in/set-up", data={"code": code_of(secret)})
        assert answer.text.count("<li><bdi") == 10
        assert is_in(browser)

    def test_a_session_from_before_ends(self, client, association, known, serve):
        browser = client(association)
        enter(browser, *known)
        assert is_in(browser)
        with serve(association):
            db.session.scalars(select(Role).where(Role.key == "relations_officer")).one().totp_required = True
            db.session.commit()
        assert not is_in(browser)

    def test_a_wrong_code_sets_nothing_up(self, client, association, known, demanding, app):
        browser = client(association)
        enter(browser, *known)
        browser.get("/sign-in/set-up")
        assert browser.post("/sign-in/set-up", data={"code": "123"}).status_code == 422
        with app.app_context():
            assert not service.find(known[0]).has_code

    def test_the_role_page_keeps_it(self, admin, association, role_id, serve):
        id = role_id(association, "volunteer")
        said = {"name_ar": "متطوع", "name_en": "Volunteer", "permissions": ["see_cases"], "totp_required": "y"}
        assert admin.post(f"/admin/roles/{id}", data=said).status_code == 302
        with serve(association):
            assert db.session.scalars(select(Role).where(Role.key == "volunteer")).one().totp_required

    def test_one_cannot_switch_past_it(self, app, client, make_association, association, armed, serve, known):
        other = make_association()
        with app.app_context():
            setup.enrol(other, known[0], "x", ["relations_officer"])
            second_factor.remove(service.find(known[0]).id)
        with serve(other):
            from silah.staff import members

            members.admit(service.find(known[0]).id)
            db.session.scalars(select(Role).where(Role.key == "relations_officer")).one().totp_required = True
            db.session.commit()
        browser = client(association)
        enter(browser, *known)
        there = client(other)
        pass_ = browser.get(f"/switch/{other.id}").location.partition("token=")[2]
        assert there.post("/switched", data={"token": pass_}).location == "/sign-in/set-up"


class TestTheOperator:
    def test_is_asked_too(self, app, client, clock):
        clock(START)
        secret, password = second_factor.fresh_secret(), "a long password for the operator"
        with app.app_context():
            person = service.ensure(f"op-{secret.lower()}@silah.test", "op", operator=True)
            service.choose_password(person.id, password)
            second_factor.set_up(person.id, secret, code_of(secret))
        clock(START + timedelta(minutes=1))
        browser = client()
        assert enter(browser, person.email, password).location == "/sign-in/code"
        assert browser.get("/console/associations").status_code == 302
        assert browser.post("/sign-in/code", data={"code": code_of(secret)}).status_code == 302
        assert browser.get("/console/account").status_code == 200
        assert browser.get("/console/account/second-factor").status_code == 200

    def test_takes_it_away_from_who_lost_everything(self, app, client, association, armed):
        with app.app_context():
            second_factor.remove(service.find(armed[0]).id)
        browser = client(association)
        assert enter(browser, *armed[:2]).location == "/desk/"

    def test_the_password_is_still_proved_alike(self, app, armed):
        with app.app_context():
            assert sign_in.prove(armed[0], armed[1]).has_code
            assert sign_in.prove(armed[0], "wrong") is None
