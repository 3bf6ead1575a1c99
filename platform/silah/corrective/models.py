"""Corrective actions, whatever showed that they were needed."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah.cases.models import Case
from silah.documents.sealing import Sealed
from silah.organisation.models import Membership
from tenants.database import Base


class CorrectiveAction(Base):
    """What is put right after a finding of a case or of a visit: by whom, by when, and when it was done."""

    __tablename__ = "corrective_action"
    __table_args__ = (
        CheckConstraint("num_nonnulls(case_id, visit_id) = 1", name="origin"),
        Index("ix_corrective_action_open", "due_on", postgresql_where=text("done_on is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"), index=True)
    what: Mapped[str] = mapped_column(Sealed("complaint"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    remark: Mapped[str] = mapped_column(Sealed("complaint"), default="")

    owner: Mapped[Membership] = relationship()
    case: Mapped[Case | None] = relationship()
