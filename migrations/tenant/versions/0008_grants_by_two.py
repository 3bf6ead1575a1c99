"""Grants that a second administrator confirms, who may grant roles, and since when a member has been one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.granting import grant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what an association's schema gained."""
    op.add_column("membership", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE membership SET accepted_at = created_at WHERE state = 'active'")
    op.create_table(
        "pending_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("permissions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('pending', 'confirmed', 'refused')", name=op.f("ck_pending_grant_state")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_pending_grant_{column}"))
            for column, table in (
                ("role_id", "role"),
                ("member_id", "membership"),
                ("asked_by", "membership"),
                ("decided_by", "membership"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_grant")),
    )
    op.create_index(
        "ix_pending_grant_open",
        "pending_grant",
        ["asked_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    grant("SELECT, INSERT, UPDATE", "pending_grant")
    # Who set the association up goes on: the roles that manage staff and settings, or where none does both, the staff.
    op.execute(
        """
        UPDATE role SET permissions = permissions || '["grant_roles"]'::jsonb
        WHERE permissions @> '["manage_staff"]'
        AND (permissions @> '["edit_settings"]'
             OR NOT EXISTS (SELECT 1 FROM role AS other WHERE other.permissions @> '["manage_staff", "edit_settings"]'))
        """
    )
