"""A school in which the traps lie, as delivery files: small, and every number of it worked out by hand.

Belongs here: the files of the trap school, year by year. Does not belong here: what must come of them
(`test_traps_17_to_41.py`).

The partnership begins in January 2023, so its years are not school years. Loop 1 is in January 2023, loop 2
over Christmas,
loop 3 in February 2024. There are three teams; T3 merges into T2 in summer 2023, and a new team gets its id.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from innenfra.demo.writing import Package, Rows, write_folder

SCHOOL, FIRST, SECOND = "998879000", "PS-T1", "PS-T2"
YEARS = ("2022/23", "2023/24")
COMMON = {"school_id": SCHOOL, "partnership_id": FIRST}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def write(folder: Path, school_id: str) -> list[Path]:
    """The school's two years in its first partnership, and one loop of a second partnership; paths in the
    order of delivery."""
    packages = [_first_year(), _second_year(), _other_partnership()]
    paths = []
    for number, package in enumerate(packages):
        moved = {
            name: [row | {"school_id": school_id} if "school_id" in row else row for row in rows]
            for name, rows in package.items()
        }
        paths.append(folder / f"trap-{number}")
        write_folder(paths[-1], moved, number)
    return paths


def _manifest(package: Package, school_year: str, delivery: str, partnership: str = FIRST) -> Rows:
    return [
        {
            "delivery_id": delivery,
            "school_id": SCHOOL,
            "partnership_id": partnership,
            "schema_version": "1.0",
            "file_type": name,
            "school_year": school_year,
            "completeness": "complete",
            "prepared_by_role": "leadership",
        }
        for name in package
    ]


def _agreement(partnership: str, agreement_id: str, institutions: str) -> Package:
    sections = dict.fromkeys(("has_goals", "has_frames", "has_roles", "has_organisation"), "yes")
    return {
        "agreement_versions": [
            {
                "agreement_id": agreement_id,
                "version_no": 1,
                "school_id": SCHOOL,
                "partnership_id": partnership,
                "institution_ids": institutions,
                "owner_is_party": "no",
                "valid_from": day("2023-01-02"),
                "planned_years": 2,
                "change_reason": "initial",
                **sections,
            }
        ],
        "agreement_plan_years": [
            {"agreement_id": agreement_id, "version_no": 1, "partnership_year_no": year, "planned_loops": 2}
            for year in (1, 2)
        ],
        "agreement_commitments": [
            {
                "agreement_id": agreement_id,
                "version_no": 1,
                "commitment_no": n,
                "party": party,
                "commitment_type": kind,
            }
            for n, (party, kind) in enumerate(
                (("school", "team_time"), ("institution", "mirror_data")), start=1
            )
        ],
    }


def _teams(*, merged: bool) -> Rows:
    rows: Rows = [
        {
            "school_id": SCHOOL,
            "team_id": team,
            "team_kind": "grade",
            "valid_from": day("2022-08-01"),
            "has_dev_group_representative": "yes",
        }
        for team in ("T1", "T2", "T3")
    ]
    if merged:
        rows[2] |= {"valid_to": day("2023-07-31"), "change_type": "merged_into", "related_team_id": "T2"}
        rows.append(rows[0] | {"team_id": "T3", "valid_from": day("2023-08-14"), "change_type": "new"})
    return rows


def _year(school_year: str, start: str, end: str, number: int, **more: Any) -> dict[str, Any]:
    return {
        "school_id": SCHOOL,
        "school_year": school_year,
        "year_start": day(start),
        "year_end": day(end),
        "partnership_year_no": number,
        "teacher_n": 15,
        "leader_n": 2,
        "in_activity_plan": "yes",
        "in_meeting_plan": "yes",
        "team_time_provided": "yes",
        "dev_group_time_provided": "yes",
        "substitute_cover_provided": "no",
        **more,
    }


def _loop(
    number: int,
    school_year: str,
    partnership_year: int,
    start: str,
    end: str,
    template: str | None,
    partnership: str = FIRST,
    **more: Any,
) -> dict[str, Any]:
    return {
        "school_id": SCHOOL,
        "partnership_id": partnership,
        "loop_no": number,
        "method": "lesson_study",
        "school_year": school_year,
        "partnership_year_no": partnership_year,
        "planned_start": day(start),
        "planned_end": day(end),
        "actual_start": day(start),
        "actual_end": day(end),
        "status": "completed",
        "design_version": "1",
        "plan_planning_min": 300,
        "plan_research_lesson_min": 45,
        "plan_evaluation_min": 90,
        "plan_full_staff_sharing_min": 60,
        "template_status": "in_use" if template else "none_yet",
        "template_version_id": template,
        "log_instrument_version_id": "TLOGG-v1",
        **more,
    }


def _team_loop(loop: int, team: str, status: str, partnership: str = FIRST, **more: Any) -> dict[str, Any]:
    return {
        "school_id": SCHOOL,
        "partnership_id": partnership,
        "loop_no": loop,
        "team_id": team,
        "status": status,
        "headcount": 5,
        "experienced_n": None if loop == 1 else 4,
        "planning_min": 300,
        "research_lesson_min": 45,
        "evaluation_min": 90,
        "research_lessons_held_n": 1 if status == "completed" else 0,
        "te_in_planning": "no",
        "te_in_evaluation": "no",
        "te_in_research_lesson": "no",
        **more,
    }


def _meeting(
    number: str, date: str, arena: str, loop: int, relation: str, mode: str = "took_part"
) -> dict[str, Any]:
    return {
        "school_id": SCHOOL,
        "meeting_id": number,
        "meeting_date": day(date),
        "arena": arena,
        "loop_no": loop,
        "loop_relation": relation,
        "minutes": 60,
        "teacher_educators_n": 0 if mode.startswith("absent") else 1,
        "te_mode": mode,
    }


def _codebook() -> Rows:
    categories = ("emotional_support", "organisational_support", "process_support")
    common = {"codebook_id": "TKODE", "codebook_version_id": "TKODE-v1"}
    rows: Rows = [
        common | {"code": f"K{n}", "category": category, "level": "category"}
        for n, category in enumerate(categories, start=1)
    ]
    rows += [
        common | {"code": f"K1.{n}", "category": "emotional_support", "level": "subcategory"}
        for n in (1, 2, 3)
    ]
    return rows + [
        common | {"code": code, "category": "talk", "level": "subcategory", "canonical_code": canonical}
        for code, canonical in (("T1", "meaning_oriented"), ("T2", "action_oriented"))
    ]


def _counted(
    loop: int, school_year: str, arena: str, base: int, numbers: dict[str, int], **more: Any
) -> Rows:
    return [
        COMMON
        | {
            "school_year": school_year,
            "loop_no": loop,
            "arena": arena,
            "codebook_version_id": "TKODE-v1",
            "code": code,
            "n_units_with_code": n,
            "n_units_base": base,
            "n_teams": 3,
            "coded_by_party": "participating_te",
            **more,
        }
        for code, n in numbers.items()
    ]


def _log(loop: int, invited: int, answers: dict[str, int]) -> Rows:
    submitted = sum(answers.values())
    common = COMMON | {
        "loop_no": loop,
        "round_no": 1,
        "log_instrument_version_id": "TLOGG-v1",
        "invited_n": invited,
        "submitted_n": submitted,
        "collection_mode": "link",
    }
    return [common | {"item_id": "utbytte", "answer_code": code, "n": n} for code, n in answers.items()]


def _first_year() -> Package:
    """Loop 1: no template yet, no log, no meeting; one of three teams did not complete. Its talk was coded by
    those who took part, once."""
    package: Package = {
        **_agreement(FIRST, "AV-T1", "UH1"),
        "teams": _teams(merged=False),
        "school_year": [_year("2022/23", "2022-08-22", "2023-06-21", 1, principal_changed="no")],
        "loops": [_loop(1, "2022/23", 1, "2023-01-16", "2023-02-17", None)],
        "team_loops": [
            _team_loop(
                1, "T1", "completed", te_in_planning="absent_by_design", te_in_evaluation="absent_by_design"
            ),
            _team_loop(1, "T2", "completed"),
            _team_loop(1, "T3", "partly"),
        ],
        "codebooks": _codebook(),
        "coded_counts": _counted(1, "2022/23", "team", 60, {"T1": 20, "T2": 40}),
    }
    return {"manifest": _manifest(package, "2022/23", "T-2022")} | package


def _second_year() -> Package:
    """Loop 2 over Christmas, loop 3 in February. A new principal; a template of three phases; one log; mirror
    data shown in two arenas."""
    phases = (
        ("forarbeid", "pre_analysis"),
        ("time", "enactment_observation"),
        ("etterarbeid", "post_analysis"),
    )
    package: Package = {
        **_agreement(FIRST, "AV-T1", "UH1"),
        "teams": _teams(merged=True),
        "school_year": [_year("2023/24", "2023-08-14", "2024-06-20", 2, principal_changed="yes")],
        "loops": [
            _loop(2, "2023/24", 1, "2023-11-27", "2024-01-19", "TM-v1"),
            _loop(3, "2023/24", 2, "2024-02-26", "2024-03-22", "TM-v1"),
        ],
        "team_loops": [
            _team_loop(2, "T1", "completed", te_in_planning="yes"),
            _team_loop(2, "T2", "partly"),
            _team_loop(2, "T3", "cancelled_agreed", headcount=4),
            *(_team_loop(3, team, "completed") for team in ("T1", "T2", "T3")),
        ],
        "template_versions": [
            {
                "template_id": "TM",
                "template_version_id": "TM-v1",
                "phase_no": n,
                "phase_code": code,
                "canonical_phase": canonical,
            }
            for n, (code, canonical) in enumerate(phases, start=1)
        ],
        "team_loop_phases": [
            COMMON
            | {
                "loop_no": 3,
                "team_id": team,
                "template_version_id": "TM-v1",
                "phase_no": n,
                "used": "no" if (team, n) == ("T3", 1) else "yes",
            }
            for team in ("T1", "T2", "T3")
            for n in (1, 2, 3)
        ],
        "meetings": [
            _meeting("M1", "2024-01-24", "full_staff", 2, "after"),
            _meeting("M2", "2024-01-29", "development_group", 2, "after") | {"teams_represented_n": 2},
            _meeting("M3", "2024-03-26", "full_staff", 3, "after", "absent_by_design"),
        ],
        "meeting_activities": [
            {"meeting_id": "M1", "activity_code": "experience_sharing", "led_by": "process_leader"}
        ],
        "mirror_items": [
            COMMON
            | {
                "loop_no": 2,
                "mirror_id": f"S{n}",
                "dimension": "content",
                "form": "statement",
                "desired_practice": "yes",
                "all_teams_included": "no",
                "teams_with_example_n": n,
                "teams_with_data_n": 3,
                "first_presented_on": day("2024-01-24"),
            }
            for n in (1, 2)
        ],
        "mirror_presentations": [
            {"mirror_id": mirror, "meeting_id": meeting}
            for mirror in ("S1", "S2")
            for meeting in ("M1", "M2")
        ],
        "codebooks": _codebook(),
        "coded_counts": [
            *_counted(
                2,
                "2023/24",
                "development_group",
                20,
                {"K1": 12, "K2": 10, "K3": 15, "K1.1": 12},
                double_coded_n=6,
                agreement_measure="krippendorff_alpha",
                agreement_value=0.85,
            ),
            *_counted(2, "2023/24", "team", 70, {"T1": 30, "T2": 40}),
        ],
        "log_counts": _log(2, 15, {"1": 0, "2": 3, "3": 4, "4": 3, "5": 0}),
    }
    return {"manifest": _manifest(package, "2023/24", "T-2023")} | package


def _other_partnership() -> Package:
    """A second partnership at the same time, with two universities: one loop of another method, logs by
    link."""
    first, second = _agreement(FIRST, "AV-T1", "UH1"), _agreement(SECOND, "AV-T2", "UH1 UH2")
    package: Package = {
        # a school delivers its agreements together
        **{name: first[name] + second[name] for name in first},
        "loops": [_loop(1, "2023/24", 1, "2023-10-02", "2023-11-03", None, SECOND, method="action_learning")],
        "team_loops": [_team_loop(1, "T1", "completed", SECOND)],
    }
    return {"manifest": _manifest(package, "2023/24", "T-OTHER", SECOND)} | package
