"""Every move of a complaint from one state to another, in one table: from where, by whom, and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases import kinds
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.complaints import bodies
from silah.complaints.errors import NotYours
from silah.complaints.models import Complaint
from silah.errors import Forbidden
from silah.web.access import Member, Permission

S = State
P = Permission
OPEN = frozenset({S.RECEIVED, S.UNDER_STUDY, S.INCOMPLETE})
Need = Callable[[Complaint], Any]
"""None where the need is met, else the words that refuse the move."""


def classified(complaint: Complaint) -> Any:
    """Kind and severity are known before it is handled."""
    return (
        None if complaint.topic and complaint.severity else _l("Classify the complaint first: its kind and severity.")
    )


def alone(complaint: Complaint) -> Any:
    """What was merged is answered with the complaint that it was merged into."""
    if complaint.merged_into_id is None:
        return None
    return _l("This complaint was merged into another, and is answered together with it.")


@dataclass(frozen=True)
class Move:
    """One move: its states, the permission it takes, what it is called, and what else it needs."""

    key: str
    label: Any
    starts: frozenset[State]
    permission: Permission
    needs: tuple[Need, ...] = ()
    by_body: bool = True
    """Whether only the body that handles the complaint may make it."""

    def refusal(self, complaint: Complaint) -> Any:
        """Why the complaint does not allow the move now; None if it does."""
        state = complaint.case.state
        if state not in self.starts:
            words = kinds.of(complaint.case).state(state)
            return _l("This is not possible while the case is: %(state)s.", state=words)
        return next((words for need in self.needs if (words := need(complaint)) is not None), None)

    def permitted(self, member: Member) -> bool:
        """Whether the member holds what it takes; whoever oversees complaints handles what has come up to them."""
        return member.may(self.permission, *((P.OVERSEE_COMPLAINTS,) if self.by_body else ()))

    def open_to(self, member: Member, complaint: Complaint) -> bool:
        """Whether this member may make the move where the complaint allows it."""
        return self.permitted(member) and (not self.by_body or bodies.handles(member, complaint))


MOVES: tuple[Move, ...] = (
    Move("classify", _l("Classify"), OPEN, P.ANSWER_COMPLAINTS, (alone,)),
    Move("ask", _l("Ask the complainant"), frozenset({S.UNDER_STUDY}), P.ANSWER_COMPLAINTS, (classified, alone)),
    Move("go_on", _l("Go on without an answer"), frozenset({S.INCOMPLETE}), P.ANSWER_COMPLAINTS),
    Move(
        "find",
        _l("Write the findings"),
        frozenset({S.UNDER_STUDY, S.DECIDED}),
        P.ANSWER_COMPLAINTS,
        (classified, alone),
    ),
    Move("answer", _l("Send the answer"), frozenset({S.DECIDED}), P.ANSWER_COMPLAINTS, (alone,)),
    Move("merge", _l("Merge into another complaint"), OPEN, P.ANSWER_COMPLAINTS, (alone,)),
    Move("close", _l("Close the case"), frozenset({S.REPLIED}), P.CLOSE_CASES, by_body=False),
    Move("reopen", _l("Reopen the case"), ENDED, P.REOPEN_CASES, by_body=False),
    Move("withdraw", _l("Record as withdrawn"), OPEN | {S.DECIDED}, P.ANSWER_COMPLAINTS),
)
BY_KEY = {move.key: move for move in MOVES}


def of(case: Case) -> Complaint:
    """The complaint that hangs on a case."""
    from tenants.database import db

    return db.session.get_one(Complaint, case.id)


def legal(complaint: Complaint, member: Member) -> list[Move]:
    """The moves that this member may make now, in the order of the table."""
    theirs = bodies.handles(member, complaint)
    able = [move for move in MOVES if move.permitted(member) and (theirs or not move.by_body)]
    return [move for move in able if move.refusal(complaint) is None]


def need(key: str, complaint: Complaint, by: Member | None) -> None:
    """Raise ``Forbidden``, ``NotYours`` or ``NotLegal`` with the reason, unless the move may be made.

    Without a member (the complainant, or the system) no permission is asked for.
    """
    move = BY_KEY[key]
    if by is not None and not move.permitted(by):
        raise Forbidden
    if by is not None and not move.open_to(by, complaint):
        raise NotYours
    refusal = move.refusal(complaint)
    if refusal is not None:
        raise NotLegal(refusal)
