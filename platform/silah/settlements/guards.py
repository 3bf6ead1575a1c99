"""What a transition of a dispute or a claim needs besides its state: each gives None, or the words that refuse it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.states import State
from silah.cases.transitions import CaseFacts
from silah.settlements import offer_rules
from silah.settlements.models import negotiation_of


def to_accept(facts: CaseFacts) -> Any:
    """There is an offer that the association has not accepted."""
    found = offer_rules.find_live_offer(facts.case)
    return None if found and not found.association_at else _l("There is no offer that waits for the association.")


def to_refuse(facts: CaseFacts) -> Any:
    """The same: what the association has accepted it refuses no more."""
    return to_accept(facts)


def in_turn(facts: CaseFacts) -> Any:
    """The association does not make two offers in a row, nor one over what it has accepted."""
    found = offer_rules.find_live_offer(facts.case)
    if found is None or (found.side == offer_rules.BENEFICIARY and not found.association_at):
        return None
    return _l("An offer is open, and the beneficiary answers it first.")


def no_offer(facts: CaseFacts) -> Any:
    """No offer is open."""
    return (
        None
        if offer_rules.find_live_offer(facts.case) is None
        else _l("An offer is open. It is answered or expires first.")
    )


def not_agreed(facts: CaseFacts) -> Any:
    """Nothing was agreed."""
    return (
        None
        if offer_rules.find_agreed_offer(facts.case) is None
        else _l("An agreement stands. Open another dispute for what is left of it.")
    )


def all_kept(facts: CaseFacts) -> Any:
    """Everything promised was kept and an amount without a promise paid, or a court or authority decides instead."""
    if facts.case.state is State.REGISTERED:
        return None
    promised = offer_rules.list_owed(facts.case)
    if any(one.kept_on is None for one in promised):
        return _l("Not every promise of the agreement is kept yet.")
    return (
        _l("The payment of the agreed amount is not recorded yet.")
        if not promised and offer_rules.unpaid(facts.case)
        else None
    )


def to_pay(facts: CaseFacts) -> Any:
    """An amount was agreed, and its payment is not recorded."""
    return None if offer_rules.unpaid(facts.case) else _l("No payment of an agreed amount is awaited.")


def not_carried_out(facts: CaseFacts) -> Any:
    """What was agreed was not carried out: a promise is past its day; before an agreement nothing is needed."""
    if facts.case.state is not State.REPLIED or any(
        offer_rules.broken(one) for one in offer_rules.list_owed(facts.case)
    ):
        return None
    return _l("What was agreed is referred out only where a promise was not kept by its day.")


def no_result(facts: CaseFacts) -> Any:
    """The result is not known yet."""
    return None if negotiation_of(facts.case).out_result is None else _l("The result is recorded already.")


def result_known(facts: CaseFacts) -> Any:
    """What was referred out has its result."""
    if facts.case.state is not State.REGISTERED or negotiation_of(facts.case).out_result is not None:
        return None
    return _l("Record the result of the court or authority first.")


def unacknowledged(facts: CaseFacts) -> Any:
    """The committee has not acknowledged the harm yet."""
    words = _l("The committee has acknowledged the harm as it is stated, so it is not changed any more.")
    return None if negotiation_of(facts.case).acknowledged_id is None else words
