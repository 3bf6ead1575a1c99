"""There is always an administrator left: somebody who can manage the staff and grant roles."""

from sqlalchemy import ColumnElement, func, select

from silah.organisation.models import Membership, Role
from silah.staff import authority
from silah.staff.errors import LastAdministrator
from silah.web.access import Permission
from tenants.database import db


def somebody_remains() -> None:
    """Raise `LastAdministrator` if what is being changed leaves no active administrator, where there was one.

    Where there was none, somebody who manages the staff remains. The roles' rows are locked first: of two who strip
    each other at once, the second is counted after the first.
    """
    needed = authority.may_all(*authority.ADMINISTERS)
    with db.session.no_autoflush:
        if not _count(needed):
            needed = authority.may_all(Permission.MANAGE_STAFF)
            if not _count(needed):
                return
    db.session.flush()
    db.session.execute(select(Role.id).order_by(Role.id).with_for_update())
    if not _count(needed):
        raise LastAdministrator


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Membership).where(condition)) or 0
