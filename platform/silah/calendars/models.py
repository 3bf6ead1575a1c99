"""Every change of the calendar, what it made of open cases, and which."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.organisation.models import Membership
from tenants.database import Base


class CalendarChange(Base):
    """One change of the holidays: numbered without a gap, so that two who change at once find out.

    ``days`` are the days that are off or worked otherwise than before, by ISO date; a change without any moves no case.
    ``gone`` and ``come`` are the holidays before and after it. ``looked`` of about ``total`` open cases were reckoned
    anew so far, and ``moved`` of them got other dates; ``overtaken`` says that a later change does the rest.
    """

    __tablename__ = "calendar_change"
    __table_args__ = (
        CheckConstraint("deed in ('added', 'changed', 'removed', 'confirmed', 'taken_over', 'hurried')", name="deed"),
        CheckConstraint("state in ('running', 'done', 'overtaken')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[int] = mapped_column(unique=True)
    year: Mapped[int]
    deed: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    gone: Mapped[list[Any]] = mapped_column(default=list)
    come: Mapped[list[Any]] = mapped_column(default=list)
    days: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default="done")
    total: Mapped[int] = mapped_column(default=0)
    looked: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    maker: Mapped[Membership | None] = relationship()

    @property
    def first(self) -> date:
        """The first day that is otherwise; only for a change that has one."""
        return date.fromisoformat(min(self.days))

    @property
    def last(self) -> date:
        """The last day that is otherwise."""
        return date.fromisoformat(max(self.days))


ANSWER = "answer:"


class MovedCase(Base):
    """A case that got other dates by a change: each date before and after, the days that moved it, and whether its
    holder was told.

    The day by which a question on it is to be answered stands among the dates, by the role that was asked:
    ``answer:ROLE:ID``.
    """

    __tablename__ = "moved_case"
    __table_args__ = (Index("ix_moved_case_to_tell", "holder_id", postgresql_where=text("not told")),)

    change_id: Mapped[UUID] = mapped_column(ForeignKey("calendar_change.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    dates: Mapped[dict[str, Any]]
    days: Mapped[dict[str, Any]]
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    told: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()
