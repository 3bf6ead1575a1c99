"""`/desk/cases/…/parties/…/correct`: correcting a person's name and contacts as they were typed on a case."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import EmailInput, TelInput

from silah.cases import beneficiary_links, identity, party_corrections
from silah.cases.person import ESTABLISHED
from silah.desk.action_forms import MoveForm, long_text, needed, options, stripped
from silah.desk.correction_routes import ContactChecks, told
from silah.desk.identity_routes import find_party
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.errors import Conflict
from silah.forms.texts import masked
from silah.web.access import requires


class PartyCorrectionForm(ContactChecks, MoveForm):
    """A name, and contacts that stay as they are where nothing is typed."""

    name = StringField(_l("Name"), [needed(_l("Write the name.")), Length(max=200)], filters=[stripped])
    mobile = StringField(_l("Mobile"), [Optional(), Length(max=40)], filters=[stripped], widget=TelInput())
    email = StringField(_l("E-mail"), [Optional(), Length(max=254)], filters=[stripped], widget=EmailInput())
    how = RadioField(
        _l("How do you know it?"),
        [needed(_l("Say how you know it."))],
        choices=options((key, words) for key, words in ESTABLISHED.items() if key in beneficiary_links.PROVES),
    )
    reason = long_text(_l("Why it is corrected"), _l("Write why; it is recorded on the case."))

    @property
    def changes(self) -> dict[str, str | None]:
        """What the case is to say; a contact that was left empty is not among it."""
        contacts = {key: self[key].data for key in ("mobile", "email") if self[key].data}
        return {"name": self.name.data, **contacts}


def describe_kept(value: str | None) -> str:
    """Return what stands beside a closed field."""
    if not value:
        return str(_("None was given on this case."))
    return str(_("On this case: %(value)s. Leave it empty to keep it.", value=f"\u2066{masked(value)}\u2069"))


@bp.route("/desk/cases/<uuid:id>/parties/<any(applicant, beneficiary):side>", methods=["GET", "POST"])
@requires(*identity.CONFIRMERS)
def correct_party(id: UUID, side: str) -> Any:
    """Correct what was typed of a person on this case, on record."""
    case, party = find_party(id, side)
    form, refused = PartyCorrectionForm(data={"name": party.name}), None
    for closed in (form.mobile, form.email):
        closed.description = describe_kept(getattr(party, closed.name))
    if form.validate_on_submit():
        said = {"how": form.how.data, "reason": form.reason.data, "seen": form.version}
        try:
            flash(told(party_corrections.correct_party(case, party, form.changes, by=worker(), **said)), "good")
            return redirect(url_for("desk.case", id=case.id))
        except Conflict as error:
            refused = error
    page = render_template("desk/correct_party.html", form=form, case=case, party=party, refused=refused)
    return page, refused.status if refused else 422 if form.errors else 200
