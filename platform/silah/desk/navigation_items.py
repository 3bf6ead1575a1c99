"""The pages that the navigation of the staff offers: each feature registers its own, the frame puts them in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from flask import current_app

from silah.web.access import Permission

Section = Literal["recording", "complaints", "measuring", "people", "own", "administration"]


@dataclass(frozen=True)
class NavigationItem:
    """One page in the navigation: it is offered where the page exists and one of the permissions is held, if any.

    ``position`` orders the items of a section. ``counted`` names the entry of ``counts`` that stands beside it.
    ``icon`` and ``about`` make it a card on the administrators' first page.
    """

    section: Section
    position: int
    endpoint: str
    label: Any
    permissions: tuple[Permission, ...] = ()
    counted: str = ""
    icon: str = ""
    about: Any = ""


_items: dict[str, NavigationItem] = {}


def register(items: Iterable[NavigationItem]) -> None:
    """Make items known; one of the same endpoint replaces an earlier one."""
    _items.update({item.endpoint: item for item in items})


def list_items(section: Section) -> list[NavigationItem]:
    """Return the items of a section that the application has a page for, in their order."""
    offered = (item for item in _items.values() if item.section == section)
    return sorted((item for item in offered if item.endpoint in current_app.view_functions), key=lambda i: i.position)


def list_all() -> list[NavigationItem]:
    """Return every registered item, whether or not the application has a page for it."""
    return list(_items.values())
