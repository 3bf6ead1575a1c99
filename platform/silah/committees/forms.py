"""The forms of the meeting room and of naming members; those that list people are made for the people there are."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from silah import clock
from silah.committees import quorum
from silah.committees.ballots import CHOICE_WORDS, Cast
from silah.committees.minutes_content import POSITION_WORDS
from silah.committees.models import CommitteeSeat
from silah.language.text_cleaning import normalize_typed
from silah.web.fields import DateField, MultipleChoiceField

LONGEST_TEXT = 4000
LARGEST_PHOTO = 10_000_000
"""Bytes of a photo of a signature."""
ADDRESS = re.compile(r"https?://\S+$")


def stripped(text: str | None) -> str | None:
    """What was typed, without the blanks around it."""
    return text.strip() if isinstance(text, str) else text


def long_text(label: Any, missing: Any = None, description: Any = "") -> TextAreaField:
    """A field of several lines; needed where ``missing`` says what to write."""
    longest = Length(max=LONGEST_TEXT, message=_l("Write at most %(max)d characters."))
    first = DataRequired(message=missing) if missing else Optional()
    return TextAreaField(label, [first, longest], filters=[stripped], description=description)


class Checkboxes(MultipleChoiceField):
    """Any number of choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SeenForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A change of a meeting: it carries the version of the meeting that its writer has seen."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version on the page from which this was sent; 0 where it is missing."""
        typed = normalize_typed(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class PlanForm(SeenForm):
    """When and where a meeting is to be."""

    on = DateField(_l("Day"), [InputRequired(message=_l("Choose the day of the meeting."))])
    time = TimeField(
        _l("Time"),
        [InputRequired(message=_l("Choose the time of the meeting."))],
        render_kw={"type": "time", "dir": "ltr"},
    )
    location = StringField(_l("Place"), [Optional(), Length(max=200)], filters=[stripped])
    link = StringField(
        _l("Link"),
        [Optional(), Length(max=500), Regexp(ADDRESS, message=_l("Write an address that begins with https://"))],
        filters=[stripped],
        description=_l("Where one joins from elsewhere, if the meeting is held that way."),
        render_kw={"type": "url", "dir": "ltr", "inputmode": "url"},
    )

    @property
    def instant(self) -> datetime:
        """The moment, as the clocks of the association show it."""
        return datetime.combine(self.on.data, self.time.data, tzinfo=clock.RIYADH)

    @property
    def where(self) -> dict[str, str]:
        """Place and link, as far as they were given."""
        return {"location": self.location.data or "", "link": self.link.data or ""}


class CallForm(PlanForm):
    """A meeting to be called, with the cases that stand on its agenda from the start."""

    cases = Checkboxes(_l("Cases for its agenda"), [Optional()])


class CancelForm(SeenForm):
    """Why a meeting is called off."""

    reason = long_text(_l("Reason"), _l("Write the reason."), _l("The members read it in their message."))


class AgendaForm(SeenForm):
    """Cases for the agenda."""

    cases = Checkboxes(_l("Cases that wait"), [InputRequired(message=_l("Choose at least one case."))])


class ReasonsForm(SeenForm):
    """Why a case is postponed."""

    reasons = long_text(_l("Why it is postponed"), _l("Write the reasons."), _l("It stands in the minutes."))


class MotionForm(SeenForm):
    """The motion on which the members vote; ``anew`` where it takes the place of one that was voted on."""

    outcome = RadioField(_l("If the motion is carried, the outcome is"), [InputRequired(_l("Choose the outcome."))])
    words = long_text(
        _l("The motion in words"),
        description=_l("Left empty, it is the usual sentence for the outcome that you choose."),
    )
    motion_reasons = long_text(
        _l("Reasons, as the applicant will read them"),
        _l("Write the reasons."),
        _l("They are sent with this outcome if the motion is carried. Another outcome needs other reasons."),
    )
    anew = HiddenField()


def prefix(annex: int) -> str:
    """What sets the fields of an annex apart from those of the minutes on one page."""
    return f"annex{annex}-" if annex else ""


class SignForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A drawn signature, as a PNG data address, or a photo of one."""

    signature = HiddenField(_l("Signature"))
    photo = FileField(_l("Or a photo of your signature on paper"), [Optional()])

    @property
    def given(self) -> str | bytes | None:
        """The photo where there is one, else what was drawn."""
        photo: bytes = self.photo.data.read(LARGEST_PHOTO + 1) if self.photo.data else b""
        return photo or self.signature.data


class DeclineForm(FlaskForm):  # type: ignore[misc]  # likewise
    """Why somebody does not sign: oneself, or a member for whom one who conducts the meeting records it."""

    member = SelectField(_l("Who does not sign"), [DataRequired(message=_l("Choose a member."))])
    reason = long_text(_l("Reason"), _l("Write the reason."), _l("It stands on the paper beside the name."))


class AnnexForm(FlaskForm):  # type: ignore[misc]  # likewise
    """What the minutes have wrong, and how it is right."""

    text = long_text(
        _l("Correction"),
        _l("Write what is to be corrected, and how it is right."),
        _l("All who attended are asked to sign it. A decision is changed by another meeting only, not by an annex."),
    )


class SeatForm(FlaskForm):  # type: ignore[misc]  # likewise
    """Who sits on a committee, as what, and for how long."""

    member = SelectField(_l("Member of staff"), [DataRequired(message=_l("Choose a member of staff."))])
    position = RadioField(
        _l("Position"),
        [InputRequired(message=_l("Choose one of the answers."))],
        choices=[SelectChoice(*one) for one in POSITION_WORDS.items()],
        default="member",
    )
    votes = BooleanField(_l("The secretary has a vote"), description=_l("The chair and the members always have one."))
    since = DateField(_l("First day"), [InputRequired(message=_l("Choose the first day."))], default=clock.today)
    until = DateField(_l("Last day"), [Optional()], description=_l("Leave it empty where the term has no end."))


def attendance_form(seats: list[CommitteeSeat], kept: dict[str, Any], *, proxies: bool) -> SeenForm:
    """How each of these takes part, as it was recorded so far."""
    fields = {f"at-{seat.member_id}": _attendance(seat, seats, kept, proxies) for seat in seats}
    made: SeenForm = type("AttendanceForm", (SeenForm,), fields)()
    return made


def _attendance(seat: CommitteeSeat, seats: list[CommitteeSeat], kept: dict[str, Any], proxies: bool) -> Field:
    choices = [
        SelectChoice(quorum.PRESENT, _l("Present")),
        SelectChoice(quorum.ABSENT, _l("Absent")),
        SelectChoice(quorum.LEFT, _l("Left the meeting")),
    ]
    if proxies and seat.votes:
        others = [one for one in seats if one.votes and one.member_id != seat.member_id]
        choices += [
            SelectChoice(f"proxy:{one.member_id}", _l("Represented by %(name)s", name=one.member.name))
            for one in others
        ]
    said = kept.get(str(seat.member_id), {})
    state = said.get("state", quorum.ABSENT)
    now = f"proxy:{said.get('holder')}" if state == quorum.REPRESENTED else state
    return SelectField(seat.member.name, choices=choices, default=now)


def attendance_said(form: SeenForm) -> dict[UUID, str]:
    """What an attendance form says, by member."""
    return {UUID(field.name[3:]): field.data for field in form if field.name.startswith("at-")}


def ballot_form(seats: list[CommitteeSeat], cast: dict[UUID, Any], sent: bool = True) -> SeenForm:
    """The vote and remark of each of these, as they were recorded so far; with ``sent`` as they were sent."""
    fields: dict[str, Any] = {}
    for seat in seats:
        vote = cast.get(seat.member_id)
        fields[f"vote-{seat.member_id}"] = RadioField(
            seat.member.name,
            [Optional()],
            choices=[SelectChoice(*one) for one in CHOICE_WORDS.items()],
            default=vote.choice if vote else None,
        )
        fields[f"remark-{seat.member_id}"] = TextAreaField(
            _l("Reservation, or what the interest is: %(name)s", name=seat.member.name),
            [Optional(), Length(max=LONGEST_TEXT, message=_l("Write at most %(max)d characters."))],
            filters=[stripped],
            default=vote.remark if vote else "",
        )
    fields["motion"] = HiddenField()
    made: SeenForm = type("BallotForm", (SeenForm,), fields)(**({} if sent else {"formdata": None}))
    return made


def ballot_said(form: SeenForm) -> dict[UUID, Cast]:
    """What a ballot form says, by member; whoever has no choice yet is left out."""
    said = {}
    for field in form:
        if field.name.startswith("vote-") and field.data:
            said[UUID(field.name[5:])] = Cast(field.data, form[f"remark-{field.name[5:]}"].data or "")
    return said
