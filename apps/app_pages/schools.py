"""Skolene: which schools need a talk now. States, never values of the work, in the order of their codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps import comparison, dialogue, frame, sentences
from apps.charts.theme import MARKS
from apps.school_choice import name_school
from apps.view import View
from apps.words import Words

FILTERS = ("all", "talk", "us", "school")
# schools named in the page's sentence
NAMED = 4

DONE, MISSING, LATE = "●", MARKS["not_collected"], "◔"


def render(view: View) -> None:
    """One row per school in sight, the invited ones among them."""
    words = view.words
    choices = frame.Choices(view)
    rows = view.reader.list_school_states()
    if not rows:
        frame.answer(words("school.none"))
        return
    counts = {name: len(keep(rows, name, words)) for name in FILTERS}
    shown = choices.segments(
        "vis",
        words("schools.filter"),
        FILTERS,
        lambda name: words(f"schools.filter.{name}", n=counts[name]),
        "all",
    )
    places = list(dict.fromkeys(row["municipality_no"] for row in rows if row["municipality_no"]))
    if len(places) > 1:
        place = choices.select(
            "kommune",
            words("schools.municipality"),
            ["", *sorted(places)],
            lambda p: p or words("schools.everywhere"),
            "",
        )
        rows = [row for row in rows if place in ("", row["municipality_no"])]
    sentence = answer_page(rows, words)
    frame.answer(sentence, words("schools.below"))
    listed = keep(rows, shown, words)
    columns = [words(f"schools.{name}") for name in ("school", "loop", "delivery", "log", "mirror", "talk")]
    table = [read_row(row, words) for row in listed]
    frame.draw_table(columns, table)
    st.markdown(f":gray[{words('schools.marks')}]")
    with frame.next_step(view):
        _offer_next(view, rows)
    frame.offer_files(choices, sentence, columns, table)


def find_talk(row: dict[str, Any], words: Words) -> str:
    """What to talk with the school about; empty where nothing calls for it."""
    if row["invited_only"]:
        return words("schools.talk.invited")
    if row["answer"] == "not_recognised":
        return words("schools.talk.not_recognised")
    if row["answer"] == "partly":
        return words("schools.talk.partly")
    if not row["has_log"]:
        return words("schools.talk.late" if row["log_is_late"] else "schools.talk.no_log")
    return ""


def waits_for_us(row: dict[str, Any]) -> bool:
    """Whether the university owes the school its mirror data."""
    return not row["invited_only"] and bool(row["has_log"]) and not row["has_mirror"]


def keep(rows: Sequence[dict[str, Any]], shown: str, words: Words) -> list[dict[str, Any]]:
    """The schools of one state."""
    if shown == "talk":
        return [row for row in rows if find_talk(row, words)]
    if shown == "us":
        return [row for row in rows if waits_for_us(row)]
    if shown == "school":
        return [row for row in rows if row["numbers_waiting"] > 0]
    return list(rows)


def answer_page(rows: Sequence[dict[str, Any]], words: Words) -> str:
    """How many schools need a talk now, by name."""
    talks = keep(rows, "talk", words)
    total = comparison.name_number(len(rows), words)
    if not talks:
        return words("schools.none_needs", total=total)
    count = comparison.name_number(len(talks), words)
    names = [name_school(row) for row in talks[:NAMED]]
    if len(talks) > NAMED:
        names.append(words("schools.others", n=len(talks) - NAMED))
    listed = (
        names[0] if len(names) == 1 else words("schools.list", first=", ".join(names[:-1]), last=names[-1])
    )
    sentence = words(
        "schools.need" if len(talks) > 1 else "schools.needs", n=count, total=total, names=listed
    )
    return sentence[:1].upper() + sentence[1:]


def read_row(row: dict[str, Any], words: Words) -> list[str]:
    """A school's states with mark and word."""
    name = dialogue.plain(name_school(row))
    if row["invited_only"]:
        return [name, "–", f"{MISSING} {words('schools.nothing')}", "–", "–", _talk(row, words)]
    delivered = (
        f"{DONE} {words('schools.delivered')}"
        if row["has_log"]
        else f"{LATE} {words('schools.late')}"
        if row["log_is_late"]
        else f"{MISSING} {words('schools.missing')}"
    )
    mirror = (
        f"{MARKS['awaiting_member_check']} {words('schools.waits', n=row['numbers_waiting'])}"
        if row["numbers_waiting"]
        else f"{DONE} {words('schools.made')}"
        if row["has_mirror"]
        else f"{MISSING} {words('schools.not_made')}"
    )
    loop = "–" if row["loop_no"] is None else str(row["loop_no"])
    return [name, loop, delivered, _say_participation(row, words), mirror, _talk(row, words)]


def _say_participation(row: dict[str, Any], words: Words) -> str:
    if row["status"] is None:
        return "–"
    if sentences.has_number(row):
        return sentences.shown(row, words)
    return f"{MARKS.get(row['status'], '')} {sentences.state(row, words).rstrip('.')}"


def _talk(row: dict[str, Any], words: Words) -> str:
    said = find_talk(row, words)
    return f":material/forum: {said}" if said else ""


def _offer_next(view: View, rows: Sequence[dict[str, Any]]) -> None:
    """The next thing to do, with its link."""
    words = view.words
    ours = next((row for row in rows if waits_for_us(row)), None)
    talk = next((row for row in rows if find_talk(row, words) and not row["invited_only"]), None)
    chosen = ours or talk or next((row for row in rows if not row["invited_only"]), None)
    if chosen is None:
        st.markdown(words("schools.next.none"))
        return
    key = "schools.next.mirror" if ours else "schools.next.talk" if talk else "schools.next.read"
    st.markdown(words(key, school=dialogue.plain(name_school(chosen))), width="stretch")
    frame.link_to(view, "mirror", words("schools.open"), valgt=chosen["school_id"])
