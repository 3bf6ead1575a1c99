"""Votes on the motion of an item, members who step aside, and what becomes of the motion."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from silah import clock
from silah.cases import confidentiality, conflicts_of_interest, timeline
from silah.committees import (
    agenda,
    bodies,
    meetings,
    motions,
    quorum,
    recusal,
    seats,
    subjects,
    voting,
)
from silah.committees.errors import NotPossible, Undecided
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingVote, Motion
from silah.committees.voting import Result
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.web.access import Member
from tenants.database import db

CHOICE_WORDS = {
    "for": _l("For the motion"),
    "against": _l("Against the motion"),
    "abstain": _l("Abstains"),
    "recused": _l("Steps aside: has an interest"),
}
WHY = {
    "nobody_votes": _l("Nobody voted for or against, so nothing is decided. Vote again, or postpone the case."),
    "tie": _l("The votes are equal and no vote of the chair breaks the tie. Vote again, or postpone the case."),
    "no_majority": _l("Neither side has a majority of those present. Vote again, or postpone the case."),
}


@dataclass(frozen=True)
class Cast:
    """What one member says: the choice, and a reservation's reasons or why they step aside."""

    choice: str
    remark: str = ""


def votes_on(item: AgendaItem, motion: Motion | None = None) -> dict[UUID, MeetingVote]:
    """Return by member the votes on a motion, else on the one that stands or decided, and who steps aside."""
    rows = list(db.session.scalars(select(MeetingVote).where(MeetingVote.item_id == item.id)))
    number = motion.number if motion else _latest(item)
    cast = {vote.member_id: vote for vote in rows if vote.motion == number}
    away = {vote.member_id: vote for vote in rows if vote.motion == 0 and vote.choice == voting.RECUSED}
    return cast | away


def _latest(item: AgendaItem) -> int | None:
    """The number of the motion that counts; 0 where a decision was made before there were motions in words."""
    put = motions.list_motions(item)
    if item.result is not None:
        return put[-1].number if put else 0
    return next((one.number for one in put if one.state == "standing"), None)


def record(item: AgendaItem, cast: Mapping[UUID, Cast], *, by: Member, seen: int, motion: str | None = None) -> None:
    """Record votes: those who conduct the meeting record everybody's, any other member their own.

    ``motion`` is the digest of the motion that the voter was shown; the vote is refused where it is another one.
    """
    meeting = item.meeting
    if set(cast) - {by.id}:
        meetings.hold(meeting, by, seen)
    else:
        seats.seat_of(meeting.committee, by)
        meetings.touch(meeting)
    meetings.standing(meeting, "open")
    agenda.pending(item)
    voters = meetings.voters(meeting)
    _check(cast, voters, confidentiality.shut_out(item.case, voters))
    away = recusal.owed(item)
    put = motions.open_vote(item, motion) if _has_ballot(cast) else None
    for member_id, said in cast.items():
        if member_id not in away:
            _keep(item, put, member_id, said, by)
    recusal.settle([item], by)


def _has_ballot(cast: Mapping[UUID, Cast]) -> bool:
    return any(said.choice != voting.RECUSED for said in cast.values())


def _keep(item: AgendaItem, motion: Motion | None, member_id: UUID, said: Cast, by: Member) -> None:
    """Keep what a member says: a vote on the motion, or that they step aside, which leaves no vote of theirs."""
    number = motion.number if motion and said.choice != voting.RECUSED else 0
    standing = motion or next((one for one in motions.list_motions(item) if one.state == "standing"), None)
    current = {0, standing.number} if standing else {0}
    mine = (MeetingVote.item_id == item.id, MeetingVote.member_id == member_id)
    db.session.execute(delete(MeetingVote).where(*mine, MeetingVote.motion.in_(current - {number})))
    vote = db.session.get(MeetingVote, (item.id, number, member_id))
    vote = vote or MeetingVote(item_id=item.id, motion=number, member_id=member_id)
    vote.choice, vote.remark = said.choice, clean(said.remark) or None
    vote.recorded_by, vote.recorded_at = by.id, clock.now()
    db.session.add(vote)
    db.session.flush()


def _check(cast: Mapping[UUID, Cast], voters: frozenset[Hashable], shut: frozenset[Hashable]) -> None:
    wrong = {}
    for member_id, said in cast.items():
        if member_id not in voters - shut:
            raise Forbidden(_("Only members who attend the meeting vote in it."))
        if said.choice not in voting.CHOICES:
            wrong[f"vote-{member_id}"] = _("Choose one of the answers.")
        if said.choice == voting.RECUSED and not clean(said.remark):
            wrong[f"remark-{member_id}"] = _("Write what the interest is.")
    if wrong:
        raise Invalid(wrong)


def result(item: AgendaItem) -> Result:
    """The count of the votes of those who take part now."""
    counted = _counted(item)
    rule = bodies.get_body(item.meeting.committee).rule
    return voting.count(counted, chair=chair_of(item.meeting), chair_casts=rule.chair_casts)


def aside(item: AgendaItem) -> frozenset[Hashable]:
    """The members who step aside from the case, or to whom it is closed, and who so count for it in no way."""
    said = {id_ for id_, vote in votes_on(item).items() if vote.choice == voting.RECUSED}
    return frozenset(said | confidentiality.shut_out(item.case, meetings.voters(item.meeting)))


def deciders(item: AgendaItem) -> frozenset[Hashable]:
    """The members who take part in deciding it; who steps aside holds no proxy for it either."""
    meeting = item.meeting
    members = meetings.voting(seats.sitting(meeting.committee)) - aside(item)
    return quorum.taking_part(meetings.attendance_of(meeting), members, bodies.get_body(meeting.committee).rule)


def _counted(item: AgendaItem) -> dict[Hashable, str]:
    counted = deciders(item) | (meetings.voters(item.meeting) & aside(item))
    return {member_id: vote.choice for member_id, vote in votes_on(item).items() if member_id in counted}


def chair_of(meeting: CommitteeMeeting) -> UUID | None:
    """Who presides over the committee today."""
    return next((seat.member_id for seat in seats.sitting(meeting.committee) if seat.position == "chair"), None)


def conclude(item: AgendaItem, *, by: Member, seen: int) -> Motion:
    """Record what the votes make of the motion: carried it is the committee's decision, fallen it decides nothing.

    Raises ``NoQuorum`` where it was lost, ``NotPossible`` while somebody present has not voted, ``Undecided`` where
    the votes decide nothing, and what the case itself refuses.
    """
    meeting = item.meeting
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "open")
    agenda.pending(item)
    recusal.settle([item], by)
    meetings.quorate(meeting, aside(item))
    if motions.get_standing(item) and deciders(item) - set(_counted(item)):
        raise NotPossible(_("Not everybody present has voted yet."))
    motion = motions.open_vote(item, None)
    found = result(item)
    if found.fate is None:
        raise Undecided(WHY[found.why])
    if found.fate == "carried":
        made = subjects.of(item.case).decide(item, motion.outcome, motion.reasons, by)
        item.result, item.reasons, item.by_chair = motion.outcome, made.reasons, found.by_chair
        item.decision_id = made.decision_id
    else:
        _note_fall(item, motion, by)
    motions.end_motion(motion, found.fate, by_chair=found.by_chair)
    return motion


def _note_fall(item: AgendaItem, motion: Motion, by: Member) -> None:
    timeline.hold(item.case)
    data = {"meeting": item.meeting.number, "motion": motion.number, "outcome": motion.outcome}
    timeline.record(item.case, "motion_fell", by=by, data=data, private=True)


def postpone(item: AgendaItem, *, by: Member, reasons: str, seen: int) -> None:
    """Leave a case to a later meeting, and say why; it waits again."""
    meetings.hold(item.meeting, by, seen)
    meetings.standing(item.meeting, "open")
    agenda.pending(item)
    if not clean(reasons):
        raise Invalid({"reasons": _("Write the reasons.")})
    item.result, item.reasons = "postponed", clean(reasons)
    motions.withdraw_standing([item])
    db.session.flush()


def suggestions(item: AgendaItem) -> dict[UUID, conflicts_of_interest.Likeness]:
    """The members whose names suggest that they may have an interest in the case."""
    case = item.case
    people = [one.name for one in (case.beneficiary, case.applicant) if one is not None]
    found = {
        seat.member_id: conflicts_of_interest.suggested(seat.member.name, people)
        for seat in seats.sitting(item.meeting.committee)
    }
    return {member_id: likeness for member_id, likeness in found.items() if likeness}
