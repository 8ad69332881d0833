"""What schools say about their own numbers, found for a value and made harmless as text. No Streamlit in
here.

Belongs here: which answer and comments stand beside which value, and writing people's words so that they stay
words.
Does not belong here: who may read them (the database decides), layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from apps.sentences import Row, Translate

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\u2060"


def plain(text: object) -> str:
    """People's words for a place that reads Markdown: nothing in them becomes markup, a link or a picture.
    What is no text is a dash."""
    if not isinstance(text, str):
        return "–"
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    # icons, e-mail and web addresses are looked for after escapes are taken away
    return re.sub(r"([:@]|[wW]{3}(?=\\\.))", rf"\1{_JOINER}", escaped)


def beside(voices: Sequence[dict[str, Any]], value: Row) -> list[dict[str, Any]]:
    """What the school says about a value: its newest answer, then all comments. `voices` has the newest
    first."""
    about = [
        voice
        for voice in voices
        if voice["school_id"] == value["school_id"]
        and all(voice[part] in (None, value[part]) for part in ("indicator_id", "period_type", "period"))
    ]
    answers = [voice for voice in about if voice["answer"] is not None]
    return [
        *answers[:1],
        *({**voice, "answer": None} for voice in answers[1:] if voice["comment"]),
        *(voice for voice in about if voice["answer"] is None),
    ]


def said(voice: dict[str, Any], t: Translate) -> str:
    """One answer or comment in words, for a place that reads Markdown."""
    parts = [t(f"answer.{voice['answer']}", release=voice["release_id"])] if voice["answer"] else []
    return " ".join([*parts, *([f"«{plain(voice['comment'])}»"] if voice["comment"] else [])])


def all_said(voices: Sequence[dict[str, Any]], value: Row, t: Translate) -> str:
    """All that stands beside a value, in one line."""
    return " · ".join(filter(None, (said(voice, t) for voice in beside(voices, value))))
