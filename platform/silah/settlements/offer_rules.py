"""Where the offers and promises of a case stand, whose turn it is, and up to which amount a member may accept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from silah import clock
from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.responsibility import list_responsible
from silah.cases.states import State
from silah.complaints import bodies
from silah.language.localization import money
from silah.organisation import holders
from silah.organisation.models import Membership
from silah.settlements.errors import AboveLimit
from silah.settlements.models import Negotiation, SettlementOffer, Undertaking
from silah.settlements.rules import rules
from silah.web.access import Member, Permission
from tenants.database import db

ASSOCIATION, BENEFICIARY = "association", "beneficiary"


def list_offers(case: Case) -> Sequence[SettlementOffer]:
    """Every offer, the latest first."""
    rows = select(SettlementOffer).where(SettlementOffer.case_id == case.id).order_by(SettlementOffer.number.desc())
    loaded = rows.options(
        joinedload(SettlementOffer.maker),
        joinedload(SettlementOffer.binder),
        selectinload(SettlementOffer.undertakings),
    )
    return db.session.scalars(loaded).all()


def find_open_offer(case: Case) -> SettlementOffer | None:
    """The offer that was not answered, its last day passed or not."""
    return _in_state(case, "open")


def find_live_offer(case: Case) -> SettlementOffer | None:
    """The offer that can be accepted now."""
    found = find_open_offer(case)
    return found if found is not None and not is_over(found) else None


def find_agreed_offer(case: Case) -> SettlementOffer | None:
    """What both have accepted."""
    return _in_state(case, "agreed")


def is_over(offer: SettlementOffer, on: date | None = None) -> bool:
    """Whether the last day of an offer has passed."""
    return (on or clock.today()) > offer.expires_on


def shown_state(offer: SettlementOffer) -> str:
    """The state to show: an open offer past its last day has expired, whether or not that was written down yet."""
    return "expired" if offer.state == "open" and is_over(offer) else offer.state


def list_owed(case: Case) -> Sequence[Undertaking]:
    """What was promised and agreed, the nearest first."""
    rows = select(Undertaking).where(Undertaking.case_id == case.id, Undertaking.owed)
    return db.session.scalars(rows.order_by(Undertaking.due_on, Undertaking.id)).all()


def _in_state(case: Case, state: str) -> SettlementOffer | None:
    mine = (SettlementOffer.case_id == case.id, SettlementOffer.state == state)
    return db.session.scalars(select(SettlementOffer).where(*mine)).one_or_none()


def to_accept(case: Case) -> Any:
    """There is an offer that the association has not accepted."""
    found = find_live_offer(case)
    return None if found and not found.association_at else _l("There is no offer that waits for the association.")


def to_refuse(case: Case) -> Any:
    """The same: what the association has accepted it refuses no more."""
    return to_accept(case)


def in_turn(case: Case) -> Any:
    """The association does not make two offers in a row, nor one over what it has accepted."""
    found = find_live_offer(case)
    if found is None or (found.side == BENEFICIARY and not found.association_at):
        return None
    return _l("An offer is open, and the beneficiary answers it first.")


def no_offer(case: Case) -> Any:
    """No offer is open."""
    return None if find_live_offer(case) is None else _l("An offer is open. It is answered or expires first.")


def not_agreed(case: Case) -> Any:
    """Nothing was agreed."""
    return (
        None
        if find_agreed_offer(case) is None
        else _l("An agreement stands. Open another dispute for what is left of it.")
    )


def all_kept(case: Case) -> Any:
    """Everything promised was kept and an amount without a promise paid, or a court or authority decides instead."""
    if case.state is State.REGISTERED:
        return None
    promised = list_owed(case)
    if any(one.kept_on is None for one in promised):
        return _l("Not every promise of the agreement is kept yet.")
    return _l("The payment of the agreed amount is not recorded yet.") if not promised and unpaid(case) else None


def to_pay(case: Case) -> Any:
    """An amount was agreed, and its payment is not recorded."""
    return None if unpaid(case) else _l("No payment of an agreed amount is awaited.")


def unpaid(case: Case) -> bool:
    """Whether an amount was agreed of which nobody recorded the payment."""
    found = find_agreed_offer(case)
    return found is not None and found.amount is not None and _of(case).paid is None


def not_carried_out(case: Case) -> Any:
    """What was agreed was not carried out: a promise is past its day; before an agreement nothing is needed."""
    if case.state is not State.REPLIED or any(broken(one) for one in list_owed(case)):
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


EXPIRES = "settlement.offer"


def describe_for_timeline(offer: SettlementOffer) -> dict[str, Any]:
    """What the timeline keeps of an offer: its number, and the exact amount."""
    return {"offer": offer.number, "amount": str(offer.amount) if offer.amount is not None else None}


def list_near(case: Case) -> Sequence[Membership]:
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


NO_LIMIT = Decimal(0)


def find_limit(member: Member) -> Decimal:
    """The member's limit, in riyals; zero where none of their roles has one."""
    return max((amount for role, amount in rules().limits.items() if role in member.role_keys), default=NO_LIMIT)


def find_highest_limit() -> Decimal:
    """The limit that no amount may exceed, whoever accepts it."""
    return max(rules().limits.values(), default=NO_LIMIT)


def check_highest_limit(amount: Decimal | None) -> None:
    """Raise ``AboveLimit`` where nobody may accept such an amount."""
    top = find_highest_limit()
    if amount is None or amount <= top:
        return
    if not top:
        raise AboveLimit(
            _("No role may accept an amount yet. An administrator sets the limits under Disputes and compensation.")
        )
    raise AboveLimit(
        _(
            "%(amount)s is above everybody's limit: the highest is %(limit)s. Lower the amount, or have the limits "
            "changed.",
            amount=money(amount),
            limit=money(top),
        )
    )


def check_limit(member: Member, amount: Decimal | None) -> None:
    """Raise ``AboveLimit`` where this member may not accept such an amount."""
    check_highest_limit(amount)
    mine = find_limit(member)
    if amount is not None and amount > mine:
        words = _(
            "%(amount)s is above your limit of %(limit)s. Somebody with a higher limit accepts it.",
            amount=money(amount),
            limit=money(mine),
        )
        raise AboveLimit(words)


SIDES: dict[str, Any] = {"association": _l("The association"), "beneficiary": _l("The beneficiary")}
OFFER_STATES: dict[str, Any] = {
    "open": _l("Open"),
    "superseded": _l("Replaced by another"),
    "refused": _l("Refused"),
    "expired": _l("Expired"),
    "agreed": _l("Agreed"),
}
OFFER_TONES = {"open": "info", "superseded": "neutral", "refused": "bad", "expired": "warn", "agreed": "good"}


def responsible(case: Case) -> Sequence[Membership]:
    """Who is told where nobody holds it: the body that negotiates, else who may bind the association."""
    found = db.session.get(Negotiation, case.id)
    seated = bodies.handlers(case, found.body) if found else []
    return seated or holders.holders_of(Permission.BIND_ASSOCIATION)
