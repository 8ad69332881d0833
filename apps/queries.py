"""All SQL of the app, each question asked as the person who asks.

Belongs here: one function per question; every function about schools takes the scope and the release
first, and the cache is keyed on both. Each question is one read-only transaction in which the login takes
on the reader's role and the person's name; the database's own row policies decide what comes back. What
people write goes through the database's own functions, and is asked for anew afterwards: no cache holds it.
Does not belong here: anything before the gate, who may see what (`innenfra/database/access.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import psycopg
import streamlit as st
from psycopg import sql

from apps.words import norwegian_sort_key
from innenfra import quotes
from innenfra.database.access import DATABASE_ROLE, READER, WRITER
from innenfra.database.acting import Actor, acting
from innenfra.explain import Coding, Explanation, explain_to


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


def _rows(url: str, scope: Scope, query: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
    role = DATABASE_ROLE.get(scope.role, READER)
    with psycopg.connect(url, connect_timeout=10) as connection, connection.transaction():
        connection.execute("set transaction read only")
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true),"
            " set_config('app.unit', %s, true)",
            (scope.subject, scope.role, scope.unit),
        )
        cursor = connection.execute(query.encode(), parameters or {})
        names = [c.name for c in cursor.description or []]
        return pd.DataFrame(cursor.fetchall(), columns=names)


def _values(scope: Scope) -> str:
    """A school sees its own values in full; everyone else as others may see them."""
    return "published.school_indicator_value" if scope.role == "school" else "published.indicator_value"


def grants(subject: str, url: str) -> list[Grant]:
    """The roles that a person has now. Asked on every run and never kept, so that who is deactivated sees
    nothing from the next run on."""
    found = _rows(url, Scope(subject), "select role, scope_id, name from authz.my_units()")
    return _in_order(
        [Grant(subject, row["role"], row["scope_id"], row["name"]) for row in found.to_dict("records")]
    )


def demonstration(url: str) -> list[Grant]:
    """The roles of the demonstration's invented people."""
    found = _rows(
        url, Scope(""), "select subject, role, scope_id, display_label from authz.demonstration_people()"
    )
    return _in_order(
        [
            Grant(row["subject"], row["role"], row["scope_id"], row["display_label"])
            for row in found.to_dict("records")
        ]
    )


def _in_order(given: list[Grant]) -> list[Grant]:
    return sorted(given, key=lambda one: norwegian_sort_key(one.name or ""))


def sight(scope: Scope, url: str) -> str | None:
    """What the person may see now, as one short text to compare; None where that is nothing. Never kept."""
    found = _rows(
        url,
        scope,
        "select authz.is_known() as known, md5(concat_ws('/', authz.visible_schools(),"
        " authz.visible_measures(), authz.visible_levels(), authz.visible_units('municipality'),"
        " authz.visible_units('county'), authz.visible_units('school_owner'),"
        " authz.visible_units('institution'), authz.visible_partnerships())) as digest",
    )
    return str(found["digest"][0]) if found["known"][0] else None


@st.cache_data(ttl=60, max_entries=256)
def current_release(scope: Scope, url: str) -> Release:
    """The newest published release."""
    found = _rows(
        url,
        scope,
        "select release_id, to_char(released_at at time zone 'Europe/Oslo', 'DD.MM.YYYY') as date from"
        " published.release where state = 'published' order by release_id desc limit 1",
    )
    return Release(int(found["release_id"][0]), str(found["date"][0])) if len(found) else Release(0, "–")


@st.cache_data(ttl=300, max_entries=64)
def schools(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The schools that the scope may see, in the order of their codes."""
    return _rows(url, scope, "select * from published.school order by school_code")


@st.cache_data(ttl=300, max_entries=64)
def indicators(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The catalogue in its own order: the definitions in force."""
    return _rows(url, scope, "select * from published.indicator where is_current order by sort_no")


@st.cache_data(ttl=300, max_entries=64)
def earlier_definitions(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """Definitions that were replaced, the newest first: those whose series go on beside the ones in force,
    and those that were wrong."""
    return _rows(
        url,
        scope,
        "select * from published.indicator where not is_current order by sort_no, definition_version desc",
    )


@st.cache_data(ttl=300, max_entries=64)
def measures(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The measures of the indicators."""
    return _rows(
        url,
        scope,
        "select indicator_id, slice, indicator_measure.label_nb, indicator_measure.label_nn,"
        " indicator_measure.label_en from published.indicator_measure inner join published.indicator using"
        " (indicator_id, definition_version) where is_current",
    )


@st.cache_data(ttl=300, max_entries=256)
def compared(scope: Scope, release: Release, url: str, indicator_id: str, school_year: str) -> pd.DataFrame:
    """One indicator in one school year for each school of the scope, also for schools without a value."""
    return _rows(
        url,
        scope,
        "select school.school_id, school.school_code, school.name, school.size_band, school.municipality_no,"
        " school.invited_only, value.slice::text as slice, value.numerator::float,"
        " value.numerator_high::float, value.denominator::float, value.value::float,"
        " value.value_high::float, value.value_below::float, value.unit, coalesce(value.status,"
        " 'not_collected') as status, value.status_reason, coalesce(value.bound, '=') as bound,"
        " value.comparability, value.comparability_reason, value.coverage_observed, value.coverage_expected,"
        " value.partnership_id, value.period_type, value.period, value.indicator_id,"
        " value.comparison_family, value.n_respondents, value.interval_low::float,"
        f" value.interval_high::float from published.school as school left join {_values(scope)} as value on"
        " value.school_id = school.school_id and value.indicator_id = %(indicator)s and value.period_type ="
        " 'school_year' and value.period = %(year)s"
        # what is told within a school only never stands beside another's
        " and value.comparability_class <> 'K3' and value.definition_version = (select definition_version"
        " from published.indicator where indicator_id = %(indicator)s and is_current) order by"
        " school.school_code, value.slice::text",
        {"indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=64)
def school_years(scope: Scope, release: Release, url: str) -> list[str]:
    """School years with values, the newest first."""
    found = _rows(
        url,
        scope,
        f"select distinct period from {_values(scope)} where period_type = 'school_year' and school_id is not"
        " null order by 1 desc",
    )
    return list(found["period"])


@st.cache_data(ttl=300, max_entries=64)
def counted_by_school_year(scope: Scope, release: Release, url: str) -> list[str]:
    """Codes of the indicators that any school has a value of in some school year, with a number or
    without."""
    found = _rows(
        url,
        scope,
        f"select distinct indicator_id from {_values(scope)} where period_type = 'school_year' and school_id"
        " is not null and comparability_class <> 'K3'",
    )
    return list(found["indicator_id"])


@st.cache_data(ttl=300, max_entries=256)
def over_time(
    scope: Scope, release: Release, url: str, school_id: str, period_type: str, family: str
) -> pd.DataFrame:
    """All values of one school of the scope in one family of indicators, over the periods of one clock."""
    return _rows(
        url,
        scope,
        "select value.school_id, value.partnership_id, value.indicator_id, value.period_type, value.period,"
        " value.slice::text as slice, value.numerator::float, value.numerator_high::float,"
        " value.denominator::float, value.value::float, value.value_high::float, value.value_below::float,"
        " value.unit, value.status, value.status_reason, value.bound, value.break_before,"
        " value.break_reason, value.comparability, value.comparability_reason, value.definition_version,"
        " value.comparability_class, value.comparison_family, value.n_respondents,"
        " value.interval_low::float, value.interval_high::float, value.change_comparability,"
        f" value.change_reason from {_values(scope)} as value inner join published.indicator as indicator"
        " using (indicator_id, definition_version) where indicator.is_current and value.school_id ="
        " %(school)s and value.period_type = %(kind)s and indicator.family = %(family)s order by"
        " indicator.sort_no, value.slice::text, value.partnership_id, length(value.period), value.period",
        {"school": school_id, "kind": period_type, "family": family},
    )


@st.cache_data(ttl=300, max_entries=256)
def clocks(scope: Scope, release: Release, url: str, school_id: str) -> list[str]:
    """The kinds of period that the school has values by."""
    found = _rows(
        url,
        scope,
        f"select distinct period_type from {_values(scope)} where school_id = %(school)s",
        {"school": school_id},
    )
    return list(found["period_type"])


@st.cache_data(ttl=300, max_entries=256)
def references(scope: Scope, release: Release, url: str, indicator_id: str, school_year: str) -> pd.DataFrame:
    """What shares of people in one school year are held against, without names: one row per slice and family.
    Counts of few things are no per cent."""
    return _rows(
        url,
        scope,
        "select slice::text as slice, comparison_family, schools_n, low_quarter::float,"
        " low_quarter_high::float, median::float, median_high::float, high_quarter::float,"
        " high_quarter_high::float from published.reference_value as reference inner join published.indicator"
        " as indicator using (indicator_id, definition_version) where indicator.is_current and"
        " rests_on_people and indicator_id = %(indicator)s and period_type = 'school_year' and period ="
        " %(year)s",
        {"indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=256)
def limits_by_chance(
    scope: Scope, release: Release, url: str, indicator_id: str, school_year: str
) -> pd.DataFrame:
    """Within which limits schools lie by chance alone, by band of people who answered: one row per slice,
    family and band."""
    return _rows(
        url,
        scope,
        "select slice::text as slice, comparison_family, n_band, low_95::float, high_95::float from"
        " published.funnel_limit as limits inner join published.indicator as indicator using (indicator_id,"
        " definition_version) where indicator.is_current and indicator_id = %(indicator)s and period_type ="
        " 'school_year' and period = %(year)s order by n",
        {"indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=256)
def codings(
    scope: Scope, release: Release, url: str, period_type: str
) -> dict[tuple[str, str, str, str], Coding]:
    """Who coded what stands behind values from coded material, by school, partnership, indicator and period
    of one clock."""
    found = _rows(
        url,
        scope,
        "select school_id, partnership_id, indicator_id, period, coded_by, units_n, double_coded_n,"
        " agreement_measure, agreement_value::float from published.coding where period_type = %(kind)s",
        {"kind": period_type},
    )
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return {
        (row["school_id"], row["partnership_id"], row["indicator_id"], row["period"]): Coding(
            tuple(row["coded_by"].split()),
            row["units_n"],
            row["double_coded_n"],
            row["agreement_measure"],
            row["agreement_value"],
        )
        for row in rows
    }


@st.cache_data(ttl=300, max_entries=256)
def trends(scope: Scope, release: Release, url: str, school_id: str, family: str) -> pd.DataFrame:
    """The lines through the school's unbroken years, for indicators of one family, by the definitions in
    force."""
    return _rows(
        url,
        scope,
        "select trend.partnership_id, trend.indicator_id, trend.slice::text as slice, trend.first_year,"
        " trend.last_year, trend.years_n, trend.direction, trend.slope_low::float, trend.slope_high::float,"
        " trend.smallest_visible::float from published.trend as trend inner join published.indicator as"
        " indicator using (indicator_id, definition_version) where indicator.is_current and trend.school_id ="
        " %(school)s and indicator.family = %(family)s",
        {"school": school_id, "family": family},
    )


@st.cache_data(ttl=300, max_entries=64)
def agreements(scope: Scope, release: Release, url: str, school_id: str) -> pd.DataFrame:
    """Versions of the school's agreements."""
    return _rows(
        url,
        scope,
        "select * from published.agreement where school_id = %(school)s order by partnership_id, version_no",
        {"school": school_id},
    )


@st.cache_data(ttl=300, max_entries=64)
def visible_indicators(scope: Scope, release: Release, url: str) -> list[str]:
    """Codes of the indicators that the scope may see values of; for any other, an empty answer would say
    nothing."""
    found = _rows(url, scope, "select unnest(authz.visible_indicators()) as indicator_id")
    return list(found["indicator_id"])


@st.cache_data(ttl=300, max_entries=256)
def pairs(
    scope: Scope, release: Release, url: str, school_id: str, indicator_id: str, school_year: str
) -> pd.DataFrame:
    """The verdict on one school's values and those of every other school that the scope sees, in one school
    year."""
    return _rows(
        url,
        scope,
        "select partnership_id, other_school_id, other_partnership_id, slice::text as slice, comparability,"
        " comparability_reason, family_relation from published.comparison where school_id = %(school)s and"
        " indicator_id = %(indicator)s and period_type = 'school_year' and period = %(year)s",
        {"school": school_id, "indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=256)
def explained(
    scope: Scope, release: Release, url: str, school_id: str, indicator_id: str, period_type: str, period: str
) -> list[Explanation]:
    """What stands behind the values of a school, as the scope may know it."""
    return explain_to(url, scope.actor, school_id, indicator_id, period_type, period)


# ---------------------------------------------------------------- what schools say about their numbers


def voices(scope: Scope, release: Release, url: str) -> list[dict[str, Any]]:
    """What schools of the scope say about their numbers, the newest first: answers as of the release (a
    school's own as they stand), and comments."""
    answers = "dialogue.member_check" if scope.role == "school" else "published.member_check"
    found = _rows(
        url,
        scope,
        "select school_id, indicator_id, period_type, period, release_id, seen_on as said_on, answer,"
        f" comment, member_check_id as number from {answers}"
        + (
            " union all select school_id, indicator_id, period_type, period, release_id, seen_on, answer,"
            " comment, member_check_id from published.member_check where answer = 'no_response'"
            if scope.role == "school"
            else ""
        )
        + " union all select school_id, indicator_id, period_type, period, release_id, written_at, null,"
        " comment, 0 from dialogue.comment order by number desc, said_on desc nulls last",
    )
    return found.astype(object).where(found.notna(), None).to_dict("records")  # type: ignore[no-any-return]


def to_look_through(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The school's own values with a number, whether others wait for them, and the day on which they no
    longer do."""
    return _rows(
        url,
        scope,
        "with policy as (select member_check_days as days from authz.access_policy order by policy_version"
        " desc limit 1) select own.school_id, own.partnership_id, own.indicator_id, own.period_type,"
        " own.period, own.slice::text as slice, own.numerator::float, own.numerator_high::float,"
        " own.denominator::float, own.value::float, own.value_high::float, own.value_below::float, own.unit,"
        " own.status, own.status_reason, own.bound, own.n_respondents, others.status ="
        " 'awaiting_member_check' as awaits, to_char((shown.since + make_interval(days => policy.days)) at"
        " time zone 'Europe/Oslo', 'DD.MM.YYYY') as until, shown.since + make_interval(days => policy.days)"
        " <= now() as run_out from published.school_indicator_value as own inner join published.indicator as"
        " indicator on own.indicator_id = indicator.indicator_id and own.definition_version ="
        " indicator.definition_version and indicator.is_current cross join policy left join lateral (select"
        " min(released_at) as since from published.release where state = 'published' and release_id >="
        " own.release_id) as shown on true left join published.indicator_value as others on others.school_id"
        " = own.school_id and others.cell_key = own.cell_key where own.status in ('observed', 'stated_zero',"
        " 'provisional') order by own.period_type, length(own.period) desc, own.period desc,"
        " indicator.sort_no, own.slice::text",
    )


def answer_as_school(
    scope: Scope,
    release: Release,
    url: str,
    indicator_id: str | None,
    period_type: str,
    period: str,
    answer: str | None,
    comment: str,
) -> None:
    """Write down the school's own answer about its numbers, or a comment alone."""
    with acting(url, scope.actor, WRITER) as connection:
        connection.execute(
            "select dialogue.write(%s, %s, %s, %s, %s, %s, %s)",
            (scope.unit, release.number, indicator_id, period_type, period, answer, comment),
        )


def quotes_of_school(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """Released quotes that the school sees, with whether it has cleared them."""
    return _rows(
        url,
        scope,
        "select quote_id, loop_no, speaker, words, is_paraphrase, cleared_at is not null as cleared from"
        " published.quote order by quote_id",
    )


def answer_quote(scope: Scope, release: Release, url: str, quote_id: int, *, may_be_shown: bool) -> None:
    """The school's answer about a quote."""
    quotes.answer(url, scope.subject, quote_id, may_be_shown=may_be_shown)


# ---------------------------------------------------------------- open answers, for coders


def open_answers(scope: Scope, release: Release, url: str) -> list[dict[str, Any]]:
    """Open answers of rounds that are large enough to be read."""
    return quotes.answers(url, scope.subject)


def quotes_in_work(scope: Scope, release: Release, url: str) -> list[dict[str, Any]]:
    """Quotes, the newest first."""
    return quotes.listed(url, scope.subject)


def propose_quote(
    scope: Scope,
    release: Release,
    url: str,
    answer_id: int,
    speaker: str,
    words: str,
    *,
    in_other_words: bool,
) -> int:
    """Propose a quote; its number."""
    return quotes.propose(url, scope.subject, answer_id, speaker, words, in_other_words=in_other_words)


def release_quote(scope: Scope, release: Release, url: str, quote_id: int) -> None:
    """Release a quote that another coder proposed."""
    quotes.release(url, scope.subject, quote_id)


def withdraw_quote(scope: Scope, release: Release, url: str, quote_id: int) -> None:
    """Take a quote back."""
    quotes.withdraw(url, scope.subject, quote_id)


# ---------------------------------------------------------------- operations


@st.cache_data(ttl=60, max_entries=64)
def stopped(scope: Scope, release: Release, url: str) -> bool:
    """Whether the newest finished run failed."""
    return bool(_rows(url, scope, "select authz.stopped_at() is not null as stopped")["stopped"][0])


def runs(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The newest runs."""
    return _rows(
        url,
        scope,
        "select to_char(started_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as started,"
        " to_char(finished_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as finished, outcome, run_id"
        " from quality.run order by started_at desc limit 10",
    )


def failing_checks(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """Checks whose newest result is not good."""
    return _rows(
        url,
        scope,
        "select * from (select distinct on (check_name, table_name) check_name, table_name, passed,"
        " rows_checked, rows_found, message_nb, message_nn, message_en from quality.check_result order by"
        " check_name, table_name, check_result_id desc) as newest where not passed order by table_name,"
        " check_name",
    )


def findings(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """Findings by file, place and kind of rule; never what was written there."""
    return _rows(
        url,
        scope,
        "select file.file_name, to_char(file.received_on, 'DD.MM.YYYY') as received, file.status,"
        " finding.sheet, finding.column, finding.rule, finding.severity, count(*) as findings,"
        " min(finding.row_number) as first_row from quality.finding as finding inner join inbox.file as file"
        " using (file_id) where finding.state = 'open' group by 1, 2, 3, 4, 5, 6, 7, file.file_id order by"
        " file.file_id, 4, 5, 6",
    )


def releases(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """All releases, the newest first, with the figures of their audit."""
    return _rows(
        url,
        scope,
        "select release_id, to_char(released_at at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI') as"
        " released, state, note, cells_shown, cells_pooled, cells_withheld, audit from published.release"
        " order by release_id desc",
    )


@st.cache_data(ttl=300, max_entries=64)
def as_it_stood(scope: Scope, release: Release, url: str, number: int, indicator_id: str) -> pd.DataFrame:
    """One indicator as others than the school saw it in an earlier release."""
    found = _rows(
        url,
        scope,
        "select cell from published.past_value where seen_by = 'others' and indicator_id = %(indicator)s and"
        " first_release <= %(number)s and coalesce(last_release, %(number)s) >= %(number)s order by"
        " unit_level, unit_id, past_value_id",
        {"number": number, "indicator": indicator_id},
    )
    return pd.DataFrame(list(found["cell"]))
