"""What the limits of guessing keep, on the platform's side."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Shared


class GuessCount(Shared):
    """How many guesses were counted under one key, until when a source must wait, and when it is forgotten."""

    __tablename__ = "guess_count"
    __table_args__ = (
        CheckConstraint("wrong >= 0", name="wrong"),
        Index("ix_guess_count_expires_at", "expires_at"),
        {"info": {"grant": "SELECT, INSERT, UPDATE, DELETE"}},
    )

    key: Mapped[bytes] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    locked_until: Mapped[datetime | None]
    expires_at: Mapped[datetime]
