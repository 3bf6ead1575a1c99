"""The trail of changes to staff, roles, departments, offices and settings: who changed what, when, from what to what.

It is written where the session writes, so no page and no service can forget it. What comes by no page (the making of
an association, a demonstration's people) is the platform's own work and no change in this sense.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import has_request_context
from sqlalchemy import event, inspect, select, tuple_
from sqlalchemy.orm import Session

from silah.organisation.models import BranchOffice, ChangeRecord, Department, Membership, Role
from silah.shell.models import AssociationSetting
from silah.web import request_origin
from silah.web.access import current_member
from tenants.context import PLATFORM, place
from tenants.database import TenantSession, db

PAGE = 50
NAMES = ("name_ar", "name_en")
WATCHED: dict[type, tuple[str, tuple[str, ...]]] = {
    Membership: (
        "member",
        ("name", "email", "locale", "state", "roles", "branch_id", "department_id", "engagement", "exempt"),
    ),
    Role: ("role", (*NAMES, "permissions", "totp_required")),
    Department: ("department", (*NAMES, "email", "active")),
    BranchOffice: (
        "branch",
        (*NAMES, "hours_ar", "hours_en", "address_ar", "address_en", "phone", "active"),
    ),
    AssociationSetting: (
        "settings",
        tuple(column.key for column in AssociationSetting.__table__.columns if column.key != "only"),
    ),
}
"""What is watched, and which of its fields."""

UNSHOWN = ("logo_id", "complaints", "surveys", "settlements")
"""Fields of which only the fact is kept that they changed: pictures, and rules that are many settings in one."""


@dataclass(frozen=True)
class Line:
    """One change, with the name of who made it."""

    record: ChangeRecord
    actor: str | None


def note(
    subject: str,
    subject_id: UUID | None,
    verb: str,
    *,
    name: Any = "",
    fields: Sequence[Any] = (),
    by: UUID | None = None,
) -> None:
    """Keep a change that no watched field tells, by the member who is signed in unless another is named."""
    member = current_member()
    record = ChangeRecord(subject=subject, subject_id=subject_id, verb=verb, origin=request_origin.current())
    record.actor_id, record.data = by or (member.id if member else None), {"name": name, "fields": list(fields)}
    db.session.add(record)


def of_account(account_id: UUID, verb: str) -> None:
    """Keep what a person did about their own sign-in, at the association where they did it."""
    if place.get() is PLATFORM:
        return
    found = db.session.execute(
        select(Membership.id, Membership.name).where(Membership.account_id == account_id)
    ).one_or_none()
    if found is not None:
        note("member", found.id, verb, name=found.name, by=found.id)


def page(*, subject: str | None = None, about: UUID | None = None, after: tuple[datetime, UUID] | None = None) -> Any:
    """The latest changes, newest first, at most a page and one more; all, of one kind, or about one subject."""
    wanted = select(ChangeRecord, Membership.name).outerjoin(Membership, Membership.id == ChangeRecord.actor_id)
    if subject:
        wanted = wanted.where(ChangeRecord.subject == subject)
    if about:
        wanted = wanted.where(ChangeRecord.subject_id == about)
    if after:
        wanted = wanted.where(tuple_(ChangeRecord.at, ChangeRecord.id) < after)
    rows = db.session.execute(wanted.order_by(ChangeRecord.at.desc(), ChangeRecord.id.desc()).limit(PAGE + 1))
    return [Line(record, name) for record, name in rows]


@event.listens_for(TenantSession, "before_flush")
def _keep(session: Session, *_: Any) -> None:
    if not has_request_context() or not any(type(one) in WATCHED for one in (*session.new, *session.dirty)):
        return
    member = current_member()
    made = [one for one in session.new if type(one) in WATCHED] if member else []
    for one in made:
        if hasattr(one, "id"):
            one.id = one.id or uuid4()
        _write(session, one, "added", member.id if member else None)
    for one in [one for one in session.dirty if type(one) in WATCHED]:
        _write(session, one, "changed", member.id if member else _oneself(one))


def _write(session: Session, one: Any, verb: str, actor: UUID | None) -> None:
    subject, watched = WATCHED[type(one)]
    fields = [line for name in watched if (line := _told(session, one, name, verb))]
    if fields or verb == "added":
        record = ChangeRecord(subject=subject, subject_id=getattr(one, "id", None), verb=verb, actor_id=actor)
        record.origin, record.data = request_origin.current(), {"name": _named(one), "fields": fields}
        session.add(record)


def _told(session: Session, one: Any, name: str, verb: str) -> list[Any] | None:
    """What a field was and is; None where it stays, or is empty from the start."""
    history = inspect(one).attrs[name].history
    if verb == "changed" and not (history.added or history.deleted):
        return None
    if name == "roles":
        kept = [_named(role) for role in history.unchanged]
        before, after = kept + [_named(role) for role in history.deleted], [_named(role) for role in one.roles]
    else:
        before = _shown(session, name, history.deleted[0] if history.deleted else None)
        after = _shown(session, name, getattr(one, name))
    if _filled(None if verb == "added" else before) == _filled(after):
        return None
    return [name, None, None] if name in UNSHOWN else [name, None if verb == "added" else before, after]


def _filled(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _shown(session: Session, name: str, value: Any) -> Any:
    """A value as it is kept: plain data, with names in place of ids."""
    kinds = {"branch_id": BranchOffice, "department_id": Department}
    if name in kinds:
        with session.no_autoflush:
            found = session.get(kinds[name], value) if value else None
        return _named(found) if found else None
    return str(value) if isinstance(value, UUID) else value


def _named(one: Any) -> Any:
    if hasattr(one, "name_ar"):
        return {"ar": one.name_ar, "en": one.name_en}
    return getattr(one, "name", "")


def _oneself(one: Any) -> UUID | None:
    """Whoever accepts an invitation becomes a member by their own deed."""
    history = inspect(one).attrs.state.history if isinstance(one, Membership) else None
    accepted = history is not None and list(history.deleted) == ["invited"] and list(history.added) == ["active"]
    return one.id if accepted else None
