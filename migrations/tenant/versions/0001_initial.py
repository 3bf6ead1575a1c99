"""An association's schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.granting import grant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make an association's tables, with what its role may do."""
    op.create_table(
        "beneficiary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("national_id", sa.LargeBinary(), nullable=True),
        sa.Column("national_id_hash", sa.LargeBinary(), nullable=True),
        sa.Column("mobile", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_hash", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("member_number", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', name_folded)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary")),
        sa.UniqueConstraint("national_id_hash", name=op.f("uq_beneficiary_national_id_hash")),
    )
    op.create_index(op.f("ix_beneficiary_member_number"), "beneficiary", ["member_number"], unique=False)
    op.create_index(op.f("ix_beneficiary_mobile_hash"), "beneficiary", ["mobile_hash"], unique=False)
    op.create_index("ix_beneficiary_search", "beneficiary", ["search"], unique=False, postgresql_using="gin")
    op.create_table(
        "blueprint_base",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("furnished_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_blueprint_base_only_one")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_blueprint_base")),
    )
    op.create_table(
        "branch_office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("hours_ar", sa.String(), nullable=False),
        sa.Column("hours_en", sa.String(), nullable=False),
        sa.Column("address_ar", sa.String(), nullable=False),
        sa.Column("address_en", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_office")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "case_counter",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hijri_year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "hijri_year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
    )
    op.create_table(
        "holiday",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind in ('public', 'own')", name=op.f("ck_holiday_kind")),
        sa.PrimaryKeyConstraint("date", name=op.f("pk_holiday")),
    )
    op.create_table(
        "library_tool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("moments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("readers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('guide', 'form', 'bylaw', 'policy')", name=op.f("ck_library_tool_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_tool")),
        sa.UniqueConstraint("key", name=op.f("uq_library_tool_key")),
    )
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("amendment", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("blueprint", sa.String(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'approved', 'in_force', 'superseded')", name=op.f("ck_policy_version_state")
        ),
        sa.CheckConstraint(
            "in_force_until is null or in_force_until >= in_force_from", name=op.f("ck_policy_version_dates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
    )
    op.create_index(
        "uq_policy_version_one_in_force",
        "policy_version",
        ["state"],
        unique=True,
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_table(
        "request_type",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_type")),
        sa.UniqueConstraint("key", name=op.f("uq_request_type_key")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("permissions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("totp_required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("key", name=op.f("uq_role_key")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_stored_file_storage_key")),
    )
    op.create_table(
        "association_setting",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("accent", sa.String(), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("licence_number", sa.String(), nullable=False),
        sa.Column("letterhead_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("city_ar", sa.String(), nullable=False),
        sa.Column("city_en", sa.String(), nullable=False),
        sa.Column(
            "complaints", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.CheckConstraint("digits in ('western', 'arabic')", name=op.f("ck_association_setting_digits")),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_association_setting_only_one")),
        sa.ForeignKeyConstraint(["logo_id"], ["stored_file.id"], name=op.f("fk_association_setting_logo_id")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_association_setting")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("engagement", sa.String(), server_default=sa.text("'staff'"), nullable=False),
        sa.Column("exempt", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "engagement in ('staff', 'contracted', 'volunteers')", name=op.f("ck_membership_engagement")
        ),
        sa.CheckConstraint("state in ('invited', 'active', 'suspended')", name=op.f("ck_membership_state")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch_office.id"], name=op.f("fk_membership_branch_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_membership_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("account_id", name=op.f("uq_membership_account_id")),
    )
    op.create_index(op.f("ix_membership_department_id"), "membership", ["department_id"], unique=False)
    op.create_table(
        "awareness_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["membership.id"], name=op.f("fk_awareness_activity_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awareness_activity")),
    )
    op.create_table(
        "calendar_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("gone", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("come", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("days", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "deed in ('added', 'changed', 'removed', 'confirmed', 'taken_over', 'hurried')",
            name=op.f("ck_calendar_change_deed"),
        ),
        sa.CheckConstraint("state in ('running', 'done', 'overtaken')", name=op.f("ck_calendar_change_state")),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_calendar_change_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
        sa.UniqueConstraint("number", name=op.f("uq_calendar_change_number")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("title_ar", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("copies", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('policy', 'ethics', 'regulations', 'other')", name=op.f("ck_campaign_kind")),
        sa.CheckConstraint("mode in ('circulation', 'signature')", name=op.f("ck_campaign_mode")),
        sa.CheckConstraint("(policy_version_id is null) <> (file_id is null)", name=op.f("ck_campaign_one_document")),
        sa.ForeignKeyConstraint(["begun_by"], ["membership.id"], name=op.f("fk_campaign_begun_by")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_campaign_file_id")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"], ["policy_version.id"], name=op.f("fk_campaign_policy_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_index(
        "uq_campaign_open_policy",
        "campaign",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("kind = 'policy' and ended_at is null"),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("receipt_digest", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_ar", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("policy_version_id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_id", sa.Uuid(), nullable=True),
        sa.Column("applicant_id", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("taken_in_by", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("reply_channel", sa.String(), nullable=False),
        sa.Column("reply_address", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("target", sa.Date(), nullable=True),
        sa.Column(
            "due",
            sa.Date(),
            sa.Computed(
                "case when replied_at is null then coalesce(latest, target, earliest, date '9999-12-31') else date '9999-12-31' end",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', folded)", persisted=True),
            nullable=False,
        ),
        sa.Column("anonymous", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("confidential", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("pauses", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.CheckConstraint("relation in ('self', 'guardian', 'agent')", name=op.f("ck_case_relation")),
        sa.CheckConstraint(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered', 'closed', 'withdrawn')",
            name=op.f("ck_case_state"),
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["beneficiary.id"], name=op.f("fk_case_applicant_id")),
        sa.ForeignKeyConstraint(["beneficiary_id"], ["beneficiary.id"], name=op.f("fk_case_beneficiary_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch_office.id"], name=op.f("fk_case_branch_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["membership.id"], name=op.f("fk_case_holder_id")),
        sa.ForeignKeyConstraint(["policy_version_id"], ["policy_version.id"], name=op.f("fk_case_policy_version_id")),
        sa.ForeignKeyConstraint(["taken_in_by"], ["membership.id"], name=op.f("fk_case_taken_in_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_index(op.f("ix_case_applicant_id"), "case", ["applicant_id"], unique=False)
    op.create_index(op.f("ix_case_beneficiary_id"), "case", ["beneficiary_id"], unique=False)
    op.create_index(op.f("ix_case_branch_id"), "case", ["branch_id"], unique=False)
    op.create_index(op.f("ix_case_channel"), "case", ["channel"], unique=False)
    op.create_index(
        "ix_case_holder",
        "case",
        ["holder_id", "due", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered')"
        ),
    )
    op.create_index(
        "ix_case_latest",
        "case",
        ["latest", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided')"
        ),
    )
    op.create_index(
        "ix_case_open_due",
        "case",
        ["due", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered')"
        ),
    )
    op.create_index(
        "ix_case_open_received",
        "case",
        ["received_at", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered')"
        ),
    )
    op.create_index(
        "ix_case_open_state",
        "case",
        ["state", "due", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered')"
        ),
    )
    op.create_index("ix_case_queue", "case", ["state", "received_at", "id"], unique=False)
    op.create_index("ix_case_received", "case", ["received_at", "id"], unique=False)
    op.create_index(op.f("ix_case_reply_channel"), "case", ["reply_channel"], unique=False)
    op.create_index("ix_case_search", "case", ["search"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_case_unheld",
        "case",
        ["due", "id"],
        unique=False,
        postgresql_where=sa.text(
            "holder_id is null and state in ('received', 'incomplete', 'complete', 'under_study', 'recommended', 'decided', 'replied', 'registered', 'delivered')"
        ),
    )
    op.create_index("ix_case_version_state", "case", ["policy_version_id", "state"], unique=False)
    op.create_table(
        "committee_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("called_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("attendance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("called_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('planned', 'open', 'closed', 'cancelled')", name=op.f("ck_committee_meeting_state")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["membership.id"], name=op.f("fk_committee_meeting_called_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_meeting")),
        sa.UniqueConstraint("committee", "number", name=op.f("uq_committee_meeting_committee_number")),
    )
    op.create_index(
        "uq_committee_meeting_one_open",
        "committee_meeting",
        ["committee"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "committee_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position in ('chair', 'member', 'secretary')", name=op.f("ck_committee_seat_position")),
        sa.CheckConstraint("until is null or until >= since", name=op.f("ck_committee_seat_term")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_committee_seat_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_seat")),
    )
    op.create_index("ix_committee_seat_committee", "committee_seat", ["committee", "member_id"], unique=False)
    op.create_index(op.f("ix_committee_seat_member_id"), "committee_seat", ["member_id"], unique=False)
    op.create_table(
        "export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("sight", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("form in ('csv', 'xlsx')", name=op.f("ck_export_form")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_export_file_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_export_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_member_id"), "export", ["member_id"], unique=False)
    op.create_table(
        "liaison_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("stand_in_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("\"by\" in ('category', 'field')", name=op.f("ck_liaison_area_by")),
        sa.ForeignKeyConstraint(["officer_id"], ["membership.id"], name=op.f("fk_liaison_area_officer_id")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["membership.id"], name=op.f("fk_liaison_area_stand_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_area")),
    )
    op.create_table(
        "membership_role",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_membership_role_membership_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_membership_role_role_id")),
        sa.PrimaryKeyConstraint("membership_id", "role_id", name=op.f("pk_membership_role")),
    )
    op.create_index(op.f("ix_membership_role_role_id"), "membership_role", ["role_id"], unique=False)
    op.create_table(
        "message_template",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["membership.id"], name=op.f("fk_message_template_changed_by")),
        sa.PrimaryKeyConstraint("key", "locale", name=op.f("pk_message_template")),
    )
    op.create_table(
        "policy_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["membership.id"], name=op.f("fk_policy_act_by_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["policy_version.id"], name=op.f("fk_policy_act_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_act")),
    )
    op.create_index(op.f("ix_policy_act_version_id"), "policy_act", ["version_id"], unique=False)
    op.create_table(
        "public_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title_ar", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("body_ar", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Uuid(), nullable=True),
        sa.Column("channels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["issued_by"], ["membership.id"], name=op.f("fk_public_notice_issued_by")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"], ["policy_version.id"], name=op.f("fk_public_notice_policy_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
    )
    op.create_table(
        "request_type_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_request_type_revision_made_by")),
        sa.ForeignKeyConstraint(["type_id"], ["request_type.id"], name=op.f("fk_request_type_revision_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_type_revision")),
        sa.UniqueConstraint("type_id", "number", name=op.f("uq_request_type_revision_type_id_number")),
    )
    op.create_table(
        "tool_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("text_ar", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_tool_version_file_id")),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_tool_version_made_by")),
        sa.ForeignKeyConstraint(["tool_id"], ["library_tool.id"], name=op.f("fk_tool_version_tool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_version")),
        sa.UniqueConstraint("tool_id", "number", name=op.f("uq_tool_version_tool_id_number")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_as", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("method in ('drawn', 'typed')", name=op.f("ck_acknowledgement_method")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_acknowledgement_campaign_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_acknowledgement_membership_id")),
        sa.ForeignKeyConstraint(["signature_id"], ["stored_file.id"], name=op.f("fk_acknowledgement_signature_id")),
        sa.PrimaryKeyConstraint("campaign_id", "membership_id", name=op.f("pk_acknowledgement")),
    )
    op.create_index(op.f("ix_acknowledgement_membership_id"), "acknowledgement", ["membership_id"], unique=False)
    op.create_table(
        "attestation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("signed_by", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot_hash", sa.String(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("method in ('drawn', 'code', 'paper')", name=op.f("ck_attestation_method")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attestation_case_id")),
        sa.ForeignKeyConstraint(["signature_id"], ["stored_file.id"], name=op.f("fk_attestation_signature_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["membership.id"], name=op.f("fk_attestation_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    op.create_index(op.f("ix_attestation_case_id"), "attestation", ["case_id"], unique=False)
    op.create_table(
        "case_bar",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("reason in ('subject', 'interest')", name=op.f("ck_case_bar_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_bar_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_case_bar_member_id")),
        sa.PrimaryKeyConstraint("member_id", "case_id", name=op.f("pk_case_bar")),
    )
    op.create_index(op.f("ix_case_bar_case_id"), "case_bar", ["case_id"], unique=False)
    op.create_table(
        "case_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("for_applicant", sa.Boolean(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["membership.id"], name=op.f("fk_case_document_added_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_document_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_case_document_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
        sa.UniqueConstraint("case_id", "file_id", name=op.f("uq_case_document_case_id_file_id")),
    )
    op.create_index(op.f("ix_case_document_case_id"), "case_document", ["case_id"], unique=False)
    op.create_table(
        "case_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("direction in ('out', 'in', 'note')", name=op.f("ck_case_message_direction")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_message_case_id")),
        sa.ForeignKeyConstraint(["written_by"], ["membership.id"], name=op.f("fk_case_message_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_message")),
    )
    op.create_index(op.f("ix_case_message_case_id"), "case_message", ["case_id"], unique=False)
    op.create_table(
        "case_reader",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_reader_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_case_reader_member_id")),
        sa.ForeignKeyConstraint(["named_by"], ["membership.id"], name=op.f("fk_case_reader_named_by")),
        sa.PrimaryKeyConstraint("member_id", "case_id", name=op.f("pk_case_reader")),
    )
    op.create_index(op.f("ix_case_reader_case_id"), "case_reader", ["case_id"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_case_id", sa.Uuid(), nullable=True),
        sa.Column("about_member_id", sa.Uuid(), nullable=True),
        sa.Column("about_branch_id", sa.Uuid(), nullable=True),
        sa.Column("about_words", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("findings", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("objection", sa.LargeBinary(), nullable=True),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("retaliation_feared", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "about in ('service', 'decision', 'person', 'branch', 'data', 'other')", name=op.f("ck_complaint_about")
        ),
        sa.CheckConstraint("finding in ('upheld', 'partly', 'not_upheld')", name=op.f("ck_complaint_finding")),
        sa.CheckConstraint("severity in ('low', 'medium', 'high')", name=op.f("ck_complaint_severity")),
        sa.ForeignKeyConstraint(["about_branch_id"], ["branch_office.id"], name=op.f("fk_complaint_about_branch_id")),
        sa.ForeignKeyConstraint(["about_case_id"], ["case.id"], name=op.f("fk_complaint_about_case_id")),
        sa.ForeignKeyConstraint(["about_member_id"], ["membership.id"], name=op.f("fk_complaint_about_member_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["membership.id"], name=op.f("fk_complaint_answered_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_complaint_case_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["case.id"], name=op.f("fk_complaint_merged_into_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_about_case_id"), "complaint", ["about_case_id"], unique=False)
    op.create_index(op.f("ix_complaint_merged_into_id"), "complaint", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_complaint_topic"), "complaint", ["topic"], unique=False)
    op.create_table(
        "corrective_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_corrective_action_case_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["membership.id"], name=op.f("fk_corrective_action_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
    )
    op.create_index(op.f("ix_corrective_action_case_id"), "corrective_action", ["case_id"], unique=False)
    op.create_index(
        "ix_corrective_action_open",
        "corrective_action",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("done_on is null"),
    )
    op.create_index(op.f("ix_corrective_action_owner_id"), "corrective_action", ["owner_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("early_reason", sa.String(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("outcome in ('accepted', 'rejected')", name=op.f("ck_decision_outcome")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["membership.id"], name=op.f("fk_decision_decided_by")),
        sa.ForeignKeyConstraint(["letter_id"], ["stored_file.id"], name=op.f("fk_decision_letter_id")),
        sa.ForeignKeyConstraint(["released_by"], ["membership.id"], name=op.f("fk_decision_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("delivered_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_how", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_delivery_case_id")),
        sa.ForeignKeyConstraint(["delivered_by"], ["membership.id"], name=op.f("fk_delivery_delivered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_case_id"), "delivery", ["case_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_draft_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_draft_member_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["request_type_revision.id"], name=op.f("fk_draft_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_draft_secret_digest")),
    )
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"], unique=False)
    op.create_index(op.f("ix_draft_member_id"), "draft", ["member_id"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["membership.id"], name=op.f("fk_inquiry_answered_by")),
        sa.ForeignKeyConstraint(["area_id"], ["liaison_area.id"], name=op.f("fk_inquiry_area_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_inquiry_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_inquiry")),
    )
    op.create_index(op.f("ix_inquiry_area_id"), "inquiry", ["area_id"], unique=False)
    op.create_table(
        "meeting_minutes",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("annex", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_meeting_minutes_meeting_id")),
        sa.ForeignKeyConstraint(["written_by"], ["membership.id"], name=op.f("fk_meeting_minutes_written_by")),
        sa.PrimaryKeyConstraint("meeting_id", "annex", name=op.f("pk_meeting_minutes")),
    )
    op.create_table(
        "moved_case",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("dates", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("days", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_moved_case_case_id")),
        sa.ForeignKeyConstraint(["change_id"], ["calendar_change.id"], name=op.f("fk_moved_case_change_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["membership.id"], name=op.f("fk_moved_case_holder_id")),
        sa.PrimaryKeyConstraint("change_id", "case_id", name=op.f("pk_moved_case")),
    )
    op.create_index(op.f("ix_moved_case_case_id"), "moved_case", ["case_id"], unique=False)
    op.create_index(
        "ix_moved_case_to_tell", "moved_case", ["holder_id"], unique=False, postgresql_where=sa.text("not told")
    )
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_one_time_code_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
    )
    op.create_index(op.f("ix_one_time_code_case_id"), "one_time_code", ["case_id"], unique=False)
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("means in ('email', 'sms', 'hand')", name=op.f("ck_outbox_message_means")),
        sa.CheckConstraint("state in ('owed', 'sent', 'failed')", name=op.f("ck_outbox_message_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outbox_message_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
    )
    op.create_index(op.f("ix_outbox_message_case_id"), "outbox_message", ["case_id"], unique=False)
    op.create_index(
        "ix_outbox_message_to_carry",
        "outbox_message",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("means = 'hand' and state = 'owed'"),
    )
    op.create_table(
        "owed_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('field', 'document')", name=op.f("ck_owed_item_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_owed_item_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_item")),
    )
    op.create_index(op.f("ix_owed_item_case_id"), "owed_item", ["case_id"], unique=False)
    op.create_index(
        "ix_owed_item_open", "owed_item", ["case_id"], unique=False, postgresql_where=sa.text("provided_at is null")
    )
    op.create_table(
        "public_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("question_ar", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("answer_ar", sa.String(), nullable=False),
        sa.Column("answer_en", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', folded)", persisted=True),
            nullable=False,
        ),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["liaison_area.id"], name=op.f("fk_public_answer_area_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_public_answer_case_id")),
        sa.ForeignKeyConstraint(["published_by"], ["membership.id"], name=op.f("fk_public_answer_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_answer")),
    )
    op.create_index(op.f("ix_public_answer_area_id"), "public_answer", ["area_id"], unique=False)
    op.create_index(op.f("ix_public_answer_case_id"), "public_answer", ["case_id"], unique=False)
    op.create_index("ix_public_answer_search", "public_answer", ["search"], unique=False, postgresql_using="gin")
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_recommendation_case_id")),
        sa.ForeignKeyConstraint(["made_by"], ["membership.id"], name=op.f("fk_recommendation_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(op.f("ix_recommendation_case_id"), "recommendation", ["case_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("to_role", sa.String(), nullable=False),
        sa.Column("to_member_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ending in ('answered', 'returned', 'withdrawn')", name=op.f("ck_referral_ending")),
        sa.ForeignKeyConstraint(["asked_by"], ["membership.id"], name=op.f("fk_referral_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["membership.id"], name=op.f("fk_referral_ended_by")),
        sa.ForeignKeyConstraint(["to_member_id"], ["membership.id"], name=op.f("fk_referral_to_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(
        "ix_referral_open",
        "referral",
        ["to_role", "to_member_id"],
        unique=False,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "service_request",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_service_request_case_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["request_type_revision.id"], name=op.f("fk_service_request_revision_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_service_request")),
    )
    op.create_index(op.f("ix_service_request_revision_id"), "service_request", ["revision_id"], unique=False)
    op.create_table(
        "timeline_entry",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_timeline_entry_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_timeline_entry")),
    )
    op.create_table(
        "tool_reading",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_tool_reading_member_id")),
        sa.ForeignKeyConstraint(["version_id"], ["tool_version.id"], name=op.f("fk_tool_reading_version_id")),
        sa.PrimaryKeyConstraint("version_id", "member_id", name=op.f("pk_tool_reading")),
    )
    op.create_index(op.f("ix_tool_reading_member_id"), "tool_reading", ["member_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("reasons", sa.LargeBinary(), nullable=True),
        sa.Column("by_chair", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("result in ('accepted', 'rejected', 'postponed')", name=op.f("ck_agenda_item_result")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_agenda_item_case_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_agenda_item_decision_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_case_id"), "agenda_item", ["case_id"], unique=False)
    op.create_index("ix_agenda_item_meeting", "agenda_item", ["meeting_id", "position"], unique=False)
    op.create_index(
        "uq_agenda_item_waiting", "agenda_item", ["case_id"], unique=True, postgresql_where=sa.text("result is null")
    )
    op.create_table(
        "minutes_signature",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("annex", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("drawing", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answer = 'declined') = (reason is not null)", name=op.f("ck_minutes_signature_reasoned")),
        sa.CheckConstraint("(answer = 'signed') = (drawing is not null)", name=op.f("ck_minutes_signature_drawn")),
        sa.CheckConstraint("answer in ('signed', 'declined')", name=op.f("ck_minutes_signature_answer")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "annex"],
            ["meeting_minutes.meeting_id", "meeting_minutes.annex"],
            name=op.f("fk_minutes_signature_meeting_id_annex"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_minutes_signature_member_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["membership.id"], name=op.f("fk_minutes_signature_recorded_by")),
        sa.PrimaryKeyConstraint("meeting_id", "annex", "member_id", "answer", name=op.f("pk_minutes_signature")),
    )
    op.create_table(
        "meeting_vote",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice in ('for', 'against', 'abstain', 'recused')", name=op.f("ck_meeting_vote_choice")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_vote_item_id")),
        sa.ForeignKeyConstraint(["member_id"], ["membership.id"], name=op.f("fk_meeting_vote_member_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["membership.id"], name=op.f("fk_meeting_vote_recorded_by")),
        sa.PrimaryKeyConstraint("item_id", "member_id", name=op.f("pk_meeting_vote")),
    )
    grant(
        "SELECT, INSERT, UPDATE, DELETE",
        "acknowledgement",
        "agenda_item",
        "association_setting",
        "attestation",
        "awareness_activity",
        "beneficiary",
        "branch_office",
        "calendar_change",
        "calendar_year",
        "campaign",
        "case",
        "case_bar",
        "case_counter",
        "case_document",
        "case_message",
        "case_reader",
        "committee_meeting",
        "committee_seat",
        "complaint",
        "corrective_action",
        "decision",
        "delivery",
        "department",
        "draft",
        "export",
        "holiday",
        "inquiry",
        "liaison_area",
        "library_tool",
        "meeting_vote",
        "membership",
        "membership_role",
        "message_template",
        "moved_case",
        "one_time_code",
        "outbox_message",
        "owed_item",
        "policy_version",
        "public_answer",
        "public_notice",
        "recommendation",
        "referral",
        "request_type",
        "request_type_revision",
        "role",
        "service_request",
        "stored_file",
    )
    grant("SELECT, INSERT, UPDATE", "blueprint_base")
    grant(
        "SELECT, INSERT",
        "meeting_minutes",
        "minutes_signature",
        "policy_act",
        "timeline_entry",
        "tool_reading",
        "tool_version",
    )
