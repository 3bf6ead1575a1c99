"""Guides, forms, by-laws and policies that staff work with: each in versions that never change, read or not yet."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.documents.models import StoredFile
from silah.organisation.models import Membership
from tenants.database import Base


class LibraryTool(Base):
    """One tool; without a version it is a placeholder for what the policy names.

    ``moments`` are the states of a case at which it is offered on the case's page, ``readers`` the keys of roles that
    must read it ("*" for everybody). ``named`` is true while the policy in force names it. ``reminded`` says of which
    version its readers were reminded last, when, and how often.
    """

    __tablename__ = "library_tool"
    __table_args__ = (CheckConstraint("kind in ('guide', 'form', 'bylaw', 'policy')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_ar: Mapped[str]
    name_en: Mapped[str]
    named: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    moments: Mapped[list[Any]] = mapped_column(default=list)
    readers: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    reminded: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))


class ToolVersion(Base):
    """One version of a tool, as a file or as text in both languages: kept as it is."""

    __tablename__ = "tool_version"
    __table_args__ = (UniqueConstraint("tool_id", "number"), {"info": {"grant": "SELECT, INSERT"}})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tool_id: Mapped[UUID] = mapped_column(ForeignKey("library_tool.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    text_ar: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    tool: Mapped[LibraryTool] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class ToolReading(Base):
    """That a member has read a version."""

    __tablename__ = "tool_reading"
    __table_args__ = ({"info": {"grant": "SELECT, INSERT"}},)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("tool_version.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True, index=True)
    read_at: Mapped[datetime] = mapped_column(default=clock.now)

    member: Mapped[Membership] = relationship()
