"""One worker of a migration run: a connection of the owner's, and one association's change at a time."""

import random
import time
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2.extensions import connection
from sqlalchemy.engine import make_url

from tenants import rendering
from tenants.database import Installation
from tenants.errors import NotPrepared
from tenants.preparing import connect

CLAIM = """SET LOCAL lock_timeout = %s; SET LOCAL statement_timeout = %s;
SELECT revision FROM shared.tenant_migration WHERE role = %s FOR UPDATE"""
DONE = """UPDATE shared.tenant_migration SET revision = %s, migrated_at = now(), attempts = attempts + 1,
last_error = NULL WHERE role = %s;
"""
FAILED = "UPDATE shared.tenant_migration SET attempts = attempts + 1, last_error = %s WHERE role = %s"

# A lock not had in time, a deadlock, a lost connection: each may go well the next time.
WORTH_RETRYING = (psycopg2.OperationalError, psycopg2.InterfaceError)


@dataclass(frozen=True)
class Pace:
    """How a run goes about it; times in milliseconds.

    The run stops once more than `tolerated` of all pending associations have failed, and at least `few` of them.
    """

    workers: int = 2
    lock_timeout_ms: int = 2_000
    statement_timeout_ms: int = 300_000
    tries: int = 5
    tolerated: float = 0.05
    few: int = 3


def open_owner(settings: Installation) -> connection:
    """A bare connection of the owner's login."""
    if not settings.owner_url:
        raise NotPrepared("SILAH_OWNER_URL is not set: migrating needs the owner's login")
    return connect(make_url(settings.owner_url))


class Worker:
    """Migrates associations one after the other; a connection that is lost is replaced."""

    def __init__(self, settings: Installation, pace: Pace) -> None:
        self.settings, self.pace = settings, pace
        self.conn = open_owner(settings)

    def close(self) -> None:
        """Give the connection back to the server."""
        self.conn.close()

    def migrate(self, role: str) -> str | None:
        """Bring one association to the head, waiting for its readers to finish; the error's text if it cannot be."""
        reason = None
        for attempt in range(1, self.pace.tries + 1):
            try:
                self._once(role)
                return None
            except WORTH_RETRYING as error:
                reason = error
                time.sleep(random.uniform(0.5, 1) * 0.05 * 2**attempt)  # noqa: S311 - no secret
            except psycopg2.Error as error:
                return self._noted(role, error)
        return self._noted(role, reason)

    def _once(self, role: str) -> None:
        if self.conn.closed:
            self.conn = open_owner(self.settings)
        with self.conn, self.conn.cursor() as cursor:
            self._replay(cursor, role)

    def _replay(self, cursor: Any, role: str) -> None:
        """The change and its record go in one packet; whoever comes second finds nothing left to do."""
        head = rendering.head("tenant")
        cursor.execute(CLAIM, (self.pace.lock_timeout_ms, self.pace.statement_timeout_ms, role))
        found = cursor.fetchone()
        if found is None or found[0] == head:
            return
        change = rendering.for_role(rendering.rendered(found[0]), role, self.settings.role_mode)
        path = f'SET LOCAL search_path TO "{role}";\n'
        cursor.execute(path.encode() + change.encode() + cursor.mogrify(DONE, (head, role)))

    def _noted(self, role: str, error: Exception | None) -> str:
        reason = " ".join(str(error).split())[:500]
        if self.conn.closed:
            return reason
        with self.conn, self.conn.cursor() as cursor:
            cursor.execute(FAILED, (reason, role))
        return reason
