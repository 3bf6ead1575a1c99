"""Interviews: what was agreed to, asked and noted; of one that was refused, only that there was one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.documents.sealing import Sealed
from silah.organisation.models import Membership
from silah.surveys.definition import Definition
from tenants.database import Base
from tenants.texts import Text

EMPTY = (
    "state <> 'refused' or (interviewer_id is null and case_id is null and beneficiary_id is null "
    "and asks = '{}'::jsonb and consent_how is null and consent_at is null and notes is null "
    "and summary is null and over_at is null)"
)


class Interview(Base):
    """One interview; ``asks`` is its own copy of the questionnaire.

    ``consent_ar`` and ``consent_en`` are what was agreed to, ``consent_how`` and ``consent_at`` how and when; ``notes``
    (JSON of words by question) and ``summary`` are sealed. A refused one keeps the first day of its month and nothing
    else: the database refuses more.
    """

    __tablename__ = "interview"
    __table_args__ = (
        CheckConstraint("state in ('open', 'over', 'refused')", name="state"),
        CheckConstraint("consent_how in ('spoken', 'signed', 'guardian')", name="consent_how"),
        CheckConstraint("state = 'refused' or consent_at is not null", name="consent_comes_first"),
        CheckConstraint(EMPTY, name="refused_is_only_counted"),
        Index("ix_interview_held_on", "held_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    state: Mapped[str] = mapped_column(default="open")
    held_on: Mapped[date]
    interviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    beneficiary_id: Mapped[UUID | None] = mapped_column(ForeignKey("beneficiary.id"), index=True)
    asks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    consent_how: Mapped[str | None]
    consent_at: Mapped[datetime | None]
    consent_ar: Mapped[str] = mapped_column(default="")
    consent_en: Mapped[str] = mapped_column(default="")
    notes: Mapped[str | None] = mapped_column(Sealed("interview"))
    summary: Mapped[str | None] = mapped_column(Sealed("interview"))
    over_at: Mapped[datetime | None]

    interviewer: Mapped[Membership | None] = relationship()
    case: Mapped[Case | None] = relationship()
    beneficiary: Mapped[Beneficiary | None] = relationship()

    @property
    def guide(self) -> Definition:
        """What is asked."""
        return Definition.read(self.asks)

    @property
    def title(self) -> Text:
        """What the questionnaire is called, without reading the rest of it."""
        return Text.model_validate(self.asks["title"])
