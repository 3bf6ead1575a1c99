"""Every move of a dispute or a claim, in one table: of which kind, from where, by whom, and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases import kinds
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.complaints.errors import NotYours
from silah.errors import Forbidden, NotFound
from silah.organisation.bodies import sits_on
from silah.settlements import offer_rules
from silah.settlements.models import COMPENSATION, DISPUTE, Negotiation
from silah.web.access import Member, Permission
from tenants.database import db

OPEN_TO = frozenset({Permission.ANSWER_COMPLAINTS, Permission.OVERSEE_COMPLAINTS, Permission.BIND_ASSOCIATION})
S = State
P = Permission
BOTH = frozenset({DISPUTE, COMPENSATION})
CLAIMS = frozenset({COMPENSATION})
OPEN = frozenset({S.RECEIVED, S.UNDER_STUDY, S.INCOMPLETE})
BUSY = frozenset({S.RECEIVED, S.UNDER_STUDY})
SPEAKS = (P.ANSWER_COMPLAINTS, P.BIND_ASSOCIATION)
Need = Callable[[Case], Any]
"""None where the need is met, else the words that refuse the move."""


@dataclass(frozen=True)
class Move:
    """One move: its kinds, states and permissions, what it is called, and what else it needs.

    ``by_body``: who holds ANSWER_COMPLAINTS makes it only on the body that negotiates; who may bind always may.
    """

    key: str
    label: Any
    starts: frozenset[State]
    permissions: tuple[Permission, ...] = SPEAKS
    needs: tuple[Need, ...] = ()
    kinds: frozenset[str] = BOTH
    by_body: bool = True

    def refusal(self, case: Case) -> Any:
        """Why the case does not allow the move now; None if it does."""
        if case.state not in self.starts:
            return _l("This is not possible while the case is: %(state)s.", state=kinds.of(case).state(case.state))
        return next((words for need in self.needs if (words := need(case)) is not None), None)

    def open_to(self, member: Member, case: Case) -> bool:
        """Whether this member may make the move where the case allows it."""
        if case.kind not in self.kinds or not member.may(*self.permissions):
            return False
        if not self.by_body or (P.BIND_ASSOCIATION in self.permissions and member.may(P.BIND_ASSOCIATION)):
            return True
        return any(sits_on(role, of(case).body) for role in member.role_keys)


MOVES: tuple[Move, ...] = (
    Move("accept", _l("Accept in the association's name"), OPEN, (P.BIND_ASSOCIATION,), (offer_rules.to_accept,)),
    Move("offer", _l("Make an offer"), OPEN, needs=(offer_rules.in_turn,)),
    Move("refuse", _l("Refuse the offer"), OPEN, needs=(offer_rules.to_refuse,)),
    Move("harm", _l("State the harm"), BUSY, (P.ANSWER_COMPLAINTS,), (offer_rules.unacknowledged,), CLAIMS),
    Move("ground", _l("Add evidence"), BUSY, kinds=CLAIMS),
    Move("pay", _l("Record the payment"), frozenset({S.DECIDED, S.REPLIED}), needs=(offer_rules.to_pay,)),
    Move(
        "refer_out",
        _l("Refer to a court or authority"),
        OPEN | {S.REPLIED},
        needs=(offer_rules.no_offer, offer_rules.not_carried_out),
    ),
    Move("result", _l("Record the result"), frozenset({S.REGISTERED}), needs=(offer_rules.no_result,)),
    Move("end", _l("End without agreement"), OPEN, needs=(offer_rules.no_offer,)),
    Move(
        "close",
        _l("Close the case"),
        frozenset({S.REPLIED, S.DELIVERED, S.REGISTERED}),
        (P.CLOSE_CASES, P.BIND_ASSOCIATION),
        (offer_rules.all_kept, offer_rules.result_known),
        by_body=False,
    ),
    Move("reopen", _l("Reopen the case"), ENDED, (P.REOPEN_CASES,), (offer_rules.not_agreed,), by_body=False),
    Move("withdraw", _l("Record as withdrawn"), OPEN | {S.REGISTERED}, (P.ANSWER_COMPLAINTS,)),
)
BY_KEY = {move.key: move for move in MOVES}


def of(case: Case) -> Negotiation:
    """What hangs on a dispute or a claim; raises NotFound for other kinds."""
    found = db.session.get(Negotiation, case.id)
    if found is None:
        raise NotFound
    return found


def legal(case: Case, member: Member) -> list[Move]:
    """The moves that this member may make now, in the order of the table."""
    return [move for move in MOVES if move.open_to(member, case) and move.refusal(case) is None]


def need(key: str, case: Case, by: Member | None) -> None:
    """Raise ``Forbidden``, ``NotYours`` or ``NotLegal`` with the reason, unless the move may be made.

    Without a member (the beneficiary, or the system) no permission is asked for.
    """
    move = BY_KEY[key]
    if by is not None and (case.kind not in move.kinds or not by.may(*move.permissions)):
        raise Forbidden
    if by is not None and not move.open_to(by, case):
        raise NotYours
    refusal = move.refusal(case)
    if refusal is not None:
        raise NotLegal(refusal)
