"""Which totals are open to whom, and what a school was shown of its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "total_reader",
        sa.Column("release_id", sa.Integer(), nullable=False, comment="Release that it was worked out for."),
        sa.Column("role", sa.Text(), nullable=False, comment="university, school_owner or school."),
        sa.Column(
            "unit_ids",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="The units that the reader acts for, in order.",
        ),
        sa.Column(
            "school_ids",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Schools that the reader sees one by one, in order; with others the row does not count.",
        ),
        sa.Column("list_id", sa.Text(), nullable=False, comment="The list of totals that are open to it."),
        sa.PrimaryKeyConstraint("release_id", "role", "unit_ids", name=op.f("pk_total_reader")),
        schema="published",
        comment=(
            "Which totals above the schools are open to whom: those that tell the reader of no school that it"
            " does not see."
        ),
    )
    op.create_table(
        "open_total",
        sa.Column(
            "list_id",
            sa.Text(),
            nullable=False,
            comment="The list: readers to whom the same totals are open share one.",
        ),
        sa.Column("content", sa.Text(), nullable=False, comment="Fingerprint of the total as it is told."),
        sa.PrimaryKeyConstraint("list_id", "content", name=op.f("pk_open_total")),
        schema="published",
        comment="Totals of each list in total_reader.",
    )
    op.add_column(
        "file",
        sa.Column(
            "received_on",
            sa.Date(),
            sa.Computed("(received_at at time zone 'Europe/Oslo')::date", persisted=True),
            nullable=True,
            comment="Day on which the file was registered.",
        ),
        schema="inbox",
    )
    # what was shown is found again by what was asked of whom when; what no release has shown since has no
    # days yet
    for table in ("released_atom", "pool_member"):
        op.add_column(
            table,
            sa.Column(
                "lineage",
                sa.Text(),
                nullable=True,
                comment=(
                    "The question that it goes back to, whatever its codes; empty text where there is none."
                ),
            ),
            schema="published",
        )
        op.add_column(
            table,
            sa.Column(
                "from_day", sa.Date(), nullable=True, comment="First of the days that it was asked in."
            ),
            schema="published",
        )
        op.add_column(
            table,
            sa.Column("to_day", sa.Date(), nullable=True, comment="Last of the days that it was asked in."),
            schema="published",
        )
    # a school that has looked at its numbers is not asked anew because the fingerprint is taken of less
    op.execute("""
        do $$
        begin
            if to_regclass('published.school_indicator_value') is not null then
                update published.school_indicator_value
                set content = md5(jsonb_strip_nulls(jsonb_build_object(
                    'numerator', numerator, 'denominator', denominator, 'value', value, 'status', status,
                    'bound', bound, 'interval_low', interval_low, 'interval_high', interval_high
                ))::text);
            end if;
        end
        $$
    """)
