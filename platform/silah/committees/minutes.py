"""Minutes: written once when the meeting ends, and corrected only by annexes, each signed by those who attended.

The content stands in both languages, with the names of those who are to sign, in a row that the database lets nobody
change or remove; its SHA-256 is under each signature and on the paper, and is checked whenever the minutes are read.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import select

from silah.cases.chain import canonical
from silah.committees.errors import MinutesAltered
from silah.committees.models import CommitteeMeeting, MeetingMinutes, MinutesSignature
from silah.errors import NotFound
from silah.language.localization import dates
from tenants.database import db


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, written in one canonical way."""
    return hashlib.sha256(canonical(content)).hexdigest()


def get(meeting: CommitteeMeeting, annex: int = 0) -> MeetingMinutes:
    """The minutes of a meeting, or an annex to them, if they were written."""
    found = db.session.get(MeetingMinutes, (meeting.id, annex))
    if found is None:
        raise NotFound
    return found


def papers(meeting: CommitteeMeeting) -> list[MeetingMinutes]:
    """The minutes and their annexes, in their order."""
    rows = select(MeetingMinutes).where(MeetingMinutes.meeting_id == meeting.id)
    return list(db.session.scalars(rows.order_by(MeetingMinutes.annex)))


def read(written: MeetingMinutes, language: str) -> dict[str, Any]:
    """The content of minutes in one language; raises ``MinutesAltered`` unless it is what was written and signed."""
    found: dict[str, Any] = checked(written)[language]
    return found


def checked(written: MeetingMinutes) -> dict[str, Any]:
    """All that was written; raises ``MinutesAltered`` unless its digest is that of the row and of each signature."""
    content: dict[str, Any] = json.loads(written.content)
    at = (MinutesSignature.meeting_id == written.meeting_id, MinutesSignature.annex == written.annex)
    if {digest(content), *db.session.scalars(select(MinutesSignature.sha256).where(*at))} != {written.sha256}:
        raise MinutesAltered
    if written.annex:
        minutes = db.session.get(MeetingMinutes, (written.meeting_id, 0))
        if minutes is None or minutes.sha256 != content["of"]:
            raise MinutesAltered
    return content


def annexes(meeting: CommitteeMeeting) -> list[dict[str, Any]]:
    """The annexes to the minutes, as they were written."""
    return [
        {"number": one.annex, "written": one, "when": dates(one.written_at), **checked(one)}
        for one in papers(meeting)
        if one.annex
    ]
