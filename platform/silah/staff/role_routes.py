"""`/admin/roles`: the association's roles, and what each may do."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.errors import Conflict
from silah.staff import authority, committee_roles, grants
from silah.staff import roles as service
from silah.staff.admin_routes import bp
from silah.staff.forms import RoleForm
from silah.staff.grant_routes import tell_of_grants
from silah.staff.routes import page, reader, refuse
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires


@bp.get("/roles")
@requires(Permission.MANAGE_STAFF)
def roles() -> Any:
    """Every role, with who holds it."""
    shown = {"all": len(Permission), "sensitive": authority.sensitive, "pending": grants.count()}
    return render_template("admin/roles.html", roles=service.listing(), **shown)


@bp.route("/roles/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@sent_once
def new_role() -> Any:
    """Make a further role."""
    form = RoleForm(by=reader(), data=committee_roles.proposal(request.args.get("seat", "")))
    if form.validate_on_submit():
        seat = form.seat.data if "seat" in form else ""
        try:
            made = service.create(*said(form), totp_required=form.totp_required.data, key=seat or "")
            flash(_("The role was added."), "good")
            tell_of_grants(role=made.id)
            return redirect(url_for(".roles"))
        except Conflict as error:
            refuse(form.permissions, error)
    return page("admin/role.html", form, it=None, groups=service.GROUPS, sensitive=authority.SENSITIVE)


@bp.route("/roles/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def role(id: UUID) -> Any:
    """One role: its names, and what each permission means."""
    found = service.get(id)
    form = RoleForm(by=reader(), obj=found)
    if form.validate_on_submit():
        try:
            service.change(found, *said(form), totp_required=form.totp_required.data)
            flash(_("Saved. It holds from each member's next page on."), "good")
            tell_of_grants(role=found.id)
            return redirect(url_for(".roles"))
        except Conflict as error:
            refuse(form.permissions, error)
    return page(
        "admin/role.html",
        form,
        it=found,
        groups=service.GROUPS,
        sensitive=authority.SENSITIVE,
        locked=not authority.can_edit(found, reader()),
        own=found.key in reader().role_keys,
    )


def said(form: RoleForm) -> tuple[str, str, list[str]]:
    """A role's names and permissions, as the form says."""
    return form.name_ar.data, form.name_en.data, form.permissions.data or []
