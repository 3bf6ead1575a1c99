"""The last pages of a request: the attestation, sending, and the confirmation with its receipt."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from silah.cases import papers
from silah.documents.responses import sent_pdf
from silah.errors import Invalid, NotFound
from silah.intake import attestations, draft_session, drafts, next_steps, sending, tracking_presenter, wizard
from silah.intake.errors import AlreadySent, NoSuchDraft
from silah.intake.models import Draft
from silah.language.localization import locale
from silah.portal import public_context
from silah.portal.forms import AttestForm, OneTimeCodeForm
from silah.portal.rate_limits import making_papers
from silah.portal.rate_limits import sending as sending_limit
from silah.portal.routes import bp
from silah.web.access import public


@bp.get("/requests/new/<uuid:draft_id>/attest")
@public
def attest(draft_id: UUID) -> Any:
    """The attestation, where the policy has one."""
    draft = draft_session.get(draft_id)
    if wizard.lacking(draft, public_context.policy(), locale()):
        return redirect(url_for(".step", draft_id=draft.id, step=wizard.REVIEW))
    name = drafts.answers(draft)["person"].get("name")
    return _attest_page(draft, AttestForm(formdata=None, data={"signed_by": name, "method": "drawn"}))


@bp.post("/requests/new/<uuid:draft_id>/send")
@public
@sending_limit
def send(draft_id: UUID) -> Any:
    """Send the request; a second click, or one whose answer was lost, leads to the same confirmation."""
    try:
        draft, policy = draft_session.get(draft_id), public_context.policy()
        lacks = wizard.lacking(draft, policy, locale())
        if any(lack.kind == "field" for lack in lacks) or (lacks and not policy.takes_incomplete):
            return redirect(url_for(".step", draft_id=draft.id, step=wizard.REVIEW))
        return _sent(draft, AttestForm() if policy.attestation and not lacks else None)
    except (NoSuchDraft, AlreadySent):
        if not sending.sent_before():
            raise
        return draft_session.forget(redirect(url_for(".sent")))


def _sent(draft: Draft, form: AttestForm | None) -> Any:
    if form is not None and not form.validate():
        return _attest_page(draft, form), 422
    try:
        if form is None:
            sending.send(draft)
        else:
            given = {"signed_by": form.signed_by.data, "signature": form.signature.data}
            sending.send(draft, method=form.method.data, **given)
    except Invalid as refused:
        if form is None or not set(refused.fields) & {"signature", "signed_by", "method"}:
            raise
        form.refuse(refused, "signature")
        return _attest_page(draft, form), 422
    return draft_session.forget(redirect(url_for(".sent")))


@bp.get("/requests/sent")
@public
def sent() -> Any:
    """The reference, the receipt code once, what happens next and by when."""
    done = sending.confirmation()
    policy, asked = done.case.policy_version.policy, tracking_presenter.asked(done.case, locale())
    page = make_response(
        render_template(
            "portal/sent.html",
            case=done.case,
            code=done.code,
            sealed=sending.closed(done.code, done.case) if done.code else "",
            method=done.method,
            policy=policy,
            unsigned=not asked and attestations.is_owed(done.case),
            asked=asked,
            next_steps=next_steps.next_steps(done.case, locale()),
            code_form=OneTimeCodeForm(formdata=None),
        )
    )
    page.headers["Cache-Control"] = "no-store"
    return page


@bp.post("/requests/sent/receipt.pdf")
@public
@making_papers
def receipt_pdf() -> Response:
    """The receipt of what was sent last from this browser, with the code where the page still shows it."""
    case = sending.confirmation().case
    code = sending.opened(request.form.get("sealed"), case)
    data = papers.receipt(case, code=code, next_steps=tracking_presenter.next_steps(case, locale()), locale=locale())
    return sent_pdf(data, f"{case.reference}.pdf")


def _attest_page(draft: Draft, form: AttestForm) -> str:
    policy = public_context.policy()
    if not policy.attestation:
        raise NotFound
    stages = wizard.stages(wizard.stops(draft, policy, locale()))
    return render_template(
        "portal/attest.html",
        draft=draft,
        form=form,
        policy=policy,
        statement=attestations.statement(policy, locale()),
        stages=stages,
        stage=len(stages),
        definition=drafts.definition(draft),
    )
