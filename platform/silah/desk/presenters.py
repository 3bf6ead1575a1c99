"""What the page of a case shows, by the kind of case: each feature registers the presenters of its kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.web.access import Member

Explain = Callable[[Line], str]


@dataclass(frozen=True)
class CasePresenter:
    """One kind of case at the desk.

    ``template`` has the macros ``main`` and ``aside`` of the case's page, ``below`` and ``beside`` of the pages of its
    transitions. ``facts`` gathers what they show, ``named`` among it being the ids of members whose names are shown.
    ``onward`` are the keys of the transitions that are offered as buttons, and ``later`` says which of those are
    plainly not next. ``labels`` names a document's purpose, ``explain`` an entry of the timeline.
    """

    onward: frozenset[str]
    template: str = "desk/plain_case.html"
    facts: Callable[[Case, Member, bool], dict[str, Any]] = lambda case, member, in_full: {}
    labels: Callable[[Case], Callable[[str], Any]] = lambda case: str
    explain: Callable[[Case], Explain] = lambda case: lambda line: ""
    on_receipt: tuple[str, ...] = ()
    """The keys of what is offered at once, on the page that says that a case is recorded."""
    later: Callable[[Mapping[str, Any], frozenset[str]], Mapping[str, bool]] = lambda facts, keys: {}


_registered: dict[str, CasePresenter] = {}


def register(kind: str, presenter: CasePresenter) -> None:
    """Have the cases of a kind shown by this presenter."""
    _registered[kind] = presenter


def of(case: Case) -> CasePresenter:
    """Return the presenter of a case's kind."""
    return _registered[case.kind]
