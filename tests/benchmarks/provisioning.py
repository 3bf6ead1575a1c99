"""Making an association's schema beside SQLAlchemy's `create_all` and an Alembic upgrade, as the catalogue grows."""

from collections.abc import Callable, Iterator
from itertools import count
from uuid import uuid4

from alembic import command
from sqlalchemy import Connection, text

from tenants import rendering
from tenants.database import Base, owner_engine

from .copying import provisioned
from .stage import Site, Stage
from .table import Row, ms
from .timing import in_turn, tell

FIXED = text("SELECT count(*) FROM generate_series(1, 150000) AS n WHERE n % 7 = 3")
"""The same piece of the server's work at every size, by which the machine's mood is taken out of the flatness."""


def measure(stage: Stage) -> Iterator[Row]:
    """Provisioning at no, some and many associations, each beside the other two ways, and the growth."""
    site, found = stage.site("many"), {}
    for existing in (0, stage.size.some, stage.size.many):
        if existing:
            site.fill(existing)
        tell(f"provisioning at {existing} associations")
        found[existing] = times = _at(site, stage.size.provisioned)
        ours = ms(times["ours"])
        for way, words, aim in (
            ("create_all", "by metadata.create_all, without grants on tables", 0.7),
            ("alembic", "by an Alembic upgrade in process", 0.4),
        ):
            yield Row(
                f"Provisioning at {existing:,} associations",
                ours,
                f"{ms(times[way])} {words}",
                times["ours"] / times[way],
                aim,
            )
    yield from _growth(found)


def _growth(found: dict[int, dict[str, float]]) -> Iterator[Row]:
    first, *_, last = found
    few, many = found[first], found[last]
    yield Row(
        f"Provisioning at {last:,} beside {first:,}",
        ms(many["ours"]),
        f"{ms(few['ours'])} then, both by a fixed query",
        (many["ours"] / many["fixed"]) / (few["ours"] / few["fixed"]),
        1.2,
    )


def _at(site: Site, rounds: int) -> dict[str, float]:
    number, roles = count(), []

    def ours() -> None:
        roles.append(provisioned(f"made-{next(number)}").role)

    def other(fill: Callable[[Connection, str], None]) -> None:
        role = f"t_{uuid4().hex}"
        roles.append(role)
        with owner_engine(site.settings.owner_url).begin() as conn:
            conn.exec_driver_sql(f'CREATE ROLE "{role}" NOLOGIN')
            conn.exec_driver_sql(f'CREATE SCHEMA "{role}"')
            conn.exec_driver_sql(f'SET LOCAL search_path TO "{role}"')
            fill(conn, role)
            conn.exec_driver_sql(f'GRANT USAGE ON SCHEMA "{role}" TO "{role}"')
            conn.exec_driver_sql(f'GRANT "{role}" TO silah_app WITH INHERIT FALSE, SET TRUE')
            conn.exec_driver_sql(f'GRANT silah_tenant TO "{role}"')

    def fixed() -> None:
        with owner_engine(site.settings.owner_url).connect() as conn:
            conn.execute(FIXED)

    sides = {"ours": ours, "create_all": lambda: other(create_all), "alembic": lambda: other(alembic), "fixed": fixed}
    with site.app.app_context():
        in_turn(sides, 1)  # rendering and reading the migrations is done once in a process
        times = in_turn(sides, rounds)
    _dropped(site, roles)
    return times


def create_all(conn: Connection, role: str) -> None:
    """What SQLAlchemy does by itself: the tables, no grants."""
    Base.metadata.create_all(conn)


def alembic(conn: Connection, role: str) -> None:
    """The same migrations, run by Alembic."""
    config = rendering.config("tenant")
    config.attributes |= {"connection": conn, "grantee": role}
    command.upgrade(config, "head")


def _dropped(site: Site, roles: list[str]) -> None:
    """Leave only what is counted."""
    with owner_engine(site.settings.owner_url).connect() as conn:
        for role in roles:
            conn.exec_driver_sql(f'DROP SCHEMA "{role}" CASCADE')
            conn.exec_driver_sql(f'DROP ROLE "{role}"')
            conn.execute(text("DELETE FROM shared.tenant_migration WHERE role = :role"), {"role": role})
            conn.execute(text("DELETE FROM shared.association WHERE role = :role"), {"role": role})
            conn.commit()
    site.settle()
