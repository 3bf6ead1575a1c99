"""Invitations: two steps that survive a stop between them, one letter, one use."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.jobs import runner
from silah.organisation.models import Membership
from silah.staff import invitations, service, sign_in
from silah.staff import letters as written
from silah.staff.models import Account, AccountAssociation
from tenants.database import db
from tenants.registry import DueWork

GOOD = "قلم وورقة وكوب قهوة"


@pytest.fixture
def invited(admin, association, role_id, do_what_is_owed, letters):
    """Somebody invited through the page, and the link they got."""
    email = f"new-{association.slug}@silah.test"
    answer = admin.post(
        "/admin/staff/invite",
        data={"email": email.upper(), "name": "نوف", "roles": [role_id(association, "volunteer")], "locale": "ar"},
    )
    assert answer.status_code == 302, answer.text
    assert do_what_is_owed(association, invitations.KIND) == 2  # the first administrator's, and this one
    address, link = letters(association, "invitation")[-1]
    assert address == email
    return email, link


def state(serve, tenant, email):
    with serve(tenant):
        return db.session.scalar(select(Membership.state).where(Membership.email == email))


class TestANewPerson:
    def test_chooses_a_password_and_is_in(self, client, association, invited, serve):
        email, link = invited
        browser = client(association)
        assert "نوف" not in browser.get(link).text  # a forwarded link tells no name
        answer = browser.post(link, data={"password": GOOD, "again": GOOD})
        assert answer.location == "/desk/"
        assert browser.get("/desk/associations").status_code == 200
        assert state(serve, association, email) == "active"

    def test_may_do_nothing_before(self, app, invited):
        with app.app_context():
            assert sign_in.prove(invited[0], GOOD) is None

    def test_uses_the_link_once(self, client, association, invited):
        client(association).post(invited[1], data={"password": GOOD, "again": GOOD})
        again = client(association).post(invited[1], data={"password": "other words here", "again": "other words here"})
        assert again.status_code == 404
        assert client(association).get(invited[1]).status_code == 404

    def test_has_seven_days(self, client, association, invited, clock):
        clock(time.now() + timedelta(days=7, seconds=1))
        assert client(association).get(invited[1]).status_code == 404

    def test_cannot_use_it_at_another_association(self, client, make_association, invited):
        assert client(make_association()).get(invited[1]).status_code == 404

    @pytest.mark.parametrize(("one", "two"), [("short", "short"), (GOOD, GOOD + "x"), ("", "")])
    def test_is_told_what_is_wrong_with_a_password_and_the_link_lasts(self, client, association, invited, one, two):
        browser = client(association)
        assert browser.post(invited[1], data={"password": one, "again": two}).status_code == 422
        assert browser.get(invited[1]).status_code == 200

    def test_cannot_accept_once_the_invitation_was_withdrawn(self, client, admin, association, invited, member_id):
        admin.post(f"/admin/staff/{member_id(association, invited[0])}/suspend")
        assert client(association).post(invited[1], data={"password": GOOD, "again": GOOD}).status_code == 404

    def test_gets_a_second_letter_that_ends_the_first(
        self, client, admin, association, invited, member_id, do_what_is_owed, letters
    ):
        email, first = invited
        admin.post(f"/admin/staff/{member_id(association, email)}/invite-again")
        do_what_is_owed(association, invitations.KIND)
        second = letters(association, "invitation")[-1][1]
        assert client(association).get(first).status_code == 404
        assert client(association).get(second).status_code == 200

    def test_is_not_invited_again_after_accepting(self, client, admin, association, invited, member_id):
        client(association).post(invited[1], data={"password": GOOD, "again": GOOD})
        page = admin.post(f"/admin/staff/{member_id(association, invited[0])}/invite-again")
        assert page.status_code == 409


class TestAPersonOfAnotherAssociation:
    @pytest.fixture
    def person(self, app, staff, make_association, association, serve, do_what_is_owed, letters):
        email, password = staff(make_association(), "volunteer")
        with serve(association):
            invitations.invite(email=email, name="نوف")
            db.session.commit()
        do_what_is_owed(association, invitations.KIND)
        return email, password, letters(association, "invitation")[-1][1]

    def test_accepts_with_the_password_they_have(self, client, association, person, serve):
        email, password, link = person
        browser = client(association)
        assert 'name="again"' not in browser.get(link).text
        assert browser.post(link, data={"password": password}).location == "/desk/"
        assert state(serve, association, email) == "active"

    def test_or_just_by_signing_in(self, client, association, person, serve):
        email, password, _ = person
        answer = client(association).post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 302
        assert state(serve, association, email) == "active"

    def test_but_not_with_another_nor_by_setting_one(self, client, association, person, serve):
        email, _, link = person
        answer = client(association).post(link, data={"password": GOOD, "again": GOOD})
        assert answer.status_code == 422
        assert state(serve, association, email) == "invited"

    def test_and_the_inviting_page_does_not_tell_that_they_had_an_account(self, admin, person):
        page = admin.get("/admin/staff?state=invited").text
        assert person[0].split("@")[0] in page
        assert "منسوب" not in page.split("<table", 1)[1]  # the name that the other association gave


class TestStopsInBetween:
    def test_after_the_account_and_before_the_membership(self, app, serve, association, monkeypatch):
        with serve(association):
            monkeypatch.setattr(invitations.members, "branch_of", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                invitations.invite(email="halfway@silah.test", name="نوف")
            db.session.rollback()
            monkeypatch.undo()
            invitations.invite(email="halfway@silah.test", name="نوف")
            db.session.commit()
        with serve():
            assert db.session.scalar(select(func.count()).where(Account.email == "halfway@silah.test")) == 1
        assert state(serve, association, "halfway@silah.test") == "invited"

    def test_after_the_link_and_before_the_letter(
        self, app, serve, association, monkeypatch, do_what_is_owed, letters, client, clock
    ):
        with serve(association):
            member = invitations.invite(email="cut-off@silah.test", name="نوف")
            key, account = str(member.id), member.account_id
            db.session.commit()

        def killed(*_):
            raise KeyboardInterrupt

        with app.app_context():
            monkeypatch.setattr(written, "invitation", killed)
            with pytest.raises(KeyboardInterrupt):
                runner.work(association.role, invitations.KIND, key)
            monkeypatch.undo()
        with serve():
            joined = select(AccountAssociation.association_id).where(AccountAssociation.account_id == account)
            assert db.session.scalars(joined).all() == [association.id]
            still = select(DueWork.done_at).where(DueWork.kind == invitations.KIND, DueWork.key == key)
            assert db.session.scalar(still) is None
        do_what_is_owed(association, invitations.KIND)
        to = dict(letters(association, "invitation"))
        assert client(association).get(to["cut-off@silah.test"]).status_code == 200

    def test_after_the_password_and_before_the_membership(
        self, app, serve, association, monkeypatch, do_what_is_owed, letters, client
    ):
        with serve(association):
            invitations.invite(email="nearly@silah.test", name="نوف")
            db.session.commit()
        do_what_is_owed(association, invitations.KIND)
        secret = dict(letters(association, "invitation"))["nearly@silah.test"].rsplit("/", 1)[1]
        with serve(association):
            monkeypatch.setattr(invitations.members, "admit", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                invitations.accept(secret, GOOD)
            monkeypatch.undo()
        answer = client(association).post("/sign-in", data={"email": "nearly@silah.test", "password": GOOD})
        assert answer.status_code == 302
        assert state(serve, association, "nearly@silah.test") == "active"


class TestThePage:
    def test_refuses_somebody_who_works_here(self, admin, association, staff, role_id):
        email, _ = staff(association, "volunteer")
        form = {"email": email, "name": "x", "roles": [role_id(association, "volunteer")], "locale": "ar"}
        answer = admin.post("/admin/staff/invite", data=form)
        assert answer.status_code == 422
        assert email in answer.text  # nothing typed is lost

    def test_refuses_a_role_of_another_association(self, admin, association, make_association, role_id):
        foreign = role_id(make_association(), "administrator")
        form = {"email": "a@silah.test", "name": "x", "roles": [foreign], "locale": "ar"}
        assert admin.post("/admin/staff/invite", data=form).status_code == 422

    def test_is_for_who_manages_the_staff(self, signed_in, association):
        assert signed_in(association, "relations_officer").get("/admin/staff/invite").status_code == 403
        assert signed_in(association, "human_resources").get("/admin/staff/invite").status_code == 200


def test_accounts_are_kept_in_lower_case(app):
    with app.app_context():
        assert service.ensure("  MiXed@Silah.Test ", "x").email == "mixed@silah.test"
        assert service.find("MIXED@silah.test").id == service.ensure("mixed@SILAH.test", "y").id
