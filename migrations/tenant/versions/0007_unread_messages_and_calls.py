"""Unread messages of applicants, calls and letters with their attempts, and references as complainants typed them."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BY_TELEPHONE_AND_ON_PAGES = """
UPDATE outbox_message SET
    means = CASE WHEN of_policy ->> 'kind' IN ('phone', 'whatsapp') THEN 'call' ELSE 'page' END,
    state = CASE WHEN of_policy ->> 'kind' IN ('phone', 'whatsapp') THEN 'owed' ELSE 'sent' END,
    sent_at = CASE WHEN of_policy ->> 'kind' IN ('phone', 'whatsapp') THEN NULL ELSE outbox_message.created_at END
FROM "case" JOIN policy_version ON policy_version.id = "case".policy_version_id
CROSS JOIN LATERAL jsonb_array_elements(policy_version.document -> 'channels') AS listed (of_policy)
WHERE outbox_message.case_id = "case".id AND outbox_message.means = 'hand' AND outbox_message.state = 'owed'
AND of_policy ->> 'key' = "case".reply_channel AND of_policy ->> 'kind' IN ('phone', 'whatsapp', 'website', 'app')
"""
UNREAD = """
UPDATE "case" SET unread_since = came.first
FROM (
    SELECT case_id, min(written_at) AS first FROM case_message
    WHERE direction = 'in' AND seen_at IS NULL GROUP BY case_id
) AS came
WHERE came.case_id = "case".id
"""


def upgrade() -> None:
    """Add what an association's schema gained, and fill it from what is there."""
    op.add_column("case", sa.Column("unread_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("complaint", sa.Column("about_reference", sa.LargeBinary(), nullable=True))
    op.add_column("outbox_message", sa.Column("name", sa.LargeBinary(), nullable=True))
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('reached', 'no_answer', 'wrong_number')", name=op.f("ck_contact_attempt_outcome")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_contact_attempt_made_by")),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_message.id"], name=op.f("fk_contact_attempt_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index(op.f("ix_contact_attempt_message_id"), "contact_attempt", ["message_id"], unique=False)
    grant("SELECT, INSERT", "contact_attempt")
    op.drop_constraint(op.f("ck_outbox_message_means"), "outbox_message", type_="check")
    op.create_check_constraint(
        op.f("ck_outbox_message_means"), "outbox_message", "means in ('email', 'sms', 'call', 'hand', 'page')"
    )
    op.execute(BY_TELEPHONE_AND_ON_PAGES)
    op.execute(UNREAD)
    op.drop_index("ix_outbox_message_to_carry", table_name="outbox_message")
    for name, table, columns, where in (
        (
            "ix_outbox_message_to_carry",
            "outbox_message",
            ["created_at", "id"],
            "means in ('call', 'hand') and state = 'owed'",
        ),
        ("ix_case_unread", "case", ["unread_since", "id"], "unread_since is not null"),
    ):
        op.create_index(name, table, columns, unique=False, postgresql_where=sa.text(where))
