"""The form in which a sender says what the questions of an exported log form are, and which round it is of.

Belongs here: the form beside a dropped export, filled in as the round before was confirmed.
Does not belong here: the map itself and keeping it (`innenfra/intake/form_map.py`), the page (`app_pages`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from apps.dialogue import plain
from apps.records import label
from apps.view import View
from innenfra.contracts.logs import COLLECTION_MODES
from innenfra.intake.checking import Checked
from innenfra.intake.form_map import Question, fill_in, read_kept, read_questions

NOT_READ = ""
MOST_QUESTIONS = 20
"""Questions that are asked about on the page; a longer form is mapped in a spreadsheet."""
_MODES = ("link", "in_meeting", "paper")

Confirm = Callable[[Sequence[Question], dict[str, str]], None]


def can_ask(one: Checked) -> bool:
    """Whether the page can ask about the form: one export by itself, not too long."""
    drafted = one.receipt.form_map
    is_alone = one.upload.path.is_file() and one.upload.path.suffix.lower() != ".zip"
    return drafted is not None and is_alone and drafted["question"].n_unique() <= MOST_QUESTIONS


def ask_about_form(view: View, school: str, one: Checked, key: str, confirm: Confirm) -> None:
    """The form for one export; `confirm` gets the questions as they were confirmed, and the round's row."""
    t = view.words
    assert one.receipt.form_map is not None
    kept = read_kept(view.reader.list_form_maps(school))
    questions = fill_in(read_questions(one.receipt.form_map), kept)
    last = view.reader.find_last_delivered(school)
    items = _name_items(view, school)
    with st.form(key, border=False):
        tool = next((f.value_shown for f in one.receipt.findings if f.rule == "needs_form_map"), None)
        st.markdown(t("log_form.is_export", tool=plain(tool)))
        st.markdown(f"**{t('log_form.questions')}**  \n{t('log_form.kept' if kept else 'log_form.lead')}")
        chosen = [_ask_item(view, question, items, f"{key}:{n}") for n, question in enumerate(questions)]
        coded = _ask_codes(view, questions, key)
        st.markdown(f"**{t('log_form.round')}**")
        said = _ask_round(view, school, last, key)
        pressed = st.form_submit_button(t("log_form.confirm"), type="primary")
    if not pressed:
        return
    lacking = [t(f"log_form.{name}") for name, value in said.items() if value in (None, "")]
    if lacking:
        st.error(t("log_form.lacking", what=", ".join(lacking)))
        return
    confirmed = [
        replace(question, item_id=item or NOT_READ, answers=answers)
        for question, item, answers in zip(questions, chosen, coded, strict=True)
    ]
    confirm(confirmed, {name: str(value) for name, value in said.items()} | {"school_id": school})


def _name_items(view: View, school: str) -> dict[str, str]:
    """Items that the school's log forms have, with their wording where it is delivered."""
    rows = view.reader.list_records("instrument_item", school)
    return {row["item_id"]: row[f"wording_{view.language}"] or "" for row in rows}


def _ask_item(view: View, question: Question, items: dict[str, str], key: str) -> str | None:
    t = view.words
    options = list(dict.fromkeys(filter(None, (question.item_id, *items))))

    def name(item: str) -> str:
        if item == NOT_READ:
            return t("log_form.not_read")
        return f"{item} – {items[item]}" if items.get(item) else item

    kind = t("log_form.closed" if question.answers else "log_form.open")
    chosen: str | None = st.selectbox(
        f"{plain(question.question)} ({kind})",
        [*options, NOT_READ],
        index=options.index(question.item_id) if question.item_id else len(options),
        format_func=name,
        accept_new_options=True,
        key=key,
    )
    return chosen


def _ask_codes(view: View, questions: Sequence[Question], key: str) -> list[tuple[tuple[str, str], ...]]:
    """The code of each answer; questions with the same answers are asked about once."""
    t = view.words
    asked: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
    for question in questions:
        if not question.answers or question.answers in asked:
            continue
        same = [plain(one.question) for one in questions if one.answers == question.answers]
        st.markdown(t("log_form.answers", questions="; ".join(same)))
        with st.container(horizontal=True):
            asked[question.answers] = tuple(
                (
                    answer,
                    st.text_input(plain(answer), given, key=f"{key}:{len(asked)}:{n}", width=180).strip(),
                )
                for n, (answer, given) in enumerate(question.answers)
            )
    return [asked.get(question.answers, ()) for question in questions]


def _ask_round(view: View, school: str, last: dict[str, Any], key: str) -> dict[str, Any]:
    """Which round it is, as a row of the sheet of log rounds."""
    t, said = view.words, {}
    loops = last.get("loops") or [{}]
    versions = [one["log_instrument_version_id"] for one in loops if one.get("log_instrument_version_id")]
    partnerships = last.get("partnerships") or []
    if len(partnerships) > 1:
        said["partnership_id"] = st.selectbox(t("log_form.partnership_id"), partnerships, key=f"{key}:p")
    elif partnerships:
        said["partnership_id"] = partnerships[0]
    with st.container(horizontal=True):
        for name, given, least in (
            ("loop_no", loops[-1].get("loop_no"), 1),
            ("round_no", 1, 1),
            ("invited_n", None, 0),
            ("submitted_n", None, 0),
        ):
            said[name] = st.number_input(
                t(f"log_form.{name}"), least, value=given, step=1, key=f"{key}:{name}", width=180
            )
    said["log_instrument_version_id"] = st.text_input(
        t("log_form.log_instrument_version_id"),
        versions[-1] if versions else "",
        key=f"{key}:version",
    ).strip()
    said["collection_mode"] = st.selectbox(
        t("log_form.collection_mode"),
        _MODES,
        format_func=lambda mode: label(COLLECTION_MODES, mode, view.language),
        key=f"{key}:mode",
    )
    return said
