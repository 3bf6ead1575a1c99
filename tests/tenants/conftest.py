"""A small app on one database connection, and two associations that it must never mix up."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from silah.config import Settings
from silah.embedded.servers import Addresses
from tenants import provisioning
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tenants.versions import Holiday

DAY = date(2026, 9, 23)


def small_app(settings: Settings, **engine: Any) -> Flask:
    """An app with nothing but the database, on a pool of one connection unless said otherwise."""
    app = Flask("small", static_folder=None)
    app.config["SILAH"] = settings
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 2, **engine}
    db.init_app(app)
    return app


@pytest.fixture(scope="session")
def small(settings: Settings) -> Iterator[Flask]:
    app = small_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def superuser(cluster: Addresses) -> Iterator[Engine]:
    """The superuser's hand on the test database, for what only an attacker's luck or an administrator does."""
    url = cluster.superuser_url.replace("/postgres?", "/silah_test?")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def make(small: Flask) -> Callable[..., Tenant]:
    """Make an association without filling it."""

    def make(slug: str | None = None, **names: Any) -> Tenant:
        names = {"name_ar": "جمعية", "name_en": "Association", "blueprint": "madinah-centers"} | names
        with small.app_context():
            return provisioning.create(slug or f"s{secrets.token_hex(6)}", **names)

    return make


@dataclass(frozen=True)
class Pair:
    """Two associations, each with one holiday on the same day, under its own name."""

    red: Tenant
    blue: Tenant


@pytest.fixture
def pair(small: Flask, made_pair: Pair) -> Iterator[Pair]:
    """The pair, inside an app context of the small app, with its one connection fresh."""
    with small.app_context():
        for tenant, name in ((made_pair.red, "red"), (made_pair.blue, "blue")):
            with serving(tenant):
                db.session.execute(text("DELETE FROM holiday"))
                db.session.add(Holiday(date=DAY, name_ar=name, name_en=name))
                db.session.commit()
        yield made_pair
        assert db.engine.pool.checkedout() == 0, "a connection was not given back"  # type: ignore[attr-defined]
        db.engine.dispose()


@pytest.fixture(scope="session")
def made_pair(make: Callable[..., Tenant]) -> Pair:
    return Pair(make(), make())


PID = text("SELECT pg_backend_pid()")


def run(sql: str, **values: Any) -> Any:
    """Send SQL in the present place's session."""
    return db.session.execute(text(sql), values)


def whose() -> str:
    """The name of the one holiday that is seen from here."""
    return str(db.session.execute(text("SELECT name_en FROM holiday")).scalar_one())


@pytest.fixture
def platform() -> Iterator[None]:
    with serving(PLATFORM):
        yield
