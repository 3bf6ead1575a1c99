"""What features put on a member's first page, over the cases that wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silah.web.access import Member


@dataclass(frozen=True)
class HomePanel:
    """One part of the page: what it shows, false where nothing, and the template whose ``panel`` shows it."""

    template: str
    gather: Callable[[Member], Any]


_registered: dict[str, HomePanel] = {}


def register(name: str, panel: HomePanel) -> None:
    """Show this panel, under the name of its feature."""
    _registered[name] = panel


def list_shown(member: Member) -> list[tuple[str, Any]]:
    """Return the template and the content of each panel that has something for this member."""
    found = [(panel.template, panel.gather(member)) for panel in _registered.values()]
    return [(template, content) for template, content in found if content]
