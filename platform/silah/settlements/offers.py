"""An offer's life: made by each side in turn, accepted by both, refused, replaced, or left until it expires."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah import clock, jobs
from silah.cases import notifications as case_notifications
from silah.cases import one_time_codes, receipts, responsibility
from silah.cases.models import Case
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.complaints.labels import LONGEST
from silah.errors import Conflict, Invalid, NotFound
from silah.forms.texts import clean
from silah.settlements import agreements, grounds, notifications, offer_rules
from silah.settlements.errors import NotInTurn, OfferExpired, OfferGone, OwnOffer
from silah.settlements.models import COMPENSATION, SettlementOffer, Undertaking
from silah.settlements.offer_rules import ASSOCIATION, BENEFICIARY
from silah.settlements.rules import rules
from silah.web.access import Member
from tenants.database import db

LONGEST_LIFE = timedelta(days=365)


@dataclass(frozen=True)
class Promise:
    """What one side promises in an offer."""

    side: str
    what: str
    due_on: date


@dataclass(frozen=True)
class Draft:
    """An offer as it is written: terms, an amount in riyals where money is due, its last day, and promises."""

    terms: str
    amount: Decimal | None
    expires_on: date
    promises: Sequence[Promise] = ()


def make(change: Change, draft: Draft) -> SettlementOffer:
    """Make an offer: the association's by a member, else the beneficiary's. It takes the place of the other side's.

    Raises ``GroundsMissing`` for a claim without its grounds, ``NotInTurn`` while an offer of the same side is open,
    and ``AboveLimit`` for what nobody could accept.
    """
    case, by = change.case, change.by
    side = ASSOCIATION if by is not None else BENEFICIARY
    if case.kind == COMPENSATION:
        grounds.need(case)
    _check_draft(case, draft)
    if side == ASSOCIATION:
        offer_rules.check_highest_limit(draft.amount)
    _superseded(case, side)
    offer = _written(case, draft, side, by)
    offer_rules.wait_for(change, BENEFICIARY if side == ASSOCIATION else ASSOCIATION)
    if by is not None and case.holder_id is None:
        case.holder_id = by.id
    change.event, change.data = f"offer_by_{side}", offer_rules.describe_for_timeline(offer)
    jobs.owe(offer_rules.EXPIRES, str(offer.id), clock.morning_after(offer.expires_on))
    return offer


def tell_offer(change: Change) -> None:
    """Tell the other side of an offer."""
    if change.by is not None:
        notifications.tell(change.case, notifications.offer_made(change.case, change.result))
    else:
        responsibility.announce(change.case, "offer_came")


def _superseded(case: Case, side: str) -> None:
    """Close the offer that stood; raises ``NotInTurn`` where it is the same side's, or one that it has accepted."""
    before = offer_rules.find_open_offer(case)
    if before is None:
        return
    if offer_rules.is_over(before):
        before.state = "expired"
    elif before.side == side or (before.beneficiary_at if side == BENEFICIARY else before.association_at):
        raise NotInTurn
    else:
        before.state = "superseded"
    jobs.settle(offer_rules.EXPIRES, str(before.id))
    db.session.flush()


def _written(case: Case, draft: Draft, side: str, by: Member | None) -> SettlementOffer:
    last = db.session.scalar(select(func.max(SettlementOffer.number)).where(SettlementOffer.case_id == case.id))
    offer = SettlementOffer(
        case_id=case.id,
        number=(last or 0) + 1,
        side=side,
        terms=clean(draft.terms),
        amount=draft.amount,
        expires_on=draft.expires_on,
        made_by=by.id if by else None,
    )
    offer.undertakings = [
        Undertaking(case_id=case.id, side=one.side, what=clean(one.what), due_on=one.due_on) for one in draft.promises
    ]
    db.session.add(offer)
    db.session.flush()
    return offer


def _check_draft(case: Case, draft: Draft) -> None:
    wrong: dict[str, Any] = {}
    if not clean(draft.terms):
        wrong["terms"] = _("Write what is offered.")
    elif len(draft.terms) > LONGEST:
        wrong["terms"] = _("Write at most %(count)s characters.", count=LONGEST)
    if draft.amount is None and case.kind == COMPENSATION:
        wrong["amount"] = _("Write the amount of the compensation.")
    elif draft.amount is not None and draft.amount <= 0:
        wrong["amount"] = _("Write an amount above zero.")
    if not clock.today() <= draft.expires_on <= clock.today() + LONGEST_LIFE:
        wrong["expires_on"] = _("Choose a day from today on, within a year.")
    for number, one in enumerate(draft.promises, 1):
        if not clean(one.what):
            wrong[f"what_{number}"] = _("Write what is promised.")
        if one.due_on < clock.today():
            wrong[f"due_{number}"] = _("Choose today or a later day.")
    if wrong:
        raise Invalid(wrong)


def approve(change: Change, offer_id: UUID | None = None) -> SettlementOffer:
    """Accept the offer that stands (or the one named) in the association's name, within the member's limit."""
    case, by = change.case, change.member
    offer = _get_offer(case, offer_id)
    if rules().other_accepts and offer.made_by == by.id:
        raise OwnOffer
    offer_rules.check_limit(by, offer.amount)
    offer.association_at, offer.association_by = clock.now(), by.id
    return _accepted(change, offer, BENEFICIARY)


def accept(change: Change, offer_id: UUID) -> SettlementOffer:
    """Accept an offer as the beneficiary, proven by receipt code and one-time code before this is called."""
    offer = get_acceptable(change.case, offer_id)
    if offer.beneficiary_at is not None:
        change.idle = True
        return offer
    offer.beneficiary_at = clock.now()
    return _accepted(change, offer, ASSOCIATION)


def _accepted(change: Change, offer: SettlementOffer, other: str) -> SettlementOffer:
    """One side has accepted: agree where both have, else wait for the other."""
    change.data = offer_rules.describe_for_timeline(offer)
    db.session.flush()
    if agreements.is_agreed(offer):
        change.followed_by.append(("agree", change.by))
    else:
        offer_rules.wait_for(change, other)
    return offer


def tell_acceptance(change: Change) -> None:
    """Tell the other side that an offer was accepted, where it is to answer yet."""
    offer: SettlementOffer = change.result
    if agreements.is_agreed(offer):
        return
    if change.by is not None:
        said = notifications.describe_offer(change.case, offer)
        case_notifications.applicant("offer_confirm", change.case, said)
    else:
        responsibility.announce(change.case, "offer_answered")


def refuse(change: Change, reason: str, offer_id: UUID | None = None) -> SettlementOffer:
    """Refuse an offer that one's side has not accepted; the other side is told, and a new one can be made."""
    offer = _get_offer(change.case, offer_id)
    accepted = offer.association_at if change.by is not None else offer.beneficiary_at
    if accepted is not None:
        raise Conflict(_("This side has accepted the offer already."))
    if change.by is not None and not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    offer.state, offer.reason = "refused", clean(reason) or None
    offer_rules.wait_for(change, ASSOCIATION)
    jobs.settle(offer_rules.EXPIRES, str(offer.id))
    change.data = {"offer": offer.number}
    return offer


def tell_refusal(change: Change) -> None:
    """Tell the other side that an offer was refused."""
    if change.by is not None:
        notifications.tell(change.case, notifications.offer_refused(change.inputs["reason"]))
    else:
        responsibility.announce(change.case, "offer_answered")


def expire(offer_id: UUID) -> None:
    """Let an offer expire whose last day has passed without both having accepted it."""
    offer = db.session.get(SettlementOffer, offer_id)
    if offer is not None:
        perform(db.session.get_one(Case, offer.case_id), "expire_offer", None, {"offer": offer})


def let_expire(change: Change, offer: SettlementOffer) -> SettlementOffer:
    """Have an open offer past its last day expire, and the association make or await another."""
    db.session.refresh(offer)
    if offer.state != "open" or not offer_rules.is_over(offer):
        change.idle = True
        return offer
    offer.state = "expired"
    if change.case.state in offer_rules.OPEN:
        offer_rules.wait_for(change, ASSOCIATION)
    change.data = {"offer": offer.number}
    return offer


def tell_expiry(change: Change) -> None:
    """Tell both sides that an offer has expired."""
    said = notifications.describe_offer(change.case, change.result)
    case_notifications.applicant("offer_expired", change.case, said)
    case_notifications.members("offer_answered", offer_rules.list_near(change.case), change.case)


def get_acceptable(case: Case, offer_id: UUID | None) -> SettlementOffer:
    """The offer of this id, if it still can be accepted; raises ``OfferGone`` or ``OfferExpired``."""
    offer = db.session.get(SettlementOffer, offer_id, populate_existing=True)
    if offer is None or offer.case_id != case.id:
        raise NotFound
    if offer.state == "expired" or (offer.state == "open" and offer_rules.is_over(offer)):
        raise OfferExpired
    if offer.state != "open":
        raise OfferGone
    return offer


def _get_offer(case: Case, offer_id: UUID | None) -> SettlementOffer:
    live = offer_rules.find_live_offer(case) if offer_id is None else None
    if offer_id is None and live is None:
        raise NotFound
    return live or get_acceptable(case, offer_id)


def code_purpose(offer: SettlementOffer) -> str:
    """What the one-time code is for: this offer and no later one."""
    return f"offer:{offer.number}"


def accept_with_codes(case: Case, offer: SettlementOffer, *, receipt: str, code: str) -> None:
    """Check both codes, then accept; raises ``Invalid`` at the receipt code, ``WrongCode`` or ``CodeExpired``."""
    if not hmac.compare_digest(bytes(case.receipt_digest), receipts.digest(receipt)):
        raise Invalid({"receipt": _("This receipt code is not right. Check it on your receipt.")})
    get_acceptable(case, offer.id)
    one_time_codes.check(case, code_purpose(offer), code)
    perform(case, "accept_offer", None, {"offer_id": offer.id})
