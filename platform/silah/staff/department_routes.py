"""`/admin/departments`: how the association is divided, and who works where."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.errors import Invalid
from silah.organisation import departments as service
from silah.staff.admin_routes import bp
from silah.staff.department_forms import DepartmentForm
from silah.staff.routes import page
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires


@bp.get("/departments")
@requires(Permission.MANAGE_STAFF)
def departments() -> Any:
    """Every department, those in use first."""
    return render_template("admin/departments.html", departments=service.listing())


@bp.route("/departments/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@sent_once
def new_department() -> Any:
    """Add a department."""
    form = DepartmentForm()
    if form.validate_on_submit():
        service.create(form.data, chosen(form))
        flash(_("The department was added."), "good")
        return redirect(url_for(".departments"))
    return page("admin/department.html", form, it=None)


@bp.route("/departments/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def department(id: UUID) -> Any:
    """One department: names, address, members."""
    found = service.get(id)
    form = DepartmentForm.of(found)
    if form.validate_on_submit():
        service.change(found, form.data, chosen(form))
        flash(_("Saved."), "good")
        return redirect(url_for(".departments"))
    return page("admin/department.html", form, it=found)


@bp.post("/departments/<uuid:id>/close")
@requires(Permission.MANAGE_STAFF)
def close_department(id: UUID) -> Any:
    """Use a department no further."""
    service.close(service.get(id))
    flash(_("The department is no longer in use. Its members are in none until you choose another for them."))
    return redirect(url_for(".departments"))


@bp.post("/departments/<uuid:id>/reopen")
@requires(Permission.MANAGE_STAFF)
def reopen_department(id: UUID) -> Any:
    """Use a department again."""
    service.reopen(service.get(id))
    flash(_("The department is in use again."), "good")
    return redirect(url_for(".departments"))


def chosen(form: DepartmentForm) -> list[UUID]:
    """The members who were ticked."""
    try:
        return [UUID(one) for one in form.members.data or ()]
    except ValueError:
        raise Invalid from None
