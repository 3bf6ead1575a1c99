"""Sessions: bound to one association, ended by a reset or a suspension, and cheap to check."""

from datetime import UTC, datetime, timedelta

import pytest

from silah import clock as time
from silah.organisation.models import Membership
from silah.staff import service, session_validity
from silah.staff.models import Account
from tenants.database import db


def is_in(browser):
    return browser.get("/desk/associations").status_code == 200


class TestOfOneAssociation:
    def test_a_cookie_is_noise_to_another_association(self, client, signed_in, association, make_association):
        browser, other = signed_in(association, "administrator"), make_association()
        stolen = browser.get_cookie("silah", domain=f"{association.slug}.silah.test")
        stranger = client(other)
        stranger.set_cookie("silah", stolen.value, domain=f"{other.slug}.silah.test")
        assert not is_in(stranger)
        stranger = client()
        stranger.set_cookie("silah", stolen.value, domain="silah.test")
        assert stranger.get("/console/associations").status_code == 302

    def test_even_for_a_person_who_belongs_to_both(self, app, client, staff, association, make_association):
        from silah.onboarding import setup

        email, password = staff(association, "volunteer")
        other = make_association()
        with app.app_context():
            setup.enrol(other, email, "x", ["volunteer"], password=password)
        browser, there = client(association), client(other)
        browser.post("/sign-in", data={"email": email, "password": password})
        stolen = browser.get_cookie("silah", domain=f"{association.slug}.silah.test")
        there.set_cookie("silah", stolen.value, domain=f"{other.slug}.silah.test")
        assert is_in(browser)
        assert not is_in(there)


class TestTheEnd:
    @pytest.fixture
    def known(self, staff, association):
        return staff(association, "relations_officer")

    @pytest.fixture
    def browser(self, client, association, known):
        browser = client(association)
        browser.post("/sign-in", data={"email": known[0], "password": known[1]})
        assert is_in(browser)
        return browser

    def test_comes_with_a_new_password(self, app, browser, known):
        with app.app_context():
            service.choose_password(service.find(known[0]).id, "an entirely new one")
        assert not is_in(browser)

    def test_comes_with_the_accounts_suspension_and_stays(self, app, browser, known):
        with app.app_context():
            person = service.find(known[0])
            service.suspend(person.id)
            assert not is_in(browser)
            service.resume(person.id)
        assert not is_in(browser)

    def test_comes_at_once_with_the_memberships_suspension(self, browser, admin, association, known, member_id):
        answer = admin.post(f"/admin/staff/{member_id(association, known[0])}/suspend")
        assert answer.status_code == 302
        assert not is_in(browser)
        assert browser.post("/sign-in", data={"email": known[0], "password": known[1]}).status_code == 422

    def test_is_felt_in_other_processes_within_seconds(self, browser, known, serve, age_caches):
        assert is_in(browser)
        with serve():
            account = db.session.query(Account).filter_by(email=known[0]).one()
            account.epoch += 1
            db.session.commit()
        assert is_in(browser)
        age_caches(session_validity.SECONDS + 1)
        assert not is_in(browser)

    def test_comes_for_every_copy_of_the_cookie_with_signing_out(self, client, association, browser, known):
        host = f"{association.slug}.silah.test"
        copy, elsewhere = client(association), client(association)
        copy.set_cookie("silah", browser.get_cookie("silah", domain=host).value, domain=host)
        elsewhere.post("/sign-in", data={"email": known[0], "password": known[1]})
        assert is_in(copy)
        browser.post("/sign-out")
        assert not is_in(copy)
        assert is_in(elsewhere)

    def test_comes_for_copies_at_the_platforms_own_host_too(self, client, operator):
        copy = client()
        copy.set_cookie("silah", operator.get_cookie("silah", domain="silah.test").value, domain="silah.test")
        assert copy.get("/console/associations").status_code == 200
        operator.post("/sign-out")
        assert copy.get("/console/associations").status_code == 302

    def test_is_kept_only_as_long_as_a_cookie_lives(self, client, association, serve, known, clock):
        for hour in (9, 15):
            clock(datetime(2027, 3, 1, hour, tzinfo=UTC))
            client(association).post("/sign-in", data={"email": known[0], "password": known[1]})
        with serve(association):
            member = db.session.query(Membership).filter_by(email=known[0]).one()
            member.ended = {"long ago": int(datetime(2027, 3, 1, 14, tzinfo=UTC).timestamp()), "lately": 4_000_000_000}
            db.session.commit()
        browser = client(association)
        browser.post("/sign-in", data={"email": known[0], "password": known[1]})
        browser.post("/sign-out")
        with serve(association):
            kept = db.session.query(Membership).filter_by(email=known[0]).one().ended
        assert "long ago" not in kept
        assert len(kept) == 2

    def test_a_cookie_without_its_moment_counts_no_longer(self, browser):
        with browser.session_transaction(base_url=browser.base_url) as session:
            session.pop("since")
        assert not is_in(browser)

    def test_a_garbled_cookie_is_nobody(self, browser):
        with browser.session_transaction(base_url=browser.base_url) as session:
            session["_user_id"] = "not-a-uuid.7"
        assert not is_in(browser)


class TestWhatItCosts:
    def test_one_query_for_the_member_while_the_account_is_remembered(self, admin, queries):
        admin.get("/switched?token=x")
        admin.get("/admin/branches")
        with queries() as sent:
            admin.get("/admin/branches/new")
        about_membership = [line for line in sent if "WHERE membership.account_id" in line]
        about_account = [line for line in sent if "shared.account" in line]
        assert (len(about_membership), len(about_account)) == (1, 0)

    def test_one_more_for_the_account_once_it_is_forgotten(self, admin, queries):
        session_validity.forget()
        with queries() as sent:
            admin.get("/admin/roles/new")
        assert len([line for line in sent if "shared.account" in line]) == 1

    def test_a_public_page_asks_nothing_about_a_visitor_without_a_session(self, client, association, queries):
        browser = client(association)
        browser.get("/sign-in")
        with queries() as sent:
            browser.get("/sign-in")
        assert not [line for line in sent if "membership" in line or "shared.account" in line]


def test_the_clock_of_a_session_is_the_houses(client, staff, association, clock):
    clock(time.now() - timedelta(days=30))
    browser, (email, password) = client(association), staff(association, "volunteer")
    browser.post("/sign-in", data={"email": email, "password": password})
    assert is_in(browser)
