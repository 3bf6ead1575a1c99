"""Who may open what, for every route there is: nobody without the permission, nothing without proof of origin."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from silah.app import create_app
from silah.beneficiaries.models import Beneficiary
from silah.config import Settings
from silah.demo import people
from silah.notifications.models import OutboxMessage
from silah.staff import service
from silah.web.access import Permission
from tenants.registry import Association
from tests.walls import catalogue
from tests.walls.conftest import EVERYTHING, NOTHING, PASSWORD, Browser, Town

ADMIN = {
    Permission.MANAGE_STAFF,
    Permission.GRANT_ROLES,
    Permission.MANAGE_BRANCHES,
    Permission.EDIT_SETTINGS,
    Permission.EDIT_REQUEST_TYPES,
    Permission.EDIT_MESSAGES,
    Permission.EDIT_POLICY,
    Permission.APPROVE_POLICY,
    Permission.FOLLOW_ACKNOWLEDGEMENTS,
    Permission.EDIT_SURVEYS,
}


def access(app: Flask, rule: Rule) -> Any:
    return app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]


def addresses(app: Flask, rule: Rule, town: Town | None = None) -> Iterator[tuple[str, str]]:
    """Each method and address of a rule, with ids of a town or of nothing."""
    named = catalogue.ids(rule)
    values = {name: some_id(town, model) for name, model in named.items()}
    yield from catalogue.calls(app, rule, {**next(catalogue.words(rule)), **values})


def some_id(town: Town | None, model: Any) -> UUID:
    if town is None:
        return uuid4()
    return town.tenant.id if model is Association else next(iter(town.ids(model, most=1)), uuid4())


class TestAPermission:
    def test_is_asked_for_by_every_route_that_states_one(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser]
    ) -> None:
        open_ = []
        for rule in catalogue.rules(app):
            needed = access(app, rule).permissions
            if needed:
                browser = probe(set(Permission) - needed)
                for method, path in addresses(app, rule, a):
                    answer = browser.open(path, method=method)
                    if answer.status_code != 403:
                        open_.append(f"{method} {path} without {sorted(needed)}: {answer.status_code}")
        assert open_ == []

    def test_is_not_had_by_a_member_without_a_role(self, app: Flask, a: Town) -> None:
        browser = a.member(NOTHING)
        for rule in catalogue.rules(app):
            if access(app, rule).kind == "requires":
                for method, path in addresses(app, rule, a):
                    assert (path, browser.open(path, method=method).status_code) == (path, 403)

    def test_of_the_desk_opens_no_page_of_administration(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser]
    ) -> None:
        browser = probe(set(Permission) - ADMIN)
        tried = 0
        for rule in catalogue.rules(app):
            if rule.rule.startswith("/admin"):
                for method, path in addresses(app, rule, a):
                    tried += 1
                    assert (path, browser.open(path, method=method).status_code) == (path, 403)
        assert tried > 15

    def test_to_see_sensitive_fields_opens_no_file_by_itself(
        self, a: Town, probe: Callable[[set[Permission]], Browser]
    ) -> None:
        person = a.ids(Beneficiary, most=1)[0]
        browser = probe({Permission.SEE_SENSITIVE_FIELDS, Permission.SEE_CASES})
        assert browser.post(f"/desk/beneficiaries/{person}/reveal").status_code == 403

    def test_to_carry_letters_reads_no_code_and_no_link(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser]
    ) -> None:
        everything = a.member(EVERYTHING)
        carried = a.ids(OutboxMessage, OutboxMessage.means.in_(("call", "hand")), most=1)[0]
        mailed = a.ids(OutboxMessage, OutboxMessage.means == "email", most=50)
        assert everything.get(f"/desk/letters/{carried}").status_code == 200
        assert {everything.get(f"/desk/letters/{one}").status_code for one in mailed} == {404}
        assert {everything.post(f"/desk/letters/{one}/attempts").status_code for one in mailed} == {404}
        assert {everything.post(f"/desk/letters/{one}/number").status_code for one in mailed} == {404}
        # Nor a letter on a case that the member does not see.
        carrier = probe({Permission.MESSAGE_APPLICANTS})
        assert carrier.get(f"/desk/letters/{carried}").status_code == 404
        assert str(carried) not in carrier.get("/desk/letters").text


class TestAStranger:
    def test_is_sent_to_sign_in(self, app: Flask, a: Town) -> None:
        browser = a.visitor()
        for rule in catalogue.rules(app):
            if access(app, rule).kind in ("requires", "signed_in"):
                for method, path in addresses(app, rule, a):
                    answer = browser.open(path, method=method)
                    assert answer.status_code in (302, 401, 403), (method, path)
                    assert answer.headers.get("Location", "/sign-in").startswith("/sign-in"), (method, path)

    def test_finds_no_console_at_an_association(self, app: Flask, a: Town) -> None:
        for rule in catalogue.rules(app):
            if access(app, rule).place == "platform":
                for method, path in addresses(app, rule):
                    for browser in (a.visitor(), a.member("administrator"), a.member(EVERYTHING)):
                        assert (path, browser.open(path, method=method).status_code) == (path, 404)

    def test_finds_nothing_of_an_association_at_the_platform(self, app: Flask, a: Town, platform: Browser) -> None:
        for rule in catalogue.rules(app):
            if access(app, rule).place == "association":
                for method, path in addresses(app, rule, a):
                    assert (path, platform.open(path, method=method).status_code) == (path, 404)

    def test_finds_the_parts_of_pages_in_development_only(self, settings: Settings, a: Town) -> None:
        earnest = create_app(settings.model_copy(update={"development": False}))
        for host in (settings.base_domain, a.host):
            assert earnest.test_client().get("/console/parts", base_url=f"http://{host}").status_code == 404


class TestAForgedForm:
    @pytest.fixture
    def strict(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    @pytest.fixture
    def ruler(self, app: Flask, a: Town, platform: Browser) -> Browser:
        with app.app_context():
            email = people.address("ruler", a.tenant.slug)
            service.choose_password(service.ensure(email, "ruler", operator=True).id, PASSWORD)
        assert platform.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 302
        return platform

    @pytest.mark.parametrize("token", [None, "", "made-up", "stolen"])
    def test_is_refused_by_every_route_that_takes_one(
        self, app: Flask, a: Town, ruler: Browser, monkeypatch: pytest.MonkeyPatch, token: str | None
    ) -> None:
        insider = a.insider()
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        if token == "stolen":
            page = a.visitor().get("/sign-in").text
            token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        refused = 0
        for rule in catalogue.rules(app):
            if "POST" not in (rule.methods or ()):
                continue
            browser = ruler if access(app, rule).place == "platform" else insider
            for method, path in addresses(app, rule, a):
                if method == "POST":
                    answer = browser.post(path, data={} if token is None else {"csrf_token": token})
                    assert (path, answer.status_code) == (path, 400)
                    refused += 1
        assert refused > 30

    def test_only_get_and_post_are_answered(self, app: Flask) -> None:
        others = {m for rule in catalogue.rules(app) for m in rule.methods or ()} - {"GET", "HEAD", "OPTIONS", "POST"}
        assert others == set()
