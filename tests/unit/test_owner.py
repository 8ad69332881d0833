"""What school owners read: sentences and tables from rows."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from apps import owner
from apps.charts.money import Bar, draw_own_share
from apps.charts.squares import draw_loops
from apps.charts.theme import LIGHT
from apps.words import translator
from innenfra.grants import OWN_SHARE, read_money, read_needs, sum_years
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
        == "Én av tre skoler er i rute med avtalen i 2024/25; S02 Bodin har gjennomført færre sløyfer enn"
        " avtalt; for S03 Åsgrenda er det ikke kjent."
    )


def test_a_year_that_goes_on_is_on_track_and_says_what_is_left() -> None:
    rows = [value("1", 2, 2), value("2", 1, 2, status="provisional"), value("3", 2, 2)]
    loops = owner.read_loops(rows, NAMES, WORDS)
    said = owner.answer_status(loops, "2024/25", NAMES, WORDS)
    assert said == "Tre av tre skoler er i rute med avtalen i 2024/25."
    left = owner.say_open(loops, "2024/25", NAMES, WORDS)
    assert left == "Én skole har sløyfer igjen; 2024/25 er ikke slutt."
    assert owner.say_open(loops[:1], "2024/25", NAMES, WORDS) == ""


def test_fewer_than_three_schools_are_told_one_by_one_and_never_counted() -> None:
    two = {"1": NAMES["1"], "2": NAMES["2"]}
    said = owner.answer_status(owner.read_loops([value("1", 2, 2)], two, WORDS), "2024/25", two, WORDS)
    assert said == "Sløyfer gjennomført av avtalte i 2024/25: S01 Holmen: 2/2; S02 Bodin: ikke samlet inn"
    assert "av 2 skoler" not in said


def test_a_school_with_two_agreements_is_what_lacks_most() -> None:
    rows = [value("1", 2, 2), value("1", 0, 1, partnership_id="P2"), value("2", 1, 1), value("3", 1, 1)]
    said = owner.answer_status(owner.read_loops(rows, NAMES, WORDS), "2024/25", NAMES, WORDS)
    assert said.startswith("To av tre skoler")


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


def test_coverage_is_of_the_open_sum_that_rests_on_most_whatever_it_counts() -> None:
    then = {"cut": {"structure": "as_it_was"}, "coverage_expected": 6}
    rows = [
        value(None, 3, 4, indicator_id="C1", coverage_observed=4, **then),
        value(None, 3, 4, indicator_id="I1", coverage_observed=5, **then),
        value(None, 3, 4, cut={"structure": "today"}, coverage_observed=9, coverage_expected=9),
        value("1", 3, 4, coverage_observed=9, coverage_expected=9),
    ]
    assert owner.say_coverage(rows, "2024/25") == (5, 6)
    assert owner.say_coverage(rows, "2023/24") is None


def test_a_closed_sum_is_told_from_one_that_is_not_there() -> None:
    closed = [{"indicator_id": "A1", "period": "2024/25", "slice": '{"structure": "today"}'}]
    assert owner.is_closed(closed, "A1", {}, "2024/25")
    assert not owner.is_closed(closed, "A1", {}, "2023/24")
    assert not owner.is_closed(closed, "C3", {"measure": "arenas"}, "2024/25")


def test_schemes_that_a_year_goes_over_are_named() -> None:
    schemes = load_schemes()
    assert owner.say_schemes(schemes, (), "2025/26", WORDS) == (
        "Skoleåret går over flere ordninger: Desentralisert ordning (2021–2025) og Tilskuddsordningen for"
        " kollektiv kompetanseutvikling."
    )
    one = owner.say_schemes(schemes, ("dekomp_2021", "dekomp_2021"), "2023/24", WORDS)
    assert one == "Ordning: Desentralisert ordning (2021–2025)."
    assert owner.say_schemes(schemes, (), "2009/10", WORDS) == ""


def need(school: str, kind: str, text: str | None) -> dict[str, Any]:
    return {"school_year": "2024/25", "school_id": school, "need_type": kind, "text": text}


def test_needs_are_counted_by_schools_and_told_in_their_words() -> None:
    rows = [
        need("1", "team_time", "Tid."),
        need("2", "substitute_cover", None),
        need("3", "substitute_cover", "Vikar."),
        # a school in two partnerships says it twice and is one school
        need("3", "substitute_cover", None),
        need("9", "substitute_cover", "En annens."),
    ]
    found = read_needs(rows, "2024/25", NAMES)
    assert [(n.kind, n.schools_n, n.words) for n in found] == [
        ("substitute_cover", 2, (("S03 Åsgrenda", "Vikar."),)),
        ("team_time", 1, (("S01 Holmen", "Tid."),)),
    ]
    assert owner.say_need(found[0], NAMES, "vikarordning", WORDS) == "To av tre ber om: vikarordning"
    # of fewer than three schools nothing is counted
    assert owner.say_need(found[0], {"3": "S03"}, "vikarordning", WORDS) == "Vikarordning"
    assert read_needs(rows, "2023/24", NAMES) == []


def promise(school: str, own: str | None, other: str | None) -> dict[str, Any]:
    return {
        "school_year": "2024/25",
        "school_id": school,
        "commitment_type": "funding",
        "owner_says": own,
        "others_say": other,
        "owner_is_party": True,
    }


def test_the_owners_own_promises_say_what_it_has_not_assessed() -> None:
    rows = [promise("1", None, "kept"), promise("2", "kept", "partly"), promise("3", "kept", "kept")]
    found = owner.read_promises(rows, "2024/25", WORDS, str)
    assert [(p.owner_says, p.others_say) for p in found] == [
        ("kept (2), ikke vurdert (1)", "kept (2), partly (1)")
    ]
    assert (
        owner.say_unfinished(found, WORDS)
        == "Vi har ikke vurdert 1 av 3 egne forpliktelser ennå. Om 1 av dem sier de andre noe annet enn vi."
        " Snakk med dem om det."
    )
    outside = owner.read_promises(
        [{**promise("1", None, "kept"), "owner_is_party": False}], "2024/25", WORDS, str
    )
    assert (outside[0].owner_says, owner.say_unfinished(outside, WORDS)) == ("vi er ikke part", "")
    done = owner.read_promises([promise("1", "kept", "kept")], "2024/25", WORDS, str)
    assert (done[0].owner_says, owner.say_unfinished(done, WORDS)) == ("kept", "")


def grant(
    by: str, granted: int | None, year: int = 2023, scheme: str = "dekomp_2021", **more: Any
) -> dict[str, Any]:
    empty = dict.fromkeys((*OWN_SHARE, "needs_year_1", "needs_year_2", "needs_year_3"))
    return {
        **empty,
        "owner_id": "9",
        "owner_name": "Nye Bodø",
        "owner_today": "9",
        "budget_year": year,
        "scheme_code": scheme,
        "partnership_id": "P1",
        "reported_by": by,
        "reported_by_id": "9" if by == "school_owner" else "UH1",
        "granted": None if granted is None else Decimal(granted),
        "decided_on": dt.date(year, 5, 2),
        **more,
    }


def test_money_says_where_owner_and_institution_differ_and_never_adds_schemes() -> None:
    schemes = load_schemes()
    money = read_money(
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
    assert owner.say_not_known(money, WORDS) == [
        "Krevd egenandel i 2026 er ikke kjent: vi har ikke funnet noen regel for ordningen."
    ]
    assert first[2:] == ("600\u00a0000", "180\u00a0000", "100\u00a0000 (så langt)")
    assert second[3:] == ("ikke kjent", "ikke kjent")


def test_each_difference_is_told_with_who_says_what() -> None:
    rows = [
        grant("institution", 550_000),
        grant("school_owner", 600_000),
        {**grant("institution", 600_000), "reported_by_id": "UH2"},
    ]
    money = read_money(rows, load_schemes())
    assert [one.differing for one in money] == [("granted",)]
    names = {"9": "Bodø", "UH1": "Nord", "UH2": "Vest"}
    assert owner.say_differences(rows, money, names, WORDS) == [
        "2023, Tildelt (kr): Bodø 600\u00a0000, Nord 550\u00a0000 og Vest 600\u00a0000."
    ]


def test_a_year_adds_partnerships_of_one_scheme_and_nothing_more() -> None:
    schemes = load_schemes()
    rows = [
        grant("school_owner", 600_000, own_share_time=Decimal(100_000)),
        {**grant("school_owner", 400_000, own_share_time=Decimal(50_000)), "partnership_id": "P2"},
        grant("school_owner", 100_000, scheme="dekomp_2017", own_share_time=Decimal(1_000)),
        grant("school_owner", 600_000, 2024, own_share_time=Decimal(100_000)),
        {**grant("school_owner", None, 2024), "partnership_id": "P2"},
    ]
    years = sum_years(read_money(rows, schemes), schemes)
    assert [(y.year, y.scheme, y.delivered, y.required.amount) for y in years] == [
        (2023, "dekomp_2017", 1_000, None),
        (2023, "dekomp_2021", 150_000, 300_000),
        # what is not known of one partnership is not known of all
        (2024, "dekomp_2021", None, None),
    ]


def test_grants_of_an_owner_that_was_followed_are_told_in_both_readings() -> None:
    schemes = load_schemes()
    former = {"owner_id": "7", "owner_name": "Gamle Skjerstad", "owner_today": "9"}
    rows = [
        grant("school_owner", 600_000, own_share_time=Decimal(100_000)),
        {**grant("school_owner", 200_000, own_share_time=Decimal(60_000)), **former, "reported_by_id": "7"},
    ]
    money = read_money(rows, schemes)
    (today,) = sum_years(money, schemes)
    assert (today.delivered, today.required.amount) == (160_000, 240_000)
    assert owner.say_followed(money, rows, "9", WORDS) == (
        "Tilskudd til Gamle Skjerstad er regnet med, siden dere har overtatt etter dem. Slik det var, fikk vi"
        " selv 2023: 600\u00a0000 kroner."
    )
    only = [one for one in rows if one["owner_id"] == "7"]
    assert owner.say_followed(read_money(only, schemes), only, "9", WORDS).startswith("Tilskuddene er Gamle")
    assert owner.say_followed(money[:1], rows[:1], "9", WORDS) == ""


@pytest.mark.parametrize(
    ("counties", "today", "said"),
    [
        ({"18"}, "2024-11-20", "**Frist:** 1. februar 2025 for å melde behov for 2025 til"),
        (
            {"03"},
            "2022-03-01",
            "**Frist:** 15. januar 2023 for å rapportere 2022 til statsforvalteren i Oslo",
        ),
        ({"18"}, "2025-02-01", "**Frist:** 1. februar 2025"),
        # the scheme has ended, and no source tells the days of the one that followed it
        ({"18"}, "2026-11-28", "Fristen er ikke kjent: vi har ikke funnet noen kilde for den"),
        ({"46"}, "2024-11-20", "Fristen er ikke kjent"),
        (set(), "1999-01-01", ""),
    ],
)
def test_the_next_deadline_is_told_or_said_not_to_be_known(counties: set[str], today: str, said: str) -> None:
    told = owner.say_deadline(load_schemes(), counties, dt.date.fromisoformat(today), WORDS)
    assert told.replace("\u00a0", " ").startswith(said)
    assert bool(told) == bool(said)


def test_own_share_is_a_bar_with_a_line_where_the_rule_is_known() -> None:
    bars = [Bar("2024", 185, 180, "185 av 180"), Bar("2026", 100, None, "100; kravet er ikke kjent")]
    chart = draw_own_share(bars, ("År", "Egenandel"), LIGHT, WORDS)
    drawn, lines, texts = (one["data"]["values"] for one in chart.spec["layer"])
    assert [one["at"] for one in drawn] == [185, 100]
    assert lines == [{"name": "2024", "at": 180}]
    assert len(texts) == 2
    assert "2026: 100; kravet er ikke kjent" in chart.alternative


def test_nothing_told_is_not_nought() -> None:
    one = read_money([grant("school_owner", None)], load_schemes())[0]
    assert (one.granted, one.delivered, one.required.reason) == (None, None, "grant_not_known")
    nought = read_money([grant("school_owner", 0, own_share_money=Decimal(0))], load_schemes())[0]
    assert (nought.granted, nought.delivered, nought.required.amount) == (0, 0, 0)


def agreement(school: str, first: str, last: str | None) -> dict[str, Any]:
    return {
        "school_id": school,
        "valid_from": dt.date.fromisoformat(first),
        "valid_to": dt.date.fromisoformat(last) if last else None,
    }


def test_a_school_without_an_agreement_in_a_year_is_not_counted_and_named() -> None:
    loops = owner.read_loops([value("1", 2, 2)], NAMES, WORDS)
    agreements = [
        agreement("2", "2019-08-01", None),
        # the last day of the year before
        agreement("3", "2019-08-01", "2024-07-31"),
    ]
    agreed = owner.find_agreed(agreements, loops, "2024/25", NAMES)
    assert set(agreed) == {"1", "2"}
    said = owner.say_no_agreement(NAMES, agreed, "2024/25", WORDS)
    assert said == "S03 Åsgrenda har ingen avtale i 2024/25."
    assert owner.say_no_agreement(NAMES, NAMES, "2024/25", WORDS) == ""
    assert "3" in owner.find_agreed(agreements, loops, "2023/24", NAMES)


def test_squares_are_loops_and_every_school_stands_in_every_year() -> None:
    rows = [
        value("1", 1, 2),
        value("2", None, None, status="awaiting_member_check"),
        value("3", 2, 2, period="2023/24"),
    ]
    years = ["2023/24", "2024/25"]
    loops = owner.read_loops(rows, NAMES, WORDS)
    cells = owner.list_cells(loops, years, NAMES, [agreement("3", "2020-08-01", None)], WORDS)
    assert [(cell.school[:3], cell.year, cell.text) for cell in cells] == [
        ("S01", "2023/24", "–"),
        ("S01", "2024/25", "1/2"),
        ("S02", "2023/24", "–"),
        ("S02", "2024/25", "◷"),
        ("S03", "2023/24", "2/2"),
        ("S03", "2024/25", "○"),
    ]
    said = owner.say_marks(cells, WORDS)
    assert said.endswith("– ingen avtale det året. ◷ venter på at skolen ser gjennom. ○ ikke samlet inn.")
    chart = draw_loops(cells, years, LIGHT, WORDS)
    squares = [one for one in chart.spec["layer"] if one["mark"]["type"] == "point"]
    counted = dict.fromkeys((True, False), 0)
    for one in squares:
        counted[one["mark"]["filled"]] += len(one["data"]["values"])
    assert counted == {True: 3, False: 1}
    assert "S01 Holmen 2024/25: 1/2" in chart.alternative
    assert chart.rows[3] == ("S02 Bodin", "2024/25", "Venter på at skolen ser gjennom.")


def test_what_all_sums_rest_on_is_said_once() -> None:
    assert owner.say_coverage_of_all(["bygger på 3 av 3 skoler"] * 2, WORDS) == (
        "Alle summene bygger på 3 av 3 skoler."
    )
    assert owner.say_coverage_of_all(["a", "b"], WORDS) == ""
    assert owner.say_coverage_of_all([], WORDS) == ""


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
    assert "A 2 av 10 (20 %) og B 9 av 10 (90 %)" in owner.say_providers(rows, "2024/25", WORDS)
    assert owner.say_providers(rows, "2023/24", WORDS) == ""
