"""What school owners read: sentences and tables from rows."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from apps import owner
from apps.charts.loops import Cell, draw_loops
from apps.charts.theme import LIGHT
from apps.words import translator
from innenfra.schemes import load_schemes

WORDS = translator("nb")
NAMES = {"1": "S01 Holmen", "2": "S02 Bodin", "3": "S03 Åsgrenda"}


def value(school: str | None, top: float | None, bottom: float | None, **more: Any) -> dict[str, Any]:
    return {
        "school_id": school,
        "indicator_id": "A1",
        "period": "2024/25",
        "period_type": "school_year",
        "slice": json.dumps(more.pop("cut", {})),
        "numerator": top,
        "denominator": bottom,
        "numerator_high": None,
        "value": top / bottom if top is not None and bottom else None,
        "value_high": None,
        "value_below": None,
        "unit": "share",
        "status": "observed",
        "status_reason": None,
        "bound": "=",
        "n_respondents": None,
        "coverage_observed": None,
        "coverage_expected": None,
        "partnership_id": "P1",
        **more,
    }


@pytest.mark.parametrize(
    ("row", "track"),
    [
        (value("1", 2, 2), "kept"),
        (value("1", 3, 2), "kept"),
        (value("1", 1, 2), "behind"),
        (value("1", 0, 2, status="stated_zero"), "behind"),
        # a year that goes on is not behind, and one that is done already is done
        (value("1", 1, 2, status="provisional"), "open"),
        (value("1", 2, 2, status="provisional"), "kept"),
        (value("1", None, None, status="not_collected"), "unknown"),
    ],
)
def test_whether_an_agreement_is_kept(row: dict[str, Any], track: str) -> None:
    assert owner.judge_track(row) == track


def test_the_answer_names_who_lacks_what() -> None:
    rows = [value("1", 2, 2), value("2", 1, 2), value("3", None, None, status="not_collected")]
    said = owner.answer_status(owner.read_loops(rows, NAMES, WORDS), "2024/25", NAMES, WORDS)
    assert (
        said
        == "1 av 3 skoler har gjennomført det avtalen sier i 2024/25; S02 Bodin har gjennomført færre sløyfer"
        " enn avtalt; for S03 Åsgrenda er det ikke kjent."
    )


def test_fewer_than_three_schools_are_told_one_by_one_and_never_counted() -> None:
    two = {"1": NAMES["1"], "2": NAMES["2"]}
    said = owner.answer_status(owner.read_loops([value("1", 2, 2)], two, WORDS), "2024/25", two, WORDS)
    assert said == "Sløyfer gjennomført av avtalte i 2024/25: S01 Holmen 2/2; S02 Bodin ikke samlet inn"
    assert "av 2 skoler" not in said


def test_a_school_with_two_agreements_is_what_lacks_most() -> None:
    rows = [value("1", 2, 2), value("1", 0, 1, partnership_id="P2"), value("2", 1, 1), value("3", 1, 1)]
    said = owner.answer_status(owner.read_loops(rows, NAMES, WORDS), "2024/25", NAMES, WORDS)
    assert said.startswith("2 av 3 skoler")


def test_a_sum_is_told_in_two_readings_where_they_differ() -> None:
    then = value(None, 3, 4, cut={"structure": "as_it_was"}, coverage_observed=4, coverage_expected=5)
    today = value(None, 5, 6, cut={"structure": "today"}, coverage_observed=6, coverage_expected=6)
    assert (
        owner.say_sum([then, today], "A1", {}, "2024/25", WORDS)
        == "3/4 med skolene slik det var; 5/6 med skolene slik det er i dag (bygger på 4 av 5 skoler)"
    )
    same = {**today, "numerator": 3, "denominator": 4}
    assert owner.say_sum([then, same], "A1", {}, "2024/25", WORDS) == "3/4 (bygger på 4 av 5 skoler)"
    assert owner.say_sum([], "A1", {}, "2024/25", WORDS) == ""


def promise(school: str, own: str | None, other: str | None) -> dict[str, Any]:
    return {
        "school_year": "2024/25",
        "school_id": school,
        "commitment_type": "funding",
        "owner_says": own,
        "others_say": other,
    }


def test_the_owners_own_promises_say_what_it_has_not_assessed() -> None:
    rows = [promise("1", None, "kept"), promise("2", "kept", "partly"), promise("3", "kept", "kept")]
    found = owner.read_promises(rows, "2024/25", WORDS, str)
    assert [(p.owner_says, p.others_say) for p in found] == [
        ("kept (2), ikke vurdert (1)", "kept (2), partly (1)")
    ]
    assert (
        owner.say_unfinished(found, WORDS)
        == "Vi har ikke vurdert 1 av 3 egne forpliktelser ennå. Om 1 sier de andre noe annet enn vi. Snakk"
        " med dem om det."
    )
    done = owner.read_promises([promise("1", "kept", "kept")], "2024/25", WORDS, str)
    assert (done[0].owner_says, owner.say_unfinished(done, WORDS)) == ("kept", "")


def grant(
    by: str, granted: int | None, year: int = 2023, scheme: str = "dekomp_2021", **more: Any
) -> dict[str, Any]:
    empty = dict.fromkeys((*owner.OWN_SHARE, "needs_year_1", "needs_year_2", "needs_year_3"))
    return {
        **empty,
        "owner_id": "9",
        "budget_year": year,
        "scheme_code": scheme,
        "partnership_id": "P1",
        "reported_by": by,
        "granted": None if granted is None else Decimal(granted),
        "decided_on": dt.date(year, 5, 2),
        **more,
    }


def test_money_says_where_owner_and_institution_differ_and_never_adds_schemes() -> None:
    schemes = load_schemes()
    money = owner.read_money(
        [
            grant("school_owner", 600_000, own_share_time=Decimal(100_000)),
            grant("institution", 550_000),
            grant("institution", 400_000, 2026, "kollektiv_2026"),
        ],
        schemes,
    )
    assert [(m.year, m.scheme, m.granted, m.required.amount, m.delivered, m.differing) for m in money] == [
        (2023, "dekomp_2021", 600_000, 180_000, 100_000, ("granted",)),
        (2026, "kollektiv_2026", 400_000, None, None, ()),
    ]
    first, second = owner.table_of_money(money, schemes, WORDS)
    assert first[2:] == (
        "600\u00a0000",
        "180\u00a0000",
        "100\u00a0000 (så langt det er oppgitt)",
        "Tildelt (kr)",
    )
    assert second[3:] == ("ikke kjent: vi har ikke funnet noen regel", "ikke kjent", "–")


def test_nothing_told_is_not_nought() -> None:
    one = owner.read_money([grant("school_owner", None)], load_schemes())[0]
    assert (one.granted, one.delivered, one.required.reason) == (None, None, "grant_not_known")
    nought = owner.read_money([grant("school_owner", 0, own_share_money=Decimal(0))], load_schemes())[0]
    assert (nought.granted, nought.delivered, nought.required.amount) == (0, 0, 0)


def test_squares_are_loops() -> None:
    cells = [
        Cell("S01 Holmen", "2023/24", 1, 2, "1/2"),
        Cell("S02 Bodin", "2024/25", None, None, "Ikke samlet inn."),
    ]
    chart = draw_loops(cells, ["2023/24", "2024/25"], LIGHT, WORDS)
    filled, hollow = (chart.spec["layer"][at]["data"]["values"] for at in (0, 1))
    assert (len(filled), len(hollow)) == (1, 1)
    assert "S01 Holmen 2023/24: 1/2" in chart.alternative
    assert chart.rows[1] == ("S02 Bodin", "2024/25", "Ikke samlet inn.")


def test_providers_are_described_in_the_order_of_their_codes() -> None:
    rows = [
        {
            "school_year": "2024/25",
            "institution_id": "UH2",
            "institution_name": "B",
            "loops_n": 9,
            "of_loops_n": 10,
        },
        {
            "school_year": "2024/25",
            "institution_id": "UH1",
            "institution_name": "A",
            "loops_n": 2,
            "of_loops_n": 10,
        },
    ]
    assert "A 2 av 10 og B 9 av 10" in owner.say_providers(rows, "2024/25", WORDS)
    assert owner.say_providers(rows, "2023/24", WORDS) == ""
