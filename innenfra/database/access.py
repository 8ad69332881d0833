"""Who may read what in the database: roles, row policies, and a lint that finds what is missing.

Belongs here: the database's roles, the functions that say what a subject may see, the rule of every
relation that the app's roles reach, and the lint. `apply` runs after every migration; dbt calls
`authz.protect` for each table it builds (macro `protect`), from the same rules.
Does not belong here: people and their roles (`innenfra/people.py`), how the app asks (`apps/reader.py`).

The app logs in as `innenfra_app`, which can read nothing. Each request is one transaction with
`set local role` to a reader role and `app.subject` and `app.role` set locally; `app.unit`, where it is set,
narrows to the one unit that was chosen. What a subject may see is asked of functions, each once per query
(`(select f())`), never once per row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from innenfra.contracts.indicators import AUDIENCES
from innenfra.contracts.records import RECORDS, Record
from innenfra.contracts.registers import GRANT_AMOUNTS
from innenfra.contracts.spoken import SPOKEN
from innenfra.contracts.vocabulary import SHOWN_STATUSES
from innenfra.database import lineage, reporting, speech, written
from innenfra.database.statements import read_sql

LOGIN = "innenfra_app"
READER, CODER, ENGINEER, WRITER = "innenfra_reader", "innenfra_coder", "innenfra_engineer", "innenfra_writer"
DATABASE_ROLE = {
    "university": READER,
    "school_owner": READER,
    "school": READER,
    "county": READER,
    "coder": CODER,
    "engineer": ENGINEER,
}
"""The database role that a request of each role takes on."""

SCHEMAS = (
    "inbox",
    "landed",
    "restricted",
    "quality",
    "register",
    "staging",
    "intermediate",
    "marts",
    "gate",
    "published",
    "authz",
    "dialogue",
)
READER_SCHEMAS = ("published", "authz", "dialogue")
"""Schemas in which every relation is protected, whether or not it is granted to anyone."""

ENGINEER_SCHEMAS = (
    "inbox",
    "landed",
    "quality",
    "register",
    "intermediate",
    "marts",
    "gate",
    "published",
    "authz",
    "dialogue",
)
FREE_TEXT = {
    "landed.held_back_row": ("row_values",),
    # messages repeat what was found in the cell
    "quality.finding": ("value_shown", "message_nb", "message_nn", "message_en"),
    "dialogue.member_check": ("comment",),
    "dialogue.comment": ("comment",),
    "dialogue.finding_answer": ("words",),
    "published.member_check": ("comment",),
    "published.quote": ("words",),
    "dialogue.mirror_text": ("text", "held_up_against"),
    "dialogue.mirror_answer": ("comment",),
    "dialogue.decision": ("text",),
    "published.mirror_item": ("text", "held_up_against", "comment"),
    "gate.mirror_item": ("text", "held_up_against", "comment"),
    "dialogue.need": ("text",),
    "published.need": ("text",),
    "gate.need": ("text",),
    "published.decision": ("text",),
    "gate.decision": ("text",),
    "published.loop_design": ("loop_goal",),
    "gate.loop_design": ("loop_goal",),
    "dialogue.report_words": ("words",),
    "dialogue.issued_report": ("says", "file"),
    # it would lead from pseudonyms back to schools
    "authz.research_extract": ("salt",),
}
"""Columns that may hold people's own words; engineers do not read them."""

ONLY_ADDED = (
    "dialogue.member_check",
    "dialogue.comment",
    "dialogue.finding_answer",
    "dialogue.form_map",
    "authz.export_log",
    "inbox.erasure",
    *(f"dialogue.{table.name}" for table in SPOKEN),
    "dialogue.report_words",
    "dialogue.issued_report",
    "authz.research_extract",
)
"""Tables whose rows are never changed or taken away, not even by their owner."""

PLATFORM_ONLY = ("marts.delivered_row", "gate.seen_by_school")
"""Views over what no reader reaches: the platform itself reads them, to walk a number back to its rows and to
make a release."""

AUDIENCES_OF_ROLE = {
    "school": ("school", "partners", "owner"),
    "university": ("partners", "owner"),
    "school_owner": ("owner",),
    "county": ("owner",),
}
"""Which audiences each role is part of."""

MEASURES_OF_ROLE = {
    role: tuple(about for about, audience in AUDIENCES.items() if audience in read)
    for role, read in AUDIENCES_OF_ROLE.items()
}
"""What each role reads, by indicator and class as `A1/K1`."""

LEVELS_OF_ROLE = {
    "university": ("network", "municipality", "county", "school_owner", "pool"),
    "school_owner": ("network",),
    "school": ("network",),
    "county": ("network",),
}
"""Levels above the school of which each role sees every unit; of the others it sees its own."""

SCHOOL = "school_id = any((select authz.visible_schools())::text[])"
INVITED = "school_id = any((select authz.invited_schools())::text[])"
"""Schools that were invited to a partnership of the institution, also those that never delivered anything:
their names and state."""

SHOWN = "indicator_id || '/' || comparability_class = any((select authz.visible_measures())::text[])"
# each arm is a condition of the index on school, level and unit, so that no row is asked again after the
# index
ABOVE = "school_id is null and unit_level = any((select authz.visible_levels())::text[]) or " + " or ".join(
    f"school_id is null and unit_level = '{level}' and unit_id = any((select"
    f" authz.visible_units('{level}'))::text[])"
    for level in ("municipality", "county", "school_owner", "institution")
)
# a total is open to a reader where the schools in it that the reader does not see are none, or enough to hide
# one another; decisions/0010
OPEN = "(school_id is not null or unit_level = 'pool' or content in (select authz.open_totals()))"
OWN = f"(select authz.acts_as('school')) and {SCHOOL}"
ANYONE = "(select authz.is_known())"
LEAST_UNSEEN, LARGEST_UNSEEN = 3, 0.8
"""R11: of the schools in a number that its reader does not see, the fewest that hide one another, and the
most of what they count together that one of them may hold."""

# R11: the schools of a reference that a reader does not see are none, or hide one another
_HIDING = read_sql(__file__, "functions/part_hides_schools", least=LEAST_UNSEEN, largest=LARGEST_UNSEEN)
_HIDES = f"({_HIDING})"
_ABOUT_REFERENCE = (
    "indicator_id",
    "definition_version",
    "comparability_class",
    "period_type",
    "period",
    "slice",
    "comparison_family",
)
_REFERENCE = (
    *_ABOUT_REFERENCE,
    "rests_on_people",
    "schools_n",
    *(f"{part}{end}" for part in ("low_quarter", "median", "high_quarter") for end in ("", "_high")),
    "common_share",
    "overdispersion",
)
_LIMITS = (*_ABOUT_REFERENCE, "n_band", "n", "centre", "low_95", "high_95", "low_998", "high_998")
"""Columns of references that are read: all but which schools they are counted from."""
_DIALOGUE = (
    f"{SCHOOL} and (indicator_id is null or indicator_id = any((select authz.visible_indicators())::text[]))"
)
_DIALOGUE_COLUMNS = ("school_id", "release_id", "indicator_id", "period_type", "period", "comment")
_OF_PARTNERSHIP = "partnership_id = any((select authz.visible_partnerships())::text[])"


@dataclass(frozen=True)
class Rule:
    """Which rows of a relation a database role reads, and which columns (none means all)."""

    relation: str
    role: str
    condition: str
    columns: tuple[str, ...] = ()


def of_record(record: Record) -> Rule:
    """Who reads a record: its audience, once the school has looked through the numbers counted from it; what
    is
    not recognised, the school and its author."""
    if record.audience == "school":
        return Rule(f"published.{record.name}", READER, OWN)
    met = [SCHOOL if record.of_school else _OF_PARTNERSHIP, f"(select authz.reads_as('{record.audience}'))"]
    if record.waits_with:
        met.append("(not awaits_school or (select authz.acts_as('school')))")
    if record.author_only:
        mine = "author_id = any((select authz.visible_units('institution'))::text[])"
        met.append(f"(not {record.author_only} or (select authz.acts_as('school')) or {mine})")
    return Rule(f"published.{record.name}", READER, " and ".join(met))


RULES = (
    Rule("published.indicator_value", READER, f"({SCHOOL} or {ABOVE}) and {OPEN} and {SHOWN}"),
    Rule("published.school_indicator_value", READER, OWN),
    Rule("published.early_value", READER, OWN),
    Rule("published.member_check", READER, _DIALOGUE),
    Rule("published.school", READER, f"{SCHOOL} or {INVITED}"),
    Rule("published.agreement", READER, SCHOOL),
    # the owner itself, the owner that follows it today, and the institutions of the partnership
    Rule(
        "published.grant_year",
        READER,
        "array[owner_id, owner_today] && (select authz.visible_units('school_owner'))::text[]"
        f" or (select authz.acts_as('university')) and {_OF_PARTNERSHIP}",
    ),
    Rule(
        "published.provider_share", READER, "county_no = any((select authz.visible_units('county'))::text[])"
    ),
    Rule("published.delivery_status", READER, f"{SCHOOL} or {INVITED}"),
    Rule("published.delivery_cell", READER, f"{SCHOOL} or {INVITED}"),
    Rule("published.partnership", READER, _OF_PARTNERSHIP),
    Rule("published.indicator", READER, ANYONE),
    Rule("published.family_crosswalk", READER, ANYONE),
    # a view: whoever asks sees pairs of those values that they see
    Rule("published.comparison", READER, ANYONE),
    Rule("published.indicator_measure", READER, ANYONE),
    # of all schools together, without names; not where they would tell a reader of a school it does not see
    Rule("published.reference_value", READER, f"{SHOWN} and {_HIDES}", _REFERENCE),
    Rule("published.funnel_limit", READER, f"{SHOWN} and {_HIDES}", _LIMITS),
    Rule(
        "published.coding",
        READER,
        f"{SCHOOL} and {SHOWN} and (not awaits_school or (select authz.acts_as('school')))",
    ),
    Rule("published.trend", READER, f"{SCHOOL} and {SHOWN}"),
    Rule("published.release", READER, ANYONE),
    Rule("marts.disclosure_policy", READER, ANYONE),
    Rule("marts.indicator_measure", READER, ANYONE),
    Rule("quality.check_result", READER, ANYONE),
    Rule(
        "marts.indicator_value",
        READER,
        f"{SCHOOL} and {SHOWN}",
        (
            "school_id",
            "partnership_id",
            "indicator_id",
            "definition_version",
            "period_type",
            "period",
            "slice",
            "is_stated",
        ),
    ),
    # no hash, size, path or time of day: they would tell one delivery from another outside the platform
    Rule(
        "inbox.file",
        READER,
        SCHOOL,
        (
            "file_id",
            "file_name",
            "format",
            "school_id",
            "received_on",
            "received_by",
            "status",
            "rows_read",
            "rows_landed",
            "rows_held_back",
        ),
    ),
    # they quote cells: of the school's own files to the school, of what the university sent to the university
    Rule(
        "quality.finding",
        READER,
        "file_id = any((select authz.visible_files())::bigint[]) and ((select authz.acts_as('school')) or"
        " owner = 'university' and (select authz.acts_as('university')))",
        (
            "finding_id",
            "file_id",
            "file_type",
            "sheet",
            "row_number",
            "column",
            "value_shown",
            "rule",
            "severity",
            "message_nb",
            "message_nn",
            "message_en",
            "owner",
            "state",
        ),
    ),
    Rule(
        "dialogue.member_check",
        READER,
        _DIALOGUE,
        (*_DIALOGUE_COLUMNS, "member_check_id", "seen_on", "answer"),
    ),
    Rule("dialogue.comment", READER, _DIALOGUE, (*_DIALOGUE_COLUMNS, "comment_id", "written_at")),
    # what they have written themselves, before a release makes a record of it
    Rule(
        "dialogue.mirror_answer",
        READER,
        OWN,
        ("school_id", "partnership_id", "mirror_id", "answered_at", "answer", "comment"),
    ),
    Rule(
        "dialogue.decision",
        READER,
        OWN,
        (
            "school_id",
            "partnership_id",
            "decision_no",
            "decided_on",
            "decision_type",
            "proposed_by",
            "decided_by",
            "mirror_id",
            "effective_loop_no",
            "text",
        ),
    ),
    Rule(
        "dialogue.commitment_review",
        READER,
        f"{SCHOOL} and (assessed_by = 'school' and (select authz.acts_as('school'))"
        " or assessed_by_id = any((select authz.visible_units('institution'))::text[])"
        " or assessed_by = 'school_owner' and (select authz.acts_as('school_owner')))",
        (
            "school_id",
            "partnership_id",
            "written_at",
            "agreement_id",
            "version_no",
            "commitment_no",
            "school_year",
            "assessed_by",
            "assessed_by_id",
            "result",
        ),
    ),
    Rule(
        "dialogue.need",
        READER,
        OWN,
        ("school_id", "partnership_id", "written_at", "school_year", "need_type", "text", "still"),
    ),
    Rule(
        "dialogue.grant_year",
        READER,
        "reported_by_id = any((select authz.visible_units('school_owner'))::text[] ||"
        " (select authz.visible_units('institution'))::text[])",
        (
            "owner_id",
            "budget_year",
            "scheme_code",
            "partnership_id",
            "written_at",
            "decided_on",
            *GRANT_AMOUNTS,
            "coordinator",
        ),
    ),
    Rule(
        "dialogue.mirror_text",
        READER,
        f"{SCHOOL} and (select authz.acts_as('university'))",
        ("school_id", "partnership_id", "mirror_id", "written_at", "text", "held_up_against"),
    ),
    *(of_record(record) for record in RECORDS.values()),
    # beside the finding, for those who may read it
    Rule(
        "dialogue.finding_answer",
        READER,
        "file_id = any((select authz.visible_files())::bigint[]) and ((select authz.acts_as('school')) or"
        " (select authz.acts_as('university')))",
        ("answer_id", "finding_id", "file_id", "written_at", "words"),
    ),
    # questions and answers of a log form, for those who deliver its exports
    Rule(
        "dialogue.form_map",
        READER,
        f"{SCHOOL} and ((select authz.acts_as('school')) or (select authz.acts_as('university')))",
        ("map_id", "school_id", "written_at", "questions"),
    ),
    # the school first, then the universities; never the owner
    Rule(
        "published.quote",
        READER,
        f"({OWN}) or (cleared_at is not null and (select authz.acts_as('university')) and {SCHOOL})",
    ),
    Rule(
        "dialogue.report_words",
        READER,
        reporting.READ,
        ("words_id", "kind", "unit_id", "period", "section", "words", "by_role", "written_at"),
    ),
    Rule(
        "dialogue.issued_report",
        READER,
        reporting.READ_ISSUED,
        (
            "report_id",
            "kind",
            "unit_id",
            "period",
            "language",
            "file_format",
            "file_name",
            "release_id",
            "says",
            "says_sha256",
            "file",
            "sha256",
            "issued_role",
            "issued_at",
        ),
    ),
    # how long a school has, and from how many logs on answers are read
    Rule("authz.access_policy", READER, ANYONE),
    Rule("authz.access_policy", CODER, ANYONE),
    Rule("published.school", CODER, SCHOOL),
    Rule("published.release", CODER, ANYONE),
    Rule(
        "restricted.log_text",
        CODER,
        f"{SCHOOL} and {speech.ROUND} = any((select authz.readable_rounds())::text[])",
        (
            "text_id",
            "school_id",
            "partnership_id",
            "loop_no",
            "round_no",
            "item_id",
            "answer",
            "is_flagged",
            "delete_after",
        ),
    ),
    Rule("restricted.quote", CODER, SCHOOL),
)
"""Everything that readers and coders reach; what is not here they cannot read. Engineers: see
ENGINEER_SCHEMAS."""

# ---------------------------------------------------------------- what a subject may see

_GRANTS = read_sql(__file__, "functions/part_grants")
# where each school is today, and which universities have an agreement with it
_PLACED_AND_AGREED = read_sql(__file__, "functions/part_placed_and_agreed")
UNITS_AND_SCHOOLS = read_sql(
    __file__,
    "functions/units_and_schools",
    placed_and_agreed=_PLACED_AND_AGREED.replace("published.agreement", "gate.agreement"),
)
"""Every unit that people may act for, with the schools that it sees one by one once the release in the making
is shown:
the whole that `visible_schools()` asks a part of."""

COUNTIES = "select distinct left(municipality_no, 2) from register.school order by 1"
"""Where there are or were schools: counties see their totals, and no school."""

MUNICIPALITIES_OF_OWNERS = "select distinct owner_id, municipality_no from register.school"
"""Where a school owner has or had schools: it sees the totals of these municipalities and their counties."""


def _by_role(of_role: dict[str, tuple[str, ...]]) -> str:
    """What each role has, as text[] by `given.role`."""
    arms = " ".join(f"when '{role}' then '{{{','.join(has)}}}'" for role, has in of_role.items())
    return f"case given.role {arms} else '{{}}' end::text[]"


_FUNCTIONS: dict[str, tuple[str, str]] = {
    "is_known()": ("boolean", f"select exists (select 1 {_GRANTS})"),
    "acts_as(wanted text)": ("boolean", f"select exists (select 1 {_GRANTS} and given.role = wanted)"),
    "visible_schools()": (
        "text[]",
        read_sql(__file__, "functions/visible_schools", grants=_GRANTS, placed_and_agreed=_PLACED_AND_AGREED),
    ),
    "invited_schools()": (
        "text[]",
        read_sql(__file__, "functions/invited_schools", grants=_GRANTS),
    ),
    "visible_measures()": (
        "text[]",
        read_sql(
            __file__,
            "functions/visible_measures",
            measures_of_role=_by_role(MEASURES_OF_ROLE),
            grants=_GRANTS,
        ),
    ),
    "visible_indicators()": (
        "text[]",
        (
            "select coalesce(array_agg(distinct split_part(about, '/', 1)), '{}') from"
            " unnest(authz.visible_measures()) as about"
        ),
    ),
    "visible_levels()": (
        "text[]",
        read_sql(
            __file__, "functions/visible_levels", levels_of_role=_by_role(LEVELS_OF_ROLE), grants=_GRANTS
        ),
    ),
    "visible_units(wanted text)": (
        "text[]",
        read_sql(__file__, "functions/visible_units", grants=_GRANTS),
    ),
    # as it was worked out for the release, and for no other schools than those that the reader sees today
    "open_totals()": (
        "setof text",
        read_sql(__file__, "functions/open_totals", grants=_GRANTS),
    ),
    "closed_totals()": (
        "table (unit_level text, indicator_id text, period_type text, period text, slice jsonb)",
        read_sql(__file__, "functions/closed_totals", shown=", ".join(f"'{one}'" for one in SHOWN_STATUSES)),
    ),
    "reads_as(audience text)": (
        "boolean",
        f"select exists (select 1 {_GRANTS} and audience = any({_by_role(AUDIENCES_OF_ROLE)}))",
    ),
    "stands_for(wanted_role text, wanted_unit text)": (
        "boolean",
        f"select exists (select 1 {_GRANTS} and given.role = wanted_role and given.scope_id = wanted_unit)",
    ),
    "is_party(wanted text, about_school text, about_partnership text)": ("boolean", written.IS_PARTY),
    "visible_partnerships()": (
        "text[]",
        (
            "select coalesce(array_agg(distinct partnership_id), '{}') from register.partnership_school where"
            " school_id = any(authz.visible_schools())"
        ),
    ),
    "visible_files()": (
        "bigint[]",
        read_sql(__file__, "functions/visible_files"),
    ),
    "seen_before(of_school text, with_hash text)": (
        "table (file_name text, received_on date, state text)",
        read_sql(__file__, "functions/seen_before"),
    ),
    # to begin the next delivery with; owners begin with an empty one
    "last_delivered(of_school text)": ("jsonb", read_sql(__file__, "functions/last_delivered")),
    # also of invited schools: that something is on its way is no number
    "deliveries_on_the_way()": (
        "table (file_id bigint, school_id text, file_type text, school_year text, loop_no int, file_name"
        " text, received_on date, state text)",
        read_sql(__file__, "functions/deliveries_on_the_way"),
    ),
    # a small round is not read because a large one came in the same file
    "readable_rounds()": (
        "text[]",
        read_sql(__file__, "functions/readable_rounds", log_round=speech.ROUND),
    ),
    # rows are told to whoever sees the fraction itself: their number would tell what is kept back
    lineage.BEHIND_SIGNATURE: (
        lineage.BEHIND_RETURNS,
        read_sql(__file__, "functions/rows_behind", all_rows_behind=lineage.CALL_ALL),
    ),
    reporting.UNITS_SIGNATURE: ("text[]", reporting.UNITS),
    "stopped_at()": (
        "timestamptz",
        read_sql(__file__, "functions/stopped_at"),
    ),
    "my_grants()": (
        "setof authz.role_grant",
        read_sql(__file__, "functions/my_grants"),
    ),
    "my_units()": (
        "table (role text, scope_id text, name text)",
        read_sql(__file__, "functions/my_units"),
    ),
    # what became of what was sent in from the app
    "submissions()": (
        "table (submission_id bigint, sent_at timestamptz, school_id text, file_name text, rows_read int,"
        " rows_held_back int, file_id bigint, state text)",
        read_sql(__file__, "functions/submissions"),
    ),
    "results_links(of_school text)": (
        "table (partnership_id text, loop_no int, made_on date, expires_on date)",
        read_sql(__file__, "functions/results_links"),
    ),
    # what the person may be given for research; what pseudonyms are made with is told to nobody
    "research_projects()": (
        "table (project_id text, legal_basis text, relations text[], valid_until date)",
        read_sql(__file__, "functions/research_projects"),
    ),
    # whoever holds the secret asks, without a login
    "results_of(with_hash text)": ("jsonb", read_sql(__file__, "functions/results_of")),
    "demonstration_people()": (
        "table (subject text, display_label text, role text, scope_id text)",
        read_sql(__file__, "functions/demonstration_people"),
    ),
}
"""Functions of `authz` by signature: what they return, and their body. All run as the owner of the tables."""

_GONE = ("authz.visible_units()", "authz.readable_answers()")
"""Functions of earlier versions, dropped once no policy asks them any more."""

_WRITE_SIGNATURE = (
    "write(about_school text, about_release int, about_indicator text, about_period_type text, about_period"
    " text, said text, words text)"
)
_WRITERS = {
    "submit(for_school text, named text, with_hash text, of_rows int, of_held int)": (
        "bigint",
        read_sql(__file__, "procedures/submit"),
    ),
    "take_back_submission(which bigint)": ("void", read_sql(__file__, "procedures/take_back_submission")),
    "keep_extract(of_project text, of_release int, with_salt bytea, of_rows int, with_hash text)": (
        "bigint",
        read_sql(__file__, "procedures/keep_extract"),
    ),
    "answer_finding(which bigint, said text)": ("void", read_sql(__file__, "procedures/answer_finding")),
    "keep_form_map(for_school text, of_questions jsonb)": (
        "void",
        read_sql(__file__, "procedures/keep_form_map"),
    ),
}
"""Functions of `dialogue` that write, by signature: what they return, and their body."""

_LOG_EXPORT_SIGNATURE = (
    "log_export(what text, which jsonb, made_as text, of_release int, with_rows int, with_hash text)"
)
LIMITS = {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "60s"}
"""How long the app's login may ask, and stand idle in the middle of asking."""


_ONLY_ADDED = "begin raise exception 'rows of % are only added', tg_table_name; end"


def apply(connection: psycopg.Connection) -> None:
    """Make roles, functions and policies, or bring them up to date. One transaction; the caller commits."""
    _roles(connection)
    connection.execute("set local check_function_bodies = off")
    for schema in SCHEMAS:
        connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
    schemas_of = {
        READER: ("published", "marts", "inbox", "quality", "authz", "dialogue"),
        CODER: ("published", "restricted", "authz"),
        ENGINEER: ENGINEER_SCHEMAS,
        WRITER: ("dialogue",),
    }
    for role, schemas in schemas_of.items():
        for schema in schemas:
            connection.execute(
                sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(schema), sql.Identifier(role))
            )
    for signature, (returns, body) in _FUNCTIONS.items():
        _definer(
            connection,
            f"authz.{signature}",
            returns,
            body,
            "sql stable parallel safe",
            (READER, CODER, ENGINEER),
        )
    _definer(
        connection, f"authz.{lineage.ALL_SIGNATURE}", lineage.BEHIND_RETURNS, lineage.ALL, "sql stable", ()
    )
    for signature, (returns, body) in _WRITERS.items():
        _definer(connection, f"dialogue.{signature}", returns, body, "plpgsql volatile", (WRITER,))
    _definer(
        connection,
        f"dialogue.{_WRITE_SIGNATURE}",
        "void",
        read_sql(__file__, "procedures/write"),
        "plpgsql volatile",
        (WRITER,),
    )
    _definer(
        connection,
        f"authz.{_LOG_EXPORT_SIGNATURE}",
        "void",
        read_sql(__file__, "procedures/log_export"),
        "plpgsql volatile",
        (READER, CODER, ENGINEER),
    )
    for name, signature in written.SIGNATURES.items():
        _definer(
            connection,
            f"dialogue.{name}({signature})",
            "void",
            written.BODIES[name],
            "plpgsql volatile",
            (WRITER,),
        )
    for signature, returns, body, role in (
        (f"restricted.{speech.PROPOSE_SIGNATURE}", "bigint", speech.PROPOSE, CODER),
        (f"restricted.{speech.RELEASE_SIGNATURE}", "void", speech.RELEASE, CODER),
        (f"restricted.{speech.WITHDRAW_SIGNATURE}", "void", speech.WITHDRAW, CODER),
        (f"dialogue.{speech.ANSWER_SIGNATURE}", "void", speech.ANSWER, WRITER),
        (f"dialogue.{reporting.WRITE_SIGNATURE}", "void", reporting.WRITE, WRITER),
        (f"dialogue.{reporting.ISSUE_SIGNATURE}", "bigint", reporting.ISSUE, WRITER),
    ):
        _definer(connection, signature, returns, body, "plpgsql volatile", (role,))
    _definer(connection, "dialogue.only_added()", "trigger", _ONLY_ADDED, "plpgsql", ())
    for table in ONLY_ADDED:
        connection.execute(
            f"create or replace trigger only_added before update or delete or truncate on {table} for each"
            " statement execute function dialogue.only_added()"
        )
    _protect_function(connection)
    existing = connection.execute(
        "select nspname, relname from pg_class inner join pg_namespace as schema on schema.oid = relnamespace"
        " where nspname = any(%s) and relkind in ('r', 'p', 'v') order by 1, 2",
        ([*ENGINEER_SCHEMAS, "restricted"],),
    ).fetchall()
    for schema, name in existing:
        connection.execute("select authz.protect(%s, %s)", (schema, name))
    for signature in _GONE:
        connection.execute(f"drop function if exists {signature}")


def set_password(connection: psycopg.Connection, password: str) -> None:
    """Give the app's login its password."""
    connection.execute(
        sql.SQL("alter role {} password {}").format(sql.Identifier(LOGIN), sql.Literal(password))
    )


def _roles(connection: psycopg.Connection) -> None:
    connection.execute("select pg_advisory_xact_lock(4218)")
    known = {r[0] for r in connection.execute("select rolname from pg_roles").fetchall()}
    for role in (READER, CODER, ENGINEER, WRITER):
        if role not in known:
            connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    if LOGIN not in known:
        connection.execute(sql.SQL("create role {} login noinherit").format(sql.Identifier(LOGIN)))
    for name, value in LIMITS.items():
        connection.execute(
            sql.SQL("alter role {} set {} = {}").format(
                sql.Identifier(LOGIN), sql.Identifier(name), sql.Literal(value)
            )
        )
    # nowhere but in the tables of the product does the app's login keep anything
    connection.execute(read_sql(__file__, "procedures/no_other_place"))
    for role in (READER, CODER, ENGINEER, WRITER):
        connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(LOGIN)))
        # the owner of the tables takes them on for commands that are done as someone
        connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))


def _definer(
    connection: psycopg.Connection,
    signature: str,
    returns: str,
    body: str,
    language: str,
    readers: Iterable[str],
) -> None:
    name = signature.split("(")[0]
    kinds = ", ".join(
        part.strip().split(" ", 1)[1]
        for part in signature.split("(", 1)[1].rstrip(")").split(",")
        if part.strip()
    )
    connection.execute(
        f"create or replace function {signature} returns {returns} language {language} security definer set"
        f" search_path = pg_catalog, pg_temp as $body${body}$body$"
    )
    connection.execute(f"revoke all on function {name}({kinds}) from public")
    for role in readers:
        connection.execute(f"grant execute on function {name}({kinds}) to {role}")


def _protect_function(connection: psycopg.Connection) -> None:
    def text(value: str) -> str:
        return sql.Literal(value).as_string(connection)

    def array(values: Iterable[str]) -> str:
        return f"array[{', '.join(text(v) for v in values)}]::text[]"

    rules = ", ".join(
        f"({text(r.relation)}, {text(r.role)}, {text(r.condition)},"
        f" {array(r.columns) if r.columns else 'null::text[]'})"
        for r in RULES
    )
    hidden = ", ".join(f"({text(name)}, {array(columns)})" for name, columns in FREE_TEXT.items())
    body = read_sql(
        __file__,
        "procedures/protect",
        rules=rules,
        hidden=hidden,
        engineer_schemas=array(ENGINEER_SCHEMAS),
        platform_only=array(PLATFORM_ONLY),
        reader=READER,
        coder=CODER,
        engineer=ENGINEER,
        writer=WRITER,
    )
    connection.execute(
        "create or replace function authz.protect(in_schema text, relation text) returns void language"
        f" plpgsql as $body${body}$body$"
    )
    connection.execute("revoke all on function authz.protect(text, text) from public")


# ---------------------------------------------------------------- lint

_OURS = f"('{LOGIN}', '{READER}', '{CODER}', '{ENGINEER}', '{WRITER}')"
_REACHED = read_sql(__file__, "lints/reached", ours=_OURS)
LINTS = {
    "row-level security is off": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and not relrowsecurity"
    ),
    "row-level security is not forced": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and relrowsecurity and not"
        " relforcerowsecurity"
    ),
    "no policy": (
        f"select name from ({_REACHED}) as reached where relkind in ('r', 'p') and not exists (select 1 from"
        " pg_policy where polrelid = reached.oid)"
    ),
    "a view that does not ask as its reader": read_sql(
        __file__, "lints/view_that_does_not_ask_as_its_reader", reached=_REACHED
    ),
    "a materialised view or foreign table": (
        f"select name from ({_REACHED}) as reached where relkind in ('m', 'f')"
    ),
    "granted to everyone": read_sql(__file__, "lints/granted_to_everyone"),
    "a definer function without a search path or open to everyone": read_sql(
        __file__, "lints/definer_open_to_everyone"
    ),
    "a role that stands above the policies": (
        f"select rolname::text from pg_roles where rolname in {_OURS} and (rolsuper or rolbypassrls or"
        " rolcreaterole or rolcreatedb)"
    ),
    "a login that inherits": f"select rolname::text from pg_roles where rolname = '{LOGIN}' and rolinherit",
    "a policy that asks once per row": read_sql(
        __file__, "lints/policy_that_asks_once_per_row", reached=_REACHED
    ),
}
"""What must find nothing, by what is wrong. Each selects the names of what it finds."""


def lint(connection: psycopg.Connection) -> list[str]:
    """Everything in the database that would let someone past the policies, in words; empty where all is
    well."""
    asked = {"schemas": list(SCHEMAS), "reader_schemas": list(READER_SCHEMAS)}
    return [
        f"{row[0]}: {wrong}"
        for wrong, query in LINTS.items()
        for row in connection.execute(query, asked).fetchall()
    ]
