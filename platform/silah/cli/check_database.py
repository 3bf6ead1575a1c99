"""What may be wrong with the database: out of reach, too many rights, not migrated, or work that nobody does."""

from collections.abc import Iterator
from typing import Any

import psycopg2
from sqlalchemy.engine import make_url

from silah.cli.findings import Finding, first_line, note
from silah.config import Settings
from tenants.preparing import connect
from tenants.rendering import head

OLDEST = 160000
LATE_MINUTES = 10
REFUSED = "FATAL"
"""What stands in an error that the server itself sent, as against one of the network."""

LOGIN = """SELECT rolsuper, rolcreaterole, rolinherit FROM pg_catalog.pg_roles WHERE rolname = current_user"""
RIGHTS = """SELECT
  has_function_privilege(current_user, 'pg_catalog.set_config(text,text,boolean)', 'execute'),
  has_database_privilege(current_database(), 'TEMP'),
  to_regclass('shared.alembic_version') IS NOT NULL"""
REACHES = """SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname ~ '^t_[0-9a-f]{32}$' AND c.relkind = 'r' AND has_table_privilege(current_user, c.oid, 'SELECT'))"""
BEHIND = "SELECT count(*) FROM shared.tenant_migration WHERE revision <> %s"
REVISION = "SELECT version_num FROM shared.alembic_version"
LATE = """SELECT count(*) FROM shared.due_work d LEFT JOIN shared.association a ON a.role = d.tenant
  WHERE d.done_at IS NULL AND d.due_at < now() - make_interval(mins => %s)
  AND coalesce(a.state, 'active') = 'active'"""
HALF_MADE = "SELECT slug FROM shared.association WHERE state = 'making' AND created_at < now() - interval '1 hour'"


def check(settings: Settings) -> Iterator[Finding]:
    """Everything about PostgreSQL, asked by the application's login."""
    try:
        conn = connect(make_url(settings.database_url))
    except psycopg2.OperationalError as error:
        yield from unreachable(error)
        return
    try:
        with conn, conn.cursor() as cursor:
            if conn.server_version < OLDEST:
                yield Finding(f"PostgreSQL is too old: {OLDEST // 10_000} or later is needed.")
            yield from login(cursor, settings)
            if migrated(cursor):
                yield from revisions(cursor)
                yield from left_undone(cursor)
            else:
                yield Finding("The database has none of the platform's tables; run: silah migrate")
    except psycopg2.Error as error:
        yield Finding(f"The database cannot be looked into: {first_line(error)}")
    finally:
        conn.close()
    yield from owner(settings)


def unreachable(error: psycopg2.OperationalError) -> Iterator[Finding]:
    """A server that is not there, or one that is and has not been prepared: no database, no login, another password."""
    if REFUSED not in str(error):
        yield Finding(f"The database does not answer (SILAH_DATABASE_URL): {first_line(error)}")
        return
    yield Finding(
        f"The database does not let us in (SILAH_DATABASE_URL): {first_line(error)}; "
        "if it was not prepared yet, run: silah prepare postgresql://postgres:…@host/postgres"
    )


def one(cursor: Any, sql: str, *values: Any) -> Any:
    """The one row of a query."""
    cursor.execute(sql, values or None)
    return cursor.fetchone()


def login(cursor: Any, settings: Settings) -> Iterator[Finding]:
    """Rights that the application's login should not have, because they lead past the wall between associations."""
    superuser, creates, inherits = one(cursor, LOGIN)
    if superuser:
        yield Finding("The application's login is a superuser: every association is open to it. Use another login.")
        return
    if creates:
        yield Finding("The application's login may create roles (CREATEROLE); take that right away.")
    if inherits and settings.role_mode == "tenant":
        yield Finding("The application's login inherits its associations' rights; run: ALTER ROLE … NOINHERIT")
    set_config, temp, _ = one(cursor, RIGHTS)
    if set_config:
        yield note("set_config may be executed by all, so SQL that was injected could change its association; let a")
        yield note("  superuser run: REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text,text,boolean) FROM PUBLIC")
    if temp:
        yield note("The application's login may make temporary tables; run: REVOKE TEMP ON DATABASE … FROM PUBLIC")
    if settings.role_mode == "none":
        yield note("SILAH_ROLE_MODE is none: only the search path keeps associations apart.")
    elif one(cursor, REACHES)[0]:
        yield Finding("The application's login reads an association's tables without taking its role.")


def migrated(cursor: Any) -> bool:
    """Whether the shared schema is there."""
    return bool(one(cursor, RIGHTS)[2])


def revisions(cursor: Any) -> Iterator[Finding]:
    """Associations that were not migrated."""
    if behind := one(cursor, BEHIND, head("tenant"))[0]:
        yield Finding(f"{behind} associations are not at the newest revision; run: silah migrate")


def left_undone(cursor: Any) -> Iterator[Finding]:
    """Owed work that nobody does, and creations that broke off."""
    if late := one(cursor, LATE, LATE_MINUTES)[0]:
        yield Finding(f"{late} pieces of work are over {LATE_MINUTES} minutes late: do workers and a scheduler run?")
    cursor.execute(HALF_MADE)
    for (slug,) in cursor.fetchall():
        yield Finding(f"The creation of {slug} broke off; finish it with: silah tenants create {slug} …")


def owner(settings: Settings) -> Iterator[Finding]:
    """The login that creates and migrates; the web server needs none."""
    if not settings.owner_url:
        yield note("SILAH_OWNER_URL is not set: associations cannot be created or migrated from here.")
        return
    try:
        conn = connect(make_url(settings.owner_url))
    except psycopg2.OperationalError as error:
        yield Finding(f"The owner's login does not answer (SILAH_OWNER_URL): {first_line(error)}")
        return
    try:
        with conn, conn.cursor() as cursor:
            superuser, creates, _ = one(cursor, LOGIN)
            if superuser:
                yield note("The owner's login is a superuser; CREATEROLE is enough.")
            elif not creates:
                yield Finding("The owner's login may not create roles; run: ALTER ROLE … CREATEROLE")
            if one(cursor, RIGHTS)[2] and one(cursor, REVISION)[0] != head("shared"):
                yield Finding("The platform's tables are not at the newest revision; run: silah migrate")
    finally:
        conn.close()
