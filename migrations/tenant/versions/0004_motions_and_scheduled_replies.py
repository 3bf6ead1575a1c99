"""Motions in words on which a committee votes, and replies that are sent on the day when their time has come."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what an association's schema gained.

    What was voted before stays with its decision (motion 0); on cases that wait still it counts for no motion.
    """
    op.create_table(
        "motion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_chair", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome in ('accepted', 'rejected')", name=op.f("ck_motion_outcome")),
        sa.CheckConstraint("state in ('standing', 'carried', 'fallen', 'withdrawn')", name=op.f("ck_motion_state")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_motion_item_id")),
        sa.ForeignKeyConstraint(["written_by"], ["membership.id"], name=op.f("fk_motion_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_motion_item_id_number")),
    )
    op.create_index(
        "uq_motion_standing", "motion", ["item_id"], unique=True, postgresql_where=sa.text("state = 'standing'")
    )
    op.add_column("meeting_vote", sa.Column("motion", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.drop_constraint(op.f("pk_meeting_vote"), "meeting_vote", type_="primary")
    op.create_primary_key(op.f("pk_meeting_vote"), "meeting_vote", ["item_id", "motion", "member_id"])
    op.create_table(
        "scheduled_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("scheduled_by", sa.Uuid(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'sent', 'cancelled', 'stopped')", name=op.f("ck_scheduled_reply_state")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_scheduled_reply_case_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_scheduled_reply_decision_id")),
        sa.ForeignKeyConstraint(["scheduled_by"], ["membership.id"], name=op.f("fk_scheduled_reply_scheduled_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["membership.id"], name=op.f("fk_scheduled_reply_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_reply")),
    )
    op.create_index("ix_scheduled_reply_case_id", "scheduled_reply", ["case_id"], unique=False)
    op.create_index(
        "uq_scheduled_reply_waiting",
        "scheduled_reply",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    grant("SELECT, INSERT, UPDATE, DELETE", "motion", "scheduled_reply")
