"""What disputes and claims for compensation add to their cases: offers, what is promised, evidence and payment."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.cases.models import Case
from silah.committees.models import AgendaItem
from silah.documents.models import StoredFile
from silah.documents.sealing import Sealed
from silah.errors import NotFound
from silah.organisation.models import Membership
from tenants.database import Base, db

DISPUTE, COMPENSATION = "dispute", "compensation"


MONEY = Numeric(14, 2)
"""Saudi riyals to the halala, exact."""


class Negotiation(Base):
    """A dispute or a claim: what it is about, and the body that negotiates; of a claim its grounds and payment.

    ``out_to`` is the court or authority to which it was referred, with its own number, the day, and later the result.
    ``harm``, ``size`` and ``causes`` are the harm as the committee states it, ``acknowledged_id`` the item of the
    meeting in which it acknowledged them; ``grounds`` is JSON (``silah.settlements.grounds``).
    """

    __tablename__ = "negotiation"
    __table_args__ = (CheckConstraint("(paid is null) = (paid_on is null)", name="paid"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Sealed("settlement"))
    wanted: Mapped[str] = mapped_column(Sealed("settlement"), default="")
    body: Mapped[str]
    by_beneficiary: Mapped[bool] = mapped_column(default=False)
    ending: Mapped[str | None] = mapped_column(Sealed("settlement"))
    out_to: Mapped[str | None]
    out_number: Mapped[str | None]
    out_on: Mapped[date | None]
    out_result: Mapped[str | None] = mapped_column(Sealed("settlement"))
    out_result_on: Mapped[date | None]
    claimed: Mapped[Decimal | None] = mapped_column(MONEY)
    harm: Mapped[str | None] = mapped_column(Sealed("settlement"))
    size: Mapped[str | None] = mapped_column(Sealed("settlement"))
    causes: Mapped[str | None] = mapped_column(Sealed("settlement"))
    acknowledged_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    grounds: Mapped[str] = mapped_column(Sealed("settlement"), default="{}")
    paid: Mapped[Decimal | None] = mapped_column(MONEY)
    paid_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
    acknowledged: Mapped[AgendaItem | None] = relationship()


def negotiation_of(case: Case) -> Negotiation:
    """Return what hangs on a dispute or a claim; raises NotFound for other kinds."""
    found = db.session.get(Negotiation, case.id)
    if found is None:
        raise NotFound
    return found


class SettlementOffer(Base):
    """An offer of one side; it binds once both have accepted it, on its last day at the latest."""

    __tablename__ = "settlement_offer"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("side in ('association', 'beneficiary')", name="side"),
        CheckConstraint("state in ('open', 'superseded', 'refused', 'expired', 'agreed')", name="state"),
        CheckConstraint("amount is null or amount > 0", name="amount"),
        Index("uq_settlement_offer_open", "case_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("uq_settlement_offer_agreed", "case_id", unique=True, postgresql_where=text("state = 'agreed'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[int]
    side: Mapped[str]
    terms: Mapped[str] = mapped_column(Sealed("settlement"))
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    expires_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    beneficiary_at: Mapped[datetime | None]
    association_at: Mapped[datetime | None]
    association_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    reason: Mapped[str | None] = mapped_column(Sealed("settlement"))

    maker: Mapped[Membership | None] = relationship(foreign_keys=[made_by])
    binder: Mapped[Membership | None] = relationship(foreign_keys=[association_by])
    undertakings: Mapped[list["Undertaking"]] = relationship(order_by="Undertaking.due_on")


class Undertaking(Base):
    """What one side promises in an offer, by when; it is owed once the offer is agreed, and kept with proof.

    ``handed_on``: when the beneficiary handed in the proof of a promise of their own that nobody has looked at yet.
    """

    __tablename__ = "undertaking"
    __table_args__ = (
        CheckConstraint("side in ('association', 'beneficiary')", name="side"),
        Index("ix_undertaking_owed", "due_on", postgresql_where=text("owed and kept_on is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    offer_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_offer.id"), index=True)
    side: Mapped[str]
    what: Mapped[str] = mapped_column(Sealed("settlement"))
    due_on: Mapped[date]
    owed: Mapped[bool] = mapped_column(default=False)
    handed_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    remark: Mapped[str] = mapped_column(Sealed("settlement"), default="")
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))

    case: Mapped[Case] = relationship()
    proof: Mapped[StoredFile | None] = relationship()
