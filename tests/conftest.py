"""What tests stand on: real PostgreSQL and Redis in a folder of their own, the app, associations, people, mail."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from silah.config import Settings
from silah.embedded import Addresses, servers
from tenants.context import PLATFORM, Place, Tenant, serving
from tenants.database import db
from tenants.rendering import upgrade_shared

BASE = "silah.test"


class Browser(FlaskClient):
    """A test client that is at one host; `open` takes paths."""

    base_url = f"http://{BASE}"

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", self.base_url)
        return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A folder short enough for sockets, which goes when the tests have ended."""
    with tempfile.TemporaryDirectory(prefix="silah-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def cluster(data: Path) -> Iterator[Addresses]:
    """Both servers, with the platform's schema and no association."""
    with servers(data, database="silah_test", durable=False) as addresses:
        upgrade_shared(addresses.owner_url)
        yield addresses


@pytest.fixture(scope="session")
def redis_url(cluster: Addresses) -> str:
    return cluster.redis_url


@pytest.fixture(scope="session")
def settings(cluster: Addresses, data: Path) -> Settings:
    """An installation in development, answering over http at *.silah.test."""
    return Settings(
        database_url=cluster.database_url,
        owner_url=cluster.owner_url,
        redis_url=cluster.redis_url,
        base_domain=BASE,
        scheme="http",
        secret_key=secrets.token_urlsafe(48),
        master_key=secrets.token_urlsafe(32),
        storage_url=str(data / "files"),
        cache_dir=data / "cache",
        mailbox_dir=data / "mail",
        development=True,
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application; its connections close with it."""
    from silah.app import create_app

    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False  # its own tests turn it on
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    """`clock(moment)` sets the time that `silah.clock` tells, for the rest of the test."""
    from silah import clock

    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.at(moment))


@pytest.fixture(scope="session")
def make_association(app: Flask) -> Callable[..., Tenant]:
    """Make an association as `silah tenants create` does; a slug is made up where none is given."""

    def make(blueprint: str = "madinah-centers", slug: str | None = None, **names: Any) -> Tenant:
        from silah.staff import setup

        with app.app_context():
            return setup.create(
                slug or f"a{secrets.token_hex(6)}",
                blueprint=blueprint,
                admin_email=names.pop("admin_email", f"admin-{secrets.token_hex(6)}@silah.test"),
                name_ar=names.pop("name_ar", "جمعية البر"),
                name_en=names.pop("name_en", "Al-Bir Association"),
                **names,
            )

    return make


@pytest.fixture
def association(make_association: Callable[..., Tenant]) -> Tenant:
    """A fresh association of the blueprint madinah-centers."""
    return make_association()


@pytest.fixture
def serve(app: Flask) -> Callable[[Place], AbstractContextManager[None]]:
    """`with serve(tenant):` is an app context that serves the tenant, as a request or a job would."""

    @contextmanager
    def serve(who: Place = PLATFORM) -> Iterator[None]:
        with app.app_context(), serving(who):
            yield

    return serve


@pytest.fixture
def client(app: Flask) -> Callable[..., Browser]:
    """`client(tenant)` is a browser at the tenant's host; `client()` is one at the platform's."""

    def make(tenant: Tenant | None = None) -> Browser:
        made = Browser(app, app.response_class, use_cookies=True)
        made.base_url = f"http://{tenant.slug}.{BASE}" if tenant else f"http://{BASE}"
        return made

    return make


@pytest.fixture
def queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with queries() as sent:` gathers the statements that reach the database meanwhile."""

    @contextmanager
    def gather() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(conn: Any, cursor: Any, sql: str, *rest: Any) -> None:
            sent.append(sql)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "after_cursor_execute", note)

    return gather
