"""Proof of a beneficiary's promise, figures of a round that is open, and what is looked for often."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.granting import grant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UNANSWERED = "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided')"
COUNTED = ["topic", "severity", "merged_into_id", "objected_on", "retaliation_feared"]


def upgrade() -> None:
    """Add what an association's schema gained."""
    op.add_column("undertaking", sa.Column("handed_on", sa.Date(), nullable=True))
    op.add_column("survey_invitation", sa.Column("means", sa.String(), nullable=True))
    for name, kind, usual in (("released", postgresql.JSONB(), "'{}'"), ("fewest", sa.Integer(), "5")):
        op.add_column("survey_round", sa.Column(name, kind, server_default=sa.text(usual), nullable=False))
    op.create_check_constraint(op.f("ck_survey_round_fewest"), "survey_round", "fewest >= 5")
    op.drop_constraint(op.f("ck_survey_round_split"), "survey_round", type_="check")
    op.create_check_constraint(
        op.f("ck_survey_round_split"), "survey_round", "split in ('', 'branch', 'channel', 'service', 'kind', 'area')"
    )
    grant("UPDATE (released)", "survey_round")
    op.drop_index("ix_survey_invitation_untold", table_name="survey_invitation")
    for name, table, columns, where in (
        ("ix_survey_invitation_untold", "survey_invitation", ["round_id", "id"], "told_on is null and reachable"),
        ("ix_survey_invitation_case", "survey_invitation", ["case_id"], "case_id is not null and not answered"),
        ("ix_case_kind_replied", "case", ["kind", "replied_at"], "replied_at is not null"),
        ("ix_case_kind_unanswered", "case", ["kind", "latest", "id"], UNANSWERED),
    ):
        op.create_index(name, table, columns, unique=False, postgresql_where=sa.text(where))
    op.create_index("ix_complaint_counted", "complaint", ["case_id"], unique=False, postgresql_include=COUNTED)
