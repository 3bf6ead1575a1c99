"""What RQ calls in a worker: serve the association, do one piece of owed work, mark it done, commit once."""

import logging
from typing import Any

from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.jobs import handlers, scheduled_jobs
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tenants.registry import ACTIVE, Association, DueWork

log = logging.getLogger(__name__)
_served: list[Flask] = []


def serve(app: Flask) -> None:
    """Let this process and those that it forks do work for an application, with every handler known."""
    handlers.load()
    _served[:] = [app]


def application() -> Flask:
    """Return the application that this process works for; raises LookupError where `serve` was not called."""
    if not _served:
        raise LookupError("this process was not told which application it works for")
    return _served[0]


def perform(role: str, kind: str, key: str) -> None:
    """Do a piece of owed work, as handed over by the scheduler."""
    with application().app_context():
        work(role, kind, key)


def work(role: str, kind: str, key: str) -> bool:
    """Do the work of one row, within an app context; False if there is nothing to do or it failed.

    The row stays locked while its work runs, so a second worker that was handed the same passes it by.
    """
    who = PLATFORM if role == PLATFORM.value else association(role)
    if who is None:
        return False
    with serving(who):
        row = taken(kind, key)
        if row is None:
            return False
        attempts = row.attempts + 1
        try:
            handlers.handler_of(kind)(key, dict(row.payload))
            scheduled_jobs.finish(kind, key, row.due_at)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.exception("%s %s of %s failed, attempt %d", kind, key, role, attempts)
            scheduled_jobs.postpone(kind, key, attempts, f"{type(error).__name__}: {error}")
            db.session.commit()
            return False
    return True


def taken(kind: str, key: str) -> Any:
    """Lock the row and give it, or None if it is done, not due, or another worker holds it."""
    return db.session.execute(
        select(DueWork.due_at, DueWork.payload, DueWork.attempts)
        .where(DueWork.tenant == scheduled_jobs.whose(), DueWork.kind == kind, DueWork.key == key)
        .where(DueWork.done_at.is_(None), DueWork.due_at <= clock.now())
        .with_for_update(skip_locked=True)
    ).one_or_none()


def association(role: str) -> Tenant | None:
    """The active association with this role; what a suspended one owes waits until it is resumed."""
    with serving(PLATFORM):
        found = db.session.scalar(select(Association).where(Association.role == role, Association.state == ACTIVE))
        return found.tenant() if found else None
