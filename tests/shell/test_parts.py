"""Each part in both languages: labels for every field, errors tied to it, words beside colour."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from wtforms import Form, StringField

LANGUAGES = ("ar", "en")
VOID = {"input", "br", "hr", "img", "link", "meta", "path", "circle", "rect"}


class Outline(HTMLParser):
    """The elements of a page, and whether each one that opens is closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def having(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in tags]


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, face: Flask) -> Outline:
    return Outline(face.test_client().get(f"/parts?lang={request.param}").text)


class TestPartsPage:
    def test_every_element_is_closed(self, page: Outline) -> None:
        assert page.open == []

    def test_every_field_has_a_label(self, page: Outline) -> None:
        labelled = {attrs.get("for") for attrs in page.having("label")}
        for attrs in page.having("input", "select", "textarea"):
            if attrs.get("type") != "hidden":
                assert attrs["id"] in labelled, attrs

    def test_every_id_is_there_once(self, page: Outline) -> None:
        ids = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
        assert sorted(ids) == sorted(set(ids))

    def test_every_description_exists(self, page: Outline) -> None:
        ids = {attrs.get("id") for _, attrs in page.elements}
        for _, attrs in page.elements:
            for name in (attrs.get("aria-describedby") or "").split() + (attrs.get("aria-labelledby") or "").split():
                assert name in ids

    def test_an_error_is_named_by_its_field_and_reached_from_the_summary(self, page: Outline) -> None:
        name = next(attrs for attrs in page.having("input") if attrs.get("id") == "b-name")
        assert name["aria-invalid"] == "true"
        assert "b-name-error" in str(name["aria-describedby"])
        targets = {attrs["href"] for attrs in page.having("a") if str(attrs.get("href")).startswith("#b-")}
        ids = {f"#{attrs.get('id')}" for _, attrs in page.elements}
        assert targets
        assert targets <= ids

    def test_the_skip_link_leads_to_the_content(self, page: Outline) -> None:
        assert page.having("a")[0]["href"] == "#main"
        assert page.having("main")[0]["id"] == "main"

    def test_every_form_that_posts_carries_a_token(self, face: Flask) -> None:
        html = face.test_client().get("/parts").text
        confirmations = re.findall(r'<form class="confirm-form.*?</form>', html, flags=re.S)
        assert confirmations
        assert all('name="csrf_token"' in form for form in confirmations)


class TestMacros:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_user_text_is_escaped_everywhere(self, render: Any, lang: str) -> None:
        bad = "<script>alert(1)</script>"
        html = render(
            "{{ ui.tag(bad) }}{{ ui.bdi(bad) }}{{ ui.ref(bad) }}{{ ui.facts([(bad, bad)]) }}{{ ui.button(bad) }}"
            "{{ ui.table(bad, [bad], [[bad]]) }}{{ ui.timeline([{'title': bad, 'who': bad, 'body': bad}]) }}"
            "{{ ui.empty(bad, bad, bad, '/') }}{{ ui.confirm(bad, bad, '/', bad, fields={'a': bad}) }}"
            "{{ ui.filter([{'label': bad, 'href': bad}]) }}{{ ui.stepper([bad], 1) }}{{ ui.progress(1, 2, bad) }}",
            lang,
            bad=bad,
        )
        assert "<script>" not in html
        assert html.count("&lt;script&gt;") >= 20

    def test_a_row_turns_into_a_card_with_words(self, render: Any) -> None:
        html = render("{{ ui.table('t', ['Name', {'label': 'Sum', 'numeric': True}], [['a', 'b']]) }}")
        assert 'data-label="Name"' in html
        assert 'data-label="Sum" class="numeric"' in html

    def test_sorting_is_said_in_the_heading(self, render: Any) -> None:
        html = render("{{ ui.table('t', [{'label': 'Date', 'sort_href': '?s', 'sorted': 'descending'}], []) }}")
        assert 'aria-sort="descending"' in html

    def test_a_step_that_is_done_says_so(self, render: Any) -> None:
        html = render("{{ ui.stepper(['One', 'Two', 'Three'], 2) }}", "en")
        assert html.count("(done)") == 1
        assert html.count('aria-current="step"') == 1

    def test_the_signature_pad_says_what_it_needs(self, render: Any) -> None:
        html = render("{{ ui.signature_pad('sign', 'Your signature') }}", "en")
        assert "needs JavaScript" in html
        assert 'type="hidden" name="sign"' in html

    def test_a_private_entry_is_marked_in_words(self, render: Any) -> None:
        entry = {"title": "Note", "private": True, "when": datetime(2026, 12, 10, 9, tzinfo=UTC)}
        html = render("{{ ui.timeline([entry]) }}", "en", entry=entry)
        assert "Staff only" in html
        assert "Thursday 10 December 2026 (1 Rajab 1448 AH), 12:00 pm" in html

    def test_a_confirmation_takes_further_inputs(self, render: Any) -> None:
        html = render("{% call ui.confirm('Sure?', 'Text', '/go', 'Go') %}<input name=why>{% endcall %}")
        assert "<input name=why>" in html

    def test_a_label_may_be_left_to_the_heading_but_never_out(self, render: Any) -> None:
        field = StringField("Who?").bind(Form(), "who")
        field.process(None)
        html = render("{{ ui.field(field, label_hidden=True) }}", field=field)
        assert '<label class="label visually-hidden" for="who">Who?' in html
        assert "label_hidden" not in html

    def test_a_button_may_carry_attributes(self, render: Any) -> None:
        html = render("{{ ui.button('Go', data_copy='x', hidden=True, disabled=False) }}")
        assert 'data-copy="x" hidden>' in html
        assert "disabled" not in html


class TestErrorPages:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503, "error"])
    def test_each_says_what_happened_under_one_heading(self, face: Flask, status: int | str, lang: str) -> None:
        page = face.test_client().get(f"/error/{status}?lang={lang}").text
        assert Outline(page).open == []
        assert page.count("<h1>") == 1
        assert f'lang="{lang}"' in page
