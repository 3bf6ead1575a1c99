"""Each feature gives its pages, messages and permissions once, through its registration, and is listed."""

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
