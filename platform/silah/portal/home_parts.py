"""What features bring to the first page of an association: doors, links and sections, each in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tenants.policy import Policy


@dataclass(frozen=True)
class HomeDoor:
    """One of the large ways in, with a sentence about it; ``label`` may depend on the policy."""

    position: int
    endpoint: str
    icon: str
    label: Callable[[Policy], Any]
    about: Any


@dataclass(frozen=True)
class HomeLink:
    """A link below the doors or in the card of the policy, where the association has what it leads to."""

    position: int
    endpoint: str
    label: Any
    place: Literal["doors", "policy"] = "policy"
    is_shown: Callable[[Policy], bool] = lambda policy: True


@dataclass(frozen=True)
class HomeSection:
    """A section with a template of its own, drawn where ``find`` finds something; the template has it as ``found``."""

    position: int
    template: str
    find: Callable[[], Any]
    place: Literal["top", "main"] = "main"


HomePart = HomeDoor | HomeLink | HomeSection
_registered: dict[str, HomePart] = {}


def register(*parts: HomePart) -> None:
    """Make parts known; one that leads to the same page, or has the same template, replaces an earlier one."""
    _registered.update({part.template if isinstance(part, HomeSection) else part.endpoint: part for part in parts})


def list_doors() -> list[HomeDoor]:
    """Return the doors in their order."""
    found = (part for part in _registered.values() if isinstance(part, HomeDoor))
    return sorted(found, key=lambda part: part.position)


def list_links(place: str, policy: Policy) -> list[HomeLink]:
    """Return the links of a place that an association with this policy shows, in their order."""
    found = (part for part in _registered.values() if isinstance(part, HomeLink) and part.place == place)
    return sorted((part for part in found if part.is_shown(policy)), key=lambda part: part.position)


def list_sections(place: str) -> list[tuple[HomeSection, Any]]:
    """Return the sections of a place that have something to show, each with what was found, in their order."""
    wanted = [part for part in _registered.values() if isinstance(part, HomeSection) and part.place == place]
    found = ((part, part.find()) for part in sorted(wanted, key=lambda part: part.position))
    return [(part, shown) for part, shown in found if shown]
