"""What a school is shown of its own before a release, and erased files that the disk may still hold."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward. What is remembered so far was all shown by releases."""
    op.alter_column(
        "released_atom",
        "release_id",
        comment="Release that was the newest when it was shown so.",
        existing_comment="Release that showed it so.",
        existing_type=sa.Integer(),
        existing_nullable=False,
        schema="published",
    )
    op.create_table_comment(
        "released_atom",
        "What rests on people's answers as it was last shown, by a release or to the school ahead of one:"
        " it changes only where enough answers differ.",
        schema="published",
    )
    op.create_table(
        "past_atom",
        sa.Column(
            "look_no",
            sa.BigInteger(),
            nullable=False,
            comment="Which look it was, of all that there were.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("indicator_id", sa.Text(), nullable=False, comment="Indicator of the catalogue."),
        sa.Column(
            "definition_version",
            sa.Integer(),
            nullable=False,
            comment="Version of the indicator's definition.",
        ),
        sa.Column("period_type", sa.Text(), nullable=False, comment="loop or school_year."),
        sa.Column("period", sa.Text(), nullable=False, comment="The period, written as its type has it."),
        sa.Column(
            "question",
            postgresql.JSONB(),
            nullable=False,
            comment="The slice without its answer: what the same people were asked.",
        ),
        sa.Column(
            "family",
            sa.Text(),
            nullable=False,
            comment="Instrument or method of counting; empty text where none applies.",
        ),
        sa.Column("answer", sa.Text(), nullable=False, comment="Code of the answer; empty text for a share."),
        sa.Column("x", sa.Numeric(), nullable=False, comment="True number when it was shown; never shown."),
        sa.Column("base", sa.Numeric(), nullable=False, comment="Whole when it was shown."),
        schema="published",
        comment=(
            "Every state in which what rests on a school's people was shown, by a release or to the school"
            " ahead of one: a number changes only where enough answers differ from each."
        ),
    )
    op.create_index(
        op.f("ix_past_atom_school_id_indicator_id"),
        "past_atom",
        ["school_id", "indicator_id"],
        schema="published",
    )
    op.execute(
        "insert into published.past_atom select 1, unit_id, partnership_id, indicator_id, definition_version,"
        " period_type, period, question, family, answer, x, base from published.released_atom where"
        " unit_level = 'school'"
    )
    op.create_table(
        "early_value",
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column(
            "partnership_id", sa.Text(), comment="Code of the partnership; empty for facts of the school."
        ),
        sa.Column("indicator_id", sa.Text(), nullable=False, comment="Indicator of the catalogue."),
        sa.Column(
            "definition_version",
            sa.Integer(),
            nullable=False,
            comment="Version of the indicator's definition.",
        ),
        sa.Column("comparability_class", sa.Text(), comment="K1, K2 or K3, as in the release."),
        sa.Column("period_type", sa.Text(), nullable=False, comment="Type of the period."),
        sa.Column("period", sa.Text(), nullable=False, comment="The period, written as its type has it."),
        sa.Column(
            "slice", postgresql.JSONB(), nullable=False, comment="What the value is about beside all that."
        ),
        sa.Column("numerator", sa.Numeric(), comment="Counted; the lower end of a range."),
        sa.Column("numerator_high", sa.Numeric(), comment="Upper end, where it is a range."),
        sa.Column("denominator", sa.Numeric(), comment="What it is counted out of."),
        sa.Column("value", sa.Numeric(), comment="The value; the lower end of a range."),
        sa.Column("value_high", sa.Numeric(), comment="Upper end, where it is a range."),
        sa.Column("unit", sa.Text(), comment="share, count, days or another unit."),
        sa.Column("n_respondents", sa.Integer(), comment="How many people answered."),
        sa.Column("coverage_observed", sa.Integer(), comment="How much of what is expected was observed."),
        sa.Column("coverage_expected", sa.Integer(), comment="How much is expected."),
        sa.Column("status", sa.Text(), nullable=False, comment="State of the value."),
        sa.Column("status_reason", sa.Text(), comment="Why a number that exists is not shown."),
        sa.Column("note", sa.Text(), comment="What more there is to say of it: codes separated by spaces."),
        sa.Column("bound", sa.Text(), comment="Exact (=), at most (<=), at least (>=) or a range."),
        sa.Column("interval_low", sa.Numeric(), comment="Lower end of the interval."),
        sa.Column("interval_high", sa.Numeric(), comment="Upper end of the interval."),
        sa.Column(
            "change_waits",
            sa.Boolean(),
            comment="Whether newer answers wait because they are too few to be shown.",
        ),
        sa.Column(
            "mark",
            sa.Text(),
            nullable=False,
            server_default="not_released",
            comment="How the value is marked where it is shown: not_released, not released yet.",
        ),
        sa.Column("run_id", sa.Text(), nullable=False, comment="Run that counted it."),
        schema="published",
        comment=(
            "The school's own values that are not in the release yet: they have passed the gate, and the"
            " school alone reads them until a release tells them."
        ),
    )
    op.create_index(op.f("ix_early_value_school_id"), "early_value", ["school_id"], schema="published")
    op.create_table(
        "to_be_cleared",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the erased file."),
        sa.Column(
            "store_path",
            sa.Text(),
            nullable=False,
            comment="Where its bytes are kept; empty text for nowhere.",
        ),
        sa.PrimaryKeyConstraint("sha256", "store_path", name=op.f("pk_to_be_cleared")),
        schema="inbox",
        comment="Erased files of which the disk may still hold something: gone once it holds nothing.",
    )
    op.create_table(
        "being_kept",
        sa.Column(
            "store_path", sa.Text(), nullable=False, comment="Where the bytes of a file are being put."
        ),
        sa.PrimaryKeyConstraint("store_path", name=op.f("pk_being_kept")),
        schema="inbox",
        comment=(
            "Files on their way into the store: a row that stays tells of a process that was killed there."
        ),
    )
