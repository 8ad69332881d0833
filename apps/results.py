"""What those who answered a log see of what came of it: by a link that their school hands out, without a
login.

Belongs here: that page, and the school's form that makes the link and closes it. The secret stands in the
address alone; the database keeps its hash, and says what the link shows (`authz.results_of`): answers as
partners see them, and nothing of who answered.
Does not belong here: questions and bars (`log_answers.py`, `charts/`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps import log_answers
from apps.charts.distribution import draw_distribution
from apps.charts.theme import theme_of
from apps.dialogue import plain
from apps.frame import answer, show_chart
from apps.reader import Reader
from apps.records import day
from apps.view import View
from apps.words import Words
from innenfra.errors import UserError

NAME = "svar"
"""What the address calls the secret."""

_SECRET_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_DAYS = 90
_MADE = "results:made"


def is_asked() -> bool:
    """Whether the address is one of these links."""
    return NAME in st.query_params


def hash_of(secret: str) -> str:
    """What is kept of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def show(reader: Reader, words: Words, dark: bool) -> None:
    """The page behind a link; one sentence where it leads nowhere, whatever the reason."""
    secret = st.query_params[NAME]
    found = reader.find_results(hash_of(secret)) if _SECRET.fullmatch(secret) else None
    if found is None:
        st.title(words("results.nothing"))
        st.markdown(words("results.nothing_do"))
        return
    rows, loop = found["answers"], str(found["loop"])
    questions = log_answers.read_questions(rows, loop, words)
    participation = log_answers.say_participation(rows, loop, words)
    lead = words("results.lead", school=plain(found["school"]), release=found["release"])
    answer(log_answers.answer_page(questions, loop, participation, words), lead)
    left, right = st.columns([2, 1], gap="large")
    with left:
        _draw_questions(questions, words, dark)
    with right:
        _list(words("results.items"), [one["text"] for one in found["items"]], words("results.no_items"))
        _list(
            words("results.decisions", loop=int(loop) + 1),
            [one["text"] for one in found["decisions"]],
            words("results.no_decisions"),
        )
        st.markdown(f":gray[{words('results.until', day=day(dt.date.fromisoformat(found['until']), words))}]")


def _draw_questions(questions: Sequence[log_answers.Question], words: Words, dark: bool) -> None:
    theme = theme_of(dark)
    for question in questions:
        bars = [question.now, *([question.before] if question.before else [])]
        st.markdown(f"**{plain(question.text)}**  \n:gray[{plain(question.verdict)}]")
        if any(one.share is not None for one in question.now.answers):
            show_chart(draw_distribution(question.text, bars, theme, words))


def _list(title: str, texts: Sequence[str], none: str) -> None:
    st.header(title, anchor=False)
    st.markdown("\n".join(f"- {plain(text)}" for text in texts) if texts else f":gray[{none}]")


# ---------------------------------------------------------------- the school's own form


def offer_link(view: View, school_id: str, loop: str) -> None:
    """The school makes a link for a loop, sees it once, and closes it again."""
    words = view.words
    partnerships = view.reader.list_partnerships_of_loop(school_id, int(loop))
    if not partnerships:
        return
    with st.expander(words("results.hand_back")):
        st.markdown(words("results.hand_back_lead", days=_DAYS))
        opened = {one["partnership_id"]: one for one in view.reader.list_results_links(school_id)
                  if one["loop_no"] == int(loop)}  # fmt: skip
        for partnership in partnerships:
            _offer_one(view, school_id, partnership, int(loop), opened.get(partnership))


def _offer_one(
    view: View, school_id: str, partnership: str, loop: int, opened: dict[str, Any] | None
) -> None:
    words, key = view.words, f"{school_id}:{partnership}:{loop}"
    secret = st.session_state.get(_MADE, {}).get(key)
    if opened and secret:
        base = (st.context.url or "").split("?")[0].rsplit("/", 1)[0]
        st.code(f"{base}/?{NAME}={secret}", language=None, wrap_lines=True)
        st.markdown(words("results.seen_once"))
    if opened:
        st.markdown(words("results.is_open", day=day(opened["expires_on"], words)))
    left, right = st.columns(2)
    if left.button(words("results.renew" if opened else "results.make"), key=f"results:make:{key}"):
        _write(view, "open_results", school_id, partnership, loop, key)
    if opened and right.button(words("results.close"), key=f"results:close:{key}"):
        _write(view, "close_results", school_id, partnership, loop, key)


def _write(view: View, what: str, school_id: str, partnership: str, loop: int, key: str) -> None:
    made = st.session_state.setdefault(_MADE, {})
    made.pop(key, None)
    try:
        if what == "open_results":
            secret = secrets.token_urlsafe(_SECRET_BYTES)
            until = dt.date.today() + dt.timedelta(days=_DAYS)
            view.reader.write(what, school_id, partnership, loop, hash_of(secret), until)
            made[key] = secret
        else:
            view.reader.write(what, school_id, partnership, loop)
    except UserError as error:
        st.error(error.words[view.language])
        return
    st.rerun()
