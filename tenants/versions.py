"""Which policy was in force when, and the days that the association's calendar edits."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, Integer, cast, extract, select, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.calendars import DayOff, WorkingCalendar, calendar_of
from tenants.database import Base, db
from tenants.errors import TenancyError
from tenants.policy import Policy
from tenants.texts import Text


class NoPolicyInForce(TenancyError):
    """No version of the association's policy was in force on that day."""


class NotApproved(TenancyError):
    """Only an approved version comes into force."""


class PolicyVersion(Base):
    """One version of the association's policy: draft, approved, in force, superseded.

    ``in_force_until`` is the first day on which it no longer counts. Dates and numbers as printed live in the
    document's control block.
    """

    __tablename__ = "policy_version"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'approved', 'in_force', 'superseded')", name="state"),
        CheckConstraint("in_force_until is null or in_force_until >= in_force_from", name="dates"),
        Index("uq_policy_version_one_in_force", "state", unique=True, postgresql_where=text("state = 'in_force'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str]
    amendment: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="draft")
    document: Mapped[dict[str, Any]]
    blueprint: Mapped[str | None]
    in_force_from: Mapped[dt.date | None]
    in_force_until: Mapped[dt.date | None]
    prepared_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    approved_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]

    @property
    def policy(self) -> Policy:
        """The typed policy; raises PolicyError where the document is not one."""
        kept: tuple[Any, Policy] | None = self.__dict__.get("_read")
        if kept is None or kept[0] is not self.document:
            kept = self.__dict__["_read"] = (self.document, Policy.read(self.document))
        return kept[1]

    @classmethod
    def of(cls, policy: Policy, *, at: dt.datetime, blueprint: str | None = None) -> "PolicyVersion":
        """A draft of this policy, numbered and dated as its control block says."""
        control = policy.control
        acts = {sign_off.act: sign_off.on for sign_off in control.sign_offs}
        return cls(
            id=uuid4(),
            number=control.version or "01",
            amendment=control.amendment,
            state="draft",
            document=policy.document(),
            blueprint=blueprint,
            prepared_on=acts.get("prepared"),
            reviewed_on=acts.get("reviewed"),
            approved_on=acts.get("approved") or (control.board.on if control.board else None),
            created_at=at,
        )

    def approve(self, on: dt.date) -> None:
        """Close the draft: from here on a change opens another version."""
        if self.state != "draft":
            raise NotApproved(f"a version that is {self.state} cannot be approved")
        self.state, self.approved_on = "approved", self.approved_on or on


class Holiday(Base):
    """A day that the association's calendar edits: a day off of its own, or one on which it works after all."""

    __tablename__ = "holiday"
    __table_args__ = (CheckConstraint("kind in ('public', 'own')", name="kind"),)

    date: Mapped[dt.date] = mapped_column(primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str] = mapped_column(default="own")
    estimated: Mapped[bool] = mapped_column(default=False)
    working: Mapped[bool] = mapped_column(default=False)

    @property
    def day_off(self) -> DayOff | None:
        """What the calendar makes of it; None for a working day."""
        name = Text(ar=self.name_ar, en=self.name_en)
        return None if self.working else DayOff("holiday", name, self.estimated)


class CalendarYear(Base):
    """A year whose public holidays the association keeps itself: they are its rows of ``holiday`` and nothing else."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


def in_force(on: dt.date) -> PolicyVersion:
    """The version in force on this day; raises NoPolicyInForce."""
    found = db.session.scalars(
        select(PolicyVersion)
        .where(
            PolicyVersion.state.in_(("in_force", "superseded")),
            PolicyVersion.in_force_from <= on,
            PolicyVersion.in_force_until.is_(None) | (PolicyVersion.in_force_until > on),
        )
        .order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.created_at.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NoPolicyInForce(f"no policy was in force on {on.isoformat()}")
    return found


def bring_into_force(version: PolicyVersion, on: dt.date) -> None:
    """Put an approved version in force from this day; the one before it ends on the same day.

    Doing it again changes nothing. Raises NotApproved for a draft or a superseded version.
    """
    standing = db.session.scalars(
        select(PolicyVersion).where(PolicyVersion.state == "in_force").with_for_update()
    ).first()
    if standing is version:
        return
    if version.state != "approved":
        raise NotApproved(f"a version that is {version.state} cannot come into force")
    if standing is not None:
        standing.state = "superseded"
        standing.in_force_until = max(on, standing.in_force_from or on)
        db.session.flush()
    version.state, version.in_force_from, version.in_force_until = "in_force", on, None
    db.session.add(version)
    db.session.flush()


def calendar(policy: Policy) -> WorkingCalendar:
    """The calendar of this policy's weekend, public holidays, and the association's edited days."""
    edits: dict[dt.date, DayOff | None] = {}
    own_years: set[int] = set()
    for day, year in db.session.execute(_EDITED):
        if day is not None:
            edits[day.date] = day.day_off
        if year is not None:
            own_years.add(year)
    return calendar_of(policy.calendar.weekend, policy.calendar.holidays == "saudi", edits, frozenset(own_years))


_EDITED = select(Holiday, CalendarYear.year).join(
    CalendarYear, CalendarYear.year == cast(extract("year", Holiday.date), Integer), full=True
)
