"""Sammenlign: the schools of the scope, one indicator, ordered by code or context, never by value."""

from __future__ import annotations

import json

import streamlit as st

from apps import charts, queries, sentences
from apps.choices import chosen
from apps.words import translator

view = st.session_state["view"]
t, scope, release, url = translator(view["language"]), view["scope"], view["release"], view["url"]
lang = view["language"]

st.title(t("compare.title"))
st.markdown(t("compare.lead"))
catalogue = queries.indicators(scope, release, url)
catalogue = catalogue[catalogue["comparability_class"] == "K1"]
names = dict(zip(catalogue["indicator_id"], catalogue[f"label_{lang}"], strict=True))
one, two, three = st.columns(3)
indicator = chosen(one, t("compare.indicator"), list(names), "indikator", lambda i: names[i])
year = chosen(two, t("compare.year"), queries.school_years(scope, release, url), "skolear")
order = chosen(three, t("compare.order"), ("school_code", "size_band", "municipality_no"), "orden", lambda o: t(f"order.{o}"))

frame = queries.compared(scope, release, url, indicator, year)
slices = list(dict.fromkeys(frame["slice"].dropna()))
if len(slices) > 1:
    labelled = sentences.Labels(queries.measures(scope, release, url).to_dict("records"), lang)
    cut = chosen(one, t("compare.slice"), slices, f"utsnitt_{indicator}", lambda s: labelled.of(indicator, json.loads(s)))
    frame = frame[frame["slice"].isna() | (frame["slice"] == cut)]
frame = frame.sort_values([order, "school_code"], na_position="last", kind="stable")
rows = frame.to_dict("records")
frame = frame.assign(
    school=[f"{r['school_code']} {r['name']}" for r in rows], text=[sentences.shown(r, t) for r in rows], fair=[sentences.fairness(r, t) for r in rows]
)

card = catalogue[catalogue["indicator_id"] == indicator].iloc[0]
st.subheader(f"{indicator} · {names[indicator]} · {year}")
st.markdown(card[f"meaning_{lang}"])
st.altair_chart(
    charts.dots(frame[["school", "value", "text"]], t(f"unit.{card['unit']}"), charts.DARK if view["dark"] else charts.LIGHT, lang),
    theme=None,
    width="stretch",
    alt=t("compare.alt", indicator=names[indicator], year=year),
)
careful = [f for f in frame["fair"] if f and f != t("fair.comparable")]
if careful:
    st.warning(t("compare.careful") + " " + "; ".join(dict.fromkeys(careful)) + ".")
st.markdown(f"**{t('caveat')}** {card[f'caveat_{lang}']}  \n**{t('misuse')}** {card[f'misuse_{lang}']}")
with st.expander(t("table"), expanded=True):
    table = frame[["school", "text", "fair"]].rename(columns={"school": t("school"), "text": t("value"), "fair": t("fairness")})
    st.table(table.set_index(t("school")))
with st.expander(t("counted")):
    st.markdown(card[f"formula_{lang}"])
