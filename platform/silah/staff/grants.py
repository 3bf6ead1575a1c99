"""Grants of sensitive permissions: at once where an administrator works alone, else once a second one confirms."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.access import Member, Permission
from silah.errors import Forbidden, NotFound
from silah.staff import authority, changes
from silah.staff.errors import AlreadyDecided, NotToOneself
from silah.staff.models import Membership, PendingGrant, Role
from tenants.database import db


def settle_roles(member: Membership, wanted: Sequence[Role]) -> list[Role]:
    """Return the roles that a member holds from now on; those with fresh sensitive permissions may wait.

    Roles that whoever acts could not give are neither taken away by them. Raises `NotToOneself`, `BeyondOnesOwn`.
    """
    by, held = authority.actor(), list(member.roles)
    kept = [role for role in held if not authority.can_give(role, by)]
    fresh = [role for role in wanted if role not in held]
    authority.check_gift(member, fresh, by)
    had = authority.permissions_of(held)
    waiting = [role for role in fresh if set(authority.sensitive(role.permissions)) - had]
    if by is None or not waiting or not authority.second_administrators(by, member):
        return list(dict.fromkeys([*wanted, *kept]))
    for role in waiting:
        _ask(role, member, [], by)
    return list(dict.fromkeys([*(role for role in wanted if role not in waiting), *kept]))


def settle_permissions(role: Role, wanted: Iterable[str], *, own: bool = False) -> list[str]:
    """Return the permissions that a role has from now on; fresh sensitive ones may wait.

    `own` lets a role through that its reader holds: what comes of the blueprint, where everything that it adds
    waits. Raises `OnesOwnRole`, `BeyondOnesOwn`.
    """
    by, wished = authority.actor(), list(wanted)
    if not own:
        authority.check_edit(role, wished, by)
    fresh = set(wished) - set(role.permissions)
    mine = by is not None and role.key in by.role_keys
    waiting = sorted(fresh) if mine else authority.sensitive(fresh)
    if by is None or not waiting or not authority.second_administrators(by):
        return wished
    db.session.flush()
    _ask(role, None, waiting, by)
    return [one for one in wished if one not in waiting]


def listing() -> Sequence[PendingGrant]:
    """What waits to be confirmed, the oldest first."""
    beside = (joinedload(PendingGrant.role), joinedload(PendingGrant.member), joinedload(PendingGrant.asker))
    rows = select(PendingGrant).where(PendingGrant.state == "pending").options(*beside)
    return db.session.scalars(rows.order_by(PendingGrant.asked_at, PendingGrant.id)).all()


def count() -> int:
    """How many grants wait to be confirmed."""
    return db.session.scalar(select(func.count()).where(PendingGrant.state == "pending")) or 0


def can_confirm(grant: PendingGrant, by: Member) -> bool:
    """Whether a member may confirm a grant: an administrator who neither asked for it nor is given the role."""
    return by.may(Permission.GRANT_ROLES) and by.id not in (grant.asked_by, grant.member_id)


def confirm(grant_id: UUID, *, by: Member) -> PendingGrant:
    """Let a grant take effect. Raises `NotToOneself`, `Forbidden`, `AlreadyDecided`."""
    grant = _open(grant_id, by)
    if not can_confirm(grant, by):
        raise NotToOneself
    _decide(grant, "confirmed", by)
    with authority.agreed():
        if grant.member is None:
            wanted = {*grant.role.permissions, *grant.permissions}
            grant.role.permissions = [one.value for one in Permission if one.value in wanted]
        elif grant.role not in grant.member.roles:
            grant.member.roles = [*grant.member.roles, grant.role]
        db.session.flush()
    return grant


def refuse(grant_id: UUID, *, by: Member) -> PendingGrant:
    """Refuse a grant, or take back one's own. Raises `Forbidden`, `AlreadyDecided`."""
    grant = _open(grant_id, by)
    _decide(grant, "refused", by)
    return grant


def _ask(role: Role, member: Membership | None, permissions: list[str], by: Member) -> None:
    for one in listing():
        if one.role == role and one.member == member and set(permissions) <= set(one.permissions):
            return
    grant = PendingGrant(role=role, member=member, permissions=permissions, asked_by=by.id)
    db.session.add(grant)
    db.session.flush()
    _note(grant, "grant_asked", by)


def _open(grant_id: UUID, by: Member) -> PendingGrant:
    grant = db.session.get(PendingGrant, grant_id, with_for_update=True, populate_existing=True)
    if grant is None:
        raise NotFound
    if not (by.may(Permission.GRANT_ROLES) or by.id == grant.asked_by):
        raise Forbidden
    if grant.state != "pending":
        raise AlreadyDecided
    return grant


def _decide(grant: PendingGrant, state: str, by: Member) -> None:
    grant.state, grant.decided_by, grant.decided_at = state, by.id, clock.now()
    _note(grant, f"grant_{state}", by)


def _note(grant: PendingGrant, verb: str, by: Member) -> None:
    name = {"ar": grant.role.name_ar, "en": grant.role.name_en}
    if grant.member is None:
        changes.note("role", grant.role.id, verb, name=name, fields=[["permissions", [], grant.permissions]], by=by.id)
    else:
        changes.note("member", grant.member.id, verb, name=grant.member.name, fields=[["roles", [], [name]]], by=by.id)
