"""The forms of acknowledging, and of human resources."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from silah.desk.action_forms import stripped
from silah.language.typed_days import PAST
from silah.staff.forms import Checkboxes, short_text
from silah.web.fields import DateField, IntegerField

METHODS = [
    SelectChoice("drawn", _l("I draw my signature")),
    SelectChoice("typed", _l("I write my name, and my password confirms it")),
]
MODES = [
    SelectChoice("signature", _l("Everybody reads and signs it")),
    SelectChoice("circulation", _l("Everybody is sent it, and opening it is the receipt")),
]
KINDS = [
    SelectChoice("ethics", _l("Code of ethics and conduct")),
    SelectChoice("regulations", _l("Work regulations")),
    SelectChoice("other", _l("Another document")),
]


def paragraph(label: Any, missing: Any = None) -> TextAreaField:
    """A field of several lines."""
    first = DataRequired(message=missing) if missing else Optional()
    return TextAreaField(label, [first, Length(max=4000)], filters=[stripped])


class SignForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How one signs, and as whom."""

    signed_as = StringField(
        _l("Your full name"),
        [DataRequired(message=_l("Write your full name.")), Length(max=200)],
        filters=[stripped],
        render_kw={"autocomplete": "name"},
    )
    method = RadioField(_l("How would you like to sign?"), choices=METHODS, default="drawn")
    signature = HiddenField(_l("Signature"))
    password = PasswordField(
        _l("Your present password"), [Optional()], render_kw={"autocomplete": "current-password", "dir": "ltr"}
    )


class CampaignForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A document that the staff are to read or sign."""

    kind = RadioField(_l("What is it?"), choices=KINDS, default="ethics")
    title_ar = short_text(_l("Title in Arabic"), _l("Write the title in Arabic."))
    title_en = short_text(_l("Title in English"), _l("Write the title in English."))
    mode = RadioField(_l("What is asked?"), choices=MODES, default="signature")
    file = FileField(_l("The document (PDF)"), [InputRequired(message=_l("Choose the document."))])


class ActivityForm(FlaskForm):  # type: ignore[misc]  # likewise
    """What was done to spread awareness of conduct and ethics."""

    held_on = DateField(_l("Day"), [InputRequired(message=_l("Write the day."))], bounds=PAST)
    title = short_text(_l("What it was"), _l("Write what it was."), _l("For example: a course on the code of ethics."))
    about = paragraph(_l("More about it"))
    attended = IntegerField(
        _l("How many took part"), [InputRequired(message=_l("Write a number.")), NumberRange(0, 100_000)], default=0
    )


class NoticeForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A notice to the public."""

    title_ar = short_text(_l("Title in Arabic"), _l("Write the title in Arabic."))
    title_en = short_text(_l("Title in English"), _l("Write the title in English."))
    body_ar = paragraph(_l("Text in Arabic"), _l("Write the text in Arabic."))
    body_en = paragraph(_l("Text in English"), _l("Write the text in English."))
    send_on = BooleanField(
        _l("Send it to applicants with an open case too"),
        description=_l("By the e-mail or SMS agreed with them, once to each person."),
    )


class SendingForm(FlaskForm):  # type: ignore[misc]  # likewise
    """Whether notices go to applicants with an open case."""

    on = BooleanField(
        _l("Applicants with an open case get each notice by e-mail or SMS"),
        description=_l("By the means agreed with them, once to each person; those without a name are left alone."),
    )


class ChannelsForm(FlaskForm):  # type: ignore[misc]  # likewise
    """By which channels a notice went out."""

    channels = Checkboxes(_l("It went out by"))

    def __init__(self, choices: list[tuple[str, str]], chosen: list[str]) -> None:
        super().__init__(data={"channels": chosen})
        self.channels.choices = [SelectChoice(key, words) for key, words in choices]
