"""Branch offices: the places of an association where people are received."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from silah.errors import NotFound
from silah.organisation.models import BranchOffice, Membership
from tenants.database import db

FIELDS = ("name_ar", "name_en", "hours_ar", "hours_en", "address_ar", "address_en", "phone")


def listing() -> Sequence[tuple[BranchOffice, int]]:
    """Every office, those in use first, with the number of active members who work there."""
    staff = (
        select(func.count())
        .select_from(Membership)
        .where(Membership.branch_id == BranchOffice.id, Membership.state == "active")
        .scalar_subquery()
    )
    order = (BranchOffice.active.desc(), BranchOffice.position, BranchOffice.name_ar)
    return [(office, held) for office, held in db.session.execute(select(BranchOffice, staff).order_by(*order))]


def people(office: BranchOffice) -> Sequence[Membership]:
    """Who works in the office, with their roles: staff, delegates, volunteers."""
    wanted = select(Membership).where(Membership.branch_id == office.id, Membership.state == "active")
    return db.session.scalars(wanted.options(selectinload(Membership.roles)).order_by(Membership.name)).all()


def choices() -> Sequence[BranchOffice]:
    """The offices in use."""
    wanted = select(BranchOffice).where(BranchOffice.active)
    return db.session.scalars(wanted.order_by(BranchOffice.position, BranchOffice.name_ar)).all()


def get(branch_id: UUID) -> BranchOffice:
    """One office, in use or retired."""
    found = db.session.get(BranchOffice, branch_id)
    if found is None:
        raise NotFound
    return found


def create(said: Mapping[str, Any]) -> BranchOffice:
    """A further office."""
    last = db.session.scalar(select(func.max(BranchOffice.position))) or 0
    office = BranchOffice(position=last + 1)
    change(office, said)
    db.session.add(office)
    db.session.flush()
    return office


def change(office: BranchOffice, said: Mapping[str, Any]) -> None:
    """Set what is told about an office; other keys are passed by."""
    for name in FIELDS:
        setattr(office, name, (said.get(name) or "").strip())


def retire(office: BranchOffice) -> None:
    """Offer the office for nothing further; its cases and members stay as they are."""
    office.active = False


def reopen(office: BranchOffice) -> None:
    """Offer a retired office again."""
    office.active = True
