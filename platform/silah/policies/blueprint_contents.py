"""What a blueprint has beside its policy, roles and request types: what is new in them, pure.

Each of the two is plain data by key. Three are compared: what the association had of the blueprint (``base``), what
the blueprint has today (``theirs``), and what the association has (``ours``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

ROLES, TYPES = "roles", "types"
Items = Mapping[str, Any]
House = Mapping[str, Items]


@dataclass(frozen=True)
class Novelty:
    """One role or request type that is new or other in the blueprint.

    ``result`` is what the association would have if it takes it; ``conflict`` where it changed the same thing itself
    and would lose that.
    """

    kind: Literal["roles", "types"]
    item: str
    base: Any
    ours: Any
    theirs: Any
    result: Any
    conflict: bool = False

    @property
    def key(self) -> str:
        """By what a page names it."""
        return f"{self.kind}:{self.item}"

    @property
    def is_new(self) -> bool:
        """Whether the association has nothing of this key."""
        return self.ours is None


def compared(base: House, theirs: House, ours: House) -> list[Novelty]:
    """What there is to decide, roles first; what the association has already, however it came to it, is nothing."""
    return [*_roles(base, theirs, ours), *_types(base, theirs, ours)]


def _roles(base: House, theirs: House, ours: House) -> Iterator[Novelty]:
    for key, new in theirs[ROLES].items():
        mine, old = ours[ROLES].get(key), base.get(ROLES, {}).get(key)
        if mine is None:
            if old != new:  # else it was left
                yield Novelty("roles", key, old, None, new, new)
            continue
        old = mine if old is None else old
        result, lost = _merged(old, mine, new)
        if result != mine:
            yield Novelty("roles", key, old, mine, new, result, lost)


def _merged(old: Any, mine: Any, new: Any) -> tuple[Any, bool]:
    """A role with what the blueprint gave and took laid over it; a name that both changed is the association's loss."""
    come, gone = set(new["permissions"]) - set(old["permissions"]), set(old["permissions"]) - set(new["permissions"])
    held = sorted((set(mine["permissions"]) | come) - gone)
    other_name = new["name"] != old["name"]
    name = new["name"] if other_name else mine["name"]
    result = {"name": name, "permissions": held if set(held) != set(mine["permissions"]) else mine["permissions"]}
    return result, other_name and mine["name"] not in (old["name"], new["name"])


def _types(base: House, theirs: House, ours: House) -> Iterator[Novelty]:
    for key, new in theirs[TYPES].items():
        mine, old = ours[TYPES].get(key), base.get(TYPES, {}).get(key)
        if mine is None:
            if old != new:
                yield Novelty("types", key, old, None, new, new)
        elif mine != new and (mine if old is None else old) != new:
            yield Novelty("types", key, old, mine, new, new, mine != old)


def decided(base: House, which: list[Novelty]) -> dict[str, dict[str, Any]]:
    """The base once these are decided: what the blueprint has of them is not offered again."""
    made = {kind: dict(base.get(kind, {})) for kind in (ROLES, TYPES)}
    for one in which:
        made[one.kind][one.item] = one.theirs
    return made
