"""From one association to another: for active members, once, within seconds, at that host only."""

from datetime import timedelta

import pytest

from silah import clock as time
from silah.onboarding import setup
from tenants import registering
from tenants.database import db


@pytest.fixture
def two(app, client, staff, association, make_association):
    """Somebody signed in at the first of two associations, a member of both."""
    email, password = staff(association, "relations_officer")
    other = make_association(name_ar="جمعية الوفاء", name_en="Al-Wafa")
    with app.app_context():
        setup.enrol(other, email, "نورة هناك", ["volunteer"], password=password)
    browser = client(association)
    browser.post("/sign-in", data={"email": email, "password": password})
    return browser, association, other, email


def leave(browser, other):
    answer = browser.get(f"/switch/{other.id}")
    assert answer.status_code == 302, answer.status_code
    host, _, path = answer.location.partition("/switched")
    assert host == f"http://{other.slug}.silah.test"
    return "/switched" + path


def arrive(browser, path):
    """Press the button of the page that the link opens."""
    return browser.post("/switched", data={"token": path.partition("token=")[2]})


class TestSwitching:
    def test_by_the_link_alone_signs_nobody_in(self, client, two):
        """A link that somebody was sent must not put them into the sender's session."""
        browser, _, other, email = two
        there, path = client(other), leave(browser, other)
        for _ in range(2):
            page = there.get(path)
            assert page.status_code == 200
            assert email in page.text
        assert there.get("/desk/").status_code == 302
        assert arrive(there, path).location == "/desk/"
        assert there.get("/desk/associations").status_code == 200

    def test_is_confirmed_by_a_form_of_that_host(self, app, client, two):
        browser, _, other, _ = two
        path = leave(browser, other)
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            there = client(other)
            assert arrive(there, path).status_code == 400
            assert there.get("/desk/").status_code == 302
        finally:
            app.config["WTF_CSRF_ENABLED"] = False

    def test_signs_in_at_the_other_host_with_the_membership_there(self, client, two):
        browser, _, other, _ = two
        there = client(other)
        assert arrive(there, leave(browser, other)).location == "/desk/"
        page = there.get("/desk/associations")
        assert "نورة هناك" in page.text
        assert there.get("/admin/staff").status_code == 403

    def test_a_pass_is_used_once(self, client, two):
        browser, _, other, _ = two
        path = leave(browser, other)
        assert arrive(client(other), path).status_code == 302
        assert arrive(client(other), path).status_code == 404
        assert client(other).get(path).status_code == 404

    def test_a_pass_lasts_two_minutes(self, client, two, clock):
        browser, _, other, _ = two
        clock(start := time.now())
        path = leave(browser, other)
        clock(start + timedelta(minutes=2))
        assert arrive(client(other), path).status_code == 404

    def test_a_pass_opens_no_other_host(self, client, two, make_association):
        browser, here, other, _ = two
        path = leave(browser, other)
        for elsewhere in (client(here), client(make_association())):
            assert elsewhere.get(path).status_code == 404
            assert arrive(elsewhere, path).status_code == 404
        assert arrive(client(), path).status_code == 404
        assert arrive(client(other), path).status_code == 302

    def test_replaces_whoever_was_signed_in_there(self, client, two, signed_in):
        browser, _, other, _ = two
        there = signed_in(other, "administrator")
        assert there.get("/admin/staff").status_code == 200
        arrive(there, leave(browser, other))
        assert there.get("/admin/staff").status_code == 403

    def test_needs_somebody_who_is_signed_in(self, client, two):
        _, here, other, _ = two
        assert client(here).get(f"/switch/{other.id}").location.startswith("/sign-in")

    def test_is_for_members_only(self, two, make_association):
        browser = two[0]
        assert browser.get(f"/switch/{make_association().id}").status_code == 404
        assert browser.get("/switch/00000000-0000-4000-8000-000000000000").status_code == 404

    def test_is_not_for_one_suspended_there(self, client, two, signed_in, member_id):
        browser, _, other, email = two
        path = leave(browser, other)
        signed_in(other, "administrator").post(f"/admin/staff/{member_id(other, email)}/suspend")
        assert arrive(client(other), path).status_code == 404  # not even with a pass from before
        assert browser.get(f"/switch/{other.id}").status_code == 404

    def test_does_not_lead_to_a_suspended_association(self, two, serve):
        browser, _, other, _ = two
        with serve():
            registering.suspend(other.slug)
            db.session.commit()
        assert browser.get(f"/switch/{other.id}").status_code == 404
        assert "جمعية الوفاء" not in browser.get("/desk/associations").text


class TestTheList:
    def test_names_each_association_where_one_is_active(self, two):
        browser, here, other, _ = two
        page = browser.get("/desk/associations").text
        assert "جمعية البر" in page
        assert f"/switch/{other.id}" in page
        assert f"/switch/{here.id}" not in page
