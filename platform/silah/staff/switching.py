"""From one association to another without signing in again: a single-use pass, valid for minutes, for one host."""

from uuid import UUID

from sqlalchemy import select

from silah.documents.addresses import address_of
from silah.staff import members, service, tokens
from silah.staff.errors import NotYourAssociation
from silah.staff.models import AccountAssociation
from silah.staff.platform_transactions import on_platform
from tenants.context import Tenant, current_tenant, serving
from tenants.database import db
from tenants.registry import ACTIVE, Association


def mine(account_id: UUID) -> list[Tenant]:
    """The associations in which this person is an active member, by name."""
    return [tenant for tenant in _known(account_id) if _works_at(tenant, account_id)]


def leave_for(association_id: UUID, account_id: UUID) -> str:
    """The address that signs this person in at another association; raises `NotYourAssociation`."""
    target = next((tenant for tenant in _known(account_id) if tenant.id == association_id), None)
    if target is None or not _works_at(target, account_id):
        raise NotYourAssociation
    secret = tokens.mint("switch", account_id, target.id)
    return address_of(target, f"/switched?token={secret}")


def expect(secret: str) -> service.Person:
    """Whose pass this is, left unused; raises `LinkExpired`."""
    return service.get(tokens.peek(secret, "switch", current_tenant().id))


def arrive(secret: str) -> service.Person:
    """Whose pass this is, used up now; raises `LinkExpired`, or `NotYourAssociation` for one suspended meanwhile."""
    account_id = tokens.spend(secret, "switch", current_tenant().id)
    person = service.get(account_id)
    if person.state != "active" or members.at_work(account_id) is None:
        raise NotYourAssociation
    return person


def _known(account_id: UUID) -> list[Tenant]:
    """Where the registry thinks that this person may belong; the membership decides."""
    wanted = (
        select(Association)
        .join(AccountAssociation, AccountAssociation.association_id == Association.id)
        .where(AccountAssociation.account_id == account_id, Association.state == ACTIVE)
        .order_by(Association.name_ar)
    )
    with on_platform():
        return [association.tenant() for association in db.session.scalars(wanted)]


def _works_at(tenant: Tenant, account_id: UUID) -> bool:
    with serving(tenant):
        return members.at_work(account_id) is not None
