"""Loops of the invented network: the loops, what each team did, templates, phases and development areas.

Belongs here: the work in teams. Does not belong here: meetings of other arenas (`meetings.py`).
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from innenfra.demo import plants
from innenfra.demo.school import FIRST_YEAR, School, school_year_of
from innenfra.demo.writing import Rows

_PHASES = ("pre_analysis", "idea_generation", "lesson_design", "enactment_observation", "post_analysis")


def loops(school: School, offset: int) -> Rows:
    """The loops of a year."""
    return [loop(school, offset, n) for n in range(1, len(school.loop_numbers(offset)) + 1)]


def loop(school: School, offset: int, n: int) -> dict[str, Any]:
    """The n-th loop of a year."""
    start = dt.date(FIRST_YEAR + offset, 9, 7) if n == 1 else dt.date(FIRST_YEAR + offset + 1, 1, 18)
    form = "LOGG-v2" if school.school_id == plants.BREAK and offset >= 3 else "LOGG-v1"
    return {
        "school_id": school.school_id,
        "partnership_id": school.partnership,
        "loop_no": offset * school.loops + n,
        "method": "lesson_study",
        "school_year": school_year_of(offset),
        "partnership_year_no": offset + 1,
        "planned_start": start,
        "planned_end": start + dt.timedelta(weeks=5),
        "actual_start": start + dt.timedelta(days=2),
        "actual_end": start + dt.timedelta(weeks=5, days=3),
        "status": "completed",
        "design_version": "1",
        "plan_planning_min": 240,
        "plan_research_lesson_min": 60,
        "plan_evaluation_min": 120,
        "plan_full_staff_sharing_min": 90,
        "template_status": "none_yet" if offset == 0 else "in_use",
        "template_version_id": None if offset == 0 else f"M1-v{offset}",
        "log_instrument_version_id": form,
        "collective_area_ids": "UO-1" if offset else None,
    }


def team_loops(of: dict[str, Any], teams: Rows, offset: int, chance: random.Random) -> Rows:
    """What each active team did in a loop."""
    rows: Rows = []
    for team in teams:
        if team["valid_to"] is not None and team["valid_to"] < of["planned_start"]:
            continue
        headcount = chance.randint(4, 6)
        draw = chance.random()
        status = "completed" if draw < 0.9 else "cancelled_agreed" if draw < 0.95 else "partly"
        rows.append(
            {
                "school_id": of["school_id"],
                "partnership_id": of["partnership_id"],
                "loop_no": of["loop_no"],
                "team_id": team["team_id"],
                "status": status,
                "headcount": headcount,
                "experienced_n": None if of["loop_no"] == 1 else chance.randint(2, headcount),
                "planning_min": chance.choice((180, 210, 240)),
                "research_lesson_min": 60,
                "evaluation_min": chance.choice((90, 120)),
                "research_lessons_held_n": 1 if status == "completed" else 0,
                "observers_n": 3,
                "observation_focus_recorded": "yes",
                "goal_subject": "yes",
                "goal_cross_curricular": chance.choice(("yes", "no")),
                "goal_formulated_before_design": "yes",
                "te_in_planning": (
                    chance.choice(("yes", "no", "offered_not_used")) if offset else "absent_by_design"
                ),
                "te_in_evaluation": chance.choice(("yes", "no")),
                "te_in_research_lesson": "no",
                "leader_present": chance.choice(("yes", "no")),
            }
        )
    return rows


def templates(offset: int) -> Rows:
    """The versions of the process template so far; the first year had none."""
    return [
        {
            "template_id": "M1",
            "template_version_id": f"M1-v{version}",
            "phase_no": n,
            "phase_code": f"fase{n}",
            "canonical_phase": phase,
            "prompts_n": 2 + version,
            "based_on_mirror": "yes" if version > 1 else "no",
        }
        for version in range(1, offset + 1)
        for n, phase in enumerate(_PHASES, start=1)
    ]


def phases(of: Rows, chance: random.Random) -> Rows:
    """Which phases each team used, where the loop had a template and the team completed it. `of` are team
    loops with their loop's template."""
    return [
        {
            "school_id": row["school_id"],
            "partnership_id": row["partnership_id"],
            "loop_no": row["loop_no"],
            "team_id": row["team_id"],
            "template_version_id": row["template_version_id"],
            "phase_no": n,
            "used": chance.choices(("yes", "partly", "no"), (7, 2, 1))[0],
        }
        for row in of
        if row["status"] == "completed" and row["template_version_id"]
        for n in range(1, len(_PHASES) + 1)
    ]


def areas(school: School, offset: int) -> Rows:
    """Development areas so far: the teams' own from the start, a collective one from the second year, another
    from the fourth."""
    common = {"school_id": school.school_id, "partnership_id": school.partnership}
    rows: Rows = [
        common
        | {
            "area_id": "UO-0",
            "scope": "team",
            "origin": "bottom_up",
            "origin_agreed_by_both": "yes",
            "first_loop_no": 1,
            "last_loop_no": school.loops,
        }
    ]
    for number, (since, origin) in enumerate(((1, "bottom_up"), (3, "joint")), start=1):
        if offset >= since:
            rows.append(
                common
                | {
                    "area_id": f"UO-{number}",
                    "scope": "collective",
                    "origin": origin,
                    "origin_agreed_by_both": "yes" if number == 1 else "no",
                    "first_loop_no": since * school.loops + 1,
                }
            )
    return rows
