"""What one feature gives to the frames; its `registration.py` makes one, and `silah/features.py` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from flask import Blueprint

from silah.cases import kinds, reindexing, workflow
from silah.cases.kinds import Kind
from silah.cases.reindexing import IndexedTable
from silah.cases.transitions import Transition
from silah.cases.workflow import Workflow
from silah.desk import navigation_items, presenters, recording_registry, work_queues
from silah.desk.navigation_items import NavigationItem, NavigationSection
from silah.desk.presenters import CasePresenter
from silah.desk.recording_registry import RecordingPage
from silah.desk.work_queues import Pile
from silah.notifications import message_templates
from silah.notifications.message_templates import Template
from silah.portal import home_parts, tracking_registry
from silah.portal.home_parts import HomePart
from silah.portal.tracking_registry import TrackingPage
from silah.web.access import PERMISSION_LABELS, Permission


@dataclass(frozen=True)
class Feature:
    """One feature: its pages, the kinds of case it handles with their workflows, what it adds to
    other kinds, its entries in the navigation, its messages.

    ``tracking`` says by kind of case how it is followed, ``recording`` by which forms it is recorded at the desk,
    ``work_queues`` by their place what waits for a member, and ``home`` what stands on the association's first page.
    ``searched`` are its tables that are found by the words of a search, by their names.
    ``permissions`` gives the label of each permission that is about the feature. ``jobs`` are the modules whose
    handlers do its owed work; importing them makes them known.
    """

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    case_kinds: tuple[Kind, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    presenters: Mapping[str, CasePresenter] = field(default_factory=dict)
    added_transitions: Mapping[str, tuple[Transition, ...]] = field(default_factory=dict)
    navigation: tuple[NavigationItem, ...] = ()
    navigation_sections: tuple[NavigationSection, ...] = ()
    permissions: Mapping[Permission, Any] = field(default_factory=dict)
    messages: tuple[Template, ...] = ()
    jobs: tuple[ModuleType, ...] = ()
    tracking: Mapping[str, TrackingPage] = field(default_factory=dict)
    recording: tuple[RecordingPage, ...] = ()
    work_queues: Mapping[int, Pile] = field(default_factory=dict)
    home: tuple[HomePart, ...] = ()
    searched: Mapping[str, IndexedTable] = field(default_factory=dict)

    def register(self) -> None:
        """Make everything known that needs no application; running it again changes nothing."""
        for kind in self.case_kinds:
            kinds.register(kind)
        for one in self.workflows:
            workflow.register(one)
        for key, presenter in self.presenters.items():
            presenters.register(key, presenter)
        for key, transitions in self.added_transitions.items():
            workflow.add(key, *transitions)
        navigation_items.register(self.navigation)
        navigation_items.register_sections(self.navigation_sections)
        PERMISSION_LABELS.update(self.permissions)
        message_templates.register(self.messages)
        for kind_key, page in self.tracking.items():
            tracking_registry.register(kind_key, page)
        recording_registry.register(*self.recording)
        work_queues.register(self.work_queues)
        home_parts.register(*self.home)
        for name, table in self.searched.items():
            reindexing.register_table(name, table)
