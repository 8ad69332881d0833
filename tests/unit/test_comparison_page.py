"""Which schools may stand beside one another, and the one sentence that decides."""

from __future__ import annotations

from typing import Any

import pytest

from apps import comparison
from apps.words import translator
from innenfra.statistics.proportions import wilson

WORDS = translator("nb")


def value(school: str, x: float | None, n: float = 30, **other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "school": school,
        "school_id": school,
        "numerator": x,
        "denominator": n,
        "value": None if x is None else x / n,
        "value_high": None,
        "value_below": None,
        "unit": "share",
        "bound": "=",
        "status": "observed" if x is not None else "suppressed",
        "status_reason": None if x is not None else "few_people",
        "comparability": "comparable" if x is not None else "not_comparable",
        "comparability_reason": None if x is not None else "suppressed",
        "comparability_class": "K1",
        "comparison_family": None,
        "definition_version": 1,
        "n_respondents": n,
        "period_type": "school_year",
        "period": "2024/25",
        "interval_low": None,
        "interval_high": None,
    }
    if x is not None:
        around = wilson(x, n)
        row |= {"interval_low": around.low, "interval_high": around.high}
    return {**row, **other}


def counted(school: str, x: float, n: float) -> dict[str, Any]:
    return value(school, x, n, n_respondents=None, interval_low=None, interval_high=None)


def test_none_differs_where_chance_could_have_given_it() -> None:
    rows = [value("S01 a", 20), value("S02 b", 22), value("S03 c", None)]
    assert (
        comparison.answer_page(rows, "X", WORDS)
        == "To av tre skoler kan settes ved siden av hverandre. Ingen skiller seg mer enn tilfeldigheter gir."
    )


def test_schools_that_differ_are_named() -> None:
    pair = [value("S01 a", 28), value("S02 b", 8)]
    assert comparison.answer_page(pair, "X", WORDS).endswith(
        "S01 a og S02 b skiller seg mer enn tilfeldigheter gir."
    )
    (found,) = comparison.find_pairs(pair)
    assert comparison.say_pair(found, WORDS).startswith(
        "S01 a og S02 b: forskjellen er om lag 67 prosentpoeng"
    )
    one_apart = [value("S01 a", 28), value("S02 b", 27), value("S03 c", 5)]
    assert comparison.answer_page(one_apart, "X", WORDS).endswith(
        "Bare S03 c skiller seg ut: fra to andre mer enn tilfeldigheter gir."
    )
    several = [value("S01 a", 28), value("S02 b", 28), value("S03 c", 4), value("S04 d", 4)]
    assert comparison.answer_page(several, "X", WORDS).endswith(
        "Fire par skiller seg mer enn tilfeldigheter gir."
    )


def test_things_that_were_counted_are_no_matter_of_chance() -> None:
    rows = [counted("S01 a", 2, 2), counted("S02 b", 1, 2)]
    said = comparison.answer_page(rows, "X", WORDS)
    assert "tilfeldig" not in said
    assert said.endswith("Her er noe talt, ikke trukket ut: ulike tall er ulike.")
    same = [counted("S01 a", 2, 2), counted("S02 b", 2, 2)]
    assert comparison.answer_page(same, "X", WORDS).endswith("Alle har samme tall.")


def test_bounds_alone_are_never_called_the_same_number() -> None:
    bound = {
        "numerator": None,
        "denominator": None,
        "value": 0.8,
        "bound": ">=",
        "n_respondents": None,
        "interval_low": None,
        "interval_high": None,
    }
    rows = [value("S01 a", 27, **bound), value("S02 b", 28, **bound)]
    assert comparison.answer_page(rows, "X", WORDS).endswith(
        "Bare grensene er kjent, så ingen forskjell kan sies."
    )
    dot = comparison.make_dot(rows[0], "S01 a", WORDS)
    assert (dot.value, dot.low, dot.high) == (None, 0.8, 1.0)


def test_a_school_that_may_not_be_compared_says_why() -> None:
    hidden, unsure = (
        value("S01 a", None),
        value("S02 b", 20, comparability="not_comparable", comparability_reason="low_reliability"),
    )
    assert (
        comparison.answer_page([hidden, unsure], "X", WORDS)
        == "Ingen skoler kan settes ved siden av hverandre her: ingen av to har et tall som tåler det."
    )
    assert comparison.say_refusal(hidden, WORDS) == "Skjermet (færre enn fem personer)"
    assert comparison.say_refusal(unsure, WORDS) == "for lite av forskjellen mellom skolene er sikker"


@pytest.mark.parametrize(
    ("group", "clocks", "own"),
    [
        ("agreement", ("school_year", "partnership_year", "project"), "partnership_year"),
        ("ownership", ("loop", "partnership_year", "school_year"), "school_year"),
        ("ownership", ("loop", "partnership_year"), "partnership_year"),
        ("agreement", ("project",), "project"),
    ],
)
def test_each_indicator_goes_by_its_own_clock(group: str, clocks: tuple[str, ...], own: str) -> None:
    periods = [{"period_type": clock, "period": "1", "schools_n": 3} for clock in clocks]
    assert comparison.find_clock(group, periods) == own


def test_the_newest_period_with_something_to_say_comes_first() -> None:
    periods = [
        {"period_type": "loop", "period": str(at), "schools_n": n} for at, n in ((8, 4), (9, 3), (10, 1))
    ]
    assert comparison.find_period(periods, "loop") == "9"
    assert comparison.find_period(periods[2:], "loop") == "10"


def test_the_axis_is_per_cent_on_shares_and_the_unit_otherwise() -> None:
    assert comparison.make_axis([value("S01 a", 20)], WORDS).is_share
    days = comparison.make_axis([counted("S01 a", 1, 1) | {"unit": "days", "value": 15.0}], WORDS)
    assert (days.title, days.top, days.is_share) == ("dager", 15.0, False)
    assert comparison.make_axis([value("S01 a", None)], WORDS).top == 1.0
