"""The Sjøsiden case: what the article states, as stated; what it does not say stays empty or is marked.

Belongs here: the facts of the golden case. Values that are assumed only so that a file can be written
(dates, kinds of team, the university's code) are named in the manifest's `assumed_columns`.
Numbers in `source` are line numbers of the article.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from innenfra.demo.plants import SJOSIDEN
from innenfra.demo.writing import Package

PARTNERSHIP = "PS-SJO"
_LOOPS_PER_YEAR = (3, 2, 2, 2)
_TEMPLATES = {
    1: None,
    2: None,
    3: "SJO-1",
    4: "SJO-2",
    5: "SJO-3",
    6: "SJO-4",
    7: "SJO-5",
    8: "SJO-6",
    9: "SJO-7",
}


def package() -> Package:
    """Everything Sjøsiden delivers, in one folder."""
    return {
        "manifest": _manifest(),
        "agreement_versions": [
            _version(1, dt.date(2015, 8, 1), dt.date(2016, 7, 31), 3, "initial"),
            _version(2, dt.date(2016, 8, 1), None, 4, "evaluation"),
        ],
        "agreement_plan_years": [
            {"agreement_id": "AV-SJO", "version_no": v, "partnership_year_no": y, "planned_loops": n}
            for v, plan in ((1, (3, 3, 3)), (2, _LOOPS_PER_YEAR))
            for y, n in enumerate(plan, start=1)
        ],
        "agreement_commitments": [
            {
                "agreement_id": "AV-SJO",
                "version_no": 1,
                "commitment_no": n,
                "party": party,
                "commitment_type": kind,
            }
            for n, (party, kind) in enumerate(
                (
                    ("school", "team_time"),
                    ("school", "dev_group_time"),
                    ("school", "substitute_cover"),
                    ("school", "plan_entry"),
                    ("institution", "te_participation"),
                    ("institution", "mirror_data"),
                ),
                start=1,
            )
        ],
        "teams": [
            {
                "school_id": SJOSIDEN,
                "team_id": f"T{n}",
                "team_kind": "mixed",
                "valid_from": dt.date(2015, 8, 1),
                "has_dev_group_representative": "yes",
            }
            for n in range(1, 8)
        ],
        "loops": _loops(),
        "stated_totals": _stated(),
        "codebooks": _codebook(),
        "notes": [
            {
                "school_id": SJOSIDEN,
                "partnership_id": PARTNERSHIP,
                "note_type": "change_phase",
                "code": code,
                "first_loop_no": loop,
                "agreed_by_both": "yes",
            }
            for code, loop in (("implementation", 1), ("no_basis_for_claim", 9))
        ],
    }


def _manifest() -> list[dict[str, object]]:
    said = (
        ("agreement_versions", "complete", "institution_ids valid_from valid_to"),
        ("agreement_plan_years", "complete", None),
        ("agreement_commitments", "complete", None),
        ("teams", "complete", "team_kind valid_from"),
        (
            "loops",
            "complete",
            (
                "school_year planned_start planned_end actual_start actual_end template_status"
                " template_version_id"
            ),
        ),
        ("stated_totals", "complete", None),
        ("codebooks", "complete", None),
        ("notes", "complete", "agreed_by_both"),
        ("coded_counts", "not_collected", None),
        ("team_loop_phases", "not_collected", None),
        ("school_year", "not_collected", None),
        ("team_loops", "not_collected", None),
        ("meetings", "not_collected", None),
        ("log_counts", "not_collected", None),
    )
    return [
        {
            "delivery_id": "SJO-1",
            "school_id": SJOSIDEN,
            "partnership_id": PARTNERSHIP,
            "schema_version": "1.0",
            "file_type": file_type,
            "school_year": "2018/19",
            "completeness": completeness,
            "prepared_by_role": "te",
            "assumed_columns": assumed,
        }
        for file_type, completeness, assumed in said
    ]


def _codebook() -> list[dict[str, object]]:
    """The 53 subcategories in three categories, with the categories themselves as codes (article lines
    334-518)."""
    path = Path(__file__).parents[1] / "reference" / "codebook_sjosiden_v1.csv"
    common = {"codebook_id": "SJO", "codebook_version_id": "SJO-v1"}
    with path.open(encoding="utf-8") as handle:
        listed = list(csv.DictReader(handle))
    categories = {row["main_category_en"]: row["main_category_nb"] for row in listed}
    return [
        common | {"code": name, "category": name, "level": "category", "label_nb": label}
        for name, label in categories.items()
    ] + [
        common
        | {
            "code": row["code"],
            "category": row["main_category_en"],
            "level": "subcategory",
            "label_nb": row["subcategory_nb"],
        }
        for row in listed
    ]


def _version(number: int, start: dt.date, end: dt.date | None, years: int, reason: str) -> dict[str, object]:
    sections = dict.fromkeys(("has_goals", "has_frames", "has_roles", "has_organisation"), "yes")
    return {
        "agreement_id": "AV-SJO",
        "version_no": number,
        "school_id": SJOSIDEN,
        "partnership_id": PARTNERSHIP,
        "institution_ids": "UH1",
        "valid_from": start,
        "valid_to": end,
        "planned_years": years,
        "change_reason": reason,
        **sections,
    }


def _loops() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    starts = ((9, 1), (1, 12), (4, 5))
    for year, count in enumerate(_LOOPS_PER_YEAR, start=1):
        for month, day in starts[:count]:
            number = len(rows) + 1
            start = dt.date(2014 + year + (month < 8), month, day)
            template = _TEMPLATES[number]
            rows.append(
                {
                    "school_id": SJOSIDEN,
                    "partnership_id": PARTNERSHIP,
                    "loop_no": number,
                    "method": "lesson_study",
                    "school_year": f"{2014 + year}/{(15 + year):02d}",
                    "partnership_year_no": year,
                    "planned_start": start,
                    "planned_end": start + dt.timedelta(weeks=5),
                    "actual_start": start,
                    "actual_end": start + dt.timedelta(weeks=5),
                    "status": "completed",
                    "design_version": "1",
                    "plan_planning_min": 240,
                    "plan_research_lesson_min": 60,
                    "plan_evaluation_min": 120,
                    "plan_full_staff_sharing_min": 120,
                    "template_status": "in_use" if template else "none_yet",
                    "template_version_id": template,
                }
            )
    return rows


def _stated() -> list[dict[str, object]]:
    rows = (
        ("C1", "project", "all", None, 63, 63, "298-300"),
        ("A4", "project", "all", "arena=team;grain=loop", 4, 9, "308-310"),
        ("A4", "project", "all", "arena=team;grain=team_loop", None, 63, "308-310"),
        ("A4", "project", "all", "arena=research_lesson;grain=loop", 0, 9, "308"),
        ("A4", "project", "all", "arena=research_lesson;grain=team_loop", 0, 63, "308"),
        ("A4", "project", "all", "arena=full_staff;grain=loop", 7, 9, "310-311"),
        ("A4", "project", "all", "arena=post_loop_meeting;grain=loop", 9, 9, "304-307"),
        ("A4", "loop", "1", "arena=team;grain=loop", 0, 1, "557-558"),
        ("A5", "project", "all", None, 9, 9, "569-571"),
        ("I1", "project", "all", "plan=activity_plan", 4, 4, "602-603"),
        ("I1", "project", "all", "plan=meeting_plan", 4, 4, "602-603"),
        ("I2", "project", "all", "measure=held", 4, 4, "588-589"),
    )
    return [
        {
            "school_id": SJOSIDEN,
            "partnership_id": PARTNERSHIP,
            "measure": measure,
            "period_type": kind,
            "period_value": period,
            "slice": cut,
            "numerator": top,
            "denominator": bottom,
            "source": f"Artikkelen, linje {lines}",
        }
        for measure, kind, period, cut, top, bottom, lines in rows
    ]
