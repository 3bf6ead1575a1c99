"""Standing reviews by top management, what was changed because people said so, and evidence packs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.documents.sealing import Sealed
from silah.organisation.models import Membership
from tenants.database import Base


class StandingReview(Base):
    """What top management saw of a period, remarked and decided; once held it is never changed.

    ``figures`` are those of the moment at which it was begun, and again of that at which it was held.
    """

    __tablename__ = "standing_review"
    __table_args__ = (
        CheckConstraint("instrument in ('link_follow_up', 'liaison_oversight')", name="instrument"),
        CheckConstraint("since <= until", name="span"),
        Index("ix_standing_review_until", "instrument", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    instrument: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    figures: Mapped[list[Any]]
    remarks: Mapped[str] = mapped_column(Sealed("review"), default="")
    decisions: Mapped[str] = mapped_column(Sealed("review"), default="")
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    held_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    held_on: Mapped[date | None]

    held_by: Mapped[Membership | None] = relationship(foreign_keys=[held_by_id])


class SaidAndDone(Base):
    """What people said, and what was done about it: for everybody, in both languages."""

    __tablename__ = "said_and_done"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    said_ar: Mapped[str]
    said_en: Mapped[str]
    done_ar: Mapped[str]
    done_en: Mapped[str]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    published_on: Mapped[date] = mapped_column(default=clock.today)
    withdrawn: Mapped[bool] = mapped_column(default=False)


class EvidencePack(Base):
    """A ZIP of a period's evidence that a member asked for; made by a worker, kept for a week, for that member."""

    __tablename__ = "evidence_pack"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    locale: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
