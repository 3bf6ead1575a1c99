"""The chain of approval of a version, and the day from which it is in force."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from silah.desk.member import worker
from silah.documents import service as documents
from silah.documents.responses import sent
from silah.errors import Invalid, NotFound
from silah.policies import approval_signatures, approvals, reviews, service
from silah.policies.approvals import Deed
from silah.policies.errors import ErrorsStand
from silah.policies.forms import FORMS, ActForm, InForceForm, ReviewedForm
from silah.policies.labels import ACT_WORDS
from silah.policies.routes import bp
from silah.policies.version_routes import WORDS
from silah.web.access import Permission, requires
from tenants.versions import PolicyVersion

P = Permission
Answer = str | tuple[str, int] | Response


@bp.get("/policy/<uuid:id>/approval")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def approval(id: UUID) -> Answer:
    """Where the version stands in the chain, and the next act."""
    version = service.get(id)
    act = approvals.next_act(version)
    return _drawn(version, act, FORMS[act]() if act else None)


@bp.post("/policy/<uuid:id>/approval/<any(prepared, reviewed, approved, board, ratified):act>")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def act(id: UUID, act: str) -> Answer:
    """Do the next act of the chain."""
    version = service.draft(id, lock=True)
    if refused := approvals.refusal(version, act, worker()):
        raise refused
    form = FORMS[act]()
    if not form.validate_on_submit():
        return _drawn(version, act, form), 422
    if form.seen.data != service.digest(version.document):
        flash(_("The text changed since this page was opened. Read it again before you go on."), "warn")
        return redirect(url_for(".approval", id=id))
    try:
        approvals.perform(version, act, _deed(form), by=worker())
    except Invalid as refused_deed:
        return _drawn(version, act, form, {**refused_deed.fields}), 422
    flash(_("Recorded: %(act)s.", act=ACT_WORDS[act]), "good")
    return redirect(url_for(".approval", id=id))


@bp.post("/policy/<uuid:id>/in-force")
@requires(P.APPROVE_POLICY)
def in_force(id: UUID) -> Answer:
    """Set the day from which an approved version is in force."""
    version, form = service.get(id), InForceForm()
    if not form.validate_on_submit():
        return _drawn(version, None, None, in_force_form=form), 422
    try:
        approvals.set_in_force(version, form.on.data, by=worker())
    except Invalid as refused:
        form.on.errors = [str(refused.fields["on"])]
        return _drawn(version, None, None, in_force_form=form), 422
    flash(_("The version is in force.") if version.state == "in_force" else _("The day is set."), "good")
    return redirect(url_for(".version", id=id))


@bp.post("/policy/<uuid:id>/unchanged")
@requires(P.APPROVE_POLICY)
def unchanged(id: UUID) -> Response:
    """Record that the policy was reviewed and stays as it is."""
    reviews.unchanged(service.get(id), by=worker(), note=ReviewedForm().note.data or "")
    flash(_("The review is on record. The next one is counted from today."), "good")
    return redirect(url_for(".version", id=id))


@bp.get("/policy/<uuid:id>/marks/<uuid:file_id>")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def picture(id: UUID, file_id: UUID) -> Any:
    """A signature or seal of one of the version's acts."""
    files = {
        stored.id: stored for act in service.acts(service.get(id)) for _name, stored in approval_signatures.of(act)
    }
    if file_id not in files:
        raise NotFound
    return sent(files[file_id], documents.open(files[file_id]), show=True)


def _deed(form: ActForm) -> Deed:
    signature = approval_signatures.drawn(form.signature.data) if "signature" in form else None
    if "scan" in form:
        signature = approval_signatures.picture(form.scan.data, "scan") or signature
    return Deed(
        on=form.on.data,
        printed=form.printed.data or "",
        printed_hijri=form.printed_hijri.data or "" if "printed_hijri" in form else "",
        number=form.number.data if "number" in form else "",
        reasons={
            name.removeprefix("reason-"): text for name, text in request.form.items() if name.startswith("reason-")
        },
        signature=signature,
        seal=approval_signatures.picture(form.seal.data, "seal") if "seal" in form else None,
    )


def _drawn(
    version: PolicyVersion,
    act: str | None,
    form: ActForm | None,
    errors: dict[str, Any] | None = None,
    in_force_form: InForceForm | None = None,
) -> str:
    for name, words in (errors or {}).items():
        if form is not None and name in form:
            form[name].errors = [str(words)]
    done = approvals.standing(version)
    refusal = approvals.refusal(version, act, worker()) if act else None
    return render_template(
        "policies/approval.html",
        version=version,
        act=act,
        form=form,
        errors=errors or {},
        steps=[(one, done.get(one)) for one in approvals.chain(version.policy)],
        acts=ACT_WORDS,
        pictures={one.id: approval_signatures.of(one) for one in done.values()},
        days={name: date.fromisoformat(one.data["on"]) for name, one in done.items()},
        refusal=refusal,
        errors_stand=isinstance(refusal, ErrorsStand),
        warnings=[(approvals.mark(one), one) for one in approvals.warnings(version, act)] if act else [],
        seen=service.digest(version.document),
        in_force_form=in_force_form or InForceForm(),
        **WORDS,
    )
