"""The form of a request type while an administrator writes it: plain data that every button of the page sends along.

Pure: what the page holds is read into a draft, one deed (add, remove, move up or down) changes it, and it becomes a
``Definition`` only when it is saved.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from silah.intake.definition import Definition
from silah.intake.form_assembly import keyed

Draft = dict[str, Any]

LISTS = frozenset({"criteria", "steps", "fields", "choices", "documents"})
NAME = re.compile(
    r"""(title|summary|criteria\.\d{1,3})\.(ar|en)
      | steps\.\d{1,3}\.(key|(title|hint)\.(ar|en))
      | (steps\.\d{1,3}\.fields|documents)\.\d{1,3}\.
        (key|kind|required|sensitive|dated|minimum|maximum|longest|within|shown_when|step|(label|hint)\.(ar|en))
      | steps\.\d{1,3}\.fields\.\d{1,3}\.choices\.\d{1,3}\.(value|label\.(ar|en))
    """,
    re.VERBOSE,
)
"""The names that a page sends; nothing else is read, so that the draft has the shape of a form."""

NUMBER = re.compile(r"\d{1,3}")

MOST = 60
"""How many of one thing a form may have; a longer page is somebody's mistake."""


def of(definition: Definition) -> Draft:
    """The draft of a form that stands."""
    return definition.document()


def read(sent: Iterable[tuple[str, str]]) -> Draft:
    """The draft that a page sent: names such as ``steps.0.fields.1.label.ar``."""
    draft: Draft = {}
    for name, value in sent:
        if NAME.fullmatch(name):
            _put(draft, name.split("."), value.strip())
    return keyed({"title": {}, "summary": {}, "criteria": [], "steps": [], "documents": []} | _listed(draft))


def change(draft: Draft, deed: str) -> Draft:
    """The draft after one deed, such as ``add:steps.0.fields`` or ``up:documents.2``; others change nothing."""
    what, _, place = deed.partition(":")
    path = place.split(".")
    if what == "add":
        listed = _at(draft, path)
        if isinstance(listed, list) and len(listed) < MOST:
            listed.append(_blank(path[-1]))
    elif what in ("remove", "up", "down") and NUMBER.fullmatch(path[-1]):
        listed, index = _at(draft, path[:-1]), int(path[-1])
        if isinstance(listed, list) and index < len(listed):
            item = listed.pop(index)
            if what != "remove":
                listed.insert(max(index + (-1 if what == "up" else 1), 0), item)
    return draft


def conditions(draft: Draft, locale: str) -> list[tuple[str, str, int]]:
    """What a question may hang on: (condition, words, position of its field), for fields with fixed answers."""
    found = []
    fields = [field for step in draft.get("steps", ()) for field in step.get("fields", ())]
    for position, field in enumerate(fields):
        for value, words in _answers(field, locale):
            found.append((f"{field['key']}={value}", f"{_words(field.get('label'), locale)}: {words}", position))
    return found


def _answers(field: Mapping[str, Any], locale: str) -> list[tuple[str, str]]:
    if not field.get("key"):
        return []
    if field.get("kind") == "yes_no":
        return [("yes", "نعم" if locale == "ar" else "Yes"), ("no", "لا" if locale == "ar" else "No")]
    if field.get("kind") in ("choice", "choices"):
        choices = field.get("choices", ())
        return [(one["value"], _words(one.get("label"), locale)) for one in choices if one.get("value")]
    return []


def _words(text: Any, locale: str) -> str:
    text = text or {}
    return text.get(locale) or text.get("ar") or text.get("en") or ""


def _blank(kind: str) -> Draft:
    fresh: dict[str, Draft] = {"fields": {"kind": "text", "required": True}, "documents": {"required": True}}
    return fresh.get(kind, {})


def _put(node: Draft, path: list[str], value: str) -> None:
    for part in path[:-1]:
        node = node.setdefault(part, {})
        if not isinstance(node, dict):
            return
    node[path[-1]] = value


def _listed(node: Any) -> Any:
    """Numbered parts as lists, in the order of their numbers."""
    if not isinstance(node, dict):
        return node
    for name, inner in node.items():
        if name in LISTS and isinstance(inner, dict):
            numbered = sorted((int(key), one) for key, one in inner.items() if NUMBER.fullmatch(key))
            node[name] = [_listed(one) for _, one in numbered]
        else:
            node[name] = _listed(inner)
    return node


def _at(draft: Draft, path: list[str]) -> Any:
    node: Any = draft
    for part in path:
        if isinstance(node, list):
            node = node[int(part)] if NUMBER.fullmatch(part) and int(part) < len(node) else None
        elif isinstance(node, dict):
            node = node.setdefault(part, []) if part in LISTS else node.get(part)
        else:
            return None
    return node


def blank() -> Draft:
    """The draft of a form that nobody has written yet: one step with one question."""
    return {"title": {}, "summary": {}, "criteria": [], "steps": [{"fields": [_blank("fields")]}], "documents": []}
