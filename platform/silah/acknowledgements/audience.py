"""Who is asked to acknowledge: active staff and those under contract, and volunteers where the policy binds them too.

Whoever is exempt, having a policy of their own, is left out; so is whoever has been suspended, from that moment on.
"""

from typing import Any

from sqlalchemy import and_

from silah import clock
from silah.organisation.models import Membership
from tenants import versions

ALWAYS = frozenset({"staff", "contracted"})


def bound() -> frozenset[str]:
    """The ties to the association that the policy in force binds."""
    scope = versions.in_force(clock.today()).policy.scope
    return ALWAYS | frozenset(scope.binds if scope else ())


def asked_condition() -> Any:
    """The condition on memberships that are asked."""
    return and_(Membership.state == "active", Membership.engagement.in_(sorted(bound())), ~Membership.exempt)


def is_asked(member: Membership) -> bool:
    """Whether this member is."""
    return member.state == "active" and not member.exempt and member.engagement in bound()
