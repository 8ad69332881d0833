"""What partners write about their work: answers to mirror data, its texts, decisions, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "mirror_text",
        sa.Column(
            "mirror_text_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the text; the highest counts.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who wrote it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column("mirror_id", sa.Text(), nullable=False, comment="The item of mirror data."),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="What the item says, in the university's words."
        ),
        sa.Column(
            "held_up_against",
            sa.Text(),
            nullable=True,
            comment="Theory or document it was held up against; empty where none was.",
        ),
        sa.CheckConstraint(
            "length(held_up_against) between 1 and 400 and held_up_against !~ '([0-9][ ./-]?){11}|@'",
            name=op.f("ck_mirror_text_held_up_against"),
        ),
        sa.CheckConstraint(
            "length(text) between 1 and 400 and text !~ '([0-9][ ./-]?){11}|@'",
            name=op.f("ck_mirror_text_text"),
        ),
        sa.PrimaryKeyConstraint("mirror_text_id", name=op.f("pk_mirror_text")),
        schema="dialogue",
        comment=(
            "Texts of items of mirror data, as the university writes and revises them; rows are only added."
        ),
    )
    op.create_index(
        op.f("ix_mirror_text_school_id_mirror_id"),
        "mirror_text",
        ["school_id", "mirror_id"],
        unique=False,
        schema="dialogue",
    )
    op.create_table(
        "mirror_answer",
        sa.Column(
            "mirror_answer_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the answer; the highest counts.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column(
            "answered_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who wrote it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column("mirror_id", sa.Text(), nullable=False, comment="The item of mirror data."),
        sa.Column("answer", sa.Text(), nullable=False, comment="recognised, partly or not_recognised."),
        sa.Column("comment", sa.Text(), nullable=True, comment="The school's own words."),
        sa.CheckConstraint(
            "answer in ('recognised', 'partly', 'not_recognised')", name=op.f("ck_mirror_answer_answer")
        ),
        sa.CheckConstraint(
            "length(comment) between 1 and 400 and comment !~ '([0-9][ ./-]?){11}|@'",
            name=op.f("ck_mirror_answer_comment"),
        ),
        sa.PrimaryKeyConstraint("mirror_answer_id", name=op.f("pk_mirror_answer")),
        schema="dialogue",
        comment="Whether a school's leadership recognises an item of mirror data; rows are only added.",
    )
    op.create_index(
        op.f("ix_mirror_answer_school_id_mirror_id"),
        "mirror_answer",
        ["school_id", "mirror_id"],
        unique=False,
        schema="dialogue",
    )
    op.create_table(
        "decision",
        sa.Column(
            "decision_no",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the decision.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who wrote it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column(
            "decided_on",
            sa.Date(),
            server_default=sa.text("CURRENT_DATE"),
            nullable=False,
            comment="Day of the decision.",
        ),
        sa.Column("decision_type", sa.Text(), nullable=False, comment="What it is about."),
        sa.Column("proposed_by", sa.Text(), nullable=False, comment="Who proposed it."),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="Who decided it."),
        sa.Column(
            "mirror_id",
            sa.Text(),
            nullable=True,
            comment="Item of mirror data that led to it; empty where none did.",
        ),
        sa.Column(
            "effective_loop_no", sa.Integer(), nullable=False, comment="First loop in which it takes effect."
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="What is tried, in the school's own words."),
        sa.CheckConstraint(
            "decided_by in ('teachers', 'process_leaders', 'development_group', 'leadership', 'full_staff',"
            " 'teacher_educators', 'school_owner', 'joint', 'unknown')",
            name=op.f("ck_decision_decided_by"),
        ),
        sa.CheckConstraint(
            "decision_type in ('development_area', 'organisation', 'template', 'agreement', 'tool_adopted',"
            " 'tool_rejected', 'other')",
            name=op.f("ck_decision_decision_type"),
        ),
        sa.CheckConstraint(
            "length(text) between 1 and 400 and text !~ '([0-9][ ./-]?){11}|@'",
            name=op.f("ck_decision_text"),
        ),
        sa.CheckConstraint(
            "proposed_by in ('teachers', 'process_leaders', 'development_group', 'leadership', 'full_staff',"
            " 'teacher_educators', 'school_owner', 'joint', 'unknown')",
            name=op.f("ck_decision_proposed_by"),
        ),
        sa.CheckConstraint("effective_loop_no between 1 and 200", name=op.f("ck_decision_effective_loop_no")),
        sa.PrimaryKeyConstraint("decision_no", name=op.f("pk_decision")),
        schema="dialogue",
        comment=(
            "What a school tries in a loop to come, and from which item of mirror data; rows are only added."
        ),
    )
    op.create_index(op.f("ix_decision_school_id"), "decision", ["school_id"], unique=False, schema="dialogue")
    op.create_table(
        "commitment_review",
        sa.Column(
            "commitment_review_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the assessment; the highest counts.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who wrote it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column("agreement_id", sa.Text(), nullable=False, comment="Code of the agreement."),
        sa.Column("version_no", sa.Integer(), nullable=False, comment="Version of the agreement."),
        sa.Column("commitment_no", sa.Integer(), nullable=False, comment="Number of the commitment."),
        sa.Column("school_year", sa.Text(), nullable=False, comment="School year that is assessed."),
        sa.Column("assessed_by", sa.Text(), nullable=False, comment="The party that assesses."),
        sa.Column(
            "assessed_by_id", sa.Text(), nullable=True, comment="Code of the institution, where one assesses."
        ),
        sa.Column("result", sa.Text(), nullable=False, comment="The assessment."),
        sa.CheckConstraint(
            "assessed_by in ('school', 'institution', 'school_owner')",
            name=op.f("ck_commitment_review_assessed_by"),
        ),
        sa.CheckConstraint(
            "result in ('kept', 'partly', 'not_kept', 'changed_by_agreement', 'not_assessed')",
            name=op.f("ck_commitment_review_result"),
        ),
        sa.CheckConstraint(
            "school_year ~ '^20[0-9]{2}/[0-9]{2}$'", name=op.f("ck_commitment_review_school_year")
        ),
        sa.PrimaryKeyConstraint("commitment_review_id", name=op.f("pk_commitment_review")),
        schema="dialogue",
        comment="How a party assesses whether a commitment was kept in a school year; rows are only added.",
    )
    op.create_index(
        op.f("ix_commitment_review_school_id"),
        "commitment_review",
        ["school_id"],
        unique=False,
        schema="dialogue",
    )
