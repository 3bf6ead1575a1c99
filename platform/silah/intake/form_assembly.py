"""From the draft of a form to the ``Definition`` that is kept; pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from silah.intake.definition import Definition

Draft = dict[str, Any]

TRUTHS: dict[str, Any] = {"yes": True, "no": False}
BOUNDS: dict[str, tuple[str, ...]] = {
    "number": ("minimum", "maximum"),
    "money": ("minimum", "maximum"),
    "text": ("longest",),
    "long_text": ("longest",),
    "date": ("within",),
}


def definition(draft: Draft) -> Definition:
    """The form that the draft describes; raises ``Invalid`` naming each wrong part by its place."""
    draft = keyed(draft)
    return Definition.read(
        {
            "title": draft.get("title", {}),
            "summary": draft.get("summary", {}),
            "criteria": [one for one in draft.get("criteria", ()) if one.get("ar") or one.get("en")],
            "steps": [_step(step) for step in draft.get("steps", ())],
            "documents": [_document(one) for one in draft.get("documents", ())],
        }
    )


def keyed(draft: Draft) -> Draft:
    """The draft with a key on everything that has words: keys point from conditions and kept answers."""
    taken = {item["key"] for _noun, item in _items(draft) if item.get("key")}
    for noun, item in _items(draft):
        words = item.get("label") or item.get("title") or {}
        if not item.get("key") and any(words.values()):
            item["key"] = _new(noun, words, taken)
        values = {choice["value"] for choice in item.get("choices", ()) if choice.get("value")}
        for choice in item.get("choices", ()):
            if not choice.get("value") and any((choice.get("label") or {}).values()):
                choice["value"] = _new("choice", choice["label"], values)
    return draft


def chosen_condition(item: Mapping[str, Any]) -> str:
    """The condition of a question or document as a page's choice names it: ``field=value|value``."""
    shown_when = item.get("shown_when")
    if isinstance(shown_when, Mapping):
        return f"{shown_when['field']}={'|'.join(_word(value) for value in shown_when['values'])}"
    return shown_when or ""


def _items(draft: Draft) -> Iterator[tuple[str, Draft]]:
    for step in draft.get("steps", ()):
        yield "step", step
        yield from (("field", field) for field in step.get("fields", ()))
    yield from (("document", document) for document in draft.get("documents", ()))


def _step(step: Draft) -> Draft:
    return {
        "key": step.get("key") or "",
        "title": step.get("title", {}),
        "hint": step.get("hint", {}),
        "fields": [_field(field) for field in step.get("fields", ())],
    }


def _field(field: Draft) -> Draft:
    kind = field.get("kind") or "text"
    bounds = BOUNDS.get(kind, ())
    choices = field.get("choices", ()) if kind in ("choice", "choices") else ()
    return {
        "key": field.get("key") or "",
        "kind": kind,
        "label": field.get("label", {}),
        "hint": field.get("hint", {}),
        "required": _yes(field.get("required")),
        "sensitive": _yes(field.get("sensitive")),
        "choices": [{"value": one["value"], "label": one["label"]} for one in choices if one.get("value")],
        "shown_when": _condition(field),
        **{bound: field[bound] for bound in bounds if field.get(bound) not in (None, "")},
    }


def _document(document: Draft) -> Draft:
    return {
        "key": document.get("key") or "",
        "label": document.get("label", {}),
        "hint": document.get("hint", {}),
        "required": _yes(document.get("required")),
        "dated": _yes(document.get("dated")),
        "shown_when": _condition(document),
        "step": document.get("step") or None,
    }


def _condition(item: Draft) -> Draft | None:
    field, mark, values = chosen_condition(item).partition("=")
    if not (field and mark):
        return None
    return {"field": field, "values": [TRUTHS.get(value, value) for value in values.split("|")]}


def _new(noun: str, words: Any, taken: set[str]) -> str:
    """A key that nothing has yet, after the English words where there are any."""
    plain = re.sub(r"[^a-z0-9]+", "_", str((words or {}).get("en", "")).lower()).strip("_")[:32]
    base = plain if re.match(r"[a-z]", plain) else noun
    key, count = base, 1
    while key in taken:
        count += 1
        key = f"{base}_{count}"
    taken.add(key)
    return key


def _word(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _yes(value: Any) -> bool:
    return value is True or value in ("y", "yes", "on", "1", "true")
