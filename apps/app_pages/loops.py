"""Sløyfer: what has been done of what was agreed, and what is left; a loop opens its trail."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from apps import frame, mirror_forms, places
from apps.charts.loops import Step, hour_panels, loop_strip, phase_panels, tell_strip
from apps.charts.theme import Chart, theme_of
from apps.records import (
    HELD,
    Row,
    Rows,
    Translate,
    amendments,
    begin,
    count,
    day,
    join,
    label,
    newest_version,
    plain,
    plan_of,
    summed,
)
from apps.view import View
from innenfra.contracts.codings import CANONICAL_PHASES
from innenfra.contracts.loops import LOOP_STATUSES
from innenfra.contracts.meetings import DECIDERS, DECISION_TYPES
from innenfra.contracts.mirror import CONTENT_TOPICS, DIMENSIONS, PROCESS_TOPICS
from innenfra.contracts.vocabulary import ARENAS

ACTIVITIES = ("planning", "research_lesson", "evaluation")
TO_COME = ("planned", "running")


def headline(loops: Rows, plan: dict[int, int], t: Translate, today: dt.date) -> str:
    """How many of the agreed loops are done, and when the next one starts."""
    held = sum(loop["status"] in HELD for loop in loops)
    planned = sum(plan.values())
    if not loops and not planned:
        return t("loops.none")
    if planned:
        said = t("loops.done_of", n=count(held, t), planned=count(planned, t))
    else:
        said = t("loops.done", n=count(held, t))
    following = [x for x in loops if x["status"] == "planned" and x["planned_start"] >= today]
    going = [x for x in loops if x["status"] == "running"]
    if going:
        said += " " + t("loops.going", loop=going[0]["loop_no"])
    elif following:
        first = min(following, key=lambda x: x["planned_start"])
        said += " " + t("loops.next", loop=first["loop_no"], day=day(first["planned_start"], t))
    return begin(said)


def by_year(loops: Rows, plan: dict[int, int], t: Translate) -> str:
    """Each partnership year against the plan that was in force; empty without a plan."""
    held = Counter(loop["partnership_year_no"] for loop in loops if loop["status"] in HELD)
    begun = max((loop["partnership_year_no"] for loop in loops), default=0)
    told = [
        t("loops.of", n=held.get(year, 0), planned=planned)
        for year, planned in sorted(plan.items())
        if year <= begun
    ]
    return t("loops.by_year", years=", ".join(told)) if told else ""


def steps_of(loops: Rows, plan: dict[int, int]) -> list[Step]:
    """Where each loop stands on the strip: through its partnership year, and one step up for each that is
    held
    or to come."""
    made: list[Step] = []
    height = 0
    for year in sorted({int(loop["partnership_year_no"]) for loop in loops}):
        mine = sorted(
            (x for x in loops if x["partnership_year_no"] == year),
            key=lambda x: (x["planned_start"], x["loop_no"]),
        )
        room = max(plan.get(year, 0), len(mine))
        for place, loop in enumerate(mine, start=1):
            held, to_come = loop["status"] in HELD, loop["status"] in TO_COME
            height += held or to_come
            state = "held" if held else "open" if to_come else "cancelled"
            made.append(Step(int(loop["loop_no"]), year - 1 + place / room, height, state))
    return made


def phase_cells(phases: Rows, t: Translate) -> pd.DataFrame:
    """Loops × phases of the common model: how many of the teams used each."""
    language = t("code")
    cells = []
    for one in sorted(
        phases,
        key=lambda p: (
            (
                CANONICAL_PHASES.codes.index(p["canonical_phase"])
                if p["canonical_phase"] in CANONICAL_PHASES.codes
                else 99
            ),
            p["loop_no"],
        ),
    ):
        teams = one["used_n"] + one["partly_n"] + one["not_used_n"]
        cells.append(
            {
                "loop": one["loop_no"],
                "phase": label(CANONICAL_PHASES, one["canonical_phase"] or one["phase_code"], language),
                "share": (one["used_n"] + one["partly_n"] / 2) / teams if teams else 0,
                "text": t("loops.of", n=one["used_n"], planned=teams) + (" *" if one["partly_n"] else ""),
            }
        )
    return pd.DataFrame(cells, columns=["loop", "phase", "share", "text"])


def hour_cells(designs: Rows, teams: Rows, t: Translate) -> pd.DataFrame:
    """Loops × activities: hours used per team that wrote them down, beside the hours set aside."""
    used = {(x["partnership_id"], x["loop_no"]): x for x in teams}
    cells = []
    for activity in ACTIVITIES:
        for design in sorted(designs, key=lambda x: x["loop_no"]):
            team = used.get((design["partnership_id"], design["loop_no"]))
            minutes = team[f"{activity}_min"] if team and team["timed_n"] else None
            cells.append(
                {
                    "loop": design["loop_no"],
                    "activity": t(f"loops.activity.{activity}"),
                    "used": None if minutes is None or team is None else minutes / team["timed_n"] / 60,
                    "planned": design[f"plan_{activity}_min"] / 60,
                }
            )
    return pd.DataFrame(cells, columns=["loop", "activity", "used", "planned"])


def table_of(loops: Rows, designs: Rows, teams: Rows, meetings: Rows, t: Translate) -> pd.DataFrame:
    """One row a loop, for those who read numbers."""
    language = t("code")
    design_of = {(x["partnership_id"], x["loop_no"]): x for x in designs}
    teams_of = {(x["partnership_id"], x["loop_no"]): x for x in teams}
    rows = []
    for loop in sorted(loops, key=lambda x: x["loop_no"]):
        key = (loop["partnership_id"], loop["loop_no"])
        design, team = design_of.get(key), teams_of.get(key)
        arenas = Counter(m["arena"] for m in meetings if (m["partnership_id"], m["loop_no"]) == key)
        rows.append(
            {
                t("clock.loop"): loop["loop_no"],
                t("clock.school_year"): loop["school_year"],
                t("loops.status"): label(LOOP_STATUSES, loop["status"], language),
                t("loops.days"): (
                    f"{day(loop['actual_start'] or loop['planned_start'], t)} –"
                    f" {day(loop['actual_end'] or loop['planned_end'], t)}"
                ),
                t("loops.teams"): (
                    t("loops.of", n=team["completed_n"], planned=team["told_n"])
                    if team and team["told_n"]
                    else t("state.not_collected")
                ),
                t("loops.meetings"): (
                    ", ".join(f"{label(ARENAS, a, language)} {n}" for a, n in sorted(arenas.items())) or "–"
                ),
                t("loops.template_label"): template_of(design, t),
                t("loops.new_label"): new_in(design, t),
                t("loops.goal"): (design or {}).get("loop_goal") or "–",
            }
        )
    return pd.DataFrame(rows)


def template_of(design: Row | None, t: Translate) -> str:
    """The template of a loop, or that there was none yet."""
    if design is None:
        return "–"
    return design["template_version_id"] or t(f"loops.template.{design['template_status']}")


def new_in(design: Row | None, t: Translate) -> str:
    """What is new in a loop, in words."""
    if design is None or design["new_in_it"] is None:
        return "–"
    return begin(join((t(f"loops.new.{what}") for what in design["new_in_it"].split()), t)) or t(
        "loops.nothing_new"
    )


def item_said(item: Row, t: Translate) -> str:
    """An item of mirror data in a sentence: its own words, or its dimension and topic."""
    language = t("code")
    if item["text"]:
        return f"«{plain(item['text'])}»"
    topic = item["topic_code"]
    known = next((codes for codes in (CONTENT_TOPICS, PROCESS_TOPICS) if topic in codes.codes), None)
    said = label(DIMENSIONS, item["dimension"], language)
    if topic:
        called = label(known, topic, language) if known else topic.removeprefix("local").strip("_-.")
        said += f": {called.lower()}"
    return t("item.no_text", about=said, form=t(f"item.form.{item['form']}"))


def trail_of(
    loop_no: int,
    items: Rows,
    edges: Rows,
    meetings: Rows,
    decisions: Rows,
    loops: Rows,
    teams: Rows,
    t: Translate,
) -> list[tuple[str, str, str]]:
    """What led from a loop's mirror data to the next loop: kind, sentence and what stands under it, in
    order."""
    language = t("code")
    mine = [item for item in items if item["loop_no"] == loop_no]
    ids = {item["mirror_id"] for item in mine}
    met = {m["meeting_id"]: m for m in meetings}
    shown: dict[str, list[str]] = {}
    for edge in edges:
        if edge["from_kind"] == "mirror_item" and edge["from_id"] in ids and edge["to_kind"] == "meeting":
            shown.setdefault(edge["from_id"], []).append(edge["to_id"])
    told: list[tuple[str, str, str]] = []
    for item in mine:
        places = [
            label(ARENAS, met[m]["arena"], language).lower()
            for m in shown.get(item["mirror_id"], ())
            if m in met
        ]
        below = [t("trail.shown", where=join(places, t))] if places else [t("trail.not_shown")]
        below.append(t(f"item.outcome.{item['outcome'] or 'not_asked'}"))
        told.append(("mirror", item_said(item, t), begin(" · ".join(below))))
    led = {m for places in shown.values() for m in places} | ids
    reached = {e["to_id"] for e in edges if e["to_kind"] == "decision" and e["from_id"] in led}
    for decision in sorted(
        (d for d in decisions if d["decision_id"] in reached), key=lambda d: d["decided_on"]
    ):
        told.append(
            (
                "decision",
                (
                    f"«{plain(decision['text'])}»"
                    if decision["text"]
                    else label(DECISION_TYPES, decision["decision_type"], language)
                ),
                t(
                    "trail.decided",
                    proposer=label(DECIDERS, decision["proposed_by"], language).lower(),
                    decider=label(DECIDERS, decision["decided_by"], language).lower(),
                    day=day(decision["decided_on"], t),
                ),
            )
        )
    taking_effect = {
        d["effective_loop_no"] for d in decisions if d["decision_id"] in reached and d["effective_loop_no"]
    }
    for later in sorted(taking_effect):
        loop = next((x for x in loops if x["loop_no"] == later), None)
        team = next((x for x in teams if x["loop_no"] == later), None)
        said = label(LOOP_STATUSES, loop["status"], language) if loop else t("trail.not_started")
        below_it = (
            t("trail.teams", n=team["completed_n"], teams=team["told_n"]) if team and team["told_n"] else ""
        )
        told.append((f"loop:{later}", said, below_it))
    return told


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    loops, versions = read("loop"), read("agreement")
    numbers = [str(x["loop_no"]) for x in sorted(loops, key=lambda x: x["loop_no"])]
    held = [str(x["loop_no"]) for x in loops if x["status"] in HELD]
    chosen = (
        choices.select(
            "sloyfe",
            t("clock.loop"),
            numbers,
            lambda n: t("loops.loop", n=n),
            default=max(held, key=int, default=None),
        )
        if numbers
        else None
    )
    newest = newest_version(versions)
    plan = plan_of(newest, read("agreement_plan_year"))
    first = plan_of(
        min(versions, key=lambda v: (v["valid_from"], v["version_no"]), default=None),
        read("agreement_plan_year"),
    )
    frame.answer(headline(loops, plan, t, dt.date.today()), by_year(loops, plan, t))
    if not loops:
        return
    theme = theme_of(view.dark)
    steps = steps_of(loops, plan)
    left, right = st.columns([3, 2], gap="large")
    number = int(chosen) if chosen else None
    strip = loop_strip(steps, summed(plan), summed(first) if first != plan else [], number, theme, t)
    with left:
        frame.show_chart(view, Chart(strip, tell_strip(steps, summed(plan), t), (), ()))
    for sentence in amendments(versions, t):
        left.markdown(f":gray[{sentence}]")
    meetings, teams, designs = read("meeting"), read("loop_teams"), read("loop_design")
    if number is not None:
        with right.container(border=True):
            st.header(t("trail.title", n=number), anchor=False)
            followed = trail_of(
                number, read("mirror_item"), read("trail"), meetings, read("decision"), loops, teams, t
            )
            for kind, said, below in followed:
                head = t("trail.loop", n=kind[5:]) if kind.startswith("loop:") else t(f"trail.{kind}")
                st.markdown(f"**{head}** {said}" + (f"  \n:gray[{below}]" if below else ""))
            if not followed:
                st.markdown(t("trail.none"))
            if view.scope.role == "school":
                items = [item for item in read("mirror_item") if item["loop_no"] == number]
                called = {item["mirror_id"]: f"{item['mirror_id']} {item_said(item, t)}" for item in items}
                mirror_forms.show_forms(view, place, items, called, number)
    phases = phase_cells(read("loop_phase"), t)
    if len(phases):
        st.header(t("loops.phases"), anchor=False)
        alt = t("loops.phases_alt", loops=phases["loop"].nunique(), phases=phases["phase"].nunique())
        frame.show_chart(view, Chart(phase_panels(phases, theme, t), alt, (), ()))
        st.markdown(f":gray[{t('loops.phases_note')}]")
    hours = hour_cells(designs, teams, t)
    if hours["used"].notna().any():
        st.header(t("loops.time"), anchor=False)
        frame.show_chart(view, Chart(hour_panels(hours, theme, t), t("loops.hours_alt"), (), ()))
        st.markdown(f":gray[{t('loops.hours_note')}]")
    else:
        st.markdown(f":gray[{t('loops.no_teams')}]")
    rows = table_of(loops, designs, teams, meetings, t)
    frame.show_table(view, list(rows.columns), rows.map(_escaped).to_numpy().tolist())
    title = headline(loops, plan, t, dt.date.today())
    frame.offer_files(choices, title, list(rows.columns), rows.astype(str).to_numpy().tolist(), strip)


def _escaped(cell: Any) -> Any:
    return plain(cell) if isinstance(cell, str) else cell
