"""What a blueprint has beside its policy and its roles: each part is read, taken and put in words by who knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from silah.policies.blueprint_contents import Novelty
from silah.web.access import Member
from tenants.blueprints import Blueprint


@dataclass(frozen=True)
class Change:
    """One line: what it is about, and what stood and stands there; either may be empty."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class BlueprintPart:
    """One part, as plain data by key: of a blueprint, of the association, and how what is new is taken and told."""

    read_blueprint: Callable[[Blueprint], dict[str, Any]]
    read_association: Callable[[], dict[str, Any]]
    take: Callable[[Novelty, Member], object]
    list_changes: Callable[[Novelty, str], Sequence[Change]]


_registered: dict[str, BlueprintPart] = {}


def register(kind: str, part: BlueprintPart) -> None:
    """Compare this part when a blueprint is improved."""
    _registered[kind] = part


def get(kind: str) -> BlueprintPart:
    """Return the part of this kind."""
    return _registered[kind]


def read_all_of_blueprint(plan: Blueprint) -> dict[str, dict[str, Any]]:
    """Return what the blueprint has today in every part."""
    return {kind: part.read_blueprint(plan) for kind, part in _registered.items()}


def read_all_of_association() -> dict[str, dict[str, Any]]:
    """Return what the association has in every part."""
    return {kind: part.read_association() for kind, part in _registered.items()}
