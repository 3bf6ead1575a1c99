"""What complaints, inquiries, disputes and claims add to their cases."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import Sealed
from silah.staff.models import Membership
from tenants.database import Base

Amount = Numeric(14, 2)
"""Riyals, exact to the halala."""


class Complaint(Base):
    """A complaint: what about, how it was classified, what was found and answered, and what became of that.

    ``level`` counts the steps of management that were told of its lateness. ``body`` is the role that handles it:
    the policy's follow-up body, or the board's nominee where management is complained about.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("about in ('service', 'decision', 'person', 'branch', 'data', 'other')", name="about"),
        CheckConstraint("severity in ('low', 'medium', 'high')", name="severity"),
        CheckConstraint("finding in ('upheld', 'partly', 'not_upheld')", name="finding"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    about: Mapped[str]
    about_case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    about_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    about_branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch_office.id"))
    about_words: Mapped[str] = mapped_column(Sealed("complaint"), default="")
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


class CorrectiveAction(Base):
    """What is put right after a finding: by whom, by when, and when it was done."""

    __tablename__ = "corrective_action"
    __table_args__ = (Index("ix_corrective_action_open", "due_on", postgresql_where=text("done_on is null")),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    what: Mapped[str] = mapped_column(Sealed("complaint"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    remark: Mapped[str] = mapped_column(Sealed("complaint"), default="")

    owner: Mapped[Membership] = relationship()
    case: Mapped[Case] = relationship()


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
    folded: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(TSVECTOR, Computed("to_tsvector('simple', folded)", persisted=True))
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]


class Settlement(Base):
    """A dispute on its way to an amicable settlement, or a claim for compensation on its way to payment.

    ``harm`` and ``asked`` are a claim's; ``outside`` is the court or authority it was referred to, failing agreement.
    """

    __tablename__ = "settlement"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    about_case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(Sealed("settlement"))
    harm: Mapped[str] = mapped_column(Sealed("settlement"), default="")
    asked: Mapped[Decimal | None] = mapped_column(Amount)
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    agreed_on: Mapped[date | None]
    outside: Mapped[str] = mapped_column(default="")
    outside_reference: Mapped[str] = mapped_column(default="")
    outside_on: Mapped[date | None]
    outside_result: Mapped[str | None] = mapped_column(Sealed("settlement"))

    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    about_case: Mapped[Case | None] = relationship(foreign_keys=[about_case_id])


class SettlementOffer(Base):
    """One offer of a party; the next is its counter-offer. An accepted one binds once both have accepted."""

    __tablename__ = "settlement_offer"
    __table_args__ = (
        CheckConstraint("party in ('association', 'beneficiary')", name="party"),
        CheckConstraint("answer in ('accepted', 'declined', 'countered', 'lapsed')", name="answer"),
        CheckConstraint("amount is null or amount > 0", name="amount"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party: Mapped[str]
    terms: Mapped[str] = mapped_column(Sealed("settlement"))
    amount: Mapped[Decimal | None] = mapped_column(Amount)
    promises: Mapped[list[Any]] = mapped_column(default=list)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    stands_until: Mapped[date | None]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    answered_at: Mapped[datetime | None]


class SettlementPromise(Base):
    """What was promised in an agreement, or the payment of a compensation: by when, and the proof that it was kept."""

    __tablename__ = "settlement_promise"
    __table_args__ = (
        CheckConstraint("party in ('association', 'beneficiary')", name="party"),
        Index("ix_settlement_promise_open", "due_on", postgresql_where=text("kept_on is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    party: Mapped[str] = mapped_column(default="association")
    what: Mapped[str] = mapped_column(Sealed("settlement"))
    amount: Mapped[Decimal | None] = mapped_column(Amount)
    due_on: Mapped[date]
    kept_on: Mapped[date | None]
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))


class ClaimEvidence(Base):
    """One ground of a claim shown by a paper: what it states, and who found that it is enough."""

    __tablename__ = "claim_evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[str]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee_meeting.id"))
    states: Mapped[dict[str, Any]] = mapped_column(default=dict)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    accepted_at: Mapped[datetime | None]
    refused: Mapped[str] = mapped_column(default="")
