"""The pages that the navigation of the staff offers: each feature registers its own, the frame puts them in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands in the address, of a page that several items lead to."""

    @property
    def address(self) -> tuple[str, ...]:
        """The endpoint and its values, which no other item has."""
        return self.endpoint, *self.values.values()


_items: dict[tuple[str, ...], NavigationItem] = {}


def register(items: Iterable[NavigationItem]) -> None:
    """Make items known; one of the same address replaces an earlier one."""
    _items.update({item.address: item for item in items})


def list_items(section: Section) -> list[NavigationItem]:
    """Return the items of a section that the application has a page for, in their order."""
    offered = (item for item in _items.values() if item.section == section)
    return sorted((item for item in offered if item.endpoint in current_app.view_functions), key=lambda i: i.position)


def list_all() -> list[NavigationItem]:
    """Return every registered item, whether or not the application has a page for it."""
    return list(_items.values())
