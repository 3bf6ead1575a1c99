"""What the page of minutes shows, and the forms by which they are answered."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from silah.committees import bodies, forms, minutes, releasing, seats, signers
from silah.committees.meeting_presenters import sees_cases
from silah.committees.models import CommitteeMeeting, MeetingMinutes
from silah.desk import queue_rows
from silah.errors import NotFound
from silah.language.localization import locale
from silah.web.access import Member, Permission

Typed = Mapping[tuple[str, int], Any]


def page(found: CommitteeMeeting, member: Member, typed: Typed | None = None) -> dict[str, Any]:
    """The page of the minutes: what they say, who signed, their annexes, and which replies may go out."""
    written, typed = minutes.get(found), typed or {}
    said = minutes.read(written, locale())
    return {
        "body": bodies.get_body(found.committee),
        "meeting": found,
        "said": said,
        "conducts": seats.conducts(found.committee, member),
        "papers": [paper(found, written, member, typed), *annexes(found, member, typed)],
        "correct": typed.get(("correct", 0)) or forms.AnnexForm(formdata=None),
        "wrong": next(iter(typed.values()), None),
        "replies": [{"reply": reply, "row": queue_rows.row(reply.item.case)} for reply in releasing.replies(found)],
        "may_release": member.may(Permission.RELEASE_REPLIES),
        "sees_cases": sees_cases(member),
    }


def annexes(found: CommitteeMeeting, member: Member, typed: Typed) -> list[dict[str, Any]]:
    """The annexes, each with its signatures and what the reader may answer."""
    return [paper(found, one["written"], member, typed) | {"annex": one} for one in minutes.annexes(found)]


def paper(found: CommitteeMeeting, written: MeetingMinutes, member: Member, typed: Typed) -> dict[str, Any]:
    """Minutes or an annex: its signatures in words, and the forms that the reader has for it."""
    people, number = signers.of(written), written.annex
    mine = next((one for one in people if one.member_id == member.id), None)
    return {
        "number": number,
        "written": written,
        "signers": people,
        "complete": not any(one.owes for one in people),
        "owes": mine is not None and mine.owes,
        "sign": typed.get(("sign", number)) or forms.SignForm(formdata=None, prefix=forms.prefix(number))
        if mine is not None and mine.may_sign
        else None,
        "decline": typed.get(("decline", number)) or _declining(found, written, member, empty=True),
    }


def decline_form(found: CommitteeMeeting, annex: int, member: Member) -> forms.DeclineForm:
    """The form for those whom the reader may record as declining; nobody where there are none."""
    return _declining(found, minutes.get(found, annex), member) or forms.DeclineForm()


def _declining(
    found: CommitteeMeeting, written: MeetingMinutes, member: Member, *, empty: bool = False
) -> forms.DeclineForm | None:
    """Every signature that is awaited, for one who conducts the meeting; for the others their own."""
    anybody = seats.conducts(found.committee, member)
    owing = [one for one in signers.of(written) if one.owes and (anybody or one.member_id == member.id)]
    if not owing:
        return None
    shown = {"formdata": None} if empty else {}
    form = forms.DeclineForm(prefix=forms.prefix(written.annex), **shown)
    form.member.choices = [
        SelectChoice("", _("Choose")),
        *(SelectChoice(str(one.member_id), one.name) for one in owing),
    ]
    if len(owing) == 1:
        form.member.choices = form.member.choices[1:]
    return form


def annex_of(found: CommitteeMeeting, typed: str) -> int:
    """The annex that a form is about: 0 for the minutes themselves; raises ``NotFound`` for one that there is not."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1
    if number < 0:
        raise NotFound
    return minutes.get(found, number).annex
