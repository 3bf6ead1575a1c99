"""What tests stand on: real PostgreSQL and Redis in a folder of their own, the app, associations, people, mail."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis
from sqlalchemy import event

from silah import features
from silah.config import Settings
from silah.embedded.servers import Addresses, servers
from tenants import cache_ages, resolution
from tenants.context import PLATFORM, Place, Tenant, serving
from tenants.database import db
from tenants.rendering import upgrade_shared
from tests.scratch import scratch_folder
from tests.waiting import free_port

features.load()
pytest_plugins = ["tests.browsing", "tests.marks"]
BASE = "silah.test"
# A busy machine is no fault of the rule under test.
hypothesis.register_profile("unhurried", deadline=None)
hypothesis.load_profile("unhurried")


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
    with scratch_folder("silah-test-") as folder:
        yield folder


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
        limits_url=cluster.limits_url,
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
    from silah.staff import passwords

    # Hashing as dearly as in earnest would be most of what the tests do.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
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
        from silah.onboarding import setup

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
def age_caches(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """`age_caches(seconds)` makes what this process keeps so much older; of itself it ages no more in this test."""
    from silah.portal import page_cache
    from silah.shell import appearance
    from silah.staff import session_validity

    with app.app_context():
        resolution.forget()
    for cache in (appearance, session_validity, page_cache):
        cache.forget()
    passed = [cache_ages.cache_clock()]
    monkeypatch.setattr(cache_ages, "cache_clock", lambda: sum(passed))
    return passed.append


RESOLVED = ("FROM shared.association", "FROM shared.host")


@pytest.fixture
def queries(app: Flask, age_caches: Any) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with queries() as sent:` gathers the statements that reach the database meanwhile.

    Caches are empty when the test begins and do not age in it; asking which association a host names is left out.
    """

    @contextmanager
    def gather() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(conn: Any, cursor: Any, sql: str, *rest: Any) -> None:
            if not any(table in sql for table in RESOLVED):
                sent.append(sql)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "after_cursor_execute", note)

    return gather


Staff = Callable[[Tenant, str], tuple[str, str]]


@pytest.fixture
def staff(app: Flask) -> Staff:
    """`staff(tenant, role_key)` makes somebody with that role, and gives e-mail and password."""

    def make(tenant: Tenant, role_key: str) -> tuple[str, str]:
        from silah.onboarding import setup

        email, password = f"{role_key}-{secrets.token_hex(6)}@silah.test", secrets.token_urlsafe(16)
        with app.app_context():
            setup.enrol(tenant, email, f"منسوب {role_key}", [role_key], password=password)
        return email, password

    return make


@pytest.fixture
def signed_in(client: Callable[..., Browser], staff: Staff) -> Callable[[Tenant, str], Browser]:
    """`signed_in(tenant, role_key)` is a browser in which somebody with that role has signed in."""

    def enter(tenant: Tenant, role_key: str) -> Browser:
        email, password = staff(tenant, role_key)
        browser = client(tenant)
        answer = browser.post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 302, answer.text
        return browser

    return enter


@pytest.fixture(scope="module")
def browsers() -> dict[str, Browser]:
    """The browsers of a module's `home`, by role: each signs in once."""
    return {}


@pytest.fixture
def seat(
    home: Tenant, signed_in: Callable[[Tenant, str], Browser], browsers: dict[str, Browser]
) -> Callable[[str], Browser]:
    """`seat(role_key)` is the browser of somebody with that role in the association that a module calls `home`."""

    def at(role: str) -> Browser:
        if role not in browsers:
            browsers[role] = signed_in(home, role)
        return browsers[role]

    return at


class Inbox:
    """What an SMTP server took, as (sender, recipients, content)."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


@dataclass(frozen=True)
class Smtp:
    """Where the server listens, and what it took."""

    host: str
    port: int
    inbox: Inbox


@pytest.fixture
def smtp() -> Iterator[Smtp]:
    """A real SMTP server on a free port."""
    port = free_port()
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield Smtp("127.0.0.1", port, inbox)
    server.stop()
