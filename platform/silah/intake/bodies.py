"""Which roles sit on the body that the policy names, and so may study and decide."""

from silah.access import Member
from tenants.policy import Policy

ROLES_OF_BODY: dict[str, tuple[str, ...]] = {
    "management": ("management", "senior_management", "secretary_general"),
    "research_committee": ("research_committee",),
    "competent_committee": ("competent_committee", "research_committee"),
}
"""A role sits on the body if its key is one of these, or begins with one: research_committee_chair."""

STUDENT = "social_research_officer"
"""Studies circumstances for the body, whichever it is."""


def sits_on(role: str, body: str) -> bool:
    """Whether a role of this key belongs to the body."""
    return any(role == known or role.startswith(f"{known}_") for known in ROLES_OF_BODY.get(body, (body,)))


def decides(member: Member, policy: Policy) -> bool:
    """Whether the member sits on the body that studies requests under this policy."""
    body = policy.studied_by
    return body is not None and any(sits_on(role, body) for role in member.role_keys)


def studies(member: Member, policy: Policy) -> bool:
    """Whether the member sits on that body, or studies circumstances for it."""
    return decides(member, policy) or STUDENT in member.role_keys
