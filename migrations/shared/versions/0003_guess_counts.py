"""Guesses of codes and passwords, counted by subject and source."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant_shared

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the platform gained."""
    op.create_table(
        "guess_count",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wrong >= 0", name=op.f("ck_guess_count_wrong")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guess_count")),
        schema="shared",
    )
    op.create_index("ix_guess_count_expires_at", "guess_count", ["expires_at"], unique=False, schema="shared")
    grant_shared("SELECT, INSERT, UPDATE, DELETE", "guess_count")
