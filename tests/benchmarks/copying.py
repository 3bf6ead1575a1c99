"""Associations to measure with: one made as in earnest and filled with the demo's month, the rest copied from it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import psycopg2
from argon2 import PasswordHasher
from flask import Flask
from psycopg2 import sql
from psycopg2.extensions import connection
from sqlalchemy import select
from sqlalchemy.engine import make_url

from silah import clock
from silah.cases.models import Case
from silah.demo import data, people
from silah.onboarding import setup
from silah.staff import passwords, service
from silah.staff.service import Person
from tenants import blueprints, keys, provisioning
from tenants.context import Tenant, serving
from tenants.database import Base, db, installation
from tenants.preparing import connect

BLUEPRINT = "madinah-centers"
PASSWORD = "a password for the bench"


@dataclass(frozen=True)
class Example:
    """An association with a month of work, somebody who holds every role in it, and one of its cases."""

    tenant: Tenant
    person: Person
    case_id: UUID


def example(app: Flask) -> Example:
    """Make the association that the others copy."""
    plan = blueprints.load(BLUEPRINT)
    # Nobody signs in by password here, and hashing as dearly as in earnest would be most of the preparation.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with app.app_context():
        tenant = setup.create(
            "bench-0",
            blueprint=BLUEPRINT,
            name_ar="جمعية القياس",
            name_en="Association of Measures",
            admin_email="admin@silah.test",
            since=date(clock.today().year - 1, 1, 1),
        )
        people.enlist(tenant, plan, PASSWORD)
        person = service.ensure("everybody@silah.test", "صاحب الأدوار", operator=True)
        person = service.choose_password(person.id, PASSWORD)
        roles = [role.key for role in plan.roles]
        setup.enrol(tenant, person.email, person.name, roles, password=PASSWORD)
        data.seed([tenant], lambda doing, done, whole: None)
        with serving(tenant):
            oldest = db.session.scalars(select(Case.id).order_by(Case.received_at).limit(1)).one()
    return Example(tenant, person, oldest)


def copied(app: Flask, example: Example, start: int, count: int) -> list[Tenant]:
    """Associations provisioned as in earnest, with every row of the example, under the same data key."""
    with ThreadPoolExecutor(2) as pool:
        halves = [range(start + half, start + count, 2) for half in (0, 1)]
        made = list(pool.map(lambda numbers: _copied(app, example, numbers), halves))
    return sorted((tenant for half in made for tenant in half), key=lambda tenant: int(tenant.slug.rpartition("-")[2]))


def _copied(app: Flask, example: Example, numbers: Iterable[int]) -> list[Tenant]:
    made = []
    with app.app_context():
        settings = installation()
        key = keys.unwrap(example.tenant.wrapped_key, settings.master_key_bytes, example.tenant.id)
        conn = connect(make_url(settings.owner_url or ""))
        for number in numbers:
            tenant = provisioned(f"bench-{number}")
            tenant = replace(tenant, wrapped_key=keys.wrap(key, settings.master_key_bytes, tenant.id))
            fill(conn, example.tenant, tenant)
            made.append(tenant)
        conn.close()
    return made


def provisioned(slug: str) -> Tenant:
    """An association's schema and role, without anything in it."""
    return provisioning.create(slug, blueprint=BLUEPRINT, name_ar="جمعية", name_en="Association")


def fill(conn: connection, source: Tenant, target: Tenant) -> None:
    """Copy every row in one round trip; the same data key opens what is sealed in both."""
    texts = [_copy(table, source, target) for table in Base.metadata.sorted_tables]
    with conn, conn.cursor() as cursor:
        cursor.execute(sql.SQL("; ").join(texts))
        cursor.execute(
            "UPDATE shared.association SET wrapped_key = %s WHERE id = %s",
            (psycopg2.Binary(target.wrapped_key), str(target.id)),
        )


def _copy(table: object, source: Tenant, target: Tenant) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(c.name) for c in table.columns if c.computed is None)  # type: ignore[attr-defined]
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
        sql.Identifier(target.role, table.name),  # type: ignore[attr-defined]
        columns,
        columns,
        sql.Identifier(source.role, table.name),  # type: ignore[attr-defined]
    )
