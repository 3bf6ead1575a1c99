"""`/desk/beneficiaries/…/correct`: changing what a person's file says, with a reason, recorded on their cases."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, ValidationError
from wtforms.validators import Length, Optional
from wtforms.widgets import EmailInput, TelInput

from silah.cases import beneficiary_files as files
from silah.cases.errors import NumberTaken
from silah.desk.action_forms import long_text, needed, options, stripped
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.errors import Forbidden
from silah.forms import parsers
from silah.forms.texts import masked
from silah.language.localization import number
from silah.web.access import Permission, requires


class ContactChecks:
    """Reads the contacts of a correction as the portal reads them, for each form that corrects some."""

    def validate_mobile(self, field: Any) -> None:
        """A number as the portal takes it."""
        field.data = read_answer(parsers.mobile, field.data)

    def validate_email(self, field: Any) -> None:
        """An address as the portal takes it."""
        field.data = read_answer(parsers.email, field.data)


class CorrectionForm(ContactChecks, FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What the file says; number, telephone and e-mail stay closed, and stay as they are where nothing is typed."""

    name = StringField(_l("Name"), [needed(_l("Write the name.")), Length(max=200)], filters=[stripped])
    national_id = StringField(_l("National ID or iqama"), [Optional(), Length(max=20)], filters=[stripped])
    mobile = StringField(_l("Mobile"), [Optional(), Length(max=40)], filters=[stripped], widget=TelInput())
    email = StringField(_l("E-mail"), [Optional(), Length(max=254)], filters=[stripped], widget=EmailInput())
    member_number = StringField(_l("Membership number"), [Optional(), Length(max=60)], filters=[stripped])
    locale = RadioField(_l("Language of letters"), choices=options([("ar", "العربية"), ("en", "English")]))
    reason = long_text(_l("Why it is corrected"), _l("Write why: it is recorded on each of the person's cases."))

    def validate_national_id(self, field: Any) -> None:
        """A number as the portal takes it."""
        field.data = read_answer(parsers.national_id, field.data)

    @property
    def changes(self) -> dict[str, str | None]:
        """What the file is to say; what was left closed is not among it."""
        said = {"name": self.name.data, "member_number": self.member_number.data or None, "locale": self.locale.data}
        typed = {key: self[key].data for key in ("national_id", "mobile", "email") if self[key].data}
        return {**said, **typed}


@bp.route("/desk/beneficiaries/<uuid:id>/correct", methods=["GET", "POST"], endpoint="correct_beneficiary")
@requires(Permission.CHECK_COMPLETENESS)
def correct(id: UUID) -> Any:
    """Correct a file, on record."""
    if not worker().may(Permission.SEE_BENEFICIARIES):
        raise Forbidden
    person = files.get(id)
    form = CorrectionForm(data={key: getattr(person, key) or "" for key in ("name", "member_number", "locale")})
    for closed in (form.national_id, form.mobile, form.email):
        closed.description = kept(getattr(person, closed.name))
    if form.validate_on_submit():
        try:
            flash(told(files.correct(person, by=worker(), reason=form.reason.data, **form.changes)), "good")
            return redirect(url_for("desk.beneficiary", id=person.id))
        except NumberTaken as refused:
            form.national_id.errors = [str(refused.message)]
    page = render_template("desk/correct.html", form=form, person=person)
    return (page, 422) if form.errors else page


def kept(value: str | None) -> str:
    """What stands beside a closed field."""
    if not value:
        return str(_("None is on file."))
    return str(_("On file: %(value)s. Leave it empty to keep it.", value=f"\u2066{masked(value)}\u2069"))


def told(changed: tuple[str, ...]) -> str:
    """How much was corrected."""
    if not changed:
        return str(_("Nothing was changed."))
    words = ngettext(
        "%(count)s entry was corrected.", "%(count)s entries were corrected.", len(changed), count=number(len(changed))
    )
    return str(words)


def read_answer(reader: Any, typed: str | None) -> str | None:
    """Read what was typed as the portal does; None where nothing was."""
    if not typed:
        return None
    try:
        return str(reader(typed))
    except parsers.BadAnswer as refused:
        raise ValidationError(str(refused)) from None
