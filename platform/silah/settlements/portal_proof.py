"""`/follow/<id>/promises/<id>`: the beneficiary hands in the proof of a promise of their own."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.documents import content
from silah.errors import Conflict, Invalid
from silah.portal.rate_limits import uploading
from silah.settlements import portal_forms, proving
from silah.settlements.desk_forms import upload
from silah.settlements.desk_routes import bp
from silah.settlements.portal_tracking import followed
from silah.submissions.idempotency import sent_once
from silah.web.access import public
from tenants.database import db


@bp.route("/follow/<uuid:id>/promises/<uuid:promise>", methods=["GET", "POST"])
@public
@uploading
@sent_once
def prove(id: UUID, promise: UUID) -> Any:
    """Hand in the proof that it was kept."""
    case, form = followed(id), portal_forms.ProofForm()
    one = proving.of_theirs(case, promise)
    if not proving.awaited(one):
        said = _("Its proof is with the association already."), _("Nothing more is needed for this promise.")
        flash(said[0 if one.handed_on and not one.kept_on else 1], "warn")
        return redirect(url_for("portal.tracking", id=id))
    if form.validate_on_submit():
        try:
            proving.hand_in(one, remark=form.remark.data, proof=upload(form.proof))
        except (Invalid, Conflict) as refused:
            db.session.rollback()
            form.refuse(refused, "remark")
        else:
            flash(_("We have received your proof, and look at it."), "good")
            return redirect(url_for("portal.tracking", id=id))
    page = render_template("settlements/portal/prove.html", case=case, it=one, form=form, accept=content.ACCEPT)
    return (page, 422) if form.errors else page
