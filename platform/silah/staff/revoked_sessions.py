"""Sessions that were signed out: a cookie is only a copy, so what ends a session is a note on the server.

The note stands with the membership (at the platform's host with the account), is read with the query that asks for it
on every request anyhow, and goes once the cookie would be too old by itself. Signing out ends one session: those of
the same person in other browsers stay.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.sql.elements import ColumnElement

from silah import clock
from silah.organisation.models import Membership
from silah.staff.models import Account
from silah.staff.platform_transactions import on_platform
from tenants.context import PLATFORM, place
from tenants.database import db


def has_ended(kept: Any, session: str) -> ColumnElement[bool]:
    """Whether a session is among those kept as ended, asked of the database."""
    found: ColumnElement[bool] = kept.op("?", is_comparison=True)(session)
    return found


def end(account_id: UUID, session: str, until: datetime) -> None:
    """Keep that a session at this host was signed out, until its cookie is too old."""
    if place.get() is PLATFORM:
        with on_platform():
            _note(db.session.scalar(select(Account).where(Account.id == account_id).with_for_update()), session, until)
    else:
        mine = select(Membership).where(Membership.account_id == account_id)
        _note(db.session.scalar(mine.with_for_update(of=Membership)), session, until)


def at_platform(account_id: UUID, session: str) -> bool:
    """Whether a session at the platform's own host was signed out."""
    wanted = select(has_ended(Account.ended, session)).where(Account.id == account_id)
    with on_platform():
        return bool(db.session.scalar(wanted))


def _note(kept: Account | Membership | None, session: str, until: datetime) -> None:
    if kept is not None:
        now = clock.now().timestamp()
        kept.ended = {**{id: end for id, end in kept.ended.items() if end > now}, session: int(until.timestamp())}
        db.session.flush()
