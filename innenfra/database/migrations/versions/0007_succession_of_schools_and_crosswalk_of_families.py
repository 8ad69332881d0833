"""Succession of schools, and the crosswalk of families."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "school_succession",
        sa.Column("from_school_id", sa.Text(), nullable=False, comment="The school before."),
        sa.Column("to_school_id", sa.Text(), nullable=False, comment="The school after."),
        sa.Column("changed_on", sa.Date(), nullable=False, comment="Day of the change."),
        sa.Column(
            "change_type",
            sa.Text(),
            nullable=False,
            comment="merge, split, combine (into a school for all grades) or renumber.",
        ),
        sa.CheckConstraint(
            "change_type in ('merge', 'split', 'combine', 'renumber')",
            name=op.f("ck_school_succession_change_type"),
        ),
        sa.PrimaryKeyConstraint(
            "from_school_id", "to_school_id", "changed_on", name=op.f("pk_school_succession")
        ),
        schema="register",
        comment="Which school followed which. A school that closes with nobody after it has only a last day.",
    )
    op.create_table(
        "family_crosswalk",
        sa.Column(
            "family",
            sa.Text(),
            nullable=False,
            comment="Family of forms, templates or codebooks, as comparison_family names it.",
        ),
        sa.Column("other_family", sa.Text(), nullable=False, comment="The family that it is held against."),
        sa.Column(
            "relation",
            sa.Text(),
            nullable=False,
            comment="The first is the same as the other, broader, narrower, related or none of these.",
        ),
        sa.Column(
            "reviewed_on",
            sa.Date(),
            nullable=True,
            comment=(
                "Day on which people agreed on it; empty while nobody has, and then it counts for nothing."
            ),
        ),
        sa.CheckConstraint(
            "relation in ('same', 'broader', 'narrower', 'related', 'none')",
            name=op.f("ck_family_crosswalk_relation"),
        ),
        sa.PrimaryKeyConstraint("family", "other_family", name=op.f("pk_family_crosswalk")),
        schema="register",
        comment=(
            "How families of forms, templates and codebooks answer to each other, one row per pair in either"
            " direction."
        ),
    )
