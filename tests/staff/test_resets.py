"""Another password by a link: only for members, only once, and asking tells nothing."""

from datetime import timedelta

import pytest

from silah import clock as time
from silah.staff import resets, service, sign_in

GOOD = "قلم وورقة وكوب قهوة"


@pytest.fixture
def known(staff, association):
    return staff(association, "relations_officer")


@pytest.fixture
def link(client, association, known, do_what_is_owed, letters):
    client(association).post("/password", data={"email": known[0]})
    assert do_what_is_owed(association, resets.KIND) == 1
    assert letters(association, "password_reset")[-1][0] == known[0]
    return letters(association, "password_reset")[-1][1]


class TestAsking:
    def test_sounds_and_costs_the_same_whoever_is_asked_for(self, client, association, known, queries):
        browser, pages, steps = client(association), [], []
        browser.get("/password")
        for email in (known[0], "nobody@silah.test"):
            with queries() as sent:
                pages.append(browser.post("/password", data={"email": email}).text.replace(email, "…"))
            steps.append([line.split(";")[-1].split()[:3] for line in sent])
        assert pages[0] == pages[1]
        assert steps[0] == steps[1]

    def test_sends_nothing_to_strangers_suspended_people_and_staff_of_others(
        self, app, client, association, make_association, staff, admin, member_id, do_what_is_owed, letters
    ):
        foreign, _ = staff(make_association(), "administrator")
        suspended, _ = staff(association, "volunteer")
        admin.post(f"/admin/staff/{member_id(association, suspended)}/suspend")
        for email in ("nobody@silah.test", foreign, suspended):
            client(association).post("/password", data={"email": email})
        assert do_what_is_owed(association, resets.KIND) == 3
        assert letters(association, "password_reset") == []

    def test_keeps_the_address_sealed_in_what_is_owed(self, client, association, known, serve):
        from sqlalchemy import select

        from tenants.database import db
        from tenants.registry import DueWork

        client(association).post("/password", data={"email": known[0]})
        with serve():
            payloads = db.session.scalars(select(DueWork.payload).where(DueWork.kind == resets.KIND)).all()
        assert known[0] not in str(payloads)

    def test_is_slowed(self, client, association):
        browser = client(association)
        answers = [browser.post("/password", data={"email": "a@silah.test"}).status_code for _ in range(7)]
        assert answers == [200] * 5 + [429] * 2

    def test_is_not_there_on_the_platforms_host(self, client):
        assert client().get("/password").status_code == 404


class TestTheLink:
    def test_sets_another_password_once_and_ends_what_was(self, app, client, association, known, link):
        before = client(association)
        before.post("/sign-in", data={"email": known[0], "password": known[1]})
        browser = client(association)
        assert browser.post(link, data={"password": GOOD, "again": GOOD}).location == "/sign-in"
        assert before.get("/desk/associations").status_code == 302
        with app.app_context():
            assert sign_in.prove(*known) is None
            assert sign_in.prove(known[0], GOOD)
        assert browser.post(link, data={"password": GOOD, "again": GOOD}).status_code == 404

    def test_opens_what_wrong_guesses_had_closed(self, client, association, known, link):
        browser = client(association)
        for _ in range(sign_in.FREE_ATTEMPTS):
            browser.post("/sign-in", data={"email": known[0], "password": "wrong wrong wrong"})
        assert browser.post("/sign-in", data={"email": known[0], "password": known[1]}).status_code == 422
        browser.post(link, data={"password": GOOD, "again": GOOD})
        assert browser.post("/sign-in", data={"email": known[0], "password": GOOD}).status_code == 302

    def test_is_good_for_an_hour(self, client, association, link, clock):
        clock(time.now() + timedelta(minutes=61))
        assert client(association).get(link).status_code == 404

    def test_is_good_at_its_own_host(self, client, make_association, link):
        assert client(make_association()).post(link, data={"password": GOOD, "again": GOOD}).status_code == 404
        assert client().get(link).status_code == 404

    def test_opening_it_uses_nothing_up(self, client, association, link):
        assert [client(association).get(link).status_code for _ in range(3)] == [200] * 3

    def test_refuses_the_persons_own_name_in_the_password(self, client, association, link, known):
        own = f"{known[0].split('@')[0]} 12345"
        assert client(association).post(link, data={"password": own, "again": own}).status_code == 422

    def test_does_not_open_an_account_that_is_suspended(self, app, client, association, known, link):
        with app.app_context():
            service.suspend(service.find(known[0]).id)
        client(association).post(link, data={"password": GOOD, "again": GOOD})
        with app.app_context():
            assert sign_in.prove(known[0], GOOD) is None
