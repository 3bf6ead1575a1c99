"""Who answers for a case: its holder while at work, else those who are responsible for its kind.

What an applicant sends reaches one of them, and stands on the case as unread until one of them has read it.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true, update
from sqlalchemy.orm import aliased

from silah import clock
from silah.cases import kinds, notifications
from silah.cases.models import Case
from silah.organisation import holders
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.database import db

MEMBERS = 4096
"""For how many members, as their roles make them, the condition is kept."""


def list_responsible(case: Case) -> list[Membership]:
    """Return who is told what happens to a case: its holder, else who answers for its kind, else who oversees it.

    Nobody is in it who may not know of the case, nor anybody who is no longer at work.
    """
    if case.holder is not None and case.holder.state == "active":
        return [case.holder]
    kind = kinds.kind_of_case(case)
    answering = kind.responsible(case) if kind.responsible else holders.holders_of(Permission.ASSIGN_CASES)
    above = Permission.OVERSEE_COMPLAINTS if kind.guarded_by else Permission.OVERSEE_CASES
    return _who_may_know(case, answering) or _who_may_know(case, holders.holders_of(above))


def announce(case: Case, template: str = "applicant_answered") -> None:
    """Mark a case as holding something unread of its applicant, and tell who answers for it."""
    mark_unread(case)
    notifications.members(template, list_responsible(case), case)


def mark_unread(case: Case) -> None:
    """Mark a case as holding something of its applicant that nobody who answers for it has read."""
    if case.unread_since is None:
        _set_unread(case, clock.day_start() if case.anonymous else clock.now())


def mark_read(case: Case, member: Member) -> None:
    """Take the mark off a case that this member has opened, if it waits for them."""
    if case.unread_since is not None and db.session.scalar(select(awaits(member)).where(Case.id == case.id)):
        _set_unread(case, None)


@lru_cache(maxsize=MEMBERS)
def awaits(member: Member) -> ColumnElement[bool]:
    """Return the condition on cases that this member answers for: held by them, or by nobody at work."""
    holder = aliased(Membership)
    held = exists(select(holder.id).where(holder.id == Case.holder_id, holder.state == "active"))
    by_kind = [and_(Case.kind == kind.key, kind.awaits(member)) for kind in kinds.every().values()]
    return or_(Case.holder_id == member.id, and_(~held, or_(*by_kind)))


def on_body(member: Member, body: Any, case_id: Any, above: Permission) -> ColumnElement[bool]:
    """Return the condition that the member sits on the body of a case, or is above it while nobody sits there.

    ``body`` and ``case_id`` are columns of the table that names the body of a case.
    """
    bodies = {"_".join(key.split("_")[:count]) for key in member.role_keys for count in range(1, key.count("_") + 2)}
    seated = body.in_(sorted(bodies))
    if member.may(above):
        somebody = at_work(or_(Role.key == body, func.starts_with(Role.key, body + "_")))
        seated = or_(seated, ~somebody)
    return exists(select(case_id).where(case_id == Case.id, seated))


def holds(member: Member, permission: Permission, instead: Permission) -> ColumnElement[bool]:
    """Return the condition that the member has a permission, or the one that stands in while nobody at work has it."""
    if member.may(permission):
        return true()
    return ~at_work(Role.permissions.contains([permission.value])) if member.may(instead) else false()


def at_work(role: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that an active member has such a role."""
    somebody = aliased(Membership)
    return exists(select(somebody.id).where(somebody.state == "active", somebody.roles.any(role)))


def list_who_hold(permission: Permission, instead: Permission) -> Callable[[Case], Sequence[Membership]]:
    """Return the function that lists who at work has a permission, else who has the one that stands in."""
    return lambda case: holders.holders_of(permission) or holders.holders_of(instead)


def _who_may_know(case: Case, members: Sequence[Membership]) -> list[Membership]:
    guarded = kinds.kind_of_case(case).guarded_by
    if guarded:
        return [one for one in members if notifications.may_know(case, one)]
    return [one for one in members if _sees(case, one)] or list(members)


def _sees(case: Case, one: Membership) -> bool:
    """Whether an ordinary case is among those that a member sees, by branch or by the permissions of its kind."""
    held = {permission for role in one.roles for permission in role.permissions}
    if Permission.SEE_ALL_CASES in held or not held.isdisjoint(kinds.kind_of_case(case).open_to):
        return True
    return case.branch_id is None or case.branch_id == one.branch_id


def _set_unread(case: Case, since: Any) -> None:
    """Write the mark past the version of the case: nobody's page is out of date because of it."""
    db.session.flush()
    db.session.execute(update(Case).where(Case.id == case.id).values(unread_since=since))
