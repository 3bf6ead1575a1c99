"""What a database needs once, from a superuser, before associations can live in it."""

from dataclasses import dataclass

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection
from sqlalchemy.engine import URL, make_url

OWNER, APP, GROUP = "silah_owner", "silah_app", "silah_tenant"
"""The login that creates and migrates, the application's login, and the group of every association's role."""

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'silah_owner') THEN CREATE ROLE silah_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'silah_app') THEN CREATE ROLE silah_app; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'silah_tenant') THEN CREATE ROLE silah_tenant; END IF;
END $$;
ALTER ROLE silah_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB;
ALTER ROLE silah_app LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB;
ALTER ROLE silah_app SET search_path TO pg_catalog;
ALTER ROLE silah_tenant NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB;
GRANT silah_tenant TO silah_owner WITH ADMIN OPTION;
"""

RIGHTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO silah_owner;
"""

MADE = sql.SQL(" OWNER silah_owner TEMPLATE template0 ENCODING 'UTF8'")


@dataclass(frozen=True)
class Prepared:
    """The two addresses that an installation works with."""

    database_url: str
    owner_url: str


def prepare(superuser_url: str, *, owner_password: str, app_password: str, database: str = "silah") -> Prepared:
    """Make the logins and the database, or bring them to what they should be; safe to repeat."""
    url = make_url(superuser_url)
    with_roles(url, owner_password, app_password, database)
    conn = connect(url.set(database=database))
    try:
        with conn, conn.cursor() as cursor:
            cursor.execute(RIGHTS)
    finally:
        conn.close()
    return Prepared(
        address(url, APP, app_password, database),
        address(url, OWNER, owner_password, database),
    )


def with_roles(url: URL, owner_password: str, app_password: str, database: str) -> None:
    """Make the logins and the empty database, which belongs to the owner."""
    name = sql.Identifier(database)
    conn = connect(url)
    conn.autocommit = True
    try:
        with conn.cursor() as cursor:
            cursor.execute(ROLES)
            cursor.execute("ALTER ROLE silah_owner PASSWORD %s", (owner_password,))
            cursor.execute("ALTER ROLE silah_app PASSWORD %s", (app_password,))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
            if cursor.fetchone() is None:
                cursor.execute(sql.Composed([sql.SQL("CREATE DATABASE "), name, MADE]))
            cursor.execute(sql.Composed([sql.SQL("REVOKE ALL ON DATABASE "), name, sql.SQL(" FROM PUBLIC")]))
            cursor.execute(sql.Composed([sql.SQL("GRANT CONNECT ON DATABASE "), name, sql.SQL(" TO silah_app")]))
    finally:
        conn.close()


def connect(url: URL) -> connection:
    """A bare connection to an address written for SQLAlchemy."""
    return psycopg2.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))


def address(url: URL, login: str, password: str, database: str) -> str:
    """The same server under another login, in the one form that SQLAlchemy takes for psycopg2."""
    ours = url.set(drivername="postgresql+psycopg2", username=login, password=password, database=database)
    return ours.render_as_string(hide_password=False)
