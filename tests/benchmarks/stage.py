"""What the measures stand on: one cluster, with a database for each number of associations."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from silah.app import create_app
from silah.config import Settings
from silah.embedded import servers
from silah.web import extensions
from tenants.context import Tenant
from tenants.database import db
from tenants.rendering import upgrade_shared
from tests.reaper import reaped

from .copying import Example, copied, example
from .sizes import Sizes
from .timing import tell

BASE = "silah.test"
FIRST, ALIKE = "few", ("some", "cases", "complaints")
"""The database that is made from nothing, and those that begin as copies of it."""


@dataclass
class Site:
    """One database, the application on it, and its associations; the first is the one that the others copy."""

    settings: Settings
    superuser: Engine
    app: Flask
    tenants: list[Tenant] = field(default_factory=list)
    example: Example | None = None
    cookies: dict[tuple[object, ...], str] = field(default_factory=dict)

    def fill(self, count: int) -> None:
        """Make associations until there are this many, each with the example's month of work."""
        if self.example is None:
            self.example = example(self.app)
            self.tenants.append(self.example.tenant)
        if (missing := count - len(self.tenants)) > 0:
            tell(f"making {missing} associations")
            self.tenants += copied(self.app, self.example, len(self.tenants), missing)
        self.settle()

    def settle(self) -> None:
        """Vacuum what changed the catalogue, as the server would have done in time."""
        with self.superuser.connect() as conn:
            for table in ("pg_class", "pg_attribute", "pg_type", "pg_depend", "pg_shdepend", "pg_index", "pg_authid"):
                conn.exec_driver_sql(f"VACUUM ANALYZE pg_catalog.{table}")


class Stage:
    """The cluster of one run; databases are made when a measure first asks for them."""

    def __init__(self, data: Path, superuser_url: str, redis_url: str, size: Sizes) -> None:
        self.data, self.size = data, size
        self._superuser_url, self._redis_url = superuser_url, redis_url
        self._sites: dict[str, Site] = {}
        self._master_key = secrets.token_urlsafe(32)  # one for all, so that a copy of a database can be read

    def site(self, name: str, associations: int = 0) -> Site:
        """A database by its name, with at least this many associations."""
        if name not in self._sites:
            first = self.site(FIRST, 1) if name in ALIKE else None
            tell(f"database {name}")
            self._sites[name] = self._alike(name, first) if first else self._made(f"silah_{name}")
        if associations:
            self._sites[name].fill(associations)
        return self._sites[name]

    def postgresql(self) -> str:
        """The server's version."""
        with create_engine(self._superuser_url, poolclass=NullPool).connect() as conn:
            return str(conn.exec_driver_sql("SHOW server_version").scalar_one())

    def close(self) -> None:
        """Give every connection back."""
        for site in self._sites.values():
            with site.app.app_context():
                db.engine.dispose()

    def _alike(self, name: str, first: Site) -> Site:
        """A copy of the first database, which nobody uses meanwhile, with the example that stands in it."""
        with first.app.app_context():
            db.engine.dispose()
        with create_engine(self._superuser_url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE silah_{name} TEMPLATE silah_{FIRST} OWNER silah_owner")
        made = self._made(f"silah_{name}")
        assert first.example is not None
        made.example, made.tenants = first.example, [first.example.tenant]
        return made

    def _made(self, database: str) -> Site:
        addresses = servers.prepare(self._superuser_url, self.data, database=database)
        upgrade_shared(addresses.owner_url)
        settings = Settings(
            database_url=addresses.database_url,
            owner_url=addresses.owner_url,
            redis_url=self._redis_url,
            base_domain=BASE,
            scheme="http",
            secret_key=secrets.token_urlsafe(48),
            master_key=self._master_key,
            storage_url=str(self.data / "files"),
            cache_dir=self.data / "cache",
            mailbox_dir=self.data / "mail",
        )
        url = self._superuser_url.replace("/postgres?", f"/{database}?")
        superuser = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        app = create_app(settings)
        extensions.limiter.enabled = False  # a page asked for hundreds of times in a row is the point here
        return Site(settings, superuser, app)


@contextmanager
def staged(size: Sizes) -> Iterator[Stage]:
    """Start the servers in a folder that goes with them.

    They go without fsync, so that the disk's mood is left out, and without autovacuum, which would fall on one side.
    """
    data = Path(tempfile.mkdtemp(prefix="silah-bench-"))
    data.chmod(0o755)
    with (
        reaped(data),
        servers.postgres(data, durable=False) as superuser_url,
        servers.redis_server(data) as redis_url,
    ):
        stage = Stage(data, superuser_url, redis_url, size)
        try:
            yield stage
        finally:
            stage.close()
