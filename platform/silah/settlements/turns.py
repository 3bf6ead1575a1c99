"""Whose turn it is with an offer, and what is told of it to either side."""

from collections.abc import Sequence
from typing import Any

from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.responsibility import list_responsible
from silah.cases.states import State
from silah.organisation.models import Membership
from silah.settlements.models import SettlementOffer
from silah.settlements.standing import BENEFICIARY

EXPIRES = "settlement.offer"


def told_of(offer: SettlementOffer) -> dict[str, Any]:
    """What the timeline keeps of an offer: its number, and the exact amount."""
    return {"offer": offer.number, "amount": str(offer.amount) if offer.amount is not None else None}


def near(case: Case) -> Sequence[Membership]:
    """Who is told of what the beneficiary does: the holder, else the body."""
    return list_responsible(case)


def wait_for(case: Case, side: str) -> None:
    """Whose turn it is; the clock stands still while the beneficiary's answer is awaited."""
    if side == BENEFICIARY:
        case.state = State.INCOMPLETE
        clocks.pause(case)
    else:
        case.state = State.UNDER_STUDY
        clocks.go_on(case)
