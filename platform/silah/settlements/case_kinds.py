"""Disputes and claims for compensation as kinds of case."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.responsibility import on_body
from silah.cases.states import State
from silah.organisation import holders
from silah.settlements import claims
from silah.settlements.models import COMPENSATION, DISPUTE, Negotiation
from silah.settlements.offer_rules import responsible
from silah.settlements.rules import OPEN_TO, SettlementRules, rules
from silah.web.access import Member, Permission
from tenants.periods import ReplyPeriod, Span, Start

DISPUTE_STATES = {
    State.UNDER_STUDY: _l("In negotiation"),
    State.INCOMPLETE: _l("Waiting for the beneficiary"),
    State.REPLIED: _l("Agreed"),
    State.REGISTERED: _l("Referred to a court or authority"),
}
CLAIM_STATES = {
    State.UNDER_STUDY: _l("Being examined"),
    State.INCOMPLETE: _l("Waiting for the claimant"),
    State.DECIDED: _l("Agreed, not yet paid"),
    State.REGISTERED: _l("Referred to a court or authority"),
    State.DELIVERED: _l("Paid"),
}


def within(span: Callable[[SettlementRules], Span]) -> Callable[[Case], ReplyPeriod]:
    """An internal period of the association's own: a ceiling from receipt, or from the day of reopening."""

    def period(case: Case) -> ReplyPeriod:
        chosen = span(rules())
        starts: Start = "complete" if case.completed_on is not None else "received"
        return ReplyPeriod(bound="ceiling", starts=starts, amount=chosen.amount, unit=chosen.unit)

    return period


def _awaits(member: Member) -> ColumnElement[bool]:
    return on_body(member, Negotiation.body, Negotiation.case_id, Permission.BIND_ASSOCIATION)


DISPUTE_KIND = kinds.Kind(
    DISPUTE,
    "D",
    _l("Dispute"),
    within(lambda r: r.dispute_within),
    OPEN_TO,
    DISPUTE_STATES,
    told=lambda case, step: holders.holders_of(Permission.OVERSEE_COMPLAINTS),
    next_steps=claims.next_steps,
    responsible=responsible,
    awaits=_awaits,
)
COMPENSATION_KIND = kinds.Kind(
    COMPENSATION,
    "H",
    _l("Claim for compensation"),
    within(lambda r: r.claim_within),
    OPEN_TO,
    CLAIM_STATES,
    told=lambda case, step: holders.holders_of(Permission.OVERSEE_COMPLAINTS),
    next_steps=claims.next_steps,
    responsible=responsible,
    awaits=_awaits,
)
