"""What is kept of reports: people's own words for them, what was handed on, and what research was given.

Belongs here: the tables. Does not belong here: what a report says (`innenfra/reports`), the functions that
write here (`innenfra/database/reporting.py`).
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from innenfra.contracts.access import ROLES
from innenfra.contracts.declare import metadata
from innenfra.contracts.words import code_list

REPORT_KINDS = code_list(
    "report_kind",
    county=("Til statsforvalteren", "Til statsforvaltaren", "To the county governor"),
    council=("Til kommunestyret", "Til kommunestyret", "To the council"),
    mirror=("Speilark for sløyfa", "Speilark for sløyfa", "Mirror sheet of the loop"),
    yearly=("Partnerskapets årsrapport", "Årsrapport for partnarskapet", "The partnership's yearly report"),
)
READERS_OF_KIND = {
    "county": ("school_owner",),
    "council": ("school_owner",),
    "mirror": ("school", "university"),
    "yearly": ("school", "university"),
}
"""Which roles make a kind of report."""

REPORT_FORMATS = ("pdf", "docx", "pptx", "xlsx")
LONGEST_WORDS = 2000
"""Most letters of one section in own words."""


def _in(name: str, codes: tuple[str, ...]) -> str:
    return f"{name} in ({', '.join(repr(code) for code in codes)})"


def _columns_of_report() -> list[sa.Column[str]]:
    return [
        sa.Column("kind", sa.Text, nullable=False, comment=f"{', '.join(REPORT_KINDS.codes)}."),
        sa.Column(
            "unit_id", sa.Text, nullable=False, comment="The owner, school or partnership that it is about."
        ),
        sa.Column(
            "period", sa.Text, nullable=False, comment="Budget year, number of the loop, or school year."
        ),
    ]


def _now(name: str, meaning: str) -> sa.Column[dt.datetime]:
    return sa.Column(
        name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now(), comment=meaning
    )


report_words = sa.Table(
    "report_words",
    metadata,
    sa.Column(
        "words_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number; the newest counts.",
    ),
    *_columns_of_report(),
    sa.Column("section", sa.Text, nullable=False, comment="Section of the report that they are for."),
    sa.Column("words", sa.Text, nullable=False, comment="The words; empty where they were taken back."),
    sa.Column("by_subject", sa.Text, nullable=False, comment="Who wrote, as iss|sub."),
    sa.Column("by_role", sa.Text, nullable=False, comment="The role they wrote in."),
    _now("written_at", "When they were written."),
    sa.Index(None, "kind", "unit_id", "period"),
    sa.CheckConstraint(_in("kind", REPORT_KINDS.codes), name="kind"),
    sa.CheckConstraint(f"length(words) <= {LONGEST_WORDS}", name="length"),
    schema="dialogue",
    comment="Own words for sections of reports; rows are only added.",
)

issued_report = sa.Table(
    "issued_report",
    metadata,
    sa.Column(
        "report_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the report.",
    ),
    *_columns_of_report(),
    sa.Column("language", sa.Text, nullable=False, comment="nb, nn or en."),
    sa.Column("file_format", sa.Text, nullable=False, comment=f"{', '.join(REPORT_FORMATS)}."),
    sa.Column("file_name", sa.Text, nullable=False, comment="Name of the file."),
    sa.Column("release_id", sa.Integer, nullable=False, comment="Release that its numbers are from."),
    sa.Column("says", postgresql.JSONB, nullable=False, comment="All that it says, as plain values."),
    sa.Column("says_sha256", sa.Text, nullable=False, comment="Fingerprint of what it says."),
    sa.Column("file", sa.LargeBinary, nullable=False, comment="The file's bytes."),
    sa.Column("sha256", sa.Text, nullable=False, comment="SHA-256 of the bytes."),
    sa.Column("issued_by", sa.Text, nullable=False, comment="Who handed it on, as iss|sub."),
    sa.Column("issued_role", sa.Text, nullable=False, comment="The role they had; it decides what is in it."),
    _now("issued_at", "When it was handed on."),
    sa.Index(None, "kind", "unit_id", "period"),
    sa.CheckConstraint(_in("kind", REPORT_KINDS.codes), name="kind"),
    sa.CheckConstraint(_in("file_format", REPORT_FORMATS), name="file_format"),
    sa.CheckConstraint(_in("issued_role", ROLES.codes), name="issued_role"),
    sa.CheckConstraint("sha256 = encode(sha256(file), 'hex')", name="unchanged"),
    schema="dialogue",
    comment="Reports as they were handed on; rows are only added.",
)

research_project = sa.Table(
    "research_project",
    metadata,
    sa.Column("project_id", sa.Text, primary_key=True, comment="The project's own number."),
    sa.Column("legal_basis", sa.Text, nullable=False, comment="What it rests on, as the approval says it."),
    sa.Column(
        "relations",
        postgresql.ARRAY(sa.Text),
        nullable=False,
        comment="Published relations that it is given.",
    ),
    sa.Column("subject", sa.Text, nullable=False, comment="Who asks for it, as iss|sub."),
    sa.Column("valid_until", sa.Date, nullable=False, comment="Last day on which anything is given."),
    sa.Column("approved_by", sa.Text, nullable=False, comment="Who approved it: a role, not a name."),
    _now("approved_at", "When it was approved."),
    schema="authz",
    comment="Research projects that may be given extracts.",
)

research_extract = sa.Table(
    "research_extract",
    metadata,
    sa.Column(
        "extract_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the extract.",
    ),
    sa.Column(
        "project_id",
        sa.Text,
        sa.ForeignKey(research_project.c.project_id),
        nullable=False,
        comment="The project.",
    ),
    sa.Column("release_id", sa.Integer, nullable=False, comment="Release that it was taken from."),
    sa.Column("salt", sa.LargeBinary, nullable=False, comment="What its pseudonyms were made with."),
    sa.Column("rows_n", sa.Integer, nullable=False, comment="Rows in it."),
    sa.Column("sha256", sa.Text, nullable=False, comment="SHA-256 of the file."),
    _now("made_at", "When it was made."),
    schema="authz",
    comment="Extracts for research, so that each can be made again; rows are only added.",
)
