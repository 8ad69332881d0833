"""Quotes from open log answers: proposed by one coder, released by another, cleared by the school.

Belongs here: the tables of quotes and the conditions that hold for every row.
Does not belong here: the functions that write them (`innenfra/database/speech.py`), the answers (`logs.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import metadata
from innenfra.contracts.words import code_list

SPEAKERS = code_list(
    "speaker",
    school_staff=("Ansatt ved skolen", "Tilsett ved skulen", "Staff of the school"),
    university_staff=("Ansatt ved universitetet", "Tilsett ved universitetet", "Staff of the university"),
)
"""Who said it, no nearer than this: there is one process leader to a team and one leader to many a school."""


def _speaker() -> list[sa.Column[str]]:
    return [
        sa.Column(
            "speaker",
            sa.Text,
            nullable=False,
            comment="school_staff or university_staff, never a role that few have.",
        )
    ]


def _round_columns() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
        sa.Column("partnership_id", sa.Text, nullable=False, comment="Code of the partnership."),
        sa.Column("loop_no", sa.Integer, nullable=False, comment="Number of the loop."),
    ]


quote = sa.Table(
    "quote",
    metadata,
    sa.Column(
        "quote_id", sa.BigInteger, sa.Identity(always=True), primary_key=True, comment="Number of the quote."
    ),
    *_round_columns(),
    sa.Column("round_no", sa.Integer, nullable=False, comment="Number of the log round within the loop."),
    sa.Column("file_id", sa.BigInteger, nullable=False, comment="The delivered file the answer came from."),
    *_speaker(),
    sa.Column("words", sa.Text, comment="The quote; empty once it is withdrawn."),
    sa.Column(
        "is_paraphrase",
        sa.Boolean,
        nullable=False,
        comment="Whether it is told in other words than the answer's.",
    ),
    sa.Column("proposed_by", sa.Text, nullable=False, comment="The coder who proposed it, as iss|sub."),
    sa.Column(
        "proposed_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was proposed.",
    ),
    sa.Column("released_by", sa.Text, comment="The other coder who released it; empty until then."),
    sa.Column("released_at", sa.DateTime(timezone=True), comment="When it was released; empty until then."),
    sa.Column("cleared_by", sa.Text, comment="Who at the school cleared it; empty until then."),
    sa.Column(
        "cleared_at", sa.DateTime(timezone=True), comment="When the school cleared it; empty until then."
    ),
    sa.Column("withdrawn_by", sa.Text, comment="Who withdrew it; empty while it stands."),
    sa.Column(
        "withdrawn_at", sa.DateTime(timezone=True), comment="When it was withdrawn; empty while it stands."
    ),
    sa.Index(None, "school_id", "partnership_id", "loop_no", "round_no"),
    sa.CheckConstraint("speaker in ('school_staff', 'university_staff')", name="speaker"),
    sa.CheckConstraint("released_by <> proposed_by", name="two_people"),
    sa.CheckConstraint(
        "(released_by is null) = (released_at is null) and (cleared_by is null) = (cleared_at is null)",
        name="whole",
    ),
    sa.CheckConstraint("cleared_at is null or released_at is not null", name="released_first"),
    sa.CheckConstraint("(words is null) = (withdrawn_at is not null)", name="withdrawn_says_nothing"),
    schema="restricted",
    comment="Quotes on their way: proposed, released by another person, cleared by the school, or withdrawn.",
)

released_quote = sa.Table(
    "quote",
    metadata,
    sa.Column(
        "quote_id", sa.BigInteger, primary_key=True, autoincrement=False, comment="Number of the quote."
    ),
    *_round_columns(),
    *_speaker(),
    sa.Column("words", sa.Text, nullable=False, comment="The quote."),
    sa.Column(
        "is_paraphrase",
        sa.Boolean,
        nullable=False,
        comment="Whether it is told in other words than the answer's.",
    ),
    sa.Column("released_at", sa.DateTime(timezone=True), nullable=False, comment="When it was released."),
    sa.Column(
        "cleared_at",
        sa.DateTime(timezone=True),
        comment="When the school cleared it for others; empty until then.",
    ),
    sa.Index(None, "school_id"),
    schema="published",
    comment=(
        "Quotes that two people have released: the school sees them, its universities when the school has"
        " cleared them."
    ),
)
