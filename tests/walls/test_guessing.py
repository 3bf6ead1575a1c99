"""Guessing at codes and passwords: slowed by source and subject, and nobody else is ever locked out by it."""

import itertools
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from silah import clock as time
from silah.app import create_app
from silah.cases import one_time_codes, receipts
from silah.cases.models import Case, OneTimeCode
from silah.config import Settings
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.portal.follow_routes import send_asked
from silah.web import guess_limits, models
from silah.web.extensions import limiter
from silah.web.guess_limits import PASSWORDS, RECEIPT_CODES
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.cases.conftest import bare_case
from tests.conftest import BASE, Browser

WRONG = "2222-2222-2222"
_addresses = (f"198.51.{n >> 8}.{n & 255}" for n in itertools.count(1))
Visit = Callable[..., Browser]


@pytest.fixture(autouse=True)
def _only_guesses_count(app: Flask) -> Any:
    """The limits by address have their own tests; whatever was guessed at before is forgotten."""
    with app.app_context(), serving(PLATFORM):
        db.session.execute(delete(models.GuessCount))
        db.session.commit()
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def visit(app: Flask) -> Visit:
    """`visit(tenant, address)` is a browser that comes from an address, a fresh one where none is given."""

    def make(tenant: Tenant, address: str | None = None) -> Browser:
        made = Browser(app, app.response_class, use_cookies=True)
        made.base_url = f"http://{tenant.slug}.{BASE}"
        made.environ_base["REMOTE_ADDR"] = address or next(_addresses)
        return made

    return make


@pytest.fixture
def case(serve: Any, association: Tenant) -> tuple[str, str]:
    """The reference and the receipt code of a case."""
    with serve(association):
        made, code = bare_case(), receipts.new_code()
        made.receipt_digest = receipts.digest(code)
        made.reply_channel, made.reply_address = "email", "noura@example.org"
        db.session.commit()
        return made.reference, code


def follow(browser: Browser, reference: str, code: str) -> int:
    return int(browser.post("/follow", data={"reference": reference, "code": code}).status_code)


def sign_in(browser: Browser, email: str, password: str) -> int:
    return int(browser.post("/sign-in", data={"email": email, "password": password}).status_code)


class TestReceiptCodes:
    def test_a_source_that_guesses_wrong_waits_and_is_not_looked_at_meanwhile(
        self, visit: Visit, association: Tenant, case: tuple[str, str], clock: Any
    ) -> None:
        clock(now := time.now())
        guesser = visit(association)
        for _ in range(RECEIPT_CODES.free):
            assert follow(guesser, case[0], WRONG) == 422
        assert follow(guesser, *case) == 422
        clock(now + timedelta(seconds=guess_limits.FIRST_WAIT + 1))
        assert follow(guesser, *case) == 302

    def test_the_right_code_opens_from_elsewhere_whatever_a_guesser_does(
        self, visit: Visit, association: Tenant, case: tuple[str, str]
    ) -> None:
        for _ in range(RECEIPT_CODES.most_at_subject + 5):
            follow(visit(association), case[0], WRONG)
        assert follow(visit(association), *case) == 302

    def test_past_the_total_of_a_case_every_source_has_fewer_guesses(
        self, visit: Visit, association: Tenant, case: tuple[str, str]
    ) -> None:
        for _ in range(RECEIPT_CODES.most_at_subject):
            follow(visit(association), case[0], WRONG)
        guesser = visit(association)
        for _ in range(RECEIPT_CODES.free_under_attack):
            follow(guesser, case[0], WRONG)
        assert follow(guesser, *case) == 422

    def test_a_counter_is_shared_by_all_processes_and_outlives_them(
        self, app: Flask, settings: Settings, visit: Visit, association: Tenant, case: tuple[str, str]
    ) -> None:
        guesser = visit(association)
        for _ in range(RECEIPT_CODES.free):
            follow(guesser, case[0], WRONG)
        other = create_app(settings)
        other.config["WTF_CSRF_ENABLED"] = False
        again = Browser(other, other.response_class, use_cookies=True)
        again.base_url, again.environ_base = guesser.base_url, guesser.environ_base
        assert follow(again, *case) == 422
        with other.app_context():
            db.engine.dispose()

    def test_guessing_at_one_case_leaves_the_others_alone(
        self, visit: Visit, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        with serve(association):
            other, code = bare_case(), receipts.new_code()
            other.receipt_digest = receipts.digest(code)
            db.session.commit()
            reference = other.reference
        guesser = visit(association)
        for _ in range(RECEIPT_CODES.free + 1):
            follow(guesser, case[0], WRONG)
        assert follow(guesser, reference, code) == 302


class TestAnAssociationUnderAttack:
    def test_is_slowed_its_administrators_are_told_once_and_right_codes_open(
        self,
        visit: Visit,
        serve: Any,
        app: Flask,
        association: Tenant,
        case: tuple[str, str],
        staff: Any,
        monkeypatch: Any,
    ) -> None:
        rule = guess_limits.GuessRule("receipt", 10, free_under_attack=3, most_at_subject=40, most_at_association=6)
        monkeypatch.setattr("silah.portal.follow_routes.RECEIPT_CODES", rule)
        staff(association, "administrator")
        for number in range(rule.most_at_association + 4):
            follow(visit(association), f"R-1448-{number + 500}", WRONG)
        assert follow(visit(association), *case) == 302
        handlers.load()
        with serve(association):
            owed = db.session.scalars(
                select(DueWork.key).where(DueWork.tenant == association.role, DueWork.kind == guess_limits.ALERT)
            ).all()
        assert len(owed) == 1
        with app.app_context():
            assert runner.work(association.role, guess_limits.ALERT, owed[0])
        with serve(association):
            (told,) = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "guessing_alert")).all()
        assert "رموز المتابعة" in told.body
        assert "{{" not in told.body

    def test_another_association_notices_nothing(
        self, visit: Visit, association: Tenant, make_association: Any, staff: Any, monkeypatch: Any
    ) -> None:
        other = make_association()
        email, password = staff(other, "relations_officer")
        for _ in range(PASSWORDS.free + 3):
            sign_in(visit(association, "203.0.113.5"), email, "not the password")
        assert sign_in(visit(association, "203.0.113.5"), email, password) == 422
        assert sign_in(visit(other, "203.0.113.5"), email, password) == 302


class TestOneTimeCodes:
    def asked(self, visit: Visit, serve: Any, association: Tenant, reference: str) -> tuple[Browser, str]:
        """A browser that asked for a code, and the code that was sent for it."""
        browser = visit(association)
        browser.post("/follow/code", data={"reference": reference})
        with browser.session_transaction(base_url=browser.base_url) as session:
            ask = session["asked_for"]["ask"]
        with serve(association):
            send_asked(reference, ask)
            sent = select(OutboxMessage).where(OutboxMessage.template == "code")
            body = db.session.scalars(sent.order_by(OutboxMessage.created_at.desc())).first()
            assert body is not None
            code = next(word.strip(".") for word in body.body.split() if word.strip(".").isdigit() and len(word) >= 6)
            db.session.commit()
        return browser, code

    def test_nobody_uses_up_the_tries_of_somebody_else(
        self, visit: Visit, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        browser, code = self.asked(visit, serve, association, case[0])
        wrong = "000000" if code != "000000" else "111111"
        stranger, _ = self.asked(visit, serve, association, case[0])
        for _ in range(8):
            assert stranger.post("/follow/code/enter", data={"code": wrong}).status_code == 422
            other = visit(association)
            other.post("/follow/code", data={"reference": case[0]})
            assert other.post("/follow/code/enter", data={"code": wrong}).status_code == 422
        assert browser.post("/follow/code/enter", data={"code": code}).status_code == 302

    def test_a_case_gets_ten_codes_a_day_whoever_asks(
        self, serve: Any, association: Tenant, case: tuple[str, str], clock: Any
    ) -> None:
        start = time.now()
        with serve(association):
            found = db.session.scalars(select(Case).where(Case.reference == case[0])).one()
            for hour in range(6):
                clock(start + timedelta(hours=hour, minutes=hour))
                for _ in range(5):
                    try:
                        one_time_codes.send(found, f"follow@{secrets.token_hex(4)}")
                    except one_time_codes.TooMany:
                        break
            sent = db.session.scalars(select(OneTimeCode).where(OneTimeCode.case_id == found.id)).all()
            assert len(sent) == one_time_codes.MOST_A_DAY
            db.session.rollback()

    def test_a_wrong_try_counts_though_the_request_is_refused(
        self, visit: Visit, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        browser, code = self.asked(visit, serve, association, case[0])
        wrong = "000000" if code != "000000" else "111111"
        browser.post("/follow/code/enter", data={"code": wrong})
        with serve(association):
            assert db.session.scalars(select(OneTimeCode.tries_left)).all() == [4]


class TestPasswords:
    def test_a_guesser_locks_out_their_own_source_and_nobody_else(
        self, visit: Visit, association: Tenant, staff: Any
    ) -> None:
        email, password = staff(association, "relations_officer")
        guesser = visit(association)
        for _ in range(PASSWORDS.free):
            sign_in(guesser, email, "not the password")
        assert sign_in(guesser, email, password) == 422
        assert sign_in(visit(association), email, password) == 302

    def test_from_very_many_sources_the_owner_still_comes_in(
        self, visit: Visit, association: Tenant, staff: Any
    ) -> None:
        email, password = staff(association, "relations_officer")
        for _ in range(PASSWORDS.most_at_subject + 5):
            sign_in(visit(association), email, "not the password")
        assert sign_in(visit(association), email, password) == 302

    def test_the_last_64_bits_of_an_ipv6_address_make_no_fresh_source(
        self, visit: Visit, association: Tenant, staff: Any
    ) -> None:
        email, password = staff(association, "relations_officer")
        for number in range(PASSWORDS.free):
            sign_in(visit(association, f"2001:db8:5:5::{number + 1:x}"), email, "not the password")
        assert sign_in(visit(association, "2001:db8:5:5:ffff::9"), email, password) == 422
        assert sign_in(visit(association, "2001:db8:5:6::9"), email, password) == 302


class TestWhatIsKept:
    def test_says_neither_who_guessed_nor_at_what(
        self, visit: Visit, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        follow(visit(association, "203.0.113.99"), case[0], WRONG)
        with serve(PLATFORM):
            rows = db.session.scalars(select(models.GuessCount)).all()
            assert {len(row.key) for row in rows} == {32}
            assert len(rows) == 3

    def test_is_forgotten_when_its_time_is_over(
        self, visit: Visit, app: Flask, serve: Any, association: Tenant, clock: Any
    ) -> None:
        follow(visit(association), "R-1448-1", WRONG)
        clock(time.now() + timedelta(days=2))
        with app.app_context():
            guess_limits.forget_expired()
        with serve(PLATFORM):
            assert db.session.scalars(select(models.GuessCount)).all() == []


class TestOneConnection:
    def test_guessing_goes_through_with_a_pool_of_one(
        self, settings: Settings, association: Tenant, case: tuple[str, str], staff: Any
    ) -> None:
        """With a second connection taken while one is held, this would wait for itself."""
        app = create_app(settings.model_copy(update={"pool_size": 1, "pool_overflow": 0}))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            db.engine.pool._timeout = 5  # type: ignore[attr-defined]  # of the queue that it is
        email, _ = staff(association, "relations_officer")
        browser = Browser(app, app.response_class, use_cookies=True)
        browser.base_url = f"http://{association.slug}.{BASE}"
        assert follow(browser, case[0], WRONG) == 422
        assert follow(browser, *case) == 302
        assert sign_in(browser, email, "not the password") == 422
        browser.post("/follow/code", data={"reference": case[0]})
        assert browser.post("/follow/code/enter", data={"code": "123456"}).status_code == 422
        with app.app_context():
            db.engine.dispose()
