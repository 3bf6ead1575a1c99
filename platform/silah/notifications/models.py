"""What the association owes to say: the outbox, and its own wording of the messages."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from silah.documents.sealing import Sealed
from tenants.database import Base


class OutboxMessage(Base):
    """One message owed to one address; ``message_id`` is stable over every attempt to send it."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("means in ('email', 'sms', 'call', 'hand', 'page')", name="means"),
        CheckConstraint("state in ('owed', 'sent', 'failed')", name="state"),
        Index(
            "ix_outbox_message_to_carry",
            "created_at",
            "id",
            postgresql_where=text("means in ('call', 'hand') and state = 'owed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    message_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    template: Mapped[str]
    means: Mapped[str]
    address: Mapped[str] = mapped_column(Sealed("address"))
    name: Mapped[str | None] = mapped_column(Sealed("address"))
    locale: Mapped[str]
    subject: Mapped[str] = mapped_column(Sealed("message"))
    body: Mapped[str] = mapped_column(Sealed("message"))
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="owed")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]


class ContactAttempt(Base):
    """One try to tell somebody by telephone or by hand what a message says: when, by whom, with what outcome."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        CheckConstraint("outcome in ('reached', 'no_answer', 'wrong_number')", name="outcome"),
        {"info": {"grant": "SELECT, INSERT"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    outcome: Mapped[str]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class MessageTemplate(Base):
    """The association's own wording of one message in one language."""

    __tablename__ = "message_template"

    key: Mapped[str] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    body: Mapped[str]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
