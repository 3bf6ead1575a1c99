"""What every public page needs to know of the association: its policy in force, branch offices and names."""

from flask import g
from sqlalchemy import select

from silah import clock
from silah.organisation.models import BranchOffice
from tenants.database import db
from tenants.policy import Policy
from tenants.versions import PolicyVersion, in_force


def version() -> PolicyVersion:
    """The policy version in force today, read once a request; raises NoPolicyInForce."""
    if "policy_version" not in g:
        g.policy_version = in_force(clock.today())
    found: PolicyVersion = g.policy_version
    return found


def policy() -> Policy:
    """The policy in force today."""
    return version().policy


def branches() -> list[BranchOffice]:
    """The branch offices that are open, in the association's order."""
    rows = select(BranchOffice).where(BranchOffice.active).order_by(BranchOffice.position, BranchOffice.name_ar)
    return list(db.session.scalars(rows))


def find_portal_channel(policy: Policy) -> str:
    """Return the key of the channel by which a case comes from the association's own pages."""
    inbound = policy.inbound_channels
    for kind in ("website", "web", "portal", "app"):
        for channel in inbound:
            if channel.kind == kind:
                return channel.key
    return inbound[0].key if inbound else "website"
