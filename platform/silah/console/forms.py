"""The form by which the operator asks for an association."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from silah.console import associations
from silah.organisation.names import named_text
from silah.staff.forms import LANGUAGES, email_field, short_text
from tenants import blueprints
from tenants.errors import BadSlug
from tenants.slugs import checked_slug, skeleton


class AssociationForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """An association to be made: names, address, blueprint, first administrator."""

    name_ar = short_text(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = short_text(_l("Name in English"), _l("Write the name in English."))
    slug = StringField(
        _l("Name in the address"),
        [DataRequired(message=_l("Write the name in the address.")), Length(max=40)],
        filters=[lambda text: text.strip().lower() if text else text],
        render_kw={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"},
    )
    blueprint = RadioField(_l("Blueprint"), [InputRequired(message=_l("Choose a blueprint."))])
    locale = SelectField(_l("First language"), choices=LANGUAGES, default="ar")
    admin_name = short_text(_l("The first administrator's name"), _l("Write the name."))
    admin_email = email_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blueprint.choices = [
            SelectChoice(name, named_text(blueprints.load(name).title)) for name in blueprints.names()
        ]
        self.admin_email.label.text = _l("The first administrator's e-mail address")

    def validate_slug(self, field: Any) -> None:
        """Refuse what cannot be part of an address, or would be taken for another."""
        try:
            slug = checked_slug(field.data)
        except BadSlug:
            said = _l("Use 3 to 40 small letters a to z, digits and single hyphens; some words are reserved.")
            raise ValidationError(said) from None
        if associations.is_taken(slug, skeleton(slug)):
            raise ValidationError(_l("An association has this address, or one that looks the same."))
