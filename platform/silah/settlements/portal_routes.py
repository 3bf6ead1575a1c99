"""`/compensation/new`, where a claim is sent, and `/follow/<id>/promises/<id>`, where a promise is proven."""

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.complaints.portal_routes import speaker
from silah.documents import content
from silah.documents.service import keep_all
from silah.errors import Conflict, Invalid, NotFound
from silah.portal import public_context
from silah.portal.rate_limits import sending, uploading
from silah.portal.sent_cases import remember_sent
from silah.settlements import claims, portal_forms, undertakings
from silah.settlements.claims import Told
from silah.settlements.desk_forms import upload
from silah.settlements.desk_routes import bp
from silah.settlements.models import COMPENSATION
from silah.settlements.portal_tracking import followed
from silah.submissions.idempotency import sent_once, sent_once_by_content
from silah.web.access import public
from tenants.database import db


@bp.route("/compensation/new", methods=["GET", "POST"])
@public
@sending
@sent_once_by_content
def claim() -> Any:
    """Claim compensation for harm."""
    if not claims.offered(COMPENSATION, public_context.policy()):
        raise NotFound
    form, person = portal_forms.ClaimForm(), speaker()
    if form.validate_on_submit() and person.validate():
        try:
            told = Told(form.text.data, claimed=form.claimed.amount, person=person.answers())
            channel = public_context.find_portal_channel(public_context.policy())
            made = claims.receive(
                COMPENSATION, told, keep_all(form.files.data or (), purpose="complaint"), by=None, channel=channel
            )
        except Invalid as refused:
            form.refuse(refused, "text")
        else:
            remember_sent(made.case, made.receipt_code)
            return redirect(url_for("portal.sent"))
    page = make_response(
        render_template("settlements/portal/claim.html", form=form, person=person, accept=content.ACCEPT)
    )
    page.headers["Cache-Control"] = "no-store"
    return (page, 422) if form.is_submitted() else page


@bp.route("/follow/<uuid:id>/promises/<uuid:promise>", methods=["GET", "POST"])
@public
@uploading
@sent_once
def prove(id: UUID, promise: UUID) -> Any:
    """Hand in the proof that it was kept."""
    case, form = followed(id), portal_forms.ProofForm()
    one = undertakings.get_of_beneficiary(case, promise)
    if not undertakings.is_proof_awaited(one):
        said = _("Its proof is with the association already."), _("Nothing more is needed for this promise.")
        flash(said[0 if one.handed_on and not one.kept_on else 1], "warn")
        return redirect(url_for("portal.tracking", id=id))
    if form.validate_on_submit():
        try:
            undertakings.hand_in(one, remark=form.remark.data, proof=upload(form.proof))
        except (Invalid, Conflict) as refused:
            db.session.rollback()
            form.refuse(refused, "remark")
        else:
            flash(_("We have received your proof, and look at it."), "good")
            return redirect(url_for("portal.tracking", id=id))
    page = render_template("settlements/portal/prove.html", case=case, it=one, form=form, accept=content.ACCEPT)
    return (page, 422) if form.errors else page
