"""The owed work of committees: reminders before a meeting, word of a changed agenda, signatures still awaited."""

from typing import Any
from uuid import UUID

from silah.committees import notifications, reminding
from silah.committees.models import CommitteeMeeting
from silah.jobs import handles
from tenants.database import db


@handles(notifications.REMIND)
def remind(key: str, payload: dict[str, Any]) -> None:
    """Remind the members of a meeting that still stands for the time of the reminder."""
    meeting = _planned(key)
    if meeting is not None and meeting.called_for.isoformat() == payload.get("for"):
        notifications.remind(meeting)


@handles(notifications.AGENDA)
def tell_agenda(key: str, payload: dict[str, Any]) -> None:
    """Tell the agenda of a meeting that has not begun."""
    meeting = _planned(key)
    if meeting is not None:
        notifications.tell_agenda(meeting)


@handles(reminding.UNSIGNED)
def unsigned(key: str, payload: dict[str, Any]) -> None:
    """Remind whose signature is awaited, a few times."""
    meeting_id, _colon, annex = key.partition(":")
    reminding.again(UUID(meeting_id), int(annex or 0), int(payload.get("nth", 1)))


def _planned(key: str) -> CommitteeMeeting | None:
    meeting = db.session.get(CommitteeMeeting, UUID(key))
    return meeting if meeting is not None and meeting.state == "planned" else None
