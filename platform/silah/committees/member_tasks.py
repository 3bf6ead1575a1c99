"""What waits for one who sits on committees: the meetings to come, and the minutes and annexes to sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, select

from silah.committees import bodies, reminding, seats
from silah.committees.models import CommitteeMeeting, MeetingMinutes, MinutesSignature
from silah.committees.quorum import LEFT, PRESENT
from silah.web.access import Member
from tenants.database import db

FEW = 6


@dataclass(frozen=True)
class Due:
    """Meetings to come with the names of their committees, and papers to sign with what they are called."""

    meetings: Sequence[tuple[CommitteeMeeting, str]]
    papers: Sequence[tuple[CommitteeMeeting, MeetingMinutes, str]]

    def __bool__(self) -> bool:
        return bool(self.meetings or self.papers)


def of(member: Member) -> Due:
    """What waits for this member, in three statements and the policy of each committee."""
    return Due(_meetings(member), _papers(member))


def _meetings(member: Member) -> list[tuple[CommitteeMeeting, str]]:
    held = {seat.committee for seat in seats.of(member)}
    if not held:
        return []
    rows = (
        select(CommitteeMeeting)
        .where(CommitteeMeeting.committee.in_(held), CommitteeMeeting.state.in_(("planned", "open")))
        .order_by(CommitteeMeeting.called_for, CommitteeMeeting.id)
        .limit(FEW)
    )
    found = db.session.scalars(rows).all()
    names = _names(one.committee for one in found)
    return [(one, names[one.committee]) for one in found]


def _papers(member: Member) -> list[tuple[CommitteeMeeting, MeetingMinutes, str]]:
    came = CommitteeMeeting.attendance[str(member.id)]["state"].as_string().in_((PRESENT, LEFT))
    answered = exists().where(
        and_(
            MinutesSignature.meeting_id == MeetingMinutes.meeting_id,
            MinutesSignature.annex == MeetingMinutes.annex,
            MinutesSignature.member_id == member.id,
        )
    )
    rows: Any = (
        select(CommitteeMeeting, MeetingMinutes)
        .join(MeetingMinutes, MeetingMinutes.meeting_id == CommitteeMeeting.id)
        .where(CommitteeMeeting.state == "closed", came, ~answered)
        .order_by(MeetingMinutes.written_at, MeetingMinutes.annex)
        .limit(FEW)
    )
    found = db.session.execute(rows).all()
    names = _names(meeting.committee for meeting, _written in found)
    return [
        (meeting, written, reminding.title(meeting, written.annex, names[meeting.committee]))
        for meeting, written in found
    ]


def _names(keys: Iterable[str]) -> dict[str, str]:
    """The names of these committees, each looked up once."""
    return {key: bodies.get_body(key).name for key in sorted(set(keys))}
