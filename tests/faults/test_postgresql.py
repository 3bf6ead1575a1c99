"""PostgreSQL stopped and started: one page that keeps what was typed, no traceback, and all well once it is back."""

import logging
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from silah.cases.models import Case
from silah.onboarding import setup
from silah.shell import appearance
from silah.staff import session_validity
from tenants import resolution
from tenants.context import Tenant, serving
from tenants.database import db
from tests.conftest import Browser
from tests.faults.conftest import Cluster
from tests.faults.hidden_fields import hidden_fields
from tests.faults.visiting import COMPLAINT, complain, public_addresses, token_of

Visit = Callable[..., Browser]


def cases(app: Flask, home: Tenant) -> int:
    with app.app_context(), serving(home):
        return db.session.scalar(select(func.count()).select_from(Case)) or 0


def expire_caches() -> None:
    """Let everything that a process remembers be too old, as it is a few seconds later."""
    session_validity.forget()
    appearance.forget()
    for name, (_, tenant) in list(resolution._known().answers.items()):
        resolution._known().answers[name] = (0.0, tenant)


@pytest.fixture
def noted(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


class TestStopped:
    def test_every_public_page_and_form_answers_with_the_one_page_and_no_traceback(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant, noted: pytest.LogCaptureFixture
    ) -> None:
        fallen_app.config["WTF_CSRF_ENABLED"] = False
        reach(home).get("/follow")
        postgresql.stop()
        wrong = []
        for number, (method, path) in enumerate(public_addresses(fallen_app)):
            if number % 3 == 0:
                with fallen_app.app_context():
                    expire_caches()
            browser = reach(home, f"10.1.{number // 250}.{number % 250}")
            answer = browser.open(path, method=method, data={"typed": "kept"} if method == "POST" else None)
            if answer.status_code == 503 and answer.mimetype == "text/html":
                fine = answer.headers["Retry-After"] == "30" and "للحظات" in answer.text and "shortly" in answer.text
                fine = fine and (method == "GET" or ("typed", "kept") in hidden_fields(answer.text))
            else:
                fine = answer.status_code < 500 or answer.is_json
            if not fine:
                wrong.append((method, path, answer.status_code))
        assert wrong == []
        assert [one.getMessage() for one in noted.records if one.exc_info] == []

    def test_what_every_page_is_drawn_with_is_served(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        browser = reach(home)
        browser.get("/follow")
        postgresql.stop()
        with fallen_app.app_context():
            expire_caches()
        for path in ("/static/silah.css", "/theme.css", "/healthz"):
            assert browser.get(path).status_code == 200, path

    def test_readiness_says_so_without_a_traceback(
        self, postgresql: Cluster, reach: Visit, home: Tenant, noted: pytest.LogCaptureFixture
    ) -> None:
        reach(home).get("/readyz")
        postgresql.stop()
        answer = reach(home).get("/readyz")
        assert (answer.status_code, answer.json["database"]) == (503, False)
        assert [one.getMessage() for one in noted.records if one.exc_info] == []

    def test_a_host_that_nobody_asked_for_before_gets_the_page_too(
        self, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        postgresql.stop()
        answer = reach(home).get("/")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")

    def test_signed_in_staff_get_the_page_and_stay_signed_in(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        with fallen_app.app_context():
            setup.enrol(home, "x@silah.test", "منسوب", ["administrator"], password="a long password")
        browser = reach(home)
        sent = {"email": "x@silah.test", "password": "a long password"}
        token = token_of(browser.get("/sign-in").text)
        assert browser.post("/sign-in", data={**sent, "csrf_token": token}).status_code == 302
        postgresql.stop()
        with fallen_app.app_context():
            expire_caches()
        assert browser.get("/desk/").status_code == 503
        postgresql.start()
        assert browser.get("/desk/").status_code == 200


class TestAFormSentMeanwhile:
    def test_is_sent_again_by_one_press_with_all_that_was_typed(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        browser = reach(home)
        typed = {**COMPLAINT, "csrf_token": token_of(browser.get("/complaints/new").text)}
        postgresql.stop()
        away = browser.post("/complaints/new", data=typed)
        assert away.status_code == 503
        again = hidden_fields(away.text)
        assert dict(again) == typed
        postgresql.start()
        before = cases(fallen_app, home)
        assert browser.post("/complaints/new", data=dict(again)).status_code == 302
        assert cases(fallen_app, home) == before + 1

    def test_keeps_several_values_of_one_name_marks_and_line_ends(
        self, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        postgresql.stop()
        value = "سطر\nثانٍ \"'<b>&amp;"
        body = {"choice": ["one", "two", "one"], "text": value}
        page = reach(home).post("/complaints/new", data=body).text
        assert hidden_fields(page) == [("choice", "one"), ("choice", "two"), ("choice", "one"), ("text", value)]
        assert "<b>" not in page

    def test_without_its_token_is_refused_when_it_is_sent_again(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        browser = reach(home)
        browser.get("/complaints/new")
        postgresql.stop()
        again = hidden_fields(browser.post("/complaints/new", data=COMPLAINT).text)
        postgresql.start()
        before = cases(fallen_app, home)
        answer = browser.post("/complaints/new", data=dict(again))
        assert answer.status_code == 400
        assert cases(fallen_app, home) == before

    def test_says_of_files_that_they_must_be_attached_again(
        self, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        postgresql.stop()
        body = {"text": "نص", "file": (BytesIO(b"%PDF-1.7"), "a.pdf")}
        page = reach(home).post("/complaints/new", data=body, content_type="multipart/form-data").text
        assert "Attached files cannot be kept" in page
        assert 'enctype="multipart/form-data"' in page
        assert "Attached files" not in reach(home).post("/complaints/new", data={"text": "نص"}).text

    def test_a_password_is_never_written_into_the_page(self, postgresql: Cluster, reach: Visit, home: Tenant) -> None:
        postgresql.stop()
        page = reach(home).post("/sign-in", data={"email": "a@b.example", "password": "hunter2 hunter2"}).text
        assert "a@b.example" in page
        assert "hunter2" not in page


class TestBackAgain:
    def test_the_first_request_of_each_kind_is_answered(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant
    ) -> None:
        for path in ("/", "/follow", "/complaints/new"):
            assert reach(home).get(path).status_code == 200
        postgresql.stop()
        postgresql.start()
        for path in ("/", "/complaints/new", "/follow", "/readyz"):
            assert reach(home).get(path).status_code == 200, path
        complain(reach(home))

    def test_a_connection_that_dies_in_the_middle_of_a_request_gives_the_page_and_is_replaced(
        self, fallen_app: Flask, postgresql: Cluster, reach: Visit, home: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cut() -> None:
            db.session.execute(text("SELECT pg_catalog.pg_backend_pid()"))
            postgresql.stop()
            postgresql.start()
            db.session.execute(text("SELECT 1"))

        with monkeypatch.context() as patch:
            patch.setitem(fallen_app.view_functions, "voices.inquiry", with_access(fallen_app, "voices.inquiry", cut))
            assert reach(home).get("/inquiries/new").status_code == 503
        assert reach(home).get("/inquiries/new").status_code == 200


def with_access(app: Flask, endpoint: str, view: Callable[[], None]) -> Any:
    view.access = app.view_functions[endpoint].access  # type: ignore[attr-defined]  # functions take attributes
    return view


class TestAFault:
    def test_whose_page_cannot_be_drawn_either_is_answered_in_both_languages(
        self, fallen_app: Flask, reach: Visit, home: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise ValueError("a bug")

        def undrawn(*given: Any, **more: Any) -> str:
            raise ValueError("another bug")

        monkeypatch.setitem(
            fallen_app.view_functions, "voices.inquiry", with_access(fallen_app, "voices.inquiry", broken)
        )
        monkeypatch.setattr("silah.web.error_handlers.render_template", undrawn)
        answer = reach(home).get("/inquiries/new")
        assert answer.status_code == 500
        assert "Something broke on our side" in answer.text
        assert re.search(r'lang="ar" dir="rtl">[^<]*[\u0621-\u064a]', answer.text)


def test_a_statement_that_takes_too_long_is_answered_by_the_page_and_logged_whole(
    fallen_app: Flask, reach: Visit, home: Tenant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def slow() -> None:
        db.session.execute(text("SET LOCAL statement_timeout TO 1"))
        db.session.execute(text("SELECT pg_catalog.pg_sleep(60)"))

    monkeypatch.setitem(fallen_app.view_functions, "voices.inquiry", with_access(fallen_app, "voices.inquiry", slow))
    assert reach(home).get("/inquiries/new").status_code == 503
    assert any(one.exc_info for one in caplog.records)
