"""Signing in: who gets in, what guessing costs, and that no answer tells who exists."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.onboarding import setup
from silah.staff import passwords, service, sign_in
from silah.staff.models import Account
from silah.web import guess_limits
from tenants.database import db

WRONG = "not the password at all"


@pytest.fixture
def known(staff, association):
    return staff(association, "relations_officer")


def enter(browser, email, password, **more):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


class TestGettingIn:
    def test_the_right_password_opens_the_desk(self, client, association, known):
        answer = enter(client(association), *known)
        assert (answer.status_code, answer.location) == (302, "/desk/")

    def test_the_address_is_taken_in_any_case_and_with_blanks(self, client, association, known):
        assert enter(client(association), f"  {known[0].upper()} ", known[1]).status_code == 302

    def test_one_goes_on_to_the_page_that_was_asked_for(self, client, association, known):
        browser = client(association)
        sent_away = browser.get("/admin/branches?state=x")
        assert sent_away.location == "/sign-in?next=/admin/branches?state%3Dx"
        assert enter(browser, *known, next="/admin/branches?state=x").location == "/admin/branches?state=x"

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.example/",
            "//evil.example/x",
            "/\\evil.example",
            "/x\\..\\evil",
            "javascript:alert(1)",
            "/a\nSet-Cookie: x=y",
            "/sign-out",
            "evil",
            "",
        ],
    )
    def test_one_never_goes_on_to_another_place(self, client, association, known, target):
        assert enter(client(association), *known, next=target).location == "/desk/"

    def test_signing_out_ends_it(self, client, association, known):
        browser = client(association)
        enter(browser, *known)
        assert browser.get("/desk/associations").status_code == 200
        assert browser.post("/sign-out").location == "/sign-in"
        assert browser.get("/desk/associations").status_code == 302

    def test_signing_out_takes_a_post(self, client, association):
        assert client(association).get("/sign-out").status_code == 405

    def test_a_session_ends_by_itself_after_half_a_day(self, client, association, known, clock):
        clock(time.now())
        browser = client(association)
        enter(browser, *known)
        assert browser.get("/desk/associations").status_code == 200
        clock(time.now() + timedelta(hours=12, minutes=1))
        assert browser.get("/desk/associations").status_code == 302


class TestFixation:
    def test_nothing_of_the_session_before_lives_on(self, client, association, known):
        browser = client(association)
        with browser.session_transaction(base_url=browser.base_url) as session:
            session.update(planted="x", csrf_token="known to the attacker")
        enter(browser, *known)
        with browser.session_transaction(base_url=browser.base_url) as session:
            assert "planted" not in session
            assert session.get("csrf_token") != "known to the attacker"

    def test_the_form_is_refused_without_its_token(self, app, client, association, known):
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            assert enter(client(association), *known).status_code == 400
        finally:
            app.config["WTF_CSRF_ENABLED"] = False

    def test_the_cookie_is_for_this_host_only_and_no_script_reads_it(self, client, association, known):
        cookie = enter(client(association), *known).headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie


def without_key(answer):
    """A page without the key of its form, which is another one each time."""
    return re.sub(r'name="idempotency_key"[^>]*>', "", answer.text)


class TestTellingNothing:
    def answers(self, client, association, *pairs):
        return [enter(client(association), *pair) for pair in pairs]

    def test_unknown_wrong_suspended_and_foreign_get_the_same_answer(
        self, app, client, association, make_association, staff, known
    ):
        other = make_association()
        foreign, closed = staff(other, "administrator"), staff(association, "volunteer")
        with app.app_context():
            service.suspend(service.find(closed[0]).id)
        answers = self.answers(client, association, ("nobody@silah.test", WRONG), (known[0], WRONG), closed, foreign)
        bodies = {one.text.split("<main", 1)[1].split('value="', 1)[0] for one in answers}
        assert {one.status_code for one in answers} == {422}
        assert len(bodies) == 1

    def test_a_locked_account_answers_like_a_wrong_password(self, client, association, known):
        browser = client(association)
        for _ in range(sign_in.FREE_ATTEMPTS):
            wrong = enter(browser, known[0], WRONG)
        locked = enter(browser, *known)
        assert (locked.status_code, without_key(locked)) == (wrong.status_code, without_key(wrong))

    @pytest.mark.parametrize("who", ["unknown", "wrong", "locked", "suspended"])
    def test_every_refusal_takes_the_same_steps(self, app, known, monkeypatch, queries, who):
        hashes = []
        real = passwords._hasher.verify
        monkeypatch.setattr(
            passwords,
            "_hasher",
            type(
                "Counting", (), {"verify": lambda _, *a: hashes.append(1) or real(*a), "hash": passwords._hasher.hash}
            )(),
        )
        with app.app_context():
            if who == "suspended":
                service.suspend(service.find(known[0]).id)
            for _ in range(sign_in.FREE_ATTEMPTS if who == "locked" else 0):
                sign_in.prove(known[0], WRONG)
            hashes.clear()
            with queries() as sent:
                assert sign_in.prove("no@silah.test" if who == "unknown" else known[0], WRONG) is None
        assert len(hashes) == 1
        assert [line.split(";")[-1].split()[0] for line in sent] == ["INSERT", "INSERT", "SELECT"]


class TestLocking:
    def test_five_failures_lock_for_a_minute_and_it_doubles_to_a_quarter_of_an_hour(self, app, known, clock):
        start = datetime(2026, 9, 7, 6, tzinfo=UTC)
        waits = []
        with app.app_context():
            for _ in range(sign_in.FREE_ATTEMPTS + 6):
                clock(start)
                assert sign_in.prove(known[0], WRONG) is None
                until = guess_limits.waits_until(guess_limits.PASSWORDS, known[0])
                waits.append(until and (until - start).total_seconds())
                start = max(until or start, start)
        assert waits == [None] * 4 + [60, 120, 240, 480, 900, 900, 900]

    def test_the_right_password_does_not_open_a_locked_account_until_it_is_over(self, app, known, clock):
        clock(time.now())
        with app.app_context():
            for _ in range(sign_in.FREE_ATTEMPTS):
                sign_in.prove(known[0], WRONG)
            assert sign_in.prove(*known) is None
            clock(time.now() + timedelta(seconds=61))
            assert sign_in.prove(*known)

    def test_success_forgets_the_failures(self, app, known):
        with app.app_context():
            for _ in range(3):
                for _ in range(sign_in.FREE_ATTEMPTS - 1):
                    sign_in.prove(known[0], WRONG)
                assert sign_in.prove(*known)

    def test_one_address_may_try_only_so_often_whomever_it_tries(self, client, association):
        browser = client(association)
        answers = [enter(browser, f"n{n}@silah.test", WRONG).status_code for n in range(25)]
        assert answers[:20] == [422] * 20
        assert answers[20:] == [429] * 5


class TestPasswords:
    def test_a_hash_made_with_weaker_parameters_is_made_anew(self, app, known, serve, monkeypatch):
        def kept():
            with serve():
                return db.session.scalar(select(Account.password_hash).where(Account.email == known[0]))

        before = kept()
        monkeypatch.setattr(passwords, "_hasher", passwords.PasswordHasher(2, 128, 1))
        with app.app_context():
            assert sign_in.prove(*known)
        assert kept() != before
        assert "m=128,t=2" in kept()

    def test_composed_and_decomposed_letters_are_one_password(self):
        kept = passwords.hashed("كلمة مرور آمنة")
        assert passwords.matches(kept, "كلمة مرور آمنة")

    @pytest.mark.parametrize("bad", ["short", "aaaaaaaaaaaaaaaa", "x" * 300, "I am Noura Saleh indeed"])
    def test_what_is_soon_guessed_is_refused(self, bad):
        assert passwords.weakness(bad, "Noura", "Saleh")

    def test_a_few_words_are_fine(self):
        assert passwords.weakness("قلم وورقة وكوب قهوة", "نورة") is None

    def test_an_existing_account_keeps_its_password_when_enrolled_elsewhere(self, app, known, make_association):
        with app.app_context():
            setup.enrol(make_association(), known[0], "x", ["volunteer"], password="another password 12")
            assert sign_in.prove(*known)


class TestTheOperator:
    def test_signs_in_on_the_platforms_host_only(self, app, client, association):
        with app.app_context():
            person = service.ensure("operator@silah.test", "مشغل", operator=True)
            service.choose_password(person.id, "operator password 1")
        assert enter(client(), "operator@silah.test", "operator password 1").location == "/console/associations"
        assert enter(client(association), "operator@silah.test", "operator password 1").status_code == 422

    def test_a_member_of_an_association_is_nobody_there(self, client, known):
        assert enter(client(), *known).status_code == 422


@pytest.mark.parametrize(
    ("role", "first"),
    [("human_resources", "/admin/staff"), ("volunteer", None), ("administrator", None)],
)
def test_everybody_has_a_first_page(signed_in, association, role, first):
    browser = signed_in(association, role)
    answer = browser.get("/desk/")
    assert answer.location == first if first else answer.status_code == 200
    assert not first or browser.get(first).status_code == 200
