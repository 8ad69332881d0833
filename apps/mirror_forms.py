"""What a school's leadership writes about mirror data: whether it recognises an item, and what it tries next.

Belongs here: the two forms, for any page that shows mirror data to the school.
Does not belong here: the sheet itself (`app_pages`), who may write (`innenfra/database/written`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from apps.places import Place
from apps.records import Row, Rows, Translate, begin, label, plain
from apps.view import View
from innenfra import spoken
from innenfra.contracts.access import MEMBER_ANSWERS
from innenfra.contracts.meetings import DECIDERS, DECISION_TYPES
from innenfra.contracts.spoken import LETTERS
from innenfra.contracts.words import CodeList
from innenfra.errors import UserError

ANSWERS = tuple(code for code in MEMBER_ANSWERS.codes if code != "no_response")
HITS = "words_looked_at"


def written_answers(written: Rows, called: dict[str, str], t: Translate) -> list[str]:
    """What the school has answered in the app, the newest of each item, in sentences."""
    newest = {one["mirror_id"]: one for one in sorted(written, key=lambda one: one["answered_at"])}
    return [
        t("forms.answered", item=called[item], answer=label(MEMBER_ANSWERS, one["answer"], t("code")))
        + (f" «{plain(one['comment'])}»" if one["comment"] else "")
        for item, one in newest.items()
        if item in called
    ]


def written_decisions(written: Rows, loop_no: int, t: Translate) -> list[str]:
    """What the school has decided in the app to try from a loop on, in sentences."""
    language = t("code")
    return [
        t(
            "forms.decided",
            text=plain(one["text"]),
            loop=one["effective_loop_no"],
            proposer=label(DECIDERS, one["proposed_by"], language).lower(),
            decider=label(DECIDERS, one["decided_by"], language).lower(),
        )
        for one in written
        if one["effective_loop_no"] == loop_no
    ]


def show_hits(t: Translate) -> None:
    """Say what was taken out of the words that were just written, and what in them looks like names."""
    taken_out, names = st.session_state.pop(HITS, (False, ()))
    if taken_out:
        st.warning(t("forms.taken_out"))
    if names:
        st.warning(t("forms.names", names=plain(", ".join(names))))


def answer_items(view: View, place: Place, items: Rows, called: dict[str, str]) -> None:
    """Whether the leadership recognises an item, with its own words."""
    t, language = view.words, view.language
    with st.form("answer_mirror", clear_on_submit=True):
        which = st.selectbox(t("forms.item"), list(called), format_func=called.__getitem__)
        said = st.radio(
            t("forms.recognise"),
            ANSWERS,
            format_func=lambda c: label(MEMBER_ANSWERS, c, language),
            index=None,
        )
        words = st.text_area(t("forms.comment"), max_chars=LETTERS)
        st.markdown(f":gray[{t('forms.words_help')}]")
        if st.form_submit_button(t("forms.save_answer")):
            if said is None:
                st.error(t("forms.choose"))
            else:
                write(
                    view,
                    words,
                    lambda text: ("answer_mirror", place.school_id, place.partnership_id, which, said, text),
                )
    for sentence in written_answers(view.reader.list_written("mirror_answer", place.school_id), called, t):
        st.markdown(sentence)


def decide(view: View, place: Place, called: dict[str, str], loop_no: int) -> None:
    """What the school tries in the loop to come, and from which item."""
    t = view.words
    with st.form("decide", clear_on_submit=True):
        words = st.text_area(t("forms.try", loop=loop_no), max_chars=LETTERS)
        origin = st.selectbox(
            t("forms.from_item"),
            list(called),
            format_func=called.__getitem__,
            index=None,
            placeholder=t("forms.no_item"),
        )
        kind, proposer, decider = (
            _choose_code(view, f"forms.{name}", codes)
            for name, codes in (("kind", DECISION_TYPES), ("proposed_by", DECIDERS), ("decided_by", DECIDERS))
        )
        st.markdown(f":gray[{t('forms.words_help')}]")
        if st.form_submit_button(t("forms.save_decision")):
            write(
                view,
                words,
                lambda text: (
                    "decide",
                    place.school_id,
                    place.partnership_id,
                    kind,
                    proposer,
                    decider,
                    origin,
                    loop_no,
                    text,
                ),
            )
    for sentence in written_decisions(view.reader.list_written("decision", place.school_id), loop_no, t):
        st.markdown(sentence)


def write(view: View, words: str, call: Callable[[str], tuple[Any, ...]]) -> None:
    """Write words, masked, by the function and values that `call` makes of them; say what was refused."""
    try:
        prepared = spoken.prepare(words)
        name, *values = call(prepared.text)
        view.reader.write(name, *values)
    except UserError as refusal:
        st.error(refusal.words[view.language])
        return
    st.session_state[HITS] = (prepared.taken_out, prepared.names)
    st.rerun()


def show_forms(view: View, place: Place, items: list[Row], called: dict[str, str], loop_no: int) -> None:
    """Both forms, folded away, with what was written in them until a release makes a record of it."""
    t = view.words
    show_hits(t)
    if items:
        with st.expander(t("forms.answer_title", loop=loop_no), key="answer_form"):
            answer_items(view, place, items, called)
    with st.expander(begin(t("forms.decide_title")), key="decide_form"):
        decide(view, place, called, loop_no + 1)


def _choose_code(view: View, key: str, codes: CodeList) -> str:
    return st.selectbox(
        view.words(key), codes.codes, format_func=lambda code: label(codes, code, view.language)
    )
