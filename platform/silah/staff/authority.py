"""Who may grant what: nobody what they lack, nobody themselves, and what is sensitive only with a second administrator.

An administrator (who manages the staff and may grant roles) gives others any role, since an association's first one
holds few permissions and sets up the rest. Whoever else manages the staff gives only roles made of what they hold.
Nobody gives themselves a role or edits one that they hold. The command line and the platform act for nobody of the
association and are not held to this. Every flush of a request is checked, so that no page can forget it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from flask import has_request_context
from sqlalchemy import ColumnElement, and_, event, inspect, select
from sqlalchemy.orm import Session

from silah.organisation.models import Membership, MembershipRole, Role
from silah.staff.errors import AdministratorsOnly, BeyondOnesOwn, NotToOneself, OnesOwnRole
from silah.web.access import Member, Permission, current_member
from tenants import blueprints
from tenants.database import TenantSession, db
from tenants.versions import PolicyVersion

ADMINISTERS = (Permission.MANAGE_STAFF, Permission.GRANT_ROLES)
SENSITIVE = frozenset(
    {
        *ADMINISTERS,
        Permission.SEE_SENSITIVE_FIELDS,
        Permission.ANSWER_COMPLAINTS,
        Permission.OVERSEE_COMPLAINTS,
        Permission.DECIDE_REQUESTS,
        Permission.BIND_ASSOCIATION,
        Permission.APPROVE_POLICY,
    }
)
"""What opens the most private things, or binds the association: marked in the pages, and granted by two."""

SEAT_ENDINGS = ("_chair", "_member", "_secretary")
_agreed: ContextVar[bool] = ContextVar("agreed", default=False)


def actor() -> Member | None:
    """The member whose request this is; None for the platform, the command line and jobs."""
    return current_member() if has_request_context() else None


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    """All that these roles allow together."""
    return frozenset(permission for role in roles for permission in role.permissions)


def sensitive(permissions: Iterable[str]) -> list[str]:
    """Those of these permissions that are sensitive, in the order of the list."""
    wanted = set(permissions)
    return [one.value for one in Permission if one in SENSITIVE and one.value in wanted]


def can_give(role: Role, by: Member | None) -> bool:
    """Whether a member may give this role to somebody else."""
    if by is None or by.may(Permission.GRANT_ROLES):
        return True
    return by.permissions.issuperset(role.permissions) and not seats_one(role)


def can_edit(role: Role, by: Member | None) -> bool:
    """Whether a member may change this role: it is not theirs, and holds nothing that they lack."""
    return by is None or (role.key not in by.role_keys and can_give(role, by))


def check_edit(role: Role, permissions: Iterable[str], by: Member | None) -> None:
    """Raise `OnesOwnRole` or `BeyondOnesOwn` unless the role may be changed so."""
    if by is None:
        return
    if role.key in by.role_keys:
        raise OnesOwnRole
    if not (can_give(role, by) and (by.may(Permission.GRANT_ROLES) or by.permissions.issuperset(permissions))):
        raise BeyondOnesOwn


def check_gift(member: Membership, roles: Iterable[Role], by: Member | None) -> None:
    """Raise `NotToOneself` or `BeyondOnesOwn` unless these roles may be given to the member."""
    given = list(roles)
    if by is not None and given and member.id == by.id:
        raise NotToOneself
    if not all(can_give(role, by) for role in given):
        raise BeyondOnesOwn


def seats_one(role: Role) -> bool:
    """Whether a role sits on a committee: its holders decide there by their votes, whatever else they may do."""
    return role.key.endswith(SEAT_ENDINGS)


def check_seat() -> None:
    """Raise `BeyondOnesOwn` unless whoever acts may fill the seats of committees."""
    by = actor()
    if by is not None and not by.may(Permission.GRANT_ROLES):
        raise BeyondOnesOwn


def check_seating(member: Membership, *, holds: bool) -> None:
    """Raise `NotToOneself` or `BeyondOnesOwn` unless the member may be named to a committee.

    `holds`: a role of theirs sits on it already, so that the seat opens nothing more.
    """
    by = actor()
    if by is not None and member.id == by.id:
        raise NotToOneself
    if not holds:
        check_seat()


def check_rank(member: Membership) -> None:
    """Raise `AdministratorsOnly` where somebody else than an administrator changes an administrator's access."""
    by = actor()
    if by is None or by.may(Permission.GRANT_ROLES):
        return
    if Permission.GRANT_ROLES in permissions_of(member.roles):
        raise AdministratorsOnly


def may_all(*permissions: Permission) -> ColumnElement[bool]:
    """The condition on active members whose roles together hold all of these permissions."""
    held = (
        select(MembershipRole.role_id)
        .join(Role, Role.id == MembershipRole.role_id)
        .where(MembershipRole.membership_id == Membership.id, Role.permissions.contains([one.value]))
        .exists()
        for one in permissions
    )
    return and_(Membership.state == "active", *held)


def second_administrators(by: Member) -> Sequence[Membership]:
    """The other administrators, by name."""
    rows = select(Membership).where(may_all(*ADMINISTERS), Membership.id != by.id).order_by(Membership.name)
    return db.session.scalars(rows).all()


def names_a_body(key: str) -> bool:
    """Whether a key is, or begins with, one by which policies, referrals and committees name somebody."""
    known = set(db.session.scalars(select(Role.key)))
    known |= {role.key for name in blueprints.names() for role in blueprints.load(name).roles}
    versions = db.session.scalars(select(PolicyVersion).where(PolicyVersion.state != "superseded"))
    known |= {one.key for version in versions for one in version.policy.committees}
    known |= {one.removesuffix(ending) for one in known for ending in SEAT_ENDINGS}
    return any(key == one or key.startswith(f"{one}_") for one in known)


@contextmanager
def agreed() -> Iterator[None]:
    """Let a change through that its asker alone could not make: a second administrator confirms it."""
    mark = _agreed.set(True)
    try:
        yield
    finally:
        _agreed.reset(mark)


@event.listens_for(TenantSession, "before_flush")
def _hold(session: Session, *_: object) -> None:
    """Refuse what a page lets through that nobody may grant."""
    if not has_request_context():
        return
    touched = [one for one in (*session.new, *session.dirty) if isinstance(one, Membership | Role)]
    by = actor() if touched else None
    if by is None:
        return
    for one in touched:
        if isinstance(one, Membership):
            check_gift(one, inspect(one).attrs.roles.history.added, by)
        elif not _agreed.get() and (one in session.new or _altered(one)):
            check_edit(one, one.permissions, by)


def _altered(role: Role) -> bool:
    seen = inspect(role).attrs
    return bool(seen.permissions.history.added or seen.totp_required.history.added)
