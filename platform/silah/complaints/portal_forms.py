"""What a complainant or somebody with a question fills in at the portal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from silah.complaints import liaison_areas
from silah.complaints.labels import ABOUT, LONGEST
from silah.complaints.models import INQUIRY, SUGGESTION, SUPPORT
from silah.complaints.rules import rules
from silah.desk.action_forms import options
from silah.language.bilingual import localized
from silah.portal.public_context import branches

NEEDED = _l("Answer this question.")
TOO_LONG = _l("Write at most %(max)d characters.")
KINDS = {
    INQUIRY: _l("A question"),
    SUGGESTION: _l("A suggestion"),
    SUPPORT: _l("Trouble with this website or another channel"),
}


def lines(label: Any, needed: Any = None, hint: Any = "") -> TextAreaField:
    """Several lines."""
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, [first, Length(max=LONGEST, message=TOO_LONG)], description=hint)


class ComplaintForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A complaint: about what, what happened, what is wanted, and with or without a name."""

    about = RadioField(_l("What is your complaint about?"), [DataRequired(NEEDED)], choices=options(ABOUT.items()))
    named = StringField(
        _l("Whom do you complain about?"),
        [Optional(), Length(max=200)],
        description=_l("The name, or what you know of the person. Whoever it is does not see your complaint."),
    )
    reference = StringField(
        _l("Reference of the request"), [Optional(), Length(max=40)], render_kw={"dir": "ltr", "autocomplete": "off"}
    )
    office = SelectField(_l("Which branch office?"), [Optional()])
    text = lines(_l("What happened?"), NEEDED, _l("When, where, and who was there, as far as you know."))
    wanted = lines(_l("What would you like us to do?"))
    retaliation = BooleanField(_l("I fear that somebody may take revenge for this complaint"))
    files = MultipleFileField(_l("Pictures or papers, if you have some"), [Optional()])
    how = RadioField(
        _l("Would you like to give your name?"),
        choices=options([("named", _l("Yes, with my name")), ("anonymous", _l("No, without a name"))]),
        default="named",
    )


def complaint_form() -> ComplaintForm:
    """The form with what the association has: its offices where there are several, namelessness where it is taken."""
    form = ComplaintForm()
    named = offices()
    if len(named) > 1:
        form.office.choices = options([("", _l("Choose")), *named])
    else:
        del form.office
    if not rules().anonymous:
        del form.how
    return form


def offices() -> list[tuple[str, str]]:
    """The branch offices as choices."""
    return [(str(one.id), localized(one, "name")) for one in branches()]


class InquiryForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A question, a suggestion, or trouble with a channel."""

    kind = RadioField(_l("What is it?"), [DataRequired(NEEDED)], choices=options(KINDS.items()), default=INQUIRY)
    area = SelectField(_l("What is it about?"), [Optional()])
    text = lines(_l("Your question or suggestion"), NEEDED)
    files = MultipleFileField(_l("Pictures or papers, if you have some"), [Optional()])


def inquiry_form() -> InquiryForm:
    """The form with the association's fields and categories, left out where there are none."""
    form = InquiryForm()
    named = [(str(one.id), localized(one, "name")) for one in liaison_areas.listing(active=True)]
    if named:
        form.area.choices = options([("", _l("I do not know")), *named])
    else:
        del form.area
    return form


class ObjectionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Why the answer does not satisfy."""

    reasons = lines(_l("Why do you object?"), NEEDED)


class AgainForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Why the answer did not help."""

    reason = lines(_l("What is still unclear?"), NEEDED)
