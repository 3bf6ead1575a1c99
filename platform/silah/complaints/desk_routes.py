"""The staff's pages over complaints and inquiries: what is late and where it recurs, each officer's load, actions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.access import Permission, requires, signed_in
from silah.complaints import actions, overview
from silah.desk.move_forms import MoveForm, long_text
from silah.desk.who import worker
from silah.errors import Invalid

bp = Blueprint("complaints", __name__, template_folder="templates")
P = Permission


@bp.app_context_processor
def today() -> dict[str, Any]:
    """The day, for saying what is late."""
    from silah import clock

    return {"today": clock.today()}


@bp.get("/desk/complaints")
@requires(P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)
def board() -> str:
    """The standing page over the complaints link: what waits, what is late, what recurs and where."""
    return render_template("complaints/desk/board.html", **overview.board(worker()))


@bp.get("/desk/inquiries")
@requires(P.ANSWER_INQUIRIES, P.OVERSEE_CASES, P.OVERSEE_COMPLAINTS)
def load() -> str:
    """Each liaison officer's load and lateness, as it stands now."""
    return render_template("complaints/desk/load.html", **overview.load(worker()))


class DoneForm(MoveForm):
    """What was done."""

    remark = long_text(_l("What was done"), _l("Write what was done."))


@bp.get("/desk/actions")
@signed_in
def my_actions() -> str:
    """The corrective actions that the reader owes, without the complaints behind them."""
    return render_template("complaints/desk/actions.html", mine=actions.mine(worker()))


@bp.route("/desk/actions/<uuid:id>", methods=["GET", "POST"])
@signed_in
def action(id: UUID) -> Any:
    """Say that something was put right, and how."""
    member = worker()
    found, form = actions.get(id, member), DoneForm()
    if form.validate_on_submit():
        try:
            actions.done(found, by=member, remark=form.remark.data)
        except Invalid as refused:
            form.remark.errors = [str(refused.fields["remark"])]
        else:
            flash(_("Recorded as done."), "good")
            return redirect(url_for(".my_actions"))
    page = render_template("complaints/desk/action.html", it=found, form=form)
    return (page, 422) if form.errors else page
