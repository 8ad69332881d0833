"""All SQL of the app, over `published` alone.

Belongs here: one function per question; every function about schools takes the scope and the release
first, and the cache is keyed on both. Connections are read-only and opened per question.
Does not belong here: anything before the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import psycopg
import streamlit as st

from apps.words import norwegian_sort_key


@dataclass(frozen=True)
class Scope:
    """Whose eyes: a role and the unit it stands for (institution, owner or school)."""

    role: str
    unit: str


@dataclass(frozen=True)
class Release:
    """The current release."""

    number: int
    date: str


_SEEN = """
    (%(role)s = 'university' and %(unit)s = any(school.institution_ids)
     or %(role)s = 'school_owner' and school.owner_name = %(unit)s
     or %(role)s = 'school' and school.name = %(unit)s)
"""


def _rows(url: str, query: str, parameters: dict[str, Any]) -> pd.DataFrame:
    with psycopg.connect(url, connect_timeout=10) as connection:
        connection.read_only = True
        cursor = connection.execute(query, parameters)
        names = [c.name for c in cursor.description or []]
        return pd.DataFrame(cursor.fetchall(), columns=names)


@st.cache_data(ttl=60, max_entries=4)
def current_release(url: str) -> Release:
    """The newest published release."""
    found = _rows(
        url,
        "select release_id, to_char(released_at, 'DD.MM.YYYY') as date from published.release where state = 'published' order by release_id desc limit 1",
        {},
    )
    return Release(int(found["release_id"][0]), str(found["date"][0])) if len(found) else Release(0, "–")


@st.cache_data(ttl=300, max_entries=4)
def institutions(url: str) -> list[str]:
    """Codes of the universities."""
    return list(_rows(url, "select distinct unnest(institution_ids) as code from published.school order by 1", {})["code"])


@st.cache_data(ttl=300, max_entries=4)
def owners(url: str) -> list[str]:
    """Names of the school owners in Norwegian order."""
    return sorted(_rows(url, "select distinct owner_name as name from published.school", {})["name"], key=norwegian_sort_key)


@st.cache_data(ttl=300, max_entries=4)
def school_names(url: str) -> list[str]:
    """Names of the schools in the order of their codes."""
    return list(_rows(url, "select name from published.school order by school_code", {})["name"])


@st.cache_data(ttl=300, max_entries=64)
def schools(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The schools that the scope may see, in the order of their codes."""
    return _rows(url, f"select * from published.school as school where {_SEEN} order by school_code", scope.__dict__)


@st.cache_data(ttl=300, max_entries=64)
def indicators(scope: Scope, release: Release, url: str) -> pd.DataFrame:
    """The catalogue's built indicators, in its own order."""
    return _rows(url, "select * from published.indicator where built order by sort_no", scope.__dict__)


@st.cache_data(ttl=300, max_entries=256)
def compared(scope: Scope, release: Release, url: str, indicator_id: str, school_year: str) -> pd.DataFrame:
    """One indicator in one school year for each school of the scope, also for schools without a value."""
    return _rows(
        url,
        "select school.school_code, school.name, school.size_band, school.municipality_no, school.invited_only, value.slice::text as slice,"
        " value.numerator::float, value.denominator::float, value.value::float, value.unit, coalesce(value.status, 'not_collected') as status,"
        " coalesce(value.bound, '=') as bound, value.comparability, value.comparability_reason, value.coverage_observed, value.coverage_expected"
        " from published.school as school left join published.indicator_value as value"
        " on value.school_id = school.school_id and value.indicator_id = %(indicator)s and value.period_type = 'school_year' and value.period = %(year)s"
        f" where {_SEEN} order by school.school_code, value.slice::text",
        scope.__dict__ | {"indicator": indicator_id, "year": school_year},
    )


@st.cache_data(ttl=300, max_entries=64)
def school_years(scope: Scope, release: Release, url: str) -> list[str]:
    """School years with values, the newest first."""
    found = _rows(
        url,
        "select distinct value.period from published.indicator_value as value inner join published.school as school using (school_id)"
        f" where value.period_type = 'school_year' and {_SEEN} order by 1 desc",
        scope.__dict__,
    )
    return list(found["period"])


@st.cache_data(ttl=300, max_entries=256)
def over_time(scope: Scope, release: Release, url: str, school_id: str, period_type: str) -> pd.DataFrame:
    """All values of one school of the scope over the periods of one clock."""
    return _rows(
        url,
        "select value.indicator_id, value.period, value.slice::text as slice, value.numerator::float, value.denominator::float, value.value::float, value.unit,"
        " value.status, value.bound, value.break_before, value.break_reason, value.comparability, value.comparability_reason"
        " from published.indicator_value as value inner join published.school as school using (school_id)"
        f" where value.school_id = %(school)s and value.period_type = %(kind)s and {_SEEN} order by value.indicator_id, value.slice::text, length(value.period), value.period",
        scope.__dict__ | {"school": school_id, "kind": period_type},
    )


@st.cache_data(ttl=300, max_entries=64)
def agreements(scope: Scope, release: Release, url: str, school_id: str) -> pd.DataFrame:
    """Versions of the school's agreements."""
    return _rows(
        url,
        "select agreement.* from published.agreement as agreement inner join published.school as school using (school_id)"
        f" where agreement.school_id = %(school)s and {_SEEN} order by partnership_id, version_no",
        scope.__dict__ | {"school": school_id},
    )
