"""The people of a case as they were typed on it, and what was proved of a person's file.

Until now a case named a file as soon as somebody typed its number, and the file's entries were written to. What staff
recorded stays linked; what came by the portal becomes a candidate. Of such a case nothing is copied from the file but
the name, and that only where the case opened the file: every other entry may be somebody else's typing. What requests
keep in their answers is brought back by work that is owed here.
"""

import sqlalchemy as sa
from alembic import op

from tenants.granting import grant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PARTIES = """
INSERT INTO case_party (case_id, side, name, name_folded, national_id, national_id_hash, mobile, mobile_hash, email,
    member_number, locale, candidate_id, confirmed_how, confirmed_by, confirmed_at)
SELECT c.id, c.side,
    CASE WHEN c.recorded OR c.opened THEN f.name ELSE '' END,
    CASE WHEN c.recorded OR c.opened THEN f.name_folded ELSE '' END,
    f.national_id, f.national_id_hash,
    CASE WHEN c.recorded THEN f.mobile END,
    CASE WHEN c.recorded THEN f.mobile_hash END,
    CASE WHEN c.recorded THEN f.email END,
    CASE WHEN c.recorded THEN f.member_number END,
    c.locale, f.id,
    CASE WHEN c.recorded THEN 'recorded' END,
    CASE WHEN c.recorded THEN c.taken_in_by END,
    CASE WHEN c.recorded THEN c.received_at END
FROM (
    SELECT people.*, row_number() OVER (PARTITION BY file_id ORDER BY received_at, id) = 1 AS opened
    FROM (
        SELECT id, 'beneficiary' AS side, beneficiary_id AS file_id, received_at, locale, taken_in_by,
            taken_in_by IS NOT NULL AS recorded
        FROM "case" WHERE beneficiary_id IS NOT NULL
        UNION ALL
        SELECT id, 'applicant', applicant_id, received_at, locale, taken_in_by, taken_in_by IS NOT NULL
        FROM "case" WHERE applicant_id IS NOT NULL AND relation <> 'self'
    ) AS people
) AS c
JOIN beneficiary f ON f.id = c.file_id
"""

BORN = """
UPDATE case_party AS mine
SET name = theirs.name, name_folded = theirs.name_folded, mobile = theirs.mobile, mobile_hash = theirs.mobile_hash,
    email = theirs.email, member_number = theirs.member_number, confirmed_how = theirs.confirmed_how,
    confirmed_by = theirs.confirmed_by, confirmed_at = theirs.confirmed_at
FROM "case" AS born, case_party AS theirs
WHERE born.id = mine.case_id AND theirs.case_id = born.born_of_id AND theirs.side = mine.side
"""

LEVELS = """
UPDATE beneficiary SET level = 'contact_proved'
WHERE id IN (SELECT candidate_id FROM case_party WHERE confirmed_how IS NOT NULL)
"""

UNLINKED = """
UPDATE "case" SET applicant_id = NULL, beneficiary_id = NULL
WHERE id NOT IN (SELECT case_id FROM case_party WHERE confirmed_how IS NOT NULL)
    AND (applicant_id IS NOT NULL OR beneficiary_id IS NOT NULL)
"""

OWED = """
INSERT INTO shared.due_work (tenant, kind, key, due_at)
SELECT current_schema(), 'parties.restore', '', now()
WHERE EXISTS (SELECT FROM case_party)
ON CONFLICT (tenant, kind, key) DO NOTHING
"""


def upgrade() -> None:
    """Add what an association's schema gained, and take apart what was typed and what was proved."""
    op.create_table(
        "case_party",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("national_id", sa.LargeBinary(), nullable=True),
        sa.Column("national_id_hash", sa.LargeBinary(), nullable=True),
        sa.Column("mobile", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_hash", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("member_number", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_how", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side in ('applicant', 'beneficiary')", name=op.f("ck_case_party_side")),
        sa.CheckConstraint(
            "confirmed_how in ('original', 'spoke', 'code', 'recorded')", name=op.f("ck_case_party_confirmed_how")
        ),
        sa.CheckConstraint("(confirmed_how is null) = (confirmed_at is null)", name=op.f("ck_case_party_confirmed")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_party_case_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["beneficiary.id"], name=op.f("fk_case_party_candidate_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["membership.id"], name=op.f("fk_case_party_confirmed_by")),
        sa.PrimaryKeyConstraint("case_id", "side", name=op.f("pk_case_party")),
    )
    for column in ("national_id_hash", "mobile_hash", "candidate_id"):
        op.create_index(op.f(f"ix_case_party_{column}"), "case_party", [column], unique=False)
    grant("SELECT, INSERT, UPDATE, DELETE", "case_party")
    op.add_column("case", sa.Column("reply_hash", sa.LargeBinary(), nullable=True))
    op.add_column("beneficiary", sa.Column("level", sa.String(), server_default=sa.text("'typed'"), nullable=False))
    op.create_check_constraint(
        op.f("ck_beneficiary_level"),
        "beneficiary",
        "level in ('typed', 'contact_proved', 'original_seen', 'verified_online')",
    )
    for contact in ("mobile", "email"):
        op.add_column("beneficiary", sa.Column(f"{contact}_confirmed_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column("beneficiary", sa.Column(f"{contact}_confirmed_by", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_beneficiary_{contact}_confirmed_by"),
            "beneficiary",
            "membership",
            [f"{contact}_confirmed_by"],
            ["id"],
        )
    for step in (PARTIES, BORN, BORN, LEVELS, UNLINKED, OWED):  # a claim out of a dispute out of a complaint
        op.execute(sa.text(step))
