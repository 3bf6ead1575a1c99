"""The small forms of the portal: opening a case, one-time codes, a message, withdrawing."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from silah.cases import references
from silah.errors import Invalid, SilahError

NEEDED = _l("This is needed: write it here.")
EXAMPLE = "R-1448-000123"


class Page(FlaskForm):  # type: ignore[misc]  # flask-wtf carries no types
    """A form that can show what a service refused, at the fields it names."""

    def refuse(self, refused: SilahError, field: str) -> None:
        """Show a refusal at the fields that it names, else at this one."""
        named = refused.fields if isinstance(refused, Invalid) else {}
        known = {name: words for name, words in named.items() if name in self}
        for name, words in (known or {field: refused.message}).items():
            self[name].errors = [*self[name].errors, str(words)]


class FollowForm(Page):
    """Opens a case by its reference and receipt code."""

    reference = StringField(
        _l("Reference"),
        [DataRequired(NEEDED), Length(max=40)],
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    code = StringField(
        _l("Receipt code"),
        [DataRequired(NEEDED), Length(max=40)],
        render_kw={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


def a_reference(form: Page, field: StringField) -> None:
    """Take a reference however it was typed, and refuse what cannot be one: only its plain form is kept."""
    read = references.read(field.data or "")
    if read is None:
        raise ValidationError(_("A reference looks like %(example)s. It stands on your receipt.", example=EXAMPLE))
    field.data = read


def of_somebody_known(form: Page, field: StringField) -> None:
    """Refuse what was sent without a name: there is nobody to send a code to, and asking would leave a time."""
    known = references.read(field.data or "")
    if known and references.is_nameless(known):
        raise ValidationError(_("This was sent without a name, so it opens with its receipt code alone."))


class AskCodeForm(Page):
    """Asks for a one-time code by the reference alone."""

    reference = StringField(
        _l("Reference"),
        [DataRequired(NEEDED), Length(max=40), a_reference, of_somebody_known],
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )


class OneTimeCodeForm(Page):
    """Takes the code that was sent."""

    code = StringField(
        _l("One-time code"),
        [DataRequired(NEEDED), Length(max=20)],
        description=_l("Six digits."),
        render_kw={"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class MessageForm(Page):
    """A message to the association."""

    body = TextAreaField(_l("Your message"), [DataRequired(_l("Write something."))])


class WithdrawForm(Page):
    """Takes a request back."""

    reason = StringField(_l("Why, if you wish to say"), [Length(max=500)])
