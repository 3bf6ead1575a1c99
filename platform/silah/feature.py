"""What one feature gives to the frames; its `registration.py` makes one, and `silah/features.py` lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from flask import Blueprint

from silah.cases import kinds
from silah.cases.kinds import Kind
from silah.desk import navigation_items
from silah.desk.navigation_items import NavigationItem, NavigationSection
from silah.notifications import message_templates
from silah.notifications.message_templates import Template
from silah.web.access import PERMISSION_LABELS, Permission


@dataclass(frozen=True)
class Feature:
    """One feature: its pages, the kinds of case it handles, its entries in the navigation, its messages.

    ``permissions`` gives the label of each permission that is about the feature. ``jobs`` are the modules whose
    handlers do its owed work; importing them makes them known. ``registrations`` are further calls that make
    something of the feature known to a registry of a lower layer; each may run again.
    """

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    case_kinds: tuple[Kind, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    navigation_sections: tuple[NavigationSection, ...] = ()
    permissions: Mapping[Permission, Any] = field(default_factory=dict)
    messages: tuple[Template, ...] = ()
    jobs: tuple[ModuleType, ...] = ()
    registrations: tuple[Callable[[], None], ...] = ()

    def register(self) -> None:
        """Make everything known that needs no application; running it again changes nothing."""
        for kind in self.case_kinds:
            kinds.register(kind)
        navigation_items.register(self.navigation)
        navigation_items.register_sections(self.navigation_sections)
        PERMISSION_LABELS.update(self.permissions)
        message_templates.register(self.messages)
        for registration in self.registrations:
            registration()
