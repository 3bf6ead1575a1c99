"""Seats on a committee, its meetings with agenda and votes, and minutes that nobody changes once written."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import Sealed
from silah.organisation.models import Membership
from tenants.database import Base

INSERT_ONLY = "SELECT, INSERT"


class CommitteeSeat(Base):
    """A member of staff on a committee, from a day to a last day; ``ended_at`` is when they left before it."""

    __tablename__ = "committee_seat"
    __table_args__ = (
        CheckConstraint("position in ('chair', 'member', 'secretary')", name="position"),
        CheckConstraint("until is null or until >= since", name="term"),
        Index("ix_committee_seat_committee", "committee", "member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    committee: Mapped[str]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    position: Mapped[str] = mapped_column(default="member")
    votes: Mapped[bool] = mapped_column(default=True)
    since: Mapped[date]
    until: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    member: Mapped[Membership] = relationship()


class CommitteeMeeting(Base):
    """One meeting of a committee. ``attendance`` maps a member's id to how they take part, since when, by whom.

    ``version`` counts the changes, so that of two who conduct it the second is told what the first did; ``told`` is
    the agenda (ids of cases) that the members know from their messages.
    """

    __tablename__ = "committee_meeting"
    __table_args__ = (
        UniqueConstraint("committee", "number"),
        CheckConstraint("state in ('planned', 'open', 'closed', 'cancelled')", name="state"),
        Index("uq_committee_meeting_one_open", "committee", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    committee: Mapped[str]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="planned")
    called_for: Mapped[datetime]
    location: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    attendance: Mapped[dict[str, Any]] = mapped_column(default=dict)
    told: Mapped[list[Any]] = mapped_column(default=list)
    called_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class AgendaItem(Base):
    """A case on the agenda of a meeting, and what became of it; a case waits on one agenda at a time."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("result in ('accepted', 'rejected', 'postponed')", name="result"),
        Index("uq_agenda_item_waiting", "case_id", unique=True, postgresql_where=text("result is null")),
        Index("ix_agenda_item_meeting", "meeting_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("committee_meeting.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    position: Mapped[int]
    result: Mapped[str | None]
    reasons: Mapped[str | None] = mapped_column(Sealed("reasons"))
    by_chair: Mapped[bool] = mapped_column(default=False)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))

    meeting: Mapped[CommitteeMeeting] = relationship()
    case: Mapped[Case] = relationship()


class Motion(Base):
    """What members vote on: an outcome in words with its reasons, and what became of it; one at a time stands.

    ``words`` is JSON of the sentence in both languages; ``reasons`` are those that the applicant reads where it is
    carried. Votes for it mean ``outcome``, votes against it mean only that it falls.
    """

    __tablename__ = "motion"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("outcome in ('accepted', 'rejected')", name="outcome"),
        CheckConstraint("state in ('standing', 'carried', 'fallen', 'withdrawn')", name="state"),
        Index("uq_motion_standing", "item_id", unique=True, postgresql_where=text("state = 'standing'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    outcome: Mapped[str]
    words: Mapped[str] = mapped_column(Sealed("motion"))
    reasons: Mapped[str] = mapped_column(Sealed("motion"))
    state: Mapped[str] = mapped_column(default="standing")
    by_chair: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class MeetingVote(Base):
    """How a member voted on a motion; the remark is a reservation's reasons, or why the member is recused.

    ``motion`` is the motion's number on the item. It is 0 for whoever steps aside from the case, and for what was
    voted before there were motions in words: such votes stand with a decision of then, and count for none to come.
    """

    __tablename__ = "meeting_vote"
    __table_args__ = (CheckConstraint("choice in ('for', 'against', 'abstain', 'recused')", name="choice"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    motion: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0, server_default=text("0"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    choice: Mapped[str]
    remark: Mapped[str | None] = mapped_column(Sealed("remark"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class MeetingMinutes(Base):
    """The minutes of a meeting as they were written (sealed JSON), and their SHA-256; above 0, an annex to them."""

    __tablename__ = "meeting_minutes"
    __table_args__ = ({"info": {"grant": INSERT_ONLY}},)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("committee_meeting.id"), primary_key=True)
    annex: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    content: Mapped[str] = mapped_column(Sealed("minutes"))
    sha256: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class MinutesSignature(Base):
    """What a member answered to minutes or an annex of this SHA-256: a drawn signature (sealed PNG in base64), or no.

    Whoever declined to sign may still sign later; both answers stand.
    """

    __tablename__ = "minutes_signature"
    __table_args__ = (
        ForeignKeyConstraint(["meeting_id", "annex"], ["meeting_minutes.meeting_id", "meeting_minutes.annex"]),
        CheckConstraint("answer in ('signed', 'declined')", name="answer"),
        CheckConstraint("(answer = 'signed') = (drawing is not null)", name="drawn"),
        CheckConstraint("(answer = 'declined') = (reason is not null)", name="reasoned"),
        {"info": {"grant": INSERT_ONLY}},
    )

    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    annex: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True, default="signed")
    sha256: Mapped[str]
    drawing: Mapped[str | None] = mapped_column(Sealed("signature"))
    reason: Mapped[str | None] = mapped_column(Sealed("reason"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
