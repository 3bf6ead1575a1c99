"""Departments: how the association is divided, who works where, and to whom a copy of what staff must know goes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from silah.errors import NotFound
from silah.organisation.models import Department, Membership
from tenants.database import db

FIELDS = ("name_ar", "name_en", "email")


def listing() -> Sequence[tuple[Department, int]]:
    """Every department, those in use first, with the number of its active members."""
    staff = (
        select(func.count())
        .select_from(Membership)
        .where(Membership.department_id == Department.id, Membership.state == "active")
        .scalar_subquery()
    )
    order = (Department.active.desc(), Department.position, Department.name_ar)
    return [(one, held) for one, held in db.session.execute(select(Department, staff).order_by(*order))]


def choices() -> Sequence[Department]:
    """The departments in use."""
    wanted = select(Department).where(Department.active)
    return db.session.scalars(wanted.order_by(Department.position, Department.name_ar)).all()


def get(department_id: UUID) -> Department:
    """One department, in use or not."""
    found = db.session.get(Department, department_id)
    if found is None:
        raise NotFound
    return found


def create(said: Mapping[str, Any], members: Iterable[UUID] = ()) -> Department:
    """A further department."""
    last = db.session.scalar(select(func.max(Department.position))) or 0
    made = Department(position=last + 1, name_ar="", name_en="")
    db.session.add(made)
    change(made, said, members)
    return made


def change(department: Department, said: Mapping[str, Any], members: Iterable[UUID]) -> None:
    """Set what is told about a department, and who works there; others' departments stay as they are."""
    for name in FIELDS:
        setattr(department, name, (said.get(name) or "").strip())
    db.session.flush()
    chosen = set(members)
    for one in db.session.scalars(
        select(Membership).where(or_(Membership.department_id == department.id, Membership.id.in_(chosen)))
    ):
        one.department_id = department.id if one.id in chosen else None
    db.session.flush()
    db.session.expire_all()


def close(department: Department) -> None:
    """Offer the department for nothing further; whoever works there is in none."""
    department.active = False
    for one in db.session.scalars(select(Membership).where(Membership.department_id == department.id)):
        one.department_id = None


def reopen(department: Department) -> None:
    """Offer it again."""
    department.active = True
