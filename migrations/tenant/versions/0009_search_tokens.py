"""What rows are found by comes from the application's tokenizer; rows that are there are indexed anew, by owed work.

Until then each keeps the vector that PostgreSQL made of it, so that nothing vanishes from a search meanwhile.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("beneficiary", "case", "public_answer")

OWED = """
INSERT INTO shared.due_work (tenant, kind, key, due_at)
SELECT current_schema(), 'search.reindex', 'version 1', now()
WHERE EXISTS (SELECT FROM "case") OR EXISTS (SELECT FROM beneficiary) OR EXISTS (SELECT FROM public_answer)
ON CONFLICT (tenant, kind, key) DO NOTHING
"""


def upgrade() -> None:
    """Let the application fill what PostgreSQL computed."""
    op.execute("ALTER TABLE beneficiary ALTER COLUMN search DROP EXPRESSION")
    op.execute('ALTER TABLE "case" ALTER COLUMN search DROP EXPRESSION')
    op.execute("ALTER TABLE public_answer ALTER COLUMN search DROP EXPRESSION")
    for table in TABLES:
        op.alter_column(table, "search", server_default=sa.text("''"))
        op.add_column(table, sa.Column("search_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.drop_column("case", "folded")
    op.drop_column("public_answer", "folded")
    op.execute(OWED)
