"""`/admin/branches`: the association's offices."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.organisation import branches as service
from silah.staff.admin_routes import bp
from silah.staff.forms import BranchForm
from silah.staff.routes import page
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires


@bp.get("/branches")
@requires(Permission.MANAGE_BRANCHES)
def branches() -> Any:
    """Every office, those in use first."""
    return render_template("admin/branches.html", offices=service.listing())


@bp.route("/branches/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_BRANCHES)
@sent_once
def new_branch() -> Any:
    """Open a further office."""
    form = BranchForm()
    if form.validate_on_submit():
        service.create(form.data)
        flash(_("The branch office was added."), "good")
        return redirect(url_for(".branches"))
    return page("admin/branch.html", form, it=None)


@bp.route("/branches/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_BRANCHES)
def branch(id: UUID) -> Any:
    """One office: names, hours, address, telephone, and who works there."""
    found = service.get(id)
    form = BranchForm(obj=found)
    if form.validate_on_submit():
        service.change(found, form.data)
        flash(_("Saved."), "good")
        return redirect(url_for(".branches"))
    return page("admin/branch.html", form, it=found, people=service.people(found))


@bp.post("/branches/<uuid:id>/retire")
@requires(Permission.MANAGE_BRANCHES)
def retire_branch(id: UUID) -> Any:
    """Offer an office for nothing further."""
    service.retire(service.get(id))
    flash(_("The branch office is no longer offered. Its cases stay as they are."))
    return redirect(url_for(".branches"))


@bp.post("/branches/<uuid:id>/reopen")
@requires(Permission.MANAGE_BRANCHES)
def reopen_branch(id: UUID) -> Any:
    """Offer a retired office again."""
    service.reopen(service.get(id))
    flash(_("The branch office is offered again."), "good")
    return redirect(url_for(".branches"))
