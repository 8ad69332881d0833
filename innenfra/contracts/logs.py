"""Anonymous logs: rounds and counts per item and answer, never a row per respondent.

Belongs here: delivery tables F6 and `log_rounds`, and the restricted table of open answers.
Does not belong here: the wording of log items (`codings.py` holds log instruments).

No team, role, date, gender or free-text column exists here. A file with other columns than these is
refused, not trimmed: the file itself already holds the leak.
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table, metadata
from innenfra.contracts.rules import AtMost, Between, Matches, OneOf, SumsTo
from innenfra.contracts.vocabulary import COUNT, ID_FORM, loop_no, partnership_id, school_id
from innenfra.contracts.words import Words, code_list

COLLECTION_MODES = code_list(
    "collection_mode",
    in_meeting=("I møte", "I møte", "In a meeting"),
    link=("Med lenke", "Med lenkje", "By link"),
    paper=("På papir", "På papir", "On paper"),
)
ANSWER_FORM = Matches(
    pattern=r"^[A-Za-z0-9ÆØÅæøå_.-]{1,40}$",
    form=Words(
        nb="en svarkode uten mellomrom", nn="ein svarkode utan mellomrom", en="an answer code without spaces"
    ),
)
WEEK_FORM = Matches(
    pattern=r"^20[0-9]{2}-W[0-5][0-9]$",
    form=Words(
        nb="en uke skrevet som 2025-W41", nn="ei veke skriven som 2025-W41", en="a week written as 2025-W41"
    ),
)

NO_ANSWER = "no_answer"
"""Answer code of those who submitted the log but left the item empty."""


def _round_no() -> sa.Column[int]:
    return column(
        "round_no",
        sa.Integer,
        "Number of the log round within the loop.",
        ("Runde", "Runde", "Round"),
        Between(low=1, high=50),
        required=True,
        example="1",
    )


def _instrument() -> sa.Column[str]:
    return column(
        "log_instrument_version_id",
        sa.Text,
        "Version of the log form.",
        ("Skjemaversjon", "Skjemaversjon", "Form version"),
        ID_FORM,
        required=True,
        example="LOGG-v2",
    )


def _invited() -> sa.Column[int]:
    return column(
        "invited_n",
        sa.Integer,
        "Number of people invited to answer: a headcount, never a list.",
        ("Inviterte", "Inviterte", "Invited"),
        COUNT,
        required=True,
        unit="persons",
        example="31",
    )


def _submitted() -> sa.Column[int]:
    return column(
        "submitted_n",
        sa.Integer,
        "Number of logs handed in.",
        ("Innleverte", "Innleverte", "Submitted"),
        COUNT,
        required=True,
        unit="persons",
        example="26",
    )


def _mode() -> sa.Column[str]:
    return column(
        "collection_mode",
        sa.Text,
        "How the logs were collected; modes are not compared.",
        ("Innsamling", "Innsamling", "Collection"),
        OneOf(codes=COLLECTION_MODES),
        required=True,
        example="in_meeting",
    )


log_round = delivery_table(
    "log_round",
    "Log rounds: how many were invited and how many handed in; goes with a form export that does not say so"
    " itself.",
    school_id(),
    partnership_id(),
    loop_no(),
    _round_no(),
    _instrument(),
    _invited(),
    _submitted(),
    _mode(),
    column(
        "round_week",
        sa.Text,
        "ISO week of the round, never of a single answer.",
        ("Uke", "Veke", "Week"),
        WEEK_FORM,
        example="2025-W41",
    ),
    sheet=("Loggrunder", "Loggrundar", "Log rounds"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no", "round_no"),
    rules=(AtMost(part="submitted_n", whole="invited_n"),),
    file_type="log_rounds",
)

log_count = delivery_table(
    "log_count",
    "Answers to closed log items as counts per school, loop, round, item and answer.",
    school_id(),
    partnership_id(),
    loop_no(),
    _round_no(),
    _instrument(),
    _invited(),
    _submitted(),
    _mode(),
    column(
        "item_id",
        sa.Text,
        "Code of the log item.",
        ("Spørsmål", "Spørsmål", "Item"),
        ID_FORM,
        required=True,
        example="utbytte",
    ),
    column(
        "answer_code",
        sa.Text,
        "Code of the answer; no_answer for those who left the item empty.",
        ("Svaralternativ", "Svaralternativ", "Answer"),
        ANSWER_FORM,
        required=True,
        example="4",
    ),
    column(
        "n",
        sa.Integer,
        "Number of logs with this answer.",
        ("Antall", "Tal", "Count"),
        COUNT,
        required=True,
        unit="persons",
        example="9",
    ),
    sheet=("Logg, tellinger", "Logg, teljingar", "Log counts"),
    sender="school",
    period="loop",
    key=("school_id", "partnership_id", "loop_no", "round_no", "item_id", "answer_code"),
    rules=(
        AtMost(part="submitted_n", whole="invited_n"),
        SumsTo(
            part="n",
            total="submitted_n",
            group=("school_id", "partnership_id", "loop_no", "round_no", "item_id"),
        ),
    ),
    file_type="log_counts",
)

EXACT_COLUMNS = ("log_counts", "log_rounds")
"""File types in which any further column refuses the file."""

log_text = sa.Table(
    "log_text",
    metadata,
    sa.Column(
        "text_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number given in shuffled order; says nothing about who or when.",
    ),
    sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
    sa.Column("file_id", sa.BigInteger, nullable=False, comment="The delivered file the answer came from."),
    sa.Column("partnership_id", sa.Text, nullable=False, comment="Code of the partnership."),
    sa.Column("loop_no", sa.Integer, nullable=False, comment="Number of the loop."),
    sa.Column("round_no", sa.Integer, nullable=False, comment="Number of the log round within the loop."),
    sa.Column("item_id", sa.Text, nullable=False, comment="Code of the log item."),
    sa.Column(
        "answer",
        sa.Text,
        nullable=False,
        comment="The open answer, structured identifiers masked before the first write.",
    ),
    sa.Column(
        "delete_after",
        sa.Date,
        nullable=False,
        comment="Last day on which the round's open answers are kept.",
    ),
    sa.Column(
        "is_flagged",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Whether a word in it may be a name; someone must look.",
    ),
    sa.Index(None, "school_id", "partnership_id", "loop_no", "round_no"),
    schema="restricted",
    comment="Open log answers, one row per answer, with no key that joins two answers of one respondent.",
)
