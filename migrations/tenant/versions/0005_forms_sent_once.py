"""Forms by their keys: sent once, or kept until whoever wrote them has signed in again; and files of such forms."""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of forms that were sent, and of files that wait for their form."""
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind in ('sent', 'kept', 'file')", name=op.f("ck_submission_kind")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_submission_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    grant("SELECT, INSERT, UPDATE (sealed), DELETE", "submission")
