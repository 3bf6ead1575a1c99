"""Campaigns of circulation and signature, who acknowledged, activities that spread awareness, and public notices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.documents.models import StoredFile
from tenants.database import Base
from tenants.versions import PolicyVersion


class Campaign(Base):
    """Something that the staff are to read (circulation) or to read and sign (signature).

    It carries a version of the policy or an uploaded document, and ``digest`` is the SHA-256 of what is read.
    ``copies`` says when each department was sent its copy. One that has ended asks nobody any more.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("kind in ('policy', 'ethics', 'regulations', 'other')", name="kind"),
        CheckConstraint("mode in ('circulation', 'signature')", name="mode"),
        CheckConstraint("(policy_version_id is null) <> (file_id is null)", name="one_document"),
        Index(
            "uq_campaign_open_policy",
            "kind",
            unique=True,
            postgresql_where=text("kind = 'policy' and ended_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    mode: Mapped[str]
    title_ar: Mapped[str]
    title_en: Mapped[str]
    policy_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("policy_version.id"))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    digest: Mapped[str]
    copies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    version: Mapped[PolicyVersion | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class Acknowledgement(Base):
    """What one member did in one campaign: told, opened, signed; ``digest`` is of what they signed."""

    __tablename__ = "acknowledgement"
    __table_args__ = (CheckConstraint("method in ('drawn', 'typed')", name="method"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True, index=True)
    told_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    signed_as: Mapped[str | None]
    method: Mapped[str | None]
    digest: Mapped[str | None]
    signature_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))


class AwarenessActivity(Base):
    """A meeting, course or circular by which awareness of conduct and ethics was spread."""

    __tablename__ = "awareness_activity"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    held_on: Mapped[date]
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    attended: Mapped[int] = mapped_column(default=0)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class PublicNotice(Base):
    """A dated notice to the public that something changed; ``channels`` says by which it went out, and when.

    ``sending`` is how far it has come to applicants with an open case: how many there are (``total``), how many were
    looked at, how many were written to, and whether that is done; empty where it is not sent to them.
    """

    __tablename__ = "public_notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title_ar: Mapped[str]
    title_en: Mapped[str]
    body_ar: Mapped[str]
    body_en: Mapped[str]
    policy_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("policy_version.id"))
    channels: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sending: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
