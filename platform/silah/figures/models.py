"""Exports that take long: what was asked for, by whom, and the file once it is made."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from tenants.database import Base


class Export(Base):
    """A table of cases that a member asked for; made by a worker, kept for a day, for that member alone."""

    __tablename__ = "export"
    __table_args__ = (CheckConstraint("form in ('csv', 'xlsx')", name="form"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    form: Mapped[str]
    locale: Mapped[str]
    sight: Mapped[dict[str, Any]]
    rows: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
