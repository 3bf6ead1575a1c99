"""The platform's schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.granting import grant_own_rows, grant_shared

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the platform's tables, with what the application's login and associations may do."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_operator", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('invited', 'active', 'suspended')", name=op.f("ck_account_state")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        schema="shared",
    )
    op.create_table(
        "association",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("skeleton", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), server_default=sa.text("'ar'"), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'making'"), nullable=False),
        sa.Column("blueprint", sa.String(), nullable=False),
        sa.Column("blueprint_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('making', 'active', 'suspended')", name=op.f("ck_association_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("role", name=op.f("uq_association_role")),
        sa.UniqueConstraint("skeleton", name=op.f("uq_association_skeleton")),
        sa.UniqueConstraint("slug", name=op.f("uq_association_slug")),
        schema="shared",
    )
    op.create_table(
        "due_work",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "kind", "key", name=op.f("pk_due_work")),
        schema="shared",
    )
    op.create_index(
        "ix_due_work_open",
        "due_work",
        ["due_at"],
        unique=False,
        schema="shared",
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "tenant_migration",
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("migrated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("role", name=op.f("pk_tenant_migration")),
        schema="shared",
    )
    op.create_index(
        op.f("ix_tenant_migration_revision"), "tenant_migration", ["revision"], unique=False, schema="shared"
    )
    op.create_table(
        "account_association",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["shared.account.id"], name=op.f("fk_account_association_account_id")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["shared.association.id"], name=op.f("fk_account_association_association_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "association_id", name=op.f("pk_account_association")),
        schema="shared",
    )
    op.create_table(
        "host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["shared.association.id"], name=op.f("fk_host_association_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host")),
        schema="shared",
    )
    op.create_index(op.f("ix_host_association_id"), "host", ["association_id"], unique=False, schema="shared")
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["shared.account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("account_id", "digest", name=op.f("pk_recovery_code")),
        schema="shared",
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "how in ('password', 'totp', 'recovery', 'invitation', 'switch')", name=op.f("ck_sign_in_how")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["shared.account.id"], name=op.f("fk_sign_in_account_id")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["shared.association.id"], name=op.f("fk_sign_in_association_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        schema="shared",
    )
    op.create_index("ix_sign_in_account", "sign_in", ["account_id", "at"], unique=False, schema="shared")
    op.create_table(
        "token",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose in ('invite', 'reset', 'switch')", name=op.f("ck_token_purpose")),
        sa.ForeignKeyConstraint(["account_id"], ["shared.account.id"], name=op.f("fk_token_account_id")),
        sa.ForeignKeyConstraint(["association_id"], ["shared.association.id"], name=op.f("fk_token_association_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_token")),
        schema="shared",
    )
    op.create_index("ix_token_expires_at", "token", ["expires_at"], unique=False, schema="shared")
    grant_shared(
        "SELECT, INSERT, UPDATE, DELETE",
        "account",
        "account_association",
        "due_work",
        "recovery_code",
        "sign_in",
        "token",
    )
    grant_shared("SELECT, UPDATE (name_ar, name_en, locale, state, suspended_at, blueprint_version)", "association")
    grant_shared("SELECT, INSERT, DELETE", "host")
    grant_shared("SELECT", "tenant_migration")
    grant_own_rows("SELECT, INSERT, UPDATE", "due_work", "tenant")
