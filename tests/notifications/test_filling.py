"""Placeholders: filled as text, checked before a rewording is kept."""

import pytest

from silah.errors import Invalid
from silah.notifications.message_templates import LOCALES, PLACE_WORDS, TEMPLATES
from silah.notifications.placeholders import check, fill, linked

CODE = TEMPLATES["code"]
MISSING = TEMPLATES["missing"]


class TestFill:
    def test_puts_values_in_place(self):
        assert fill("Dear {{name}}, {{ reference }}.", {"name": "نورة", "reference": "R-1"}) == "Dear نورة, R-1."

    def test_a_value_is_never_read_as_a_placeholder(self):
        assert fill("{{name}}", {"name": "{{code}}", "code": "123456"}) == "{{code}}"

    def test_a_value_is_never_read_as_a_template(self):
        assert fill("{{name}}", {"name": "{% raw %}{{ 7*7 }}"}) == "{% raw %}{{ 7*7 }}"

    def test_an_empty_line_of_its_own_is_dropped(self):
        assert fill("a\n\n{{remark}}\n\nb", {}) == "a\n\nb"

    def test_a_list_stands_line_by_line(self):
        assert fill("{{items}}", {"items": ["x", "y"]}) == "- x\n- y"


class TestCheck:
    def test_takes_a_rewording(self):
        assert check(CODE, " الرمز\n{{code}} ", "{{code}}").subject == "الرمز {{code}}"

    @pytest.mark.parametrize(
        ("subject", "body"),
        [
            ("", "{{code}}"),
            ("x", ""),
            ("x", "{{code}} {{password}}"),
            ("x", "{{code}} {{ broken"),
            ("x", "no placeholder"),
            ("x" * 200, "{{code}}"),
            ("x", "{{code}}" + "x" * 6000),
        ],
    )
    def test_refuses_what_cannot_be_sent(self, subject, body):
        with pytest.raises(Invalid):
            check(CODE, subject, body)

    def test_the_list_may_not_be_lost(self):
        with pytest.raises(Invalid) as refused:
            check(MISSING, "x", "{{name}}")
        assert "body" in refused.value.fields


class TestLinked:
    def test_escapes_and_links(self):
        found = linked("<b> https://a.example/x")
        assert found == '&lt;b&gt; <a href="https://a.example/x"><bdi dir="ltr">https://a.example/x</bdi></a>'


class TestWordings:
    @pytest.mark.parametrize("key", TEMPLATES)
    @pytest.mark.parametrize("locale", LOCALES)
    def test_every_message_has_both_languages_and_passes_its_own_check(self, key, locale):
        template = TEMPLATES[key]
        wording = template.wording(locale)
        assert check(template, wording.subject, wording.body) == wording

    def test_every_placeholder_is_explained(self):
        assert {place for template in TEMPLATES.values() for place in template.places} <= set(PLACE_WORDS)
