"""Own words for reports, reports as they were handed on, and what research was given."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "report_words",
        sa.Column(
            "words_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number; the newest counts.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="county, council, mirror, yearly."),
        sa.Column(
            "unit_id", sa.Text(), nullable=False, comment="The owner, school or partnership that it is about."
        ),
        sa.Column(
            "period", sa.Text(), nullable=False, comment="Budget year, number of the loop, or school year."
        ),
        sa.Column("section", sa.Text(), nullable=False, comment="Section of the report that they are for."),
        sa.Column("words", sa.Text(), nullable=False, comment="The words; empty where they were taken back."),
        sa.Column("by_subject", sa.Text(), nullable=False, comment="Who wrote, as iss|sub."),
        sa.Column("by_role", sa.Text(), nullable=False, comment="The role they wrote in."),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When they were written.",
        ),
        sa.CheckConstraint(
            "kind in ('county', 'council', 'mirror', 'yearly')", name=op.f("ck_report_words_kind")
        ),
        sa.CheckConstraint("length(words) <= 2000", name=op.f("ck_report_words_length")),
        sa.PrimaryKeyConstraint("words_id", name=op.f("pk_report_words")),
        schema="dialogue",
        comment="Own words for sections of reports; rows are only added.",
    )
    op.create_index(
        op.f("ix_report_words_kind_unit_id_period"),
        "report_words",
        ["kind", "unit_id", "period"],
        unique=False,
        schema="dialogue",
    )
    op.create_table(
        "issued_report",
        sa.Column(
            "report_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the report.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="county, council, mirror, yearly."),
        sa.Column(
            "unit_id", sa.Text(), nullable=False, comment="The owner, school or partnership that it is about."
        ),
        sa.Column(
            "period", sa.Text(), nullable=False, comment="Budget year, number of the loop, or school year."
        ),
        sa.Column("language", sa.Text(), nullable=False, comment="nb, nn or en."),
        sa.Column("file_format", sa.Text(), nullable=False, comment="pdf, docx, pptx, xlsx."),
        sa.Column("file_name", sa.Text(), nullable=False, comment="Name of the file."),
        sa.Column("release_id", sa.Integer(), nullable=False, comment="Release that its numbers are from."),
        sa.Column(
            "says",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="All that it says, as plain values.",
        ),
        sa.Column("says_sha256", sa.Text(), nullable=False, comment="Fingerprint of what it says."),
        sa.Column("file", sa.LargeBinary(), nullable=False, comment="The file's bytes."),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of the bytes."),
        sa.Column("issued_by", sa.Text(), nullable=False, comment="Who handed it on, as iss|sub."),
        sa.Column(
            "issued_role", sa.Text(), nullable=False, comment="The role they had; it decides what is in it."
        ),
        sa.Column(
            "issued_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was handed on.",
        ),
        sa.CheckConstraint(
            "file_format in ('pdf', 'docx', 'pptx', 'xlsx')", name=op.f("ck_issued_report_file_format")
        ),
        sa.CheckConstraint(
            "issued_role in ('university', 'school_owner', 'school', 'coder', 'engineer')",
            name=op.f("ck_issued_report_issued_role"),
        ),
        sa.CheckConstraint(
            "kind in ('county', 'council', 'mirror', 'yearly')", name=op.f("ck_issued_report_kind")
        ),
        sa.CheckConstraint("sha256 = encode(sha256(file), 'hex')", name=op.f("ck_issued_report_unchanged")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_issued_report")),
        schema="dialogue",
        comment="Reports as they were handed on; rows are only added.",
    )
    op.create_index(
        op.f("ix_issued_report_kind_unit_id_period"),
        "issued_report",
        ["kind", "unit_id", "period"],
        unique=False,
        schema="dialogue",
    )
    op.create_table(
        "research_project",
        sa.Column("project_id", sa.Text(), nullable=False, comment="The project's own number."),
        sa.Column(
            "legal_basis", sa.Text(), nullable=False, comment="What it rests on, as the approval says it."
        ),
        sa.Column(
            "relations",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Published relations that it is given.",
        ),
        sa.Column("subject", sa.Text(), nullable=False, comment="Who asks for it, as iss|sub."),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="Last day on which anything is given."),
        sa.Column("approved_by", sa.Text(), nullable=False, comment="Who approved it: a role, not a name."),
        sa.Column(
            "approved_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was approved.",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_research_project")),
        schema="authz",
        comment="Research projects that may be given extracts.",
    )
    op.create_table(
        "research_extract",
        sa.Column(
            "extract_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the extract.",
        ),
        sa.Column("project_id", sa.Text(), nullable=False, comment="The project."),
        sa.Column("release_id", sa.Integer(), nullable=False, comment="Release that it was taken from."),
        sa.Column("salt", sa.LargeBinary(), nullable=False, comment="What its pseudonyms were made with."),
        sa.Column("rows_n", sa.Integer(), nullable=False, comment="Rows in it."),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of the file."),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was made.",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["authz.research_project.project_id"], name=op.f("fk_research_extract_project_id")
        ),
        sa.PrimaryKeyConstraint("extract_id", name=op.f("pk_research_extract")),
        schema="authz",
        comment="Extracts for research, so that each can be made again; rows are only added.",
    )
