"""The active members of an association who hold a permission or a role."""

from typing import Any

from sqlalchemy import select

from silah.organisation.models import Membership, Role
from silah.web.access import Permission
from tenants.database import db


def holders_of(permission: Permission) -> list[Membership]:
    """The active members who hold a permission."""
    return _active(Role.permissions.contains([permission.value]))


def holders_of_role(key: str) -> list[Membership]:
    """The active members who have a role."""
    return _active(Role.key == key)


def _active(condition: Any) -> list[Membership]:
    rows = select(Membership).where(Membership.state == "active", Membership.roles.any(condition))
    return list(db.session.scalars(rows.order_by(Membership.name)))
