"""`/admin/staff/…/hand-over`: choose colleagues, look at who gets what, and hand over."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from silah.access import Permission, requires
from silah.errors import Conflict, Invalid
from silah.i18n import number
from silah.staff import changes, handing, members
from silah.staff.admin import bp
from silah.staff.forms import Checkboxes
from silah.staff.models import Membership
from silah.staff.routes import page, reader, refuse


class HandOverForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """To whom; and, once they were shown, the shares that were seen."""

    to = Checkboxes(
        _l("Colleagues who take it over"), description=_l("Cases go round among them, the most urgent first.")
    )
    shown = HiddenField()

    def __init__(self, found: Membership) -> None:
        super().__init__()
        self.to.choices = [SelectChoice(str(one.id), one.name) for one in handing.colleagues(found)]


@bp.route("/staff/<uuid:id>/hand-over", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def hand_over(id: UUID) -> Any:
    """Hand over a member's open work: first the shares are shown, then it is done."""
    found = members.get(id)
    form, made = HandOverForm(found), None
    if form.validate_on_submit():
        chosen = [UUID(one) for one in form.to.data or ()]
        try:
            if request.form.get("deed") == "confirm":
                return done(found, handing.hand_over(found, chosen, by=reader(), shown=form.shown.data or ""))
            made = handing.plan(found, chosen)
        except (Conflict, Invalid) as error:
            refuse(form.to, error)
            if isinstance(error, Invalid):
                form.to.errors = [error.fields["to"]]
    shown = handing.digest(made) if made else ""
    seen = handing.seen(made, reader()) if made else set()
    work = handing.open_work(found)
    return page("admin/hand_over.html", form, it=found, work=work, plan=made, shown=shown, seen=seen)


def done(found: Membership, made: handing.Plan) -> Any:
    """Say what was handed over, and go back to the member."""
    count = sum(len(share.cases) + len(share.referrals) + len(share.drafts) for share in made.shares)
    count += len(made.to_roles)
    said = ngettext(
        "%(number)s piece of work was handed over.",
        "%(number)s pieces of work were handed over.",
        count,
        number=number(count),
    )
    flash(said, "good")
    changes.note("member", found.id, "handed_over", name=found.name)
    if made.put_back:
        flash(_("Complaints that are closed to those whom you chose are held by nobody now."))
    if made.staying:
        flash(_("Drafts that nobody chosen may record stayed where they were."))
    return redirect(url_for(".member", id=found.id))
