"""Accounts: one person on the platform, in the shared schema, whatever associations they belong to."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from silah.staff import browsers
from tenants.database import Shared


class Account(Shared):
    """A person's sign-in: e-mail (lower case), argon2 hash, TOTP secret (sealed by the platform).

    ``totp_step`` is the time step of the last code that was taken: it and those before count no longer. ``ended`` keeps
    the sessions at the platform's own host that were signed out, as a membership's does for its association.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("state in ('invited', 'active', 'suspended')", name="state"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[bytes | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    locale: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="invited")
    is_operator: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    epoch: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    failed_attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    signed_in_at: Mapped[datetime | None]
    ended: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))


class AccountAssociation(Shared):
    """To which associations a person may switch; a hint, the membership in the association's schema decides."""

    __tablename__ = "account_association"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("shared.account.id"), primary_key=True)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("shared.association.id"), primary_key=True)


class RecoveryCode(Shared):
    """A code on paper that stands in for the telephone, once: only its keyed hash is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("shared.account.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class SignIn(Shared):
    """One time that somebody signed in: where, how, from which address, and how many tries had failed before."""

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("how in ('password', 'totp', 'recovery', 'invitation', 'switch')", name="how"),
        Index("ix_sign_in_account", "account_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("shared.account.id"))
    association_id: Mapped[UUID | None] = mapped_column(ForeignKey("shared.association.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    how: Mapped[str]
    origin: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    @property
    def known_as(self) -> str:
        """The browser and the system, as their owner knows them."""
        return browsers.known(self.browser)


class Token(Shared):
    """A single-use secret sent to somebody: only its SHA-256 is kept, with what it is good for and where."""

    __tablename__ = "token"
    __table_args__ = (
        CheckConstraint("purpose in ('invite', 'reset', 'switch')", name="purpose"),
        Index("ix_token_expires_at", "expires_at"),
    )

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("shared.account.id"))
    association_id: Mapped[UUID | None] = mapped_column(ForeignKey("shared.association.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
