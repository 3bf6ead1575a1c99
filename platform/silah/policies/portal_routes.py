"""The policy: as a page, as data for programs, and as the printed document; the version in force, and older ones."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request
from sqlalchemy import select

from silah.errors import NotFound
from silah.language.localization import LOCALES, locale
from silah.policies import differences, papers, policy_data, service
from silah.portal import public_context
from silah.portal.page_cache import remembered
from silah.portal.rate_limits import making_papers
from silah.portal.routes import bp
from silah.web.access import public
from tenants.clauses import printed
from tenants.database import db
from tenants.versions import PolicyVersion

EVER = ("in_force", "superseded")
"""What the public may read: what is or was in force, never a draft nor what is only approved."""


@bp.get("/policy")
@public
@remembered
def policy_page() -> str:
    """The policy with its clauses, in the printed order and lettering."""
    return _page(public_context.version())


@bp.get("/policy.json")
@public
def policy_json() -> Response:
    """The policy for programs, both languages at once; ``policy_data`` tells its shape."""
    return jsonify(policy_data.policy_data(public_context.version()))


@bp.get("/policy.pdf")
@public
@making_papers
def policy_pdf() -> Any:
    """The printed policy in one language."""
    return _paper(public_context.version())


@bp.get("/policy/versions")
@public
@remembered
def policy_versions() -> str:
    """Every version that is or was in force, the newest first."""
    return render_template("policies/public_policy_versions.html", versions=ever())


@bp.get("/policy/versions/<uuid:id>")
@public
def old_policy(id: UUID) -> str:
    """A version that was in force, with a word that it is no longer."""
    return _page(readable(id))


@bp.get("/policy/versions/<uuid:id>.json")
@public
def old_policy_json(id: UUID) -> Response:
    """The same for programs."""
    return jsonify(policy_data.policy_data(readable(id)))


@bp.get("/policy/versions/<uuid:id>.pdf")
@public
@making_papers
def old_policy_pdf(id: UUID) -> Any:
    """The same as it was printed."""
    return _paper(readable(id))


def ever() -> list[PolicyVersion]:
    """The versions that the public may read, the newest first."""
    rows = select(PolicyVersion).where(PolicyVersion.state.in_(EVER))
    return list(db.session.scalars(rows.order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.created_at.desc())))


def readable(version_id: UUID) -> PolicyVersion:
    """The version, if it is or was in force; raises NotFound for drafts and none alike."""
    found = db.session.get(PolicyVersion, version_id)
    if found is None or found.state not in EVER:
        raise NotFound
    return found


def _page(version: PolicyVersion) -> str:
    return render_template(
        "policies/public_policy.html",
        version=version,
        policy=version.policy,
        sections=printed(version.policy),
        superseded=version.state == "superseded",
        changes=_changes(version),
    )


def _changes(version: PolicyVersion) -> list[differences.Change]:
    """What differs from the version before it, in words; nothing for the first."""
    known = ever()
    place = next((n for n, one in enumerate(known) if one.id == version.id), len(known))
    if place + 1 >= len(known):
        return []
    return differences.differences(known[place + 1].policy, version.policy, locale(), service.roles())


def _paper(version: PolicyVersion) -> Response:
    wish = request.args.get("lang")
    language = wish if wish in LOCALES else locale()
    response = Response(papers.policy(version, language), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="policy-{language}.pdf"'
    return response
