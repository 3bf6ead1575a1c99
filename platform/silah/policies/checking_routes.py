"""What the policy checker finds in a version, with links to where it is mended; what differs between two versions."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from silah import clock
from silah.errors import NotFound
from silah.language.localization import locale
from silah.policies import service
from silah.policies.differences import by_section, differences
from silah.policies.routes import bp
from silah.policies.sections import BY_KEY, anchor
from silah.policies.version_routes import WORDS
from silah.web.access import Permission, requires
from tenants import versions
from tenants.checks import Finding, sits_on
from tenants.versions import PolicyVersion

P = Permission


@bp.get("/policy/<uuid:id>/findings")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def findings(id: UUID) -> str:
    """Errors, which stop approval; warnings, which ask for a reason; and notes."""
    version = service.get(id)
    found: list[dict[str, Any]] = []
    for one in service.findings(version):
        home, field = anchor(version.document, one.where)
        found.append({"finding": one, "section": BY_KEY[home], "field": field, **_filled(version, one)})
    groups = [(grade, [one for one in found if one["finding"].severity == grade]) for grade in GRADES]
    return render_template(
        "policies/findings.html", version=version, groups=[group for group in groups if group[1]], **WORDS
    )


def _filled(version: PolicyVersion, one: Finding) -> dict[str, Any]:
    """Whether a role is vacant, and the seat to make a role for where its committee has none."""
    if one.code not in VACANT:
        return {"vacant": False, "seat": ""}
    body: Any = version.document
    for part in one.where:
        body = body[part]
    roleless = version.policy.committee(body) and not any(sits_on(role, body) for role in service.roles())
    return {"vacant": True, "seat": f"{body}_chair" if roleless else ""}


GRADES = ("error", "warning", "note")
VACANT = ("nobody_holds", "owner_vacant")
"""What is mended by giving somebody a role as well as by another setting."""


@bp.get("/policy/<uuid:id>/differences")
@requires(P.EDIT_POLICY, P.APPROVE_POLICY)
def compare(id: UUID) -> str:
    """What differs in this version from another: by default from the one in force, or from the one before it."""
    version = service.get(id)
    other = _other(version)
    changes = differences(other.policy, version.policy, locale(), service.roles()) if other else []
    return render_template(
        "policies/differences.html",
        version=version,
        other=other,
        others=[one for one in service.listing() if one.id != version.id],
        sections=by_section(changes),
        count=len(changes),
        **WORDS,
    )


def _other(version: PolicyVersion) -> PolicyVersion | None:
    if asked := request.args.get("from"):
        try:
            return service.get(UUID(asked))
        except ValueError:
            raise NotFound from None
    standing = versions.in_force(clock.today())
    if standing.id != version.id:
        return standing
    earlier = [one for one in service.listing() if one.created_at < version.created_at and one.state == "superseded"]
    return earlier[0] if earlier else None
