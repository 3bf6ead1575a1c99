"""Holds every transaction to one schema and one role, in the same packet as its first statement.

psycopg2 sends BEGIN by itself; `SET LOCAL` joins whatever follows, so it costs no round trip of its own and
ends with the transaction, also behind PgBouncer's transaction pooling. No place, no statement, no fallback.

It stands where the dialect hands a statement to the driver, which every way to the database passes, and asks the
driver whether a transaction is open. SQLAlchemy's events of connections would cost each statement more than this.
"""

from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from sqlalchemy import Engine, event

from tenants.context import Place, Tenant, key, place
from tenants.errors import CannotPin, NoTenant, WrongTenant

RoleMode = Literal["tenant", "none"]


@dataclass(slots=True)
class Hold:
    """What is known of one connection: whose its open transaction is, and all whom it has served."""

    record: Any
    pin: str | None = None
    seen: set[str | None] = field(default_factory=set)


def head(who: Place, mode: RoleMode) -> str:
    """The statements that hold a transaction to `who`; a tenant's role had its shape checked."""
    if not isinstance(who, Tenant):
        # An explicit role: a session-level SET ROLE that slipped in must not live on into the next one.
        return "SET LOCAL search_path TO pg_catalog; SET LOCAL ROLE NONE; "
    path = f'SET LOCAL search_path TO "{who.role}"; '
    return path if mode == "none" else path + f'SET LOCAL ROLE "{who.role}"; '


def pin(engine: Engine, *, mode: RoleMode, retire_after: int) -> None:
    """Hold every transaction of `engine` to the place of whoever runs it.

    A connection is replaced once it has served `retire_after` different places, because a backend's catalogue
    cache grows with each one and is never given back.
    """
    holds: WeakKeyDictionary[Any, Hold] = WeakKeyDictionary()

    @event.listens_for(engine, "connect")
    def met(connection: Any, record: Any) -> None:
        holds[connection] = Hold(record)

    def opening(cursor: Any) -> str:
        """What has to go before this statement: nothing within a transaction that is held already."""
        hold = holds.get(cursor.connection)
        if hold is None:
            return ""  # SQLAlchemy asks a server for its version, before anybody gets the connection
        who = place.get()
        if who is None:
            raise NoTenant("a statement reached the database while nobody was served")
        if cursor.connection.get_transaction_status() != TRANSACTION_STATUS_IDLE:
            if hold.pin != key(who):
                raise WrongTenant("a transaction of one association was used under another")
            return ""
        if cursor.connection.autocommit:
            raise CannotPin("autocommit would hold its first statement only")
        begin(hold, key(who))
        return head(who, mode)

    def begin(hold: Hold, who: str | None) -> None:
        hold.pin = who
        hold.seen.add(who)
        if len(hold.seen) >= retire_after:
            hold.record.invalidate(soft=True)  # replaced at its next checkout

    def send(cursor: Any, sql: str, params: Any, context: Any) -> bool:
        start = opening(cursor)
        if not start:
            return False
        if cursor.name:  # a named cursor would wrap it in DECLARE
            alone(cursor, start)
            return False
        cursor.execute(start + sql, params)
        return True

    def send_plain(cursor: Any, sql: str, context: Any) -> bool:
        return send(cursor, sql, None, context)

    def send_many(cursor: Any, sql: str, params: Any, context: Any) -> bool:
        if start := opening(cursor):  # the text would be repeated for each row
            alone(cursor, start)
        return False

    event.listen(engine, "do_execute", send)
    event.listen(engine, "do_execute_no_params", send_plain)
    event.listen(engine, "do_executemany", send_many)


def alone(cursor: Any, start: str) -> None:
    """Hold the transaction by a packet of its own."""
    with cursor.connection.cursor() as own:
        own.execute(start)
