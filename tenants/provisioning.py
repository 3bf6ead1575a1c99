"""Making an association: its role, its schema and its row in the registry come at once, in one round trip.

All of it is one transaction of the owner's login, so a crash leaves nothing behind. What follows (roles, policy,
request types) is filled in by the application while the association is still `making`; a creation that broke off
there is resumed by asking for the same slug again.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg2
from psycopg2 import errors as pg
from psycopg2.extensions import connection
from sqlalchemy.engine import make_url

from tenants import keys, rendering, resolution
from tenants.context import Tenant
from tenants.database import Installation, installation
from tenants.errors import NotPrepared, SlugTaken
from tenants.isolation import RoleMode
from tenants.preparing import connect
from tenants.registry import ACTIVE, MAKING
from tenants.slugs import checked_name, checked_slug, skeleton

LOCKS = 0x51_1A  # the class of our advisory locks, apart from anybody else's

COLUMNS = "id, slug, role, name_ar, name_en, locale, state, blueprint, wrapped_key"
FIND = f"SELECT {COLUMNS} FROM shared.association WHERE slug = %s"  # noqa: S608 - a constant above
REGISTER = f"""INSERT INTO shared.association ({COLUMNS}, skeleton, blueprint_version)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);
"""  # noqa: S608 - likewise
RECORD = "INSERT INTO shared.tenant_migration (role, revision) VALUES (%s, %s);\n"
OPEN = "UPDATE shared.association SET state = 'active' WHERE id = %s AND state = 'making'"


def create(
    slug: str,
    *,
    blueprint: str,
    name_ar: str,
    name_en: str,
    locale: str = "ar",
    tenant_id: UUID | None = None,
) -> Tenant:
    """Make an association and open it at once; raises `BadSlug`, `BadName` or `SlugTaken`."""
    with creating(
        slug, blueprint=blueprint, name_ar=name_ar, name_en=name_en, locale=locale, tenant_id=tenant_id
    ) as tenant:
        pass
    return replace(tenant, state=ACTIVE)


@contextmanager
def creating(
    slug: str,
    *,
    blueprint: str,
    name_ar: str,
    name_en: str,
    locale: str = "ar",
    tenant_id: UUID | None = None,
    blueprint_version: int = 1,
) -> Iterator[Tenant]:
    """Make an association, or resume one half made; the block fills it, and it opens when the block has ended.

    Nobody else can make or resume the same slug meanwhile: they get `SlugTaken`.
    """
    checked_slug(slug)
    settings = installation()
    tenant = _new(slug, blueprint, checked_name(name_ar), checked_name(name_en), locale, tenant_id, settings)
    with owner_connection(settings) as conn, conn.cursor() as cursor, _locked(cursor, slug):
        tenant = _half_made(cursor, slug) or _made(conn, cursor, tenant, settings.role_mode, blueprint_version)
        yield tenant
        cursor.execute(OPEN, (str(tenant.id),))
    resolution.forget()


@contextmanager
def owner_connection(settings: Installation) -> Iterator[connection]:
    """A bare connection of the owner's login, where each text that is sent is a transaction of its own."""
    if not settings.owner_url:
        raise NotPrepared("SILAH_OWNER_URL is not set: creating an association needs the owner's login")
    conn = connect(make_url(settings.owner_url))
    conn.autocommit = True
    try:
        yield conn
    finally:
        conn.close()


def _new(
    slug: str,
    blueprint: str,
    name_ar: str,
    name_en: str,
    locale: str,
    tenant_id: UUID | None,
    settings: Installation,
) -> Tenant:
    id = tenant_id or uuid4()
    return Tenant(
        id=id,
        slug=slug,
        role=f"t_{id.hex}",
        name_ar=name_ar,
        name_en=name_en,
        locale=locale,
        state=MAKING,
        blueprint=blueprint,
        wrapped_key=keys.wrap(keys.new_key(), settings.master_key_bytes, id),
    )


@contextmanager
def _locked(cursor: Any, slug: str) -> Iterator[None]:
    """Keep others from making this slug; a connection that breaks lets it go by itself."""
    cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (LOCKS, skeleton(slug)))
    if not cursor.fetchone()[0]:
        raise SlugTaken(f"the slug {slug}, or one that looks like it, is being made just now")
    try:
        yield
    finally:
        with suppress(psycopg2.Error):
            cursor.execute("SELECT pg_advisory_unlock_all()")


def _half_made(cursor: Any, slug: str) -> Tenant | None:
    cursor.execute(FIND, (slug,))
    row = cursor.fetchone()
    if row is None:
        return None
    columns = dict(zip(COLUMNS.split(", "), row, strict=True))
    found = Tenant(**columns | {"id": UUID(row[0]), "wrapped_key": bytes(row[-1])})
    if found.state != MAKING:
        raise SlugTaken(f"the slug {slug} is taken")
    return found


def _made(conn: connection, cursor: Any, tenant: Tenant, mode: RoleMode, blueprint_version: int) -> Tenant:
    values = (
        str(tenant.id),
        tenant.slug,
        tenant.role,
        tenant.name_ar,
        tenant.name_en,
        tenant.locale,
        tenant.state,
    )
    rest = (tenant.blueprint, tenant.wrapped_key, skeleton(tenant.slug), blueprint_version)
    registered = cursor.mogrify(REGISTER, (*values, *rest))
    recorded = cursor.mogrify(RECORD, (tenant.role, rendering.head("tenant")))
    text = schema_sql(tenant.role, mode, modern=conn.server_version >= 160000)
    try:
        cursor.execute(registered + recorded + text.encode())
    except pg.UniqueViolation as error:
        raise SlugTaken(f"the slug {tenant.slug}, or one that looks like it, is taken") from error
    return tenant


def schema_sql(role: str, mode: RoleMode, *, modern: bool = True) -> str:
    """Everything that makes one association's schema and role; one text, one transaction.

    The group's membership comes last, since it locks the group against others until the transaction ends.
    """
    tables = rendering.for_role(rendering.rendered(), role, mode)
    if mode == "none":
        return f"""CREATE SCHEMA "{role}"; GRANT USAGE ON SCHEMA "{role}" TO silah_app;
SET LOCAL search_path TO "{role}";
{tables}"""
    narrow = " WITH INHERIT FALSE, SET TRUE" if modern else ""  # before 16 NOINHERIT on the login does it
    return f"""CREATE ROLE "{role}" NOLOGIN;
CREATE SCHEMA "{role}"; GRANT USAGE ON SCHEMA "{role}" TO "{role}";
SET LOCAL search_path TO "{role}";
{tables}
GRANT "{role}" TO silah_app{narrow};
GRANT silah_tenant TO "{role}";
"""
