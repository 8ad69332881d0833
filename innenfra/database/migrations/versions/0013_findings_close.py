"""Which run checked a file, which deliveries count in checks, and what a build was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column(
        "file",
        sa.Column(
            "checked_by_run",
            sa.Text(),
            nullable=True,
            comment=(
                "Run that checked its rows; empty until one has, and until then no number is built from it."
            ),
        ),
        schema="inbox",
    )
    op.create_index(op.f("ix_file_checked_by_run"), "file", ["checked_by_run"], schema="inbox")
    # what a run that succeeded has looked at was checked by it
    op.execute("""
        update inbox.file set checked_by_run = (
            select run_id from quality.run
            where outcome = 'succeeded' and started_at >= file.received_at order by started_at limit 1
        )
        where received_at <= (select max(started_at) from quality.run where outcome = 'succeeded')
    """)
    op.add_column(
        "run",
        sa.Column(
            "built_from",
            sa.Text(),
            nullable=True,
            comment="Fingerprint of all that the build read; empty where nothing was built.",
        ),
        schema="quality",
    )
    op.alter_column(
        "run",
        "outcome",
        comment="succeeded, failed, or interrupted where its process ended before it did.",
        schema="quality",
    )
    op.alter_column(
        "finding",
        "state",
        comment=(
            "open; settled: what was found is right by now; answered: another delivery stands in its place."
        ),
        schema="quality",
    )
    op.create_table(
        "current_delivery",
        sa.Column("school_id", sa.Text(), nullable=False, comment="School the delivery is for."),
        sa.Column("file_type", sa.Text(), nullable=False, comment="Technical name of the file type."),
        sa.Column(
            "period",
            sa.Text(),
            nullable=False,
            comment="What it covers, in the words of the rows' own `period`.",
        ),
        sa.Column(
            "partnership_id",
            sa.Text(),
            nullable=False,
            comment="Partnership it is for; empty text where nobody says.",
        ),
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file that counts."),
        sa.Column(
            "school_year",
            sa.Text(),
            nullable=True,
            comment="School year named in the manifest or in the rows.",
        ),
        sa.Column(
            "rows_landed",
            sa.Integer(),
            nullable=False,
            comment="Rows that landed for this file type and period.",
        ),
        sa.PrimaryKeyConstraint(
            "school_id", "file_type", "period", "partnership_id", name=op.f("pk_current_delivery")
        ),
        schema="quality",
        comment=(
            "Which deliveries counted when the school was last checked: rules over several deliveries look at"
            " their rows."
        ),
    )
    op.create_index(
        op.f("ix_current_delivery_school_id_file_id_file_type"),
        "current_delivery",
        ["school_id", "file_id", "file_type"],
        schema="quality",
    )
    op.drop_constraint(op.f("ck_release_state"), "release", schema="published", type_="check")
    op.create_check_constraint(
        op.f("ck_release_state"),
        "release",
        "state in ('candidate', 'published', 'refused', 'interrupted')",
        schema="published",
    )
    op.alter_column(
        "release",
        "state",
        comment="candidate, published, refused, or interrupted where its process ended before it did.",
        schema="published",
    )
    # what a build takes out, until its controls have passed
    op.execute("create schema kept")
