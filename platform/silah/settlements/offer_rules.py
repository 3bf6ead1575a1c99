"""Where the offers and promises of a case stand, whose turn it is, and up to which amount a member may accept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from silah import clock, jobs
from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.responsibility import list_responsible
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.complaints import bodies
from silah.language.localization import money
from silah.organisation import holders
from silah.organisation.bodies import sits_on
from silah.organisation.models import Membership
from silah.settlements.errors import AboveLimit
from silah.settlements.models import Negotiation, SettlementOffer, Undertaking, negotiation_of
from silah.settlements.rules import SPEAKS, rules
from silah.web.access import Member, Permission
from tenants.database import db

ASSOCIATION, BENEFICIARY = "association", "beneficiary"
OPEN = frozenset({State.RECEIVED, State.UNDER_STUDY, State.INCOMPLETE})
"""While there is something to agree on."""


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


def unpaid(case: Case) -> bool:
    """Whether an amount was agreed of which nobody recorded the payment."""
    found = find_agreed_offer(case)
    return found is not None and found.amount is not None and negotiation_of(case).paid is None


def broken(one: Undertaking) -> bool:
    """Whether a promise was not kept by its day."""
    return one.kept_on is None and one.due_on < clock.today()


EXPIRES = "settlement.offer"


def describe_for_timeline(offer: SettlementOffer) -> dict[str, Any]:
    """What the timeline keeps of an offer: its number, and the exact amount."""
    return {"offer": offer.number, "amount": str(offer.amount) if offer.amount is not None else None}


def list_near(case: Case) -> Sequence[Membership]:
    """Who is told of what the beneficiary does: the holder, else the body."""
    return list_responsible(case)


def wait_for(change: Change, side: str) -> None:
    """Have the case wait for a side; the clock stands still while the beneficiary's answer is awaited."""
    if side == BENEFICIARY:
        change.target = State.INCOMPLETE
        clocks.pause(change.case)
    else:
        change.target = State.UNDER_STUDY
        clocks.go_on(change.case)


def close_open_offer(case: Case) -> None:
    """Have the offer that stands expire, if one does: the case goes another way."""
    before = find_open_offer(case)
    if before is not None:
        before.state = "expired"
        jobs.settle(EXPIRES, str(before.id))


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


def may_speak(case: Case, member: Member) -> bool:
    """Whether this member speaks for the association on the case: one who may bind it, or sits on the body."""
    if member.may(Permission.BIND_ASSOCIATION):
        return True
    return member.may(*SPEAKS) and sits_on_body(case, member)


def sits_on_body(case: Case, member: Member) -> bool:
    """Whether the member sits on the body that negotiates."""
    return any(sits_on(role, negotiation_of(case).body) for role in member.role_keys)
