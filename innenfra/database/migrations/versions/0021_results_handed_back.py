"""Links by which those who answered a log see what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "results_link",
        sa.Column(
            "results_link_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the link; the highest of a loop counts.",
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
        sa.Column("loop_no", sa.Integer(), nullable=False, comment="Loop whose log was answered."),
        sa.Column(
            "token_hash",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the secret in the address; the secret itself is kept nowhere.",
        ),
        sa.Column(
            "expires_on",
            sa.Date(),
            nullable=False,
            comment="Last day on which the link leads anywhere.",
        ),
        sa.Column(
            "closed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the school closed it; empty while it is open.",
        ),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_results_link_token_hash")),
        sa.CheckConstraint("loop_no between 1 and 200", name=op.f("ck_results_link_loop_no")),
        sa.PrimaryKeyConstraint("results_link_id", name=op.f("pk_results_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_results_link_token_hash")),
        schema="dialogue",
        comment="Links by which those who answered a log see what came of it, without a login.",
    )
    op.create_index(op.f("ix_results_link_school_id"), "results_link", ["school_id"], schema="dialogue")
