"""`/compensation/new`, where the policy has it: a claim is sent, confirmed once, and followed like any other case."""

from typing import Any

from flask import make_response, redirect, render_template, url_for

from silah.complaints.portal_routes import speaker
from silah.complaints.recording_routes import kept
from silah.documents import content
from silah.errors import Invalid, NotFound
from silah.intake import sending
from silah.intake.request_catalogue import portal_channel
from silah.portal import public_context
from silah.portal.rate_limits import sending as sending_limit
from silah.settlements import portal_forms, starting
from silah.settlements.desk_routes import bp
from silah.settlements.registration import COMPENSATION
from silah.settlements.starting import Told
from silah.submissions.idempotency import sent_once_by_content
from silah.web.access import public


@bp.route("/compensation/new", methods=["GET", "POST"])
@public
@sending_limit
@sent_once_by_content
def claim() -> Any:
    """Claim compensation for harm."""
    if not starting.offered(COMPENSATION, public_context.policy()):
        raise NotFound
    form, person = portal_forms.ClaimForm(), speaker()
    if form.validate_on_submit() and person.validate():
        try:
            told = Told(form.text.data, claimed=form.claimed.amount, person=person.answers())
            channel = portal_channel(public_context.policy())
            made = starting.receive(COMPENSATION, told, kept(form), by=None, channel=channel)
        except Invalid as refused:
            form.refuse(refused, "text")
        else:
            sending.remember(made.case, made.receipt_code)
            return redirect(url_for("voices.sent"))
    page = make_response(
        render_template("settlements/portal/claim.html", form=form, person=person, accept=content.ACCEPT)
    )
    page.headers["Cache-Control"] = "no-store"
    return (page, 422) if form.is_submitted() else page
