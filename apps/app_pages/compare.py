"""Sammenlign: which schools may stand beside one another by one indicator, and whether they differ."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from apps import comparison, dialogue, explain_dialog, frame, sentences
from apps.charts.dots import FUNNEL_FROM, draw_dots, draw_funnel, draw_slope
from apps.charts.theme import MARKS, Chart, theme_of
from apps.reader import Rows, as_rows
from apps.school_choice import name_school
from apps.view import View

SEEN_AT_ONCE = 4
BANDS = ("10_19", "20_29", "30_plus")


def render(view: View) -> None:
    """One indicator on its own clock, schools in the order of their codes, never by the number."""
    words, reader, language = view.words, view.reader, view.language
    choices = frame.Choices(view)
    offered = set(reader.list_visible_indicators()) & set(reader.list_compared_indicators())
    catalogue = {
        card["indicator_id"]: card
        for card in as_rows(reader.list_indicators())
        if card["indicator_id"] in offered and card["comparability_class"] in ("K1", "K2")
    }
    if not catalogue:
        frame.answer(words("compare.nothing"))
        return
    default = "E3" if "E3" in catalogue else next(iter(catalogue))
    indicator = choices.select(
        "indikator",
        words("compare.indicator"),
        list(catalogue),
        lambda i: catalogue[i][f"label_{language}"],
        default,
    )
    card = catalogue[indicator]
    periods = reader.list_periods(indicator)
    clock = _choose_clock(choices, card, periods)
    period = _choose_period(choices, periods, clock)
    rows = _name_rows(as_rows(reader.compare_schools(indicator, clock, period)))
    cut = _choose_slice(choices, indicator, rows)
    rows = [row for row in rows if row["slice"] in (None, cut)]
    rows, refused, own = _keep_family(choices, card, rows)
    limits = as_rows(reader.list_limits_by_chance(indicator, clock, period))
    earlier = _find_earlier(periods, clock, period)
    views = ["skoler"]
    if len([r for r in rows if sentences.has_number(r)]) >= FUNNEL_FROM and limits:
        views.append("trakt")
    if earlier:
        views.append("perioder")
    shown = (
        choices.segments(
            "visning", words("compare.view"), views, lambda v: words(f"compare.view.{v}"), "skoler"
        )
        if len(views) > 1
        else "skoler"
    )
    label = card[f"label_{language}"]
    when = words(f"sentence.period.{clock}", period=period)
    sentence = comparison.answer_page(rows, label, words)
    frame.answer(sentence, words("compare.below", label=label, when=when))
    chart = _draw(view, shown, rows, limits, earlier, (indicator, clock, period, cut), f"{label}, {when}")
    left, right = st.columns([2, 1], gap="large")
    with left:
        frame.show_chart(chart)
        frame.say_careful(_be_careful(rows, card, view))
    with right:
        _say_pairs(rows, view)
        _say_refused([*refused, *(r for r in rows if not comparison.are_comparable(r))], view)
        _say_voices(rows, view)
    _show_numbers(view, choices, rows, chart, own, (indicator, clock, period), sentence)


def _choose_clock(choices: frame.Choices, card: dict[str, Any], periods: Rows) -> str:
    words = choices.view.words
    there = [
        clock for clock in comparison.CLOCKS if any(clock == row["period_type"] for row in periods)
    ] or list(dict.fromkeys(row["period_type"] for row in periods))
    return choices.further(
        "klokke",
        words("school.clock"),
        there,
        lambda c: words(f"clock.{c}"),
        comparison.find_clock(card["family"], periods),
    )


def _choose_period(choices: frame.Choices, periods: Rows, clock: str) -> str:
    words = choices.view.words
    of_clock = [str(row["period"]) for row in periods if row["period_type"] == clock]
    newest = comparison.find_period(periods, clock)
    if len(of_clock) <= SEEN_AT_ONCE:
        return choices.segments("periode", words("period"), of_clock, default=newest)
    return choices.select(
        "periode",
        words("period"),
        of_clock[::-1],
        lambda p: sentences.period({"period_type": clock, "period": p}, words),
        newest,
    )


def _choose_slice(choices: frame.Choices, indicator: str, rows: Rows) -> str | None:
    words, view = choices.view.words, choices.view
    slices = list(dict.fromkeys(row["slice"] for row in rows if row["slice"] is not None))
    if len(slices) < 2:
        return slices[0] if slices else None
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), view.language)
    return choices.select(
        f"utsnitt_{indicator}",
        words("compare.slice"),
        slices,
        lambda s: labelled.of(indicator, json.loads(s)),
        next((s for s in slices if s == "{}"), slices[0]),
    )


def _keep_family(choices: frame.Choices, card: dict[str, Any], rows: Rows) -> tuple[Rows, Rows, str]:
    """The rows that stand beside one another, those that are refused since their form, template or codebook
    is another, and the school that is held against the rest (empty for none)."""
    words = choices.view.words
    by_school = {row["school_id"]: row["school"] for row in rows}
    if card["comparability_class"] != "K2":
        own = choices.further(
            "egen",
            words("compare.own"),
            ["", *by_school],
            lambda s: by_school.get(s, words("compare.no_own")),
            "",
        )
        return rows, [], own
    told = [row for row in rows if sentences.has_number(row)]
    if not told:
        return rows, [], ""
    sizes = {
        f: sum(r["comparison_family"] == f for r in told) for f in {r["comparison_family"] for r in told}
    }
    widest = max(sizes, key=lambda f: (sizes[f], str(f)))
    first = next(row["school_id"] for row in told if row["comparison_family"] == widest)
    own = choices.further(
        "egen",
        words("compare.own"),
        list(dict.fromkeys(r["school_id"] for r in told)),
        lambda s: by_school[s],
        first,
    )
    family = next(row["comparison_family"] for row in told if row["school_id"] == own)
    refused = [
        {**row, "comparability": "not_comparable", "comparability_reason": "other_family"}
        for row in told
        if row["comparison_family"] != family
    ]
    names = {row["school_id"] for row in refused}
    return [row for row in rows if row["school_id"] not in names], refused, own


def _name_rows(rows: Rows) -> Rows:
    return [{**row, "school": name_school(row)} for row in rows]


def _find_earlier(periods: Rows, clock: str, period: str) -> str | None:
    of_clock = [str(row["period"]) for row in periods if row["period_type"] == clock]
    at = of_clock.index(period)
    return of_clock[at - 1] if at else None


def _draw(
    view: View,
    shown: str,
    rows: Rows,
    limits: Rows,
    earlier: str | None,
    asked: tuple[str, str, str, str | None],
    title: str,
) -> Chart:
    words, theme = view.words, theme_of(view.dark)
    axis = comparison.make_axis(rows, words)
    indicator, clock, period, cut = asked
    if shown == "perioder" and earlier is not None:
        then = {
            row["school_id"]: row
            for row in _name_rows(as_rows(view.reader.compare_schools(indicator, clock, earlier)))
            if row["slice"] in (None, cut)
        }
        pairs = [
            (
                comparison.make_dot(then[row["school_id"]], row["school"], words),
                comparison.make_dot(row, row["school"], words),
            )
            for row in rows
            if row["school_id"] in then
        ]
        named = [sentences.period({"period_type": clock, "period": one}, words) for one in (earlier, period)]
        return draw_slope(pairs, (named[0], named[1]), axis, title, words("school"), theme)
    if shown == "trakt":
        units = [(comparison.make_dot(row, row["school"], words), str(row["n_band"] or "")) for row in rows]
        region = [
            {
                "band": one["n_band"],
                "label": words(f"band.{one['n_band']}"),
                "low": one["low_95"],
                "high": one["high_95"],
            }
            for one in limits
        ]
        return draw_funnel(
            units, region, axis, title, (words("school"), words("value"), words("compare.answers")), theme
        )
    dots = [comparison.make_dot(row, row["school"], words) for row in rows]
    return draw_dots(dots, axis, title, (words("school"), words("value")), theme)


def _be_careful(rows: Rows, card: dict[str, Any], view: View) -> str:
    """Only what applies to what is seen."""
    words = view.words
    parts = [card[f"caveat_{view.language}"]]
    if any(row["bound"] != "=" and sentences.has_number(row) for row in rows):
        parts.append(words("compare.bounds"))
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["comparability"] == "with_care" and row["comparability_reason"] != "same_family_only":
            reasons.setdefault(sentences.fairness(row, words), []).append(row["school"].split()[0])
    parts += [f"{why} ({', '.join(schools)})." for why, schools in reasons.items()]
    return dialogue.plain(" ".join(filter(None, parts)))


def _say_pairs(rows: Rows, view: View) -> None:
    pairs = comparison.find_pairs(rows)
    if pairs:
        st.header(view.words("compare.pairs"), anchor=False)
        for pair in pairs[: comparison.MOST_PAIRS]:
            st.markdown(dialogue.plain(comparison.say_pair(pair, view.words)))
        if len(pairs) > comparison.MOST_PAIRS:
            st.markdown(f":gray[{view.words('compare.more_pairs', n=len(pairs) - comparison.MOST_PAIRS)}]")


def _say_refused(rows: Rows, view: View) -> None:
    if not rows:
        return
    st.header(view.words("compare.refused"), anchor=False)
    lines = [
        f"{MARKS.get(str(row['status']), '')} **{dialogue.plain(row['school'])}**"
        f" {dialogue.plain(comparison.say_refusal(row, view.words))}"
        for row in {row["school_id"]: row for row in rows}.values()
    ]
    st.markdown("  \n".join(lines))


def _say_voices(rows: Rows, view: View) -> None:
    words, voices = view.words, view.reader.list_voices()
    said = {
        row["school"]: heard
        for row in rows
        if sentences.has_number(row) and (heard := dialogue.all_said(voices, row, words))
    }
    if not said:
        return
    st.header(words("compare.voices"), anchor=False)
    by_text: dict[str, list[str]] = {}
    for school, heard in said.items():
        by_text.setdefault(heard, []).append(school.split()[0])
    st.markdown("  \n".join(f"**{', '.join(schools)}** {text}" for text, schools in by_text.items()))


def _show_numbers(
    view: View,
    choices: frame.Choices,
    rows: Rows,
    chart: Chart,
    own: str,
    asked: tuple[str, str, str],
    sentence: str,
) -> None:
    words = view.words
    columns, table = [words("school"), words("value"), words("fairness")], []
    against = _hold_against(view, rows, own, asked) if own else {}
    coded = view.reader.list_codings(asked[1])
    for row in rows:
        by = coded.get((row["school_id"], row["partnership_id"], asked[0], asked[2]))
        table.append(
            [
                dialogue.plain(row["school"]),
                sentences.valued(row, words),
                sentences.fairness(row, words),
                *([against[row["school_id"]]] if own else []),
                by.said(view.language) if by else "",
            ]
        )
    if own:
        name = next(row["school"] for row in rows if row["school_id"] == own)
        columns.append(words("compare.against", school=name.split()[0]))
    columns.append(words("coding"))
    if not any(line[-1] for line in table):
        columns, table = columns[:-1], [line[:-1] for line in table]
    frame.show_table(view, columns, table)
    told = [row for row in rows if row["partnership_id"]]
    if told:
        explain_dialog.draw_button(
            st.container(), view, told, [row["school"] for row in told], sentence, "compare"
        )
    frame.offer_files(choices, sentence, columns, table, chart.spec)


def _hold_against(view: View, rows: Rows, own: str, asked: tuple[str, str, str]) -> dict[str, str]:
    """The verdict on each school and the one that is held against the rest."""
    words = view.words
    side = next((row["partnership_id"] for row in rows if row["school_id"] == own), None)
    pairs = {
        (pair["other_school_id"], pair["other_partnership_id"], pair["slice"]): pair
        for pair in as_rows(view.reader.list_pairs(own, *asked))
        if pair["partnership_id"] == side
    }
    no_number = {"comparability": "not_comparable", "comparability_reason": "no_number"}
    return {
        row["school_id"]: (
            words("compare.itself")
            if row["school_id"] == own
            else sentences.fairness(
                pairs.get((row["school_id"], row["partnership_id"], row["slice"]), no_number), words
            )
        )
        for row in rows
    }
