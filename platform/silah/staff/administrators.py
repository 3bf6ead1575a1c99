"""There is always somebody left who can manage the staff."""

from sqlalchemy import func, select

from silah.access import Permission
from silah.staff.errors import LastAdministrator
from silah.staff.models import Membership, MembershipRole, Role
from tenants.database import db


def somebody_remains() -> None:
    """Raise `LastAdministrator` if, with what is being changed, nobody active could manage the staff.

    The roles' rows are locked first: of two who strip each other at once, the second is counted after the first.
    """
    db.session.flush()
    db.session.execute(select(Role.id).order_by(Role.id).with_for_update())
    able = (
        select(func.count())
        .select_from(Membership)
        .where(Membership.state == "active")
        .where(
            select(MembershipRole.role_id)
            .join(Role, Role.id == MembershipRole.role_id)
            .where(MembershipRole.membership_id == Membership.id)
            .where(Role.permissions.contains([Permission.MANAGE_STAFF.value]))
            .exists()
        )
    )
    if not db.session.scalar(able):
        raise LastAdministrator
