"""One change over many associations, beside an Alembic environment for each; and the run that finds nothing to do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
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

REVISION = '''"""A change to measure with."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "{name}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
{change}'''

COLUMN = """    op.add_column("case", sa.Column("weight", sa.Integer(), server_default="0", nullable=False))
"""
TABLE = """    op.add_column("case", sa.Column("share", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint("share", "case", "share between 0 and 100")
    op.create_index("ix_case_share", "case", ["share"])
    op.create_table(
        "home_call",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
    )
    grant("SELECT, INSERT, UPDATE, DELETE", "home_call")
"""
CHANGES = (
    ("bench1", COLUMN, "a column"),
    ("bench2", TABLE, "a table with key and grants, a column with check and index"),
)
STAND = text("UPDATE shared.tenant_migration SET revision = :revision WHERE role = ANY(:roles)")


def measure(stage: Stage) -> Iterator[Row]:
    """A small change and a larger one, then nothing."""
    site = stage.site("many", stage.size.many)
    with history(stage.data) as versions, site.app.app_context():
        for name, change, words in CHANGES:
            written = REVISION.format(name=name, before=rendering.head("tenant"), change=change)
            (versions / f"{name}.py").write_text(written)
            _forget()
            yield change_of(site, name, words, stage.size.alembic_sample)
        yield nothing_pending(site)


def change_of(site: Site, revision: str, words: str, sample_size: int) -> Row:
    """One change: half of the sample goes through Alembic before our run, and half after it."""
    roles = [tenant.role for tenant in site.tenants]
    sample, ours = roles[:sample_size], roles[sample_size:]
    tell(f"migrating {len(roles)} associations: {words}")
    with owner_engine(site.settings.owner_url).begin() as conn:
        conn.execute(STAND, {"revision": revision, "roles": sample})  # our run leaves them to Alembic
    half = len(sample) // 2
    with unhindered():
        one_by_one = [timed(partial(alembic, site, role)) for role in sample[:half]]
        taken = timed(partial(_all, site, len(ours)))
        one_by_one += [timed(partial(alembic, site, role)) for role in sample[half:]]
    each, beside = taken / len(ours), mean(one_by_one)
    return Row(
        f"Migrating {len(roles):,} associations: {words}",
        ms(each * len(roles)),
        f"{ms(beside * len(roles))} an Alembic environment each, from {len(sample)} of them",
        beside / each,
        25,
        at_most=False,
    )


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


@contextmanager
def history(data: Path) -> Iterator[Path]:
    """In the block the tenants' history is a copy; gives the folder to which revisions may be added."""
    copy = data / "migrations"
    shutil.copytree(rendering.folder(), copy)
    with patch.object(rendering, "folder", lambda: copy):
        yield copy / "tenant" / "versions"
    _forget()
    shutil.rmtree(copy)


def _forget() -> None:
    rendering.head.cache_clear()
    rendering.rendered.cache_clear()
