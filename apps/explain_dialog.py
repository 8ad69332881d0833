"""The dialog behind a number: what `innenfra explain` tells, as the person who asks may know it.

Belongs here: the button and the dialog. Does not belong here: what is told (`innenfra/explain.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from apps import sentences
from apps.dialogue import plain
from apps.view import View
from innenfra.explain import lines


def draw_button(
    place: DeltaGenerator,
    view: View,
    rows: Sequence[dict[str, Any]],
    labels: Sequence[str],
    about: str,
    key: str,
) -> None:
    """A button that opens what stands behind the numbers of `rows`, one at a time; `labels` name them, the
    last is chosen first."""
    t = view.words

    def open_dialog() -> None:
        if about:
            st.markdown(f"**{about}**")
        chosen = st.selectbox(
            t("drawer.which"),
            range(len(rows)),
            index=len(rows) - 1,
            format_func=lambda number: labels[number],
            key=f"{key}:which",
        )
        _draw(view, rows[chosen])

    if place.button(t("drawer.open"), key=f"{key}:open"):
        st.dialog(t("drawer.title"), width="large")(open_dialog)()


def _draw(view: View, row: dict[str, Any]) -> None:
    t, lang = view.words, view.language
    asked = (row["school_id"], row["indicator_id"], row["period_type"], row["period"])
    if any(part != part or part is None for part in asked):
        st.markdown(sentences.shown(row, t))
        return
    found = view.reader.explain(*asked, json.loads(row["slice"]))
    found = [one for one in found if one.partnership_id == row["partnership_id"]]
    for one in found:
        told = lines(one, lang, sentences.shown(row, t))
        st.table(
            {
                t("drawer.about"): [name for name, _ in told],
                t("drawer.said"): [plain(said) if name else "" for name, said in told],
            },
            hide_index=True,
        )
        if not one.sources:
            st.markdown(t("drawer.no_sources"))
        elif not all(source.rows for source in one.sources):
            st.markdown(t("drawer.no_rows"))
