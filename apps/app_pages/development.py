"""Utvikling: where the work stands, as the school and the educators have marked it themselves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from apps import frame, places
from apps.charts.development import lanes, wheel
from apps.charts.theme import Chart, theme_of
from apps.records import Row, Rows, Translate, begin, count, join, label, plain, told
from apps.view import View
from innenfra.contracts.arenas import AREA_SCOPES, ORIGINS
from innenfra.contracts.declare import metadata
from innenfra.contracts.mirror import CHANGE_PHASES, EXPANSIVE_PHASES, INTRODUCED_BY, KNOWLEDGE_TOPICS

NO_CLAIM = ("no_basis_for_claim", "not_assessed")
OF_TOOLS = ("tool_introduction", "tool_use")
CONTEXT = "school_year principal_changed concurrent_initiatives_n onboarding_by"
PRODUCTS = ("artefact", "publication")


def of_kind(notes: Rows, *kinds: str) -> list[Row]:
    """Notes of some kinds, in the order of time."""
    return sorted(
        (n for n in notes if n["note_type"] in kinds),
        key=lambda n: (n["school_year"] or "", n["first_loop_no"] or 0),
    )


def when(note: Row, t: Translate) -> str:
    """The school year or the loop that a note is about."""
    if note["school_year"]:
        return str(note["school_year"])
    return t("loops.loop", n=note["first_loop_no"]) if note["first_loop_no"] else t("development.no_time")


def headline(notes: Rows, areas: Rows, t: Translate) -> str:
    """The newest change phase, said as it was marked: also that there is no basis for a claim."""
    language = t("code")
    phases = of_kind(notes, "change_phase")
    running = [a for a in areas if a["last_loop_no"] is None]
    if not phases:
        if not areas:
            return t("development.none")
        return begin(t("development.areas_only", n=count(len(running), t)))
    newest = phases[-1]
    if newest["code"] in NO_CLAIM:
        return t("development.no_claim", when=when(newest, t))
    return t(
        "development.phase_now",
        phase=label(CHANGE_PHASES, newest["code"], language).lower(),
        when=when(newest, t),
    )


def phases_told(notes: Rows, t: Translate) -> pd.DataFrame:
    """Each change phase that was marked, with what it rests on."""
    language = t("code")
    return pd.DataFrame(
        [
            {
                t("development.when"): when(n, t),
                t("development.phase"): label(CHANGE_PHASES, n["code"], language),
                t("development.evidence"): (
                    plain(n["evidence_ref"]) if n["evidence_ref"] else t("development.no_evidence")
                ),
                t("development.agreed"): t(f"development.agreed_{n['agreed_by_both']}"),
            }
            for n in of_kind(notes, "change_phase")
        ]
    )


def wheel_of(notes: Rows, t: Translate) -> pd.DataFrame:
    """All phases of the expansive circle, with the loops or years in which the school marked them."""
    language = t("code")
    marked: dict[str, list[str]] = {}
    for one in of_kind(notes, "expansive_phase"):
        marked.setdefault(one["code"], []).append(str(one["first_loop_no"] or one["school_year"] or ""))
    # the circle with six phases does not examine the model by itself
    known = [c for c in EXPANSIVE_PHASES.codes if c != "examining_the_model" or c in marked]
    return pd.DataFrame(
        [
            {
                "phase": label(EXPANSIVE_PHASES, code, language),
                "place": place,
                "number": place + 1,
                "one": 1,
                "loops": ", ".join(filter(None, marked.get(code, []))),
                "is_marked": code in marked,
            }
            for place, code in enumerate(known)
        ]
    )


def lanes_of(areas: Rows, last_loop: int, t: Translate) -> pd.DataFrame:
    """Areas with where they came from, from their first to their last loop."""
    language = t("code")
    rows = []
    for one in sorted(areas, key=lambda a: (a["first_loop_no"], a["area_id"])):
        last = one["last_loop_no"] or max(last_loop, one["first_loop_no"])
        said = [label(ORIGINS, one["origin"], language)]
        if one["scope"] == "team":
            said.append(label(AREA_SCOPES, one["scope"], language).lower())
        if one["origin_agreed_by_both"] == "no":
            said.append(t("development.not_agreed"))
        if one["last_loop_no"] is None:
            said.append(t("development.goes_on"))
        rows.append(
            {
                "area": one["area_id"],
                "first": one["first_loop_no"],
                "last": last,
                "start": one["first_loop_no"] - 0.45,
                "end": last + 0.45,
                "text": " · ".join(said),
            }
        )
    return pd.DataFrame(rows, columns=["area", "first", "last", "start", "end", "text"])


def tools_told(notes: Rows, t: Translate) -> list[str]:
    """Tools that were brought in, and what became of them."""
    language = t("code")
    said = []
    for one in of_kind(notes, "tool_introduction"):
        uses = [n for n in of_kind(notes, "tool_use") if n["code"] == one["code"]]
        by = label(INTRODUCED_BY, one["introduced_by"] or "teacher_educator", language).lower()
        text = t("development.tool", tool=begin(plain(one["code"])), by=by, when=when(one, t).lower())
        if any(n["rejected_by_practitioners"] == "yes" for n in (one, *uses)):
            text += " " + t("development.tool_rejected")
        elif any(n["without_te"] == "yes" for n in uses):
            text += " " + t("development.tool_own")
        said.append(text)
    return said


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    notes, areas, loops = read("note"), read("development_area"), read("loop")
    theme = theme_of(view.dark)
    frame.answer(headline(notes, areas, t), t("development.marked"))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("development.areas"), anchor=False)
        if areas:
            lane = lanes_of(areas, max((x["loop_no"] for x in loops), default=1), t)
            alt = t(
                "development.lanes_alt",
                what="; ".join(
                    f"{r['area']} {r['first']}–{r['last']}: {r['text']}" for r in lane.to_dict("records")
                ),
            )
            frame.show_chart(Chart(lanes(lane, theme, t), alt, (), ()))
        else:
            st.markdown(t("state.not_collected"))
        phases = phases_told(notes, t)
        st.header(t("development.phases"), anchor=False)
        if len(phases):
            st.table(phases, hide_index=True)
        else:
            st.markdown(t("development.no_phases"))
    with right:
        st.header(t("development.wheel"), anchor=False)
        circle = wheel_of(notes, t)
        marked = circle[circle["is_marked"]]
        if len(marked):
            takeaway = t(
                "development.wheel_alt",
                what=join((f"{r['phase']} ({r['loops']})" for r in marked.to_dict("records")), t),
            )
        else:
            takeaway = t("development.wheel_empty")
        frame.show_chart(Chart(wheel(circle, theme, t), takeaway, (), ()))
        st.markdown("\n".join(f"{r['number']}. {r['phase']}" for r in circle.to_dict("records")))
        st.markdown(f":gray[{takeaway}]")
        tensions = of_kind(notes, "tension")
        st.header(t("development.tensions"), anchor=False)
        for number, one in enumerate(tensions, start=1):
            rests = t("development.rests_on", on=plain(one["evidence_ref"])) if one["evidence_ref"] else ""
            st.markdown(f"{number}. {begin(plain(one['code']))} ({when(one, t).lower()}) {rests}")
        if not tensions:
            st.markdown(t("development.no_tensions"))
        for one in of_kind(notes, "zone"):
            st.markdown(t("development.zone", what=plain(one["code"]), when=when(one, t).lower()))
    if len(phases):
        frame.offer_files(
            choices,
            headline(notes, areas, t),
            list(phases.columns),
            phases.to_numpy().tolist(),
            wheel(circle, theme, t),
        )
    context = sorted(read("school_context"), key=lambda c: c["school_year"])
    columns, rows = told(metadata.tables["landed.school_year"], CONTEXT, context, view.language)
    if rows and len(columns) > 1:
        st.header(t("development.context"), anchor=False)
        frame.draw_table(columns, rows)
    tools = tools_told(notes, t)
    topics = [label(KNOWLEDGE_TOPICS, n["code"], view.language) for n in of_kind(notes, "knowledge_input")]
    if tools or topics or of_kind(notes, *PRODUCTS):
        st.header(t("development.tools"), anchor=False)
        for sentence in tools:
            st.markdown(f"- {sentence}")
        if topics:
            st.markdown(t("development.topics", what=plain(join(dict.fromkeys(topics), t))))
        for one in of_kind(notes, *PRODUCTS):
            st.markdown(
                f"- {t('development.' + one['note_type'])}: {plain(one['code'])} ({when(one, t).lower()})"
            )
