"""`/admin/staff/…/hand-over`: choose colleagues, look at who gets what, and hand over."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from silah.desk import work_handover
from silah.desk.routes import bp
from silah.errors import Conflict, Invalid
from silah.organisation.models import Membership
from silah.staff import changes, members
from silah.staff.forms import Checkboxes
from silah.staff.routes import page, reader, refuse
from silah.web.access import Permission, requires


class HandOverForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """To whom; and, once they were shown, the shares that were seen."""

    to = Checkboxes(
        _l("Colleagues who take it over"), description=_l("Cases go round among them, the most urgent first.")
    )
    shown = HiddenField()

    def __init__(self, found: Membership) -> None:
        super().__init__()
        self.to.choices = [SelectChoice(str(one.id), one.name) for one in work_handover.colleagues(found)]


@bp.route("/admin/staff/<uuid:id>/hand-over", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def hand_over(id: UUID) -> Any:
    """Hand over a member's open work: first the shares are shown, then it is done."""
    found = members.get(id)
    form, made = HandOverForm(found), None
    if form.validate_on_submit():
        chosen = [UUID(one) for one in form.to.data or ()]
        try:
            if request.form.get("deed") == "confirm":
                return done(found, work_handover.hand_over(found, chosen, by=reader(), shown=form.shown.data or ""))
            made = work_handover.plan(found, chosen, by=reader())
        except (Conflict, Invalid) as error:
            refuse(form.to, error)
            if isinstance(error, Invalid):
                form.to.errors = [error.fields["to"]]
    shown = work_handover.digest(made) if made else ""
    seen = work_handover.seen(made, reader()) if made else set()
    work = work_handover.open_work(found)
    more = {"counts": work.describe(reader()), "counted": lambda one: work_handover.counted(one, reader())}
    return page("desk/hand_over.html", form, it=found, work=work, plan=made, shown=shown, seen=seen, **more)


def done(found: Membership, made: work_handover.Plan) -> Any:
    """Say what was handed over, and go back to the member."""
    flash(_("The open work was handed over."), "good")
    changes.note("member", found.id, "handed_over", name=found.name)
    if made.staying:
        flash(_("Drafts that nobody chosen may record stayed where they were."))
    return redirect(url_for("admin.member", id=found.id))
