"""Skolen over tid: one indicator of one school over the periods of its clock, its parts as small charts that
share an axis."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import streamlit as st

from apps import comparison, dialogue, explain_dialog, frame, school_choice, sentences
from apps.charts.dots import Dot, draw_series
from apps.charts.theme import Chart, theme_of
from apps.reader import Rows, as_rows
from apps.view import View
from apps.words import Words
from innenfra.contracts.vocabulary import VALUE_MARKS

CLOCKS = ("partnership_year", "school_year", "loop", "year_block", "budget_year")
MOST_CHARTS = 8
Series = dict[tuple[str, str], Rows]


def render(view: View) -> None:
    """The sentence is of the indicator's first part, in its newest period."""
    words, reader = view.words, view.reader
    choices = frame.Choices(view)
    school = school_choice.choose_school(choices)
    if school is None:
        return
    cards = {card["indicator_id"]: card for card in as_rows(reader.list_indicators())}
    families = list(dict.fromkeys(card["family"] for card in cards.values()))
    family = choices.select(
        "familie", words("school.family"), families, lambda f: words(f"family.{f}"), "agreement"
    )
    there = reader.list_clocks(school["school_id"])
    clock = choices.select(
        "klokke",
        words("school.clock"),
        [c for c in CLOCKS if c in there] or CLOCKS[:1],
        lambda c: words(f"clock.{c}"),
    )
    values = as_rows(reader.list_values_over_time(school["school_id"], clock, family))
    early = reader.list_early_values(school["school_id"], clock, family)
    if not values and early:
        frame.answer(words("school.only_early"))
        _show_early(view, early, [], cards, "")
        return
    if not values:
        frame.answer(words("school.not_by_clock", clock=words(f"clock.{clock}").lower()))
        return
    offered = list(dict.fromkeys(row["indicator_id"] for row in values))
    told = {row["indicator_id"] for row in values if sentences.has_number(row)}
    indicator = choices.select(
        "indikator",
        words("compare.indicator"),
        offered,
        lambda i: cards[i][f"label_{view.language}"],
        next((i for i in offered if i in told), offered[0]),
    )
    series = read_series([row for row in values if row["indicator_id"] == indicator])
    name = cards[indicator][f"label_{view.language}"]
    first = next(iter(series.values()))
    sentence = answer_page(name, first, words)
    frame.answer(
        sentence, say_amendments(reader.list_agreements(school["school_id"]).to_dict("records"), words)
    )
    _show_early(view, early, values, cards, indicator)
    charts = _show_series(view, series, indicator, name)
    missing = [cards[i][f"label_{view.language}"] for i in offered if i not in told and i != indicator]
    frame.say_missing(view, missing)
    coded = reader.list_codings(clock).get(
        (school["school_id"], str(first[-1]["partnership_id"]), indicator, first[-1]["period"])
    )
    if coded:
        frame.say_careful(f"{words('coding')}: {coded.said(view.language)}")
    _show_numbers(view, choices, series, indicator, name, charts, sentence)


def read_series(rows: Rows) -> Series:
    """The values of each part and partnership, in the order of their periods."""
    found: Series = {}
    for row in rows:
        found.setdefault((row["slice"], str(row["partnership_id"])), []).append(row)
    whole_first = sorted(found.items(), key=lambda one: one[0][0] != "{}")
    return dict(whole_first)


def answer_page(name: str, rows: Rows, words: Words) -> str:
    """The newest value, and what may be said of it and the one before."""
    show = partial(sentences.shown, t=words)
    newest = f"{sentences.period(rows[-1], words)}: {sentences.headline(rows[-1], words, show)}"
    if len(rows) < 2:
        return words("school.answer", name=name, newest=newest.rstrip("."), change="").strip()
    verdict = sentences.judge(rows[-2], rows[-1])
    change = sentences.said(verdict, rows[-2], rows[-1], words, show)
    if verdict.kind == "counted":
        return words("school.counted", name=name, period=sentences.period(rows[-1], words), change=change)
    return words("school.answer", name=name, newest=newest.rstrip("."), change=change).strip()


def say_amendments(versions: list[dict[str, Any]], words: Words) -> str:
    """When the agreement was changed, and why."""
    return "  \n".join(
        words(
            "school.amended",
            version=version["version_no"],
            year=version["from_partnership_year"],
            reason=words(f"change.{version['change_reason']}"),
        )
        for version in versions
        if version["is_amendment"]
    )


def tell_early(early: Rows, released: Rows, labels: list[str], words: Words) -> list[list[str]]:
    """What a school sees of its own ahead of a release, beside what the release tells: part, period, both."""
    told = {_key(row): sentences.valued(row, words) for row in released}
    return [
        [
            dialogue.plain(label),
            str(row["period"]),
            f"{sentences.valued(row, words)} ({VALUE_MARKS.labels[row['mark']][words('code')]})",
            told.get(_key(row), words("school.not_in_release")),
        ]
        for row, label in zip(early, labels, strict=True)
    ]


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    about = ("partnership_id", "indicator_id", "period_type", "period", "slice")
    return tuple(str(row[name]) for name in about)


def _show_early(view: View, early: Rows, released: Rows, cards: dict[str, Any], indicator: str) -> None:
    """The school's new numbers of the indicator, and which others have new ones."""
    if not early:
        return
    words, language = view.words, view.language
    rows = [row for row in early if not indicator or row["indicator_id"] == indicator]
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), language)
    names = [
        labelled.of(row["indicator_id"], json.loads(row["slice"]))
        or cards[row["indicator_id"]][f"label_{language}"]
        for row in rows
    ]
    others = dict.fromkeys(
        cards[row["indicator_id"]][f"label_{language}"] for row in early if row not in rows
    )
    with st.container(border=True, key="early"):
        if rows:
            st.markdown(dialogue.plain(words("school.early")))
            columns = [
                words(name) for name in ("school.part", "period", "school.new_value", "school.in_release")
            ]
            frame.draw_table(columns, tell_early(rows, released, names, words))
        if others:
            frame.say_careful(dialogue.plain(words("school.early_more", names=", ".join(others))))


def _show_series(view: View, series: Series, indicator: str, name: str) -> list[Chart]:
    words, theme = view.words, theme_of(view.dark)
    axes = {
        unit: comparison.make_axis(
            [row for rows in series.values() for row in rows if row["unit"] == unit], words
        )
        for unit in {row["unit"] for rows in series.values() for row in rows}
    }
    labels = _labels(view, series, indicator, name)
    charts: list[Chart] = []
    columns = st.columns(2 if len(series) > 1 else 1, gap="large")
    for (key, rows), label in list(zip(series.items(), labels, strict=True))[:MOST_CHARTS]:
        dots = [_make_dot(row, words) for row in rows]
        breaks = [str(row["period"]) for row in rows if row["break_before"]]
        chart = draw_series(
            dots, breaks, axes[rows[-1]["unit"]], label, (words("period"), words("value")), theme
        )
        with columns[len(charts) % len(columns)]:
            st.markdown(f"**{dialogue.plain(label)}**")
            frame.show_chart(chart, key=f"series:{key}")
            for period in breaks[-1:]:
                frame.say_careful(words("school.break", year=period))
        charts.append(chart)
    if len(series) > MOST_CHARTS:
        frame.say_careful(words("school.more", n=len(series) - MOST_CHARTS))
    return charts


def _make_dot(row: dict[str, Any], words: Words) -> Dot:
    return comparison.make_dot(row, str(row["period"]), words)


def _labels(view: View, series: Series, indicator: str, name: str) -> list[str]:
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), view.language)
    several = len({partnership for _, partnership in series}) > 1
    return [
        (labelled.of(indicator, json.loads(cut)) or name) + (f" · {partnership}" if several else "")
        for cut, partnership in series
    ]


def _show_numbers(
    view: View,
    choices: frame.Choices,
    series: Series,
    indicator: str,
    name: str,
    charts: list[Chart],
    sentence: str,
) -> None:
    words, voices = view.words, view.reader.list_voices()
    columns = [words("school.part"), *(words(part) for part in ("period", "value", "change", "voice"))]
    labels = _labels(view, series, indicator, name)
    lines = [(row, label) for label, rows in zip(labels, series.values(), strict=True) for row in rows]
    table = [
        [
            dialogue.plain(label),
            str(row["period"]),
            sentences.valued(row, words),
            sentences.change_fairness(row, words),
            (
                dialogue.all_said(voices, row, words)
                if sentences.has_number(row) or view.scope.role == "school"
                else ""
            ),
        ]
        for row, label in lines
    ]
    frame.show_table(view, columns, table)
    named = [f"{label}, {sentences.period(row, words)}" for row, label in lines]
    explain_dialog.draw_button(st.container(), view, [row for row, _ in lines], named, name, "series")
    frame.offer_files(choices, sentence, columns, table, charts[0].spec if charts else None)
