"""Members of an association's staff, their roles, the branch offices and the departments they work in."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from tenants.database import Base


class BranchOffice(Base):
    """An office of the association: a case belongs to one, delegates and staff work in one."""

    __tablename__ = "branch_office"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    hours_ar: Mapped[str] = mapped_column(default="")
    hours_en: Mapped[str] = mapped_column(default="")
    address_ar: Mapped[str] = mapped_column(default="")
    address_en: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))


class Department(Base):
    """A department of the association; a copy of what staff must know goes to its address, else to its members."""

    __tablename__ = "department"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))


class Role(Base):
    """A role of the association's own, made of permissions from the fixed list (values of ``Permission``).

    ``totp_required``: its holders sign in with a code from their telephone beside the password.
    """

    __tablename__ = "role"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    permissions: Mapped[list[Any]]
    totp_required: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    position: Mapped[int] = mapped_column(default=0)


class MembershipRole(Base):
    """Which roles a member holds."""

    __tablename__ = "membership_role"

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id"), primary_key=True, index=True)


class Membership(Base):
    """A person (an account of the platform) in this association; no foreign key leaves the schema.

    ``engagement`` says by what tie the person works here, ``exempt`` that a policy of their own binds them instead:
    both decide who acknowledges the association's policy. ``ended`` keeps, for as long as it could still be shown, each
    session that was signed out: its id, and the moment (seconds since 1970) when its cookie is too old anyhow.
    ``accepted_at`` is when the invitation was accepted; until then a resumed member is invited again.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("state in ('invited', 'active', 'suspended')", name="state"),
        CheckConstraint("engagement in ('staff', 'contracted', 'volunteers')", name="engagement"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    locale: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="invited")
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch_office.id"))
    department_id: Mapped[UUID | None] = mapped_column(ForeignKey("department.id"), index=True)
    engagement: Mapped[str] = mapped_column(default="staff", server_default=text("'staff'"))
    exempt: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    ended: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_at: Mapped[datetime | None]

    roles: Mapped[list[Role]] = relationship(secondary="membership_role", order_by=Role.position)
    branch: Mapped[BranchOffice | None] = relationship()
    department: Mapped[Department | None] = relationship()


class PendingGrant(Base):
    """A grant of sensitive permissions that a second administrator confirms or refuses.

    With ``member_id`` the role is given to that member; without, ``permissions`` are added to the role itself.
    """

    __tablename__ = "pending_grant"
    __table_args__ = (
        CheckConstraint("state in ('pending', 'confirmed', 'refused')", name="state"),
        Index("ix_pending_grant_open", "asked_at", "id", postgresql_where=text("state = 'pending'")),
        {"info": {"grant": "SELECT, INSERT, UPDATE"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    permissions: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="pending", server_default=text("'pending'"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    decided_at: Mapped[datetime | None]

    role: Mapped[Role] = relationship()
    member: Mapped[Membership | None] = relationship(foreign_keys=[member_id])
    asker: Mapped[Membership] = relationship(foreign_keys=[asked_by])


class ChangeRecord(Base):
    """One change to who works here, what they may do, or how the association is set up; only ever added to.

    ``actor_id`` is None where nobody of the association did it. ``data`` holds what the subject was called (``name``)
    and what changed (``fields``: name of the field, before, after).
    """

    __tablename__ = "change_record"
    __table_args__ = (Index("ix_change_record_at", "at", "id"), {"info": {"grant": "SELECT, INSERT"}})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    origin: Mapped[str | None]
    subject: Mapped[str]
    subject_id: Mapped[UUID | None]
    verb: Mapped[str]
    data: Mapped[dict[str, Any]]
