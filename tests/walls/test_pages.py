"""Every page that can be got by an address: it changes nothing, runs nothing inline, and carries its headers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text, update

from silah.app import create_app
from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case, CaseMessage, Referral
from silah.cases.party_models import CaseParty
from silah.config import Settings
from silah.documents.models import StoredFile
from silah.intake.models import Decision, Delivery, OwedItem, Recommendation
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice
from tenants import registering, resolution
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.registry import Association
from tests.walls import catalogue, pages
from tests.walls.conftest import Town

WRITES = {
    "desk.case": {"case_message"},  # that staff have seen the applicant's messages
    "portal.tracking": {"case_message"},  # that the applicant has seen the association's
    "staff.switch": {"shared.token"},  # the pass to another association, which is good for seconds
}
"""What opening an address may write, and why."""


POISON = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{{{7*7}}}} {}"
"""What would run if a page wrote it as it is; it names the place where it was put."""

WRITTEN: dict[Any, tuple[str, ...]] = {
    Beneficiary: ("name",),
    BranchOffice: ("name_ar", "name_en", "hours_ar", "address_ar", "phone"),
    Case: ("title_ar", "title_en"),
    CaseMessage: ("body",),
    CaseParty: ("name",),
    Decision: ("reasons",),
    Delivery: ("what",),
    OutboxMessage: ("subject", "body"),
    OwedItem: ("remark",),
    Recommendation: ("reasons",),
    Referral: ("question", "answer"),
    StoredFile: ("name",),
}
"""Texts that people write."""


@dataclass
class Got:
    """One answer to GET, and the tables that were written meanwhile."""

    endpoint: str
    path: str
    answer: Any
    written: set[str]


@pytest.fixture(scope="module")
def owner(settings: Settings) -> Iterator[Engine]:
    assert settings.owner_url
    engine = create_engine(settings.owner_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def got(app: Flask, a: Town, owner: Engine) -> list[Got]:
    """Every route of the app that answers GET, opened by somebody who may, with both of two ids."""
    poison(app, a)
    browser, found = a.insider(), []
    tables = watched(owner, a.tenant.role)
    before = state(owner, tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        for path, endpoint in paths(app, a):
            answer = browser.get(path)
            after = state(owner, tables)
            found.append(Got(endpoint, path, answer, {name for name in after if after[name] != before[name]}))
            before = after
    return found


def poison(app: Flask, a: Town) -> None:
    """Let every text that people write try to break out of the page that shows it."""
    with app.app_context(), serving(a.tenant):
        for model, columns in WRITTEN.items():
            values = {column: POISON.format(f"{model.__name__}.{column}") for column in columns}
            db.session.execute(update(model).values(values))
        db.session.commit()


def paths(app: Flask, a: Town) -> Iterator[tuple[str, str]]:
    """Addresses of every route, with ids of A, its draft, and the cases that the insider follows."""
    with app.app_context(), serving(a.tenant):
        order = text('SELECT id FROM "case" WHERE kind = :kind ORDER BY reference LIMIT 3').bindparams(kind="request")
        followed = list(db.session.scalars(order))
        mine = db.session.scalars(text("SELECT id FROM draft WHERE member_id IS NOT NULL AND case_id IS NULL")).first()
    for rule in catalogue.rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "staff.sign_out":
            continue
        named = catalogue.ids(rule)
        for words in catalogue.words(rule):
            for turn in range(2):
                values = dict(words)
                for name, model in named.items():
                    some = [a.tenant.id] * 2 if model is Association else a.ids(model)
                    values[name] = some[turn % len(some)]
                if rule.rule.startswith("/follow/<uuid"):
                    values["id"] = followed[turn]
                if "draft_id" in named:
                    values["draft_id"] = a.draft
                if rule.rule.startswith("/desk/drafts/<"):
                    values["id"] = mine
                for method, path in catalogue.calls(app, rule, values):
                    if method == "GET":
                        yield path, rule.endpoint
                if not named:
                    break


def watched(owner: Engine, role: str) -> list[str]:
    with owner.connect() as conn:
        rows = conn.execute(
            text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (:role, 'shared')"), {"role": role}
        )
        return [f'"{schema}"."{table}"' for schema, table in rows]


def state(owner: Engine, tables: list[str]) -> dict[str, Any]:
    """How many rows each table has, and which transaction wrote last."""
    one = "SELECT '{0}', count(*), max(xmin::text::bigint) FROM {0}"
    parts = [one.format(name) for name in tables]
    with owner.connect() as conn:
        rows = conn.exec_driver_sql(" UNION ALL ".join(parts).replace("%", "%%"))
        return {plain(name): (count, last) for name, count, last in rows}


def plain(name: str) -> str:
    schema, table = name.replace('"', "").split(".")
    return f"shared.{table}" if schema == "shared" else table


class TestGetting:
    def test_reaches_most_pages(self, got: list[Got]) -> None:
        reached = {one.endpoint for one in got if one.answer.status_code == 200}
        unreached = {one.endpoint for one in got} - reached
        assert len(reached) > 40, unreached

    def test_breaks_nowhere(self, got: list[Got]) -> None:
        assert [one.path for one in got if one.answer.status_code >= 500] == []

    def test_changes_nothing(self, got: list[Got]) -> None:
        wrong = {one.path: extra for one in got if (extra := one.written - WRITES.get(one.endpoint, set()))}
        assert wrong == {}


class TestEveryPage:
    def test_runs_nothing_inline_and_loads_nothing_from_elsewhere(self, got: list[Got], a: Town) -> None:
        samples = {"/console/parts"}  # parts of pages, shown one by one in development: a form there leads nowhere
        shown = [one for one in got if html(one) and one.path not in samples]
        wrong = {one.path: found for one in shown if (found := pages.faults(one.answer.text, a.host))}
        assert wrong == {}

    def test_shows_what_people_write_and_runs_none_of_it(self, got: list[Got]) -> None:
        everything = "".join(one.answer.text for one in got if html(one))
        assert "<img src=x" not in everything
        assert "<script>alert" not in everything
        shown = set(re.findall(r"\{\{7\*7\}\} (\w+\.\w+)", unescape(everything)))
        assert {"Beneficiary.name", "Case.title_ar", "CaseMessage.body", "StoredFile.name"} <= shown, shown

    def test_carries_the_headers(self, got: list[Got]) -> None:
        assert {one.path: found for one in got if (found := missing(one.answer))} == {}

    def test_is_kept_by_no_cache(self, got: list[Got]) -> None:
        kept = [one.path for one in got if html(one) and "no-store" not in one.answer.headers.get("Cache-Control", "")]
        assert kept == []

    def test_sets_cookies_for_its_own_host_out_of_scripts_reach(self, got: list[Got], a: Town) -> None:
        answers = [one.answer for one in got]
        answers.append(a.visitor().get("/?lang=en"))
        answers.append(a.visitor().post(f"/requests/types/{a.kind}"))
        cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
        assert {cookie.split("=")[0] for cookie in cookies} >= {"silah", "lang", "silah_draft"}
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Domain" not in cookie


class TestOverHttps:
    def test_every_cookie_is_secure(self, settings: Settings, a: Town) -> None:
        app = create_app(settings.model_copy(update={"scheme": "https"}))
        client, base = app.test_client(), f"https://{a.host}"
        app.config["WTF_CSRF_ENABLED"] = False
        answers = [
            client.get("/sign-in?lang=en", base_url=base),
            client.post(f"/requests/types/{a.kind}", base_url=base),
        ]
        cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
        assert {cookie.split("=")[0] for cookie in cookies} >= {"__Host-lang", "__Host-silah_draft"}
        assert [cookie for cookie in cookies if "Secure" not in cookie] == []
        assert "Strict-Transport-Security" in answers[0].headers


class TestAnErrorPage:
    @pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 422, 429, 500, 503])
    def test_is_hardened_like_any_other(
        self, app: Flask, a: Town, make_association: Any, status: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = ERRORS[status](app, a, monkeypatch, make_association)
        assert answer.status_code == status
        assert missing(answer) == []
        assert pages.faults(answer.text, a.host) == []


def html(one: Got) -> bool:
    found: bool = one.answer.mimetype == "text/html" and one.answer.status_code < 300
    return found


def missing(answer: Any) -> list[str]:
    """Which of the headers are not there, or say too much."""
    policy = answer.headers.get("Content-Security-Policy", "")
    expected = {
        "a policy without inline": bool(policy) and "unsafe" not in policy and "*" not in policy,
        "a policy that starts from nothing": "default-src 'none'" in policy,
        "frame-ancestors": "frame-ancestors 'none'" in policy,
        "form-action": "form-action 'self'" in policy,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "a referrer policy": answer.headers.get("Referrer-Policy") in ("same-origin", "no-referrer"),
    }
    return [name for name, there in expected.items() if not there]


def forged(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    patch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return a.visitor().post("/sign-in")


def refused(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    patch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browser = a.visitor()
    token = browser.get("/follow").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return browser.post("/follow", data={"csrf_token": token})


def too_often(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    for _ in range(20):
        answer = a.visitor().post("/follow", environ_overrides={"REMOTE_ADDR": "192.0.2.99"})
    return answer


def broken(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    def fail() -> str:
        raise RuntimeError

    patch.setattr(app, "testing", False)
    patch.setitem(app.view_functions, "voices.inquiry", fail)
    fail.access = app.view_functions["portal.home"].access  # type: ignore[attr-defined]
    return a.visitor().get("/inquiries/new")


def suspended(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    tenant = make()
    with app.app_context(), serving(PLATFORM):
        registering.suspend(tenant.slug)
        db.session.commit()
        resolution.forget()
    return Town(app, tenant).visitor().get("/")


def too_large(app: Flask, a: Town, patch: pytest.MonkeyPatch, make: Any) -> Any:
    patch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)
    return a.visitor().post("/sign-in", data={"email": "x" * 1000})


ERRORS: dict[int, Any] = {
    400: forged,
    403: lambda app, a, patch, make: a.member("holds_nothing").get("/admin/staff"),
    404: lambda app, a, patch, make: a.visitor().get("/nowhere"),
    405: lambda app, a, patch, make: a.visitor().get("/sign-out"),
    413: too_large,
    422: refused,
    429: too_often,
    500: broken,
    503: suspended,
}
