"""Meetings of the invented network: activities, mirror data, decisions, checks with those it is about, and
notes.

Belongs here: what happened outside the teams. Does not belong here: the teams' own work (`loops.py`).
"""

from __future__ import annotations

import datetime as dt
import random

from innenfra.demo.school import School, school_year_of
from innenfra.demo.writing import Rows

_PROPOSERS = (
    "teachers",
    "process_leaders",
    "development_group",
    "leadership",
    "teacher_educators",
    "joint",
    "unknown",
)
_DECIDERS = ("full_staff", "development_group", "leadership", "joint", "teacher_educators", "unknown")


def meetings(school: School, loops: Rows, teams: int, chance: random.Random) -> tuple[Rows, Rows]:
    """Meetings around the loops, and their activities. `teams` is the number of active teams."""
    held: Rows = []
    activities: Rows = []
    for loop in loops:
        for arena, relation, days, activity in (
            ("full_staff", "before", -7, "theorisation"),
            ("full_staff", "after", 12, "experience_sharing"),
            ("development_group", "after", 15, "mirror_data"),
        ):
            anchor = loop["actual_start"] if relation == "before" else loop["actual_end"]
            meeting_id = f"M{loop['loop_no']:02d}-{len(held) + 1}"
            group = arena == "development_group"
            present = chance.random() < 0.8
            held.append(
                {
                    "school_id": school.school_id,
                    "meeting_id": meeting_id,
                    "meeting_date": anchor + dt.timedelta(days=days),
                    "arena": arena,
                    "loop_no": loop["loop_no"],
                    "loop_relation": relation,
                    "minutes": 60 if group else 90,
                    "group_format": "plenary",
                    "teachers_n": None if group else school.teachers,
                    "process_leaders_n": teams if group else None,
                    "leaders_n": 2,
                    "teacher_educators_n": 2 if present else 0,
                    "teams_represented_n": chance.randint(max(teams - 1, 1), teams) if group else None,
                    "te_mode": chance.choice(("led", "took_part")) if present else "absent",
                }
            )
            codes = (activity, "metacommunication") if chance.random() < 0.4 else (activity,)
            activities += [
                {
                    "meeting_id": meeting_id,
                    "activity_code": code,
                    "led_by": chance.choice(("process_leader", "teacher_educator", "joint")),
                }
                for code in codes
            ]
    return held, activities


def mirror_data(of_loops: Rows, held: Rows, teams: int, chance: random.Random) -> tuple[Rows, Rows]:
    """Mirror items of each loop, and where they were shown: in the development group after the loop, some
    also in the full staff."""
    items: Rows = []
    shown: Rows = []
    for loop in of_loops:
        group = next(m for m in held if m["loop_no"] == loop["loop_no"] and m["arena"] == "development_group")
        staff = next(
            m
            for m in held
            if m["loop_no"] == loop["loop_no"]
            and m["arena"] == "full_staff"
            and m["loop_relation"] == "after"
        )
        for n, (dimension, form) in enumerate((("content", "statement"), ("form", "question")), start=1):
            mirror_id = f"S-{loop['loop_no']}-{n}"
            items.append(
                {
                    "school_id": loop["school_id"],
                    "partnership_id": loop["partnership_id"],
                    "loop_no": loop["loop_no"],
                    "mirror_id": mirror_id,
                    "dimension": dimension,
                    "form": form,
                    "desired_practice": "yes",
                    "all_teams_included": "no",
                    "teams_with_example_n": chance.randint(max(teams - 2, 1), teams),
                    "teams_with_data_n": teams,
                    "first_presented_on": group["meeting_date"],
                }
            )
            shown.append({"mirror_id": mirror_id, "meeting_id": group["meeting_id"]})
            if chance.random() < 0.3:
                shown.append({"mirror_id": mirror_id, "meeting_id": staff["meeting_id"]})
    return items, shown


def decisions(school: School, held: Rows, chance: random.Random) -> Rows:
    """Decisions of the development group's meetings, with who proposed and who decided."""
    return [
        {
            "school_id": school.school_id,
            "decision_id": f"B-{m['meeting_id']}",
            "decided_on": m["meeting_date"],
            "meeting_id": m["meeting_id"],
            "decision_type": chance.choice(("development_area", "organisation", "template", "tool_adopted")),
            "proposed_by": chance.choices(_PROPOSERS, (5, 4, 4, 2, 2, 2, 1))[0],
            "decided_by": chance.choices(_DECIDERS, (6, 5, 2, 3, 1, 1))[0],
            "effective_loop_no": m["loop_no"] + 1,
            "confirmed_by_both": "yes",
        }
        for m in held
        if m["arena"] == "development_group"
    ]


def member_checks(school: School, offset: int, items: Rows, chance: random.Random) -> Rows:
    """Whether the development group and the staff recognised what they were shown."""
    return [
        {
            "school_id": school.school_id,
            "object_type": "mirror",
            "object_id": item["mirror_id"],
            "checked_on": item["first_presented_on"] + dt.timedelta(days=3),
            "group": group,
            "n": school.teams if group == "development_group" else school.teachers,
            "outcome": outcome,
            "revised": "yes" if outcome in ("partly", "not_recognised") else None,
        }
        for item in items
        for group in ("development_group", "full_staff")
        for outcome in chance.choices(("recognised", "partly", "not_recognised", "no_response"), (7, 2, 1, 1))
    ]


def notes(school: School, offset: int) -> Rows:
    """Notes so far: a tool brought in by the teacher educators and later used without them, one turned down,
    and phases agreed by both."""
    common = {"school_id": school.school_id, "partnership_id": school.partnership, "agreed_by_both": "yes"}
    rows: Rows = [
        common | {"note_type": "tool_introduction", "code": code, "first_loop_no": 1}
        for code in ("observasjonsskjema", "samtaleprotokoll", "tavle")
    ]
    if offset >= 1:
        rows.append(
            common
            | {
                "note_type": "tool_use",
                "code": "observasjonsskjema",
                "first_loop_no": school.loops + 1,
                "without_te": "yes",
            }
        )
        rows.append(
            common
            | {
                "note_type": "tool_use",
                "code": "tavle",
                "first_loop_no": school.loops + 1,
                "rejected_by_practitioners": "yes",
            }
        )
    phases = (
        "initiation",
        "implementation",
        "implementation",
        "implementation",
        "no_basis_for_claim",
        "no_basis_for_claim",
    )
    for year in range(offset + 1):
        rows.append(
            common
            | {
                "note_type": "change_phase",
                "code": phases[min(year, len(phases) - 1)],
                "school_year": school_year_of(year),
                "first_loop_no": None,
            }
        )
    return rows
