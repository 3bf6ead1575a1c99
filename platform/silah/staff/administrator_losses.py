"""Administrators who stopped being one: kept on record, and for a while as good as there for what takes two.

Whether a grant waits must not hang on what one administrator did a moment ago. So whoever could have confirmed within
the last thirty days counts, even though they were suspended, lost the role, or the role lost its permissions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, event, insert, inspect, select
from sqlalchemy.orm import Session

from silah import clock
from silah.organisation.models import ChangeRecord, Membership, Role
from silah.staff import authority
from silah.web import request_origin
from tenants.database import TenantSession, db

VERB = "administers_no_more"
COUNTED_FOR = timedelta(days=30)
_BEFORE = "administrators_before"


@dataclass(frozen=True)
class AdministratorLoss:
    """Somebody who is no administrator any more: who, since when, and until when they count as one."""

    member_id: UUID
    name: str
    at: datetime

    @property
    def until(self) -> datetime:
        """Return the moment from which it no longer counts."""
        return self.at + COUNTED_FOR


def list_losses() -> list[AdministratorLoss]:
    """Return those who stopped being administrators within the last thirty days and are none again, latest first."""
    rows = (
        select(Membership.id, Membership.name, ChangeRecord.at)
        .join(Membership, Membership.id == ChangeRecord.subject_id)
        .where(ChangeRecord.verb == VERB, ChangeRecord.at > clock.now() - COUNTED_FOR)
        .where(Membership.id.not_in(_administrators()))
        .order_by(ChangeRecord.at.desc(), ChangeRecord.id)
    )
    latest: dict[UUID, AdministratorLoss] = {}
    for id_, name, at in db.session.execute(rows):
        latest.setdefault(id_, AdministratorLoss(id_, name, at))
    return list(latest.values())


def is_second_owed(by: UUID, but: UUID | None = None) -> bool:
    """Whether somebody else than these two could confirm, or could have within the last thirty days."""
    others = _administrators().where(Membership.id.not_in([one for one in (by, but) if one]))
    if db.session.scalar(others.limit(1)) is not None:
        return True
    return any(one.member_id != by for one in list_losses())


@event.listens_for(TenantSession, "before_flush")
def _look(session: Session, *_: object) -> None:
    """Remember who is an administrator where a change by a member of staff could take that from somebody."""
    session.info.pop(_BEFORE, None)
    if authority.actor() is not None and any(_takes_away(one) for one in session.dirty):
        session.info[_BEFORE] = set(session.scalars(_administrators()))


@event.listens_for(TenantSession, "after_flush")
def _keep(session: Session, *_: object) -> None:
    """Put on record who is an administrator no longer."""
    before: set[UUID] = session.info.pop(_BEFORE, set())
    by = authority.actor()
    if not before or by is None:
        return
    left = set(session.scalars(_administrators()))
    lost = select(Membership.id, Membership.name).where(Membership.id.in_(before - left))
    for id_, name in session.execute(lost).all() if before - left else ():
        values = {
            "subject": "member",
            "subject_id": id_,
            "verb": VERB,
            "actor_id": by.id,
            "origin": request_origin.current(),
        }
        session.execute(insert(ChangeRecord).values(**values, data={"name": name, "fields": []}))


def _administrators() -> Select[UUID]:
    return select(Membership.id).where(authority.may_all(*authority.ADMINISTERS))


def _takes_away(one: object) -> bool:
    if isinstance(one, Membership):
        seen = inspect(one).attrs
        return bool(seen.state.history.deleted or seen.roles.history.deleted)
    return isinstance(one, Role) and bool(inspect(one).attrs.permissions.history.added)
