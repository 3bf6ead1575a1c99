"""`/admin/roles`: the association's roles, and what each may do."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.access import Permission, requires
from silah.errors import Conflict
from silah.staff import committee_roles
from silah.staff import roles as service
from silah.staff.admin import bp
from silah.staff.forms import RoleForm
from silah.staff.routes import page, refuse
from silah.web.idempotency import sent_once


@bp.get("/roles")
@requires(Permission.MANAGE_STAFF)
def roles() -> Any:
    """Every role, with who holds it."""
    return render_template("admin/roles.html", roles=service.listing(), all=len(Permission))


@bp.route("/roles/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@sent_once
def new_role() -> Any:
    """Make a further role."""
    form = RoleForm(data=committee_roles.proposal(request.args.get("seat", "")))
    if form.validate_on_submit():
        seat = form.seat.data if "seat" in form else ""
        service.create(*said(form), totp_required=form.totp_required.data, key=seat or "")
        flash(_("The role was added."), "good")
        return redirect(url_for(".roles"))
    return page("admin/role.html", form, it=None, groups=service.GROUPS)


@bp.route("/roles/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def role(id: UUID) -> Any:
    """One role: its names, and what each permission means."""
    found = service.get(id)
    form = RoleForm(obj=found)
    if form.validate_on_submit():
        try:
            service.change(found, *said(form), totp_required=form.totp_required.data)
            flash(_("Saved. It holds from each member's next page on."), "good")
            return redirect(url_for(".roles"))
        except Conflict as error:
            refuse(form.permissions, error)
    return page("admin/role.html", form, it=found, groups=service.GROUPS)


def said(form: RoleForm) -> tuple[str, str, list[str]]:
    """A role's names and permissions, as the form says."""
    return form.name_ar.data, form.name_en.data, form.permissions.data or []
