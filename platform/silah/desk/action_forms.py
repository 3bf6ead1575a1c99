"""The form of each transition of a case. Every one carries the version of the case that its writer has seen."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from silah.cases.models import Case
from silah.language.text_cleaning import normalize_typed
from silah.web.access import Member
from silah.web.fields import MultipleChoiceField

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
    """A transition without a field of its own: only the version that was seen."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version of the case on the page from which this was sent; 0 where it is missing."""
        typed = normalize_typed(self.seen.data or "")
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was written, for keeping when the transition is no longer possible."""
        texts = (StringField, TextAreaField)
        return [(f.label.text, f.data) for f in self if isinstance(f, texts) and f.data and f.name != "csrf_token"]


class BodyForm(MoveForm):
    """A text: a message to the applicant, or an internal note."""

    body = long_text(_l("Text"), _l("Write the text."))


class ReasonForm(MoveForm):
    """A reason, which is kept on record."""

    reason = long_text(_l("Reason"), _l("Write the reason; it is kept on record."))


def read_reason(form: ReasonForm) -> Mapping[str, Any]:
    """Return the reason as the input of a transition."""
    return {"reason": form.reason.data}


class RemarkForm(MoveForm):
    """A remark that may be left out."""

    remark = long_text(_l("Remark"))


class Checkboxes(MultipleChoiceField):
    """Several of many, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


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


def plain(form: type[MoveForm]) -> Callable[[Case, Member], MoveForm]:
    """Return what builds a form that is the same for every case."""
    return lambda case, member: form()
