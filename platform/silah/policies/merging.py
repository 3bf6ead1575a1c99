"""What a blueprint improved, laid beside what an association wrote: three ways, place by place; pure.

``base`` is what the association had of the blueprint, ``theirs`` the blueprint as it is, ``ours`` the association's
policy. Places that belong together (a wording and what it fixes, a number and its unit) are one.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Literal

from silah.policies.diff_trees import LIST, Tree, find, is_list, is_part, plain

TOGETHER = (("bound", "amount", "unit"), ("amount", "unit"), ("quorum", "quorum_value"), ("text", "says"))

CONTROL = (
    "version", "issued", "issued_printed", "amendment", "amended", "amended_printed", "copyright_year", "board",
)  # fmt: skip
IDENTITY = ("name", "brand", "logo", "licence_number", "letterhead_number")
Path = tuple[str, ...]
How = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True)
class Offer:
    """One change of the blueprint that an association can take or leave.

    ``path`` is that of the part, or of the list in which ``item`` is added, removed or moved. ``after`` holds what the
    fields become, or the item; ``behind`` the names of what stands before the item in the blueprint, the nearest first.
    It is a conflict where the association changed the same place, and silent where it has nothing to decide: it has the
    same, or removed what it is about.
    """

    path: Path
    how: How
    before: Any = None
    after: Any = None
    ours: Any = None
    item: str = ""
    behind: Path = ()
    conflict: bool = False
    silent: bool = False

    @property
    def key(self) -> str:
        """By what the change is known again: its place, and what it makes of it."""
        said = json.dumps([self.path, self.how, self.item, self.after, self.behind], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def kept(self) -> dict[str, Any]:
        """The change as it is kept on record."""
        return {"path": self.path, "how": self.how, "item": self.item, "after": self.after, "behind": self.behind}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Offer":
        """A change on record."""
        return cls(
            path=tuple(kept["path"]),
            how=kept["how"],
            after=kept["after"],
            item=kept["item"],
            behind=tuple(kept["behind"]),
        )


def shared(document: Mapping[str, Any]) -> Tree:
    """A policy's document without what is the association's alone: its names, and its acts with their dates."""
    made: Tree = deepcopy(dict(document))
    made["control"] = {name: one for name, one in made["control"].items() if name not in CONTROL}
    made["identity"] = {name: one for name, one in made["identity"].items() if name not in IDENTITY}
    for sign_off in made["control"]["sign_offs"]:
        sign_off.pop("on", None)
        sign_off.pop("printed", None)
    for name in ("on", "printed", "printed_hijri"):
        (made["control"]["ratification"] or {}).pop(name, None)
    return made


def compared(base: Tree, theirs: Tree, ours: Tree) -> list[Offer]:
    """Every change from base to theirs in the order of the policy, silent ones too: all of them make base theirs."""
    return list(_parts(base, theirs, ours, ()))


def offers(base: Tree, theirs: Tree, ours: Tree) -> list[Offer]:
    """Every change from base to theirs about which the association has something to decide."""
    return [one for one in compared(base, theirs, ours) if not one.silent]


def applied(tree: Tree, taken: Sequence[Offer]) -> Tree:
    """The tree with these changes; one whose place is gone changes nothing."""
    made = deepcopy(tree)
    for one in taken:
        node = find(made, one.path)
        if one.how == "changed" and is_part(node):
            node.update(deepcopy(one.after))
        elif one.how != "changed" and is_list(node):
            node[LIST] = _listed(node[LIST], one)
    return made


def _listed(items: list[Any], one: Offer) -> list[Any]:
    order = [name for name, _item in items]
    if one.how == "removed" or (one.how == "moved" and one.item not in order):
        return [pair for pair in items if pair[0] != one.item]
    if one.how == "added" and one.item in order:
        return [[name, deepcopy(one.after) if name == one.item else item] for name, item in items]
    item = dict(items)[one.item] if one.how == "moved" else deepcopy(one.after)
    rest = [pair for pair in items if pair[0] != one.item]
    left = [name for name, _item in rest]
    place = next((left.index(name) + 1 for name in one.behind if name in left), 0)
    return [*rest[:place], [one.item, item], *rest[place:]]


def _parts(base: Tree, theirs: Tree, ours: Tree, path: Path) -> Iterator[Offer]:
    for fields in _places({**theirs, **base}):
        before, after, own = ({name: one.get(name) for name in fields} for one in (base, theirs, ours))
        first: Sequence[Any] = [one[fields[0]] for one in (before, after, own)]
        if len(fields) == 1 and all(is_list(one) for one in first[:2]):
            held = first[2] if is_list(first[2]) else {LIST: []}
            yield from _lists(first[0], first[1], held, (*path, fields[0]))
        elif len(fields) == 1 and all(is_part(one) for one in first):
            yield from _parts(first[0], first[1], first[2], (*path, fields[0]))
        elif plain(before) != plain(after):
            conflict, silent = plain(own) != plain(before), plain(own) == plain(after)
            yield Offer(path, "changed", before, after, own, conflict=conflict, silent=silent)


def _places(fields: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The fields of a part, those that belong together as one place."""
    left = dict(fields)
    for name in fields:
        if name in left:
            together = next((one for one in TOGETHER if name in one and left.keys() >= set(one)), (name,))
            yield together
            for one in together:
                del left[one]


def _lists(base: Tree, theirs: Tree, ours: Tree, path: Path) -> Iterator[Offer]:
    was, is_, own = dict(base[LIST]), dict(theirs[LIST]), dict(ours[LIST])
    for name, item in was.items():
        if name not in is_:
            changed = name in own and plain(own[name]) != plain(item)
            yield Offer(path, "removed", item, None, own.get(name), name, conflict=changed, silent=name not in own)
    order, running = list(is_), ours[LIST]
    moved = _moved(list(was), order)
    for place, (name, item) in enumerate(is_.items()):
        one = Offer(path, "added", was.get(name), item, own.get(name), name, tuple(reversed(order[:place])))
        if name in was and name in own and is_part(item):
            yield from _parts(was[name], item, own[name], (*path, name))
        elif name not in was or plain(was[name]) != plain(item):
            # A conflict where the association removed what is changed, or has another of this name.
            one = replace(
                one, conflict=name in was or name in own, silent=name in own and plain(own[name]) == plain(item)
            )
            yield one
        if name in moved:
            one = replace(one, how="moved", before=None, after=None, ours=None)
            silent = name not in own or _listed(running, one) == running
            conflict = not silent and _stood_elsewhere(name, list(was), list(own))
            yield replace(one, conflict=conflict, silent=silent)
        if name not in was or name in own:
            running = _listed(running, one)


def _stood_elsewhere(name: str, was: list[str], own: list[str]) -> bool:
    """Whether the association itself moved an item."""
    return _before(name, [one for one in was if one in own]) != _before(name, [one for one in own if one in was])


def _moved(was: list[str], order: list[str]) -> set[str]:
    """The fewest items that stand elsewhere than they did."""
    common = [name for name in order if name in was]
    still = rising([was.index(name) for name in common])
    return {name for name in common if was.index(name) not in still}


def _before(name: str, order: Sequence[str]) -> str | None:
    place = order.index(name)
    return order[place - 1] if place else None


def rising(places: Sequence[int]) -> set[int]:
    """A longest run of these places that rises: what stays where it is while the others move."""
    best: list[tuple[int, ...]] = [()]
    for place in places:
        longest = sorted((run for run in best if not run or run[-1] < place), key=len)[-1]
        best.append((*longest, place))
    return set(sorted(best, key=len)[-1])
