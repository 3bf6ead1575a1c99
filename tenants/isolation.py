"""Holds every transaction to one schema and one role, in the same packet as its first statement.

psycopg2 sends BEGIN by itself; `SET LOCAL` joins whatever follows, so it costs no round trip of its own and
ends with the transaction, also behind PgBouncer's transaction pooling. No place, no statement, no fallback.

What a transaction leaves on its connection (prepared statements, held cursors, settings, LISTEN, advisory locks) would
reach whom the connection serves next. So it is reset when that is somebody else, in the same packet, and committed
there before the first statement runs: a rollback would bring the settings back. Behind a transaction pooler no client
knows its server connection, so each transaction begins with the reset, unless the pooler does it
(`server_reset_query_always`).

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
Pooler = Literal["none", "transaction", "resetting"]
"""What stands before the server: nothing, a transaction pooler, or one that resets after each transaction itself."""

UNKNOWN = "?"
"""Stands for whom a connection served last where its reset may have failed."""

RESET = (
    "DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; RESET ALL; DISCARD SEQUENCES; SELECT pg_catalog.pg_advisory_unlock_all(); "
)
"""All that DISCARD ALL does which may stand in a transaction; there are no temporary tables, and plans are harmless."""

# Not AND CHAIN: a transaction that began under what somebody left (read only, say) would hand that on.
COMMITTED = "COMMIT; BEGIN; "


@dataclass(slots=True)
class Hold:
    """What is known of one connection: whose its open transaction is, and whom it has served, last and ever."""

    record: Any
    pin: str | None = None
    last: str | None = None
    seen: set[str | None] = field(default_factory=set)


def head(who: Place, mode: RoleMode) -> str:
    """The statements that hold a transaction to `who`; a tenant's role had its shape checked."""
    if not isinstance(who, Tenant):
        # An explicit role: a session-level SET ROLE that slipped in must not live on into the next one.
        return "SET LOCAL search_path TO pg_catalog; SET LOCAL ROLE NONE; "
    path = f'SET LOCAL search_path TO "{who.role}"; '
    return path if mode == "none" else path + f'SET LOCAL ROLE "{who.role}"; '


def pin(engine: Engine, *, mode: RoleMode, retire_after: int, pooler: Pooler = "none", limits: str = "") -> None:
    """Hold every transaction of `engine` to the place of whoever runs it.

    `limits`: statements that go with each transaction, where the connection cannot carry them.

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
        return begin(hold, key(who)) + head(who, mode) + limits

    def begin(hold: Hold, who: str | None) -> str:
        """Note whose transaction begins; what has to be reset before it."""
        hold.pin = who
        soiled = pooler == "transaction" or (pooler == "none" and hold.last not in (None, who))
        if soiled:
            hold.last = UNKNOWN
        hold.seen.add(who)
        if len(hold.seen) >= retire_after:
            hold.record.invalidate(soft=True)  # replaced at its next checkout
        return RESET + COMMITTED if soiled else ""

    def begun(cursor: Any) -> None:
        """The packet went through, and with it the reset: from now on the connection bears this one's traces."""
        hold = holds[cursor.connection]
        hold.last = hold.pin

    def send(cursor: Any, sql: str, params: Any, context: Any) -> bool:
        start = opening(cursor)
        if not start:
            return False
        if cursor.name:  # a named cursor would wrap it in DECLARE
            alone(cursor, start)
            begun(cursor)
            return False
        cursor.execute(start + sql, params)
        begun(cursor)
        return True

    def send_plain(cursor: Any, sql: str, context: Any) -> bool:
        return send(cursor, sql, None, context)

    def send_many(cursor: Any, sql: str, params: Any, context: Any) -> bool:
        if start := opening(cursor):  # the text would be repeated for each row
            alone(cursor, start)
            begun(cursor)
        return False

    event.listen(engine, "do_execute", send)
    event.listen(engine, "do_execute_no_params", send_plain)
    event.listen(engine, "do_executemany", send_many)


def alone(cursor: Any, start: str) -> None:
    """Hold the transaction by a packet of its own."""
    with cursor.connection.cursor() as own:
        own.execute(start)
