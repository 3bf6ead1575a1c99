"""How one association looks and writes: its colour, logo, digits and letterhead."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base


class AssociationSetting(Base):
    """One row an association; ``digits`` is which digit set is shown, ``accent`` a colour as #rrggbb.

    ``complaints``, ``surveys`` and ``settlements`` are its own rules for these (``rules.py`` of each feature), read and
    kept by ``silah.shell.association_settings``.
    """

    __tablename__ = "association_setting"
    __table_args__ = (
        CheckConstraint('"only" = 1', name="only_one"),
        CheckConstraint("digits in ('western', 'arabic')", name="digits"),
    )

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    accent: Mapped[str] = mapped_column(default="#0f6b5c")
    digits: Mapped[str] = mapped_column(default="western")
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    licence_number: Mapped[str] = mapped_column(default="")
    letterhead_number: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    city_ar: Mapped[str] = mapped_column(default="")
    city_en: Mapped[str] = mapped_column(default="")
    complaints: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    sends_notices: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether applicants with an open case get notices to the public by e-mail or SMS."""
    surveys: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    settlements: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
