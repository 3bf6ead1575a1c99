"""What every form for recording at the desk asks in the same words: the day on which paper came, and the person."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import Form, SelectField, ValidationError
from wtforms.validators import Optional

from silah import clock
from silah.cases import paper_day
from silah.cases.person import PersonForm, person_form
from silah.desk.action_forms import needed, options
from silah.errors import Invalid
from silah.language.localization import locale
from silah.language.typed_days import PAST
from silah.web.fields import DateField
from tenants import versions

LABELS: dict[str, Any] = {
    "relation": _l("Applies"),
    "name": _l("Applicant's name"),
    "national_id": _l("Applicant's national ID or iqama"),
    "mobile": _l("Applicant's mobile"),
    "email": _l("Applicant's e-mail"),
    "member_number": _l("Membership number"),
    "beneficiary_name": _l("Beneficiary's name"),
    "beneficiary_national_id": _l("Beneficiary's national ID or iqama"),
    "beneficiary_mobile": _l("Beneficiary's mobile"),
    "reply_channel": _l("Means of the reply"),
    "reply_address": _l("Address for the reply"),
    "locale": _l("Language of messages"),
}
"""The form speaks to the applicant; at the desk somebody else reads it."""


class CameOnField(DateField):
    """The day on which paper came: today, unless whoever records it says another."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            _l("Day on which it came"),
            [Optional()],
            PAST,
            default=clock.today,
            description=_l(
                "For a letter, fax or visit of an earlier day, enter that day (Hijri or Gregorian): the period counts"
                " from it."
            ),
            **options,
        )

    def pre_validate(self, form: Any) -> None:
        """Refuse a day that has not come or is long past."""
        try:
            paper_day.check_day(self.data)
        except Invalid as refused:
            raise ValidationError(refused.fields[paper_day.KEY]) from None


class CameOnForm(Form):  # type: ignore[misc]  # wtforms has no types
    """The day on which a request came; a part of its page's form."""

    came_on = CameOnField()


class CameForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """By what channel it came, and what was attached; each kind adds what was said."""

    channel = SelectField(_l("Channel"), [needed(_l("Choose how it came."))])
    came_on = CameOnField()
    files = MultipleFileField(_l("What came with it"), [Optional()])

    @property
    def how_it_came(self) -> dict[str, Any]:
        """The channel and the day."""
        return {"channel": self.channel.data, "came_on": self.came_on.data}

    def refuse(self, refused: Invalid) -> None:
        """Show what a service refused at the fields that it names, and what has none at what was said."""
        for name, words in refused.fields.items():
            self[name if name in self else "text"].errors = [str(words)]


def is_nameless(form: Any) -> bool:
    """Return whether what is recorded came without a name."""
    return "how" in form and form.how.data == "anonymous"


RELATIONS = options(
    [
        ("self", _l("For themselves")),
        ("guardian", _l("For another, as a guardian")),
        ("agent", _l("For another, as an agent")),
    ]
)


def person_at_desk() -> PersonForm:
    """Return the person's fields, worded for staff; a name and the means of reply are enough."""
    person = person_form(versions.in_force(clock.today()).policy, locale(), strict=False, at_desk=True)
    person.relation.choices = RELATIONS
    for name, label in LABELS.items():
        if name in person:
            person[name].label.text = label
    return person
