"""An association made by an earlier release, with somebody in it, is brought to the newest and keeps what it holds."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

import silah.models  # noqa: F401  # the metadata whole
from tenants import migrating, rendering
from tenants.context import Tenant
from tenants.database import Base

EARLIER = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


@pytest.fixture(params=EARLIER)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(make: Callable[..., Tenant], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, revision: str) -> Tenant:
    """An association at an earlier revision."""
    folder = rendering.folder()
    shutil.copytree(folder, tmp_path / "migrations")
    for later in (tmp_path / "migrations" / "tenant" / "versions").glob("*.py"):
        if later.name[:4] > revision:
            later.unlink()
    monkeypatch.setattr(rendering, "folder", lambda: tmp_path / "migrations")
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
    made = make()
    monkeypatch.setattr(rendering, "folder", lambda: folder)
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
    return made


def test_what_an_earlier_release_made_is_kept_and_becomes_what_the_models_say(
    old: Tenant, settings: Any, superuser: Engine, revision: str
) -> None:
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        assert conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == revision
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


def test_every_revision_but_the_newest_is_tried() -> None:
    history = ScriptDirectory.from_config(rendering.config("tenant")).walk_revisions()
    assert sorted(one.revision for one in history)[:-1] == list(EARLIER)


@pytest.mark.parametrize("history", ["shared", "tenant"])
def test_each_revision_follows_the_one_numbered_before_it(history: str) -> None:
    folder = rendering.folder() / history / "versions"
    numbers = sorted(path.name[:4] for path in folder.glob("*.py"))
    assert numbers == [f"{one:04}" for one in range(1, len(numbers) + 1)]
    walked = list(ScriptDirectory.from_config(rendering.config(history)).walk_revisions())
    before = [None, *numbers[:-1]]
    assert [(one.revision, one.down_revision) for one in reversed(walked)] == list(zip(numbers, before, strict=True))
