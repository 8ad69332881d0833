"""Skolene: the owner's schools by code with their state, and no value of any of them beside another's."""

from __future__ import annotations

import streamlit as st

from apps import frame, owner
from apps.reader import as_rows
from apps.records import begin, count, plain
from apps.school_choice import name_school
from apps.view import View


def render(view: View) -> None:
    """The page."""
    words, choices = view.words, frame.Choices(view)
    found = as_rows(view.reader.list_schools())
    schools = {s["school_id"]: name_school(s) for s in found}
    loops = owner.read_loops(view.reader.list_owner_values(), schools, words)
    agreements = view.reader.list_all_agreements()
    agreed = {a["school_id"] for a in agreements} & set(schools)
    amended = {a["school_id"] for a in agreements if a["is_amendment"]}
    title = begin(words("own_schools.answer", n=count(len(agreed), words), all=count(len(schools), words)))
    frame.answer(title, words("own_schools.below"))
    rows = []
    for number, name in schools.items():
        of = [one for one in loops if one.school == number]
        newest = of[-1] if of else None
        agreement = words("own_schools.agreed" if number in agreed else "own_schools.not_agreed")
        rows.append(
            (
                plain(name),
                agreement + (f", {words('own_schools.amended')}" if number in amended else ""),
                newest.year if newest else "–",
                words(f"own_schools.track.{newest.track if newest else 'unknown'}"),
            )
        )
    columns = tuple(words(f"own_schools.{name}") for name in ("school", "agreement", "year", "state"))
    frame.draw_table(columns, rows)
    frame.say_careful(words("owner.measures"))
    frame.offer_files(choices, title, columns, rows)
    st.header(words("own_schools.links"), anchor=False)
    for one in found:
        if not one["invited_only"] and one["school_id"] in agreed:
            name = name_school(one)
            with st.container(horizontal=True, key=f"open_{one['school_id']}"):
                for page, called in (("school", "over_time"), ("agreement", "the_agreement")):
                    frame.link_to(
                        view,
                        page,
                        words(f"own_schools.{called}", school=name),
                        place=st.container(width="content"),
                        valgt=one["school_id"],
                    )
