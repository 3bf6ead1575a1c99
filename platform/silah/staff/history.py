"""When and how somebody signed in: for themselves, and for the administrators of the association where it was.

A failed try leaves no row of its own, since writing one only for those who exist would tell who does; the next time
the right person signs in, how many tries had failed is kept with it.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import request
from sqlalchemy import delete, select

from silah import clock
from silah.staff.models import SignIn
from silah.staff.platform_transactions import on_platform
from tenants.context import Tenant, place
from tenants.database import db

KEPT = timedelta(days=365)
SHOWN = 50
LONGEST = 200


def note(account_id: UUID, how: str, failures: int = 0) -> None:
    """Keep that this person has just signed in at this host; what is older than a year goes."""
    here = place.get()
    row = SignIn(
        account_id=account_id,
        association_id=here.id if isinstance(here, Tenant) else None,
        how=how,
        origin=(request.remote_addr or "")[:LONGEST],
        browser=(request.user_agent.string or "")[:LONGEST],
        failures=max(failures, 0),
    )
    with on_platform():
        db.session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.at < clock.now() - KEPT))
        db.session.add(row)


def of(account_id: UUID, association_id: UUID | None = None) -> Sequence[SignIn]:
    """The latest times, newest first: everywhere, or in one association."""
    wanted = select(SignIn).where(SignIn.account_id == account_id).order_by(SignIn.at.desc()).limit(SHOWN)
    if association_id is not None:
        wanted = wanted.where(SignIn.association_id == association_id)
    with on_platform():
        found = db.session.scalars(wanted).all()
        db.session.expunge_all()
    return found
