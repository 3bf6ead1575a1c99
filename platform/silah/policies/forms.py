"""The forms of acts on a version of the policy."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from silah import clock
from silah.desk.action_forms import long_text, needed, stripped
from silah.language.text_cleaning import normalize_typed
from silah.web.fields import DateField


def short(label: Any, description: Any = "") -> StringField:
    """A line that may be left out."""
    return StringField(label, [Optional(), Length(max=60)], filters=[stripped], description=description)


def hijri_as_printed() -> StringField:
    """How the document prints the day in the Hijri calendar."""
    return short(_l("The date as printed, Hijri"), _l("Left empty, the Umm al-Qura date is printed."))


class ActForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """An act of the chain: its day, and how the document prints it."""

    on = DateField(_l("Day"), [needed(_l("Choose the day."))], default=clock.today)
    printed = short(_l("The date as printed, Gregorian"), _l("Left empty, it is printed as 2026/09/07."))
    seen = HiddenField()


class BoardForm(ActForm):
    """The board's session."""

    number = StringField(
        _l("Number of the session"),
        [DataRequired(message=_l("Write the number of the session.")), Length(max=20)],
        filters=[stripped, lambda text: normalize_typed(text) if text else text],
    )
    printed_hijri = hijri_as_printed()


class SignedForm(ActForm):
    """An act that carries a signature, drawn or scanned, and the seal's image."""

    signature = HiddenField(_l("Signature"))
    scan = FileField(_l("Or a scan of the signature"), [Optional()])
    seal = FileField(_l("Image of the seal"), [Optional()])


class RatifiedForm(SignedForm):
    """The ratification of what the board decided, with its day in both calendars."""

    printed_hijri = hijri_as_printed()


FORMS: dict[str, type[ActForm]] = {
    "prepared": ActForm,
    "reviewed": ActForm,
    "approved": SignedForm,
    "board": BoardForm,
    "ratified": RatifiedForm,
}


class InForceForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The day from which an approved version counts."""

    on = DateField(_l("In force from"), [needed(_l("Choose the day."))], default=clock.today)


class ReviewedForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The policy was reviewed and stays as it is."""

    note: TextAreaField = long_text(_l("What was looked at"))
