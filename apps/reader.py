"""Every question that the app asks of the database, each as the person who asks.

Belongs here: one method per question, its SQL beside it or, where longer, in `sql/<name>.sql`. Each question
is one read-only transaction, in one round trip, in which the login takes on the reader's role and the
person's name; the database's own row policies decide what comes back. What is kept of an answer is kept by
whose eyes and by release. What people write goes through the database's own functions, and is asked for anew
afterwards.
Does not belong here: anything before the gate, who may see what (`innenfra/database/access.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from apps.words import norwegian_sort_key
from innenfra import quotes, spoken
from innenfra.contracts.records import RECORDS
from innenfra.counties import name_county
from innenfra.database.access import DATABASE_ROLE, READER, RULES, WRITER
from innenfra.database.acting import Actor
from innenfra.database.pool import Pool
from innenfra.database.written import SIGNATURES
from innenfra.disclosure.comparing import DIFFERENCES
from innenfra.explain import Coding, Explanation, explain_on
from innenfra.intake import following
from innenfra.reports import extract, issue, make
from innenfra.reports.make import FileFormat, Wish
from innenfra.reports.model import Report

SQL = Path(__file__).parent / "sql"

Rows = list[dict[str, Any]]

LEVEL_OF_ROLE = {"school_owner": "school_owner", "county": "county"}
"""The level above the school that a role reads as its own."""


@dataclass(frozen=True)
class Scope:
    """Whose eyes: a person (iss|sub), one of their roles, and the unit it stands for (institution, owner,
    school, or all).

    `sight` stands for what they may see at this moment: when that changes, nothing kept from before is found
    again.
    """

    subject: str
    role: str = ""
    unit: str = ""
    sight: str = ""

    @property
    def actor(self) -> Actor:
        """The person in the role, and for the unit, they ask in."""
        return Actor(self.subject, self.role, self.unit)


@dataclass(frozen=True)
class Grant:
    """A role that a person has, for a unit with a name (none for all schools)."""

    subject: str
    role: str
    unit: str
    name: str | None


@dataclass(frozen=True)
class Release:
    """The current release."""

    number: int
    date: str


@lru_cache(maxsize=4)
def pool_for(url: str) -> Pool:
    """The one pool of connections of this process to a database."""
    return Pool(url)


@lru_cache(maxsize=256)
def load_sql(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _ask(scope: Scope, url: str, query: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """One question as the scope. `published.seen_value` and `published.seen_answer` in it are what the scope
    may see of values and answers: a school its own in full, everyone else as others may see them."""
    own = scope.role == "school"
    query = query.replace(
        "published.seen_value", "published.school_indicator_value" if own else "published.indicator_value"
    ).replace("published.seen_answer", "dialogue.member_check" if own else "published.member_check")
    names, rows = pool_for(url).ask(
        scope.actor, query, parameters or {}, DATABASE_ROLE.get(scope.role, READER)
    )
    return pd.DataFrame(rows, columns=names)


@st.cache_data(ttl=300, max_entries=1024, show_spinner=False)
def _ask_and_keep(
    scope: Scope, release: Release, url: str, query: str, parameters: Mapping[str, Any]
) -> pd.DataFrame:
    return _ask(scope, url, query, parameters)


@st.cache_data(ttl=60, max_entries=1024, show_spinner=False)
def _ask_and_keep_a_minute(scope: Scope, url: str, query: str) -> pd.DataFrame:
    return _ask(scope, url, query)


@st.cache_data(ttl=300, max_entries=256, show_spinner=False)
def _explain_and_keep(
    scope: Scope,
    release: Release,
    url: str,
    asked: tuple[str, str, str, str],
    cut: Mapping[str, str] | None,
) -> list[Explanation]:
    with pool_for(url).acting(scope.actor) as connection:
        connection.execute("set transaction read only")
        return explain_on(connection, scope.actor, asked, cut)


def list_grants(subject: str, url: str) -> list[Grant]:
    """The roles that a person has now. Asked on every run and never kept, so that who is deactivated sees
    nothing from the next run on."""
    found = _ask(Scope(subject), url, "select role, scope_id, name from authz.my_units()")
    return _in_order(
        [
            Grant(subject, role, unit, _name_unit(role, unit, name))
            for role, unit, name in found.itertuples(index=False)
        ]
    )


def list_demonstration_grants(url: str) -> list[Grant]:
    """The roles of the demonstration's invented people."""
    found = _ask(
        Scope(""), url, "select subject, role, scope_id, display_label from authz.demonstration_people()"
    )
    return _in_order(
        [
            Grant(row["subject"], row["role"], row["scope_id"], row["display_label"])
            for row in found.to_dict("records")
        ]
    )


def _name_unit(role: str, unit: str, name: str | None) -> str | None:
    """What a unit is called; counties are in no register of ours."""
    return name_county(unit) if role == "county" else name


def _in_order(given: list[Grant]) -> list[Grant]:
    return sorted(given, key=lambda one: norwegian_sort_key(one.name or ""))


def find_sight(scope: Scope, url: str) -> str | None:
    """What the person may see now, as one short text to compare; None where that is nothing. Never kept."""
    found = _ask(scope, url, load_sql("sight"))
    return str(found["digest"][0]) if found["known"][0] else None


def find_current_release(scope: Scope, url: str) -> Release:
    """The newest published release. Never kept: what is kept of answers is kept by it, so an old number here
    would stand over new answers."""
    found = _ask(scope, url, load_sql("current_release"))
    return Release(int(found["release_id"][0]), str(found["date"][0])) if len(found) else Release(0, "–")


def as_rows(frame: pd.DataFrame) -> Rows:
    """The rows of a frame, with None for what is missing."""
    names = [str(name) for name in frame.columns]
    return [
        dict(zip(names, (None if _is_missing(one) else one for one in row), strict=True))
        for row in frame.itertuples(index=False, name=None)
    ]


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


class Reader:
    """What one person may read of one release, and what they may write."""

    def __init__(self, pool: Pool, scope: Scope, release: Release) -> None:
        self.pool, self.scope, self.release = pool, scope, release

    def ask(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a question, kept for this person and release; `query` is SQL or the name of a file in
        `sql`."""
        text = query if " " in query else load_sql(query)
        return _ask_and_keep(self.scope, self.release, self.pool.url, text, parameters)

    def ask_anew(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The same, never kept: what people write, and what runs write, changes between two releases."""
        text = query if " " in query else load_sql(query)
        return _ask(self.scope, self.pool.url, text, parameters)

    # ------------------------------------------------------------ schools and the catalogue

    def list_schools(self) -> pd.DataFrame:
        """The schools that the scope may see, in the order of their codes."""
        return self.ask("select * from published.school order by school_code")

    def list_school_states(self) -> Rows:
        """Where each school in sight stands: last loop, deliveries, answers, mirror, what waits."""
        return as_rows(self.ask("school_states"))

    def list_indicators(self) -> pd.DataFrame:
        """The catalogue in its own order: the definitions in force."""
        return self.ask("select * from published.indicator where is_current order by sort_no")

    def list_earlier_definitions(self) -> pd.DataFrame:
        """Definitions that were replaced, the newest first: those whose series go on beside the ones in
        force, and those that were wrong."""
        return self.ask(
            "select * from published.indicator where not is_current order by sort_no, definition_version desc"
        )

    def list_measures(self) -> pd.DataFrame:
        """The measures of the indicators."""
        return self.ask("measures")

    def list_visible_indicators(self) -> list[str]:
        """Codes of the indicators that the scope may see values of; for any other, an empty answer would say
        nothing."""
        return list(self.ask("select unnest(authz.visible_indicators()) as indicator_id")["indicator_id"])

    # ------------------------------------------------------------ values

    def compare_schools(self, indicator_id: str, kind: str, period: str) -> pd.DataFrame:
        """One indicator in one period of one clock for each school of the scope, also for schools without a
        value."""
        return self.ask("compared_values", indicator=indicator_id, kind=kind, period=period)

    def list_periods(self, indicator_id: str) -> Rows:
        """The periods of an indicator by every clock, with how many schools have a number, the newest
        last."""
        return as_rows(self.ask("periods_of_indicator", indicator=indicator_id))

    def list_compared_indicators(self) -> list[str]:
        """Codes of the indicators that schools may be held beside one another by, and that any school has a
        value of, with a number or without."""
        found = self.ask(
            "select distinct indicator_id from published.seen_value where school_id is not null"
            " and comparability_class <> 'K3'"
        )
        return list(found["indicator_id"])

    def list_values_over_time(self, school_id: str, period_type: str, family: str) -> pd.DataFrame:
        """All values of one school of the scope in one family of indicators, over the periods of one
        clock."""
        return self.ask("values_over_time", school=school_id, kind=period_type, family=family)

    def list_early_values(self, school_id: str, period_type: str, family: str) -> Rows:
        """The school's own values that the release does not tell yet, for the school alone. Runs write them
        between two releases."""
        if self.scope.role != "school":
            return []
        return as_rows(self.ask_anew("early_values", school=school_id, kind=period_type, family=family))

    def list_log_answers(self, school_id: str) -> Rows:
        """The answers to a school's log forms and how many answered, loop by loop."""
        return as_rows(self.ask("log_answers", school=school_id))

    def list_clocks(self, school_id: str) -> list[str]:
        """The kinds of period that the school has values by."""
        found = self.ask(
            "select distinct period_type from published.seen_value where school_id = %(school)s",
            school=school_id,
        )
        return list(found["period_type"])

    def list_references(self, indicator_id: str, kind: str, period: str) -> pd.DataFrame:
        """What shares of people in one period are held against, without names: one row per slice and
        family. Counts of few things are no per cent."""
        return self.ask("reference_values", indicator=indicator_id, kind=kind, period=period)

    def list_limits_by_chance(self, indicator_id: str, kind: str, period: str) -> pd.DataFrame:
        """Within which limits schools lie by chance alone, by band of people who answered: one row per slice,
        family and band."""
        return self.ask("limits_by_chance", indicator=indicator_id, kind=kind, period=period)

    def list_codings(self, period_type: str) -> dict[tuple[str, str, str, str], Coding]:
        """Who coded what stands behind values from coded material, by school, partnership, indicator and
        period of one clock."""
        return {
            (row["school_id"], row["partnership_id"], row["indicator_id"], row["period"]): Coding(
                tuple(row["coded_by"].split()),
                row["units_n"],
                row["double_coded_n"],
                row["agreement_measure"],
                row["agreement_value"],
            )
            for row in as_rows(self.ask("codings", kind=period_type))
        }

    def list_trends(self, school_id: str, family: str) -> pd.DataFrame:
        """The lines through the school's unbroken years, for indicators of one family, by the definitions in
        force."""
        return self.ask("trends", school=school_id, family=family)

    def list_agreements(self, school_id: str) -> pd.DataFrame:
        """Versions of the school's agreements."""
        return self.ask(
            "select * from published.agreement where school_id = %(school)s order by partnership_id,"
            " version_no",
            school=school_id,
        )

    def list_pairs(self, school_id: str, indicator_id: str, kind: str, period: str) -> pd.DataFrame:
        """The verdict on one school's values and those of every other school that the scope sees, in one
        period."""
        return self.ask("pairs", school=school_id, indicator=indicator_id, kind=kind, period=period)

    def explain(
        self,
        school_id: str,
        indicator_id: str,
        period_type: str,
        period: str,
        cut: Mapping[str, str] | None = None,
    ) -> list[Explanation]:
        """What stands behind the values of a school, as the scope may know it; behind those of one slice
        where it is given."""
        asked = (school_id, indicator_id, period_type, period)
        return _explain_and_keep(self.scope, self.release, self.pool.url, asked, cut)

    # ------------------------------------------------------------ what school owners promise and pay

    def list_owner_commitments(self) -> Rows:
        """What the school owner has promised each school of the scope, with what both sides say of it."""
        return as_rows(self.ask("owner_commitments"))

    def list_grants(self) -> Rows:
        """What is told of grants as of the release, by owner, budget year, scheme and partnership."""
        return as_rows(self.ask("select * from published.grant_year order by budget_year, scheme_code"))

    def list_all_agreements(self) -> Rows:
        """Versions of the agreements of all schools of the scope."""
        return as_rows(self.ask("select * from published.agreement order by school_id, version_no"))

    def list_owner_values(self) -> Rows:
        """Values that school owners follow, of each school of the scope and of the units above it, by school
        year, by the definitions in force."""
        return as_rows(self.ask("owner_values", unit=self.scope.unit, level=LEVEL_OF_ROLE[self.scope.role]))

    def list_closed_totals(self) -> Rows:
        """Sums of the scope's own units, by school year, that the release has and that are closed to it:
        which, never what they say."""
        return as_rows(
            self.ask(
                "select indicator_id, period, slice::text as slice from authz.closed_totals()"
                " where period_type = 'school_year' and unit_level = %(level)s",
                level=LEVEL_OF_ROLE[self.scope.role],
            )
        )

    def list_needs(self) -> Rows:
        """What the schools of the scope say that they need."""
        return as_rows(self.ask("select * from published.need order by school_year, school_id, need_type"))

    def list_provider_shares(self) -> Rows:
        """With which institutions the county's schools hold their loops."""
        return as_rows(
            self.ask("select * from published.provider_share order by school_year, institution_id")
        )

    def list_written_grants(self) -> Rows:
        """What the scope has written of grants in the app, as it stands at this moment, the newest last."""
        return as_rows(self.ask_anew("written_grants"))

    # ------------------------------------------------------------ what schools say about their numbers

    def list_voices(self) -> Rows:
        """What schools of the scope say about their numbers, the newest first: answers as of the release (a
        school's own as they stand), and comments."""
        return as_rows(self.ask_anew("voices", own=self.scope.role == "school"))

    def list_values_to_review(self) -> pd.DataFrame:
        """The school's own values with a number, whether others wait for them, and the day on which they no
        longer do."""
        return self.ask_anew("values_to_review")

    def write_answer(
        self, indicator_id: str | None, period_type: str, period: str, answer: str | None, comment: str
    ) -> None:
        """Write down the school's own answer about its numbers, or a comment alone."""
        with self.pool.acting(self.scope.actor, WRITER) as connection:
            connection.execute(
                "select dialogue.write(%s, %s, %s, %s, %s, %s, %s)",
                (self.scope.unit, self.release.number, indicator_id, period_type, period, answer, comment),
            )

    # ------------------------------------------------------------ records, and what partners write of their
    # work

    def list_records(self, name: str, school_id: str) -> Rows:
        """The rows of a record of one school of the scope, or of what is not a school's, all that it sees."""
        of_school = name == "agreement" or RECORDS[name].of_school
        where = " where school_id = %(school)s" if of_school else ""
        found = as_rows(self.ask(f"select * from published.{name}{where}", school=school_id))
        # a column of whole numbers with gaps comes back as decimals
        whole = (
            [one.name for one in RECORDS[name].columns if one.data_type == "integer"]
            if name in RECORDS
            else []
        )
        return [row | {one: int(row[one]) for one in whole if row[one] is not None} for row in found]

    def list_written(self, name: str, school_id: str) -> Rows:
        """What the scope has written in the app about a school, as it stands at this moment."""
        columns = ", ".join(next(r.columns for r in RULES if r.relation == f"dialogue.{name}"))
        query = f"select {columns} from dialogue.{name} where school_id = %(school)s order by 1"
        return as_rows(self.ask_anew(query, school=school_id))

    def write(self, name: str, *values: object) -> None:
        """Write by a function of `dialogue`: answer_mirror, write_mirror_text, decide, assess, state_need or
        report_grant."""
        marks = ", ".join("%s" for _ in SIGNATURES[name].split(","))
        with spoken.told(), self.pool.acting(self.scope.actor, WRITER) as connection:
            connection.execute(f"select dialogue.{name}({marks})".encode(), values)

    def list_partnerships_of_loop(self, school_id: str, loop_no: int) -> list[str]:
        """Partnerships of a school in which a loop of this number was held."""
        rows = self.ask(
            "select distinct partnership_id from published.loop where school_id = %(school)s"
            " and loop_no = %(loop)s order by partnership_id",
            school=school_id,
            loop=loop_no,
        )
        return list(rows["partnership_id"])

    def list_results_links(self, school_id: str) -> Rows:
        """Open links by which the reader's school handed results back: partnership, loop, until when."""
        query = "select * from authz.results_links(%(school)s)"
        return as_rows(self.ask_anew(query, school=school_id))

    def find_results(self, with_hash: str) -> dict[str, Any] | None:
        """What a link with this hash shows to whoever holds it; None where it leads nowhere."""
        rows = self.ask_anew("select authz.results_of(%(hash)s) as shown", hash=with_hash)
        return None if rows.empty else rows["shown"].iloc[0]

    def list_quotes_of_school(self) -> pd.DataFrame:
        """Released quotes that the school sees, with whether it has cleared them."""
        return self.ask_anew(
            "select quote_id, loop_no, speaker, words, is_paraphrase, cleared_at is not null as cleared"
            " from published.quote order by quote_id"
        )

    def answer_quote(self, quote_id: int, *, may_be_shown: bool) -> None:
        """Write down the school's answer about a quote."""
        quotes.answer(self.pool.url, self.scope.subject, quote_id, may_be_shown=may_be_shown)

    # ------------------------------------------------------------ open answers, for coders

    def list_open_answers(self) -> Rows:
        """Open answers of rounds that are large enough to be read."""
        return quotes.answers(self.pool.url, self.scope.subject)

    def list_quotes_in_work(self) -> Rows:
        """Quotes, the newest first."""
        return quotes.listed(self.pool.url, self.scope.subject)

    def propose_quote(self, answer_id: int, speaker: str, words: str, *, in_other_words: bool) -> int:
        """Propose a quote; its number."""
        return quotes.propose(
            self.pool.url, self.scope.subject, answer_id, speaker, words, in_other_words=in_other_words
        )

    def release_quote(self, quote_id: int) -> None:
        """Release a quote that another coder proposed."""
        quotes.release(self.pool.url, self.scope.subject, quote_id)

    def withdraw_quote(self, quote_id: int) -> None:
        """Take a quote back."""
        quotes.withdraw(self.pool.url, self.scope.subject, quote_id)

    # ------------------------------------------------------------ reports

    def list_partnerships(self) -> pd.DataFrame:
        """Partnerships that the scope sees."""
        return self.ask("select partnership_id, title from published.partnership order by partnership_id")

    def list_report_periods(self, clock: str, school_id: str = "") -> list[str]:
        """Periods of one clock that reports can be made of, the newest first."""
        return list(self.ask("report_periods", clock=clock, school=school_id)["period"])

    def make_report(self, wish: Wish, app: str) -> Report:
        """The report as the scope may see it now; own words are new at any time, so it is never kept."""
        with self.pool.acting(self.scope.actor) as connection:
            connection.execute("set transaction read only")
            return make.make(connection, self.scope.actor, wish, app)

    def list_issued_reports(self, wish: Wish) -> Rows:
        """Reports of this kind and unit that were handed on, the newest first."""
        with self.pool.acting(self.scope.actor) as connection:
            return issue.list_issued(connection, wish.kind, wish.unit)

    def read_issued_report(self, report_id: int) -> dict[str, Any]:
        """A report that was handed on, as it was."""
        with self.pool.acting(self.scope.actor) as connection:
            return issue.read_issued(connection, report_id)

    def issue_report(self, report: Report, file_format: FileFormat) -> issue.Issued:
        """Keep a report and hand it on."""
        return issue.keep(self.pool.url, self.scope.actor, report, file_format)

    def write_report_words(self, wish: Wish, section: str, words: str) -> issue.Written:
        """Keep own words for a section."""
        return issue.write_words(self.pool.url, self.scope.actor, wish, section, words)

    def list_research_projects(self) -> Rows:
        """Projects for which the reader may be given extracts today. Never kept."""
        with self.pool.acting(self.scope.actor) as connection:
            return extract.list_projects(connection)

    def make_extract(self, project_id: str) -> extract.Extract:
        """A new extract for a project of the reader's own; it is written down."""
        return extract.make_own_extract(self.pool.url, self.scope.actor, project_id)

    # ------------------------------------------------------------ deliveries

    def list_delivery_cells(self, school_id: str | None = None) -> Rows:
        """Which file types are expected, delivered or missing, by school and period, in the release; of one
        school where it is given."""
        of_school = "%(school)s::text is null or school_id = %(school)s"
        return as_rows(self.ask(f"select * from published.delivery_cell where {of_school}", school=school_id))

    def list_schools_with_cells(self) -> set[str]:
        """Schools of which anything is expected or delivered in the release."""
        return set(self.ask("select distinct school_id from published.delivery_cell")["school_id"])

    def list_deliveries_on_the_way(self, school_id: str | None = None) -> Rows:
        """What was sent and is not in the release; of one school where it is given."""
        return as_rows(self.ask_anew("deliveries_on_the_way", school=school_id))

    def list_submissions(self, school_id: str) -> Rows:
        """What was sent in from the app for a school, the newest first, and how far it has come."""
        return as_rows(self.ask_anew(following.SUBMISSIONS, school=school_id))

    def find_seen_before(self, school_id: str, sha256: str) -> dict[str, Any] | None:
        """Whether the very same bytes came before, when, and whether they count now."""
        found = as_rows(
            self.ask_anew(
                "select * from authz.seen_before(%(school)s, %(sha256)s)", school=school_id, sha256=sha256
            )
        )
        return found[0] if found else None

    def find_last_delivered(self, school_id: str) -> dict[str, Any]:
        """What a school delivered last, to begin the next delivery with."""
        found = self.ask_anew("select authz.last_delivered(%(school)s) as last", school=school_id)
        last: dict[str, Any] = found["last"][0] or {}
        return last

    def list_form_maps(self, school_id: str) -> list[list[dict[str, Any]]]:
        """What was confirmed of the school's exported log forms, the newest last."""
        query = "select questions from dialogue.form_map where school_id = %(school)s order by map_id"
        return list(self.ask_anew(query, school=school_id)["questions"])

    def list_delivered_files(self, school_id: str) -> Rows:
        """Files of a school, the newest first."""
        return as_rows(self.ask_anew("delivered_files", school=school_id))

    def list_answers_to_findings(self) -> dict[int, str]:
        """The newest answer of a school to each finding, in its own words, for those who may read them."""
        found = self.ask_anew(following.ANSWERS)
        return dict(zip(found["finding_id"], found["words"], strict=True))

    def answer_finding(self, finding_id: int, words: str) -> None:
        """Write down why what was found is right as it is."""
        with self.pool.acting(self.scope.actor, WRITER) as connection:
            connection.execute("select dialogue.answer_finding(%s, %s)", (finding_id, words))

    def list_findings_of_school(self, school_id: str) -> Rows:
        """Open findings on a school's files, for those who may read them."""
        return as_rows(self.ask_anew(following.FINDINGS, school=school_id))

    # ------------------------------------------------------------ operations

    def is_stopped(self) -> bool:
        """Whether the newest finished run failed."""
        query = "select authz.stopped_at() is not null as stopped"
        return bool(_ask_and_keep_a_minute(self.scope, self.pool.url, query)["stopped"][0])

    def find_newest_run(self) -> dict[str, Any] | None:
        """The newest run and what it did with files and rows."""
        found = as_rows(self.ask_anew("newest_run"))
        return found[0] if found else None

    def list_runs(self) -> pd.DataFrame:
        """The newest runs."""
        return self.ask_anew("runs")

    def list_failing_checks(self) -> pd.DataFrame:
        """Checks whose newest result is not good."""
        return self.ask_anew("failing_checks")

    def list_findings(self) -> pd.DataFrame:
        """Findings by file, place and kind of rule; never what was written there."""
        return self.ask_anew("findings")

    def list_releases(self) -> pd.DataFrame:
        """All releases, the newest first, with the figures of their audit."""
        return self.ask_anew("releases")

    def list_differences(self, earlier: int, number: int, indicator_id: str) -> Rows:
        """How many numbers a release tells otherwise than an earlier one, by indicator and what happened; of
        one indicator with the numbers themselves, before and after."""
        counted = (
            "select indicator_id, what, count(*) as numbers_n, jsonb_agg(jsonb_build_object('before',"
            " cell_before, 'after', cell_after)) filter (where indicator_id = %(indicator)s) as numbers from"
            f" ({DIFFERENCES}) as differing where seen_by = 'others' group by 1, 2 order by 1, 2"
        )
        return as_rows(self.ask(counted, one=earlier, other=number, indicator=indicator_id))

    def list_values_of_release(self, number: int, indicator_id: str) -> pd.DataFrame:
        """One indicator as others than the school saw it in an earlier release."""
        return pd.DataFrame(
            list(self.ask("values_of_release", number=number, indicator=indicator_id)["cell"])
        )
