"""Each feature gives its pages, messages and permissions once, through its registration, and is listed."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import silah
from silah import feature, features
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
