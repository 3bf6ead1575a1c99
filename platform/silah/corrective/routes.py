"""`/desk/actions`: what a member of staff has to put right, without what showed that it is needed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.corrective import service
from silah.desk.action_forms import MoveForm, long_text
from silah.desk.member import worker
from silah.errors import Invalid
from silah.submissions.idempotency import sent_once
from silah.web.access import signed_in

bp = Blueprint("corrective", __name__, template_folder="templates")


class DoneForm(MoveForm):
    """What was done."""

    remark = long_text(_l("What was done"), _l("Write what was done."))


@bp.get("/desk/actions")
@signed_in
def mine() -> str:
    """The corrective actions that the reader owes."""
    return render_template("corrective/mine.html", mine=service.mine(worker()), today=clock.today())


@bp.route("/desk/actions/<uuid:id>", methods=["GET", "POST"])
@signed_in
@sent_once
def action(id: UUID) -> Any:
    """Say that something was put right, and how."""
    member = worker()
    found, form = service.get(id, member), DoneForm()
    if form.validate_on_submit():
        try:
            service.done(found, by=member, remark=form.remark.data)
        except Invalid as refused:
            form.remark.errors = [str(refused.fields["remark"])]
        else:
            flash(_("Recorded as done."), "good")
            return redirect(url_for(".mine"))
    page = render_template("corrective/action.html", it=found, form=form)
    return (page, 422) if form.errors else page
