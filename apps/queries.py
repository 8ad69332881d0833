"""All SQL of the app, over `published` alone, each question asked as the person who asks.

Belongs here: one function per question; every function about schools takes the scope and the release
first, and the cache is keyed on both. Each question is one read-only transaction in which the login takes
on the reader's role and the person's name; the database's own row policies decide what comes back.
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
from innenfra.database.access import DATABASE_ROLE, READER


@dataclass(frozen=True)
class Scope:
    """Whose eyes: a person (iss|sub), one of their roles, and the unit it stands for (institution, owner, school, or all).

    `sight` stands for what they may see at this moment: when that changes, nothing kept from before is found again.
    """

    subject: str
    role: str = ""
    unit: str = ""
    sight: str = ""


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
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true), set_config('app.unit', %s, true)",
            (scope.subject, scope.role, scope.unit),
        )
        cursor = connection.execute(query.encode(), parameters or {})
        names = [c.name for c in cursor.description or []]
        return pd.DataFrame(cursor.fetchall(), columns=names)


def _values(scope: Scope) -> str:
    """A school sees its own values in full; everyone else as others may see them."""
    return "published.school_indicator_value" if scope.role == "school" else "published.indicator_value"


def grants(subject: str, url: str) -> list[Grant]:
    """The roles that a person has now. Asked on every run and never kept, so that who is deactivated sees nothing from the next run on."""
    found = _rows(url, Scope(subject), "select role, scope_id, name from authz.my_units()")
    return _in_order([Grant(subject, row["role"], row["scope_id"], row["name"]) for row in found.to_dict("records")])


def demonstration(url: str) -> list[Grant]:
    """The roles of the demonstration's invented people."""
    found = _rows(url, Scope(""), "select subject, role, scope_id, display_label from authz.demonstration_people()")
    return _in_order([Grant(row["subject"], row["role"], row["scope_id"], row["display_label"]) for row in found.to_dict("records")])


def _in_order(given: list[Grant]) -> list[Grant]:
    return sorted(given, key=lambda one: norwegian_sort_key(one.name or ""))


def sight(scope: Scope, url: str) -> str | None:
    """What the person may see now, as one short text to compare; None where that is nothing. Never kept."""
    found = _rows(
        url,
        scope,
        "select authz.is_known() as known, md5(concat_ws('/', authz.visible_schools(), authz.visible_classes(), authz.hidden_indicators(),"
        " authz.visible_levels(), authz.visible_units('municipality'), authz.visible_units('county'), authz.visible_units('institution'), authz.visible_partnerships())) as digest",
    )
    return str(found["digest"][0]) if found["known"][0] else None


@st.cache_data(ttl=60, max_entries=256)
def current_release(scope: Scope, url: str) -> Release:
    """The newest published release."""
    found = _rows(
        url,
        scope,
        "select release_id, to_char(released_at, 'DD.MM.YYYY') as date from published.release where state = 'published' order by release_id desc limit 1",
    )
    return Release(int(found["release_id"][0]), str(found["date"][0])) if len(found) else Release(0, "–")


@st.cache_data(ttl=300, max_entries=64)
def schools(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The schools that the scope may see, in the order of their codes."""
    return _rows(url, scope, "select * from published.school order by school_code")


@st.cache_data(ttl=300, max_entries=64)
def indicators(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The catalogue, in its own order."""
    return _rows(url, scope, "select * from published.indicator order by sort_no")


@st.cache_data(ttl=300, max_entries=64)
def measures(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The measures of the indicators."""
    return _rows(url, scope, "select indicator_id, slice, label_nb, label_nn, label_en from published.indicator_measure")


@st.cache_data(ttl=300, max_entries=256)
def compared(scope: Scope, release: Release, url: str, indicator_id: str, school_year: str) -> pd.DataFrame:
    """One indicator in one school year for each school of the scope, also for schools without a value."""
    return _rows(
        url,
        scope,
        "select school.school_code, school.name, school.size_band, school.municipality_no, school.invited_only, value.slice::text as slice,"
        " value.numerator::float, value.denominator::float, value.value::float, value.value_below::float, value.unit, coalesce(value.status, 'not_collected') as status,"
        " coalesce(value.bound, '=') as bound, value.comparability, value.comparability_reason, value.coverage_observed, value.coverage_expected"
        f" from published.school as school left join {_values(scope)} as value"
        " on value.school_id = school.school_id and value.indicator_id = %(indicator)s and value.period_type = 'school_year' and value.period = %(year)s"
        " order by school.school_code, value.slice::text",
        {"indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=64)
def school_years(scope: Scope, release: Release, url: str) -> list[str]:
    """School years with values, the newest first."""
    found = _rows(url, scope, f"select distinct period from {_values(scope)} where period_type = 'school_year' and school_id is not null order by 1 desc")
    return list(found["period"])


@st.cache_data(ttl=300, max_entries=256)
def over_time(scope: Scope, release: Release, url: str, school_id: str, period_type: str, family: str) -> pd.DataFrame:
    """All values of one school of the scope in one family of indicators, over the periods of one clock."""
    return _rows(
        url,
        scope,
        "select value.indicator_id, value.period, value.slice::text as slice, value.numerator::float, value.denominator::float, value.value::float, value.value_below::float,"
        " value.unit, value.status, value.bound, value.break_before, value.break_reason, value.comparability, value.comparability_reason"
        f" from {_values(scope)} as value inner join published.indicator as indicator using (indicator_id, definition_version)"
        " where value.school_id = %(school)s and value.period_type = %(kind)s and indicator.family = %(family)s"
        " order by indicator.sort_no, value.slice::text, length(value.period), value.period",
        {"school": school_id, "kind": period_type, "family": family},
    )


@st.cache_data(ttl=300, max_entries=64)
def agreements(scope: Scope, release: Release, url: str, school_id: str) -> pd.DataFrame:
    """Versions of the school's agreements."""
    return _rows(url, scope, "select * from published.agreement where school_id = %(school)s order by partnership_id, version_no", {"school": school_id})
