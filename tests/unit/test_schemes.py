"""Grant schemes as dated rows, and what they require."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from innenfra.derive.schemes import render_schemes
from innenfra.schemes import Grant, OwnShareRule, load_schemes, require

BEFORE = OwnShareRule(
    "s", dt.date(2021, 1, 1), dt.date(2024, 7, 1), Decimal("0.30"), "granted_to_owner", "nearest_krone", "a"
)
AFTER = OwnShareRule("s", dt.date(2024, 7, 1), None, Decimal("0.25"), "grant_and_own_share", "krone_up", "b")
RULES = (BEFORE, AFTER)


def _grant(amount: int | None, *day: int) -> Grant:
    return Grant(None if amount is None else Decimal(amount), dt.date(*day) if day else None)


@pytest.mark.parametrize(
    ("year", "grants", "amount", "reason"),
    [
        # 30 % of the grant, never of the whole cost
        (2023, [_grant(600_000)], 180_000, "known"),
        (2023, [_grant(5)], 2, "known"),
        # the last day of the one rule, the first of the next: each grant by its own day
        (2024, [_grant(100_000, 2024, 6, 30)], 30_000, "known"),
        (2024, [_grant(100_000, 2024, 7, 1)], 33_334, "known"),
        (2024, [_grant(100_000, 2024, 3, 1), _grant(100_000, 2024, 9, 1)], 63_334, "known"),
        # a year with two rules and a grant without a day is not guessed at
        (2024, [_grant(100_000)], None, "rule_changes_in_year"),
        (2024, [_grant(100_000, 2024, 3, 1), _grant(100_000)], None, "rule_changes_in_year"),
        (2025, [_grant(100_000)], 33_334, "known"),
        (2020, [_grant(100_000)], None, "no_rule_found"),
        (2023, [_grant(None)], None, "grant_not_known"),
        (2023, [], None, "grant_not_known"),
        # a stated zero is a number
        (2023, [_grant(0)], 0, "known"),
    ],
)
def test_own_share_follows_the_rule_of_the_day(
    year: int, grants: list[Grant], amount: int | None, reason: str
) -> None:
    found = require(RULES, "s", year, grants)
    assert (found.amount, found.reason) == (None if amount is None else Decimal(amount), reason)


def test_a_rule_that_ends_within_the_year_with_nothing_after_it_is_not_stretched() -> None:
    assert require((BEFORE,), "s", 2024, [_grant(1000)]).reason == "rule_changes_in_year"
    assert require((BEFORE,), "s", 2024, [_grant(1000, 2024, 8, 1)]).reason == "no_rule_found"


def test_one_scheme_never_borrows_the_rule_of_another() -> None:
    assert require(RULES, "other", 2023, [_grant(1000)]).reason == "no_rule_found"


def test_what_ships_says_not_known_where_no_source_was_found() -> None:
    known = load_schemes()
    assert known.require("dekomp_2021", 2023, [_grant(600_000)]).amount == 180_000
    assert known.require("kollektiv_2026", 2026, [_grant(600_000)]).reason == "no_rule_found"
    for office, year, kind, day in (
        ("Oslo og Viken", 2022, "report", dt.date(2023, 1, 15)),
        ("Nordland", 2024, "needs", dt.date(2024, 2, 1)),
    ):
        found = known.find_date("dekomp_2021", office, year, kind)
        assert found
        assert found.on == day
    assert known.find_date("kollektiv_2026", "Nordland", 2026, "report") is None


def test_schemes_of_a_year_each_have_a_source_and_a_line_in_the_reference() -> None:
    known = load_schemes()
    assert [s.code for s in known.of_budget_year(2017)] == ["uiu", "dekomp_2017"]
    assert [s.code for s in known.of_budget_year(2026)] == ["kollektiv_2026"]
    rows = (*known.schemes, *known.dates, *known.rules)
    text = render_schemes()
    assert all(row.source and row.source in text for row in rows)
    assert "| `kollektiv_2026` |  |  | not known |" in text


def test_every_date_is_of_an_office_and_offices_are_found_by_county() -> None:
    known = load_schemes()
    assert {one.office for one in known.dates} <= {office.name for office in known.offices}
    assert [office.name for office in known.list_offices(("18",))] == ["Nordland"]
    assert [office.name for office in known.list_offices(("03", "30", "18"))] == ["Oslo og Viken", "Nordland"]
    assert known.list_offices(("46",)) == []
