"""Schools and owners over time: mergers, renumbering and splits, with sums worked out by hand.

The planted schools carry 1, 2, 4, 8 … completed team loops each year, so that every sum tells whose they are.
"""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt, try_dbt

from innenfra.database import local
from innenfra.settings import Settings

YEARS = ("2018/19", "2019/20", "2022/23", "2023/24", "2024/25")
# school, what it has each year, its versions: first day, municipality, owner
SCHOOLS: dict[str, tuple[int, list[tuple[str, str, str]]]] = {
    "stays_in_alesund": (1, [("2010-01-01", "1504", "OLD ALESUND"), ("2024-01-01", "1508", "ALESUND")]),
    "goes_to_haram": (2, [("2010-01-01", "1534", "OLD HARAM"), ("2024-01-01", "1580", "HARAM")]),
    "never_renewed": (4, [("2010-01-01", "1534", "OLD HARAM")]),
    "merges_into_haram": (8, [("2010-01-01", "1523", "ORSKOG")]),
    "entered_late": (16, [("2020-01-01", "1507", "GREAT ALESUND"), ("2025-03-01", "1580", "HARAM")]),
    "known_from_today_only": (32, [("2024-06-01", "3907", "SANDEFJORD")]),
    "splits_in_two": (64, [("2010-01-01", "1504", "OLD ALESUND")]),
    "combined": (128, [("2010-01-01", "1504", "OLD ALESUND")]),
    "closes": (256, [("2010-01-01", "0704", "TONSBERG")]),
}
OWNERS = [
    ("OLD ALESUND", "GREAT ALESUND", "2020-01-01", "merge"),
    ("OLD HARAM", "GREAT ALESUND", "2020-01-01", "merge"),
    ("ORSKOG", "GREAT ALESUND", "2020-01-01", "merge"),
    ("GREAT ALESUND", "ALESUND", "2024-01-01", "split"),
    ("GREAT ALESUND", "HARAM", "2024-01-01", "split"),
]
SUCCESSIONS = [
    ("merges_into_haram", "goes_to_haram", "2023-08-01", "merge"),
    ("splits_in_two", "stays_in_alesund", "2023-08-01", "split"),
    ("splits_in_two", "goes_to_haram", "2023-08-01", "split"),
    ("combined", "stays_in_alesund", "2021-08-01", "combine"),
    ("combined", "not_in_the_register", "2021-08-01", "combine"),
]
ALL = 1 + 2 + 4 + 8 + 16 + 32 + 64 + 128 + 256


@pytest.fixture(scope="module")
def planted(settings: Settings, server: local.Server, built_database: str) -> str:
    """The demonstration with the schools above in it. Its database URL."""
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for school, (loops, versions) in SCHOOLS.items():
            cursor.executemany(
                "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
                " school_code) values (%s, %s, %s, %s, %s, %s)",
                [
                    (school, first, school, owner, municipality, school)
                    for first, municipality, owner in versions
                ],
            )
            cursor.executemany(
                "insert into intermediate.int_school_year (school_id, partnership_id, school_year) values"
                " (%s, 'P', %s)",
                [(school, year) for year in YEARS],
            )
            cursor.executemany(
                "insert into marts.indicator_value (unit_level, unit_id, school_id, partnership_id,"
                " indicator_id, definition_version, period_type, period, slice, numerator, denominator,"
                " value, unit, status, comparability_class, disclosure) values ('school', %s, %s, 'P', 'C1',"
                " 1, 'school_year', %s, '{}', %s, 1000, %s, 'share', 'observed', 'K1', 'structural')",
                [(school, school, year, loops, loops / 1000) for year in YEARS],
            )
        cursor.executemany(
            "insert into staging.stg_changed_school (school_id) values (%s)",
            [(school,) for school in SCHOOLS],
        )
        cursor.executemany(
            "insert into register.owner_succession (from_owner_id, to_owner_id, changed_on, change_type)"
            " values (%s, %s, %s, %s)",
            OWNERS,
        )
        cursor.executemany(
            "insert into register.school_succession (from_school_id, to_school_id, changed_on, change_type)"
            " values (%s, %s, %s, %s)",
            SUCCESSIONS,
        )
    dbt(settings, url, "run", "--select", "int_school_place", "owner_value")
    return url


def ask(url: str, text: str, *parameters: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(text.encode(), parameters).fetchall()


def by(url: str, column: str, structure: str, school_year: str) -> dict[str, int]:
    """Completed team loops of the planted schools by owner, municipality or county."""
    rows = ask(
        url,
        f"select place.{column}, sum(value.numerator)::int from marts.indicator_value as value inner join"
        " intermediate.int_school_place as place on value.school_id = place.school_id and value.period ="
        " place.school_year where value.partnership_id = 'P' and place.structure = %s and value.period = %s"
        " group by 1",
        structure,
        school_year,
    )
    return dict(rows)


def test_before_2020_each_old_municipality_has_its_own(planted: str) -> None:
    assert by(planted, "municipality_no", "as_it_was", "2018/19") == {
        "1504": 1 + 64 + 128, "1534": 2 + 4, "1523": 8,
        # entered as of 2020: which of the five it was in before, the register does not say
        "1504+1523+1529+1534+1546": 16,
        "0710": 32, "0704": 256,
    }  # fmt: skip


@pytest.mark.parametrize("school_year", ["2019/20", "2022/23"])
def test_from_2020_the_merged_municipality_has_all(planted: str, school_year: str) -> None:
    assert by(planted, "municipality_no", "as_it_was", school_year) == {
        "1507": 1 + 2 + 4 + 8 + 16 + 64 + 128,
        "3804": 32,
        "3803": 256,
    }
    assert by(planted, "owner_id", "as_it_was", school_year) == {
        "GREAT ALESUND": 1 + 2 + 4 + 8 + 16 + 64 + 128,
        "SANDEFJORD": 32,
        "TONSBERG": 256,
    }


def test_from_2024_the_schools_own_entry_says_which_side_of_the_split(planted: str) -> None:
    assert by(planted, "municipality_no", "as_it_was", "2023/24") == {
        "1508": 1, "1580": 2 + 16, "1508+1580": 4 + 8 + 64 + 128, "3907": 32, "3905": 256,
    }  # fmt: skip
    assert by(planted, "owner_id", "as_it_was", "2023/24") == {
        "ALESUND": 1,
        "HARAM": 2 + 16,
        "ALESUND+HARAM": 4 + 8 + 64 + 128,
        "SANDEFJORD": 32,
        "TONSBERG": 256,
    }


@pytest.mark.parametrize("school_year", YEARS)
def test_by_todays_structure_every_year_reads_the_same(planted: str, school_year: str) -> None:
    """A school that merged is where its successor is; one that split between two is theirs together; one that
    closed keeps its place."""
    assert by(planted, "municipality_no", "today", school_year) == {
        "1508": 1 + 128,
        "1580": 2 + 8 + 16,
        "1508+1580": 4 + 64,
        "3907": 32,
        "3905": 256,
    }
    assert by(planted, "county_no", "today", school_year) == {
        "15": 1 + 2 + 4 + 8 + 16 + 64 + 128,
        "39": 32 + 256,
    }


def test_haram_has_no_number_of_its_own_in_the_years_between(planted: str) -> None:
    for year in ("2019/20", "2022/23"):
        assert not {"1534", "1580"} & set(by(planted, "municipality_no", "as_it_was", year))


@pytest.mark.parametrize("structure", ["as_it_was", "today"])
@pytest.mark.parametrize("column", ["owner_id", "municipality_no", "county_no"])
def test_trap_23_sums_over_units_are_sums_over_schools(planted: str, column: str, structure: str) -> None:
    """School owner as a column on school: mergers and splits (2020, 2024) move a school to a new municipality
    number; sums per owner then rewrite history. Schools also close, merge, become combined schools."""
    for year in YEARS:
        assert sum(by(planted, column, structure, year).values()) == ALL


def test_owner_series_has_two_readings(planted: str) -> None:
    rows = ask(
        planted,
        "select period, structure, schools_n, numerator::int, denominator::int from marts.owner_value where"
        " owner_id = 'HARAM' and indicator_id = 'C1' and period_type = 'school_year' and period in"
        " ('2022/23', '2023/24') order by 1, 2",
    )
    assert rows == [
        ("2022/23", "today", 3, 2 + 8 + 16, 3000),
        ("2023/24", "as_it_was", 2, 2 + 16, 2000),
        ("2023/24", "today", 3, 2 + 8 + 16, 3000),
    ]


def test_the_integrity_test_holds_and_can_fail(planted: str, settings: Settings) -> None:
    name = "sum_over_owners_is_sum_over_schools"
    assert try_dbt(settings, planted, "test", "--select", name).returncode == 0
    with psycopg.connect(planted) as connection:
        connection.execute(
            "delete from intermediate.int_school_place where school_id = 'closes' and structure = 'today' and"
            " school_year = '2022/23'"
        )
    assert try_dbt(settings, planted, "test", "--select", name).returncode == 1


def test_every_real_change_since_2019_keeps_every_school_somewhere(planted: str, settings: Settings) -> None:
    """One school in every municipality of 2019, none of them entered again: each has one place each year, and
    only splits leave two."""
    with psycopg.connect(planted) as connection:
        connection.execute("truncate register.school, intermediate.int_school_year, intermediate.int_loop")
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code) select distinct municipality_no, '2019-08-01'::date, municipality_no,"
            " municipality_no, municipality_no, municipality_no from register.municipality where"
            " municipality_no <> '9999' and valid_from <= '2019-08-01' and (valid_to is null or valid_to >"
            " '2019-08-01')"
        )
        connection.execute(
            "insert into intermediate.int_school_year (school_id, partnership_id, school_year) select"
            " school_id, 'P', year from register.school cross join unnest(%s::text[]) as year",
            (["2018/19", "2019/20", "2024/25"],),
        )
        connection.execute(
            "insert into staging.stg_changed_school (school_id) select school_id from register.school"
        )
    dbt(settings, planted, "run", "--select", "int_school_place")
    count = (
        "select count(*), count(distinct school_id) from intermediate.int_school_place where structure ="
        " 'as_it_was' and school_year = %s"
    )
    assert ask(planted, count, "2018/19") == [(422, 422)]
    assert ask(planted, count, "2024/25") == [(422, 422)]
    ((numbers,),) = ask(
        planted,
        "select count(distinct municipality_no) from intermediate.int_school_place where school_year ="
        " '2024/25' and structure = 'as_it_was' and municipality_no not like '%%+%%'",
    )
    joint = ask(
        planted,
        "select distinct municipality_no from intermediate.int_school_place where school_year = '2024/25' and"
        " municipality_no like '%%+%%' order by 1",
    )
    # of the 357 municipalities of 2024, 1508 and 1580 are known together only
    assert numbers == 355
    assert joint == [("1508+1580",), ("1806+1875",), ("5055+5056+5059",)]
