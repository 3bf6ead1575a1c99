"""`/admin/visits`: the checklists by which visits go."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.desk.member import worker
from silah.errors import Invalid
from silah.submissions.idempotency import sent_once
from silah.visits import checklists, forms
from silah.visits.models import VisitChecklist
from silah.visits.routes import bp, shown
from silah.web.access import Permission, requires

P = Permission


@bp.get("/admin/visits")
@requires(P.EDIT_SURVEYS)
def lists() -> str:
    """The checklists."""
    return render_template("visits/checklists.html", checklists=checklists.every(all_of_them=True))


@bp.post("/admin/visits/ready")
@requires(P.EDIT_SURVEYS)
@sent_once
def add_ready() -> Any:
    """Take the ready checklist, to be changed at will."""
    made = checklists.add_ready(by=worker())
    return redirect(url_for(".checklist", id=made.id))


@bp.route("/admin/visits/new", methods=["GET", "POST"])
@requires(P.EDIT_SURVEYS)
@sent_once
def new_checklist() -> Any:
    """Write a checklist."""
    return _edit(None)


@bp.route("/admin/visits/<uuid:id>", methods=["GET", "POST"])
@requires(P.EDIT_SURVEYS)
def checklist(id: UUID) -> Any:
    """Change a checklist; visits planned already keep the one they were planned with."""
    return _edit(checklists.get(id))


def _edit(found: VisitChecklist | None) -> Any:
    form = forms.checklist_form(found)
    if form.validate_on_submit():
        names = (form.name_ar.data or "", form.name_en.data or "")
        items = forms.items_said(found, form)
        try:
            checklists.save(
                found or VisitChecklist(), by=worker(), names=names, items=items, withdrawn=form.withdrawn.data
            )
            flash(_("Saved."), "good")
            return redirect(url_for(".lists"))
        except Invalid as refused:
            shown(form, refused)
    page = render_template("visits/checklist.html", form=form, it=found)
    return (page, 422) if form.errors else page
