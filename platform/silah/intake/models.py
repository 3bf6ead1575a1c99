"""Service requests: the association's request types in revisions, and what each request adds to its case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import Sealed
from tenants.database import Base

KIND = "request"
"""The kind of case that a request is."""


class RequestType(Base):
    """A kind of request that the association offers; its form stands in the current revision."""

    __tablename__ = "request_type"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class RequestTypeRevision(Base):
    """One form of a request type: a ``Definition`` as JSON, never changed once a case came under it."""

    __tablename__ = "request_type_revision"
    __table_args__ = (UniqueConstraint("type_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    type_id: Mapped[UUID] = mapped_column(ForeignKey("request_type.id"))
    number: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True)
    definition: Mapped[dict[str, Any]]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    type: Mapped[RequestType] = relationship()


class Draft(Base):
    """A request being written, by an applicant (found by the secret in their cookie) or by staff on behalf.

    ``answers`` is sealed JSON: {"person": {...}, "fields": {...}}; ``files`` maps a document's key to its file's id
    and validity.
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expires_at", "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    secret_digest: Mapped[bytes | None] = mapped_column(unique=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("request_type_revision.id"))
    answers: Mapped[str] = mapped_column(Sealed("answers"), default="{}")
    files: Mapped[dict[str, Any]] = mapped_column(default=dict)
    step: Mapped[str] = mapped_column(default="criteria")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))

    revision: Mapped[RequestTypeRevision] = relationship()


class ServiceRequest(Base):
    """What a service request adds to its case: the revision it was written on, and the answers (sealed JSON)."""

    __tablename__ = "service_request"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("request_type_revision.id"), index=True)
    answers: Mapped[str] = mapped_column(Sealed("answers"))

    case: Mapped[Case] = relationship()
    revision: Mapped[RequestTypeRevision] = relationship()


class OwedItem(Base):
    """A field or document that the applicant still owes, from the day it was asked for to the day it came."""

    __tablename__ = "owed_item"
    __table_args__ = (
        CheckConstraint("kind in ('field', 'document')", name="kind"),
        Index("ix_owed_item_open", "case_id", postgresql_where=text("provided_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    key: Mapped[str]
    remark: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    provided_at: Mapped[datetime | None]


class Attestation(Base):
    """The signed word that the data are true, bound to the SHA-256 of what was signed; a later edit voids it."""

    __tablename__ = "attestation"
    __table_args__ = (CheckConstraint("method in ('drawn', 'code', 'paper')", name="method"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    method: Mapped[str]
    signed_by: Mapped[str] = mapped_column(Sealed("signer"))
    snapshot_hash: Mapped[str]
    signature_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    voided_at: Mapped[datetime | None]


class Recommendation(Base):
    """What the one who studied a request advises the body that decides."""

    __tablename__ = "recommendation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    outcome: Mapped[str]
    reasons: Mapped[str] = mapped_column(Sealed("reasons"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Decision(Base):
    """What the studying body decided, why, and when the reply was released (early only with a reason)."""

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("outcome in ('accepted', 'rejected')", name="outcome"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    outcome: Mapped[str]
    reasons: Mapped[str] = mapped_column(Sealed("reasons"))
    body: Mapped[str]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    released_at: Mapped[datetime | None]
    early_reason: Mapped[str | None]
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    superseded: Mapped[bool] = mapped_column(default=False)


class ScheduledReply(Base):
    """A reply that is to go out by itself on the first day on which the policy allows it; one at a time waits.

    ``why`` is the key of what stopped it on the day (``silah.intake.scheduling.STOPPED_WORDS``).
    """

    __tablename__ = "scheduled_reply"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'sent', 'cancelled', 'stopped')", name="state"),
        Index("uq_scheduled_reply_waiting", "case_id", unique=True, postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="waiting")
    why: Mapped[str | None]
    scheduled_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    scheduled_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    ended_at: Mapped[datetime | None]


class Delivery(Base):
    """The service handed over: what, by whom, and the recipient's confirmation."""

    __tablename__ = "delivery"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    what: Mapped[str] = mapped_column(Sealed("delivery"))
    delivered_on: Mapped[date]
    delivered_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    confirmed_how: Mapped[str | None]
