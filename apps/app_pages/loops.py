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
    told,
)
from apps.view import View
from innenfra.contracts.codings import CANONICAL_PHASES, log_instrument, template_version
from innenfra.contracts.loops import LOOP_STATUSES, METHODS
from innenfra.contracts.loops import loop as loop_table
from innenfra.contracts.loops import team_loop as team_loop_table
from innenfra.contracts.meetings import ACTIVITIES as MEETING_ACTIVITIES
from innenfra.contracts.meetings import DECIDERS, DECISION_BASES, DECISION_TYPES, LED_BY
from innenfra.contracts.meetings import meeting as meeting_table
from innenfra.contracts.schools import team as team_table
from innenfra.contracts.vocabulary import ARENAS
from innenfra.mirror_items import describe_item

ACTIVITIES = ("planning", "research_lesson", "evaluation")
USED = {"planning": "planning_min", "research_lesson": "research_lesson_min", "evaluation": "evaluation_min"}
SET_ASIDE = {
    "planning": "plan_planning_min",
    "research_lesson": "plan_research_lesson_min",
    "evaluation": "plan_evaluation_min",
}
# columns as they were delivered, in the order they are shown in; and counts of teams
DESIGN = (
    "loop_no design_version plan_planning_min plan_research_lesson_min plan_evaluation_min"
    " plan_full_staff_sharing_min plan_joint_theorisation_min template_status template_version_id"
    " log_instrument_version_id collective_area_ids loop_goal"
)
MET = (
    "meeting_date arena loop_relation minutes group_format teachers_n process_leaders_n leaders_n"
    " teacher_educators_n teams_represented_n te_mode"
)
OF_TEAMS = (
    "team_id status headcount experienced_n planning_min research_lesson_min evaluation_min"
    " research_lessons_held_n observers_n observation_focus_recorded goal_subject goal_cross_curricular"
    " goal_formulated_before_design te_in_planning te_in_evaluation te_in_research_lesson"
    " te_agreed_with_process_leader leader_present"
)
TEAMS = "team_id team_label team_kind valid_from valid_to change_type related_team_id"
PHASES = (
    "template_id template_version_id phase_no phase_code canonical_phase prompts_n first_loop_no"
    " developed_in_meeting_id based_on_mirror"
)
FORM = (
    "log_instrument_id log_instrument_version_id item_id theme scale answer_codes wording_nb wording_nn"
    " wording_en predecessor_version_id predecessor_item_id same_meaning"
)
COUNTED = (
    "active_n",
    "told_n",
    "completed_n",
    "partly_n",
    "cancelled_n",
    "not_participating_n",
    "research_lessons_n",
    "retaught_n",
    "focus_recorded_n",
    "goal_subject_n",
    "goal_cross_curricular_n",
    "goal_before_design_n",
)
BESIDE = ("log_rounds_n", "coded_n", "mirror_items_n", "minutes_n")
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
            minutes = team[USED[activity]] if team and team["timed_n"] else None
            cells.append(
                {
                    "loop": design["loop_no"],
                    "activity": t(f"loops.activity.{activity}"),
                    "used": None if minutes is None or team is None else minutes / team["timed_n"] / 60,
                    "planned": design[SET_ASIDE[activity]] / 60,
                }
            )
    return pd.DataFrame(cells, columns=["loop", "activity", "used", "planned"])


def tell_cancelled(cancelled: Rows, t: Translate) -> list[str]:
    """What was delivered of each cancelled loop and counts in no number, loop by loop."""
    return [
        t(
            "loops.beside",
            loop=one["loop_no"],
            what=join((t(f"loops.beside.{name}", n=one[name]) for name in BESIDE if one[name]), t),
        )
        for one in sorted(cancelled, key=lambda one: one["loop_no"])
    ]


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
                t("loops.method"): label(METHODS, loop["method"], language),
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
    return f"«{plain(item['text'])}»" if item["text"] else describe_item(item, t)


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
                )
                + grounds_of(decision, t),
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


def grounds_of(decision: Row, t: Translate) -> str:
    """What a decision rests on, and whether both parties confirm the record."""
    language = t("code")
    grounds = [label(DECISION_BASES, one, language).lower() for one in (decision["based_on"] or "").split()]
    said = [t("trail.grounds", grounds=join(grounds, t))] if grounds else []
    if decision["confirmed_by_both"] == "yes":
        said.append(t("trail.confirmed"))
    return "".join(f" {one}" for one in said)


def counts_of(team: Row | None, t: Translate) -> list[str]:
    """The teams of a loop as counts, each in a sentence; nothing where their part was not delivered."""
    if team is None or not team["told_n"]:
        return []
    return [t(f"loops.count.{name}", n=team[name]) for name in COUNTED if team[name] is not None]


def activities_of(meetings: Rows, activities: Rows, t: Translate) -> list[str]:
    """What was done in each meeting and who led it, meeting by meeting."""
    language = t("code")
    said = []
    for one in sorted(meetings, key=lambda m: m["meeting_date"]):
        done = [
            label(MEETING_ACTIVITIES, a["activity_code"], language)
            + (f" ({label(LED_BY, a['led_by'], language).lower()})" if a["led_by"] else "")
            for a in activities
            if a["meeting_id"] == one["meeting_id"]
        ]
        if done:
            said.append(
                f"{label(ARENAS, one['arena'], language)} {day(one['meeting_date'], t)}: {join(done, t)}"
            )
    return said


def show_records(view: View, place: places.Place, number: int, meetings: Rows, team: Row | None) -> None:
    """What was delivered of a loop, for those who look closer: design, meetings, teams, template and form."""
    t, language, read = view.words, view.language, place.records
    mine = [m for m in meetings if m["loop_no"] == number]
    sheets: list[tuple[str, tuple[list[str], list[list[str]]], list[str]]] = [
        (
            "design",
            told(loop_table, DESIGN, [d for d in read("loop_design") if d["loop_no"] == number], language),
            [],
        ),
        (
            "meetings",
            told(meeting_table, MET, mine, language),
            activities_of(mine, read("meeting_activity"), t),
        ),
    ]
    if view.scope.role == "school":
        of_teams = [row for row in read("team_loop") if row["loop_no"] == number]
        sheets.append(("team_loops", told(team_loop_table, OF_TEAMS, of_teams, language), counts_of(team, t)))
        sheets.append(("team_list", told(team_table, TEAMS, read("team"), language), []))
    else:
        sheets.append(("team_loops", ([], []), counts_of(team, t)))
    versions = sorted(read("template"), key=lambda v: (v["template_version_id"], v["phase_no"]))
    changed = [
        t("loops.changed", version=v["template_version_id"], before=v["before_id"], phase=v["phase_no"])
        for v in versions
        if v["is_new"]
    ]
    sheets.append(("template_list", told(template_version, PHASES, versions, language), changed))
    sheets.append(("form", told(log_instrument, FORM, read("instrument_item"), language), []))
    for name, (columns, rows), sentences in sheets:
        if rows or sentences:
            with st.expander(t(f"loops.sheet.{name}", loop=number), key=f"sheet_{name}"):
                for sentence in sentences:
                    st.markdown(f"- {sentence}")
                if rows:
                    frame.draw_table(columns, rows)


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
        frame.show_chart(Chart(strip, tell_strip(steps, summed(plan), t), (), ()))
    for sentence in (*amendments(versions, t), *tell_cancelled(read("cancelled_loop"), t)):
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
        frame.show_chart(Chart(phase_panels(phases, theme, t), alt, (), ()))
        st.markdown(f":gray[{t('loops.phases_note')}]")
    hours = hour_cells(designs, teams, t)
    if hours["used"].notna().any():
        st.header(t("loops.time"), anchor=False)
        frame.show_chart(Chart(hour_panels(hours, theme, t), t("loops.hours_alt"), (), ()))
        st.markdown(f":gray[{t('loops.hours_note')}]")
    else:
        st.markdown(f":gray[{t('loops.no_teams')}]")
    if number is not None:
        show_records(view, place, number, meetings, next((x for x in teams if x["loop_no"] == number), None))
    rows = table_of(loops, designs, teams, meetings, t)
    frame.show_table(view, list(rows.columns), rows.map(_escaped).to_numpy().tolist())
    title = headline(loops, plan, t, dt.date.today())
    frame.offer_files(choices, title, list(rows.columns), rows.astype(str).to_numpy().tolist(), strip)


def _escaped(cell: Any) -> Any:
    return plain(cell) if isinstance(cell, str) else cell
