"""What each kind of case gives to the pages of whoever sent it and follows it: each feature registers its kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.portal.sent_cases import SentCase

TAKE_BACK, TAKE_BACK_NOW = _l("Take it back"), _l("Take it back?")
RECEIVED = _l("We have received it")


@dataclass(frozen=True)
class Withdrawal:
    """What the page says of taking a case back, before and after; ``takes_reason``: whether it asks why."""

    warning: Any
    done: Any
    question: Any = TAKE_BACK_NOW
    action: Any = TAKE_BACK
    takes_reason: bool = True


@dataclass(frozen=True)
class TrackingPage:
    """One kind of case on the page where it is followed, and on the one that confirms its sending.

    ``template`` has the macros ``main``, drawn above the story, and ``sent``, drawn below the reference and code.
    ``facts`` and ``sent_facts`` gather what each of them shows; ``forms`` are those of the kind's own actions, by the
    name under which ``main`` has them. ``unfinished`` among ``sent_facts`` says that a step remains to be taken, which
    then leads before the receipt. ``story`` says what the entries of the timeline are called.
    """

    withdrawal: Withdrawal
    may_withdraw: Callable[[Case], bool] = lambda case: case.state in UNANSWERED
    may_write: Callable[[Case], bool] = lambda case: case.state in UNANSWERED
    template: str = "portal/nothing_added.html"
    facts: Callable[[Case], Mapping[str, Any]] = lambda case: {}
    story: Mapping[str, Any] = field(default_factory=dict)
    story_tones: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, type[FlaskForm]] = field(default_factory=dict)
    title: Callable[[Case], Any] = lambda case: kinds.kind_of_case(case).name
    labels: Callable[[Case], Mapping[str, Any]] = lambda case: {}
    """What the papers of the case are called, by their purpose; others go by their file's name."""
    sent_title: Any = RECEIVED
    sent_facts: Callable[[SentCase], Mapping[str, Any]] = lambda sent: {}


_registered: dict[str, TrackingPage] = {}


def register(kind: str, page: TrackingPage) -> None:
    """Have the cases of a kind followed on this page."""
    _registered[kind] = page


def get(case: Case) -> TrackingPage:
    """Return what the kind of a case gives to its page."""
    return _registered[case.kind]


def list_kinds() -> list[str]:
    """Return the kinds of case that have a page on which they are followed."""
    return list(_registered)
