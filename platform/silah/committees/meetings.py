"""Meetings of a committee: who attends, opened with a quorum, and changed by one person at a time."""

from collections.abc import Hashable, Mapping, Set
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases.models import Case
from silah.committees import bodies, quorum, recusal, seats
from silah.committees.errors import MeetingChanged, NoQuorum, NotConducting, NotPossible
from silah.committees.models import AgendaItem, CommitteeMeeting, CommitteeSeat
from silah.committees.quorum import Attendance, Quorum
from silah.errors import Invalid, NotFound
from silah.language.localization import number
from silah.web.access import Member
from tenants.database import db

STATE_WORDS = {
    "planned": _l("Planned"),
    "open": _l("In session"),
    "closed": _l("Ended"),
    "cancelled": _l("Cancelled"),
}
PAGE_SIZE = 25
STATE_TONES = {"planned": "info", "open": "good", "closed": "neutral", "cancelled": "neutral"}


def listing(committee: str, before: int | None = None, most: int = PAGE_SIZE) -> list[CommitteeMeeting]:
    """A page of meetings, the latest first; with ``before``, those of smaller numbers."""
    rows = select(CommitteeMeeting).where(CommitteeMeeting.committee == committee)
    if before is not None:
        rows = rows.where(CommitteeMeeting.number < before)
    return list(db.session.scalars(rows.order_by(CommitteeMeeting.number.desc()).limit(most)))


def get(meeting_id: UUID, committee: str, member: Member) -> CommitteeMeeting:
    """A meeting, for those who sit on the committee, and for those who attended it and have left since."""
    found = db.session.get(CommitteeMeeting, meeting_id)
    if found is None or found.committee != committee:
        raise NotFound
    if not attended(found, member.id):
        seats.seat_of(committee, member)
    return found


def attended(meeting: CommitteeMeeting, member_id: UUID) -> bool:
    """Whether somebody took part in a meeting, to its end or not."""
    took_part = (quorum.PRESENT, quorum.LEFT)
    return meeting.attendance.get(str(member_id), {}).get("state") in took_part


def hold(meeting: CommitteeMeeting, by: Member, seen: int) -> None:
    """Lock the meeting for this transaction, for one who conducts it.

    Raises ``MeetingChanged`` unless it still is as the page showed it, ``NotConducting`` for the other members.
    """
    conducting(meeting.committee, by)
    touch(meeting, seen)


def touch(meeting: CommitteeMeeting, seen: int | None = None) -> None:
    """Lock the meeting and count the change."""
    db.session.flush()
    db.session.refresh(meeting, with_for_update=True)
    if seen is not None and meeting.version != seen:
        raise MeetingChanged
    meeting.version += 1


def conducting(committee: str, by: Member) -> None:
    """Raise unless this is the chair or the secretary."""
    seats.seat_of(committee, by)
    if not seats.conducts(committee, by):
        raise NotConducting


def standing(meeting: CommitteeMeeting, *states: str) -> None:
    """Raise ``NotPossible`` with the reason unless the meeting is in one of these states."""
    if meeting.state not in states:
        words = STATE_WORDS[meeting.state]
        raise NotPossible(_("This is not possible while the meeting is: %(state)s.", state=words))


def attendance_of(meeting: CommitteeMeeting) -> dict[Hashable, Attendance]:
    """Who takes part and how, as it was recorded."""
    return {
        UUID(key): Attendance(said["state"], UUID(said["holder"]) if said.get("holder") else None)
        for key, said in meeting.attendance.items()
    }


def voting(sitting: list[CommitteeSeat]) -> frozenset[Hashable]:
    """The members with a vote."""
    return frozenset(seat.member_id for seat in sitting if seat.votes)


def voters(meeting: CommitteeMeeting) -> frozenset[Hashable]:
    """The members who take part now and may vote; who no longer sits on the committee does not."""
    rule = bodies.get_body(meeting.committee).rule
    return quorum.taking_part(attendance_of(meeting), voting(seats.sitting(meeting.committee)), rule)


def reckon(meeting: CommitteeMeeting, aside: Set[Hashable] = frozenset()) -> Quorum:
    """The quorum of a meeting as things stand; on one case, without those who step aside from it."""
    rule = bodies.get_body(meeting.committee).rule
    return quorum.reckon(attendance_of(meeting), voting(seats.sitting(meeting.committee)), rule, aside)


def quorate(meeting: CommitteeMeeting, aside: Set[Hashable] = frozenset()) -> None:
    """Raise ``NoQuorum``, in clear words, where too few attend."""
    found = reckon(meeting, aside)
    if not found.reached:
        raise NoQuorum(lacking(found))


def lacking(found: Quorum) -> str:
    """What is lacking for a quorum."""
    counts = {
        "attending": number(found.attending),
        "members": number(found.members),
        "needed": number(found.needed),
    }
    if found.aside:
        return str(
            _(
                "Without those who step aside from this case there is no quorum: of the other %(members)s voting "
                "members %(attending)s attend, and it takes %(needed)s. Postpone the case to a fuller meeting.",
                **counts,
            )
        )
    if found.impossible:
        return str(
            _(
                "The quorum is %(needed)s, and the committee has only %(members)s voting members. "
                "Name members, or have the policy's quorum changed.",
                **counts,
            )
        )
    return str(
        _("There is no quorum: %(attending)s of %(members)s voting members attend, and it takes %(needed)s.", **counts)
    )


def record_attendance(meeting: CommitteeMeeting, said: Mapping[UUID, str], *, by: Member, seen: int) -> Quorum:
    """Record who is present, absent, has left, or (where the policy allows it) is represented: ``proxy:<id>``."""
    hold(meeting, by, seen)
    standing(meeting, "planned", "open")
    sitting = {seat.member_id for seat in seats.sitting(meeting.committee)}
    proxies = bodies.get_body(meeting.committee).rule.proxies
    kept = dict(meeting.attendance)
    for member_id, state in said.items():
        if member_id not in sitting:
            raise Invalid({}, _("Only those who sit on the committee attend its meetings."))
        state, _colon, holder = state.partition(":")
        if state == "proxy":
            state = quorum.REPRESENTED
        if state not in allowed(proxies) or (holder and UUID(holder) not in sitting):
            raise Invalid({f"at-{member_id}": _("Choose one of the answers.")})
        before = kept.get(str(member_id), {})
        if before.get("state") != state or before.get("holder", "") != holder:
            kept[str(member_id)] = {"state": state, "holder": holder, "at": clock.now().isoformat(), "by": str(by.id)}
    meeting.attendance = kept
    db.session.flush()
    return reckon(meeting)


def allowed(proxies: bool) -> tuple[str, ...]:
    """The ways of taking part that there are."""
    states = (quorum.PRESENT, quorum.ABSENT, quorum.LEFT)
    return (*states, quorum.REPRESENTED) if proxies else states


def start(meeting: CommitteeMeeting, *, by: Member, seen: int) -> None:
    """Open the meeting; raises ``NoQuorum`` where too few attend."""
    hold(meeting, by, seen)
    standing(meeting, "planned")
    if clock.day_of(meeting.called_for) > clock.today():
        raise NotPossible(_("The meeting is called for a later day. Change its time first: the members are then told."))
    seats.lock(meeting.committee)
    quorate(meeting)
    running = select(CommitteeMeeting.number).where(
        CommitteeMeeting.committee == meeting.committee, CommitteeMeeting.state == "open"
    )
    if (other := db.session.scalar(running)) is not None:
        raise NotPossible(_("Meeting %(number)s is still in session. End it first.", number=number(other)))
    meeting.state, meeting.opened_at = "open", clock.now()
    db.session.flush()
    recusal.settle(items(meeting), by)


def items(meeting: CommitteeMeeting) -> list[AgendaItem]:
    """The agenda, in its order."""
    whose = joinedload(AgendaItem.case)
    rows = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(
            whose.joinedload(Case.beneficiary),
            whose.joinedload(Case.representative),
            whose.joinedload(Case.holder),
            whose.selectinload(Case.policy_version),
        )
        .order_by(AgendaItem.position)
    )
    return list(db.session.scalars(rows))


def item(meeting: CommitteeMeeting, item_id: UUID) -> AgendaItem:
    """One item of a meeting's agenda."""
    found = db.session.get(AgendaItem, item_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound
    return found
