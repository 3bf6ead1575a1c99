"""Members of an association's staff: who they are, what they may do, and how that is changed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, not_, select, true
from sqlalchemy.orm import joinedload, selectinload

from silah import clock
from silah.errors import NotFound
from silah.organisation.models import BranchOffice, Department, Membership, MembershipRole, Role
from silah.staff import administrators, authority, grants
from silah.staff.errors import NotOneself
from silah.staff.revoked_sessions import has_ended
from silah.web.access import Member, Permission
from tenants.database import db

KNOWN = frozenset(Permission)


def at_work(account_id: UUID, session: str | None = None) -> Member | None:
    """The active member with this account, with what their roles allow: one query; None for an ended session."""
    rows = db.session.execute(
        select(
            Membership.id,
            Membership.name,
            Membership.locale,
            Membership.branch_id,
            Role.key,
            Role.permissions,
            Role.totp_required,
        )
        .outerjoin(MembershipRole, MembershipRole.membership_id == Membership.id)
        .outerjoin(Role, Role.id == MembershipRole.role_id)
        .where(Membership.account_id == account_id, Membership.state == "active")
        .where(true() if session is None else not_(has_ended(Membership.ended, session)))
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Member(
        id=first.id,
        account_id=account_id,
        name=first.name,
        locale=first.locale,
        permissions=KNOWN & {permission for row in rows for permission in row.permissions or ()},
        role_keys=frozenset(row.key for row in rows if row.key),
        branch_id=first.branch_id,
        needs_code=any(row.totp_required for row in rows),
    )


def as_member(person: Membership) -> Member:
    """The member as a session would know them, for what they may see."""
    permissions = frozenset(Permission(value) for role in person.roles for value in role.permissions)
    keys = frozenset(role.key for role in person.roles)
    if person.state != "active":
        permissions = frozenset()
    return Member(person.id, person.account_id, person.name, person.locale, permissions, keys, person.branch_id)


def admit(account_id: UUID) -> bool:
    """Whether this person, who has proved who they are, belongs here; an invited member is active from now on."""
    found = db.session.scalar(select(Membership).where(Membership.account_id == account_id))
    if found is None or found.state == "suspended":
        return False
    activate(found)
    db.session.flush()
    return True


def activate(member: Membership) -> None:
    """Make an invited member active, and keep since when."""
    member.state, member.accepted_at = "active", member.accepted_at or clock.now()


def is_expected(account_id: UUID) -> bool:
    """Whether this person has a membership here that is not suspended."""
    open_ = (Membership.account_id == account_id, Membership.state != "suspended")
    return db.session.scalar(select(Membership.id).where(*open_)) is not None


def get(membership_id: UUID) -> Membership:
    """One member, with roles and branch."""
    found = db.session.scalar(_whole().where(Membership.id == membership_id))
    if found is None:
        raise NotFound
    return found


def listing(state: str | None = None) -> Sequence[Membership]:
    """All members by name, or those in one state."""
    wanted = _whole().order_by(Membership.name, Membership.id)
    return db.session.scalars(wanted.where(Membership.state == state) if state else wanted).all()


def counts() -> dict[str, int]:
    """How many members there are in each state."""
    states = db.session.scalars(select(Membership.state))
    found = dict.fromkeys(("active", "invited", "suspended"), 0)
    for state in states:
        found[state] += 1
    return found


def change(
    member: Membership,
    *,
    name: str,
    roles: Iterable[UUID],
    branch_id: UUID | None,
    locale: str | None,
    department_id: UUID | None = None,
    engagement: str = "staff",
    exempt: bool = False,
) -> None:
    """Change what the association says about a member; a role with sensitive permissions may wait to be confirmed.

    Raises `NotToOneself`, `BeyondOnesOwn`, or `LastAdministrator` if nobody would be left.
    """
    branch, department = branch_of(branch_id), department_of(department_id)
    held = grants.settle_roles(member, roles_of(roles))
    member.name, member.locale, member.branch_id, member.department_id = name.strip(), locale, branch, department
    member.engagement, member.exempt, member.roles = engagement, exempt, held
    administrators.somebody_remains()


def describe(membership_id: UUID, name: str, locale: str | None) -> None:
    """Change what a member says about themselves."""
    found = get(membership_id)
    found.name, found.locale = name.strip(), locale


def suspend(member: Membership, *, by: Member) -> None:
    """Close the association to a member, from their next request on."""
    if member.id == by.id:
        raise NotOneself
    authority.check_rank(member)
    member.state = "suspended"
    administrators.somebody_remains()


def resume(member: Membership) -> None:
    """Open the association to a suspended member again; one who never accepted the invitation is invited still."""
    authority.check_rank(member)
    if member.state == "suspended":
        member.state = "active" if member.accepted_at else "invited"


def roles_of(ids: Iterable[UUID]) -> list[Role]:
    """The roles with these ids; one that is not the association's is refused."""
    wanted = set(ids)
    found = list(db.session.scalars(select(Role).where(Role.id.in_(wanted)).order_by(Role.position)))
    if len(found) != len(wanted):
        raise NotFound
    return found


def branch_of(branch_id: UUID | None) -> UUID | None:
    """The id, if a branch office of the association has it."""
    if branch_id is not None and db.session.get(BranchOffice, branch_id) is None:
        raise NotFound
    return branch_id


def department_of(department_id: UUID | None) -> UUID | None:
    """The id, if a department of the association has it."""
    if department_id is not None and db.session.get(Department, department_id) is None:
        raise NotFound
    return department_id


def _whole() -> Select[Membership]:
    beside = (joinedload(Membership.branch), joinedload(Membership.department))
    return select(Membership).options(selectinload(Membership.roles), *beside)
