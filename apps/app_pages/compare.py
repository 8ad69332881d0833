"""Sammenlign: the schools of the scope, one indicator, ordered by code or context, never by value."""

from __future__ import annotations

import json

import streamlit as st

from apps import charts, dialogue, explain_dialog, sentences
from apps.frame import Choices, answer
from apps.view import View
from innenfra.contracts.vocabulary import verdict_in_words

OTHER_FAMILY = ("other_family", "mixed_family")
# the verdict where one of the two schools has no value at all
NO_NUMBER = {"comparability": "not_comparable", "comparability_reason": "no_number"}


def render(view: View) -> None:
    """The page."""
    t, reader, scope, lang = view.words, view.reader, view.scope, view.language
    choices = Choices(view)

    answer(t("compare.title"))
    st.markdown(t("compare.lead"))
    catalogue = reader.list_indicators()
    offered = set(reader.list_visible_indicators()) & set(reader.list_indicators_by_school_year())
    catalogue = catalogue[
        catalogue["indicator_id"].isin(offered) & catalogue["comparability_class"].isin(["K1", "K2"])
    ]
    names = dict(zip(catalogue["indicator_id"], catalogue[f"label_{lang}"], strict=True))
    indicator = choices.select("indikator", t("compare.indicator"), list(names), lambda i: f"{i} {names[i]}")
    year = choices.select("skolear", t("compare.year"), reader.list_school_years())
    order = choices.select(
        "orden",
        t("compare.order"),
        ("school_code", "size_band", "municipality_no"),
        lambda o: t(f"order.{o}"),
    )
    card = catalogue[catalogue["indicator_id"] == indicator].iloc[0]
    within_family = card["comparability_class"] == "K2"

    frame = reader.compare_schools(indicator, year)
    slices = list(dict.fromkeys(frame["slice"].dropna()))
    if len(slices) > 1:
        labelled = sentences.Labels(reader.list_measures().to_dict("records"), lang)
        cut = choices.select(
            f"utsnitt_{indicator}",
            t("compare.slice"),
            slices,
            lambda s: labelled.of(indicator, json.loads(s)),
        )
        frame = frame[frame["slice"].isna() | (frame["slice"] == cut)]
    frame = frame.sort_values([order, "school_code"], na_position="last", kind="stable")
    schools = {r["school_id"]: f"{r['school_code']} {r['name']}" for r in frame.to_dict("records")}
    with_value = (
        [school for school in schools if frame[frame["school_id"] == school]["value"].notna().any()]
        if within_family
        else []
    )
    own = choices.select(
        "egen",
        t("compare.own"),
        [*with_value] if with_value else ["", *schools],
        lambda s: schools.get(s, t("compare.no_own")),
    )

    pairs = reader.list_pairs(own, indicator, year).to_dict("records") if own else []
    own_side = frame[frame["school_id"] == own]["partnership_id"].dropna().min() if own else None
    verdicts = {
        (p["other_school_id"], p["other_partnership_id"], p["slice"]): p
        for p in pairs
        if p["partnership_id"] == own_side
    }
    said = reader.list_voices()
    coded = reader.list_codings("school_year")
    rows = frame.assign(school=[schools[s] for s in frame["school_id"]]).to_dict("records")
    for row in rows:
        pair = verdicts.get((row["school_id"], row["partnership_id"], row["slice"]))
        row["text"], row["fair"] = sentences.valued(row, t), sentences.fairness(row, t)
        row["against"] = (
            t("compare.itself") if row["school_id"] == own else sentences.fairness(pair or NO_NUMBER, t)
        )
        row["refused"] = within_family and pair is not None and pair["comparability_reason"] in OTHER_FAMILY
        by = coded.get((row["school_id"], row["partnership_id"], indicator, year))
        row["coding"] = by.said(lang) if by else ""
        row["voice"] = (
            dialogue.all_said(said, row, t) if sentences.has_number(row) or scope.role == "school" else ""
        )
    frame = frame.assign(
        school=[r["school"] for r in rows],
        text=[r["text"] for r in rows],
        refused=[r["refused"] for r in rows],
    )
    drawn = frame[~frame["refused"]]

    st.subheader(f"{indicator} · {names[indicator]} · {year}")
    st.markdown(card[f"meaning_{lang}"])
    if within_family:
        st.markdown(
            t("compare.family", school=dialogue.plain(schools.get(own, "")))
            if own
            else t("compare.family_first")
        )
    st.altair_chart(
        charts.dots(
            drawn[["school", "value", "value_high", "text"]],
            t(f"unit.{card['unit']}"),
            charts.DARK if view.dark else charts.LIGHT,
            lang,
        ),
        theme=None,
        width="stretch",
        alt=t("compare.alt", indicator=names[indicator], year=year),
    )
    refused = [r for r in rows if r["refused"]]
    if refused:
        st.info(
            t("compare.refused", school=dialogue.plain(schools[own]))
            + " "
            + "; ".join(f"{dialogue.plain(r['school'])}: {r['against']}" for r in refused)
            + "."
        )
    held = reader.list_references(indicator, year)
    limits = reader.list_limits_by_chance(indicator, year)
    families = (
        frame.loc[frame["school_id"] == own, "comparison_family"].dropna().unique() if within_family else []
    )
    held, limits = (
        one[
            one["slice"].isin(frame["slice"].dropna())
            & (one["comparison_family"].isin(families) if within_family else True)
        ]
        for one in (held, limits)
    )
    if len(held) == 1:
        st.markdown(
            " ".join(
                filter(
                    None,
                    [
                        sentences.reference(held.iloc[0].to_dict(), t),
                        sentences.by_chance(limits.to_dict("records"), t),
                    ],
                )
            )
        )
    careful = [
        r["fair"] for r in rows if r["fair"] and r["fair"] != verdict_in_words("comparable", None, lang)
    ]
    if careful:
        st.warning(t("compare.careful") + " " + "; ".join(dict.fromkeys(careful)) + ".")
    st.markdown(f"**{t('caveat')}** {card[f'caveat_{lang}']}  \n**{t('misuse')}** {card[f'misuse_{lang}']}")
    kept = [r for r in rows if not r["refused"]]
    with st.expander(t("table"), expanded=True):
        table = {
            t("school"): [r["school"] for r in kept],
            t("value"): [r["text"] for r in kept],
            t("fairness"): [r["fair"] for r in kept],
        }
        if own:
            table[t("compare.against", school=schools[own].split()[0])] = [r["against"] for r in kept]
        if any(r["coding"] for r in kept):
            table[t("coding")] = [r["coding"] for r in kept]
        st.table({**table, t("voice"): [r["voice"] for r in kept]}, hide_index=True)
    explain_dialog.draw_button(
        st.container(),
        view,
        kept,
        [r["school"] for r in kept],
        f"{indicator} · {names[indicator]} · {year}",
        "compare",
    )
    with st.expander(t("counted")):
        st.markdown(card[f"formula_{lang}"])
