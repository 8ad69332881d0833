"""Open answers, quotes, exports and withdrawals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "export_log",
        sa.Column(
            "export_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the export.",
        ),
        sa.Column(
            "exported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was taken out.",
        ),
        sa.Column("by_subject", sa.Text(), nullable=False, comment="Who took it out, as iss|sub."),
        sa.Column("role", sa.Text(), nullable=False, comment="Role in which it was asked for."),
        sa.Column("relation", sa.Text(), nullable=False, comment="What was asked for."),
        sa.Column(
            "selection",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Which rows were asked for, by column; empty for all that the person may see.",
        ),
        sa.Column("file_format", sa.Text(), nullable=False, comment="csv or xlsx."),
        sa.Column(
            "release_id",
            sa.Integer(),
            nullable=True,
            comment="Release that the rows are of; empty before the first.",
        ),
        sa.Column("rows_n", sa.Integer(), nullable=False, comment="Rows in the file."),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the file's bytes."),
        sa.PrimaryKeyConstraint("export_id", name=op.f("pk_export_log")),
        schema="authz",
        comment="Every file taken out, by whom and what was in it; rows are only added.",
    )
    op.create_table(
        "erasure",
        sa.Column(
            "erasure_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the erasure.",
        ),
        sa.Column(
            "erased_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was erased.",
        ),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=False,
            comment="retention and round: a log round; delivery: one file; person: someone who could log in.",
        ),
        sa.Column("by_whom", sa.Text(), nullable=False, comment="Who erased it, or retention."),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="Why, in a word or two; never what was erased."
        ),
        sa.Column(
            "sha256",
            sa.Text(),
            nullable=True,
            comment="Hash of the delivered bytes, where a file was erased.",
        ),
        sa.Column(
            "school_id",
            sa.Text(),
            nullable=True,
            comment="Organisation number of the school; empty for a person.",
        ),
        sa.Column(
            "partnership_id", sa.Text(), nullable=True, comment="Code of the partnership; empty for a person."
        ),
        sa.Column("loop_no", sa.Integer(), nullable=True, comment="Number of the loop; empty for a person."),
        sa.Column(
            "round_no",
            sa.Integer(),
            nullable=True,
            comment="Number of the log round within the loop; empty for a person.",
        ),
        sa.Column("answers_n", sa.Integer(), nullable=False, comment="Open answers that were erased."),
        sa.Column("quotes_n", sa.Integer(), nullable=False, comment="Quotes that were erased."),
        sa.Column("keys_n", sa.Integer(), nullable=False, comment="Kept files whose key was destroyed."),
        sa.Column(
            "rows_n",
            sa.Integer(),
            nullable=False,
            comment="Other rows that were erased or lost the person's name.",
        ),
        sa.CheckConstraint(
            "scope in ('retention', 'round', 'delivery', 'person')", name=op.f("ck_erasure_scope")
        ),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasure")),
        schema="inbox",
        comment=(
            "What was erased, by whom, when, why and how much, and nothing of what it was; rows are only"
            " added."
        ),
    )
    op.create_index(
        op.f("ix_erasure_school_id_partnership_id_loop_no_round_no"),
        "erasure",
        ["school_id", "partnership_id", "loop_no", "round_no"],
        unique=False,
        schema="inbox",
    )
    op.create_table(
        "quote",
        sa.Column(
            "quote_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="Number of the quote."
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("loop_no", sa.Integer(), nullable=False, comment="Number of the loop."),
        sa.Column(
            "speaker",
            sa.Text(),
            nullable=False,
            comment="school_staff or university_staff, never a role that few have.",
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="The quote."),
        sa.Column(
            "is_paraphrase",
            sa.Boolean(),
            nullable=False,
            comment="Whether it is told in other words than the answer's.",
        ),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False, comment="When it was released."),
        sa.Column(
            "cleared_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the school cleared it for others; empty until then.",
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote")),
        schema="published",
        comment=(
            "Quotes that two people have released: the school sees them, its universities when the school has"
            " cleared them."
        ),
    )
    op.create_index(op.f("ix_quote_school_id"), "quote", ["school_id"], unique=False, schema="published")
    op.create_table(
        "withdrawal",
        sa.Column(
            "withdrawal_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the withdrawal.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("indicator_id", sa.Text(), nullable=False, comment="Indicator of the catalogue."),
        sa.Column("period_type", sa.Text(), nullable=False, comment="Type of the period."),
        sa.Column("period", sa.Text(), nullable=False, comment="The period, written as its type has it."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it was withdrawn; never the number."),
        sa.Column("by_whom", sa.Text(), nullable=False, comment="Who withdrew it."),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was withdrawn.",
        ),
        sa.Column(
            "lifted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it may be shown again; empty while it is withdrawn.",
        ),
        sa.Column("lifted_by", sa.Text(), nullable=True, comment="Who lifted the withdrawal."),
        sa.PrimaryKeyConstraint("withdrawal_id", name=op.f("pk_withdrawal")),
        schema="published",
        comment="Cells that the next release shows as withdrawn, also in what earlier releases showed.",
    )
    op.create_index(
        op.f("ix_withdrawal_school_id_indicator_id"),
        "withdrawal",
        ["school_id", "indicator_id"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "quote",
        sa.Column(
            "quote_id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the quote.",
        ),
        sa.Column("school_id", sa.Text(), nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text(), nullable=False, comment="Code of the partnership."),
        sa.Column("loop_no", sa.Integer(), nullable=False, comment="Number of the loop."),
        sa.Column(
            "round_no", sa.Integer(), nullable=False, comment="Number of the log round within the loop."
        ),
        sa.Column(
            "file_id", sa.BigInteger(), nullable=False, comment="The delivered file the answer came from."
        ),
        sa.Column(
            "speaker",
            sa.Text(),
            nullable=False,
            comment="school_staff or university_staff, never a role that few have.",
        ),
        sa.Column("words", sa.Text(), nullable=True, comment="The quote; empty once it is withdrawn."),
        sa.Column(
            "is_paraphrase",
            sa.Boolean(),
            nullable=False,
            comment="Whether it is told in other words than the answer's.",
        ),
        sa.Column("proposed_by", sa.Text(), nullable=False, comment="The coder who proposed it, as iss|sub."),
        sa.Column(
            "proposed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was proposed.",
        ),
        sa.Column(
            "released_by",
            sa.Text(),
            nullable=True,
            comment="The other coder who released it; empty until then.",
        ),
        sa.Column(
            "released_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was released; empty until then.",
        ),
        sa.Column(
            "cleared_by", sa.Text(), nullable=True, comment="Who at the school cleared it; empty until then."
        ),
        sa.Column(
            "cleared_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the school cleared it; empty until then.",
        ),
        sa.Column(
            "withdrawn_by", sa.Text(), nullable=True, comment="Who withdrew it; empty while it stands."
        ),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was withdrawn; empty while it stands.",
        ),
        sa.CheckConstraint("speaker in ('school_staff', 'university_staff')", name=op.f("ck_quote_speaker")),
        sa.CheckConstraint(
            "(released_by is null) = (released_at is null) and (cleared_by is null) = (cleared_at is null)",
            name=op.f("ck_quote_whole"),
        ),
        sa.CheckConstraint(
            "(words is null) = (withdrawn_at is not null)", name=op.f("ck_quote_withdrawn_says_nothing")
        ),
        sa.CheckConstraint(
            "cleared_at is null or released_at is not null", name=op.f("ck_quote_released_first")
        ),
        sa.CheckConstraint("released_by <> proposed_by", name=op.f("ck_quote_two_people")),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote")),
        schema="restricted",
        comment=(
            "Quotes on their way: proposed, released by another person, cleared by the school, or withdrawn."
        ),
    )
    op.create_index(
        op.f("ix_quote_school_id_partnership_id_loop_no_round_no"),
        "quote",
        ["school_id", "partnership_id", "loop_no", "round_no"],
        unique=False,
        schema="restricted",
    )
    op.create_table(
        "file_key",
        sa.Column("file_id", sa.BigInteger(), nullable=False, comment="The file."),
        sa.Column(
            "key",
            sa.LargeBinary(),
            nullable=False,
            comment="Key that the kept bytes are encrypted with; without the row nobody can read them.",
        ),
        sa.Column(
            "holds_text", sa.Boolean(), nullable=False, comment="Whether open answers are among the bytes."
        ),
        sa.ForeignKeyConstraint(["file_id"], ["inbox.file.file_id"], name=op.f("fk_file_key_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_key")),
        schema="restricted",
        comment="Keys of kept files, one each; erasing a file's bytes is deleting its row.",
    )
    op.add_column(
        "access_policy",
        sa.Column(
            "text_days",
            sa.Integer(),
            server_default="365",
            nullable=False,
            comment="Days after a log round in which its open answers are kept.",
        ),
        schema="authz",
    )
    op.add_column(
        "access_policy",
        sa.Column(
            "text_min_submissions",
            sa.Integer(),
            server_default="10",
            nullable=False,
            comment="Fewest logs handed in from which a coder reads a round's open answers.",
        ),
        schema="authz",
    )
    op.add_column(
        "access_policy",
        sa.Column(
            "verbatim_min_submissions",
            sa.Integer(),
            server_default="20",
            nullable=False,
            comment="Fewest logs handed in from which a quote may be word for word.",
        ),
        schema="authz",
    )
    op.create_table_comment(
        "access_policy",
        "What has been decided about access and open answers, as versions.",
        existing_comment="What has been decided about access, as versions.",
        schema="authz",
    )
    op.alter_column(
        "file",
        "store_path",
        existing_type=sa.TEXT(),
        comment="Where the encrypted bytes are in the object store; empty text where none are kept.",
        existing_comment="Where the bytes are in the object store.",
        existing_nullable=False,
        schema="inbox",
    )
    op.add_column(
        "log_text",
        sa.Column(
            "is_flagged",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Whether a word in it may be a name; someone must look.",
        ),
        schema="restricted",
    )
    op.alter_column(
        "log_text",
        "delete_after",
        existing_type=sa.DATE(),
        comment="Last day on which the round's open answers are kept.",
        existing_comment="Retention date of the round.",
        existing_nullable=False,
        schema="restricted",
    )
    # the planner's statistics keep samples of values, also when the rows are gone: of people and their own
    # words they shall keep none
    for relation, columns in {
        "restricted.log_text": ("answer",),
        "restricted.quote": ("words", "proposed_by", "released_by", "cleared_by", "withdrawn_by"),
        "published.quote": ("words",),
        "restricted.file_key": ("key",),
        "authz.person": ("subject", "display_label"),
        "authz.role_grant": ("subject",),
        "dialogue.member_check": ("by_subject", "comment"),
        "dialogue.comment": ("by_subject", "comment"),
    }.items():
        for column in columns:
            op.execute(f"alter table {relation} alter column {column} set statistics 0")
