"""Se gjennom: what the school sees before others, its answer and comment, and quotes that wait for its
leave."""

from __future__ import annotations

import json

import streamlit as st

from apps import dialogue, sentences
from apps.frame import Choices, answer
from apps.view import View
from innenfra.contracts.access import MEMBER_ANSWERS

ANSWERS = tuple(code for code in MEMBER_ANSWERS.codes if code != "no_response")


def render(view: View) -> None:
    """The page."""
    t, reader, lang = view.words, view.reader, view.language
    choices = Choices(view)

    answer(t("look.title"))
    st.markdown(t("look.lead"))
    values = reader.list_values_to_review()
    said = reader.list_voices()
    names = reader.list_indicators().set_index("indicator_id")[f"label_{lang}"]
    labelled = sentences.Labels(reader.list_measures().to_dict("records"), lang)
    waiting = values[values["awaits"].eq(True)]
    st.markdown(
        t("look.waiting", n=len(waiting), until=waiting["until"].max())
        if len(waiting)
        else t("look.none_waiting")
    )
    for voice in said:
        if voice["answer"] == "no_response":
            st.warning(t("look.no_response", release=voice["release_id"]))

    which = choices.select("vis", t("look.which"), ("waiting", "all"), lambda w: t(f"look.which.{w}"))
    listed = waiting if which == "waiting" else values
    periods = list(dict.fromkeys(f"{r['period_type']}|{r['period']}" for r in listed.to_dict("records")))
    if periods:
        period = choices.select(
            "periode",
            t("period"),
            periods,
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
                t("voice"): [dialogue.all_said(said, r, t) for r in rows],
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
            given = st.radio(
                t("look.answer"),
                [*ANSWERS, ""],
                format_func=lambda a: MEMBER_ANSWERS.labels[a][lang] if a else t("look.comment_only"),
            )
            comment = st.text_area(t("look.comment"), max_chars=1000, placeholder=t("look.comment_example"))
            st.markdown(t("look.takes_effect"))
            if st.form_submit_button(t("look.send")):
                if given or comment.strip():
                    reader.write_answer(about or None, kind, number, given or None, comment.strip())
                    st.session_state["told"] = t("look.sent")
                    st.rerun()
                st.error(t("look.nothing"))
    if told := st.session_state.pop("told", ""):
        st.success(told)

    st.subheader(t("look.quotes"))
    waiting_quotes = reader.list_quotes_of_school().to_dict("records")
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
                reader.answer_quote(quote["quote_id"], may_be_shown=show)
                st.session_state["told"] = t("quote.answered")
                st.rerun()
