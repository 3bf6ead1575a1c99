"""Policies as trees whose list items have lasting names, so that several can be laid beside one another; pure.

A list becomes ``{"*": [[name, item], …]}``. What has a key (a channel, a step, a word) is named by it. A clause has
none: it is named by its wording when it is first seen, and keeps that name in a policy that is laid over the tree,
where it reads alike, moved or not, or stands in its place.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

Tree = dict[str, Any]
Held = Sequence[Any]

LIST = "*"
ALIKE = 0.6
"""From which likeness on, of 1, two wordings are taken for one clause that was reworded."""


def tree(value: Any, over: Any = None) -> Any:
    """A document as a tree; its items take the names that they have in the tree ``over``, as far as they are there."""
    if isinstance(value, Mapping):
        held = over if isinstance(over, dict) and not is_list(over) else {}
        return {name: tree(one, held.get(name)) for name, one in value.items()}
    if isinstance(value, list) and not any(isinstance(one, list) for one in value):
        known = over[LIST] if is_list(over) else []
        named, items = names(value, known), dict(known)
        return {LIST: [[name, tree(one, items.get(name))] for name, one in zip(named, value, strict=True)]}
    return value


def plain(value: Any) -> Any:
    """The document of a tree."""
    if is_list(value):
        return [plain(one) for _name, one in value[LIST]]
    return {name: plain(one) for name, one in value.items()} if isinstance(value, dict) else value


def is_list(value: Any) -> bool:
    """Whether this is a list whose items have names."""
    return isinstance(value, dict) and LIST in value


def is_part(value: Any) -> bool:
    """Whether this has places of its own: neither a list, nor a text in two languages, nor a plain value."""
    return isinstance(value, dict) and LIST not in value and not {"ar", "en"} >= set(value)


def find(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path of fields and names; None where there is nothing."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = dict(value[LIST]).get(step) if is_list(value) else value.get(step)
    return value


def names(items: Sequence[Any], held: Held) -> list[str]:
    """A name for each item of a list."""
    found: list[str] = []
    matched = _clauses(items, held) if any(_is_clause(one) for one in items) else {}
    taken = {name for name, _item in held} | set(matched.values())
    for index, item in enumerate(items):
        name = matched.get(index)
        if name is None:
            own = _own_name(item)
            fresh = (own if again == 1 else f"{own}#{again}" for again in range(1, len(items) + len(held) + 2))
            used = set(found) | (taken if _is_clause(item) else set())
            name = next(one for one in fresh if one not in used)
        found.append(name)
    return found


def _own_name(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    if _is_clause(item):
        return "~" + hashlib.sha256("\0".join(_wording(item)).encode()).hexdigest()[:10]
    return str(next(item[name] for name in ("key", "kind", "act") if name in item))


def _is_clause(item: Any) -> bool:
    return isinstance(item, Mapping) and not {"key", "kind", "act"} & set(item)


def _wording(item: Mapping[str, Any]) -> tuple[str, str]:
    text = item.get("text") or {}
    return text.get("ar", ""), text.get("en", "")


def _clauses(items: Sequence[Any], held: Held) -> dict[int, str]:
    """Which clause of the list is which of those held: first what reads the same, then what is alike, then by place."""
    free = {name: _wording(one) for name, one in held if _is_clause(one)}
    matched: dict[int, str] = {}
    for index, item in enumerate(items):
        if (name := next((one for one, words in free.items() if words == _wording(item)), None)) is not None:
            matched[index] = name
            del free[name]
    alike = sorted(
        ((_likeness(_wording(item), words), -index, name) for name, words in free.items()
         for index, item in enumerate(items) if index not in matched),
        reverse=True,
    )  # fmt: skip
    for likeness, index, name in alike:
        if likeness >= ALIKE and -index not in matched and name in free:
            matched[-index] = name
            del free[name]
    matched |= dict(_in_place(matched, len(items), [name for name, _item in held], free))
    return matched


def _likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    matcher = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0


def _in_place(
    matched: Mapping[int, str], count: int, order: Sequence[str], free: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    """Clauses without a match that fill the same gap, as many as there were, are those that stood there."""
    here, there = _gaps(range(count), matched, set(range(count)) - set(matched)), _gaps(order, {}, set(free))
    for gap, left in here.items():
        if len(there.get(gap, ())) == len(left):
            yield from zip(left, there[gap], strict=True)


def _gaps(order: Sequence[Any], called: Mapping[Any, str], left: set[Any]) -> dict[tuple[str, str], list[Any]]:
    """What is left over, by the names on both sides of it."""
    runs = [(free, list(run)) for free, run in groupby(order, lambda one: one in left)]
    gaps = {}
    for place, (free, run) in enumerate(runs):
        if free:
            before = called.get(runs[place - 1][1][-1], str(runs[place - 1][1][-1])) if place else ""
            after = called.get(runs[place + 1][1][0], str(runs[place + 1][1][0])) if place + 1 < len(runs) else ""
            gaps[before, after] = run
    return gaps
