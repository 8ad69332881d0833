"""Tables the platform itself writes: the register of files, held-back rows, checks and findings, releases,
erasures.

Belongs here: tables of `inbox`, `quality`, `published.release` and what releases remember, and
`landed.held_back_row`.
Does not belong here: delivered tables and registers (`innenfra/contracts`).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from innenfra.contracts import (  # noqa: F401  (declares its tables on the metadata)
    access,
    deliveries,
    quotes,
    registers,
    reports,
    spoken,
)
from innenfra.contracts.declare import metadata

file = sa.Table(
    "file",
    metadata,
    sa.Column(
        "file_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number given when the file was registered.",
    ),
    sa.Column(
        "sha256",
        sa.Text,
        nullable=False,
        comment="Hash of the delivered bytes; the same bytes for the same school are not a new file.",
    ),
    sa.Column(
        "file_name",
        sa.Text,
        nullable=False,
        comment="Name as delivered, without folders, masked and cut; […] where the file was erased.",
    ),
    sa.Column(
        "format",
        sa.Text,
        comment="Code of the format the file was read as; empty where it was not recognised.",
    ),
    sa.Column("size_bytes", sa.BigInteger, nullable=False, comment="Size of the delivered bytes."),
    sa.Column(
        "school_id",
        sa.Text,
        comment="School the file is for; empty where the file does not say and could not be read.",
    ),
    sa.Column(
        "received_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When the file was registered.",
    ),
    sa.Column(
        "received_on",
        sa.Date,
        sa.Computed("(received_at at time zone 'Europe/Oslo')::date", persisted=True),
        comment="Day on which the file was registered.",
    ),
    sa.Column("received_by", sa.Text, nullable=False, comment="How it came in: inbox, upload or command."),
    sa.Column("status", sa.Text, nullable=False, comment="landed, partly_landed or rejected."),
    sa.Column("rows_read", sa.Integer, nullable=False, comment="Rows read from the file."),
    sa.Column("rows_landed", sa.Integer, nullable=False, comment="Rows that landed."),
    sa.Column("rows_held_back", sa.Integer, nullable=False, comment="Rows held back with a finding each."),
    sa.Column(
        "store_path",
        sa.Text,
        nullable=False,
        comment="Where the encrypted bytes are in the object store; empty text where none are kept.",
    ),
    sa.Column(
        "checked_by_run",
        sa.Text,
        comment="Run that checked its rows; empty until one has, and until then no number is built from it.",
    ),
    sa.Index(None, "checked_by_run"),
    sa.UniqueConstraint("sha256", "school_id", postgresql_nulls_not_distinct=True),
    sa.CheckConstraint("rows_read = rows_landed + rows_held_back", name="nothing_vanishes"),
    sa.CheckConstraint("status in ('landed', 'partly_landed', 'rejected')", name="status"),
    schema="inbox",
    comment="Delivered files, one row each; a file is never overwritten.",
)

file_key = sa.Table(
    "file_key",
    metadata,
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey(file.c.file_id), primary_key=True, comment="The file."),
    sa.Column(
        "key",
        sa.LargeBinary,
        nullable=False,
        comment="Key that the kept bytes are encrypted with; without the row nobody can read them.",
    ),
    sa.Column("holds_text", sa.Boolean, nullable=False, comment="Whether open answers are among the bytes."),
    schema="restricted",
    comment="Keys of kept files, one each; erasing a file's bytes is deleting its row.",
)

erasure = sa.Table(
    "erasure",
    metadata,
    sa.Column(
        "erasure_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the erasure.",
    ),
    sa.Column(
        "erased_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was erased.",
    ),
    sa.Column(
        "scope",
        sa.Text,
        nullable=False,
        comment="retention and round: a log round; delivery: one file; person: someone who could log in.",
    ),
    sa.Column("by_whom", sa.Text, nullable=False, comment="Who erased it, or retention."),
    sa.Column("reason", sa.Text, nullable=False, comment="Why, in a word or two; never what was erased."),
    sa.Column("sha256", sa.Text, comment="Hash of the delivered bytes, where a file was erased."),
    sa.Column("school_id", sa.Text, comment="Organisation number of the school; empty for a person."),
    sa.Column("partnership_id", sa.Text, comment="Code of the partnership; empty for a person."),
    sa.Column("loop_no", sa.Integer, comment="Number of the loop; empty for a person."),
    sa.Column("round_no", sa.Integer, comment="Number of the log round within the loop; empty for a person."),
    sa.Column("answers_n", sa.Integer, nullable=False, comment="Open answers that were erased."),
    sa.Column("quotes_n", sa.Integer, nullable=False, comment="Quotes that were erased."),
    sa.Column("keys_n", sa.Integer, nullable=False, comment="Kept files whose key was destroyed."),
    sa.Column(
        "rows_n", sa.Integer, nullable=False, comment="Other rows that were erased or lost the person's name."
    ),
    sa.Index(None, "school_id", "partnership_id", "loop_no", "round_no"),
    sa.CheckConstraint("scope in ('retention', 'round', 'delivery', 'person')", name="scope"),
    schema="inbox",
    comment=(
        "What was erased, by whom, when, why and how much, and nothing of what it was; rows are only added."
    ),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("school_id", sa.Text, primary_key=True, comment="School the delivery is for."),
    sa.Column("file_type", sa.Text, primary_key=True, comment="Technical name of the file type."),
    sa.Column(
        "period", sa.Text, primary_key=True, comment="What it covers, in the words of the rows' own `period`."
    ),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey(file.c.file_id), primary_key=True, comment="The file."),
    sa.Column("delivery_id", sa.Text, comment="The sender's own id of the delivery."),
    sa.Column(
        "partnership_id",
        sa.Text,
        primary_key=True,
        server_default="",
        comment="Partnership named in the manifest or in the rows; empty text where the file does not say.",
    ),
    sa.Column(
        "supersedes_delivery_id", sa.Text, comment="The sender's id of the delivery that this one corrects."
    ),
    sa.Column("delivered_on", sa.Date, comment="Day on which the sender says that it was delivered."),
    sa.Column(
        "covers_year",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Whether the manifest speaks of the whole school year and not of one loop in it.",
    ),
    sa.Column("school_year", sa.Text, comment="School year named in the manifest or in the rows."),
    sa.Column("loop_no", sa.Integer, comment="Loop named in the manifest or in the rows."),
    sa.Column("completeness", sa.Text, nullable=False, comment="The sender's statement of completeness."),
    sa.Column("assumed_columns", sa.Text, comment="Columns that the sender marked as assumed."),
    sa.Column(
        "rows_landed", sa.Integer, nullable=False, comment="Rows that landed for this file type and period."
    ),
    sa.Column(
        "rows_held_back", sa.Integer, nullable=False, comment="Rows held back for this file type and period."
    ),
    schema="inbox",
    comment=(
        "What each file delivers, one row per file type and period; the latest with landed rows or a"
        " statement counts."
    ),
)

current_delivery = sa.Table(
    "current_delivery",
    metadata,
    sa.Column("school_id", sa.Text, primary_key=True, comment="School the delivery is for."),
    sa.Column("file_type", sa.Text, primary_key=True, comment="Technical name of the file type."),
    sa.Column(
        "period", sa.Text, primary_key=True, comment="What it covers, in the words of the rows' own `period`."
    ),
    sa.Column(
        "partnership_id",
        sa.Text,
        primary_key=True,
        comment="Partnership it is for; empty text where nobody says.",
    ),
    sa.Column("file_id", sa.BigInteger, nullable=False, comment="The file that counts."),
    sa.Column("school_year", sa.Text, comment="School year named in the manifest or in the rows."),
    sa.Column(
        "rows_landed", sa.Integer, nullable=False, comment="Rows that landed for this file type and period."
    ),
    sa.Index(None, "school_id", "file_id", "file_type"),
    schema="quality",
    comment=(
        "Which deliveries counted when the school was last checked: rules over several deliveries look at"
        " their rows."
    ),
)

held_back_row = sa.Table(
    "held_back_row",
    metadata,
    sa.Column(
        "school_id",
        sa.Text,
        primary_key=True,
        comment="School of the delivery; empty text where the file does not say.",
    ),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey(file.c.file_id), primary_key=True, comment="The file."),
    sa.Column("file_type", sa.Text, primary_key=True, comment="File type of the row."),
    sa.Column(
        "row_number", sa.Integer, primary_key=True, comment="Row number as the sender's spreadsheet shows it."
    ),
    sa.Column(
        "stage",
        sa.Text,
        primary_key=True,
        comment=(
            "ingest: the row never landed; across: it landed and a check over several deliveries holds it."
        ),
    ),
    sa.Column(
        "row_values",
        postgresql.JSONB,
        nullable=False,
        comment=(
            "The row by column name; what breaks the rules of its column is masked and cut. Empty where the"
            " file was erased."
        ),
    ),
    schema="landed",
    comment="Rows held back, with what they held; their reasons are findings.",
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("run_id", sa.Text, primary_key=True, comment="Dagster's run id, or the command's own."),
    sa.Column(
        "started_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="Start of the run.",
    ),
    sa.Column(
        "finished_at",
        sa.DateTime(timezone=True),
        comment="End of the run; empty while it is going on or after a crash.",
    ),
    sa.Column(
        "outcome", sa.Text, comment="succeeded, failed, or interrupted where its process ended before it did."
    ),
    sa.Column(
        "as_of",
        sa.Date,
        nullable=False,
        server_default=sa.text("(now() at time zone 'Europe/Oslo')::date"),
        comment="The day that numbers are told as of: what is not over then is still open.",
    ),
    sa.Column(
        "built_from",
        sa.Text,
        comment="Fingerprint of all that the build read; empty where nothing was built.",
    ),
    schema="quality",
    comment="Runs of the job.",
)

check_result = sa.Table(
    "check_result",
    metadata,
    sa.Column(
        "check_result_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the result.",
    ),
    sa.Column("run_id", sa.Text, nullable=False, comment="Run in which the check was made."),
    sa.Column(
        "checked_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When the check was made.",
    ),
    sa.Column("kind", sa.Text, nullable=False, comment="contract, across, integrity or plausibility."),
    sa.Column("table_name", sa.Text, nullable=False, comment="Table that was checked, with schema."),
    sa.Column("check_name", sa.Text, nullable=False, comment="Name of the check."),
    sa.Column("passed", sa.Boolean, nullable=False, comment="Whether nothing was found."),
    sa.Column("rows_checked", sa.BigInteger, nullable=False, comment="Rows looked at."),
    sa.Column("rows_found", sa.BigInteger, nullable=False, comment="Rows with a finding."),
    sa.Column("message_nb", sa.Text, nullable=False, comment="What was checked, bokmål."),
    sa.Column("message_nn", sa.Text, nullable=False, comment="What was checked, nynorsk."),
    sa.Column("message_en", sa.Text, nullable=False, comment="What was checked, English."),
    schema="quality",
    comment="Results of checks, one row per check and run.",
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column(
        "finding_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the finding.",
    ),
    sa.Column(
        "file_id",
        sa.BigInteger,
        sa.ForeignKey(file.c.file_id),
        nullable=False,
        comment="The file it was found in.",
    ),
    sa.Column("file_type", sa.Text, comment="File type; empty for a finding on the whole file."),
    sa.Column("sheet", sa.Text, comment="Sheet or file name as the sender sees it."),
    sa.Column(
        "row_number",
        sa.Integer,
        comment="Row number as the sender's spreadsheet shows it; empty for a whole sheet.",
    ),
    sa.Column("column", sa.Text, comment="Column header as the sender sees it."),
    sa.Column(
        "value_shown",
        sa.Text,
        comment="What was found, as the sender wrote it, masked and cut; empty where the file was erased.",
    ),
    sa.Column("rule", sa.Text, nullable=False, comment="Kind of rule."),
    sa.Column(
        "severity",
        sa.Text,
        nullable=False,
        comment="error holds the row back or refuses the file; warning lands it.",
    ),
    sa.Column("message_nb", sa.Text, nullable=False, comment="The finding in bokmål."),
    sa.Column("message_nn", sa.Text, nullable=False, comment="The finding in nynorsk."),
    sa.Column("message_en", sa.Text, nullable=False, comment="The finding in English."),
    sa.Column(
        "owner", sa.Text, nullable=False, comment="Who can put it right: school, university or platform."
    ),
    sa.Column(
        "state",
        sa.Text,
        nullable=False,
        server_default="open",
        comment=(
            "open; settled: what was found is right by now; answered: another delivery stands in its place."
        ),
    ),
    sa.Column("run_id", sa.Text, comment="Run in which it was found; empty for findings at ingest."),
    sa.Column(
        "found_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was found.",
    ),
    sa.Index(None, "file_id"),
    sa.CheckConstraint("severity in ('error', 'warning')", name="severity"),
    sa.CheckConstraint("state in ('open', 'answered', 'settled')", name="state"),
    schema="quality",
    comment="Everything found wrong or odd in a file, in words.",
)

release = sa.Table(
    "release",
    metadata,
    sa.Column(
        "release_id", sa.Integer, sa.Identity(always=True), primary_key=True, comment="Number of the release."
    ),
    sa.Column(
        "released_at", sa.DateTime(timezone=True), comment="When it was published; empty for a candidate."
    ),
    sa.Column(
        "state",
        sa.Text,
        nullable=False,
        server_default="candidate",
        comment="candidate, published, refused, or interrupted where its process ended before it did.",
    ),
    sa.Column("note", sa.Text, comment="Note of the one who published."),
    sa.Column("run_id", sa.Text, comment="Run that made it."),
    sa.Column("cells_shown", sa.Integer, comment="Cells that show a number."),
    sa.Column("cells_pooled", sa.Integer, comment="Cells shown only as part of a pool."),
    sa.Column("cells_withheld", sa.Integer, comment="Cells that show nothing."),
    sa.Column("audit", postgresql.JSONB, comment="Figures of the disclosure audit."),
    sa.CheckConstraint("state in ('candidate', 'published', 'refused', 'interrupted')", name="state"),
    schema="published",
    comment="Releases: numbered snapshots of what the app may show.",
)

withdrawal = sa.Table(
    "withdrawal",
    metadata,
    sa.Column(
        "withdrawal_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the withdrawal.",
    ),
    sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
    sa.Column("indicator_id", sa.Text, nullable=False, comment="Indicator of the catalogue."),
    sa.Column("period_type", sa.Text, nullable=False, comment="Type of the period."),
    sa.Column("period", sa.Text, nullable=False, comment="The period, written as its type has it."),
    sa.Column("reason", sa.Text, nullable=False, comment="Why it was withdrawn; never the number."),
    sa.Column("by_whom", sa.Text, nullable=False, comment="Who withdrew it."),
    sa.Column(
        "withdrawn_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
        comment="When it was withdrawn.",
    ),
    sa.Column(
        "lifted_at",
        sa.DateTime(timezone=True),
        comment="When it may be shown again; empty while it is withdrawn.",
    ),
    sa.Column("lifted_by", sa.Text, comment="Who lifted the withdrawal."),
    sa.Index(None, "school_id", "indicator_id"),
    schema="published",
    comment="Cells that the next release shows as withdrawn, also in what earlier releases showed.",
)

_ATOM = (
    ("indicator_id", sa.Text, "Indicator of the catalogue."),
    ("definition_version", sa.Integer, "Version of the indicator's definition."),
    ("period_type", sa.Text, "loop or school_year."),
    ("period", sa.Text, "The period, written as its type has it."),
    ("question", postgresql.JSONB, "The slice without its answer: what the same people were asked."),
    ("family", sa.Text, "Instrument or method of counting; empty text where none applies."),
)

_WHEN = (
    (
        "lineage",
        sa.Text,
        "The question that it goes back to, whatever its codes; empty text where there is none.",
    ),
    ("from_day", sa.Date, "First of the days that it was asked in."),
    ("to_day", sa.Date, "Last of the days that it was asked in."),
)
"""By what it is found again where a sender has renamed it."""

released_atom = sa.Table(
    "released_atom",
    metadata,
    sa.Column("unit_level", sa.Text, primary_key=True, comment="school or pool."),
    sa.Column("unit_id", sa.Text, primary_key=True, comment="Organisation number, or the pool's name."),
    sa.Column(
        "partnership_id", sa.Text, primary_key=True, comment="Code of the partnership; empty text for a pool."
    ),
    *(sa.Column(name, kind, primary_key=True, comment=says) for name, kind, says in _ATOM),
    sa.Column("answer", sa.Text, primary_key=True, comment="Code of the answer; empty text for a share."),
    sa.Column("disclosure", sa.Text, nullable=False, comment="respondents or distribution."),
    sa.Column("school_year", sa.Text, nullable=False, comment="School year of the period."),
    sa.Column("n", sa.Integer, nullable=False, comment="People behind it when it was last shown."),
    sa.Column("schools_n", sa.Integer, nullable=False, comment="Schools behind it when it was last shown."),
    sa.Column("x", sa.Numeric, nullable=False, comment="True number when it was last shown; never shown."),
    sa.Column("base", sa.Numeric, nullable=False, comment="Whole when it was last shown."),
    sa.Column("bound", sa.Text, nullable=False, comment="Whether the number shown is exact or a bound."),
    sa.Column(
        "is_rest",
        sa.Boolean,
        nullable=False,
        comment="Whether the answer was shown only together with others.",
    ),
    sa.Column("shown_x", sa.Numeric, comment="Number as shown; empty where it went together with others."),
    sa.Column("safe_x", sa.Numeric, nullable=False, comment="Number that totals were counted from."),
    sa.Column(
        "release_id", sa.Integer, nullable=False, comment="Release that was the newest when it was shown so."
    ),
    *(sa.Column(name, kind, comment=says) for name, kind, says in _WHEN),
    schema="published",
    comment=(
        "What rests on people's answers as it was last shown, by a release or to the school ahead of one: it"
        " changes only where enough answers differ."
    ),
)

to_be_cleared = sa.Table(
    "to_be_cleared",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True, comment="Hash of the erased file."),
    sa.Column(
        "store_path", sa.Text, primary_key=True, comment="Where its bytes are kept; empty text for nowhere."
    ),
    schema="inbox",
    comment="Erased files of which the disk may still hold something: gone once it holds nothing.",
)

being_kept = sa.Table(
    "being_kept",
    metadata,
    sa.Column("store_path", sa.Text, primary_key=True, comment="Where the bytes of a file are being put."),
    schema="inbox",
    comment="Files on their way into the store: a row that stays tells of a process that was killed there.",
)

past_atom = sa.Table(
    "past_atom",
    metadata,
    sa.Column("look_no", sa.BigInteger, nullable=False, comment="Which look it was, of all that there were."),
    sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
    sa.Column("partnership_id", sa.Text, nullable=False, comment="Code of the partnership."),
    *(sa.Column(name, kind, nullable=False, comment=says) for name, kind, says in _ATOM),
    sa.Column("answer", sa.Text, nullable=False, comment="Code of the answer; empty text for a share."),
    sa.Column("x", sa.Numeric, nullable=False, comment="True number when it was shown; never shown."),
    sa.Column("base", sa.Numeric, nullable=False, comment="Whole when it was shown."),
    sa.Index(None, "school_id", "indicator_id"),
    schema="published",
    comment=(
        "Every state in which what rests on a school's people was shown, by a release or to the school ahead"
        " of one: a number changes only where enough answers differ from each."
    ),
)

early_value = sa.Table(
    "early_value",
    metadata,
    sa.Column("school_id", sa.Text, nullable=False, comment="Organisation number of the school."),
    sa.Column("partnership_id", sa.Text, comment="Code of the partnership; empty for facts of the school."),
    sa.Column("indicator_id", sa.Text, nullable=False, comment="Indicator of the catalogue."),
    sa.Column(
        "definition_version", sa.Integer, nullable=False, comment="Version of the indicator's definition."
    ),
    sa.Column("comparability_class", sa.Text, comment="K1, K2 or K3, as in the release."),
    sa.Column("period_type", sa.Text, nullable=False, comment="Type of the period."),
    sa.Column("period", sa.Text, nullable=False, comment="The period, written as its type has it."),
    sa.Column("slice", postgresql.JSONB, nullable=False, comment="What the value is about beside all that."),
    sa.Column("numerator", sa.Numeric, comment="Counted; the lower end of a range."),
    sa.Column("numerator_high", sa.Numeric, comment="Upper end, where it is a range."),
    sa.Column("denominator", sa.Numeric, comment="What it is counted out of."),
    sa.Column("value", sa.Numeric, comment="The value; the lower end of a range."),
    sa.Column("value_high", sa.Numeric, comment="Upper end, where it is a range."),
    sa.Column("unit", sa.Text, comment="share, count, days or another unit."),
    sa.Column("n_respondents", sa.Integer, comment="How many people answered."),
    sa.Column("coverage_observed", sa.Integer, comment="How much of what is expected was observed."),
    sa.Column("coverage_expected", sa.Integer, comment="How much is expected."),
    sa.Column("status", sa.Text, nullable=False, comment="State of the value."),
    sa.Column("status_reason", sa.Text, comment="Why a number that exists is not shown."),
    sa.Column("note", sa.Text, comment="What more there is to say of it: codes separated by spaces."),
    sa.Column("bound", sa.Text, comment="Exact (=), at most (<=), at least (>=) or a range."),
    sa.Column("interval_low", sa.Numeric, comment="Lower end of the interval."),
    sa.Column("interval_high", sa.Numeric, comment="Upper end of the interval."),
    sa.Column(
        "change_waits", sa.Boolean, comment="Whether newer answers wait because they are too few to be shown."
    ),
    sa.Column(
        "mark",
        sa.Text,
        nullable=False,
        server_default="not_released",
        comment="How the value is marked where it is shown: not_released, not released yet.",
    ),
    sa.Column("run_id", sa.Text, nullable=False, comment="Run that counted it."),
    sa.Index(None, "school_id"),
    schema="published",
    comment=(
        "The school's own values that are not in the release yet: they have passed the gate, and the school"
        " alone reads them until a release tells them."
    ),
)

pool_member = sa.Table(
    "pool_member",
    metadata,
    sa.Column("school_id", sa.Text, primary_key=True, comment="School in the pool."),
    sa.Column("partnership_id", sa.Text, primary_key=True, comment="Code of the partnership."),
    *(sa.Column(name, kind, primary_key=True, comment=says) for name, kind, says in _ATOM),
    sa.Column("school_year", sa.Text, nullable=False, comment="School year of the pool."),
    sa.Column("pool_id", sa.Text, nullable=False, comment="The pool."),
    sa.Column("release_id", sa.Integer, nullable=False, comment="Release that first showed the pool."),
    *(sa.Column(name, kind, comment=says) for name, kind, says in _WHEN),
    schema="published",
    comment="Who is in a pool that was shown; a pool keeps its schools.",
)

total_reader = sa.Table(
    "total_reader",
    metadata,
    sa.Column("release_id", sa.Integer, primary_key=True, comment="Release that it was worked out for."),
    sa.Column("role", sa.Text, primary_key=True, comment="university, school_owner, school or county."),
    sa.Column(
        "unit_ids",
        postgresql.ARRAY(sa.Text),
        primary_key=True,
        comment="The units that the reader acts for, in order.",
    ),
    sa.Column(
        "school_ids",
        postgresql.ARRAY(sa.Text),
        nullable=False,
        comment="Schools that the reader sees one by one, in order; with others the row does not count.",
    ),
    sa.Column("list_id", sa.Text, nullable=False, comment="The list of totals that are open to it."),
    schema="published",
    comment=(
        "Which totals above the schools are open to whom: those that tell the reader of no school that it"
        " does not see."
    ),
)

open_total = sa.Table(
    "open_total",
    metadata,
    sa.Column(
        "list_id",
        sa.Text,
        primary_key=True,
        comment="The list: readers to whom the same totals are open share one.",
    ),
    sa.Column("content", sa.Text, primary_key=True, comment="Fingerprint of the total as it is told."),
    schema="published",
    comment="Totals of each list in total_reader.",
)

past_value = sa.Table(
    "past_value",
    metadata,
    sa.Column(
        "past_value_id",
        sa.BigInteger,
        sa.Identity(always=True),
        primary_key=True,
        comment="Number of the row.",
    ),
    sa.Column(
        "seen_by",
        sa.Text,
        nullable=False,
        comment="school for the school's own view, others for what others see.",
    ),
    sa.Column(
        "first_release",
        sa.Integer,
        nullable=False,
        comment="First release in which the value stood like this.",
    ),
    sa.Column("last_release", sa.Integer, comment="Last release in which it did; empty while it still does."),
    sa.Column(
        "unit_level",
        sa.Text,
        nullable=False,
        comment="school, pool, municipality, county, school_owner, institution or network.",
    ),
    sa.Column("unit_id", sa.Text, nullable=False, comment="Organisation number or code of the unit."),
    sa.Column("indicator_id", sa.Text, nullable=False, comment="Indicator of the catalogue."),
    sa.Column("cell_key", sa.Text, nullable=False, comment="Fingerprint of what the value is about."),
    sa.Column("content", sa.Text, nullable=False, comment="Fingerprint of the value."),
    sa.Column("cell", postgresql.JSONB, nullable=False, comment="The whole row as it was published."),
    sa.Index(None, "seen_by", "cell_key"),
    schema="published",
    comment="All releases: every value as it stood, from which release to which.",
)
