"""`/console`: the associations of the platform, for its operator."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.config import Settings
from silah.console import associations as service
from silah.console import making
from silah.console.forms import AssociationForm
from silah.staff.routes import page
from silah.submissions import idempotency, kept_routes
from silah.web.access import operator
from tenants import blueprints, registering
from tenants.registry import ACTIVE, MAKING, SUSPENDED

bp = Blueprint("console", __name__, template_folder="templates", url_prefix="/console")

STATES = (ACTIVE, SUSPENDED, MAKING)


@bp.get("/")
@operator
def home() -> Any:
    """The list is the console's first page."""
    return redirect(url_for(".associations"))


@bp.get("/kept")
@operator
def kept() -> Any:
    """Lead the operator who has signed in again to the form that they had written, filled."""
    return kept_routes.lead_back(url_for(".associations"))


@bp.get("/associations")
@operator
def associations() -> Any:
    """Every association by its address, narrowed by words, by state, or to those behind their blueprint."""
    asked = request.args
    search, state = asked.get("q", "").strip(), asked.get("state")
    state = state if state in STATES else None
    undecided = "undecided" in asked
    found = service.page(
        search=search, state=state, undecided=undecided, after=asked.get("after"), before=asked.get("before")
    )
    return render_template(
        "console/associations.html",
        found=found,
        counts=service.counts(search),
        behind=service.undecided(search),
        search=search,
        state=state,
        undecided=undecided or None,
        newest=blueprints.newest(),
    )


@bp.route("/associations/new", methods=["GET", "POST"])
@operator
def new() -> Any:
    """Ask for an association; a worker makes it."""
    form, key = AssociationForm(), idempotency.key_of(request.form)
    id = making.find_repeated(key, form.data) if form.is_submitted() else None
    if id is None and form.validate_on_submit():
        id = making.ask(form.data, key)
    if id is not None:
        return redirect(url_for(".progress", id=id))
    return page("console/new.html", form, base_domain=settings().base_domain)


@bp.get("/associations/<uuid:id>/making")
@operator
def progress(id: UUID) -> Any:
    """How far the making of an association is; the page looks again by itself."""
    stage, asked, error = making.standing(id)
    if stage == "made":
        flash(_("The association is made, and its administrator is invited."), "good")
        return redirect(url_for(".association", id=id))
    return render_template("console/progress.html", stage=stage, asked=asked, error=error)


@bp.get("/associations/<uuid:id>")
@operator
def association(id: UUID) -> Any:
    """One association: where it answers, how far it is migrated, and what may be done."""
    found = service.get(id)
    return render_template(
        "console/association.html",
        it=found,
        address=settings().address(found.slug),
        hosts=registering.hosts(found),
        migration=service.migration(found),
        newest=blueprints.newest(),
    )


@bp.post("/associations/<uuid:id>/suspend")
@operator
def suspend(id: UUID) -> Any:
    """Stop an association's service."""
    service.suspend(service.get(id))
    flash(_("The association's service is stopped. Its data stay."))
    return redirect(url_for(".association", id=id))


@bp.post("/associations/<uuid:id>/resume")
@operator
def resume(id: UUID) -> Any:
    """Open an association again."""
    service.resume(service.get(id))
    flash(_("The association answers again."), "good")
    return redirect(url_for(".association", id=id))


def settings() -> Settings:
    """This installation."""
    found: Settings = current_app.config["SILAH"]
    return found


@bp.context_processor
def rail() -> dict[str, Any]:
    """The console's own rail."""
    here = request.endpoint
    return {
        "rail": [
            {
                "label": _l("Associations"),
                "href": url_for("console.associations"),
                "current": here == "console.associations",
            },
            {"label": _l("Create an association"), "href": url_for("console.new"), "current": here == "console.new"},
            {"label": _l("Accounts"), "href": url_for("console.accounts"), "current": here == "console.accounts"},
        ]
    }


from silah.console import account_routes  # noqa: E402, F401  # the views hang themselves on bp
