"""The form of each move on a case. Every one carries the version of the case that its writer has seen."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from silah import clock
from silah.language.text_cleaning import normalize_typed
from silah.web.fields import DateField, MultipleChoiceField

LONGEST_TEXT = 4000


def needed(words: Any) -> DataRequired:
    """The validator of a field that must be filled with more than blanks, saying what is missing."""
    return DataRequired(message=words)


def stripped(text: str | None) -> str | None:
    """What was typed, without the blanks around it."""
    return text.strip() if isinstance(text, str) else text


def long_text(label: Any, missing: Any = None, description: Any = "") -> TextAreaField:
    """A field of several lines; needed where ``missing`` says what to write, else optional."""
    first = needed(missing) if missing else Optional()
    longest = Length(max=LONGEST_TEXT, message=_l("Write at most %(max)d characters."))
    return TextAreaField(label, [first, longest], filters=[stripped], description=description)


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """(value, words) pairs as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]


class MoveForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A move without a field of its own: only the version that was seen."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version of the case on the page from which this was sent; 0 where it is missing."""
        typed = normalize_typed(self.seen.data or "")
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was written, for keeping when the move is no longer possible."""
        texts = (StringField, TextAreaField)
        return [(f.label.text, f.data) for f in self if isinstance(f, texts) and f.data and f.name != "csrf_token"]


class BodyForm(MoveForm):
    """A text: a message to the applicant, or an internal note."""

    body = long_text(_l("Text"), _l("Write the text."))


class ReasonForm(MoveForm):
    """A reason, which is kept on record."""

    reason = long_text(_l("Reason"), _l("Write the reason; it is kept on record."))


class RemarkForm(MoveForm):
    """A remark that may be left out."""

    remark = long_text(_l("Remark"))


class Checkboxes(MultipleChoiceField):
    """Several of many, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskForm(MoveForm):
    """What the applicant is asked for, and a remark in plain words."""

    items = Checkboxes(_l("What is needed"), [needed(_l("Choose at least one thing that is needed."))])
    remark = long_text(_l("Remark for the applicant"), description=_l("Say plainly what is wrong or missing."))


class OutcomeForm(MoveForm):
    """An outcome with its reasons: a recommendation or a decision."""

    outcome = RadioField(_l("Outcome"), [needed(_l("Choose the outcome."))])
    reasons = long_text(_l("Reasons"), _l("Write the reasons."))


class ReleaseForm(MoveForm):
    """The release of the reply; before a floor's earliest date only with a reason."""

    early_reason = TextAreaField(
        _l("Why the reply goes out before its earliest date"),
        [Length(max=LONGEST_TEXT, message=_l("Write at most %(max)d characters."))],
        filters=[stripped],
        description=_l("It is kept on record."),
    )


class DeliverForm(MoveForm):
    """What was handed over, and on which day."""

    what = long_text(_l("What was delivered"), _l("Write what was delivered."))
    on = DateField(_l("On"), [needed(_l("Choose the day of delivery."))], default=clock.today)

    def validate_on(self, field: DateField) -> None:
        """Delivery is recorded once it has happened."""
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))


class ConfirmForm(MoveForm):
    """How the recipient confirmed."""

    how = RadioField(
        _l("How the recipient confirmed"),
        [needed(_l("Choose how the recipient confirmed."))],
        choices=options(
            [
                ("in_person", _l("In person, at the office")),
                ("signed", _l("By signing a paper")),
                ("phone", _l("By telephone")),
            ]
        ),
    )


class ReferForm(MoveForm):
    """To whom the case is referred, and the question."""

    to_role = SelectField(_l("Refer to"), [needed(_l("Choose to whom the case is referred."))])
    question = long_text(_l("Question"), _l("Write the question."))


class AnswerForm(MoveForm):
    """The answer to a referral."""

    text = long_text(_l("Answer"), _l("Write the answer."))


class AssignForm(MoveForm):
    """Who holds the case from here on."""

    to = SelectField(_l("Assign to"), [needed(_l("Choose a member of staff."))])


class AttestForm(MoveForm):
    """The applicant's signature, drawn at the desk or on a scanned paper."""

    method = RadioField(
        _l("How it is signed"),
        [needed(_l("Choose how it is signed."))],
        choices=options(
            [("drawn", _l("Drawn here, on the screen")), ("paper", _l("On paper, scanned or photographed"))]
        ),
        default="drawn",
    )
    signed_by = StringField(
        _l("Name of the signer"),
        [needed(_l("Write the name of the signer.")), Length(max=200)],
        filters=[stripped],
    )
    signature = HiddenField(_l("Signature"))
    paper = FileField(_l("The signed paper"))

    def validate_signature(self, field: HiddenField) -> None:
        """A drawn signature is sent as a PNG data address."""
        if self.method.data == "drawn" and not (field.data or "").startswith("data:image/png;base64,"):
            raise ValidationError(_l("Draw the signature, or choose the signed paper."))

    def validate_paper(self, field: FileField) -> None:
        """A signed paper is sent as a file."""
        if self.method.data == "paper" and not (field.data and field.data.filename):
            raise ValidationError(_l("Choose the file of the signed paper."))
