"""Beneficiaries: the people an association serves, one file for each, which gathers all their cases."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from silah.documents.sealing import Sealed
from tenants.database import Base


class Beneficiary(Base):
    """A person served, or who applies for one; identifiers are sealed, and found by their keyed hash.

    ``level`` says what was proved of it: ``typed`` is nobody's word. ``mobile_confirmed_at``, ``email_confirmed_at``:
    since when a contact is known to be the person's own, because whoever wrote it down had seen the original.
    """

    __tablename__ = "beneficiary"
    __table_args__ = (
        CheckConstraint("level in ('typed', 'contact_proved', 'original_seen', 'verified_online')", name="level"),
        Index("ix_beneficiary_search", "search", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    name_folded: Mapped[str]
    national_id: Mapped[str | None] = mapped_column(Sealed("national_id"))
    national_id_hash: Mapped[bytes | None] = mapped_column(unique=True)
    mobile: Mapped[str | None] = mapped_column(Sealed("mobile"))
    mobile_hash: Mapped[bytes | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Sealed("email"))
    member_number: Mapped[str | None] = mapped_column(index=True)
    locale: Mapped[str] = mapped_column(default="ar")
    level: Mapped[str] = mapped_column(default="typed", server_default=text("'typed'"))
    mobile_confirmed_at: Mapped[datetime | None]
    mobile_confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    email_confirmed_at: Mapped[datetime | None]
    email_confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    search: Mapped[str] = mapped_column(TSVECTOR, Computed("to_tsvector('simple', name_folded)", persisted=True))
