"""What a committee decides on in its meetings, by the kind of case: each feature registers its kinds' subjects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement

from silah.cases.models import Case
from silah.web.access import Member

if TYPE_CHECKING:
    from silah.committees.models import AgendaItem


@dataclass(frozen=True)
class Made:
    """What a decision left: the reasons as the minutes give them, and the row of the decision where there is one."""

    outcome: str
    reasons: str
    decision_id: UUID | None = None


@dataclass(frozen=True)
class Proposal:
    """What a committee is advised to decide: the outcome, and why."""

    outcome: str
    reasons: str


@dataclass(frozen=True)
class Subject:
    """One kind of case in the meeting room.

    ``waiting`` is the condition on cases that wait for a committee, or None where none can. ``decide`` makes a motion
    that was carried the committee's decision, ``outcomes`` words it, ``facts`` gathers what the item's page shows with
    the macros ``above`` and ``below`` of ``template``, over and under the votes. ``propose`` gives what a motion is
    built from, ``sentence`` the usual motion for an outcome, ``told`` what the applicant reads of it; each in the
    language of the moment.
    """

    waiting: Callable[[str], "ColumnElement[bool] | None"]
    decide: Callable[["AgendaItem", str, str, Member], Made]
    outcomes: Callable[[Case], Mapping[str, Any]]
    facts: Callable[[Case, Member], dict[str, Any]]
    template: str
    propose: Callable[[Case], Proposal | None]
    sentence: Callable[[Case, str], str]
    told: Callable[[Case, str], str]


_registered: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Have the cases of a kind come to meetings as this subject."""
    _registered[kind] = subject


def of(case: Case) -> Subject:
    """Return the subject of a case's kind."""
    return _registered[case.kind]


def every() -> list[Subject]:
    """Return the subjects of all kinds that come to a meeting."""
    return list(_registered.values())
