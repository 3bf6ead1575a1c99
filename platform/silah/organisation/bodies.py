"""Which roles sit on the body that the policy names, and so may study and decide."""

from collections.abc import Callable

from silah.web.access import Member
from tenants.policy import Policy

STUDENT = "social_research_officer"
"""Studies circumstances for the body, whichever it is."""


def sits_on(role: str, body: str) -> bool:
    """Whether a role belongs to the body: its key is the body's, or begins with it (research_committee_chair)."""
    return role == body or role.startswith(f"{body}_")


def decides(member: Member, policy: Policy) -> bool:
    """Whether the member sits on the body that studies requests under this policy."""
    body = policy.studied_by
    return body is not None and any(sits_on(role, body) for role in member.role_keys)


def studies(member: Member, policy: Policy) -> bool:
    """Whether the member sits on that body, or studies circumstances for it."""
    return decides(member, policy) or STUDENT in member.role_keys


_meetings: list[Callable[[str], bool]] = []


def register_meetings(meets: Callable[[str], bool]) -> None:
    """Ask this function whether a body has members named, and so decides in its meetings."""
    _meetings[:] = [meets]


def decides_in_meetings(body: str) -> bool:
    """Whether a body decides in meetings; none does where nothing arranges meetings."""
    return any(meets(body) for meets in _meetings)
