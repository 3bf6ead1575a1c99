"""From what a page sent to the plain data of a section, and one deed on it (add, remove, move); pure.

Names on the page are paths such as ``channels.0.name.ar``. They are read along the types, so nothing that the policy
has no place for is ever read.
"""

import re
from collections.abc import Mapping
from typing import Any

from silah.language.numbers import BadAnswer, read_number
from silah.language.typed_days import read_day
from silah.policies.field_schema import STEPS, Shape, fields_of, of_policy
from silah.policies.sections import Document, Section
from tenants.clauses import setting_of
from tenants.policy import Policy

Sent = Mapping[str, list[str]]

MOST = 80
"""How many of one thing a policy may have; a longer page is somebody's mistake."""

NOT_SAID, SAYS_NOW = "-", "+"
NUMBER = re.compile(r"[0-9]{1,3}")


def read(section: Section, sent: Sent, document: Document) -> Document:
    """What the page of a section holds, as plain data in the policy's own shape."""
    return _studying({name: _value(of_policy(name), name, sent, document) for name in section.fields}, document)


def _studying(data: Document, document: Document) -> Document:
    """The data with the committee that was just added as the one that studies, where that one is among none yet."""
    body = str((data.get("study") or {}).get("by"))
    if not body.endswith("_committee") or any(one.get("key") == body for one in data["committees"]):
        return data
    kept = {one["key"] for one in document.get("committees", ())}
    fresh = [one for one in data["committees"] if one.get("key") and one["key"] not in kept]
    for one in fresh[:1]:
        one["key"] = body
    return data


def change(section: Section, data: Document, deed: str) -> Document:
    """The data after one deed, such as ``add:channels`` or ``up:sections.2.items.0``; others change nothing."""
    what, _, place = deed.partition(":")
    what, _, kind = what.partition("=")
    path = place.split(".")
    if path[0] not in section.fields:
        return data
    if what == "add":
        _add(data, path, kind)
    elif what == "drop":
        _holder(data, path)[path[-1]] = None
    elif what in ("remove", "up", "down") and NUMBER.fullmatch(path[-1]):
        listed, index = _at(data, path[:-1]), int(path[-1])
        if isinstance(listed, list) and index < len(listed):
            item = listed.pop(index)
            if what != "remove":
                listed.insert(max(index + (-1 if what == "up" else 1), 0), item)
    return data


def _value(shape: Shape, path: str, sent: Sent, document: Document) -> Any:
    first = (sent.get(path) or [""])[0].strip()
    match shape.kind:
        case "pair":
            return {one: (sent.get(f"{path}.{one}") or [""])[0].strip() for one in ("ar", "en")}
        case "tick":
            return bool(first)
        case "number":
            return _number(shape, first) or (None if shape.optional else "")
        case "date":
            return _day(first) or (None if shape.optional else "")
        case "many":
            return [one for one in sent.get(path, ()) if one]
        case "groups":
            groups = (sent.get(f"{path}.{index}", ()) for index in range(MOST))
            return [[one for one in group if one] for group in groups if any(group)]
        case "part":
            if shape.optional and not first:
                return None
            return _part(shape.model, path, sent, document)
        case "list":
            return _listed(shape, path, sent, document)
        case "facts":
            return _facts(path, sent, document)
        case "one" if shape.refers == "channel_kind" and (fresh := (sent.get(f"{path}+") or [""])[0].strip()):
            return re.sub(r"[^a-z0-9]+", "_", fresh.lower()).strip("_")
        case _:
            return first or (None if shape.optional else "")


def _number(shape: Shape, typed: str) -> str:
    """A number as it is kept; what cannot be read stays as it was typed, and is refused with the policy."""
    try:
        return f"{read_number(typed, places=0 if shape.whole else None):f}" if typed else ""
    except BadAnswer:
        return typed


def _day(typed: str) -> str:
    """A day as it is kept; what cannot be read stays as it was typed, and is refused with the policy."""
    try:
        return read_day(typed).isoformat() if typed else ""
    except BadAnswer:
        return typed


def _part(model: Any, path: str, sent: Sent, document: Document) -> Document:
    made = {name: _value(shape, f"{path}.{name}", sent, document) for name, shape in fields_of(model).items()}
    # What has a default and was left blank takes the default.
    fresh = {name: info.default for name, info in model.model_fields.items() if not info.is_required()}
    return {name: value for name, value in made.items() if value != "" or fresh.get(name, "") == ""}


def _listed(shape: Shape, path: str, sent: Sent, document: Document) -> list[Document]:
    found = re.compile(re.escape(path) + r"\.([0-9]{1,3})\.")
    places = sorted({int(match[1]) for name in sent if (match := found.match(name))})[:MOST]
    items = []
    for index in places:
        at, kind = f"{path}.{index}", (sent.get(f"{path}.{index}.kind") or [""])[0]
        if shape.steps:
            if kind in STEPS:
                items.append({"kind": kind, **_part(STEPS[kind], at, sent, document)})
        else:
            items.append(_part(shape.model, at, sent, document))
    return keyed(items) if shape.model and "key" in shape.model.model_fields else items


def _facts(path: str, sent: Sent, document: Document) -> Document:
    """What a wording fixes: kept as it says, brought to the present setting, or no longer said."""
    policy, said = Policy.read(document), {}
    for name, values in sent.items():
        if name.startswith(f"{path}|") and values and values[0] != NOT_SAID:
            setting = name.removeprefix(f"{path}|")
            said[setting] = fact(policy, setting) if values[0] == SAYS_NOW else _fact(values[0])
    for setting in sent.get(f"{path}+", ()):
        if setting:
            said[setting] = fact(policy, setting)
    return said


def fact(policy: Policy, setting: str) -> Any:
    """What a setting is, as a wording states it."""
    value = setting_of(policy, setting)
    return value if value is None or isinstance(value, str | int | bool) else None


def _fact(text: str) -> Any:
    kind, _, value = text.partition(":")
    return {"none": None, "bool": value == "True", "int": int(value) if value.isdecimal() else 0, "str": value}.get(
        kind
    )


def fact_text(value: Any) -> str:
    """A stated value as a page sends it."""
    if value is None:
        return "none:"
    return f"{type(value).__name__}:{value}"


def whole(data: Any) -> Any:
    """The data with a key for every part that still has none, named or not: fit to be kept."""
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        whole(inner)
    if isinstance(data, list) and any(isinstance(one, dict) and "key" in one for one in data):
        keyed(data, unnamed=True)
    return data


def keyed(items: list[Document], *, unnamed: bool = False) -> list[Document]:
    """The items with a key each, after their English names: other settings point at them by it.

    One that has no name yet gets none, unless ``unnamed``: it is still being written.
    """
    taken = {item["key"] for item in items if item.get("key")}
    for item in items:
        named = (item.get("name") or item.get("heading") or {}).get("en", "")
        if not item.get("key") and (named or unnamed):
            words = named or str(item.get("kind") or "")
            plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:37]
            base = plain if re.match("[a-z]", plain) else "item"
            key, count = base, 1
            while key in taken:
                count += 1
                key = f"{base}_{count}"
            item["key"] = key
            taken.add(key)
    return items


def _add(data: Document, path: list[str], kind: str) -> None:
    """Add a blank item to a list, or give an optional part its fields."""
    held = _at(data, path)
    if isinstance(held, list):
        if len(held) < MOST:
            held.append({"kind": kind} if kind in STEPS else [] if path[-1] == "enough" else {})
    elif held is None:
        _holder(data, path)[path[-1]] = {}


def _holder(data: Document, path: list[str]) -> Any:
    held = _at(data, path[:-1])
    return held if isinstance(held, dict) else {}


def _at(data: Any, path: list[str]) -> Any:
    node = data
    for part in path:
        if isinstance(node, list):
            node = node[int(part)] if NUMBER.fullmatch(part) and int(part) < len(node) else None
        elif isinstance(node, dict):
            node = node.get(part)
        else:
            return None
    return node
