"""Whose signature is awaited, and telling them: at first, again a few times, and when nothing more is awaited."""

from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock, jobs
from silah.committees import bodies, notifications, signers
from silah.committees.models import CommitteeMeeting, MeetingMinutes
from silah.documents.addresses import association_address
from silah.language.localization import number
from silah.notifications.placeholders import Value
from silah.organisation.models import Membership
from tenants.database import db

UNSIGNED = "committee.unsigned"
PAUSE, MOST = timedelta(days=3), 4
"""How long a signature is waited for between reminders, and how many there are at most."""


def awaited(meeting: CommitteeMeeting, written: MeetingMinutes) -> None:
    """The first word to all who are to sign."""
    _write("minutes_to_sign", meeting, written, signers.owing(written))
    _owe(written, 1)


def again(meeting_id: UUID, annex: int, nth: int) -> None:
    """Remind who still owes it; where nobody does, as one left, the minutes are complete."""
    meeting, written = db.session.get(CommitteeMeeting, meeting_id), db.session.get(MeetingMinutes, (meeting_id, annex))
    if meeting is None or written is None:
        return
    owing = signers.owing(written)
    if not owing:
        complete(meeting, written)
        return
    _write("minutes_unsigned", meeting, written, owing)
    if nth < MOST:
        _owe(written, nth + 1)


def complete(meeting: CommitteeMeeting, written: MeetingMinutes) -> None:
    """Tell all who attended that no signature is awaited any more."""
    jobs.settle(UNSIGNED, _key(written))
    _write("minutes_complete", meeting, written, [one.member_id for one in signers.of(written) if not one.gone])


def title(meeting: CommitteeMeeting, annex: int, body: str | None = None) -> str:
    """What the paper is called, in the language of the moment; ``body`` is the committee's name where it is known."""
    said = {"number": number(meeting.number), "body": body or bodies.get_body(meeting.committee).name}
    if annex:
        return str(_("Annex %(annex)s to the minutes of meeting %(number)s (%(body)s)", annex=number(annex), **said))
    return str(_("Minutes of meeting %(number)s (%(body)s)", **said))


def _owe(written: MeetingMinutes, nth: int) -> None:
    jobs.owe(UNSIGNED, _key(written), clock.now() + PAUSE, {"nth": nth})


def _key(written: MeetingMinutes) -> str:
    return f"{written.meeting_id}:{written.annex}"


def _write(template: str, meeting: CommitteeMeeting, written: MeetingMinutes, ids: list[UUID]) -> None:
    link = association_address(f"/desk/committees/{meeting.committee}/meetings/{meeting.id}/minutes")

    def words() -> dict[str, Value]:
        return {"title": title(meeting, written.annex), "link": link}

    people = db.session.scalars(select(Membership).where(Membership.id.in_(ids)).order_by(Membership.id))
    notifications.write(template, people, words, list)
