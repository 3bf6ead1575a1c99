"""A form while it is written: what the page sends is read back, every deed does one thing, keys stay."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.errors import Invalid
from silah.intake import form_assembly, form_draft
from silah.intake.definition import Definition
from tenants import blueprints

FORMS = [
    Definition.read(one["definition"])
    for blueprint in blueprints.names()
    for one in blueprints.load(blueprint).request_types
]

PARTS = ["title", "criteria", "steps", "documents", "fields", "choices", "label", "ar", "key", "kind", "0", "1", "7"]
LIKELY = [
    "title.ar", "criteria.0.en", "steps.1.title.ar", "steps.1.key", "steps.1.fields.0.label.ar",
    "steps.1.fields.0.kind", "steps.1.fields.0.shown_when", "steps.1.fields.0.choices.0.label.ar",
    "documents.0.label.en", "documents.0.shown_when", "steps.1.fields.0.minimum",
]  # fmt: skip
NAMES = st.sampled_from(LIKELY) | st.lists(st.sampled_from(PARTS), min_size=1, max_size=7).map(".".join)
DEEDS = st.builds("{}:{}".format, st.sampled_from(["add", "up", "down", "remove", "save", ""]), NAMES)


def sent(draft: Any, path: str = "") -> list[tuple[str, str]]:
    """The draft as its page sends it: names and texts, ticks only where ticked."""
    if isinstance(draft, dict) and set(draft) == {"field", "values"}:
        return [(path, form_assembly.chosen_condition({"shown_when": draft}))]
    if isinstance(draft, dict):
        return [pair for key, inner in draft.items() for pair in sent(inner, f"{path}.{key}" if path else key)]
    if isinstance(draft, list):
        return [pair for index, inner in enumerate(draft) for pair in sent(inner, f"{path}.{index}")]
    if draft is True:
        return [(path, "y")]
    return [] if draft in (None, False, "") else [(path, str(draft))]


class TestADraft:
    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title.en)
    def test_of_every_blueprint_comes_back_from_its_page_unchanged(self, form: Definition) -> None:
        read = form_draft.read(sent(form_draft.of(form)))
        assert form_assembly.definition(read) == form

    def test_gives_new_parts_keys_that_nothing_has(self) -> None:
        draft = form_draft.of(FORMS[0])
        step = draft["steps"][0]
        step["fields"] += [{"label": {"ar": "سؤال", "en": "Age"}, "kind": "text"} for _ in range(2)]
        keys = [field.key for field in form_assembly.definition(draft).fields]
        assert len(keys) == len(set(keys))

    def test_adds_moves_and_removes(self) -> None:
        draft = form_draft.change(form_draft.of(FORMS[0]), "add:criteria")
        count = len(draft["criteria"])
        draft["criteria"][-1] = {"ar": "جديد", "en": "New"}
        draft = form_draft.change(draft, f"up:criteria.{count - 1}")
        assert draft["criteria"][count - 2] == {"ar": "جديد", "en": "New"}
        draft = form_draft.change(draft, f"remove:criteria.{count - 2}")
        assert len(draft["criteria"]) == count - 1

    def test_refuses_a_question_that_hangs_on_a_later_one(self) -> None:
        draft = {
            "title": {"ar": "ط", "en": "T"},
            "steps": [
                {
                    "key": "a",
                    "title": {"ar": "أ", "en": "A"},
                    "fields": [
                        {"key": "one", "kind": "text", "label": {"ar": "١", "en": "1"}, "shown_when": "two=yes"},
                        {"key": "two", "kind": "yes_no", "label": {"ar": "٢", "en": "2"}},
                    ],
                }
            ],
        }
        with pytest.raises(Invalid):
            form_assembly.definition(draft)

    @given(st.lists(st.tuples(NAMES, st.sampled_from(["", "x", "y", "choice", "أ"])), max_size=12), DEEDS)
    def test_whatever_is_sent_never_breaks_the_page(self, pairs: list[tuple[str, str]], deed: str) -> None:
        draft = form_draft.change(form_draft.read(pairs), deed)
        form_draft.conditions(draft, "ar")
        with suppress(Invalid):
            form_assembly.definition(draft)
