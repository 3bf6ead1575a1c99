"""Who sits on a committee: members, chair and secretary, each for a term."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.committees.errors import NotSeated
from silah.committees.models import CommitteeSeat
from silah.errors import Invalid, NotFound
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db

POSITIONS = ("chair", "member", "secretary")
CONDUCTING = frozenset({"chair", "secretary"})
ORDER = {"chair": 0, "member": 1, "secretary": 2}


def in_term(on: date) -> ColumnElement[bool]:
    """The condition on seats that are held on a day by somebody who still works here."""
    held = and_(
        CommitteeSeat.since <= on,
        or_(CommitteeSeat.until.is_(None), CommitteeSeat.until >= on),
        CommitteeSeat.ended_at.is_(None),
    )
    return and_(held, CommitteeSeat.member.has(Membership.state == "active"))


def sitting(committee: str, on: date | None = None) -> list[CommitteeSeat]:
    """The seats held on a day: the chair first, then the members by name, then the secretary."""
    found = db.session.scalars(
        select(CommitteeSeat)
        .where(CommitteeSeat.committee == committee, in_term(on or clock.today()))
        .options(joinedload(CommitteeSeat.member))
    )
    return sorted(found, key=lambda seat: (ORDER[seat.position], seat.member.name))


def history(committee: str) -> list[CommitteeSeat]:
    """Every seat that there was or will be, the latest first."""
    rows = select(CommitteeSeat).where(CommitteeSeat.committee == committee).options(joinedload(CommitteeSeat.member))
    return list(db.session.scalars(rows.order_by(CommitteeSeat.since.desc(), CommitteeSeat.id)))


def meets(committee: str) -> bool:
    """Whether the committee has members named, and so decides in its meetings."""
    named = exists().where(CommitteeSeat.committee == committee, CommitteeSeat.votes, in_term(clock.today()))
    return bool(db.session.scalar(select(named)))


def of(member: Member) -> list[CommitteeSeat]:
    """The seats that a member holds today."""
    rows = select(CommitteeSeat).where(CommitteeSeat.member_id == member.id, in_term(clock.today()))
    return list(db.session.scalars(rows.order_by(CommitteeSeat.committee)))


def seat_of(committee: str, member: Member) -> CommitteeSeat:
    """The member's seat on the committee; raises ``NotSeated``."""
    found = [seat for seat in of(member) if seat.committee == committee]
    if not found:
        raise NotSeated
    return found[0]


def conducts(committee: str, member: Member) -> bool:
    """Whether the member is the chair or the secretary."""
    return any(seat.committee == committee and seat.position in CONDUCTING for seat in of(member))


def get(seat_id: UUID, committee: str) -> CommitteeSeat:
    """One seat of a committee."""
    found = db.session.get(CommitteeSeat, seat_id)
    if found is None or found.committee != committee:
        raise NotFound
    return found


def name(
    committee: str, member: Membership, *, position: str, votes: bool, since: date, until: date | None
) -> CommitteeSeat:
    """Give a member a seat; raises ``Invalid`` where they sit already or the term has another chair."""
    lock(committee)
    wrong = {}
    if member.state == "suspended":
        wrong["member"] = _("This person no longer works here.")
    if until is not None and until < since:
        wrong["until"] = _("The last day comes before the first.")
    meanwhile = [seat for seat in history(committee) if overlaps(seat, since, until)]
    if any(seat.member_id == member.id for seat in meanwhile):
        wrong["member"] = _("This person already sits on the committee in that time.")
    if position == "chair" and any(seat.position == "chair" for seat in meanwhile):
        wrong["position"] = _("Another chair is named for that time. End that term first.")
    if wrong:
        raise Invalid(wrong)
    seat = CommitteeSeat(
        committee=committee,
        member=member,
        position=position,
        votes=votes or position != "secretary",
        since=since,
        until=until,
    )
    db.session.add(seat)
    db.session.flush()
    return seat


def end(seat: CommitteeSeat) -> None:
    """The member leaves the committee at once; what they took part in stays."""
    lock(seat.committee)
    db.session.refresh(seat)
    if seat.ended_at is None:
        seat.ended_at = clock.now()
        db.session.flush()


def overlaps(seat: CommitteeSeat, since: date, until: date | None) -> bool:
    """Whether a seat is held on a day of a span; one that was ended is held no longer."""
    if seat.ended_at is not None:
        return False
    return (until is None or seat.since <= until) and (seat.until is None or since <= seat.until)


def lock(committee: str) -> None:
    """Let only one at a time name members or number meetings of a committee, for the rest of the transaction."""
    db.session.flush()
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(func.concat(func.current_schema(), committee)))))
