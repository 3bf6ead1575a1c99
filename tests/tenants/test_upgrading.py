"""An association made by the first release, with somebody in it, is brought to the newest and keeps what it holds."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

import silah.models  # noqa: F401  # the metadata whole
from tenants import migrating, rendering
from tenants.context import Tenant
from tenants.database import Base

FIRST = "0001"


@pytest.fixture
def old(make: Callable[..., Tenant], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tenant:
    """An association at the first revision."""
    folder = rendering.folder()
    shutil.copytree(folder, tmp_path / "migrations")
    for later in (tmp_path / "migrations" / "tenant" / "versions").glob("*.py"):
        if not later.name.startswith(FIRST):
            later.unlink()
    monkeypatch.setattr(rendering, "folder", lambda: tmp_path / "migrations")
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
    made = make()
    monkeypatch.setattr(rendering, "folder", lambda: folder)
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
    return made


def test_what_the_first_release_made_is_kept_and_becomes_what_the_models_say(
    old: Tenant, settings: Any, superuser: Engine
) -> None:
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        assert conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == FIRST
        conn.exec_driver_sql(
            "INSERT INTO membership (id, account_id, name, email, state, engagement, created_at) "
            "SELECT gen_random_uuid(), gen_random_uuid(), 'نورة', 'n@x.example', 'active', 'staff', now()"
        )
        conn.commit()
    migrating.migrate(settings)
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        assert conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == rendering.head("tenant")
        row = conn.execute(text("SELECT name, ended FROM membership")).one()
        assert (row.name, row.ended) == ("نورة", {})
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
