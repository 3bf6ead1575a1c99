"""Holds every transaction to one schema and one role, in the same packet as its first statement.

psycopg2 sends BEGIN by itself; `SET LOCAL` joins whatever follows, so it costs no round trip of its own and
ends with the transaction, also behind PgBouncer's transaction pooling. No place, no statement, no fallback.
"""

from typing import Any, Literal

from sqlalchemy import Connection, Engine, event

from tenants.context import Place, Tenant, key, place
from tenants.errors import CannotPin, NoTenant, WrongTenant

RoleMode = Literal["tenant", "none"]


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

    @event.listens_for(engine, "begin")
    def begun(conn: Connection) -> None:
        conn.info.pop("pin", None)
        conn.info.pop("pinning", None)
        if _driver(conn).autocommit:
            raise CannotPin("autocommit would hold its first statement only")

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def before(conn: Connection, cursor: Any, sql: str, params: Any, context: Any, many: bool) -> tuple[str, Any]:
        who, held = place.get(), conn.info.get("pin")
        if who is None:
            raise NoTenant("a statement reached the database while nobody was served")
        if held == key(who):
            return sql, params
        if held:
            raise WrongTenant("a transaction of one association was used under another")
        start = head(who, mode)
        if many or cursor.name:  # executemany repeats its text, and a named cursor wraps it in DECLARE
            with _driver(conn).cursor() as own:
                own.execute(start)
            settle(conn, key(who))
            return sql, params
        # Only once it has been sent does the pin hold: psycopg2 may still refuse a parameter before sending.
        conn.info["pinning"] = key(who)
        return start + sql, params

    @event.listens_for(engine, "after_cursor_execute")
    def after(conn: Connection, cursor: Any, sql: str, params: Any, context: Any, many: bool) -> None:
        if coming := conn.info.pop("pinning", None):
            settle(conn, coming)

    def settle(conn: Connection, held: str | None) -> None:
        conn.info["pin"] = held
        seen = conn.info.setdefault("seen", set())
        seen.add(held)
        if len(seen) >= retire_after:
            conn.connection.invalidate(soft=True)  # replaced at its next checkout


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection
