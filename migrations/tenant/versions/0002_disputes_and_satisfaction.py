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
        "questionnaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fixed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
    )
    op.create_table(
        "visit_checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_checklist")),
    )
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
        "evidence_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_pack_file_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_evidence_pack_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_pack")),
    )
    op.create_index(op.f("ix_evidence_pack_member_id"), "evidence_pack", ["member_id"], unique=False)
    op.create_table(
        "said_and_done",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("said_ar", sa.String(), nullable=False),
        sa.Column("said_en", sa.String(), nullable=False),
        sa.Column("done_ar", sa.String(), nullable=False),
        sa.Column("done_en", sa.String(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["membership.id"], name=op.f("fk_said_and_done_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said_and_done")),
    )
    op.create_table(
        "standing_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("remarks", sa.LargeBinary(), nullable=False),
        sa.Column("decisions", sa.LargeBinary(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by_id", sa.Uuid(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "instrument in ('link_follow_up', 'liaison_oversight')", name=op.f("ck_standing_review_instrument")
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_standing_review_span")),
        sa.ForeignKeyConstraint(["begun_by"], ["membership.id"], name=op.f("fk_standing_review_begun_by")),
        sa.ForeignKeyConstraint(["held_by_id"], ["membership.id"], name=op.f("fk_standing_review_held_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_review")),
    )
    op.create_index("ix_standing_review_until", "standing_review", ["instrument", "until"], unique=False)
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("title_ar", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("split", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("counted", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("team", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("not anonymous or split = ''", name=op.f("ck_survey_round_anonymous_is_whole")),
        sa.CheckConstraint("split in ('', 'branch', 'channel', 'service', 'kind')", name=op.f("ck_survey_round_split")),
        sa.CheckConstraint("state in ('planned', 'open', 'closed', 'discarded')", name=op.f("ck_survey_round_state")),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_survey_round_made_by")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_survey_round_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_round_code")),
        sa.UniqueConstraint("id", "anonymous", name=op.f("uq_survey_round_id_anonymous")),
        sa.UniqueConstraint("period", name=op.f("uq_survey_round_period")),
    )
    op.create_index(op.f("ix_survey_round_questionnaire_id"), "survey_round", ["questionnaire_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("marks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("written", sa.LargeBinary(), nullable=False),
        sa.Column("remarks", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('planned', 'held', 'cancelled')", name=op.f("ck_visit_state")),
        sa.CheckConstraint("score between 0 and 100", name=op.f("ck_visit_score")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch_office.id"], name=op.f("fk_visit_branch_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["visit.id"], name=op.f("fk_visit_follows_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["membership.id"], name=op.f("fk_visit_planned_by")),
        sa.ForeignKeyConstraint(["visitor_id"], ["membership.id"], name=op.f("fk_visit_visitor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_follows_id"), "visit", ["follows_id"], unique=False)
    op.create_index("ix_visit_office", "visit", ["branch_id", "held_on"], unique=False)
    op.create_index(
        "ix_visit_planned", "visit", ["planned_for"], unique=False, postgresql_where=sa.text("state = 'planned'")
    )
    op.create_index(op.f("ix_visit_visitor_id"), "visit", ["visitor_id"], unique=False)
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=True),
        sa.Column("asks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("consent_how", sa.String(), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_ar", sa.String(), nullable=False),
        sa.Column("consent_en", sa.String(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("consent_how in ('spoken', 'signed', 'guardian')", name=op.f("ck_interview_consent_how")),
        sa.CheckConstraint(
            "state <> 'refused' or (interviewer_id is null and case_id is null and beneficiary_id is null and asks = '{}'::jsonb and consent_how is null and consent_at is null and notes is null and summary is null and over_at is null)",
            name=op.f("ck_interview_refused_is_only_counted"),
        ),
        sa.CheckConstraint(
            "state = 'refused' or consent_at is not null", name=op.f("ck_interview_consent_comes_first")
        ),
        sa.CheckConstraint("state in ('open', 'over', 'refused')", name=op.f("ck_interview_state")),
        sa.ForeignKeyConstraint(["beneficiary_id"], ["beneficiary.id"], name=op.f("fk_interview_beneficiary_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_interview_case_id")),
        sa.ForeignKeyConstraint(["interviewer_id"], ["membership.id"], name=op.f("fk_interview_interviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index(op.f("ix_interview_beneficiary_id"), "interview", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_interview_case_id"), "interview", ["case_id"], unique=False)
    op.create_index("ix_interview_held_on", "interview", ["held_on"], unique=False)
    op.create_index(op.f("ix_interview_interviewer_id"), "interview", ["interviewer_id"], unique=False)
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
        "survey_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_survey_invitation_case_id")),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_invitation_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_survey_invitation_digest")),
        sa.UniqueConstraint("round_id", "person", name=op.f("uq_survey_invitation_round_id_person")),
    )
    op.create_index(
        "ix_survey_invitation_untold",
        "survey_invitation",
        ["round_id", "id"],
        unique=False,
        postgresql_where=sa.text("told_on is null"),
    )
    op.create_table(
        "survey_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("not anonymous or member_id is null", name=op.f("ck_survey_receipt_anonymous_names_nobody")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_survey_receipt_member_id")),
        sa.ForeignKeyConstraint(
            ["round_id", "anonymous"],
            ["survey_round.id", "survey_round.anonymous"],
            name=op.f("fk_survey_receipt_round_id_anonymous"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_receipt")),
    )
    op.create_index(op.f("ix_survey_receipt_round_id"), "survey_receipt", ["round_id"], unique=False)
    op.create_table(
        "visit_photo",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_visit_photo_file_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_photo_visit_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_visit_photo")),
    )
    op.create_index(op.f("ix_visit_photo_visit_id"), "visit_photo", ["visit_id"], unique=False)
    op.create_table(
        "survey_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "not anonymous or (invitation_id is null and answered_on is null and way is null and facts = '{}'::jsonb)",
            name=op.f("ck_survey_response_anonymous_has_no_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["survey_invitation.id"], name=op.f("fk_survey_response_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "anonymous"],
            ["survey_round.id", "survey_round.anonymous"],
            name=op.f("fk_survey_response_round_id_anonymous"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_survey_response_invitation_id")),
    )
    op.create_index("ix_survey_response_round", "survey_response", ["round_id", "counted"], unique=False)
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
        sa.Column("harm", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.LargeBinary(), nullable=True),
        sa.Column("causes", sa.LargeBinary(), nullable=True),
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
        "association_setting", sa.Column("sends_notices", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column(
        "association_setting",
        sa.Column("surveys", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "association_setting",
        sa.Column(
            "settlements", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column(
        "blueprint_base",
        sa.Column("house", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("case", sa.Column("born_of_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_case_born_of", "case", ["born_of_id"], unique=False, postgresql_where=sa.text("born_of_id is not null")
    )
    op.create_foreign_key(op.f("fk_case_born_of_id"), "case", "case", ["born_of_id"], ["id"])
    op.add_column("corrective_action", sa.Column("visit_id", sa.Uuid(), nullable=True))
    op.alter_column("corrective_action", "case_id", existing_type=sa.UUID(), nullable=True)
    op.create_index(op.f("ix_corrective_action_visit_id"), "corrective_action", ["visit_id"], unique=False)
    op.create_foreign_key(op.f("fk_corrective_action_visit_id"), "corrective_action", "visit", ["visit_id"], ["id"])
    op.add_column(
        "library_tool",
        sa.Column("reminded", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "membership",
        sa.Column("ended", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "public_notice",
        sa.Column("sending", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_corrective_action_origin"), "corrective_action", "num_nonnulls(case_id, visit_id) = 1"
    )
    grant("SELECT, INSERT", "change_record", "survey_receipt")
    grant(
        "SELECT, INSERT, UPDATE, DELETE",
        "evidence_pack",
        "interview",
        "negotiation",
        "questionnaire",
        "said_and_done",
        "settlement_offer",
        "standing_review",
        "survey_invitation",
        "undertaking",
        "visit",
        "visit_checklist",
        "visit_photo",
    )
    grant("SELECT, INSERT, UPDATE (counted), DELETE", "survey_response")
    grant(
        "SELECT, INSERT, UPDATE (title_ar, title_en, state, opens_on, closes_on, quota, reminders, invited, told, counted, closed_on, team)",
        "survey_round",
    )
