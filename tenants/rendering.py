"""Alembic writes the migrations; what they do is rendered to SQL once, and that text is replayed for each tenant."""

import io
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tenants.context import ROLE
from tenants.database import owner_engine
from tenants.granting import NIL_ROLE
from tenants.isolation import RoleMode
from tenants.preparing import APP

History = Literal["shared", "tenant"]

_one_at_a_time = RLock()  # Alembic's `op` and `context` are global


def folder() -> Path:
    """Where the migrations are: inside the installed package, or beside it in a checkout."""
    above = Path(__file__).resolve().parent.parent
    installed = above / "silah" / "_data" / "migrations"
    return installed if installed.is_dir() else above / "migrations"


def config(history: History) -> Config:
    """Alembic's configuration of one history."""
    return Config(folder() / "alembic.ini", ini_section=history)


@lru_cache
def head(history: History) -> str:
    """The one newest revision of a history."""
    newest = ScriptDirectory.from_config(config(history)).get_current_head()
    if newest is None:
        raise RuntimeError(f"the history {history} has no revision")
    return newest


@lru_cache
def rendered(start: str | None = None, end: str = "head") -> str:
    """The SQL from one revision of the tenants' history (None: from nothing) to another; it stamps itself."""
    out = io.StringIO()
    with _one_at_a_time:
        alembic = config("tenant")
        alembic.output_buffer = out
        command.upgrade(alembic, f"{start}:{end}" if start else end, sql=True)
    return out.getvalue()


def for_role(sql: str, role: str, mode: RoleMode) -> str:
    """Rendered SQL for one association; where roles are off, the application's login gets the grants."""
    if not ROLE.fullmatch(role):
        raise ValueError("not a tenant's role")
    return sql.replace(NIL_ROLE, role if mode == "tenant" else APP)


def upgrade_shared(owner_url: str | None) -> None:
    """Bring the platform's own schema to its head."""
    engine = owner_engine(owner_url)
    with _one_at_a_time, engine.begin() as conn:
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('silah migrates shared'))"))
        alembic = config("shared")
        alembic.attributes["connection"] = conn
        command.upgrade(alembic, "head")
