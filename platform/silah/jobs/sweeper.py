"""Hands what is due, of all associations, to RQ: one query finds it, whoever it belongs to."""

import logging
from datetime import datetime, timedelta

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import and_, delete, func, or_, select, tuple_, update
from sqlalchemy.sql.elements import ColumnElement

from silah import clock
from silah.config import Settings
from silah.jobs.transport import carry, queue
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.registry import ACTIVE, Association, DueWork

log = logging.getLogger(__name__)

HANDED_AGAIN_AFTER = timedelta(seconds=30)
MOST_WAITING = 200
KEPT = timedelta(days=30)
SWEEPING = 7_265_001
"""The advisory lock of whoever sweeps; any number will do that nobody else uses."""

Row = tuple[str, str, str]
WORK = "silah.jobs.runner.perform"
MOST_IN_FRONT = 10
AWAITED = ".awaited"
"""How kinds of work end for which somebody waits at a page: a one-time code, an invitation just sent."""
OF_THE_PLATFORM = DueWork.tenant == PLATFORM.value
OF_ASSOCIATIONS = DueWork.tenant.in_(select(Association.role).where(Association.state == ACTIVE))


def sweep(settings: Settings, connection: Redis) -> int:
    """Hand over what is due and not handed yet, or was handed long ago and is not done; says how much.

    Several schedulers may run: one sweeps at a time. The queue is kept short, so that a row handed again
    because it waited long does not pile up in it. What somebody waits for at a page goes to the front: kinds that end
    in ``.awaited``, and the platform's own work.
    """
    room = MOST_WAITING - queue(settings, connection).count
    marker = f"{settings.installation}:marker"
    patience = HANDED_AGAIN_AFTER if connection.exists(marker) else timedelta(0)
    awaited = and_(OF_ASSOCIATIONS, DueWork.kind.endswith(AWAITED))
    first = _take(MOST_IN_FRONT, patience, or_(OF_THE_PLATFORM, awaited))
    rows = _take(room, patience, OF_ASSOCIATIONS) if room > 0 else []
    try:
        carry(settings, connection, WORK, *first, at_front=True)
        carry(settings, connection, WORK, *rows)
        connection.set(marker, b"1")
    except RedisError:
        _give_back(first + rows)
        raise
    return len(first) + len(rows)


def forget_done() -> None:
    """Remove rows that were done long ago."""
    with serving(PLATFORM):
        db.session.execute(delete(DueWork).where(DueWork.done_at < clock.now() - KEPT))
        db.session.commit()


def _take(room: int, patience: timedelta, whose: ColumnElement[bool]) -> list[Row]:
    """Mark up to `room` due rows as handed over, in a transaction of its own that ends before Redis hears.

    Without patience (Redis was emptied) everything handed before counts as lost. A row whose work is
    running is locked, and passed by.
    """
    now = clock.now()
    due = (
        select(DueWork.tenant, DueWork.kind, DueWork.key)
        .where(whose, DueWork.done_at.is_(None), DueWork.due_at <= now)
        .where(or_(DueWork.handed_at.is_(None), DueWork.handed_at < now - patience))
        .order_by(DueWork.due_at)
        .limit(room)
        .with_for_update(skip_locked=True, of=DueWork)
    )
    with serving(PLATFORM):
        if not db.session.scalar(select(func.pg_try_advisory_xact_lock(SWEEPING))):
            db.session.rollback()
            return []
        found = [(row.tenant, row.kind, row.key) for row in db.session.execute(due)]
        _mark(found, now)
        db.session.commit()
        return found


def _mark(rows: list[Row], handed_at: datetime | None) -> None:
    if rows:
        identity = tuple_(DueWork.tenant, DueWork.kind, DueWork.key)
        db.session.execute(update(DueWork).where(identity.in_(rows)).values(handed_at=handed_at))


def _give_back(rows: list[Row]) -> None:
    """Redis did not take them: the next sweep may hand them over at once."""
    with serving(PLATFORM):
        _mark(rows, None)
        db.session.commit()
