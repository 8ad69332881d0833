"""Gjennomgang: what others will soon see of the school, each number beside the school's own; answers and
comments; and quotes that wait for the school's leave."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps import dialogue, frame, sentences
from apps.reader import Rows, as_rows
from apps.view import View
from innenfra.contracts.access import MEMBER_ANSWERS

ANSWERS = tuple(code for code in MEMBER_ANSWERS.codes if code != "no_response")


def render(view: View) -> None:
    """The periods that wait, the newest school year first; inside one, every number and then the answer."""
    words, reader = view.words, view.reader
    choices = frame.Choices(view)
    values, voices = as_rows(reader.list_values_to_review()), reader.list_voices()
    waiting = [row for row in values if row["awaits"]]
    which = choices.segments(
        "vis", words("look.which"), ("waiting", "all"), lambda w: words(f"look.which.{w}")
    )
    listed = waiting if which == "waiting" else values
    periods = list_periods(listed)
    frame.answer(*answer_page(waiting, view))
    if told := st.session_state.pop("told", ""):
        st.success(told)
    for voice in voices:
        if voice["answer"] == "no_response":
            st.warning(words("look.no_response", release=voice["release_id"]))
    columns, table = _columns(view), []
    if periods:
        period = choices.select(
            "periode", words("period"), periods, lambda p: _name_period(p, listed, view), periods[0]
        )
        rows = [row for row in listed if _period_of(row) == period]
        table = _read_table(rows, voices, view)
        frame.draw_table(columns, table)
        _ask(view, rows, period)
    _show_earlier(view, voices)
    _show_quotes(view)
    frame.offer_files(choices, answer_page(waiting, view)[0], columns, table)


def list_periods(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The periods of some values, school years first, the newest of each clock first."""
    found = list(dict.fromkeys(_period_of(row) for row in rows))
    return sorted(found, key=lambda p: p.split("|")[0] != "school_year")


def answer_page(waiting: Rows, view: View) -> tuple[str, str]:
    """How many numbers in how many periods wait, and until when."""
    words = view.words
    if not waiting:
        return words("look.none_waiting"), words("look.lead")
    left = min((row["days_left"] for row in waiting if row["days_left"] is not None), default=0)
    sentence = words("look.waiting", n=len(waiting), periods=len(list_periods(waiting)))
    late = words("look.late") if left <= 0 else words("look.days", days=left)
    return f"{sentence} {late}", words("look.waiting_below")


def _period_of(row: dict[str, Any]) -> str:
    return f"{row['period_type']}|{row['period']}"


def _name_period(period: str, listed: Rows, view: View) -> str:
    clock, name = period.split("|")
    count = sum(_period_of(row) == period for row in listed)
    named = sentences.period({"period_type": clock, "period": name}, view.words)
    return view.words("look.period", period=named, n=count)


def _columns(view: View) -> list[str]:
    return [view.words(f"look.{name}") for name in ("number", "own", "others", "until", "said")]


def _read_table(rows: Rows, voices: Rows, view: View) -> list[list[str]]:
    words = view.words
    labelled = sentences.Labels(as_rows(view.reader.list_measures()), view.language)
    names = {
        row["indicator_id"]: row[f"label_{view.language}"] for row in as_rows(view.reader.list_indicators())
    }
    return [
        [
            _name_number(row, names, labelled),
            sentences.shown(row, words),
            sentences.seen_by_others(row, words),
            _say_until(row, view),
            dialogue.all_said(voices, row, words),
        ]
        for row in rows
    ]


def _name_number(row: dict[str, Any], names: dict[str, str], labelled: sentences.Labels) -> str:
    name = names[row["indicator_id"]]
    part = labelled.of(row["indicator_id"], json.loads(row["slice"]))
    return dialogue.plain(name if part in ("", name) else f"{name}: {part}")


def _say_until(row: dict[str, Any], view: View) -> str:
    if not row["awaits"]:
        return view.words("look.shown")
    return view.words("look.run_out", until=row["until"]) if row["run_out"] else str(row["until"])


def _ask(view: View, rows: Rows, period: str) -> None:
    """The answer, after the numbers: for the whole period or one number; nothing is chosen beforehand."""
    words, clock, name = view.words, *period.split("|")
    names = {
        row["indicator_id"]: row[f"label_{view.language}"] for row in as_rows(view.reader.list_indicators())
    }
    with st.form("answer", clear_on_submit=True):
        st.header(words("look.answer_title"), anchor=False)
        about = st.selectbox(
            words("look.about"),
            ["", *dict.fromkeys(row["indicator_id"] for row in rows)],
            format_func=lambda i: names[i] if i else words("look.whole_period"),
        )
        given = st.radio(
            words("look.answer"),
            [*ANSWERS, ""],
            index=None,
            format_func=lambda a: (
                MEMBER_ANSWERS.labels[a][view.language] if a else words("look.comment_only")
            ),
        )
        comment = st.text_area(
            words("look.comment"), max_chars=1000, placeholder=words("look.comment_example")
        )
        st.markdown(f":gray[{words('look.takes_effect')}]")
        if st.form_submit_button(words("look.send"), type="primary"):
            if given or comment.strip():
                view.reader.write_answer(about or None, clock, name, given or None, comment.strip())
                st.session_state["told"] = words("look.sent")
                st.rerun()
            st.error(words("look.nothing"))


def _show_earlier(view: View, voices: Rows) -> None:
    """What the school has answered and said before."""
    words = view.words
    said = [voice for voice in voices if voice["answer"] != "no_response"]
    if not said:
        return
    names = {
        row["indicator_id"]: row[f"label_{view.language}"] for row in as_rows(view.reader.list_indicators())
    }
    with st.expander(words("look.earlier", n=len(said))):
        frame.draw_table(
            [words("look.about"), words("look.said")],
            [[dialogue.plain(_say_about(voice, names, view)), dialogue.said(voice, words)] for voice in said],
        )


def _say_about(voice: dict[str, Any], names: dict[str, str], view: View) -> str:
    parts = []
    if voice["indicator_id"]:
        parts.append(names.get(voice["indicator_id"], voice["indicator_id"]))
    if voice["period"]:
        parts.append(sentences.period(voice, view.words))
    return ", ".join(parts) or view.words("look.everything")


def _show_quotes(view: View) -> None:
    words, quotes = view.words, as_rows(view.reader.list_quotes_of_school())
    if not quotes:
        frame.say_careful(words("look.no_quotes"))
        return
    st.header(words("look.quotes"), anchor=False)
    st.markdown(words("look.quotes_lead"))
    for quote in quotes:
        with st.container(border=True):
            st.text(f"«{quote['words']}»")
            form = words("quote.paraphrase") if quote["is_paraphrase"] else words("quote.verbatim")
            loop = words("sentence.period.loop", period=quote["loop_no"])
            st.markdown(f"{words('speaker.' + quote['speaker'])} · {loop} · {form}")
            if quote["cleared"]:
                st.markdown(words("quote.cleared"))
                continue
            left, right = st.columns(2)
            show = left.button(words("quote.show"), key=f"show{quote['quote_id']}")
            refuse = right.button(words("quote.refuse"), key=f"refuse{quote['quote_id']}")
            if show or refuse:
                view.reader.answer_quote(quote["quote_id"], may_be_shown=show)
                st.session_state["told"] = words("quote.answered")
                st.rerun()
