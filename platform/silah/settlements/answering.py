"""An offer is answered: accepted by either side, refused, or left until it expires."""

from uuid import UUID

from flask_babel import gettext as _

from silah import clock, jobs
from silah.cases import notifications as telling
from silah.cases import responsibility, timeline
from silah.cases.models import Case
from silah.errors import Conflict, Invalid, NotFound
from silah.forms.texts import clean
from silah.settlements import agreeing, limits, moves, notifications, standing, turns
from silah.settlements.errors import OfferExpired, OfferGone, OwnOffer
from silah.settlements.models import SettlementOffer
from silah.settlements.rules import rules
from silah.settlements.standing import ASSOCIATION, BENEFICIARY
from silah.web.access import Member
from tenants.database import db


def approve(case: Case, offer_id: UUID, *, by: Member) -> None:
    """Accept an offer in the association's name, within the member's limit."""
    timeline.hold(case)
    moves.need("accept", case, by)
    offer = acceptable(case, offer_id)
    if rules().other_accepts and offer.made_by == by.id:
        raise OwnOffer
    limits.within(by, offer.amount)
    offer.association_at, offer.association_by = clock.now(), by.id
    timeline.record(case, "offer_approved", by=by, data=turns.told_of(offer))
    if not agreeing.agreed_by_both(case, offer, by=by):
        turns.wait_for(case, BENEFICIARY)
        telling.applicant("offer_confirm", case, notifications.describe_offer(case, offer))


def accept(case: Case, offer_id: UUID) -> None:
    """The beneficiary accepts, proven by receipt code and one-time code before this is called."""
    timeline.hold(case)
    offer = acceptable(case, offer_id)
    if offer.beneficiary_at is not None:
        return
    offer.beneficiary_at = clock.now()
    timeline.record(case, "offer_accepted", data=turns.told_of(offer))
    if not agreeing.agreed_by_both(case, offer):
        turns.wait_for(case, ASSOCIATION)
        responsibility.announce(case, "offer_answered")


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
    turns.wait_for(case, ASSOCIATION)
    jobs.settle(turns.EXPIRES, str(offer.id))
    timeline.record(case, "offer_refused", by=by, data={"offer": offer.number})
    if by is not None:
        template, said = notifications.offer_refused(reason)
        telling.applicant(template, case, said)
    else:
        responsibility.announce(case, "offer_answered")


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
        turns.wait_for(case, ASSOCIATION)
    timeline.record(case, "offer_expired", data={"offer": offer.number})
    telling.applicant("offer_expired", case, notifications.describe_offer(case, offer))
    telling.members("offer_answered", turns.near(case), case)


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
