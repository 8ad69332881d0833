"""Deliveries by partnership, with the day they were made and what they replace; columns that rulings on the
numbers need."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {
    ("inbox", "delivery"): (
        ("supersedes_delivery_id", sa.Text(), "The sender's id of the delivery that this one corrects."),
        ("delivered_on", sa.Date(), "Day on which the sender says that it was delivered."),
    ),
    ("landed", "manifest"): (
        (
            "delivered_on",
            sa.Date(),
            "Day on which the delivery was made; of two for the same period the later counts.",
        ),
    ),
    ("landed", "team"): (
        (
            "partnership_ids",
            sa.Text(),
            "Partnerships that the team takes part in, separated by spaces; empty means all of the school's.",
        ),
    ),
    ("landed", "commitment_review"): (
        (
            "assessed_by_id",
            sa.Text(),
            "Code of the institution that made the assessment, where several are parties.",
        ),
    ),
    ("landed", "meeting"): (
        (
            "school_year",
            sa.Text(),
            "School year it belongs to, where its day lies in no calendar that is delivered.",
        ),
    ),
    ("landed", "decision"): (
        (
            "school_year",
            sa.Text(),
            "School year it belongs to, where its day lies in no calendar that is delivered.",
        ),
    ),
    ("landed", "member_check"): (
        (
            "school_year",
            sa.Text(),
            "School year it belongs to, where its day lies in no calendar that is delivered.",
        ),
    ),
    ("landed", "note"): (
        ("introduced_by", sa.Text(), "For a tool: who brought it in; empty means a teacher educator."),
    ),
}


def upgrade() -> None:
    """Bring the database forward."""
    for (schema, table), columns in COLUMNS.items():
        for name, kind, comment in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True, comment=comment), schema=schema)
    op.add_column(
        "delivery",
        sa.Column(
            "covers_year",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Whether the manifest speaks of the whole school year and not of one loop in it.",
        ),
        schema="inbox",
    )
    op.execute("update inbox.delivery set partnership_id = '' where partnership_id is null")
    op.alter_column(
        "delivery",
        "partnership_id",
        existing_type=sa.Text(),
        nullable=False,
        server_default="",
        schema="inbox",
        comment="Partnership named in the manifest or in the rows; empty text where the file does not say.",
        existing_comment="Partnership named in the manifest.",
    )
    op.drop_constraint("pk_delivery", "delivery", schema="inbox", type_="primary")
    op.create_primary_key(
        "pk_delivery",
        "delivery",
        ["school_id", "file_type", "period", "file_id", "partnership_id"],
        schema="inbox",
    )
