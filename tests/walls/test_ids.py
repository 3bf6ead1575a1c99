"""Every route that takes an id, called at one association with the ids of another: there is nothing at that address."""

import itertools
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import FloatConverter, IntegerConverter, Rule

from silah.app import create_app
from silah.config import Settings
from tenants.registry import Association
from tests.walls import catalogue
from tests.walls.conftest import EVERYTHING, Town


@pytest.fixture(scope="module")
def whole(settings: Settings) -> Flask:
    """The app with the demo's pages too."""
    return create_app(settings.model_copy(update={"demo": True}))


@pytest.fixture(scope="module")
def taken(a: Town) -> dict[Any, list[Any]]:
    """Some ids of each kind from the association under attack."""
    return {model: [a.tenant.id] if model is Association else a.ids(model) for model in catalogue.models().values()}


def with_ids(app: Flask) -> list[Rule]:
    return [rule for rule in catalogue.rules(app) if catalogue.ids(rule)]


def told(answer: Any, *ids: Any) -> tuple[int, str]:
    """An answer without the ids it was asked with: what it tells."""
    text = re.sub(r"\?v=[0-9a-f]+", "", answer.text)
    for id_ in ids:
        text = text.replace(str(id_), "ID")
    return answer.status_code, text


def tried(rule: Rule, browser: FlaskClient, sets: list[dict[str, Any]], app: Flask, allowed: Any = (404,)) -> list[str]:
    """Where a route answered otherwise to these ids than to ids that nothing has."""
    wrong = []
    for words in catalogue.words(rule):
        nobody = {name: uuid4() for name in catalogue.ids(rule)}
        for method, path in catalogue.calls(app, rule, {**words, **nobody}):
            nothing = told(browser.open(path, method=method), *nobody.values())
            if nothing[0] not in allowed:
                wrong.append(f"{method} {rule.rule} with an id that nothing has: {nothing[0]}")
            for ids in sets:
                address = dict(catalogue.calls(app, rule, {**words, **ids}))[method]
                found = told(browser.open(address, method=method), *ids.values())
                if found != nothing:
                    wrong.append(f"{method} {address}: {found[0]}, not as for an id that nothing has: {nothing[0]}")
    return wrong


class TestTheIdsOfAnother:
    def test_every_part_of_every_address_is_known(self, whole: Flask) -> None:
        assert catalogue.unknown(whole) == []

    def test_the_routes_to_try_are_found(self, app: Flask) -> None:
        assert len(with_ids(app)) > 30

    def test_there_is_something_of_each_kind_to_try_them_with(self, taken: dict[Any, list[Any]]) -> None:
        """Where this fails, let ``BESIDE`` in the conftest make one, or the demo's month."""
        assert {model.__name__ for model, ids in taken.items() if not ids} == set()

    def test_a_part_that_the_catalogue_does_not_know_fails(self, settings: Settings) -> None:
        app = create_app(settings)
        app.add_url_rule("/desk/meetings/<uuid:id>", "meeting", lambda id: "")
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == "meeting")
        with pytest.raises(catalogue.Unknown, match=r"NAMED, what the id in /desk/meetings/<> names"):
            catalogue.ids(rule)

    def test_no_id_is_a_number_that_can_be_counted_up(self, whole: Flask) -> None:
        counted = {
            catalogue.shape(rule, name)
            for rule in whole.url_map.iter_rules()
            for name, converter in rule._converters.items()
            if isinstance(converter, IntegerConverter | FloatConverter)
        }
        assert counted <= catalogue.COUNTED

    @pytest.mark.parametrize("role", [EVERYTHING, "administrator", None])
    def test_are_nothing_here_whoever_asks(
        self, app: Flask, b: Town, taken: dict[Any, list[Any]], role: str | None
    ) -> None:
        wrong: list[str] = []
        for rule in with_ids(app):
            access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
            if role is None and access.kind != "public":
                continue
            browser = b.member(role) if role else b.visitor()
            named = catalogue.ids(rule)
            sets = [
                dict(zip(named, ids, strict=True)) for ids in zip(*(taken[m] for m in named.values()), strict=False)
            ]
            # An id of any other kind is as little here.
            if role == EVERYTHING:
                sets += [dict.fromkeys(named, taken[model][0]) for model in catalogue.models().values() if taken[model]]
            wrong += tried(rule, browser, sets, app, {404} if role != "administrator" else {404, 403})
        assert wrong == []

    def test_beside_ones_own_are_nothing_either(self, app: Flask, b: Town, taken: dict[Any, list[Any]]) -> None:
        wrong: list[str] = []
        for rule in with_ids(app):
            named = catalogue.ids(rule)
            if len(named) < 2:
                continue
            own = {name: b.ids(model, most=1)[0] for name, model in named.items()}
            sets = [
                {name: taken[named[name]][0] if theirs else own[name] for name, theirs in zip(named, mix, strict=True)}
                for mix in itertools.product((True, False), repeat=len(named))
                if any(mix)
            ]
            wrong += tried(rule, b.member(EVERYTHING), sets, app)
        assert wrong == []

    def test_are_something_at_home(self, app: Flask, a: Town) -> None:
        """Else the attack above would prove nothing: to those who work there, the same addresses open."""
        closed = []
        for rule in with_ids(app):
            access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
            if access.kind == "requires" and "GET" in (rule.methods or ()) and not opens(app, rule, a):
                closed.append(rule.rule)
        assert set(closed) <= CLOSED


CLOSED = {
    "/admin/policy/<uuid:id>/<section>",
    "/admin/policy/<uuid:id>/marks/<uuid:file_id>",
    "/desk/cases/<uuid:id>/agreement.pdf",
    "/desk/cases/<uuid:id>/closing.pdf",
    "/desk/surveys/<uuid:id>/files/<uuid:file_id>",
}
"""What opens to nobody by an id of the month alone: a draft's section, a policy's signatures, a file with an answer,
and the papers of a settlement that are previewed only while an answer to an offer or a closing is about to be sent.
"""


def opens(app: Flask, rule: Rule, a: Town) -> bool:
    """Whether a route answers to somebody of A who may do everything, with any of A's ids."""
    named = catalogue.ids(rule)
    for words, ids in itertools.product(catalogue.words(rule), a.together(*named.values())):
        path = dict(catalogue.calls(app, rule, {**words, **dict(zip(named, ids, strict=True))}))["GET"]
        if a.member(EVERYTHING).get(path).status_code == 200:
            return True
    return False
