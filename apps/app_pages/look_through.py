"""Se gjennom: what the school sees before others, its answer and comment, and quotes that wait for its
leave."""

from __future__ import annotations

import json

import streamlit as st

from apps import queries, sentences, voices
from apps.choices import chosen
from apps.words import translator
from innenfra.contracts.access import MEMBER_ANSWERS

ANSWERS = tuple(code for code in MEMBER_ANSWERS.codes if code != "no_response")

view = st.session_state["view"]
t, scope, release, url = translator(view["language"]), view["scope"], view["release"], view["url"]
lang = view["language"]

st.title(t("look.title"))
st.markdown(t("look.lead"))
values = queries.to_look_through(scope, release, url)
said = queries.voices(scope, release, url)
names = queries.indicators(scope, release, url).set_index("indicator_id")[f"label_{lang}"]
labelled = sentences.Labels(queries.measures(scope, release, url).to_dict("records"), lang)
waiting = values[values["awaits"].eq(True)]
st.markdown(
    t("look.waiting", n=len(waiting), until=waiting["until"].max())
    if len(waiting)
    else t("look.none_waiting")
)
for voice in said:
    if voice["answer"] == "no_response":
        st.warning(t("look.no_response", release=voice["release_id"]))

one, two, three = st.columns(3)
which = chosen(one, t("look.which"), ("waiting", "all"), "vis", lambda w: t(f"look.which.{w}"))
listed = waiting if which == "waiting" else values
periods = list(dict.fromkeys(f"{r['period_type']}|{r['period']}" for r in listed.to_dict("records")))
if periods:
    period = chosen(
        two,
        t("period"),
        periods,
        "periode",
        lambda p: t(f"sentence.period.{p.split('|')[0]}", period=p.split("|")[1]),
    )
    kind, number = period.split("|")
    rows = listed[(listed["period_type"] == kind) & (listed["period"] == number)].to_dict("records")
    st.table(
        {
            t("compare.indicator"): [
                f"{r['indicator_id']}"
                f" {labelled.of(r['indicator_id'], json.loads(r['slice'])) or names[r['indicator_id']]}"
                for r in rows
            ],
            t("look.own"): [sentences.shown(r, t) for r in rows],
            t("look.others"): [sentences.seen_by_others(r, t) for r in rows],
            t("look.until"): [
                (
                    (t("look.run_out", until=r["until"]) if r["run_out"] else r["until"])
                    if r["awaits"] is True
                    else t("look.shown")
                )
                for r in rows
            ],
            t("voice"): [voices.all_said(said, r, t) for r in rows],
        },
        hide_index=True,
    )
    with st.form("answer", clear_on_submit=True):
        st.subheader(t("look.answer_title"))
        indicators = list(dict.fromkeys(r["indicator_id"] for r in rows))
        about = st.selectbox(
            t("look.about"),
            ["", *indicators],
            format_func=lambda i: f"{i} {names[i]}" if i else t("look.whole_period"),
        )
        answer = st.radio(
            t("look.answer"),
            [*ANSWERS, ""],
            format_func=lambda a: MEMBER_ANSWERS.labels[a][lang] if a else t("look.comment_only"),
        )
        comment = st.text_area(t("look.comment"), max_chars=1000, placeholder=t("look.comment_example"))
        st.markdown(t("look.takes_effect"))
        if st.form_submit_button(t("look.send")):
            if answer or comment.strip():
                queries.answer_as_school(
                    scope, release, url, about or None, kind, number, answer or None, comment.strip()
                )
                st.session_state["told"] = t("look.sent")
                st.rerun()
            st.error(t("look.nothing"))
if told := st.session_state.pop("told", ""):
    st.success(told)

st.subheader(t("look.quotes"))
waiting_quotes = queries.quotes_of_school(scope, release, url).to_dict("records")
st.markdown(t("look.quotes_lead") if waiting_quotes else t("look.no_quotes"))
for quote in waiting_quotes:
    with st.container(border=True):
        st.text(f"«{quote['words']}»")
        told_as = t("quote.paraphrase") if quote["is_paraphrase"] else t("quote.verbatim")
        st.markdown(
            f"{t('speaker.' + quote['speaker'])} · {t('sentence.period.loop', period=quote['loop_no'])} ·"
            f" {told_as}"
        )
        if quote["cleared"]:
            st.markdown(t("quote.cleared"))
            continue
        left, right = st.columns(2)
        show, refuse = (
            left.button(t("quote.show"), key=f"show{quote['quote_id']}"),
            right.button(t("quote.refuse"), key=f"refuse{quote['quote_id']}"),
        )
        if show or refuse:
            queries.answer_quote(scope, release, url, quote["quote_id"], may_be_shown=show)
            st.session_state["told"] = t("quote.answered")
            st.rerun()
