"""The last pages of a request: the attestation, and sending."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from silah.errors import Invalid, NotFound
from silah.intake import attestations, draft_session, drafts, sending, wizard
from silah.intake.errors import AlreadySent, NoSuchDraft
from silah.intake.models import Draft
from silah.intake.portal_forms import SigningForm
from silah.language.localization import locale
from silah.portal import public_context
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
    return _attest_page(draft, SigningForm(formdata=None, data={"signed_by": name, "method": "drawn"}))


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
        return _sent(draft, SigningForm() if policy.attestation and not lacks else None)
    except (NoSuchDraft, AlreadySent):
        if not sending.sent_before():
            raise
        return draft_session.forget(redirect(url_for(".sent")))


def _sent(draft: Draft, form: SigningForm | None) -> Any:
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


def _attest_page(draft: Draft, form: SigningForm) -> str:
    policy = public_context.policy()
    if not policy.attestation:
        raise NotFound
    stages = wizard.stages(wizard.stops(draft, policy, locale()))
    return render_template(
        "intake/portal/attest.html",
        draft=draft,
        form=form,
        policy=policy,
        statement=attestations.statement(policy, locale()),
        stages=stages,
        stage=len(stages),
        definition=drafts.definition(draft),
    )
