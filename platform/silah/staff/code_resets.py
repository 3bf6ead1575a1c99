"""Taking away the second factor of somebody who lost both telephone and paper; on record, and they are told.

An administrator does it for a colleague whose account opens this association alone. Where it opens others, or the
console, no single association decides: the operator of the platform does it, at the console.
"""

from uuid import UUID

from sqlalchemy import func, select

from silah.organisation.models import Membership
from silah.staff import authority, changes, letters, second_factor, service, switching
from silah.staff.errors import NotOnesOwnCode, WorksElsewhere
from silah.staff.models import AccountAssociation
from silah.staff.platform_transactions import on_platform
from silah.web.access import Member
from tenants.context import current_tenant, serving
from tenants.database import db


def only_here(account_id: UUID) -> bool:
    """Whether an account opens nothing but the association that is being served."""
    here = current_tenant().id
    others = select(func.count()).where(
        AccountAssociation.account_id == account_id, AccountAssociation.association_id != here
    )
    with on_platform():
        elsewhere = db.session.scalar(others)
    return not elsewhere and not service.get(account_id).is_operator


def by_administrator(member: Membership, *, by: Member) -> None:
    """Ask a colleague for no code any more; their sessions end. Raises `NotOnesOwnCode` or `WorksElsewhere`."""
    if member.id == by.id:
        raise NotOnesOwnCode
    authority.check_rank(member)
    if not only_here(member.account_id):
        raise WorksElsewhere
    second_factor.remove(member.account_id)
    _tell(member, "code_reset")


def by_operator(account_id: UUID) -> None:
    """The same for any account, kept and told at each association where the person works."""
    places = switching.mine(account_id)
    second_factor.remove(account_id)
    for tenant in places:
        with serving(tenant):
            _tell(db.session.scalars(select(Membership).where(Membership.account_id == account_id)).one())
            db.session.commit()


def _tell(member: Membership, verb: str = "code_reset_by_platform") -> None:
    changes.note("member", member.id, verb, name=member.name)
    letters.code_reset(member)
