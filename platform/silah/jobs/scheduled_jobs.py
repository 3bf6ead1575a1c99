"""Rows of `shared.due_work`: what an association owes, by when, and whether it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.jobs.commit_effects import after_commit
from silah.jobs.transport import nudge
from tenants.context import key as place_key
from tenants.context import place
from tenants.database import db
from tenants.errors import NoTenant
from tenants.registry import DueWork

AT_ONCE = timedelta(seconds=2)
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
ERROR_LENGTH = 500


_not_before: ContextVar[datetime | None] = ContextVar("silah_owed_not_before", default=None)


@contextmanager
def not_before(instant: datetime) -> Iterator[None]:
    """Within the block nothing is owed earlier than this instant, so that the time of its cause does not show."""
    mark = _not_before.set(instant)
    try:
        yield
    finally:
        _not_before.reset(mark)


def owe(kind: str, key: str, due_at: datetime, payload: dict[str, Any] | None = None) -> None:
    """Owe work of this kind from `due_at` on, in the present transaction.

    `key` tells pieces of work of one kind apart. Owing the same again moves it to the time given and makes it
    owed once more if it was done.
    """
    due_at = max(due_at, _not_before.get() or due_at)
    fresh = {
        "due_at": due_at,
        "payload": payload or {},
        "attempts": 0,
        "handed_at": None,
        "done_at": None,
        "last_error": None,
    }
    row = insert(DueWork).values(tenant=whose(), kind=kind, key=key, **fresh)
    db.session.execute(
        row.on_conflict_do_update(index_elements=[DueWork.tenant, DueWork.kind, DueWork.key], set_=fresh)
    )
    if due_at <= clock.now() + AT_ONCE:
        after_commit(nudge)


def whose() -> str:
    """In whose name work is owed: the association's role, or `platform`."""
    name = place_key(place.get())
    if name is None:
        raise NoTenant("nobody is served who could owe this")
    return name


def settle(kind: str, key: str) -> None:
    """Owe this no longer: it was done otherwise, or what it was about is gone."""
    db.session.execute(_row(kind, key).values(done_at=clock.now()))


def finish(kind: str, key: str, due_at: datetime) -> None:
    """Mark as done what was due then, unless the work itself owed it anew for another time."""
    row = _row(kind, key).where(DueWork.due_at == due_at)
    db.session.execute(row.values(done_at=clock.now(), handed_at=None, last_error=None))


def postpone(kind: str, key: str, attempts: int, error: str) -> None:
    """Note a failure; the row falls due again after a delay that doubles each time, up to an hour."""
    db.session.execute(
        _row(kind, key).values(
            attempts=attempts,
            last_error=error[:ERROR_LENGTH],
            handed_at=None,
            due_at=clock.now() + delay(attempts),
        )
    )


def delay(attempts: int) -> timedelta:
    """How long to wait after this many failures."""
    return min(FIRST_DELAY * (1 << min(attempts - 1, 20)), LONGEST_DELAY)


def _row(kind: str, key: str) -> Any:
    mine = DueWork.tenant == whose()
    return update(DueWork).where(mine, DueWork.kind == kind, DueWork.key == key, DueWork.done_at.is_(None))
