"""Each feature gives its pages, messages and permissions once, through its registration, and is listed."""

import re
import tomllib
from collections import Counter
from inspect import unwrap
from pathlib import Path

import pytest
from flask import Flask

import silah
from silah import feature, features
from silah.cases import kinds
from silah.desk import navigation_items
from silah.notifications.message_templates import TEMPLATES
from silah.web.access import PERMISSION_LABELS, Permission

PACKAGE = Path(str(silah.__file__)).parent
LOADED = features.load(demo=True)


PROJECT = PACKAGE.parents[1] / "pyproject.toml"


class TestLayers:
    def test_every_package_and_module_has_a_layer(self) -> None:
        contracts = tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
        layers = " ".join(layer for one in contracts for layer in one.get("layers", ()))
        found = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {
            path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")
        }
        assert set(re.findall(r"silah\.(\w+)", layers)) == found

    def test_no_contract_ignores_an_import(self) -> None:
        assert "ignore_imports" not in PROJECT.read_text("utf-8")

    def test_modules_are_named_by_text_in_few_places(self) -> None:
        """A module is named by a text only where features, commands and handlers are loaded."""
        named = re.compile(r"import_module|resolve_name|__import__|[\"']silah\.[\w.]+:\w+[\"']")
        found = {
            str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if named.search(path.read_text("utf-8"))
        }
        assert found == {"features.py", "cli/__init__.py", "jobs/handlers.py"}


KEYS_OF_ENTRIES = {"desk/timeline_presenter.py"}
"""Where an entry of the timeline keeps the reference of another case under such a word."""


class TestFrames:
    """The portal, the desk and the console name no feature: neither its kinds of case nor its pages."""

    FRAMES = ("portal", "desk", "console")

    @pytest.fixture
    def texts(self) -> dict[str, str]:
        files = [path for frame in self.FRAMES for path in (PACKAGE / frame).rglob("*.*")]
        wanted = [path for path in files if path.suffix in (".py", ".html")]
        return {str(path.relative_to(PACKAGE)): path.read_text("utf-8") for path in wanted}

    def test_they_name_no_kind_of_case(self, texts: dict[str, str]) -> None:
        kind = re.compile(rf"[\"']({'|'.join(kinds.every())})[\"'](?!\\])")
        named = {path: found for path, text in texts.items() if (found := kind.findall(text))}
        assert named.keys() == KEYS_OF_ENTRIES

    def test_they_lead_to_no_page_of_a_feature(self, app: Flask, texts: dict[str, str]) -> None:
        named = re.compile(r"url_for\(\s*[\"']([\w.]+)[\"']")
        found = {
            (path, endpoint)
            for path, text in texts.items()
            for endpoint in named.findall(text)
            if owner(app, endpoint, path.split("/")[0]) in features.FEATURES
        }
        assert found == {("desk/templates/desk/case_parts.html", "portal.old_policy")}, "every case has its version"


def owner(app: Flask, endpoint: str, frame: str) -> str:
    """The package that has the view of an endpoint; one that begins with a dot is of the frame itself."""
    view = app.view_functions.get(frame + endpoint if endpoint.startswith(".") else endpoint)
    return unwrap(view).__module__.split(".")[1] if view else frame


class TestFeatures:
    def test_each_package_with_a_registration_is_listed_and_no_other(self) -> None:
        found = {path.parent.name for path in PACKAGE.glob("*/registration.py")}
        assert found == {*features.FEATURES, features.DEMO}

    def test_each_is_called_after_its_package(self) -> None:
        assert [one.name for one in LOADED] == [*features.FEATURES, features.DEMO]

    def test_each_message_belongs_to_one_feature_and_has_both_languages(self) -> None:
        owned = Counter(message.key for one in LOADED for message in one.messages)
        assert [key for key, times in owned.items() if times > 1] == []
        for language in ("ar", "en"):
            text = (PACKAGE / "notifications" / "wordings" / f"{language}.toml").read_text("utf-8")
            assert set(tomllib.loads(text)) == set(TEMPLATES)

    def test_each_permission_has_a_label_from_one_place(self) -> None:
        owned = Counter(permission for one in LOADED for permission in one.permissions)
        assert [key for key, times in owned.items() if times > 1] == []
        assert set(PERMISSION_LABELS) == set(Permission)

    def test_each_entry_of_the_navigation_has_a_place_of_its_own(self) -> None:
        items = navigation_items.list_all()
        places = Counter((item.section, item.position) for item in items)
        assert [place for place, times in places.items() if times > 1] == []

    def test_registering_again_changes_nothing(self) -> None:
        before = (list(TEMPLATES), list(PERMISSION_LABELS), navigation_items.list_all())
        for one in LOADED:
            assert isinstance(one, feature.Feature)
            one.register()
        assert (list(TEMPLATES), list(PERMISSION_LABELS), navigation_items.list_all()) == before
