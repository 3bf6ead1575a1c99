"""Disputes, compensation and the satisfaction programme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.granting import grant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what an association's schema gained."""
    op.create_table(
        "change_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["membership.id"], name=op.f("fk_change_record_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_record")),
    )
    op.create_index("ix_change_record_at", "change_record", ["at", "id"], unique=False)
    op.create_table(
        "settlement_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beneficiary_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("association_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("association_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("side in ('association', 'beneficiary')", name=op.f("ck_settlement_offer_side")),
        sa.CheckConstraint(
            "state in ('open', 'superseded', 'refused', 'expired', 'agreed')", name=op.f("ck_settlement_offer_state")
        ),
        sa.CheckConstraint("amount is null or amount > 0", name=op.f("ck_settlement_offer_amount")),
        sa.ForeignKeyConstraint(["association_by"], ["membership.id"], name=op.f("fk_settlement_offer_association_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_settlement_offer_case_id")),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_settlement_offer_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_offer")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_settlement_offer_case_id_number")),
    )
    op.create_index(op.f("ix_settlement_offer_case_id"), "settlement_offer", ["case_id"], unique=False)
    op.create_index(
        "uq_settlement_offer_agreed",
        "settlement_offer",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("state = 'agreed'"),
    )
    op.create_index(
        "uq_settlement_offer_open",
        "settlement_offer",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "undertaking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("proof_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("side in ('association', 'beneficiary')", name=op.f("ck_undertaking_side")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_undertaking_case_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["settlement_offer.id"], name=op.f("fk_undertaking_offer_id")),
        sa.ForeignKeyConstraint(["proof_id"], ["stored_file.id"], name=op.f("fk_undertaking_proof_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaking")),
    )
    op.create_index(op.f("ix_undertaking_case_id"), "undertaking", ["case_id"], unique=False)
    op.create_index(op.f("ix_undertaking_offer_id"), "undertaking", ["offer_id"], unique=False)
    op.create_index(
        "ix_undertaking_owed",
        "undertaking",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("owed and kept_on is null"),
    )
    op.create_table(
        "negotiation",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_beneficiary", sa.Boolean(), nullable=False),
        sa.Column("ending", sa.LargeBinary(), nullable=True),
        sa.Column("out_to", sa.String(), nullable=True),
        sa.Column("out_number", sa.String(), nullable=True),
        sa.Column("out_on", sa.Date(), nullable=True),
        sa.Column("out_result", sa.LargeBinary(), nullable=True),
        sa.Column("out_result_on", sa.Date(), nullable=True),
        sa.Column("claimed", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("harm", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.LargeBinary(), nullable=False),
        sa.Column("causes", sa.LargeBinary(), nullable=False),
        sa.Column("acknowledged_id", sa.Uuid(), nullable=True),
        sa.Column("grounds", sa.LargeBinary(), nullable=False),
        sa.Column("paid", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(paid is null) = (paid_on is null)", name=op.f("ck_negotiation_paid")),
        sa.ForeignKeyConstraint(["acknowledged_id"], ["agenda_item.id"], name=op.f("fk_negotiation_acknowledged_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_negotiation_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_negotiation")),
    )
    op.add_column(
        "association_setting",
        sa.Column(
            "settlements", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column("case", sa.Column("born_of_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_case_born_of", "case", ["born_of_id"], unique=False, postgresql_where=sa.text("born_of_id is not null")
    )
    op.create_foreign_key(op.f("fk_case_born_of_id"), "case", "case", ["born_of_id"], ["id"])
    op.add_column(
        "membership",
        sa.Column("ended", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    grant("SELECT, INSERT", "change_record")
    grant("SELECT, INSERT, UPDATE, DELETE", "negotiation", "settlement_offer", "undertaking")
