"""What is sent in from the app, and what schools answer to findings."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "submission",
        sa.Column(
            "submission_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number on the receipt.",
        ),
        sa.Column(
            "sent_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was sent in.",
        ),
        sa.Column(
            "by_subject",
            sa.Text(),
            nullable=False,
            comment="Who sent it, as iss|sub; shown to nobody in the app.",
        ),
        sa.Column("role", sa.Text(), nullable=False, comment="Role in which it was sent."),
        sa.Column(
            "school_id", sa.Text(), nullable=False, comment="Organisation number of the school it is for."
        ),
        sa.Column("file_name", sa.Text(), nullable=False, comment="What the sender called it, masked."),
        sa.Column(
            "sha256",
            sa.Text(),
            nullable=False,
            comment="Hash of the bytes; by it the landed file is found.",
        ),
        sa.Column(
            "rows_read",
            sa.Integer(),
            nullable=False,
            comment="Rows read when it was checked before sending.",
        ),
        sa.Column(
            "rows_held_back",
            sa.Integer(),
            nullable=False,
            comment="Rows of them that would be held back.",
        ),
        sa.Column(
            "taken_back_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When its sender took it back, before it was taken in; empty where nobody did.",
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission")),
        schema="dialogue",
        comment="Deliveries sent in from the app, from the receipt on.",
    )
    op.create_index(op.f("ix_submission_school_id"), "submission", ["school_id"], schema="dialogue")
    op.create_index(op.f("ix_submission_sha256"), "submission", ["sha256"], schema="dialogue")
    op.create_table(
        "finding_answer",
        sa.Column(
            "answer_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the answer; the highest counts.",
        ),
        sa.Column("finding_id", sa.BigInteger(), nullable=False, comment="The finding that is answered."),
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file it was found in."),
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
            "words",
            sa.Text(),
            nullable=False,
            comment="The school's own words: why it is right as it is.",
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_finding_answer")),
        schema="dialogue",
        comment="A school's answers to findings on its files, shown beside them; rows are only added.",
    )
    op.create_index(op.f("ix_finding_answer_file_id"), "finding_answer", ["file_id"], schema="dialogue")
