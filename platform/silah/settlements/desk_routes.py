"""The staff's pages of settlements: promises and their proof, recording, and papers looked at before they are sent."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah import clock
from silah.cases import visibility, workflow
from silah.cases.models import Case
from silah.desk.action_execution import marked
from silah.desk.member import worker
from silah.documents import content
from silah.documents.responses import sent_pdf
from silah.errors import Conflict, Invalid, NotFound
from silah.settlements import desk_forms, offer_rules, papers, undertakings
from silah.settlements.models import COMPENSATION, Undertaking, negotiation_of
from silah.settlements.offer_rules import SIDES
from silah.settlements.rules import OPEN_TO
from silah.submissions.idempotency import sent_once
from silah.web.access import Member, Permission, requires
from tenants.database import db

P = Permission
bp = Blueprint("settlements", __name__, template_folder="templates")


@bp.get("/desk/promises")
@requires(*OPEN_TO)
def promises() -> str:
    """What was promised in agreements and is not kept yet, the most pressing first."""
    today = clock.today()
    return render_template(
        "settlements/desk/promises.html", waiting=undertakings.waiting(worker()), sides=SIDES, today=today
    )


@bp.route("/desk/promises/<uuid:id>", methods=["GET", "POST"])
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
@sent_once
def promise(id: UUID) -> Any:
    """Record that a promise was kept, with its proof."""
    member = worker()
    found, refused = undertakings.get(id, member), None
    form = kept_form(found)
    if form.validate_on_submit():
        try:
            undertakings.keep(found, by=member, remark=form.remark.data, proof=desk_forms.upload(form.proof))
        except Invalid as wrong:
            db.session.rollback()
            marked(form, wrong)
        except Conflict as told:
            db.session.rollback()
            refused = told
        else:
            flash(_("Recorded as kept."), "good")
            return redirect(url_for("desk.case", id=found.case_id))
    return _promise(found, form, desk_forms.SentBackForm(formdata=None), refused)


@bp.post("/desk/promises/<uuid:id>/back")
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
@sent_once
def send_proof_back(id: UUID) -> Any:
    """Say that the proof which the beneficiary handed in is not enough."""
    member, back = worker(), desk_forms.SentBackForm()
    found = undertakings.get(id, member)
    if not back.validate_on_submit():
        return _promise(found, kept_form(found, fresh=True), back)
    try:
        undertakings.send_back(found, by=member, reason=back.reason.data)
    except Conflict as told:
        return _promise(found, kept_form(found, fresh=True), back, told)
    flash(_("The beneficiary is told why, and hands in another proof."), "good")
    return redirect(url_for("desk.case", id=found.case_id))


def kept_form(one: Undertaking, *, fresh: bool = False) -> desk_forms.KeptForm:
    """How it was kept: in the beneficiary's words, where they handed in its proof."""
    data = {"remark": one.remark} if one.handed_on else {}
    return desk_forms.KeptForm(formdata=None, data=data) if fresh else desk_forms.KeptForm(data=data)


def _promise(one: Undertaking, form: Any, back: Any, refused: Conflict | None = None) -> Any:
    page = render_template(
        "settlements/desk/promise.html",
        it=one,
        form=form,
        back=back,
        refused=refused,
        sides=SIDES,
        accept=content.ACCEPT,
    )
    status = refused.status if refused else 422 if form.errors or back.errors else 200
    return page, status


@bp.get("/desk/cases/<uuid:id>/agreement.pdf")
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
def agreement_preview(id: UUID) -> Response:
    """The agreement as it will be once the reader accepts the offer for the association."""
    member = worker()
    case = _get_case_for(id, "accept", member)
    offer = offer_rules.find_live_offer(case)
    if offer is None or offer.beneficiary_at is None:
        raise NotFound
    paper = papers.agreement(case, offer, binder=member.name, bound_at=clock.now())
    return sent_pdf(paper, f"{case.reference}-agreement.pdf")


@bp.get("/desk/cases/<uuid:id>/closing.pdf")
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
def closing_preview(id: UUID) -> Response:
    """The closing letter of a claim as it will be."""
    case = _get_case_for(id, "close", worker())
    agreed = offer_rules.find_agreed_offer(case)
    if case.kind != COMPENSATION or agreed is None:
        raise NotFound
    return sent_pdf(papers.closing_letter(case, negotiation_of(case), agreed), f"{case.reference}-closing.pdf")


def _get_case_for(id: UUID, key: str, member: Member) -> Case:
    """Return a case on which the member may make this move now; raises ``NotFound`` for any other."""
    case = visibility.get(id, member)
    negotiation_of(case)
    if key not in [one.key for one in workflow.list_possible(case, member)]:
        raise NotFound
    return case
