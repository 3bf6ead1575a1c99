"""The pages that the navigation of the staff offers: each feature registers its own, the frame puts them in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from silah.web.access import Permission

RECORDING = "recording"
"""The section above the views of the queue, which has no heading."""

BENEFICIARY = "beneficiary"
"""What is offered on the file of a person, whose id the address takes as ``beneficiary``."""


@dataclass(frozen=True)
class NavigationSection:
    """A group of pages under a heading."""

    key: str
    position: int
    heading: Any


@dataclass(frozen=True)
class NavigationItem:
    """One page in the navigation: it is offered where the page exists and one of the permissions is held, if any.

    ``position`` orders the items of a section. ``counted`` names the entry of ``counts`` that stands beside it.
    ``icon`` and ``about`` make it a card on the administrators' first page.
    """

    section: str
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


_sections: dict[str, NavigationSection] = {}


def register_sections(sections: Iterable[NavigationSection]) -> None:
    """Make sections known; one of the same key replaces an earlier one."""
    _sections.update({section.key: section for section in sections})


def list_sections() -> list[NavigationSection]:
    """Return the sections with a heading, in their order."""
    return sorted(_sections.values(), key=lambda section: section.position)


def register(items: Iterable[NavigationItem]) -> None:
    """Make items known; one of the same address replaces an earlier one."""
    _items.update({item.address: item for item in items})


def list_items(section: str) -> list[NavigationItem]:
    """Return the items of a section that the application has a page for, in their order."""
    offered = (item for item in _items.values() if item.section == section)
    return sorted((item for item in offered if item.endpoint in current_app.view_functions), key=lambda i: i.position)


def list_all() -> list[NavigationItem]:
    """Return every registered item, whether or not the application has a page for it."""
    return list(_items.values())
