"""Votes on an item of the agenda, members who step aside, and the decision that follows."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock
from silah.access import Member
from silah.cases import secrecy
from silah.cases.texts import clean
from silah.committees import agenda, bodies, interest, meetings, quorum, recusal, seats, subjects, voting
from silah.committees.errors import NotPossible, Undecided
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingVote
from silah.committees.subjects import Made
from silah.committees.voting import Result
from silah.errors import Forbidden, Invalid
from tenants.database import db

CHOICE_WORDS = {
    "for": _l("For"),
    "against": _l("Against"),
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


def votes_on(item: AgendaItem) -> dict[UUID, MeetingVote]:
    """The votes recorded on an item, by member."""
    rows = select(MeetingVote).where(MeetingVote.item_id == item.id)
    return {vote.member_id: vote for vote in db.session.scalars(rows)}


def record(item: AgendaItem, cast: Mapping[UUID, Cast], *, by: Member, seen: int) -> None:
    """Record votes: those who conduct the meeting record everybody's, any other member their own."""
    meeting = item.meeting
    if set(cast) - {by.id}:
        meetings.hold(meeting, by, seen)
    else:
        seats.seat_of(meeting.committee, by)
        meetings.touch(meeting)
    meetings.standing(meeting, "open")
    agenda.pending(item)
    voters = meetings.voters(meeting)
    _check(cast, voters, secrecy.shut_out(item.case, voters))
    before, away = votes_on(item), recusal.owed(item)
    for member_id, said in cast.items():
        if member_id in away:
            continue
        vote = before.get(member_id) or MeetingVote(item_id=item.id, member_id=member_id)
        vote.choice, vote.remark = said.choice, clean(said.remark) or None
        vote.recorded_by, vote.recorded_at = by.id, clock.now()
        db.session.add(vote)
    recusal.settle([item], by)


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
    rule = bodies.named(item.meeting.committee).rule
    return voting.count(counted, chair=chair_of(item.meeting), chair_casts=rule.chair_casts)


def aside(item: AgendaItem) -> frozenset[Hashable]:
    """The members who step aside from the case, or to whom it is closed, and who so count for it in no way."""
    said = {id_ for id_, vote in votes_on(item).items() if vote.choice == voting.RECUSED}
    return frozenset(said | secrecy.shut_out(item.case, meetings.voters(item.meeting)))


def deciders(item: AgendaItem) -> frozenset[Hashable]:
    """The members who take part in deciding it; who steps aside holds no proxy for it either."""
    meeting = item.meeting
    members = meetings.voting(seats.sitting(meeting.committee)) - aside(item)
    return quorum.taking_part(meetings.attendance_of(meeting), members, bodies.named(meeting.committee).rule)


def _counted(item: AgendaItem) -> dict[Hashable, str]:
    counted = deciders(item) | (meetings.voters(item.meeting) & aside(item))
    return {member_id: vote.choice for member_id, vote in votes_on(item).items() if member_id in counted}


def chair_of(meeting: CommitteeMeeting) -> UUID | None:
    """Who presides over the committee today."""
    return next((seat.member_id for seat in seats.sitting(meeting.committee) if seat.position == "chair"), None)


def conclude(item: AgendaItem, *, by: Member, reasons: str, seen: int) -> Made:
    """Make the votes the committee's decision on the case.

    Raises ``NoQuorum`` where it was lost, ``NotPossible`` while somebody present has not voted, ``Undecided`` where
    the votes decide nothing, and what the case itself refuses.
    """
    meeting = item.meeting
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "open")
    agenda.pending(item)
    recusal.settle([item], by)
    meetings.quorate(meeting, aside(item))
    if not clean(reasons):
        raise Invalid({"reasons": _("Write the reasons.")})
    silent = deciders(item) - set(_counted(item))
    if silent:
        raise NotPossible(_("Not everybody present has voted yet."))
    found = result(item)
    if found.outcome is None:
        raise Undecided(WHY[found.why])
    made = subjects.of(item.case).decide(item, found.outcome, reasons, by)
    item.result, item.reasons, item.by_chair = found.outcome, made.reasons, found.by_chair
    item.decision_id = made.decision_id
    db.session.flush()
    return made


def postpone(item: AgendaItem, *, by: Member, reasons: str, seen: int) -> None:
    """Leave a case to a later meeting, and say why; it waits again."""
    meetings.hold(item.meeting, by, seen)
    meetings.standing(item.meeting, "open")
    agenda.pending(item)
    if not clean(reasons):
        raise Invalid({"reasons": _("Write the reasons.")})
    item.result, item.reasons = "postponed", clean(reasons)
    db.session.flush()


def suggestions(item: AgendaItem) -> dict[UUID, interest.Likeness]:
    """The members whose names suggest that they may have an interest in the case."""
    case = item.case
    people = [one.name for one in (case.beneficiary, case.applicant) if one is not None]
    found = {
        seat.member_id: interest.suggested(seat.member.name, people) for seat in seats.sitting(item.meeting.committee)
    }
    return {member_id: likeness for member_id, likeness in found.items() if likeness}
