"""Ending a meeting with its minutes, and writing an annex that corrects them; who is to sign is told at once."""

import json
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases.chain import canonical
from silah.committees import meetings, minutes, minutes_content, motions, notifications, reminding
from silah.committees.errors import NotPossible
from silah.committees.models import CommitteeMeeting, MeetingMinutes
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.web.access import Member
from tenants.database import db

LANGUAGES = ("ar", "en")


def close(meeting: CommitteeMeeting, *, by: Member, seen: int) -> MeetingMinutes:
    """End a meeting and write its minutes; what was not decided goes back to the cases that wait.

    A planned meeting is ended in this way only where it came to no quorum: the minutes then say so.
    """
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned", "open")
    if meeting.state == "planned":
        if not meeting.attendance:
            raise NotPossible(_("Record who attends first, or call the meeting off."))
        if meetings.reckon(meeting).reached:
            raise NotPossible(_("There is a quorum: open the meeting, or call it off."))
    left = [item for item in meetings.items(meeting) if item.result is None]
    motions.withdraw_standing(left)
    for item in left:
        item.result = "postponed"
    now = clock.now()
    content: dict[str, Any] = {language: _in(language, meeting, now) for language in LANGUAGES}
    meeting.state, meeting.ended_at = "closed", now
    notifications.settle(meeting)
    return _write(meeting, 0, {**content, "signers": minutes_content.signers(meeting)}, by)


def _in(language: str, meeting: CommitteeMeeting, now: datetime) -> dict[str, Any]:
    with force_locale(language):
        return minutes_content.of(meeting, ended_at=now)


def correct(meeting: CommitteeMeeting, text: str, *, by: Member) -> MeetingMinutes:
    """Write an annex that corrects the minutes; it is signed as they were, and changes nothing that was decided."""
    meetings.conducting(meeting.committee, by)
    first = minutes.get(meeting)
    minutes.checked(first)
    db.session.refresh(meeting, with_for_update=True)
    if not clean(text):
        raise Invalid({"text": _("Write what is to be corrected, and how it is right.")})
    number = len(minutes.papers(meeting))
    to_sign = json.loads(first.content)["signers"]
    return _write(meeting, number, {"text": clean(text), "of": first.sha256, "by": by.name, "signers": to_sign}, by)


def _write(meeting: CommitteeMeeting, annex: int, content: dict[str, Any], by: Member) -> MeetingMinutes:
    made = MeetingMinutes(
        meeting_id=meeting.id,
        annex=annex,
        content=canonical(content).decode(),
        sha256=minutes.digest(content),
        written_by=by.id,
        written_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    reminding.awaited(meeting, made)
    return made
