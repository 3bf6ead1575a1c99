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
from silah.cases import one_time_codes, receipts, responsibility, timeline
from silah.cases.models import Case
from silah.complaints.labels import LONGEST
from silah.errors import Conflict, Invalid, NotFound
from silah.forms.texts import clean
from silah.settlements import agreements, grounds, moves, notifications, offer_rules
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


def make(case: Case, draft: Draft, *, by: Member | None = None) -> SettlementOffer:
    """Make an offer: the association's by a member, else the beneficiary's. It takes the place of the other side's.

    Raises ``GroundsMissing`` for a claim without its grounds, ``NotInTurn`` while an offer of the same side is open,
    and ``AboveLimit`` for what nobody could accept.
    """
    timeline.hold(case)
    side = ASSOCIATION if by is not None else BENEFICIARY
    if case.state not in moves.OPEN or by is not None:
        moves.need("offer", case, by)
    if case.kind == COMPENSATION:
        grounds.need(case)
    _check_draft(case, draft)
    if side == ASSOCIATION:
        offer_rules.check_highest_limit(draft.amount)
    _superseded(case, side)
    offer = _written(case, draft, side, by)
    offer_rules.wait_for(case, BENEFICIARY if side == ASSOCIATION else ASSOCIATION)
    if by is not None and case.holder_id is None:
        case.holder_id = by.id
    timeline.record(case, f"offer_by_{side}", by=by, data=offer_rules.describe_for_timeline(offer))
    jobs.owe(offer_rules.EXPIRES, str(offer.id), clock.morning_after(offer.expires_on))
    if side == ASSOCIATION:
        template, said = notifications.offer_made(case, offer)
        case_notifications.applicant(template, case, said)
    else:
        responsibility.announce(case, "offer_came")
    return offer


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


def approve(case: Case, offer_id: UUID, *, by: Member) -> None:
    """Accept an offer in the association's name, within the member's limit."""
    timeline.hold(case)
    moves.need("accept", case, by)
    offer = get_acceptable(case, offer_id)
    if rules().other_accepts and offer.made_by == by.id:
        raise OwnOffer
    offer_rules.check_limit(by, offer.amount)
    offer.association_at, offer.association_by = clock.now(), by.id
    timeline.record(case, "offer_approved", by=by, data=offer_rules.describe_for_timeline(offer))
    if not agreements.agreed_by_both(case, offer, by=by):
        offer_rules.wait_for(case, BENEFICIARY)
        case_notifications.applicant("offer_confirm", case, notifications.describe_offer(case, offer))


def accept(case: Case, offer_id: UUID) -> None:
    """The beneficiary accepts, proven by receipt code and one-time code before this is called."""
    timeline.hold(case)
    offer = get_acceptable(case, offer_id)
    if offer.beneficiary_at is not None:
        return
    offer.beneficiary_at = clock.now()
    timeline.record(case, "offer_accepted", data=offer_rules.describe_for_timeline(offer))
    if not agreements.agreed_by_both(case, offer):
        offer_rules.wait_for(case, ASSOCIATION)
        responsibility.announce(case, "offer_answered")


def refuse(case: Case, offer_id: UUID, reason: str, *, by: Member | None = None) -> None:
    """Refuse an offer that one's side has not accepted; the other side is told, and a new one can be made."""
    timeline.hold(case)
    if by is not None:
        moves.need("refuse", case, by)
    offer = get_acceptable(case, offer_id)
    accepted = offer.association_at if by is not None else offer.beneficiary_at
    if accepted is not None:
        raise Conflict(_("This side has accepted the offer already."))
    if by is not None and not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    offer.state, offer.reason = "refused", clean(reason) or None
    offer_rules.wait_for(case, ASSOCIATION)
    jobs.settle(offer_rules.EXPIRES, str(offer.id))
    timeline.record(case, "offer_refused", by=by, data={"offer": offer.number})
    if by is not None:
        template, said = notifications.offer_refused(reason)
        case_notifications.applicant(template, case, said)
    else:
        responsibility.announce(case, "offer_answered")


def expire(offer_id: UUID) -> None:
    """The last day of an offer has passed without both having accepted it."""
    offer = db.session.get(SettlementOffer, offer_id)
    if offer is None:
        return
    case = db.session.get_one(Case, offer.case_id, with_for_update={"of": Case})
    db.session.refresh(offer)
    if offer.state != "open" or not offer_rules.is_over(offer):
        return
    offer.state = "expired"
    if case.state in moves.OPEN:
        offer_rules.wait_for(case, ASSOCIATION)
    timeline.record(case, "offer_expired", data={"offer": offer.number})
    case_notifications.applicant("offer_expired", case, notifications.describe_offer(case, offer))
    case_notifications.members("offer_answered", offer_rules.list_near(case), case)


def get_acceptable(case: Case, offer_id: UUID) -> SettlementOffer:
    """The offer of this id, if it still can be accepted; raises ``OfferGone`` or ``OfferExpired``."""
    offer = db.session.get(SettlementOffer, offer_id, populate_existing=True)
    if offer is None or offer.case_id != case.id:
        raise NotFound
    if offer.state == "expired" or (offer.state == "open" and offer_rules.is_over(offer)):
        raise OfferExpired
    if offer.state != "open":
        raise OfferGone
    return offer


def code_purpose(offer: SettlementOffer) -> str:
    """What the one-time code is for: this offer and no later one."""
    return f"offer:{offer.number}"


def accept_with_codes(case: Case, offer: SettlementOffer, *, receipt: str, code: str) -> None:
    """Check both codes, then accept; raises ``Invalid`` at the receipt code, ``WrongCode`` or ``CodeExpired``."""
    if not hmac.compare_digest(bytes(case.receipt_digest), receipts.digest(receipt)):
        raise Invalid({"receipt": _("This receipt code is not right. Check it on your receipt.")})
    get_acceptable(case, offer.id)
    one_time_codes.check(case, code_purpose(offer), code)
    accept(case, offer.id)
