"""Skolene: a school owner's schools by code, with their state and no numbers."""

from __future__ import annotations

import streamlit as st

from apps import frame, owner
from apps.school_choice import name_school
from apps.view import View


def render(view: View) -> None:
    """The page."""
    words, choices = view.words, frame.Choices(view)
    found = view.reader.list_schools().to_dict("records")
    schools = {s["school_id"]: name_school(s) for s in found}
    loops = owner.read_loops(view.reader.list_owner_values(), schools, words)
    amended = {a["school_id"] for a in view.reader.list_all_agreements() if a["is_amendment"]}
    agreed = {a["school_id"] for a in view.reader.list_all_agreements()}
    years = sorted({one.year for one in loops})
    frame.answer(
        words("own_schools.answer", n=len(agreed & set(schools)), all=len(schools)),
        words("own_schools.below"),
    )
    rows = []
    for school in found:
        number = school["school_id"]
        of = [one for one in loops if one.school == number]
        newest = of[-1] if of else None
        rows.append(
            (
                schools[number],
                words("own_schools.agreed" if number in agreed else "own_schools.not_agreed")
                + (f", {words('schools.amended')}" if number in amended else ""),
                newest.year if newest else "–",
                words(f"own_schools.track.{newest.track}" if newest else "own_schools.track.unknown"),
            )
        )
    columns = tuple(words(f"own_schools.{name}") for name in ("school", "agreement", "year", "state"))
    frame.draw_table(columns, rows)
    if years:
        frame.say_careful(words("owner.careful"))
    shown = [s for s in found if not s["invited_only"]]
    for one in shown:
        frame.link_to(
            view, "school", words("own_schools.open", school=name_school(one)), place=st.container(),
            valgt=one["school_id"],
        )  # fmt: skip
    frame.offer_files(choices, words("page.own_schools"), columns, rows)
