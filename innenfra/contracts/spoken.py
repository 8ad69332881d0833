"""What partners write in the app about their work: tables of `dialogue` beside comments and member checks.

Belongs here: answers to items of mirror data, their texts, decisions, assessments of commitments, needs of
schools, and grants; each means what the delivered file of the same subject means, with the same codes, and
becomes a record at the next release. Also the links by which a school hands results back.
Does not belong here: who may write what (`innenfra/database/written/*.sql`), comments on numbers
(`access.py`).

Texts are people's own words about practice: masked by the app before they are written, at most 400 letters,
and
refused where something in them still looks like a number of a person or an address. Rows are only added.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.access import MEMBER_ANSWERS
from innenfra.contracts.agreements import COMMITMENT_TYPES, REVIEW_RESULTS
from innenfra.contracts.declare import metadata
from innenfra.contracts.meetings import DECIDERS, DECISION_TYPES
from innenfra.contracts.registers import list_grant_columns
from innenfra.contracts.vocabulary import PARTIES

LETTERS = 400
"""Longest text."""


def _in(name: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{c}'" for c in codes)
    return sa.CheckConstraint(f"{name} in ({listed})", name=name)


def _words(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"length({name}) between 1 and {LETTERS} and {name} !~ '([0-9][ ./-]?){{11}}|@'", name=name
    )


def _text(name: str, meaning: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable, comment=meaning)


def _number(name: str, meaning: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, sa.Identity(always=True), primary_key=True, comment=meaning)


def _stamps(written: str) -> tuple[sa.Column[Any], ...]:
    return (
        _text("school_id", "Organisation number of the school."),
        _text("partnership_id", "Code of the partnership."),
        sa.Column(
            written,
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
            comment="When it was written.",
        ),
        _text("by_subject", "Who wrote it, as iss|sub; shown to nobody in the app."),
    )


mirror_text = sa.Table(
    "mirror_text",
    metadata,
    _number("mirror_text_id", "Number of the text; the highest counts."),
    *_stamps("written_at"),
    _text("mirror_id", "The item of mirror data."),
    _text("text", "What the item says, in the university's words."),
    _text(
        "held_up_against", "Theory or document it was held up against; empty where none was.", nullable=True
    ),
    sa.Index(None, "school_id", "mirror_id"),
    _words("text"),
    _words("held_up_against"),
    schema="dialogue",
    comment="Texts of items of mirror data, as the university writes and revises them; rows are only added.",
)

mirror_answer = sa.Table(
    "mirror_answer",
    metadata,
    _number("mirror_answer_id", "Number of the answer; the highest counts."),
    *_stamps("answered_at"),
    _text("mirror_id", "The item of mirror data."),
    _text("answer", "recognised, partly or not_recognised."),
    _text("comment", "The school's own words.", nullable=True),
    sa.Index(None, "school_id", "mirror_id"),
    _in("answer", tuple(c for c in MEMBER_ANSWERS.codes if c != "no_response")),
    _words("comment"),
    schema="dialogue",
    comment="Whether a school's leadership recognises an item of mirror data; rows are only added.",
)

decision = sa.Table(
    "decision",
    metadata,
    _number("decision_no", "Number of the decision."),
    *_stamps("written_at"),
    sa.Column(
        "decided_on",
        sa.Date,
        nullable=False,
        server_default=sa.func.current_date(),
        comment="Day of the decision.",
    ),
    _text("decision_type", "What it is about."),
    _text("proposed_by", "Who proposed it."),
    _text("decided_by", "Who decided it."),
    _text("mirror_id", "Item of mirror data that led to it; empty where none did.", nullable=True),
    sa.Column(
        "effective_loop_no", sa.Integer, nullable=False, comment="First loop in which it takes effect."
    ),
    _text("text", "What is tried, in the school's own words."),
    sa.Index(None, "school_id"),
    _in("decision_type", DECISION_TYPES.codes),
    _in("proposed_by", DECIDERS.codes),
    _in("decided_by", DECIDERS.codes),
    sa.CheckConstraint("effective_loop_no between 1 and 200", name="effective_loop_no"),
    _words("text"),
    schema="dialogue",
    comment="What a school tries in a loop to come, and from which item of mirror data; rows are only added.",
)

commitment_review = sa.Table(
    "commitment_review",
    metadata,
    _number("commitment_review_id", "Number of the assessment; the highest counts."),
    *_stamps("written_at"),
    _text("agreement_id", "Code of the agreement."),
    sa.Column("version_no", sa.Integer, nullable=False, comment="Version of the agreement."),
    sa.Column("commitment_no", sa.Integer, nullable=False, comment="Number of the commitment."),
    _text("school_year", "School year that is assessed."),
    _text("assessed_by", "The party that assesses."),
    _text("assessed_by_id", "Code of the institution, where one assesses.", nullable=True),
    _text("result", "The assessment."),
    sa.Index(None, "school_id"),
    _in("assessed_by", PARTIES.codes),
    _in("result", REVIEW_RESULTS.codes),
    sa.CheckConstraint("school_year ~ '^20[0-9]{2}/[0-9]{2}$'", name="school_year"),
    schema="dialogue",
    comment="How a party assesses whether a commitment was kept in a school year; rows are only added.",
)

need = sa.Table(
    "need",
    metadata,
    _number("need_id", "Number of what was stated; the highest of a kind counts."),
    *_stamps("written_at"),
    _text("school_year", "School year that the need is of."),
    _text("need_type", "What is needed, by the kinds of commitment."),
    _text("text", "The need in the school's own words; empty where only the kind was stated.", nullable=True),
    sa.Column("still", sa.Boolean, nullable=False, comment="Whether it is needed; false takes it back."),
    sa.Index(None, "school_id"),
    _in("need_type", COMMITMENT_TYPES.codes),
    sa.CheckConstraint("school_year ~ '^20[0-9]{2}/[0-9]{2}$'", name="school_year"),
    _words("text"),
    schema="dialogue",
    comment="What a school tells its owner and partners that it needs; rows are only added.",
)

grant_year = sa.Table(
    "grant_year",
    metadata,
    _number("grant_year_id", "Number of what was told; the highest of a teller counts."),
    _text("owner_id", "The school owner."),
    sa.Column("budget_year", sa.Integer, nullable=False, comment="Calendar year, where money is meant."),
    _text("scheme_code", "Grant scheme, as docs/reference/schemes.md names it."),
    _text("partnership_id", "Partnership that the grant is for."),
    _text("reported_by", "Who tells: school_owner or institution."),
    _text("reported_by_id", "The owner or institution that tells."),
    sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was written.",
    ),
    _text("by_subject", "Who wrote it, as iss|sub; shown to nobody in the app."),
    *list_grant_columns(),
    sa.Index(None, "owner_id"),
    schema="dialogue",
    comment="What owners and institutions write of grants in the app; rows are only added.",
)

SPOKEN = (mirror_text, mirror_answer, decision, commitment_review, need, grant_year)
"""All tables of what partners write about their work."""

results_link = sa.Table(
    "results_link",
    metadata,
    _number("results_link_id", "Number of the link; the highest of a loop counts."),
    *_stamps("written_at"),
    sa.Column("loop_no", sa.Integer, nullable=False, comment="Loop whose log was answered."),
    _text("token_hash", "SHA-256 of the secret in the address; the secret itself is kept nowhere."),
    sa.Column("expires_on", sa.Date, nullable=False, comment="Last day on which the link leads anywhere."),
    sa.Column(
        "closed_at",
        sa.DateTime(timezone=True),
        nullable=True,
        comment="When the school closed it; empty while it is open.",
    ),
    sa.UniqueConstraint("token_hash"),
    sa.Index(None, "school_id"),
    sa.CheckConstraint("length(token_hash) = 64", name="token_hash"),
    sa.CheckConstraint("loop_no between 1 and 200", name="loop_no"),
    schema="dialogue",
    comment="Links by which those who answered a log see what came of it, without a login.",
)
