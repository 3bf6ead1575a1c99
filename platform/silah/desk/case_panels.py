"""What features show on the page of a case that is of another feature's kind, each by a template of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from silah.cases.models import Case
from silah.web.access import Member

Place = Literal["aside", "decision"]
"""At the end of the column beside the story, or in the card that says how the case is decided."""


@dataclass(frozen=True)
class CasePanel:
    """One panel: what it shows, false where nothing, and the template whose ``panel`` shows it.

    ``kinds``: the kinds of case on whose pages it stands; every kind where it names none.
    """

    template: str
    gather: Callable[[Case, Member], Any]
    place: Place = "aside"
    kinds: frozenset[str] = frozenset()


_registered: dict[str, CasePanel] = {}


def register(name: str, panel: CasePanel) -> None:
    """Show this panel, under the name of its feature."""
    _registered[name] = panel


def list_shown(case: Case, member: Member) -> dict[Place, list[tuple[str, Any]]]:
    """Return the template and the content of each panel that has something to show, by its place."""
    shown: dict[Place, list[tuple[str, Any]]] = {"aside": [], "decision": []}
    for panel in _registered.values():
        if not panel.kinds or case.kind in panel.kinds:
            content = panel.gather(case, member)
            if content:
                shown[panel.place].append((panel.template, content))
    return shown
