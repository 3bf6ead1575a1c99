"""Checklists, and the visits that were made with them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.documents.models import StoredFile
from silah.documents.sealing import Sealed
from silah.organisation.models import BranchOffice, Membership
from tenants.database import Base


class VisitChecklist(Base):
    """What a visit looks at: ``items`` are objects of ``key``, ``ar`` and ``en``; a visit takes its own copy."""

    __tablename__ = "visit_checklist"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    items: Mapped[list[Any]]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Visit(Base):
    """One visit to an office; once held, what it found is never changed.

    ``marks`` are 1 to 5 by the item's key; ``written`` is sealed JSON of the remarks by item and of the findings.
    ``score`` is the share of the points that could be had, 0 to 100, of the items that applied.
    ``follows_id``: the visit whose findings this one looks at again.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("state in ('planned', 'held', 'cancelled')", name="state"),
        CheckConstraint("score between 0 and 100", name="score"),
        Index("ix_visit_planned", "planned_for", postgresql_where=text("state = 'planned'")),
        Index("ix_visit_office", "branch_id", "held_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("branch_office.id"))
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"), index=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    items: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="planned")
    planned_for: Mapped[date]
    held_on: Mapped[date | None]
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written: Mapped[str] = mapped_column(Sealed("visit"), default="{}")
    remarks: Mapped[str] = mapped_column(Sealed("visit"), default="")
    reason: Mapped[str] = mapped_column(Sealed("visit"), default="")
    planned_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    planned_at: Mapped[datetime] = mapped_column(default=clock.now)

    branch: Mapped[BranchOffice] = relationship()
    visitor: Mapped[Membership] = relationship(foreign_keys=[visitor_id])
    follows: Mapped["Visit | None"] = relationship(remote_side=[id])


class VisitPhoto(Base):
    """A photo taken on a visit, of an item or of the office."""

    __tablename__ = "visit_photo"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    item: Mapped[str] = mapped_column(default="")

    file: Mapped[StoredFile] = relationship()
