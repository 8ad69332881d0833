"""Om tallene: each state with its mark and what to do, and how bands, bounds, intervals and verdicts are
read."""

from __future__ import annotations

import streamlit as st

from apps import frame
from apps.charts.theme import MARKS
from apps.handbook import EXAMPLES
from apps.view import View
from innenfra.contracts.vocabulary import STATUSES


def render(view: View) -> None:
    """The states, then one worked example of each way a number is told."""
    words = view.words
    choices = frame.Choices(view)
    frame.answer(words("about.answer"), words("about.lead"))
    columns = [words("about.mark"), words("state"), words("about.do")]
    states = [status for status in STATUSES.codes if status in MARKS]
    table = [[MARKS[status], words(f"state.{status}"), words(f"about.do.{status}")] for status in states]
    frame.draw_table(columns, table)
    left, right = st.columns(2, gap="large")
    for at, part in enumerate(EXAMPLES):
        with right if at % 2 else left:
            st.header(words(f"about.{part}.title"), anchor=False)
            st.markdown(words(f"about.{part}"))
    frame.offer_files(choices, words("about.answer"), columns, table)
