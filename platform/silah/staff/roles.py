"""The association's own roles, each made of permissions from the fixed list."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from silah.errors import Invalid, NotFound
from silah.organisation.models import Membership, MembershipRole, Role
from silah.staff import administrators, authority, grants
from silah.web.access import PERMISSION_LABELS, Permission
from tenants.database import db

GROUPS: tuple[tuple[object, tuple[Permission, ...]], ...] = (
    (
        _l("Cases"),
        (
            Permission.SEE_CASES,
            Permission.SEE_ALL_CASES,
            Permission.REFER_CASES,
            Permission.ANSWER_REFERRALS,
            Permission.ASSIGN_CASES,
            Permission.WRITE_NOTES,
            Permission.MESSAGE_APPLICANTS,
            Permission.CLOSE_CASES,
            Permission.REOPEN_CASES,
            Permission.OVERSEE_CASES,
        ),
    ),
    (
        _l("Requests"),
        (
            Permission.RECEIVE_REQUESTS,
            Permission.CHECK_COMPLETENESS,
            Permission.ATTEST_FOR_APPLICANT,
            Permission.STUDY_REQUESTS,
            Permission.DECIDE_REQUESTS,
            Permission.RELEASE_REPLIES,
            Permission.RELEASE_EARLY,
            Permission.DELIVER_SERVICES,
        ),
    ),
    (
        _l("Complaints and inquiries"),
        (
            Permission.ANSWER_INQUIRIES,
            Permission.PUBLISH_ANSWERS,
            Permission.ANSWER_COMPLAINTS,
            Permission.OVERSEE_COMPLAINTS,
            Permission.BIND_ASSOCIATION,
        ),
    ),
    (
        _l("Measuring satisfaction"),
        (Permission.EDIT_SURVEYS, Permission.RUN_SURVEYS, Permission.SEE_SURVEYS),
    ),
    (_l("Beneficiaries' data"), (Permission.SEE_BENEFICIARIES, Permission.SEE_SENSITIVE_FIELDS)),
    (_l("Policy"), (Permission.EDIT_POLICY, Permission.APPROVE_POLICY, Permission.FOLLOW_ACKNOWLEDGEMENTS)),
    (
        _l("Administration"),
        (
            Permission.EDIT_REQUEST_TYPES,
            Permission.EDIT_MESSAGES,
            Permission.EDIT_SETTINGS,
            Permission.MANAGE_STAFF,
            Permission.GRANT_ROLES,
            Permission.MANAGE_BRANCHES,
        ),
    ),
)
"""Every permission once, in the order in which a role's page shows them."""


def listing() -> Sequence[tuple[Role, int]]:
    """Every role in its order, with the number of members who hold it and are not suspended."""
    holders = (
        select(func.count())
        .select_from(MembershipRole)
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .where(MembershipRole.role_id == Role.id, Membership.state != "suspended")
        .scalar_subquery()
    )
    rows = db.session.execute(select(Role, holders).order_by(Role.position, Role.key))
    return [(role, held) for role, held in rows]


def choices() -> Sequence[Role]:
    """Every role in its order."""
    return db.session.scalars(select(Role).order_by(Role.position, Role.key)).all()


def get(role_id: UUID) -> Role:
    """One role."""
    found = db.session.get(Role, role_id)
    if found is None:
        raise NotFound
    return found


def create(
    name_ar: str, name_en: str, permissions: Iterable[str], *, totp_required: bool = False, key: str = ""
) -> Role:
    """Add a role; its key is the one that is given, else one from its English name.

    Sensitive permissions wait where somebody else confirms them. Raises `BeyondOnesOwn`.
    """
    if key:
        authority.check_seat()
    last = db.session.scalar(select(func.max(Role.position))) or 0
    role = Role(key=_free_key(key, name_en), position=last + 1, name_ar="", name_en="", permissions=[])
    db.session.add(role)
    change(role, name_ar, name_en, permissions, totp_required=totp_required)
    return role


def change(role: Role, name_ar: str, name_en: str, permissions: Iterable[str], *, totp_required: bool = False) -> None:
    """Rename a role and set what it may do; sensitive permissions wait where somebody else confirms them.

    Raises `OnesOwnRole` or `BeyondOnesOwn`, and `LastAdministrator` if nobody could manage staff any more.
    """
    role.name_ar, role.name_en, role.totp_required = name_ar.strip(), name_en.strip(), totp_required
    role.permissions = known(grants.settle_permissions(role, known(permissions)))
    administrators.somebody_remains()


def take(role: Role, name_ar: str, name_en: str, permissions: Iterable[str]) -> None:
    """Change a role as the blueprint has it: one's own too, though what is added to that waits where somebody confirms.

    The words are the platform's and not the reader's choice, so a single administrator may take them.
    """
    role.name_ar, role.name_en = name_ar.strip(), name_en.strip()
    with authority.agreed():
        role.permissions = known(grants.settle_permissions(role, known(permissions), own=True))
        administrators.somebody_remains()


def known(permissions: Iterable[str]) -> list[str]:
    """These permissions in the order of the list; raises `Invalid` for one that does not exist."""
    wanted = set(permissions)
    if strange := wanted - set(Permission):
        raise Invalid({"permissions": _l("There is no such permission.")}, message=", ".join(sorted(strange)))
    return [permission.value for permission in Permission if permission in wanted]


def words(permission: Permission) -> object:
    """What a permission means, in the reader's language."""
    return PERMISSION_LABELS[permission]


def _free_key(key: str, name: str) -> str:
    """A key that no role has: policies and referrals name roles by their keys, so it never changes.

    One made from a name never puts its holders on a body: what belongs to `management` begins with `management_`.
    """
    base = re.sub(r"[^a-z0-9]+", "_", (key or name).lower()).strip("_") or "role"
    taken = set(db.session.scalars(select(Role.key)))
    if not key and authority.names_a_body(base):
        base = base.replace("_", "")
        taken |= {base} if authority.names_a_body(base) else set()
    return next(one for one in (base, *(f"{base}{n}" for n in range(2, len(taken) + 3))) if one not in taken)
