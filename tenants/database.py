"""The two families of tables (an association's own, and the platform's shared ones), and the session."""

import datetime as dt
import enum
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol, cast
from uuid import UUID

from flask import Flask, current_app, has_app_context
from flask.globals import app_ctx
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import DateTime, Engine, Enum, MetaData, Uuid, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, SessionTransaction
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.selectable import GenerativeSelect

from tenants.context import key, on_leaving, on_nesting, place
from tenants.errors import NoTenant, NotPrepared, WrongTenant
from tenants.isolation import Pooler, RoleMode, pin

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TYPES = {
    # Text with a CHECK, never an enum type: an ALTER TYPE in each of N schemas is what one regrets.
    enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=lambda kind: [one.value for one in kind]),
    UUID: Uuid(),
    dt.datetime: DateTime(timezone=True),
    dict: JSONB(),
    list: JSONB(),
    dict[str, Any]: JSONB(),
    dict[str, str]: JSONB(),
    list[Any]: JSONB(),
    list[str]: JSONB(),
    list[dict[str, Any]]: JSONB(),
}


class Installation(Protocol):
    """What this package needs to know of an installation; `app.config["SILAH"]` has it."""

    database_url: str
    owner_url: str | None
    pool_size: int
    pool_overflow: int
    retire_after: int
    statement_timeout_ms: int
    lock_timeout_ms: int
    idle_timeout_ms: int
    role_mode: RoleMode
    pooler: Pooler
    base_domain: str
    blueprints_dir: Path | None

    @property
    def master_key_bytes(self) -> bytes: ...

    @property
    def master_keys(self) -> tuple[bytes, ...]: ...


class Base(DeclarativeBase):
    """An association's own tables. They name no schema: the search path of the transaction does.

    `__table_args__ = {"info": {"grant": "SELECT, INSERT"}}` narrows what the association's role may do.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Shared(DeclarativeBase):
    """The platform's tables, in the schema `shared`, always qualified.

    `info`: `grant` is what the application's login may do, `tenant_grant` what associations' roles may.
    """

    metadata = MetaData(schema="shared", naming_convention=NAMING)
    type_annotation_map = TYPES


class TenantSession(Session):
    """A session of one place: it refuses to work under another, and refuses another's objects."""

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, **options)
        self.owner = key(place.get())
        self.is_bound = False
        """Whether the transaction holds what its end would lose: a change, a lock, an effect that waits for it."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        self.check()
        return super().get_bind(*args, **kwargs)

    def merge(self, instance: Any, **options: Any) -> Any:
        _claim(self, instance)
        return super().merge(instance, **options)

    def connection(self, *args: Any, **kwargs: Any) -> Any:
        self.is_bound = True  # what is done on it nobody sees here
        return super().connection(*args, **kwargs)

    def free_connection(self) -> None:
        """Give the connection back where the transaction only read so far; objects keep what they have loaded.

        Each statement sees what is committed when it begins (READ COMMITTED), so nothing is lost by it.
        """
        unwritten = self.new or self.deleted or any(self.is_modified(one) for one in self.dirty)
        if self.is_bound or unwritten or not self.in_transaction() or self.in_nested_transaction():
            return
        expires, self.expire_on_commit = self.expire_on_commit, False
        try:
            self.commit()
        finally:
            self.expire_on_commit = expires

    def check(self) -> None:
        """Raise unless this session belongs to whoever is being served."""
        here = key(place.get())
        if here is None:
            raise NoTenant("the database was asked while nobody was served")
        if here != self.owner:
            raise WrongTenant("a session of one association was used under another")


@event.listens_for(TenantSession, "before_attach")
def _claim(session: TenantSession, instance: Any) -> None:
    owner = instance.__dict__.get("_owner")
    if owner is not None and owner != session.owner:
        raise WrongTenant("an object of one association was given to another")


@event.listens_for(TenantSession, "persistent_to_detached")
@event.listens_for(TenantSession, "deleted_to_detached")
def _mark(session: TenantSession, instance: Any) -> None:
    instance.__dict__["_owner"] = session.owner


STREAMED = frozenset({"yield_per", "stream_results"})
"""Options of statements whose rows are fetched as they are asked for."""


@event.listens_for(TenantSession, "do_orm_execute")
def _bind_by_statement(executed: ORMExecuteState) -> None:
    """Note a statement that ties its transaction to the connection: a change, a lock, rows fetched bit by bit."""
    session, asked = executed.session, executed.statement
    reads = isinstance(asked, GenerativeSelect) and asked._for_update_arg is None
    if reads and STREAMED.isdisjoint(executed.execution_options) and not _calls_server(asked):
        return
    session.is_bound = True  # type: ignore[attr-defined]  # the session is a TenantSession


def _calls_server(asked: Any) -> bool:
    """Tell whether a SELECT asks for a function of the server's own, such as an advisory lock."""
    return any(str(getattr(one, "name", "")).startswith("pg_") for one in getattr(asked, "_raw_columns", ()))


@event.listens_for(TenantSession, "after_flush")
def _bind_by_flush(session: TenantSession, _context: Any) -> None:
    session.is_bound = True


@event.listens_for(TenantSession, "after_transaction_end")
def _unbind(session: TenantSession, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.is_bound = False


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, whose engines are pinned before anybody can use them."""

    def init_app(self, app: Flask) -> None:
        """Connect an app whose config holds `SILAH` (an `Installation`)."""
        app.config.setdefault("SQLALCHEMY_DATABASE_URI", app.config["SILAH"].database_url)
        super().init_app(app)

    def _make_declarative_base(self, model_class: Any, disable_autonaming: bool = False) -> Any:
        # Models inherit `Base` itself, so nothing is derived from it here.
        self.metadatas[None] = model_class.metadata
        return model_class

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return make_engine(app.config["SILAH"], **options)


PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""How long a server that says nothing at all is waited for: to connect, and while a statement runs (over TCP)."""


def make_engine(installation: Installation, **options: Any) -> Engine:
    """An engine on the application's login, pinned; the server's time limits come with each connection.

    A pooler drops those silently, so behind one they go with each transaction. The pool is a plain one: preferring
    the connection that knows the tenant measured no better, since a pool holds no more connections than were used at
    once, and under load the one just given back is the only one to choose.
    """
    limits = {
        "statement_timeout": installation.statement_timeout_ms,
        "lock_timeout": installation.lock_timeout_ms,
        "idle_in_transaction_session_timeout": installation.idle_timeout_ms,
    }
    options.setdefault("url", installation.database_url)
    options.setdefault("connect_args", {})
    for name, value in ({"application_name": "silah"} | PATIENCE).items():
        options["connect_args"].setdefault(name, value)
    carried = ""
    if installation.pooler == "none":
        # What the driver sets after connecting would not outlive a RESET; what a connection begins with does.
        begins = {**limits, "search_path": "pg_catalog", "datestyle": "ISO"}
        options["connect_args"].setdefault("options", " ".join(f"-c {name}={value}" for name, value in begins.items()))
    else:
        settings = {**limits, "datestyle": "'ISO'"}
        carried = "".join(f"SET LOCAL {name} TO {value}; " for name, value in settings.items())
    options.setdefault("pool_pre_ping", True)
    options.setdefault("hide_parameters", True)  # An error is logged; whose data it was about is not.
    if options.get("poolclass") is not NullPool:
        options.setdefault("pool_size", installation.pool_size)
        options.setdefault("max_overflow", installation.pool_overflow)
    engine = create_engine(**options)
    pin(
        engine,
        mode=installation.role_mode,
        retire_after=installation.retire_after,
        pooler=installation.pooler,
        limits=carried,
    )
    return engine


def scope() -> tuple[int, str | None]:
    """What a session belongs to: one app context and one place."""
    return id(app_ctx._get_current_object()), key(place.get())  # type: ignore[attr-defined]


db = Database(
    model_class=Base,
    disable_autonaming=True,
    session_options={"scopefunc": scope, "class_": TenantSession},
)


@on_leaving
def _end_session() -> None:
    if has_app_context() and "sqlalchemy" in current_app.extensions:
        db.session.remove()


@on_nesting
def _free_connection() -> None:
    """Take no second connection while a transaction is open that only read."""
    if has_app_context() and "sqlalchemy" in current_app.extensions and db.session.registry.has():
        cast(TenantSession, db.session()).free_connection()


def installation() -> Installation:
    """The installation of the app that is running."""
    return cast(Installation, current_app.config["SILAH"])


def owner_engine(url: str | None) -> Engine:
    """An engine on the owner's login, which creates and migrates; it keeps no connection, and no pin."""
    if not url:
        raise NotPrepared("SILAH_OWNER_URL is not set: creating and migrating need the owner's login")
    return create_engine(url, poolclass=NullPool)


def forked() -> None:
    """Call first in a forked child, which must not speak on its parent's connections."""
    for engine in db.engines.values():
        engine.dispose(close=False)


def grants(tables: Iterable[Any], name: str = "grant", default: str = "") -> dict[str, str]:
    """What each table's `info` grants under `name`, by table name; an empty grant is left out."""
    found = {table.name: str(table.info.get(name, default)) for table in tables}
    return {table: grant for table, grant in found.items() if grant}
