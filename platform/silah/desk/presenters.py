"""What the page of a case shows and offers, by the kind of case: each feature registers the presenters of its kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.desk.case_action import Action
from silah.web.access import Member

Explain = Callable[[Line], str]


@dataclass(frozen=True)
class CasePresenter:
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
    added_before: str = ""
    """The key of the deed before which stands what other features offer on the kind."""
    on_receipt: tuple[str, ...] = ()
    """The keys of what is offered at once, on the page that says that a case is recorded."""
    later: Callable[[Mapping[str, Any], frozenset[str]], Mapping[str, bool]] = lambda facts, keys: {}

    def action(self, key: str) -> Action | None:
        """The move or deed of this key."""
        return next((one for one in (*self.moves, *self.deeds) if one.key == key), None)


_registered: dict[str, CasePresenter] = {}
_offered: dict[str, dict[str, Action]] = {}
_complete: dict[str, CasePresenter] = {}
"""The registered presenters with what other features offer on their kinds."""


def register(kind: str, presenter: CasePresenter) -> None:
    """Have the cases of a kind shown by this presenter."""
    _registered[kind] = presenter
    _put_together(kind)


def offer(kind: str, *deeds: Action) -> None:
    """Offer deeds of another feature on the cases of a kind."""
    _offered.setdefault(kind, {}).update({deed.key: deed for deed in deeds})
    _put_together(kind)


def of(case: Case) -> CasePresenter:
    """Return the presenter of a case's kind."""
    return _complete[case.kind]


def _put_together(kind: str) -> None:
    presenter, added = _registered.get(kind), tuple(_offered.get(kind, {}).values())
    if presenter is None:
        return
    place = next((at for at, one in enumerate(presenter.deeds) if one.key == presenter.added_before), None)
    before, after = presenter.deeds[:place], presenter.deeds[place:] if place is not None else ()
    _complete[kind] = replace(presenter, deeds=(*before, *added, *after))
