"""Offers and counter-offers, each side in turn; one binds once both have accepted it, and becomes the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select

from silah import clock, jobs
from silah.access import Member
from silah.cases import clocks, telling, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.texts import clean
from silah.complaints.words import LONGEST
from silah.errors import Conflict, Invalid, NotFound
from silah.i18n import date_g, money
from silah.settlements import agreeing, grounds, limits, moves, standing
from silah.settlements.errors import NotInTurn, OfferExpired, OfferGone, OwnOffer
from silah.settlements.kind import COMPENSATION, responsible
from silah.settlements.models import SettlementOffer, Undertaking
from silah.settlements.rules import rules
from silah.settlements.standing import ASSOCIATION, BENEFICIARY
from silah.staff.models import Membership
from tenants.database import db

EXPIRES = "settlement.offer"
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
    _check(case, draft)
    if side == ASSOCIATION:
        limits.anybody(draft.amount)
    _superseded(case, side)
    offer = _written(case, draft, side, by)
    _wait_for(case, BENEFICIARY if side == ASSOCIATION else ASSOCIATION)
    if by is not None and case.holder_id is None:
        case.holder_id = by.id
    timeline.record(case, f"offer_by_{side}", by=by, data=told_of(offer))
    jobs.owe(EXPIRES, str(offer.id), clocks.morning_after(offer.expires_on))
    if side == ASSOCIATION:
        telling.applicant("offer_made", case, in_words(case, offer) | {"text": offer.terms})
    else:
        telling.members("offer_came", near(case), case)
    return offer


def approve(case: Case, offer_id: UUID, *, by: Member) -> None:
    """Accept an offer in the association's name, within the member's limit."""
    timeline.hold(case)
    moves.need("accept", case, by)
    offer = acceptable(case, offer_id)
    if rules().other_accepts and offer.made_by == by.id:
        raise OwnOffer
    limits.within(by, offer.amount)
    offer.association_at, offer.association_by = clock.now(), by.id
    timeline.record(case, "offer_approved", by=by, data=told_of(offer))
    if not agreeing.agreed_by_both(case, offer, by=by):
        _wait_for(case, BENEFICIARY)
        telling.applicant("offer_confirm", case, in_words(case, offer))


def accept(case: Case, offer_id: UUID) -> None:
    """The beneficiary accepts, proven by receipt code and one-time code before this is called."""
    timeline.hold(case)
    offer = acceptable(case, offer_id)
    if offer.beneficiary_at is not None:
        return
    offer.beneficiary_at = clock.now()
    timeline.record(case, "offer_accepted", data=told_of(offer))
    if not agreeing.agreed_by_both(case, offer):
        _wait_for(case, ASSOCIATION)
        telling.members("offer_answered", near(case), case)


def refuse(case: Case, offer_id: UUID, reason: str, *, by: Member | None = None) -> None:
    """Refuse an offer that one's side has not accepted; the other side is told, and a new one can be made."""
    timeline.hold(case)
    if by is not None:
        moves.need("refuse", case, by)
    offer = acceptable(case, offer_id)
    accepted = offer.association_at if by is not None else offer.beneficiary_at
    if accepted is not None:
        raise Conflict(_("This side has accepted the offer already."))
    if by is not None and not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    offer.state, offer.reason = "refused", clean(reason) or None
    _wait_for(case, ASSOCIATION)
    jobs.settle(EXPIRES, str(offer.id))
    timeline.record(case, "offer_refused", by=by, data={"offer": offer.number})
    if by is not None:
        telling.applicant("offer_refused", case, {"reason": clean(reason)})
    else:
        telling.members("offer_answered", near(case), case)


def expire(offer_id: UUID) -> None:
    """The last day of an offer has passed without both having accepted it."""
    offer = db.session.get(SettlementOffer, offer_id)
    if offer is None:
        return
    case = db.session.get_one(Case, offer.case_id, with_for_update={"of": Case})
    db.session.refresh(offer)
    if offer.state != "open" or not standing.is_over(offer):
        return
    offer.state = "expired"
    if case.state in moves.OPEN:
        _wait_for(case, ASSOCIATION)
    timeline.record(case, "offer_expired", data={"offer": offer.number})
    telling.applicant("offer_expired", case, in_words(case, offer))
    telling.members("offer_answered", near(case), case)


def acceptable(case: Case, offer_id: UUID) -> SettlementOffer:
    """The offer of this id, if it still can be accepted; raises ``OfferGone`` or ``OfferExpired``."""
    offer = db.session.get(SettlementOffer, offer_id, populate_existing=True)
    if offer is None or offer.case_id != case.id:
        raise NotFound
    if offer.state == "expired" or (offer.state == "open" and standing.is_over(offer)):
        raise OfferExpired
    if offer.state != "open":
        raise OfferGone
    return offer


def told_of(offer: SettlementOffer) -> dict[str, Any]:
    """What the timeline keeps of an offer: its number, and the exact amount."""
    return {"offer": offer.number, "amount": str(offer.amount) if offer.amount is not None else None}


def in_words(case: Case, offer: SettlementOffer) -> dict[str, str]:
    """Amount and last day, in the applicant's language."""
    with force_locale(case.locale):
        return {"amount": money(offer.amount), "due": date_g(offer.expires_on)}


def near(case: Case) -> Sequence[Membership]:
    """Who is told of what the beneficiary does: the holder, else the body."""
    return [case.holder] if case.holder else responsible(case)


def _superseded(case: Case, side: str) -> None:
    """Close the offer that stood; raises ``NotInTurn`` where it is the same side's, or one that it has accepted."""
    before = standing.opened(case)
    if before is None:
        return
    if standing.is_over(before):
        before.state = "expired"
    elif before.side == side or (before.beneficiary_at if side == BENEFICIARY else before.association_at):
        raise NotInTurn
    else:
        before.state = "superseded"
    jobs.settle(EXPIRES, str(before.id))
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


def _wait_for(case: Case, side: str) -> None:
    """Whose turn it is; the clock stands still while the beneficiary's answer is awaited."""
    if side == BENEFICIARY:
        case.state = State.INCOMPLETE
        clocks.pause(case)
    else:
        case.state = State.UNDER_STUDY
        clocks.go_on(case)


def _check(case: Case, draft: Draft) -> None:
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
