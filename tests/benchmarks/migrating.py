"""One change over many associations, beside an Alembic environment for each; and the run that finds nothing to do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from unittest.mock import patch

from alembic import command
from sqlalchemy import text

from tenants import migrating, rendering
from tenants.database import owner_engine
from tenants.replaying import Pace

from .stage import Site, Stage
from .table import Row, ms
from .timing import in_turn, tell, timed, unhindered

CHANGE = '''"""A change as releases have it: a column with a check, an index, a table with a key to another, grants."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "bench"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen cases, and give each a list of visits."""
    op.add_column("case", sa.Column("weight", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint("weight", "case", "weight between 0 and 100")
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
    )
    grant("SELECT, INSERT, UPDATE, DELETE", "visit")
'''
BEHIND = text("UPDATE shared.tenant_migration SET revision = :revision WHERE role = ANY(:roles)")


def measure(stage: Stage) -> Iterator[Row]:
    """Half of the sample goes through Alembic before our run and half after it."""
    site = stage.site("many", stage.size.many)
    roles = [tenant.role for tenant in site.tenants]
    sample, ours = roles[: stage.size.alembic_sample], roles[stage.size.alembic_sample :]
    with changed(stage.data), site.app.app_context():
        # Those of the sample count as done for our run, and are what Alembic brings up itself.
        _record(site, sample, "bench")
        tell(f"migrating {len(roles)} associations")
        half = len(sample) // 2
        with unhindered():
            one_by_one = [timed(lambda role=role: alembic(site, role)) for role in sample[:half]]
            taken = timed(lambda: _all(site, len(ours)))
            one_by_one += [timed(lambda role=role: alembic(site, role)) for role in sample[half:]]
        each, beside = taken / len(ours), mean(one_by_one)
        yield Row(
            f"Migrating {len(roles):,} associations",
            ms(each * len(roles)),
            f"{ms(beside * len(roles))} an Alembic environment each ({len(sample)} measured, extrapolated)",
            beside / each,
            25,
            at_most=False,
        )
        yield nothing_pending(site)


def _all(site: Site, expected: int) -> None:
    outcome = migrating.migrate(site.settings, Pace(workers=2))
    assert (outcome.migrated, outcome.failed) == (expected, {})


def alembic(site: Site, role: str) -> None:
    """The same change as one goes about it without replaying: an environment and a connection for each."""
    with owner_engine(site.settings.owner_url).begin() as conn:
        conn.exec_driver_sql(f'SET LOCAL search_path TO "{role}"')
        config = rendering.config("tenant")
        config.attributes |= {"connection": conn, "grantee": role}
        command.upgrade(config, "head")


def nothing_pending(site: Site) -> Row:
    """The run that finds every association at the head."""

    def bare() -> None:
        with owner_engine(site.settings.owner_url).connect() as conn:
            conn.exec_driver_sql("SELECT 1")

    sides = {"ours": lambda: migrating.migrate(site.settings), "bare": bare}
    in_turn(sides, 2)
    times = in_turn(sides, 20)
    return Row(
        "Migrating with nothing pending",
        ms(times["ours"]),
        f"{ms(times['bare'])} connecting and SELECT 1",
        times["ours"] / times["bare"],
    )


def _record(site: Site, roles: list[str], revision: str) -> None:
    with owner_engine(site.settings.owner_url).begin() as conn:
        conn.execute(BEHIND, {"revision": revision, "roles": roles})


@contextmanager
def changed(data: Path) -> Iterator[str]:
    """In the block the tenants' history has one revision more; gives the one before it."""
    before, copy = rendering.head("tenant"), data / "migrations"
    shutil.copytree(rendering.folder(), copy)
    (copy / "tenant" / "versions" / "bench.py").write_text(CHANGE.format(before=before))
    with patch.object(rendering, "folder", lambda: copy):
        _forget()
        yield before
    _forget()
    shutil.rmtree(copy)


def _forget() -> None:
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
