"""What every public page needs to know of the association: its policy in force, branch offices and names."""

from flask import g
from sqlalchemy import select

from silah import clock
from silah.staff.models import BranchOffice
from tenants.database import db
from tenants.policy import Policy
from tenants.policy_parts import Channel
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


def complaint_channels() -> list[Channel]:
    """By what a complaint may be made today: the channels that the policy names for it, else all public ones."""
    named = [policy().channel(key) for key in policy().complaints.channels]
    return _reached([channel for channel in named if channel and not channel.retired]) or inquiry_channels()


def inquiry_channels() -> list[Channel]:
    """By what an inquiry may be made today."""
    return _reached([channel for channel in policy().public_channels if channel.inbound])


def _reached(channels: list[Channel]) -> list[Channel]:
    """Without the association's own pages, which take neither complaints nor inquiries in this release."""
    return [channel for channel in channels if channel.kind not in ("website", "web", "portal", "app")]
