"""Every move of a request from one state to another, in one table: from where, by whom, and what it needs.

``legal`` offers the moves that a member may make now; ``need`` refuses with a clear message whatever is not one of
them. The policy of the case's own version decides which moves exist for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.errors import NotLegal
from silah.cases.states import ENDED, STATE_WORDS, UNANSWERED, State
from silah.errors import Forbidden
from silah.intake.needs import (
    Facts,
    accepted,
    alone,
    attested,
    committee,
    delivers,
    early,
    fulfilled,
    recommended,
    registers,
    scheduled,
    signed,
    unscheduled,
)
from silah.organisation.bodies import decides, studies
from silah.web.access import Member, Permission
from tenants.policy import Policy

S = State
P = Permission


Need = Callable[[Facts], Any]
"""None where the need is met, else the words that refuse the move."""


@dataclass(frozen=True)
class Move:
    """One move: its states, the permission it takes, what it is called, and what else it needs."""

    key: str
    label: Any
    starts: frozenset[State]
    ends: State | None
    permission: Permission
    needs: tuple[Need, ...] = ()
    by: Callable[[Member, Policy], bool] | None = None
    """Whether the policy lets this member make it, besides the permission."""
    early: Permission | None = None
    """What it takes to be offered it before a floor's earliest date."""

    def refusal(self, facts: Facts) -> Any:
        """Why the case does not allow the move now; None if it does."""
        if facts.state not in self.starts:
            return _l("This is not possible while the case is: %(state)s.", state=STATE_WORDS[facts.state])
        return next((words for need in self.needs if (words := need(facts)) is not None), None)

    def open_to(self, member: Member, policy: Policy) -> bool:
        """Whether this member may make the move where the case allows it."""
        return member.may(self.permission) and (self.by is None or self.by(member, policy))


MOVES: tuple[Move, ...] = (
    Move(
        "ask_for",
        _l("Ask for what is missing"),
        frozenset({S.RECEIVED, S.INCOMPLETE, S.COMPLETE}),
        S.INCOMPLETE,
        P.CHECK_COMPLETENESS,
    ),
    Move(
        "find_complete",
        _l("Record as complete"),
        frozenset({S.RECEIVED, S.INCOMPLETE}),
        S.COMPLETE,
        P.CHECK_COMPLETENESS,
        (signed,),
    ),
    Move(
        "send",
        _l("Send for study"),
        frozenset({S.COMPLETE}),
        S.UNDER_STUDY,
        P.CHECK_COMPLETENESS,
        (attested,),
    ),
    Move(
        "recommend",
        _l("Recommend"),
        frozenset({S.UNDER_STUDY}),
        S.RECOMMENDED,
        P.STUDY_REQUESTS,
        (committee,),
        studies,
    ),
    Move(
        "decide",
        _l("Decide"),
        frozenset({S.UNDER_STUDY, S.RECOMMENDED}),
        S.DECIDED,
        P.DECIDE_REQUESTS,
        (recommended, alone),
        decides,
    ),
    Move(
        "release",
        _l("Send the reply"),
        frozenset({S.DECIDED}),
        S.REPLIED,
        P.RELEASE_REPLIES,
        early=P.RELEASE_EARLY,
    ),
    Move(
        "schedule",
        _l("Schedule the reply"),
        frozenset({S.DECIDED}),
        None,
        P.RELEASE_REPLIES,
        (early, unscheduled),
    ),
    Move(
        "unschedule",
        _l("Cancel the scheduled reply"),
        frozenset({S.DECIDED}),
        None,
        P.RELEASE_REPLIES,
        (scheduled,),
    ),
    Move(
        "register",
        _l("Complete registration"),
        frozenset({S.REPLIED}),
        S.REGISTERED,
        P.DELIVER_SERVICES,
        (registers, accepted),
    ),
    Move(
        "deliver",
        _l("Record delivery"),
        frozenset({S.REPLIED, S.REGISTERED}),
        S.DELIVERED,
        P.DELIVER_SERVICES,
        (accepted, delivers),
    ),
    Move(
        "close",
        _l("Close the case"),
        frozenset({S.REPLIED, S.REGISTERED, S.DELIVERED}),
        S.CLOSED,
        P.CLOSE_CASES,
        (fulfilled,),
    ),
    Move("reopen", _l("Reopen the case"), ENDED, None, P.REOPEN_CASES),
    Move("withdraw", _l("Withdraw the request"), UNANSWERED, S.WITHDRAWN, P.RECEIVE_REQUESTS),
)

BY_KEY = {move.key: move for move in MOVES}


def possible(facts: Facts, member: Member) -> list[Move]:
    """The moves that the case allows now and this member may make; pure."""
    return [
        m for m in MOVES if m.open_to(member, facts.policy) and m.refusal(facts) is None and _in_time(m, facts, member)
    ]


def _in_time(move: Move, facts: Facts, member: Member) -> bool:
    """Before a floor's earliest date a reply is offered only to those who may send it with a reason."""
    return move.early is None or not facts.early or member.may(move.early)


def legal(case: Any, member: Member) -> list[Move]:
    """The moves that this member may make on this case now, in the order of the table."""
    from silah.intake.facts import facts_of

    return possible(facts_of(case), member)


def need(key: str, facts: Facts, by: Member | None) -> Move:
    """The move of this key, if it may be made; raises ``Forbidden``, or ``NotLegal`` with the reason.

    Without a member (the applicant, or the system) no permission is asked for.
    """
    move = BY_KEY[key]
    if by is not None and not move.open_to(by, facts.policy):
        raise Forbidden
    refusal = move.refusal(facts)
    if refusal is not None:
        raise NotLegal(refusal)
    return move
