"""Who handles a complaint: the follow-up body that the policy names, and above management the board's nominee."""

from sqlalchemy import select

from silah.cases import notifications
from silah.cases.models import Case
from silah.complaints.models import Complaint
from silah.complaints.rules import rules
from silah.language.tokenizer import list_name_tokens, list_tokens
from silah.organisation import holders
from silah.organisation.bodies import sits_on
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.policy import Policy

MANAGEMENT = frozenset({"management", "senior_management", "secretary_general", "administrator"})
"""A complaint about who has one of these roles goes past them all, to the board's nominee."""
ALIKE_FROM = 2
"""So many words of a name must be the same before somebody counts as the person meant."""


def of_policy(policy: Policy) -> str:
    """The body that handles complaints under this policy: the one it names, else the association's own choice."""
    return policy.complaints.body or rules().handlers


def after_objection(body: str) -> str:
    """The higher body that hears an objection against what this one answered, of those in which somebody sits."""
    ladder = ["senior_management", rules().above_management]
    higher = ladder[ladder.index(body) + 1 :] if body in ladder else ladder
    return next((one for one in higher if seated(one)), ladder[-1])


def handles(member: Member, complaint: Complaint) -> bool:
    """Whether the member sits on the body that handles this complaint now, or oversees it while nobody sits there."""
    if any(sits_on(role, complaint.body) for role in member.role_keys):
        return True
    return member.may(Permission.OVERSEE_COMPLAINTS) and not seated(complaint.body)


def handlers(case: Case, body: str) -> list[Membership]:
    """The active members of a body to whom this case is not barred."""
    away = notifications.barred(case)
    return [one for one in seated(body) if one.id not in away]


def told_of(case: Case, body: str) -> list[Membership]:
    """Who is told that a complaint came: those who handle it, or where nobody sits on their body, who oversees it."""
    return handlers(case, body) or ([] if seated(body) else holders.holders_of(Permission.OVERSEE_COMPLAINTS))


def seated(body: str) -> list[Membership]:
    """The active members whose role belongs to the body."""
    keys = [key for key in db.session.scalars(select(Role.key)) if sits_on(key, body)]
    rows = select(Membership).where(Membership.state == "active", Membership.roles.any(Role.key.in_(keys)))
    return list(db.session.scalars(rows.order_by(Membership.name)))


def manages(member: Membership) -> bool:
    """Whether a complaint about this member is one about management."""
    return any(role.key in MANAGEMENT for role in member.roles)


def meant(name: str) -> list[Membership]:
    """The members whom a typed name may mean: barred until somebody has looked who is meant."""
    if not list_name_tokens(name):
        return []
    everybody = db.session.scalars(select(Membership).where(Membership.state != "invited"))
    return [one for one in everybody if _may_mean(name, one.name) or _may_mean(one.name, name)]


def _may_mean(name: str, other: str) -> bool:
    """One word that is the whole of a name is enough; otherwise two must agree."""
    words, tokens = list_name_tokens(name), set(list_tokens(other, joined=True))
    both = sum(not tokens.isdisjoint(groups) for groups in words)
    return both >= ALIKE_FROM or both == len(words) > 0
