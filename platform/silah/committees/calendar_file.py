"""A meeting as a calendar file (iCalendar, RFC 5545): one event that a later file moves or calls off."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from silah import clock
from silah.committees.models import CommitteeMeeting

MEDIA_TYPE = "text/calendar"
LENGTH = timedelta(hours=1)
"""A meeting is not called for an end; calendars want one."""
WIDEST = 75
"""Octets of a line, its first blank included where it goes on from the one before."""


def written(meeting: CommitteeMeeting, *, summary: str, about: str, address: str) -> bytes:
    """Return the file; ``address`` is the page of the meeting. Its version orders it among earlier files.

    Instants are in UTC, so that a calendar needs no description of the time zone; Riyadh is named for those that show
    a calendar in its own.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Silah//Committees//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", clock.RIYADH.key)
    calendar.add_component(_event(meeting, summary=summary, about=about, address=address))
    return bytes(calendar.to_ical())


def _event(meeting: CommitteeMeeting, *, summary: str, about: str, address: str) -> Event:
    place = " ".join(part for part in (meeting.location, meeting.link) if part)
    starts = meeting.called_for.astimezone(UTC)
    event = Event()
    event.add("uid", f"{meeting.id}@silah")
    event.add("sequence", meeting.version)
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    for name, words in (("summary", summary), ("location", place), ("description", about)):
        if words:
            event.add(name, "\n".join(words.splitlines()))
    event.add("url", address)
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    return event
