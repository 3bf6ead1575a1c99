"""Who may open what: every view says so, and what it says is enforced."""

import pytest

from silah.web.access import Permission, Rule, current_member, operator, public, requires, signed_in

OF_THE_PHONE = {"/desk/field/worker.js", "/desk/field/manifest.webmanifest"}
"""What a browser fetches by itself for the page that works offline: the same for everybody, and without data."""


def rules(app):
    return {name: getattr(view, "access", None) for name, view in app.view_functions.items() if name != "static"}


class TestEveryView:
    def test_says_who_may_open_it(self, app):
        assert {name for name, rule in rules(app).items() if rule is None} == set()

    def test_of_the_desk_and_of_administrators_is_open_to_nobody_from_outside(self, app, client, association):
        browser, opened = client(association), []
        for rule in app.url_map.iter_rules():
            if rule.rule.startswith(("/desk", "/admin")) and not rule.arguments and "GET" in rule.methods:
                answer = browser.get(rule.rule)
                refused = answer.status_code == 401 or (answer.location or "").startswith("/sign-in")
                if not refused and rule.rule not in OF_THE_PHONE:
                    opened.append((rule.rule, answer.status_code))
        assert opened == []

    def test_of_the_console_is_not_there_on_an_associations_host(self, app, signed_in, association):
        browser = signed_in(association, "administrator")
        paths = [rule.rule for rule in app.url_map.iter_rules() if rarely(rule)]
        assert paths
        assert {browser.get(path).status_code for path in paths} == {404}

    def test_of_an_association_is_not_there_on_the_platforms_host(self, client):
        for path in ("/desk/associations", "/admin/staff", "/password", "/switched"):
            assert client().get(path).status_code == 404


def rarely(rule):
    return rule.endpoint.startswith("console.") and not rule.arguments and "GET" in rule.methods


class TestEnforcing:
    @pytest.fixture
    def views(self, app, monkeypatch):
        """Views of every kind, put where other views stand, since an app in use takes no more routes."""

        def put(endpoint, view):
            monkeypatch.setitem(app.view_functions, endpoint, view)

        return put

    def test_a_view_without_a_rule_is_refused_even_to_administrators(self, views, admin):
        views("admin.roles", lambda: "open")
        assert admin.get("/admin/roles").status_code == 403

    def test_one_of_the_permissions_is_enough_and_none_is_not(self, views, signed_in, association):
        browser = signed_in(association, "volunteer")
        views("admin.roles", requires(Permission.MANAGE_STAFF, Permission.RECEIVE_REQUESTS)(lambda: "open"))
        assert browser.get("/admin/roles").text == "open"
        views("admin.roles", requires(Permission.MANAGE_STAFF)(lambda: "open"))
        assert browser.get("/admin/roles").status_code == 403

    def test_signed_in_is_any_member(self, views, client, signed_in, association):
        views("admin.roles", signed_in_view := _signed_in_view())
        assert signed_in_view.access == Rule("signed_in")
        assert signed_in(association, "volunteer").get("/admin/roles").text == "open"
        assert client(association).get("/admin/roles").status_code == 302

    def test_public_is_everybody_at_that_place(self, views, client, association):
        views("admin.roles", public(lambda: "open"))
        assert client(association).get("/admin/roles").text == "open"
        assert client().get("/admin/roles").status_code == 404
        views("admin.roles", public(place="any")(lambda: "open"))
        assert client().get("/admin/roles").text == "open"

    def test_operator_is_not_an_administrator(self, views, admin):
        views("admin.roles", operator(lambda: "open"))
        assert admin.get("/admin/roles").status_code == 404

    def test_a_post_by_nobody_asks_to_sign_in_and_repeats_nothing(self, client, association):
        answer = client(association).post("/admin/staff/invite", data={"name": "x"})
        assert answer.location == "/sign-in"

    def test_requires_needs_a_permission(self):
        with pytest.raises(TypeError):
            requires()


def _signed_in_view():
    return signed_in(lambda: "open")


def test_nobody_is_signed_in_outside_a_request(serve, association):
    with serve(association):
        assert current_member() is None
    assert current_member() is None
