"""Stored files: the row says what a file is, the store holds its encrypted bytes."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from tenants.database import Base


class StoredFile(Base):
    """A file of the association: its type by content, size in bytes and SHA-256 of what was uploaded."""

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
