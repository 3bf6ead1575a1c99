"""The shared schema: which associations there are, where they answer, how far migrated, and what is due."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.context import Tenant
from tenants.database import Shared

MAKING, ACTIVE, SUSPENDED = "making", "active", "suspended"


class Association(Shared):
    """One association of the platform; `skeleton` is its slug with look-alike letters made the same.

    `blueprint_version` is the newest version of its blueprint of which it decided everything.
    """

    __tablename__ = "association"
    __table_args__ = (
        CheckConstraint("state IN ('making', 'active', 'suspended')", name="state"),
        {"info": {"grant": "SELECT, UPDATE (name_ar, name_en, locale, state, suspended_at, blueprint_version)"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    skeleton: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(unique=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default=text("'ar'"))
    state: Mapped[str] = mapped_column(server_default=text("'making'"))
    blueprint: Mapped[str]
    blueprint_version: Mapped[int] = mapped_column(server_default=text("1"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
    suspended_at: Mapped[dt.datetime | None]

    def tenant(self) -> Tenant:
        """This association as the rest of the code carries it about."""
        return Tenant(
            id=self.id,
            slug=self.slug,
            role=self.role,
            name_ar=self.name_ar,
            name_en=self.name_en,
            locale=self.locale,
            state=self.state,
            blueprint=self.blueprint,
            wrapped_key=bytes(self.wrapped_key),
        )


class Host(Shared):
    """A domain of its own where an association answers, beside its subdomain; lower case, IDNA, no port."""

    __tablename__ = "host"
    __table_args__ = ({"info": {"grant": "SELECT, INSERT, DELETE"}},)

    host: Mapped[str] = mapped_column(primary_key=True)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("shared.association.id", ondelete="CASCADE"), index=True)


class TenantMigration(Shared):
    """How far an association's schema is migrated; written in the same transaction as the migration."""

    __tablename__ = "tenant_migration"
    __table_args__ = ({"info": {"grant": "SELECT"}},)

    role: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(index=True)
    migrated_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    last_error: Mapped[str | None]


class DueWork(Shared):
    """Something owed at a time: a message, a deadline, a round. Redis carries it; this row is the truth."""

    __tablename__ = "due_work"
    __table_args__ = (
        Index("ix_due_work_open", "due_at", postgresql_where=text("done_at IS NULL")),
        {
            "info": {
                "grant": "SELECT, INSERT, UPDATE, DELETE",
                "tenant_grant": "SELECT, INSERT, UPDATE",
                "own": "tenant",
            }
        },
    )

    tenant: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[dt.datetime]
    payload: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    handed_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]
