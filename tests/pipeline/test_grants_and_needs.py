"""What is told of grants, what schools need, and with whom a county's schools work: as it was written down,
counted anew in plain Python."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import Any

import psycopg

from innenfra.demo.access import NEEDS
from innenfra.settings import Settings


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def test_each_side_of_a_grant_is_as_it_was_told_last(built_database: str, settings: Settings) -> None:
    key = ("owner_id", "budget_year", "scheme_code", "partnership_id", "reported_by", "reported_by_id")
    newest: dict[tuple[str, ...], dict[str, str]] = {}
    with (settings.home / "demo" / "registers" / "grant_year.csv").open(encoding="utf-8") as file:
        for row in sorted(csv.DictReader(file), key=lambda one: one["reported_on"]):
            newest[tuple(row[name] for name in key)] = row
    shown = rows(
        built_database,
        f"select {', '.join(key)}, granted, own_share_time, own_share_money, written_in from"
        " published.grant_year",
    )
    assert len(shown) == len(newest) > 10
    for *about, granted, time, money, written_in in shown:
        told = newest[tuple(map(str, about))]
        for name, amount in (("granted", granted), ("own_share_time", time), ("own_share_money", money)):
            assert amount == (int(told[name]) if told.get(name) else None), (about, name)
        assert written_in == "file"
    assert {row[4] for row in shown} == {"school_owner", "institution"}


def test_needs_are_as_the_schools_stated_them(built_database: str) -> None:
    shown = rows(built_database, "select school_id, need_type, text from published.need")
    assert sorted(shown, key=str) == sorted(NEEDS, key=str)


def test_with_whom_a_county_works_is_told_of_three_schools_or_more(built_database: str) -> None:
    """Counted from what is published of the loops, in two counties that no school comes to or leaves."""
    of_partnership = defaultdict(set)
    for partnership, institution in rows(
        built_database,
        "select partnership_id, party_id from register.partnership_party where party_type = 'institution'",
    ):
        of_partnership[partnership].add(institution)
    told = {
        (county, year, institution): (n, whole)
        for county, year, institution, n, whole in rows(
            built_database,
            "select county_no, school_year, institution_id, loops_n, of_loops_n from"
            " published.provider_share",
        )
    }
    counted = 0
    for county in ("18", "46"):
        held: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for year, school, partnership in rows(
            built_database,
            "select school_year, school_id, partnership_id from published.loop where status in ('completed',"
            " 'shortened') and not awaits_school and school_id in (select school_id from register.school"
            f" where municipality_no like '{county}%')",
        ):
            held[year].append((school, partnership))
        for year, loops in held.items():
            schools = defaultdict(set)
            n: dict[str, int] = defaultdict(int)
            for school, partnership in loops:
                for institution in of_partnership[partnership]:
                    schools[institution].add(school)
                    n[institution] += 1
            expected = {
                (county, year, institution): (n[institution], len(loops))
                for institution, at in schools.items()
                if len(at) >= 3
            }
            small = set().union(*(at for at in schools.values() if len(at) < 3))
            if 0 < len(small) < 3 or len({school for school, _ in loops}) < 3:
                expected = {}
            shown = {key: value for key, value in told.items() if key[:2] == (county, year) and key[2]}
            assert shown == expected, (county, year)
            counted += len(expected)
    assert counted > 3
    # of two schools nothing is told
    assert not [key for key in told if key[0] == "46"]
