"""Files as people drop them: a loop of one school as a sheet of its own, as a workbook, right and wrong."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from innenfra.contracts.deliveries import SCHEMA_VERSION_CELL, TEMPLATE_VERSION
from innenfra.derive.template import write_template

PARTNERSHIP = "PS-03"
YEAR = "2025/26"
LOOP = 7


def loop_row(school_id: str, **other: Any) -> dict[str, Any]:
    """A loop that was held in the autumn of 2025."""
    return {
        "school_id": school_id,
        "partnership_id": PARTNERSHIP,
        "loop_no": LOOP,
        "method": "lesson_study",
        "school_year": YEAR,
        "partnership_year_no": 7,
        "planned_start": dt.date(2025, 8, 25),
        "planned_end": dt.date(2025, 10, 3),
        "actual_start": dt.date(2025, 8, 25),
        "actual_end": dt.date(2025, 10, 10),
        "status": "completed",
        "design_version": "1",
        "plan_planning_min": 240,
        "plan_research_lesson_min": 60,
        "plan_evaluation_min": 120,
        "template_status": "none_yet",
    } | other


def write_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A sheet as CSV."""
    lines = [
        ";".join(rows[0]),
        *(";".join("" if v is None else str(v) for v in row.values()) for row in rows),
    ]
    return ("\n".join(lines) + "\n").encode()


def write_loop(school_id: str, **other: Any) -> io.BytesIO:
    """`loops.csv` with one loop."""
    return io.BytesIO(write_csv([loop_row(school_id, **other)]))


def write_workbook(
    school_id: str,
    minutes: Sequence[object],
    *,
    delivery_id: str = "slipp-1",
    supersedes: str | None = None,
    day: dt.date = dt.date(2025, 10, 20),
    **other: Any,
) -> bytes:
    """The template with a loop and a line for each of its teams: `minutes` is the time that each took to
    plan."""
    base = {"school_id": school_id, "partnership_id": PARTNERSHIP}
    said = {
        **base,
        "delivery_id": delivery_id,
        SCHEMA_VERSION_CELL: TEMPLATE_VERSION,
        "school_year": YEAR,
        "completeness": "complete",
        "supersedes_delivery_id": supersedes,
        "delivered_on": day.isoformat(),
        "prepared_by_role": "leadership",
    }
    given = {
        "manifest": [
            said | {"file_type": "loops"},
            said | {"file_type": "team_loops", "loop_no": LOOP},
        ],
        "loops": [loop_row(school_id, **other)],
        "team_loops": [
            {
                **base,
                "loop_no": LOOP,
                "team_id": f"T{number}",
                "status": "completed",
                "headcount": 5,
                "research_lesson_min": 60,
                "evaluation_min": 120,
                "research_lessons_held_n": 1,
                "te_in_planning": "yes",
                "te_in_evaluation": "yes",
                "te_in_research_lesson": "no",
            }
            for number in range(1, len(minutes) + 1)
        ],
    }  # fmt: skip
    out = io.BytesIO()
    write_template(out, language="nb", given=given)
    book = openpyxl.load_workbook(out)
    sheet = book["team_loops"]
    column = [cell.value for cell in sheet[1]].index("planning_min") + 1
    for row, spent in enumerate(minutes, 3):
        sheet.cell(row, column).value = spent  # as people write it, not as the template would
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
