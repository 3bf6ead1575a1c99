"""Following a dispute or a claim: where it stands, its offers, and what one can do about them."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.cases import one_time_codes, tracking_session
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.cases.workflow import perform
from silah.errors import Conflict, Invalid, NotFound, TooMany
from silah.portal import followed_cases
from silah.portal.case_offers import CaseOffer
from silah.portal.rate_limits import asking_codes, opening, writing
from silah.portal.tracking_registry import TrackingPage, Withdrawal
from silah.portal.tracking_routes import draw_case, return_to
from silah.settlements import claims, grounds, offer_rules, offers, portal_forms, undertakings
from silah.settlements.claims import Told
from silah.settlements.desk_routes import bp
from silah.settlements.forms import priced
from silah.settlements.models import COMPENSATION, DISPUTE, SettlementOffer, negotiation_of
from silah.settlements.offer_rules import OFFER_STATES, OFFER_TONES, OPEN, SIDES
from silah.submissions.idempotency import sent_once
from silah.web.access import public

STORY: dict[str, Any] = {
    "offer_by_association": _l("We made you an offer"),
    "offer_by_beneficiary": _l("You made an offer"),
    "offer_approved": _l("We accepted the offer"),
    "offer_accepted": _l("You accepted the offer"),
    "agreed": _l("You and we have agreed"),
    "proof_handed_in": _l("You handed in the proof of a promise"),
    "proof_sent_back": _l("We looked at your proof, and need another"),
    "harm_decided": _l("The committee looked at the harm"),
    "ended_without": _l("It ended without an agreement"),
    "compensation_paid": _l("We paid the compensation"),
    "amount_paid": _l("We paid the agreed amount"),
}
"""What the beneficiary is told of each entry of the timeline."""

PAPERS = {"agreement": _l("The agreement"), "closing_letter": _l("Closing letter")}
"""What the association's own papers of a settlement are called."""


def facts(case: Case) -> dict[str, Any]:
    """Return what a dispute or a claim adds to the page where it is followed."""
    every = offer_rules.list_offers(case)
    live = next((one for one in every if offer_rules.shown_state(one) == "open"), None)
    return {
        "made": negotiation_of(case),
        "offers": every,
        "live": live,
        "may_answer": live is not None and live.beneficiary_at is None and case.state in OPEN,
        "may_offer": may_offer(case, live),
        "agreed": next((one for one in every if one.state == "agreed"), None),
        "owed": offer_rules.list_owed(case),
        "proof_awaited": undertakings.is_proof_awaited,
        "today": clock.today(),
        "grounds": [one for one in grounds.of(case) if not one.there] if _lacks(case) else [],
        "sides": SIDES,
        "offer_state": offer_rules.shown_state,
        "offer_words": OFFER_STATES,
        "offer_tones": OFFER_TONES,
    }


def _lacks(case: Case) -> bool:
    return case.kind == COMPENSATION and case.state in OPEN and not grounds.proven(case)


def may_offer(case: Case, live: SettlementOffer | None) -> bool:
    """Whether the beneficiary can make an offer now: in turn, and of a claim on complete grounds."""
    if case.state not in OPEN or _lacks(case):
        return False
    return live is None or (live.side == offer_rules.ASSOCIATION and live.beneficiary_at is None)


def followed(id: UUID) -> Case:
    """Return the dispute or claim, if this browser follows it."""
    return followed_cases.followed(id, DISPUTE, COMPENSATION)


@bp.route("/follow/<uuid:id>/offer", methods=["GET", "POST"])
@public
@writing
@sent_once
def counter(id: UUID) -> Any:
    """Make an offer, or answer one with another."""
    case = followed(id)
    form = priced(portal_forms.OfferForm(), case)
    if not may_offer(case, offer_rules.find_live_offer(case)):
        flash(_("You cannot make an offer now."), "warn")
        return return_to(id)
    if form.validate_on_submit():
        try:
            perform(case, "counter_offer", None, {"draft": form.draft()})
        except Invalid as refused:
            form.refuse(refused, "terms")
        except Conflict as refused:
            flash(str(refused.message), "bad")
            return return_to(id)
        else:
            flash(_("Your offer is with the association."), "good")
            return return_to(id)
    live = offer_rules.find_live_offer(case)
    shown = render_template("settlements/portal/offer.html", case=case, form=form, live=live, sides=SIDES)
    return (shown, 422) if form.errors else shown


@bp.post("/follow/<uuid:id>/offer/accept")
@public
@asking_codes
def ask_code(id: UUID) -> Any:
    """Send the one-time code with which the offer that stands is accepted."""
    case = followed(id)
    live = offer_rules.find_live_offer(case)
    if live is None or live.beneficiary_at is not None:
        flash(_("There is no offer that waits for you."), "warn")
        return return_to(id)
    try:
        one_time_codes.send(case, offers.code_purpose(live))
    except (Conflict, TooMany) as refused:
        flash(str(refused.message), "bad")
        return return_to(id)
    return redirect(url_for(".accept", id=id))


@bp.route("/follow/<uuid:id>/offer/code", methods=["GET", "POST"])
@public
@opening
def accept(id: UUID) -> Any:
    """Accept the offer that stands, with the receipt code and the one-time code."""
    case, form = followed(id), portal_forms.AcceptForm()
    live = offer_rules.find_live_offer(case)
    if live is None or live.beneficiary_at is not None:
        flash(_("There is no offer that waits for you."), "warn")
        return return_to(id)
    if form.validate_on_submit():
        try:
            offers.accept_with_codes(case, live, receipt=form.receipt.data, code=form.code.data)
        except (Invalid, Conflict) as refused:
            form.refuse(refused, "code")
        else:
            flash(_("You have accepted the offer."), "good")
            return return_to(id)
    shown = render_template("settlements/portal/accept.html", case=case, form=form, live=live, sides=SIDES)
    return (shown, 422) if form.errors else shown


@bp.post("/follow/<uuid:id>/offer/refuse")
@public
@writing
@sent_once
def refuse(id: UUID) -> Any:
    """Refuse the offer that stands."""
    case, form = followed(id), portal_forms.RefuseForm()
    live = offer_rules.find_live_offer(case)
    if live is None or live.beneficiary_at is not None:
        flash(_("There is no offer that waits for you."), "warn")
        return return_to(id)
    if not form.validate_on_submit():
        return draw_case(case, refuse_form=form), 422
    perform(case, "decline_offer", None, {"offer_id": live.id, "reason": form.reason.data or ""})
    flash(_("You have refused the offer. Either side can make another."), "good")
    return return_to(id)


@bp.route("/follow/<uuid:id>/dispute", methods=["GET", "POST"])
@public
@writing
@sent_once
def begin(id: UUID) -> Any:
    """Begin a dispute out of the answer to a complaint, where the association's rules let one."""
    parent, form = followed_cases.followed(id), portal_forms.BeginForm()
    if not claims.may_begin(parent):
        raise NotFound
    if form.validate_on_submit():
        try:
            made = claims.out_of(parent, DISPUTE, Told(form.text.data, form.wanted.data or ""))
        except Invalid as refused:
            form.refuse(refused, "text")
        else:
            tracking_session.grant(made)
            flash(_("The dispute is opened. You open it with the receipt code that you have."), "good")
            return redirect(url_for("portal.tracking", id=made.id))
    shown = render_template("settlements/portal/begin.html", case=parent, form=form)
    return (shown, 422) if form.errors else shown


def offer_settlement(case: Case) -> CaseOffer | None:
    """Offer a beneficiary whose complaint was answered to begin a dispute, where the rules allow it."""
    if not claims.may_begin(case):
        return None
    label = _("Ask for a settlement, if the matter is still in dispute")
    return CaseOffer(str(label), url_for("settlements.begin", id=case.id))


PAGE = TrackingPage(
    template="settlements/portal/tracking.html",
    facts=facts,
    forms={"refuse_form": portal_forms.RefuseForm},
    story=STORY,
    labels=lambda case: PAPERS,
    may_write=lambda case: case.state not in ENDED,
    may_withdraw=lambda case: case.state in OPEN,
    withdrawal=Withdrawal(
        warning=_l("Nothing more is negotiated. This cannot be undone here."),
        done=_l("It is taken back."),
    ),
)
