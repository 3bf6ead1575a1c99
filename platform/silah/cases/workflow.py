"""Define the transitions of each kind of case, and make them. Nothing else writes the state of a case.

A feature describes each of its kinds of case by one ``Workflow``, made known by its registration. ``perform`` makes a
transition: it locks the case, compares the version that the page showed, checks permission and guards once, runs the
effect, sets the state with its stamps, writes one entry of the timeline, sets the clock, and tells people. Messages
are rows of the same transaction and leave after its commit.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock
from silah.cases import clocks, kinds, timeline
from silah.cases.anonymity import veiled
from silah.cases.errors import NotLegal
from silah.cases.models import Case, Referral
from silah.cases.states import ENDED, UNANSWERED, State
from silah.cases.transitions import CaseFacts, Change, Transition
from silah.errors import Forbidden, NotFound
from silah.web.access import Member
from tenants.database import db


@dataclass(frozen=True)
class Workflow:
    """All transitions of one kind of case, in the order in which its page offers them.

    ``facts`` gathers what the guards ask about, once. ``not_allowed`` is raised for a member who holds the permission
    but may not make the transition on this case. What other features add stands before the one of ``added_before``.
    """

    kind: str
    transitions: tuple[Transition, ...]
    facts: Callable[[Case], Any] = CaseFacts
    not_allowed: type[Forbidden] = Forbidden
    added_before: str = ""

    def get(self, key: str) -> Transition:
        """Return the transition of this key; raises NotFound."""
        found = next((one for one in self.transitions if one.key == key), None)
        if found is None:
            raise NotFound
        return found

    def check(self, key: str, facts: Any, by: Member | None) -> Transition:
        """Return the transition, if it may be made; raises Forbidden, or NotLegal with the words that refuse it."""
        found = self.get(key)
        if by is None:
            if not found.unattended:
                raise Forbidden
        elif not found.is_permitted(by):
            raise Forbidden
        elif found.allowed is not None and not found.allowed(facts, by):
            raise self.not_allowed
        words = self.find_refusal(found, facts)
        if words is not None:
            raise NotLegal(words)
        return found

    def find_refusal(self, transition: Transition, facts: Any) -> Any:
        """Return the words that refuse a transition on the case as it stands; None where it is possible."""
        if facts.state not in transition.sources:
            words = kinds.state_words(self.kind, facts.state)
            return _l("This is not possible while the case is: %(state)s.", state=words)
        return next((words for guard in transition.guards if (words := guard(facts)) is not None), None)

    def list_possible(self, facts: Any, member: Member) -> Iterator[Transition]:
        """Give what this member may do now and a page offers, in order."""
        known: dict[Any, bool] = {}  # several transitions are allowed to the same people, who are looked up once
        for one in self.transitions:
            if one.form is None or not one.is_permitted(member):
                continue
            if one.allowed is not None:
                if one.allowed not in known:
                    known[one.allowed] = one.allowed(facts, member)
                if not known[one.allowed]:
                    continue
            possible = one.offered(facts, member) and self.find_refusal(one, facts) is None
            if possible and one.form.when(facts.case, member):
                yield one


_registered: dict[str, Workflow] = {}
_added: dict[str, dict[str, Transition]] = {}
_complete: dict[str, Workflow] = {}
"""The registered workflows with what other features add to them."""


def register(workflow: Workflow) -> None:
    """Make the workflow of a kind known."""
    _registered[workflow.kind] = workflow
    _put_together(workflow.kind)


def add(kind: str, *transitions: Transition) -> None:
    """Add transitions of another feature to the cases of a kind."""
    _added.setdefault(kind, {}).update({one.key: one for one in transitions})
    _put_together(kind)


def _put_together(kind: str) -> None:
    own, added = _registered.get(kind), tuple(_added.get(kind, {}).values())
    if own is not None:
        keys = [one.key for one in own.transitions]
        place = keys.index(own.added_before) if own.added_before in keys else len(keys)
        all_ = (*own.transitions[:place], *added, *own.transitions[place:])
        _complete[kind] = replace(own, transitions=all_)


def workflow_of(case: Case) -> Workflow:
    """Return the workflow of a case's kind."""
    return _complete[case.kind]


def has(case: Case, key: str) -> bool:
    """Whether the case's kind has a transition of this key."""
    return any(one.key == key for one in workflow_of(case).transitions)


def list_possible(case: Case, by: Member) -> list[Transition]:
    """Return what this member may do to the case now."""
    workflow = workflow_of(case)
    return list(workflow.list_possible(workflow.facts(case), by))


def perform(
    case: Case,
    key: str,
    by: Member | None,
    inputs: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
) -> Any:
    """Make a transition and return what its effect returns.

    ``by`` is None for the applicant and for the system. ``version`` is what the reader's page showed. Raises
    ``ChangedMeanwhile``, ``Forbidden``, ``NotLegal``, and whatever the effect refuses of its inputs.
    """
    return complete(begin(case, key, by, version=version), inputs or {})


def begin(case: Case, key: str, by: Member | None, *, version: int | None = None) -> Change:
    """Lock the case for this transaction and check that the transition may be made, before its inputs are known."""
    timeline.hold(case, version)
    return _check(case, key, by)


def complete(change: Change, inputs: Mapping[str, Any]) -> Any:
    """Make a transition that was begun: effect, state, timeline, clock, messages."""
    case, made = change.case, change.transition
    dates, was = (case.completed_on, list(case.pauses)), case.state
    with veiled(case) if change.by is None else nullcontext():
        change.inputs = inputs
        change.result = made.effect(change, **inputs) if made.effect else None
        if not change.idle:
            _enter_state(change)
            if change.event:
                _record(change)
            _set_clock(case, was, dates != (case.completed_on, list(case.pauses)))
            for key, by in change.followed_by:
                complete(_check(case, key, by), {})
            if made.notify:
                made.notify(change)
    return change.result


def _check(case: Case, key: str, by: Member | None) -> Change:
    workflow = workflow_of(case)
    facts = workflow.facts(case)
    made = workflow.check(key, facts, by)
    return Change(case, by, made, facts, made.target, made.event, made.private, made.replies)


def _enter_state(change: Change) -> None:
    """Set the state and its stamps; a case that ends keeps no open question, one that goes on again no old reply."""
    case, state = change.case, change.target
    if change.replies:
        case.replied_at = clock.now()
    if state is None:
        return
    if state in UNANSWERED:
        case.replied_at = case.closed_at = None
    elif state in ENDED:
        case.closed_at = clock.now()
        _end_referrals(case, change.by)
    case.state = state


def _record(change: Change) -> None:
    timeline.record(change.case, change.event, by=change.by, data=change.data, note=change.note, private=change.private)


def _end_referrals(case: Case, by: Member | None) -> None:
    """The case has ended, so that its open questions need no answer."""
    for one in db.session.scalars(select(Referral).where(Referral.case_id == case.id, Referral.ended_at.is_(None))):
        one.ending, one.ended_at, one.ended_by = "withdrawn", clock.now(), by.id if by else None


def _set_clock(case: Case, was: State, dates_changed: bool) -> None:
    if case.state not in UNANSWERED:
        if was in UNANSWERED:
            clocks.stop(case)
    elif dates_changed or was not in UNANSWERED:
        clocks.set_clock(case)
