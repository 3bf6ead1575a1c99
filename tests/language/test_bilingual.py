"""What is kept in both languages is read in one, whatever keeps it."""

from types import SimpleNamespace
from typing import Any

import pytest

from silah.language.bilingual import localized

BOTH = {"name_ar": "جمعية", "name_en": "Association"}


@pytest.mark.parametrize("thing", [BOTH, SimpleNamespace(**BOTH)], ids=["mapping", "object"])
class TestLocalized:
    def test_reads_the_language_that_is_asked_for(self, thing: Any) -> None:
        assert (localized(thing, "name", "ar"), localized(thing, "name", "en")) == ("جمعية", "Association")

    def test_reads_the_other_where_one_is_blank(self, thing: Any) -> None:
        blank = {**BOTH, "name_en": ""} if isinstance(thing, dict) else SimpleNamespace(**{**BOTH, "name_en": None})
        assert localized(blank, "name", "en") == "جمعية"
