"""Grants of sensitive permissions: at once where an administrator works alone, else once a second one confirms.

An administrator works alone once nobody else has been one for thirty days (``silah.staff.administrator_losses``), so
that no one gets there by suspending or stripping the other. Whoever gains by a grant does not confirm it: nobody for
themselves, and for a role that is to allow more nobody who holds it.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.errors import Forbidden, NotFound
from silah.organisation.models import Membership, MembershipRole, PendingGrant, Role
from silah.staff import authority, changes, grant_notices
from silah.staff.administrator_losses import is_second_owed
from silah.staff.errors import AlreadyDecided, NotToOneself, RoleBeforeSeat
from silah.web.access import Member, Permission
from tenants import blueprints
from tenants.context import current_tenant
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
    waiting = [role for role in fresh if authority.seats_one(role) or set(authority.sensitive(role.permissions)) - had]
    if by is None or not waiting or not is_second_owed(by.id, member.id):
        _replace(by, waiting, member)
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
    if by is None or not waiting or not is_second_owed(by.id):
        _replace(by, [role] if waiting else [], None)
        return wished
    db.session.flush()
    _ask(role, None, waiting, by)
    return [one for one in wished if one not in waiting]


def check_seating(member: Membership, *, holds: bool) -> None:
    """Raise `NotToOneself`, `BeyondOnesOwn` or `RoleBeforeSeat` unless the member may be named to a committee.

    `holds`: a role of theirs sits on it already, so that the seat opens nothing more; such a role is granted by two.
    """
    authority.check_seating(member, holds=holds)
    by = authority.actor()
    if by is not None and not holds and is_second_owed(by.id, member.id):
        raise RoleBeforeSeat


def listing() -> Sequence[PendingGrant]:
    """What waits to be confirmed, the oldest first."""
    beside = (joinedload(PendingGrant.role), joinedload(PendingGrant.member), joinedload(PendingGrant.asker))
    rows = select(PendingGrant).where(PendingGrant.state == "pending").options(*beside)
    return db.session.scalars(rows.order_by(PendingGrant.asked_at, PendingGrant.id)).all()


def count() -> int:
    """How many grants wait to be confirmed."""
    return db.session.scalar(select(func.count()).where(PendingGrant.state == "pending")) or 0


def select_confirmable(by: Member) -> Select[int]:
    """Return the statement of what waits for this member to confirm it, one row each."""
    asker_holds = select(MembershipRole.role_id).where(
        MembershipRole.membership_id == PendingGrant.asked_by, MembershipRole.role_id == PendingGrant.role_id
    )
    gains_nothing = or_(
        PendingGrant.member_id.is_not(None), Role.key.not_in(sorted(by.role_keys)), asker_holds.exists()
    )
    rows = select(literal(1)).select_from(PendingGrant).join(Role, Role.id == PendingGrant.role_id)
    others = (PendingGrant.asked_by != by.id, PendingGrant.member_id.is_distinct_from(by.id), gains_nothing)
    return rows.where(PendingGrant.state == "pending", *others)


def can_confirm(grant: PendingGrant, by: Member) -> bool:
    """Whether a member may confirm a grant: an administrator who did not ask for it and gains nothing by it.

    What the blueprint gives a role that its asker holds too is the platform's word, and nobody's wish for themselves.
    """
    return all(by.may(one) for one in authority.ADMINISTERS) and _gains_nothing(grant, by.id, by.role_keys)


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
    others = authority.second_administrators(by)
    able = [one for one in others if _gains_nothing(grant, one.id, {role.key for role in one.roles})]
    grant_notices.tell_confirmers(grant, able)


def _gains_nothing(grant: PendingGrant, id_: UUID, role_keys: Collection[str]) -> bool:
    if id_ in (grant.asked_by, grant.member_id):
        return False
    if grant.member_id is not None or grant.role.key not in role_keys:
        return True
    return grant.role in grant.asker.roles and set(grant.permissions) <= _blueprint_permissions(grant.role.key)


def _replace(by: Member | None, given: list[Role], member: Membership | None) -> None:
    """Take back what somebody asked for earlier and gives at once now."""
    if by is None or not given:
        return
    for one in listing():
        if one.asked_by == by.id and one.role in given and one.member == member:
            _decide(one, "refused", by)


def _blueprint_permissions(key: str) -> set[str]:
    """Return what the association's blueprint lets a role do."""
    try:
        plan = blueprints.load(current_tenant().blueprint)
    except blueprints.UnknownBlueprint:
        return set()
    return {permission for role in plan.roles if role.key == key for permission in role.permissions}


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
