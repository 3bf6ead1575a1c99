"""One change over many schemas: once each, resumable, patient with locks, halted when too much fails."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tenants import migrating, rendering
from tenants.context import Tenant
from tenants.errors import MigrationHalted
from tenants.replaying import Pace
from tests.waiting import wait_until

HEAD = rendering.head("tenant")
WAITED_FOR = "SELECT count(*) FROM pg_catalog.pg_locks WHERE relation IS NOT NULL AND NOT granted"

SECOND = '''"""A second revision."""

from alembic import op

from tenants.granting import grant

revision = "test2"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    op.execute("CREATE TABLE added (id int PRIMARY KEY, share text CHECK (share LIKE '%a:b%'))")
    grant("SELECT", "added")
'''


@pytest.fixture(autouse=True)
def alone(superuser: Engine) -> Iterator[None]:
    """Every association that other tests made is out of the way, and as it was afterwards."""
    with superuser.connect() as conn:
        conn.exec_driver_sql("ALTER TABLE shared.tenant_migration RENAME TO others")
        conn.exec_driver_sql("CREATE TABLE shared.tenant_migration (LIKE shared.others INCLUDING ALL)")
        conn.exec_driver_sql("ALTER TABLE shared.tenant_migration OWNER TO silah_owner")
        yield
        conn.exec_driver_sql("DROP TABLE shared.tenant_migration")
        conn.exec_driver_sql("ALTER TABLE shared.others RENAME TO tenant_migration")


@pytest.fixture
def second(three: list[Tenant], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A second revision of the tenants' history, known for the length of a test."""
    before = rendering.head("tenant")
    shutil.copytree(rendering.folder(), tmp_path / "migrations")
    (tmp_path / "migrations" / "tenant" / "versions" / "test2.py").write_text(SECOND.format(before=before))
    monkeypatch.setattr(rendering, "folder", lambda: tmp_path / "migrations")
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
    yield
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()


@pytest.fixture
def three(alone: None, make: Callable[..., Tenant]) -> list[Tenant]:
    return [make() for _ in range(3)]


def revisions(superuser: Engine) -> dict[str, str]:
    with superuser.connect() as conn:
        rows = conn.execute(text("SELECT role, revision FROM shared.tenant_migration")).all()
        return {row.role: row.revision for row in rows}


def has_table(superuser: Engine, tenant: Tenant) -> bool:
    with superuser.connect() as conn:
        return bool(conn.execute(text("SELECT to_regclass(:t)"), {"t": f"{tenant.role}.added"}).scalar())


class TestMigrating:
    def test_every_association_gets_the_change_and_the_record(
        self, three: list[Tenant], second: None, settings: Any, superuser: Engine
    ) -> None:
        told: list[int] = []
        outcome = migrating.migrate(settings, Pace(workers=2), tell=lambda so_far: told.append(so_far.migrated))
        assert (outcome.pending, outcome.migrated, outcome.failed) == (3, 3, {})
        assert told == [1, 2, 3]
        assert set(revisions(superuser).values()) == {"test2"}
        for tenant in three:
            assert has_table(superuser, tenant)
            with superuser.connect() as conn:
                stamped = conn.exec_driver_sql(f'SELECT version_num FROM "{tenant.role}".alembic_version')  # noqa: S608 - our own name
                assert stamped.scalar_one() == "test2"
                may = text("SELECT has_table_privilege(:role, :table, 'SELECT')")
                assert conn.execute(may, {"role": tenant.role, "table": f"{tenant.role}.added"}).scalar_one()

    def test_percent_signs_and_colons_reach_the_catalogue_as_written(
        self, three: list[Tenant], second: None, settings: Any, superuser: Engine
    ) -> None:
        migrating.migrate(settings)
        with superuser.connect() as conn:
            check = text(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = to_regclass(:t) AND contype = 'c'"
            )
            assert "'%a:b%'" in conn.execute(check, {"t": f"{three[0].role}.added"}).scalar_one()

    @pytest.mark.usefixtures("three")
    def test_with_nothing_pending_it_is_one_select(self, settings: Any, superuser: Engine) -> None:
        sent = text("SELECT query FROM pg_stat_activity WHERE usename = 'silah_owner'")
        outcome = migrating.migrate(settings)
        assert (outcome.pending, outcome.migrated) == (0, 0)
        with superuser.connect() as conn:
            assert conn.execute(sent).all() == [], "no connection is left open"

    @pytest.mark.usefixtures("second", "three")
    def test_a_second_run_goes_on_where_the_first_ended(
        self, settings: Any, superuser: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(so_far: migrating.Outcome) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            migrating.migrate(settings, Pace(workers=1), tell=stop)
        behind = len(migrating.pending(settings))
        outcome = migrating.migrate(settings)
        assert outcome.pending == outcome.migrated == behind
        assert set(revisions(superuser).values()) == {"test2"}

    @pytest.mark.usefixtures("second")
    def test_two_runs_at_once_change_each_association_once(
        self, three: list[Tenant], settings: Any, superuser: Engine
    ) -> None:
        outcomes: list[migrating.Outcome] = []
        threads = [threading.Thread(target=lambda: outcomes.append(migrating.migrate(settings))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [outcome.failed for outcome in outcomes] == [{}, {}]
        assert set(revisions(superuser).values()) == {"test2"}


class TestTrouble:
    @pytest.mark.usefixtures("second")
    def test_a_lock_that_is_let_go_is_waited_for(self, three: list[Tenant], settings: Any, superuser: Engine) -> None:
        with superuser.connect() as conn:
            held = threading.Event()

            def hold() -> None:
                conn.exec_driver_sql("BEGIN")
                conn.exec_driver_sql(f'LOCK TABLE "{three[0].role}".alembic_version')
                held.set()
                wait_until(lambda: conn.exec_driver_sql(WAITED_FOR).scalar())
                conn.exec_driver_sql("COMMIT")

            thread = threading.Thread(target=hold)
            thread.start()
            held.wait()
            outcome = migrating.migrate(settings, Pace(lock_timeout_ms=100, tries=20))
            thread.join()
        assert (outcome.migrated, outcome.failed) == (3, {})

    @pytest.mark.usefixtures("second")
    def test_one_that_fails_is_named_and_recorded_and_the_others_go_on(
        self, three: list[Tenant], settings: Any, superuser: Engine
    ) -> None:
        bad = three[1]
        with superuser.connect() as conn:
            conn.exec_driver_sql(f'CREATE TABLE "{bad.role}".added (x int)')
        outcome = migrating.migrate(settings, Pace(few=2))
        assert outcome.migrated == 2
        assert list(outcome.failed) == [bad.role]
        assert "already exists" in outcome.failed[bad.role]
        with superuser.connect() as conn:
            row = conn.execute(
                text("SELECT revision, attempts, last_error FROM shared.tenant_migration WHERE role = :r"),
                {"r": bad.role},
            ).one()
        assert (row.revision, row.attempts) == (HEAD, 1)
        assert "already exists" in row.last_error

    @pytest.mark.usefixtures("second")
    def test_too_many_failures_stop_the_run(self, settings: Any, make: Any, superuser: Engine) -> None:
        # Made at the second revision, they are put back to the first, which fails, since the table is there.
        for _ in range(12):
            make()
        with superuser.connect() as conn:
            conn.exec_driver_sql("UPDATE shared.tenant_migration SET revision = '0001'")
        with pytest.raises(MigrationHalted, match="of 15 associations failed"):
            migrating.migrate(settings, Pace(workers=1, few=3))
        with superuser.connect() as conn:
            tried = conn.execute(text("SELECT count(*) FROM shared.tenant_migration WHERE attempts > 0")).scalar_one()
        assert 3 <= tried < 15

    @pytest.mark.usefixtures("second")
    def test_a_killed_backend_is_replaced(
        self, three: list[Tenant], settings: Any, superuser: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original, killed = migrating.Worker._replay, []

        def kill_once(worker: Any, cursor: Any, role: str) -> None:
            if not killed:
                killed.append(role)
                with superuser.connect() as conn:
                    pid = worker.conn.get_backend_pid()
                    conn.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})
            original(worker, cursor, role)

        monkeypatch.setattr(migrating.Worker, "_replay", kill_once)
        outcome = migrating.migrate(settings)
        assert killed
        assert (outcome.migrated, outcome.failed) == (3, {})
