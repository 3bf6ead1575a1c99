"""What every received thing shares: reference, channel, state, clock, timeline, referrals, messages, documents."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from silah import clock
from silah.cases.states import ENDED, UNANSWERED, State
from silah.documents.models import StoredFile
from silah.documents.sealing import Sealed, fingerprint
from silah.language.search_columns import SearchTokens
from silah.organisation.models import BranchOffice, Membership
from tenants.database import Base
from tenants.versions import PolicyVersion

if TYPE_CHECKING:
    from silah.cases.party_models import CaseParty

STATES = ", ".join(f"'{state}'" for state in State)
IS_OPEN = "state in (" + ", ".join(f"'{state}'" for state in State if state not in ENDED) + ")"
IS_UNHELD = "holder_id is null and " + IS_OPEN
IS_UNANSWERED = "state in (" + ", ".join(f"'{state}'" for state in State if state in UNANSWERED) + ")"


class CaseCounter(Base):
    """The last running number given to a kind in a Hijri year."""

    __tablename__ = "case_counter"

    kind: Mapped[str] = mapped_column(primary_key=True)
    hijri_year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Case(Base):
    """Anything received that is owed a reply; a module's own row (a request, a complaint) hangs on it.

    ``earliest`` comes from a floor, ``latest`` from a ceiling, ``target`` from the association's internal target;
    ``due`` is whichever of these is nearest to a promise, until the reply is out, for sorting. ``head_seq`` and
    ``head_hash`` keep the head of its timeline; ``version`` is one more than ``head_seq``. ``anonymous``: nobody
    knows who brought it, and no time finer than a day is kept. ``confidential``: only named readers open it.
    ``pauses`` are the days on which its clock stood still, as pairs of dates, the last one open while it does.
    ``unread_since``: since when something of its applicant stands on it that nobody who answers for it has read.
    ``born_of``: the case that it was opened from; whoever is barred from that one is barred from this one.
    ``beneficiary_id`` and ``applicant_id`` name a person's file only once it was confirmed whose it is; what the people
    gave on this case are its parties. ``search``: the tokens by which it is found (``cases.search``), made by the
    tokenizer of ``search_version``. ``reply_hash``: by which cases that are answered to one address are found.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(f"state in ({STATES})", name="state"),
        CheckConstraint("relation in ('self', 'guardian', 'agent')", name="relation"),
        Index("ix_case_queue", "state", "received_at", "id"),
        Index("ix_case_received", "received_at", "id"),
        Index("ix_case_open_due", "due", "id", postgresql_where=text(IS_OPEN)),
        Index("ix_case_open_received", "received_at", "id", postgresql_where=text(IS_OPEN)),
        Index("ix_case_open_state", "state", "due", "id", postgresql_where=text(IS_OPEN)),
        Index("ix_case_unheld", "due", "id", postgresql_where=text(IS_UNHELD)),
        Index("ix_case_holder", "holder_id", "due", "id", postgresql_where=text(IS_OPEN)),
        Index("ix_case_latest", "latest", "id", postgresql_where=text(IS_UNANSWERED)),
        Index("ix_case_kind_unanswered", "kind", "latest", "id", postgresql_where=text(IS_UNANSWERED)),
        Index("ix_case_kind_replied", "kind", "replied_at", postgresql_where=text("replied_at is not null")),
        Index("ix_case_version_state", "policy_version_id", "state"),
        Index("ix_case_search", "search", postgresql_using="gin"),
        Index("ix_case_unread", "unread_since", "id", postgresql_where=text("unread_since is not null")),
        Index("ix_case_born_of", "born_of_id", postgresql_where=text("born_of_id is not null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    receipt_digest: Mapped[bytes]
    state: Mapped[State] = mapped_column(default=State.RECEIVED)
    version: Mapped[int] = mapped_column(default=1, nullable=False)
    title_ar: Mapped[str]
    title_en: Mapped[str]
    channel: Mapped[str] = mapped_column(index=True)
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch_office.id"), index=True)
    policy_version_id: Mapped[UUID] = mapped_column(ForeignKey("policy_version.id"))
    beneficiary_id: Mapped[UUID | None] = mapped_column(ForeignKey("beneficiary.id"), index=True)
    applicant_id: Mapped[UUID | None] = mapped_column(ForeignKey("beneficiary.id"), index=True)
    relation: Mapped[str] = mapped_column(default="self")
    taken_in_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    locale: Mapped[str] = mapped_column(default="ar")
    reply_channel: Mapped[str] = mapped_column(index=True)
    reply_address: Mapped[str | None] = mapped_column(Sealed("reply_address"))
    reply_hash: Mapped[bytes | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    completed_on: Mapped[date | None]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    target: Mapped[date | None]
    due: Mapped[date] = mapped_column(
        Computed(
            "case when replied_at is null then coalesce(latest, target, earliest, date '9999-12-31') "
            "else date '9999-12-31' end",
            persisted=True,
        )
    )
    replied_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    head_seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(default="")
    search: Mapped[list[str]] = mapped_column(SearchTokens, default=list, server_default=text("''"), deferred=True)
    search_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    confidential: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    pauses: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    unread_since: Mapped[datetime | None]
    born_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))

    branch: Mapped[BranchOffice | None] = relationship()
    policy_version: Mapped[PolicyVersion] = relationship()
    beneficiary: Mapped["CaseParty | None"] = relationship(
        primaryjoin="and_(CaseParty.case_id == Case.id, CaseParty.side == 'beneficiary')", uselist=False
    )
    representative: Mapped["CaseParty | None"] = relationship(
        primaryjoin="and_(CaseParty.case_id == Case.id, CaseParty.side == 'applicant')",
        uselist=False,
        overlaps="beneficiary",
    )
    holder: Mapped[Membership | None] = relationship(foreign_keys=[holder_id])
    born_of: Mapped["Case | None"] = relationship(foreign_keys=[born_of_id], remote_side=[id], back_populates="born")
    born: Mapped[list["Case"]] = relationship(
        foreign_keys=[born_of_id], back_populates="born_of", order_by="Case.received_at, Case.id"
    )

    @validates("reply_address")
    def _keep_reply_hash(self, key: str, value: str | None) -> str | None:
        self.reply_hash = fingerprint(value, "reply_address") if value else None
        return value

    @property
    def applicant(self) -> "CaseParty | None":
        """Whoever applies: the beneficiary, unless somebody does it for them."""
        return self.beneficiary if self.relation == "self" or self.anonymous else self.representative

    # The timeline counts: each entry makes the version one more, so a page knows by it what its reader has seen.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012


class CaseBar(Base):
    """A member of staff whom the case is about, or who has an interest in it: they neither handle nor see it."""

    __tablename__ = "case_bar"
    __table_args__ = (CheckConstraint("reason in ('subject', 'interest')", name="reason"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    reason: Mapped[str]


class CaseReader(Base):
    """A member of staff to whom a confidential case is open, and who opened it to them."""

    __tablename__ = "case_reader"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    named_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    named_at: Mapped[datetime] = mapped_column(default=clock.now)


class TimelineEntry(Base):
    """One thing that happened to a case: append-only, each entry carrying the hash of the one before.

    ``data`` holds no personal data and is hashed; ``note`` and ``origin`` may, and are not.
    """

    __tablename__ = "timeline_entry"
    __table_args__ = ({"info": {"grant": "SELECT, INSERT"}},)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    verb: Mapped[str]
    actor_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str | None]
    origin: Mapped[str | None]
    private: Mapped[bool] = mapped_column(default=False)
    before: Mapped[str]
    hash: Mapped[str]


class Referral(Base):
    """A question put to a role (or to one member of it) about a case, until it is answered or returned."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("ending in ('answered', 'returned', 'withdrawn')", name="ending"),
        Index("ix_referral_open", "to_role", "to_member_id", postgresql_where=text("ended_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    to_role: Mapped[str]
    to_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    question: Mapped[str]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_on: Mapped[date | None]
    answer: Mapped[str | None]
    ending: Mapped[str | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    ended_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()


class CaseMessage(Base):
    """What was written on a case: to the applicant, from the applicant, or an internal note."""

    __tablename__ = "case_message"
    __table_args__ = (CheckConstraint("direction in ('out', 'in', 'note')", name="direction"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    direction: Mapped[str]
    body: Mapped[str] = mapped_column(Sealed("message"))
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime | None]


class CaseDocument(Base):
    """A file on a case: what it is for (a requirement's key, or a kind such as ``receipt``), valid until when."""

    __tablename__ = "case_document"
    __table_args__ = (UniqueConstraint("case_id", "file_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"))
    purpose: Mapped[str]
    valid_until: Mapped[date | None]
    for_applicant: Mapped[bool] = mapped_column(default=True)
    superseded: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    file: Mapped[StoredFile] = relationship()


class OneTimeCode(Base):
    """A short code sent to the agreed phone or e-mail of a case: its keyed hash, what for, and tries left."""

    __tablename__ = "one_time_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    purpose: Mapped[str]
    digest: Mapped[bytes]
    expires_at: Mapped[datetime]
    tries_left: Mapped[int] = mapped_column(default=5)
    used_at: Mapped[datetime | None]
