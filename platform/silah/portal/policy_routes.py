"""The policy in force: as a page, as data for programs, and as the printed document."""

from typing import Any

from flask import Response, jsonify, render_template, request

from silah.access import public
from silah.documents import papers
from silah.i18n import LOCALES, locale
from silah.portal import policy_data, standing
from silah.portal.limits import making_papers
from silah.portal.remembered import remembered
from silah.portal.routes import bp
from tenants.clauses import printed


@bp.get("/policy")
@public
@remembered
def policy_page() -> str:
    """The policy with its clauses, in the printed order and lettering."""
    version = standing.version()
    return render_template(
        "portal/policy.html", version=version, policy=version.policy, sections=printed(version.policy)
    )


@bp.get("/policy.json")
@public
def policy_json() -> Response:
    """The policy for programs, both languages at once."""
    return jsonify(policy_data.policy_data(standing.version()))


@bp.get("/policy.pdf")
@public
@making_papers
def policy_pdf() -> Any:
    """The printed policy in one language."""
    wish = request.args.get("lang")
    language = wish if wish in LOCALES else locale()
    response = Response(papers.policy(standing.version(), language), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="policy-{language}.pdf"'
    return response
