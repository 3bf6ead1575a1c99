"""Calling a meeting, changing its time or place, and calling it off: each is told to the members."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah import clock
from silah.committees import agenda, meetings, notifications, seats
from silah.committees.models import CommitteeMeeting
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.web.access import Member
from tenants.database import db


def call(
    committee: str,
    *,
    by: Member,
    called_for: datetime,
    location: str,
    link: str = "",
    cases: Sequence[UUID] = (),
) -> CommitteeMeeting:
    """Call a meeting, with its first agenda; its number follows the last one of the committee."""
    meetings.conducting(committee, by)
    _not_over(called_for)
    seats.lock(committee)
    last = db.session.scalar(select(func.max(CommitteeMeeting.number)).where(CommitteeMeeting.committee == committee))
    made = CommitteeMeeting(
        committee=committee,
        number=(last or 0) + 1,
        called_for=called_for,
        location=clean(location),
        link=link,
        called_by=by.id,
    )
    db.session.add(made)
    db.session.flush()
    if cases:
        agenda.add(made, cases, by=by, seen=made.version)
    notifications.called(made)
    return made


def move(
    meeting: CommitteeMeeting, *, by: Member, seen: int, called_for: datetime, location: str, link: str = ""
) -> None:
    """Change when and where a planned meeting is; the members are told what it was before."""
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned")
    before = (meeting.called_for, meeting.location, meeting.link)
    after = (called_for, clean(location), link)
    if after == before:
        return
    if called_for != before[0]:
        _not_over(called_for)
    meeting.called_for, meeting.location, meeting.link = after
    db.session.flush()
    notifications.changed(meeting, notifications.moved(before, meeting))


def cancel(meeting: CommitteeMeeting, *, by: Member, seen: int, reason: str) -> None:
    """Call off a meeting that has not begun, and say why; its cases go back to those that wait."""
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned")
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    for item in meetings.items(meeting):
        agenda.discard(item)
    meeting.state, meeting.ended_at = "cancelled", clock.now()
    db.session.flush()
    notifications.cancelled(meeting, clean(reason))


def _not_over(called_for: datetime) -> None:
    if clock.day_of(called_for) < clock.today():
        raise Invalid({"on": _("This day has passed.")})
