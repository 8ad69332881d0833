"""Skolen over tid: one school, all indicators, by partnership year or school year."""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from apps import charts, dialogue, explain_dialog, sentences
from apps.frame import Choices, answer
from apps.view import View

CLOCKS = ("partnership_year", "school_year", "loop", "year_block", "budget_year")


def render(view: View) -> None:
    """The page."""
    t, reader, scope, lang = view.words, view.reader, view.scope, view.language
    choices = Choices(view)

    answer(t("school.title"))
    schools = reader.list_schools()
    labels = {r["school_id"]: f"{r['school_code']} {r['name']}" for r in schools.to_dict("records")}
    if not labels:
        st.info(t("school.none"))
        return
    school = choices.select("valgt", t("school"), list(labels), lambda s: labels[s])
    there = reader.list_clocks(school)
    clock = choices.select(
        "klokke",
        t("school.clock"),
        [c for c in CLOCKS if c in there] or CLOCKS[:1],
        lambda c: t(f"clock.{c}"),
    )
    if bool(schools[schools["school_id"] == school]["invited_only"].iloc[0]):
        st.info(t("school.silent"))
        return

    for version in reader.list_agreements(school).to_dict("records"):
        if version["is_amendment"]:
            st.markdown(
                t(
                    "school.amended",
                    version=version["version_no"],
                    year=version["from_partnership_year"],
                    reason=t(f"change.{version['change_reason']}"),
                )
            )

    catalogue = reader.list_indicators()
    family = choices.select(
        "familie", t("school.family"), list(dict.fromkeys(catalogue["family"])), lambda f: t(f"family.{f}")
    )
    values = reader.list_values_over_time(school, clock, family)
    names = catalogue.set_index("indicator_id")[f"label_{lang}"]
    labelled = sentences.Labels(reader.list_measures().to_dict("records"), lang)
    lines = {
        (line["indicator_id"], line["slice"], line["partnership_id"]): line
        for line in (reader.list_trends(school, family).to_dict("records") if clock == "school_year" else [])
    }
    coded = reader.list_codings(clock)
    said = reader.list_voices()
    several = values["partnership_id"].nunique() > 1
    if values.empty:
        st.info(t("school.not_by_clock", clock=t(f"clock.{clock}").lower()))
    columns = st.columns(2)
    for number, ((indicator, cut, partnership), part) in enumerate(
        values.groupby(["indicator_id", "slice", "partnership_id"], sort=False)
    ):
        rows = part.to_dict("records")
        drawn = part.assign(text=[sentences.shown(r, t) for r in rows])
        gap = part["value"].isna() | part["value_high"].notna() | part["break_before"]
        drawn = drawn.assign(piece=gap.cumsum())
        title = f"{indicator} · {names.get(indicator, indicator)}" + (f" · {partnership}" if several else "")
        about = labelled.of(str(indicator), json.loads(cut))
        heard = [
            dialogue.all_said(said, r, t) if sentences.has_number(r) or scope.role == "school" else ""
            for r in rows
        ]
        with columns[number % 2].container(border=True):
            st.markdown(f"**{title}**" + (f"  \n{about}" if about and about != names.get(indicator) else ""))
            if part["value"].isna().all():
                st.markdown(" ".join(dict.fromkeys(drawn["text"])))
            else:
                st.altair_chart(
                    charts.over_time(
                        drawn[["period", "value", "value_high", "text", "piece", "break_before"]],
                        "",
                        charts.DARK if view.dark else charts.LIGHT,
                        lang,
                    ),
                    theme=None,
                    width="stretch",
                    alt=t("school.alt", indicator=title),
                )
                st.markdown(
                    f"{sentences.period(rows[-1], t)}:"
                    f" {sentences.headline(rows[-1], t, partial(sentences.shown, t=t))}"
                )
                if len(rows) > 1:
                    st.markdown(sentences.change(rows[-2], rows[-1], t, partial(sentences.shown, t=t)))
                if fair := sentences.change_fairness(rows[-1], t):
                    st.markdown(t("school.change_fair", verdict=fair))
                if by := coded.get((school, str(partnership), str(indicator), rows[-1]["period"])):
                    st.markdown(f"{t('coding')}: {by.said(lang)}")
                if over_years := sentences.trend(lines.get((indicator, cut, partnership)), t):
                    st.markdown(over_years)
                if part["break_before"].any():
                    st.markdown(t("school.break", year=part[part["break_before"]]["period"].iloc[0]))
                with st.expander(t("table")):
                    table = {
                        t("period"): part["period"],
                        t("value"): [sentences.valued(r, t) for r in rows],
                        t("change"): [sentences.change_fairness(r, t) for r in rows],
                        t("voice"): heard,
                    }
                    st.table(table, hide_index=True)
            if heard[-1]:
                st.markdown(f"{t('voice')}: {heard[-1]}")
            explain_dialog.draw_button(
                st.container(), view, rows, list(part["period"]), about or title, f"series{number}"
            )
