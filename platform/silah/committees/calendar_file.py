"""A meeting as a calendar file (iCalendar, RFC 5545): one event that a later file moves or calls off."""

from datetime import UTC, datetime, timedelta

from silah import clock
from silah.committees.models import CommitteeMeeting

MEDIA_TYPE = "text/calendar"
LENGTH = timedelta(hours=1)
"""A meeting is not called for an end; calendars want one."""
WIDEST = 75
"""Octets of a line, its first blank included where it goes on from the one before."""


def written(meeting: CommitteeMeeting, *, summary: str, about: str, address: str) -> bytes:
    """The file; ``address`` is the page of the meeting. The meeting's version orders it among earlier ones."""
    place = " ".join(part for part in (meeting.location, meeting.link) if part)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Silah//Committees//EN", "METHOD:PUBLISH", "BEGIN:VEVENT"),
        f"UID:{meeting.id}@silah",
        f"SEQUENCE:{meeting.version}",
        f"DTSTAMP:{_instant(clock.now())}",
        f"DTSTART:{_instant(meeting.called_for)}",
        f"DTEND:{_instant(meeting.called_for + LENGTH)}",
        f"SUMMARY:{_text(summary)}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        *([f"DESCRIPTION:{_text(about)}"] if about else []),
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if meeting.state == 'cancelled' else 'CONFIRMED'}",
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """A value in which nothing ends the line or begins another property."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """The line in pieces that are short enough, no letter torn apart."""
    pieces, piece, width = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if width + size > WIDEST:
            pieces.append(piece)
            piece, width = " ", 1
        piece, width = piece + letter, width + size
    return "\r\n".join([*pieces, piece])
