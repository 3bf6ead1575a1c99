"""The overview of the policy's versions, one version, its preview, and drafts begun and thrown away."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from silah import clock
from silah.desk.member import worker
from silah.documents.responses import sent_pdf
from silah.errors import NotFound
from silah.language.localization import LOCALES, locale, number
from silah.policies import blueprint, papers, reviews, service
from silah.policies.forms import ReviewedForm
from silah.policies.labels import STATE_TONES, STATE_WORDS, control_days, happened
from silah.policies.routes import bp
from silah.policies.sections import SECTIONS, anchor
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants import versions
from tenants.clauses import printed

P = Permission


@bp.get("/policy")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def overview() -> str:
    """The version in force, drafts and approved versions, older ones, and how many cases are open under each."""
    found = service.listing()
    current = next((one for one in found if one.state == "in_force"), None)
    return render_template(
        "policies/overview.html",
        current=current,
        review_due=reviews.due_on(current) if current else None,
        today=clock.today(),
        coming=[one for one in found if one.state in ("draft", "approved")],
        older=[one for one in found if one.state == "superseded"],
        open_cases=service.open_cases(worker()),
        blueprint_version=blueprint.news(),
        **WORDS,
    )


@bp.post("/policy/drafts")
@requires(P.EDIT_POLICY)
@sent_once
def start() -> Response:
    """Begin a draft from the version in force."""
    version = service.start(versions.in_force(clock.today()), by=worker())
    flash(_("A draft was begun from the version in force. Nothing changes until it is approved and in force."), "good")
    return redirect(url_for(".version", id=version.id))


@bp.get("/policy/<uuid:id>")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def version(id: UUID) -> str:
    """One version: its sections, what the checker finds, and what was done about it."""
    found = service.get(id)
    policy, findings = found.policy, service.findings(found)
    counted: dict[str, int] = {}
    for one in findings:
        if one.severity != "note":
            home = anchor(found.document, one.where)[0]
            counted[home] = counted.get(home, 0) + 1
    return render_template(
        "policies/version.html",
        version=found,
        policy=policy,
        sections=SECTIONS,
        counted=counted,
        findings=findings,
        history=[happened(act) for act in reversed(service.acts(found))],
        others=[one for one in service.listing() if one.id != found.id],
        open_cases=_open_cases() if found.state == "in_force" else [],
        review_due=reviews.due_on(found),
        review_form=ReviewedForm(),
        days=control_days(policy),
        **WORDS,
    )


@bp.post("/policy/<uuid:id>/discard")
@requires(P.EDIT_POLICY)
def discard(id: UUID) -> Response:
    """Throw a draft away."""
    blueprint.discard_draft(service.draft(id, lock=True))
    flash(_("The draft was thrown away."), "good")
    return redirect(url_for(".overview"))


@bp.get("/policy/<uuid:id>/preview")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def preview(id: UUID) -> str:
    """The version as it would be printed, in both languages."""
    found = service.get(id)
    return render_template(
        "policies/preview.html", version=found, policy=found.policy, printed=printed(found.policy), **WORDS
    )


@bp.get("/policy/<uuid:id>/preview.pdf")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def preview_pdf(id: UUID) -> Any:
    """The version as a printed paper in one language."""
    wish = request.args.get("lang", locale())
    if wish not in LOCALES:
        raise NotFound
    return sent_pdf(papers.policy(service.get(id), wish), f"policy-{wish}.pdf")


def _open_cases() -> list[tuple[str, str]]:
    """How many open cases stay under each version, as the report on a version in force says."""
    counted = service.open_cases(worker())
    return [(service.named(one), number(counted[one.id])) for one in service.listing() if counted.get(one.id)]


WORDS: dict[str, Any] = {"states": STATE_WORDS, "tones": STATE_TONES, "named": service.named}
