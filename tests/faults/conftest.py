"""Parts that fall: servers of a test's own, which it stops and starts, and an app that stands on them."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from silah.app import create_app
from silah.config import Settings
from silah.embedded.servers import limits_server, postgres, prepare, redis_server
from silah.onboarding import setup
from tenants.context import Tenant
from tenants.database import db
from tenants.preparing import Prepared
from tenants.rendering import upgrade_shared
from tests.conftest import BASE, Browser
from tests.jobs.settling import settle_owed_work
from tests.scratch import scratch_folder

PATIENCE_SECONDS = 120


@dataclass
class Redises:
    """Both Redis of an installation, which can be stopped and started again at the same addresses."""

    folder: Path
    redis_url: str = ""
    limits_url: str = ""
    running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        self.redis_url = self.running.enter_context(redis_server(self.folder))
        self.limits_url = self.running.enter_context(limits_server(self.folder))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture
def redises() -> Iterator[Redises]:
    """Two Redis that belong to one test, running."""
    with scratch_folder("silah-fall-") as folder:
        made = Redises(folder)
        made.start()
        yield made
        made.stop()


@pytest.fixture
def own_settings(settings: Settings, redises: Redises, tmp_path: Path) -> Settings:
    """The installation of the other tests, on its own Redis and with a mailbox of its own."""
    own = {"redis_url": redises.redis_url, "limits_url": redises.limits_url, "mailbox_dir": tmp_path / "mail"}
    return settings.model_copy(update=own)


@pytest.fixture
def own_app(app: Flask, own_settings: Settings) -> Iterator[Flask]:
    """The app as a server runs it: errors are answered rather than raised, forms are proved."""
    made = create_app(own_settings)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def visit(own_app: Flask) -> Callable[..., Browser]:
    """`visit(tenant)` is a browser at the tenant's host, from an address of its own."""
    return browsers_of(own_app)


@pytest.fixture
def processes(app: Flask, own_settings: Settings, tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """`processes("worker")` runs that command of the product on the test's own servers; all end with the test."""
    settle_owed_work(app)
    running: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> "subprocess.Popen[bytes]":
        with (tmp_path / f"{command[0]}-{len(running)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "silah", *command],
                env={**os.environ, **own_settings.environment()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(process)
        return process

    yield start
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Cluster:
    """A PostgreSQL that can be stopped and started again at the same address."""

    folder: Path
    running: ExitStack | None = None
    addresses: Prepared | None = None

    def start(self) -> None:
        """Start it, unless it runs."""
        if self.running is None:
            self.running = ExitStack()
            superuser = self.running.enter_context(postgres(self.folder, durable=False))
            self.addresses = self.addresses or prepare(superuser, self.folder)

    def stop(self) -> None:
        """Stop it, unless it is stopped."""
        if self.running is not None:
            self.running.close()
            self.running = None


@pytest.fixture(scope="session")
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL beside the session's, for the tests that stop it, with the platform's tables."""
    with scratch_folder("silah-fall-") as folder:
        made = Cluster(folder)
        made.start()
        assert made.addresses is not None
        upgrade_shared(made.addresses.owner_url)
        yield made
        made.stop()


@pytest.fixture
def postgresql(own_cluster: Cluster) -> Iterator[Cluster]:
    """That PostgreSQL, running; however a test leaves it, it runs again for the next."""
    own_cluster.start()
    yield own_cluster
    own_cluster.start()


@pytest.fixture(scope="session")
def fallen_settings(settings: Settings, own_cluster: Cluster) -> Settings:
    """The installation of the other tests on that PostgreSQL, with limits in memory."""
    assert own_cluster.addresses is not None
    own = {"database_url": own_cluster.addresses.database_url, "owner_url": own_cluster.addresses.owner_url}
    return settings.model_copy(update={**own, "limits_url": None})


@pytest.fixture(scope="session")
def home(app: Flask, fallen_settings: Settings) -> Iterator[Tenant]:
    """An association on that PostgreSQL."""
    made = create_app(fallen_settings)
    with made.app_context():
        names = {"name_ar": "جمعية البر", "name_en": "Al-Bir Association"}
        yield setup.create("home", blueprint="madinah-centers", admin_email="admin@silah.test", **names)
        db.engine.dispose()


@pytest.fixture
def fallen_app(postgresql: Cluster, home: Tenant, fallen_settings: Settings) -> Iterator[Flask]:
    """A process of its own on that PostgreSQL, which remembers nothing yet; its forms are proved."""
    made = create_app(fallen_settings)
    yield made
    postgresql.start()
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def reach(fallen_app: Flask) -> Callable[..., Browser]:
    """`reach(tenant)` is a browser at the tenant's host in that process."""
    return browsers_of(fallen_app)


def browsers_of(app: Flask) -> Callable[..., Browser]:
    """Return what makes browsers of an app, each from an address of its own."""

    def make(tenant: Tenant, address: str | None = None) -> Browser:
        made = Browser(app, app.response_class, use_cookies=True)
        made.base_url = f"http://{tenant.slug}.{BASE}"
        made.environ_base["REMOTE_ADDR"] = address or f"10.{secrets.randbelow(255)}.{secrets.randbelow(255)}.7"
        return made

    return make


def wait_until(true: Callable[[], Any]) -> None:
    """Wait until it is true, however slow the machine; fail if it does not become so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)
