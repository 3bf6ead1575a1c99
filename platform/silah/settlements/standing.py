"""Where the offers and promises of a case stand, and what that refuses: read only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from silah import clock
from silah.cases.models import Case
from silah.cases.states import State
from silah.settlements.models import Negotiation, SettlementOffer, Undertaking
from tenants.database import db

ASSOCIATION, BENEFICIARY = "association", "beneficiary"


def offers(case: Case) -> Sequence[SettlementOffer]:
    """Every offer, the latest first."""
    rows = select(SettlementOffer).where(SettlementOffer.case_id == case.id).order_by(SettlementOffer.number.desc())
    loaded = rows.options(
        joinedload(SettlementOffer.maker),
        joinedload(SettlementOffer.binder),
        selectinload(SettlementOffer.undertakings),
    )
    return db.session.scalars(loaded).all()


def opened(case: Case) -> SettlementOffer | None:
    """The offer that was not answered, its last day passed or not."""
    return _in_state(case, "open")


def live(case: Case) -> SettlementOffer | None:
    """The offer that can be accepted now."""
    found = opened(case)
    return found if found is not None and not is_over(found) else None


def agreed(case: Case) -> SettlementOffer | None:
    """What both have accepted."""
    return _in_state(case, "agreed")


def is_over(offer: SettlementOffer, on: date | None = None) -> bool:
    """Whether the last day of an offer has passed."""
    return (on or clock.today()) > offer.expires_on


def shown_state(offer: SettlementOffer) -> str:
    """The state to show: an open offer past its last day has expired, whether or not that was written down yet."""
    return "expired" if offer.state == "open" and is_over(offer) else offer.state


def owed(case: Case) -> Sequence[Undertaking]:
    """What was promised and agreed, the nearest first."""
    rows = select(Undertaking).where(Undertaking.case_id == case.id, Undertaking.owed)
    return db.session.scalars(rows.order_by(Undertaking.due_on, Undertaking.id)).all()


def _in_state(case: Case, state: str) -> SettlementOffer | None:
    mine = (SettlementOffer.case_id == case.id, SettlementOffer.state == state)
    return db.session.scalars(select(SettlementOffer).where(*mine)).one_or_none()


def to_accept(case: Case) -> Any:
    """There is an offer that the association has not accepted."""
    found = live(case)
    return None if found and not found.association_at else _l("There is no offer that waits for the association.")


def to_refuse(case: Case) -> Any:
    """The same: what the association has accepted it refuses no more."""
    return to_accept(case)


def in_turn(case: Case) -> Any:
    """The association does not make two offers in a row, nor one over what it has accepted."""
    found = live(case)
    if found is None or (found.side == BENEFICIARY and not found.association_at):
        return None
    return _l("An offer is open, and the beneficiary answers it first.")


def no_offer(case: Case) -> Any:
    """No offer is open."""
    return None if live(case) is None else _l("An offer is open. It is answered or expires first.")


def not_agreed(case: Case) -> Any:
    """Nothing was agreed."""
    return None if agreed(case) is None else _l("An agreement stands. Open another dispute for what is left of it.")


def kept(case: Case) -> Any:
    """Everything promised was kept and an amount without a promise paid, or a court or authority decides instead."""
    if case.state is State.REGISTERED:
        return None
    promised = owed(case)
    if any(one.kept_on is None for one in promised):
        return _l("Not every promise of the agreement is kept yet.")
    return _l("The payment of the agreed amount is not recorded yet.") if not promised and unpaid(case) else None


def to_pay(case: Case) -> Any:
    """An amount was agreed, and its payment is not recorded."""
    return None if unpaid(case) else _l("No payment of an agreed amount is awaited.")


def unpaid(case: Case) -> bool:
    """Whether an amount was agreed of which nobody recorded the payment."""
    found = agreed(case)
    return found is not None and found.amount is not None and _of(case).paid is None


def not_carried_out(case: Case) -> Any:
    """What was agreed was not carried out: a promise is past its day; before an agreement nothing is needed."""
    if case.state is not State.REPLIED or any(broken(one) for one in owed(case)):
        return None
    return _l("What was agreed is referred out only where a promise was not kept by its day.")


def broken(one: Undertaking) -> bool:
    """Whether a promise was not kept by its day."""
    return one.kept_on is None and one.due_on < clock.today()


def no_result(case: Case) -> Any:
    """The result is not known yet."""
    return None if _of(case).out_result is None else _l("The result is recorded already.")


def result_known(case: Case) -> Any:
    """What was referred out has its result."""
    if case.state is not State.REGISTERED or _of(case).out_result is not None:
        return None
    return _l("Record the result of the court or authority first.")


def unacknowledged(case: Case) -> Any:
    """The committee has not acknowledged the harm yet."""
    words = _l("The committee has acknowledged the harm as it is stated, so it is not changed any more.")
    return None if _of(case).acknowledged_id is None else words


def _of(case: Case) -> Negotiation:
    return db.session.get_one(Negotiation, case.id)
