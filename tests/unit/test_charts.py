"""Charts say what is known as it is known, and say the same in words."""

from __future__ import annotations

from typing import Any

import pytest
import vl_convert

from apps.charts.distribution import Answer, Bar, draw_distribution
from apps.charts.dots import (
    FUNNEL_FROM,
    LANE,
    Axis,
    Dot,
    draw_dots,
    draw_funnel,
    draw_series,
    draw_slope,
)
from apps.charts.theme import DARK, LIGHT, MARKS, Chart, Theme, theme_of
from apps.words import translator
from innenfra.contracts.vocabulary import SHOWN_STATUSES, STATUSES

WORDS = translator("nb")
SHARE = Axis("")
NOW = Bar(
    "sløyfe 9",
    22,
    (Answer("nei", None), Answer("delvis", None), Answer("ja", 15 / 22, 15)),
)
THEN = Bar("sløyfe 8", 24, (Answer("nei", 7 / 24, 7), Answer("delvis", 9 / 24, 9), Answer("ja", 8 / 24, 8)))


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return layer["data"]["values"]  # type: ignore[no-any-return]


def written(chart: Chart) -> str:
    """The text of the chart as it is drawn."""
    return str(vl_convert.vegalite_to_svg({**chart.spec, "width": 700}))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_written_can_be_read(theme: Theme) -> None:
    for ink, ground in zip(theme.ink, theme.answers, strict=True):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ground in (*theme.pale, theme.band):
        assert contrast(theme.strong, ground) >= 4.5, ground
    for colour in (theme.text, theme.mark, theme.edge):
        assert contrast(colour, theme.ground) >= 4.5, colour


def test_the_theme_follows_the_background() -> None:
    assert theme_of(True) is DARK
    assert theme_of(False) is LIGHT


def test_every_state_without_a_number_has_a_mark() -> None:
    assert {*MARKS, *SHOWN_STATUSES} == set(STATUSES.codes)


def test_answers_that_few_chose_are_one_field_with_their_names() -> None:
    chart = draw_distribution("Ble loggen brukt?", [NOW, THEN], LIGHT, WORDS)
    solid, dashed = marks(chart, "bar")
    assert [row["short"] for row in rows(dashed)] == ["7"]
    assert rows(dashed)[0]["long"] == "nei eller delvis · 7"
    assert dashed["mark"]["strokeDash"]
    assert [row["short"] for row in rows(solid)] == ["15", "7", "9", "8"]
    for bar in ("sløyfe 9 · 22 svar", "sløyfe 8 · 24 svar"):
        parts = [row for row in rows(marks(chart, "text")[0]) if row["bar"] == bar]
        assert parts[0]["start"] == 0
        assert parts[-1]["end"] == pytest.approx(1)
        assert [one["end"] for one in parts[:-1]] == [one["start"] for one in parts[1:]]


def test_a_distribution_says_itself_in_words() -> None:
    chart = draw_distribution("Ble loggen brukt?", [NOW, THEN], LIGHT, WORDS)
    assert chart.alternative == (
        "Ble loggen brukt? sløyfe 9: nei eller delvis 7 av 22, ja 15 av 22;"
        " sløyfe 8: nei 7 av 24, delvis 9 av 24, ja 8 av 24."
    )
    assert ("sløyfe 9", "nei eller delvis", "7 av 22") in chart.rows
    assert chart.table["Svar"][0] == "nei eller delvis"


def test_people_are_not_counted_where_how_many_answered_is_not_told() -> None:
    outside = Bar("sløyfe 9", None, (Answer("nei", None), Answer("ja", 0.7)))
    chart = draw_distribution("Spørsmål?", [outside], DARK, WORDS)
    assert chart.alternative == "Spørsmål? sløyfe 9: nei 30\u00a0%, ja 70\u00a0%."


def test_what_is_no_number_stands_in_the_lane_and_never_on_the_axis() -> None:
    states = [Dot(f"S{at:02} skole", WORDS(f"state.{state}"), state=state) for at, state in enumerate(MARKS)]
    known = [
        Dot("S20 null", "0/4", value=0.0),
        Dot("S21 nær alle", "≥ 80 %", low=0.8, high=1.0),
        Dot("S22 med intervall", "22/28", value=22 / 28, interval=(0.6, 0.9), chance=(0.5, 0.8)),
        Dot("S23 foreløpig", "1/2, foreløpig", value=0.5, is_provisional=True),
    ]
    chart = draw_dots([*states, *known], SHARE, "Loggdeltakelse", ("Skole", "Tallet"), LIGHT)
    (points,) = marks(chart, "point")
    assert [row["name"] for row in rows(points)] == ["S20 null", "S22 med intervall", "S23 foreløpig"]
    assert rows(points)[0]["value"] == 0.0
    chance, interval, ends = marks(chart, "bar")
    assert [row["name"] for row in rows(ends)] == ["S21 nær alle"]
    assert ends["mark"]["filled"] is False
    assert [row["name"] for row in rows(interval)] == ["S22 med intervall"]
    assert [row["name"] for row in rows(chance)] == ["S22 med intervall"]
    lane = [one for one in marks(chart, "text") if one["encoding"]["x"].get("datum") == LANE]
    said = {row["text"] for one in lane for row in rows(one) if not row["number"]}
    assert said == {dot.marked for dot in states}
    assert all(text[0] in MARKS.values() for text in said)
    drawn = written(chart)
    for dot in (*states, *known):
        assert dot.text.split("(")[0].rstrip(". ") in drawn
        assert f"{dot.name}: {dot.marked}" in chart.alternative


def test_a_funnel_waits_for_eight_schools() -> None:
    limits = [
        {"band": "10_19", "label": "10–19", "low": 0.4, "high": 0.9},
        {"band": "20_29", "label": "20–29", "low": 0.5, "high": 0.85},
    ]
    units = [(Dot(f"S{at:02} skole", "70–79 %", low=0.7, high=0.8), "10_19") for at in range(FUNNEL_FROM)]
    hidden = (Dot("S99 skole", "Skjermet", state="suppressed"), "")
    columns = ("Skole", "Tallet", "Svar")
    with pytest.raises(ValueError, match="at least 8"):
        draw_funnel([*units[1:], hidden], limits, SHARE, "Trakt", columns, LIGHT)
    chart = draw_funnel([*units, hidden], limits, SHARE, "Trakt", columns, LIGHT)
    region, ends = marks(chart, "bar")
    assert [row["low"] for row in rows(region)] == [0.4, 0.5]
    assert len(rows(ends)) == FUNNEL_FROM
    assert ("S99 skole", "▣ Skjermet", "") in chart.rows
    assert "S00" in written(chart)


def test_a_slope_joins_exact_numbers_only_and_no_label_lies_over_another() -> None:
    pairs = [
        (Dot("S01 a", "2/4", value=0.5), Dot("S01 a", "3/4", value=0.75)),
        (Dot("S02 b", "2/4", value=0.5), Dot("S02 b", "4/4", value=1.0)),
        (Dot("S03 c", "≥ 80 %", low=0.8, high=1.0), Dot("S03 c", "3/4", value=0.75)),
        (Dot("S04 d", "Skjermet", state="suppressed"), Dot("S04 d", "1/4", value=0.25)),
    ]
    chart = draw_slope(pairs, ("2023/24", "2024/25"), SHARE, "C1", "Skole", LIGHT)
    (lines,) = marks(chart, "line")
    assert {row["unit"] for row in rows(lines)} == {"S01 a", "S02 b"}
    left, right = (rows(one) for one in marks(chart, "text"))
    assert [row["label"] for row in left] == ["S01, S02 · 2/4"]
    assert {row["label"] for row in right} == {"S01, S03 · 3/4", "S02 · 4/4", "S04 · 1/4"}
    assert "S04 d: 2023/24 ▣ Skjermet, 2024/25 1/4" in chart.alternative
    assert written(chart)


def test_a_series_breaks_at_breaks_and_at_periods_without_a_number() -> None:
    points = [
        Dot("1", "1/4", value=0.25),
        Dot("2", "2/4", value=0.5),
        Dot("3", "Skjermet", state="suppressed"),
        Dot("4", "3/4", value=0.75),
        Dot("5", "4/4", value=1.0),
        Dot("6", "≥ 80 %", low=0.8, high=1.0),
    ]
    chart = draw_series(points, ["5"], SHARE, "A1", ("Periode", "Tallet"), LIGHT)
    (line,) = marks(chart, "line")
    pieces = {row["period"]: row["piece"] for row in rows(line)}
    assert pieces["1"] == pieces["2"]
    assert len({pieces["2"], pieces["4"], pieces["5"]}) == 3
    assert [row["period"] for row in rows(marks(chart, "rule")[0])] == ["5"]
    (states,) = marks(chart, "text")
    assert [(row["period"], row["mark"]) for row in rows(states)] == [("3", "▣")]
    assert states["encoding"]["y"]["datum"] < 0
    assert chart.alternative == "A1: 1: 1/4; 2: 2/4; 3: ▣ Skjermet; 4: 3/4; 5: 4/4; 6: ≥ 80 %."
    assert written(chart)


def test_an_axis_of_things_counts_and_one_of_shares_is_in_per_cent() -> None:
    assert Axis("dager", 41.0, is_share=False).ticks == [0, 10, 20, 30, 40]
    assert Axis("", 1.0).ticks[-1] == 1.0
    chart = draw_dots(
        [Dot("S01 a", "15 dager", value=15)], Axis("dager", 15, is_share=False), "A5", ("a", "b"), LIGHT
    )
    assert "%" not in written(chart)
    assert "100 %" in written(draw_dots([Dot("S01 a", "1/1", value=1)], SHARE, "A", ("a", "b"), LIGHT))
