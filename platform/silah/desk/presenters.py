"""What the page of a case shows and offers, by the kind of case: each module brings the faces of its kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.desk.case_action import Action
from silah.web.access import Member

Explain = Callable[[Line], str]


@dataclass(frozen=True)
class Face:
    """One kind of case at the desk.

    ``template`` has the macros ``main`` and ``aside`` of the case's page, ``below`` and ``beside`` of its moves.
    ``facts`` gathers what they show, ``named`` among it being the ids of members whose names are shown. ``legal`` are
    the moves possible now, in their order; ``deeds`` leave the state; ``onward`` are the keys offered as buttons, and
    ``later`` says which of those are plainly not next. ``labels`` names a document's purpose, ``explain`` an entry.
    """

    template: str
    moves: tuple[Action, ...]
    deeds: tuple[Action, ...]
    onward: frozenset[str]
    legal: Callable[[Case, Member], list[str]]
    facts: Callable[[Case, Member, bool], dict[str, Any]]
    labels: Callable[[Case], Callable[[str], Any]]
    explain: Callable[[Case], Explain]
    later: Callable[[Mapping[str, Any], frozenset[str]], Mapping[str, bool]] = lambda facts, keys: {}

    def action(self, key: str) -> Action | None:
        """The move or deed of this key."""
        return next((one for one in (*self.moves, *self.deeds) if one.key == key), None)


def of(case: Case) -> Face:
    """The face of a case's kind."""
    face: Face = resolve_name(kinds.of(case).face)
    return face
