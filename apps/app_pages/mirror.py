"""Speildata: what the logs of a loop say, held up against the last comparable loop, and what is tried
next."""

from __future__ import annotations

import streamlit as st

from apps import explain_dialog, frame, log_answers, mirror_sheet, results, school_choice
from apps.charts.distribution import draw_distribution
from apps.charts.theme import theme_of
from apps.view import View

# loops among which one is chosen by a press; where there are more, by a list
SEEN_AT_ONCE = 4

MOST_CHARTS = 8


def render(view: View) -> None:
    """The log questions of one loop, each over the last comparable one."""
    words, choices = view.words, frame.Choices(view)
    school = school_choice.choose_school(choices)
    if school is None:
        return
    rows = view.reader.list_log_answers(school["school_id"])
    newest = log_answers.find_newest_loop(rows)
    if newest is None:
        frame.answer(words("mirror.none"))
        return
    loop = _choose_loop(choices, rows, newest)
    questions = log_answers.read_questions(rows, loop, words)
    participation = log_answers.say_participation(rows, loop, words)
    frame.answer(
        log_answers.answer_page(questions, loop, participation, words),
        words("mirror.careful") if questions else "",
    )
    theme = theme_of(view.dark)
    charts = []
    left, right = st.columns([2, 1], gap="large")
    with left:
        for question in questions[:MOST_CHARTS]:
            bars = [question.now, *([question.before] if question.before else [])]
            st.markdown(f"**{frame.plain(question.text)}**  \n:gray[{frame.plain(question.verdict)}]")
            if any(answer.share is not None for answer in question.now.answers):
                chart = draw_distribution(question.text, bars, theme, words)
                frame.show_chart(chart)
                charts.append((question, chart))
    with right:
        st.markdown(f":gray[{words('mirror.read')}]")
        with frame.next_step(view):
            st.markdown(words("mirror.next"))
            if view.scope.role == "school":
                frame.link_to(view, "member_check", words("mirror.review"))
        if view.scope.role == "school":
            results.offer_link(view, school["school_id"], loop)
    columns = (
        words("mirror.question"),
        *(words(f"chart.distribution.{part}") for part in ("period", "answer", "share")),
    )
    table = [(question.text, *row) for question, chart in charts for row in chart.rows]
    if table:
        frame.show_table(view, columns, table)
        explained = [row for question in questions for row in question.rows]
        explain_dialog.draw_button(
            st.container(),
            view,
            explained,
            [
                f"{log_answers.name_question(row['item'], words)}"
                f" {log_answers.name_answer(row['item'], row['answer'], words)}"
                for row in explained
            ],
            "",
            "mirror",
        )
    frame.offer_files(
        choices,
        log_answers.answer_page(questions, loop, participation, words),
        columns,
        table,
        charts[0][1].spec if charts else None,
        mirror_sheet.list_files(view, school["school_id"], loop),
    )


def _choose_loop(choices: frame.Choices, rows: list[dict[str, object]], newest: str) -> str:
    words = choices.view.words
    loops = log_answers.list_loops(rows)
    if len(loops) <= SEEN_AT_ONCE:
        return choices.segments(
            "sloyfe", words("mirror.loop"), loops, lambda loop: f"{words('mirror.loop')} {loop}", newest
        )
    return choices.select(
        "sloyfe",
        words("mirror.loop"),
        loops[::-1],
        lambda loop: f"{words('mirror.loop')} {loop}",
        newest,
    )
