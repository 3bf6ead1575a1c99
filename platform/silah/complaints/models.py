"""What complaints and inquiries add to their cases."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import Sealed
from silah.language.search_columns import SearchTokens
from silah.organisation.models import Membership
from tenants.database import Base, db

COUNTED = ["topic", "severity", "merged_into_id", "objected_on", "retaliation_feared"]
"""What is counted over many complaints: it stands apart from what was written, so that counting reads little."""

COMPLAINT, INQUIRY, SUGGESTION = "complaint", "inquiry", "suggestion"
SUPPORT = "support"
ASKED = (INQUIRY, SUGGESTION, SUPPORT)
"""What a liaison officer answers."""


class Complaint(Base):
    """A complaint: what about, how it was classified, what was found and answered, and what became of that.

    ``level`` counts the steps of management that were told of its lateness. ``body`` is the role that handles it:
    the policy's follow-up body, or the board's nominee where management is complained about. ``about_reference`` is
    the reference of another case as the complainant typed it, whether there is such a case or not.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("about in ('service', 'decision', 'person', 'branch', 'data', 'other')", name="about"),
        CheckConstraint("severity in ('low', 'medium', 'high')", name="severity"),
        CheckConstraint("finding in ('upheld', 'partly', 'not_upheld')", name="finding"),
        Index("ix_complaint_counted", "case_id", postgresql_include=COUNTED),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    about: Mapped[str]
    about_case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    about_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    about_branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch_office.id"))
    about_words: Mapped[str] = mapped_column(Sealed("complaint"), default="")
    about_reference: Mapped[str | None] = mapped_column(Sealed("complaint"))
    text: Mapped[str] = mapped_column(Sealed("complaint"))
    wanted: Mapped[str] = mapped_column(Sealed("complaint"), default="")
    topic: Mapped[str | None] = mapped_column(index=True)
    severity: Mapped[str | None]
    body: Mapped[str]
    level: Mapped[int] = mapped_column(default=0)
    finding: Mapped[str | None]
    findings: Mapped[str | None] = mapped_column(Sealed("complaint"))
    answer: Mapped[str | None] = mapped_column(Sealed("complaint"))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    satisfied: Mapped[bool | None]
    objection: Mapped[str | None] = mapped_column(Sealed("complaint"))
    objected_on: Mapped[date | None]
    retaliation_feared: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)

    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    about_case: Mapped[Case | None] = relationship(foreign_keys=[about_case_id])
    about_member: Mapped[Membership | None] = relationship(foreign_keys=[about_member_id])


class LiaisonArea(Base):
    """A category of beneficiaries, or a field of work, and the liaison officer who answers for it."""

    __tablename__ = "liaison_area"
    __table_args__ = (CheckConstraint("\"by\" in ('category', 'field')", name="by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    by: Mapped[str] = mapped_column(default="field")
    name_ar: Mapped[str]
    name_en: Mapped[str]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    stand_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    officer: Mapped[Membership | None] = relationship(foreign_keys=[officer_id])
    stand_in: Mapped[Membership | None] = relationship(foreign_keys=[stand_in_id])


class Inquiry(Base):
    """An inquiry, a suggestion or a call for technical support: what was asked, of which area, and the answer."""

    __tablename__ = "inquiry"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("liaison_area.id"), index=True)
    text: Mapped[str] = mapped_column(Sealed("inquiry"))
    answer: Mapped[str | None] = mapped_column(Sealed("inquiry"))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    case: Mapped[Case] = relationship()
    area: Mapped[LiaisonArea | None] = relationship()


class PublicAnswer(Base):
    """A question and its answer for everybody, in both languages; nothing in it tells who asked."""

    __tablename__ = "public_answer"
    __table_args__ = (Index("ix_public_answer_search", "search", postgresql_using="gin"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("liaison_area.id"), index=True)
    question_ar: Mapped[str]
    question_en: Mapped[str]
    answer_ar: Mapped[str]
    answer_en: Mapped[str]
    search: Mapped[list[str]] = mapped_column(SearchTokens, default=list, server_default=text("''"), deferred=True)
    search_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]


def complaint_of(case: Case) -> Complaint:
    """Return the complaint that hangs on a case."""
    return db.session.get_one(Complaint, case.id)
