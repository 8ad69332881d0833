"""The delivery template with what a school delivered last already in it.

Belongs here: which rows the next delivery begins with. Does not belong here: the workbook
(`innenfra/derive/template.py`), who may ask (`authz.last_delivered`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from innenfra.contracts.deliveries import TEMPLATE_VERSION
from innenfra.database.acting import Actor, acting
from innenfra.derive.template import write_template

Rows = list[dict[str, Any]]
Last = Mapping[str, Sequence[Mapping[str, Any]]]

KEPT_OF_YEAR = ("teacher_n", "leader_n", "in_activity_plan", "in_meeting_plan")
"""What of a school year is often the same in the next one; the sender looks it over."""

PLANNED_OF_LOOP = (
    "method", "partnership_year_no", "design_version", "plan_planning_min", "plan_research_lesson_min",
    "plan_evaluation_min", "plan_full_staff_sharing_min", "plan_joint_theorisation_min",
    "template_status", "template_version_id", "log_instrument_version_id",
)  # fmt: skip
"""What of a loop the next one begins with."""


def prefill(url: str, actor: Actor, school_id: str, language: str, today: dt.date) -> bytes:
    """The template for a school as a workbook. A school that nothing is known of, or that the actor does
    not deliver for, gets an empty one with its number."""
    with acting(url, actor) as connection:
        row = connection.execute("select authz.last_delivered(%s)", (school_id,)).fetchone()
    return write_prefilled(school_id, (row[0] if row else None) or {}, language, today)


def write_prefilled(school_id: str, last: Mapping[str, Any], language: str, today: dt.date) -> bytes:
    """The workbook itself."""
    out = io.BytesIO()
    write_template(out, language=language, given=begin_with(school_id, last, today))
    return out.getvalue()


def begin_with(school_id: str, last: Mapping[str, Any], today: dt.date) -> dict[str, Rows]:
    """Rows by file type: a manifest line for each sheet of the loop, the teams, the loop that is next or
    under way, and a line for each team in it."""
    partnerships = [str(one) for one in last.get("partnerships", ())]
    year = name_school_year(today)
    manifest: Rows = []
    rows: dict[str, Rows] = {"manifest": manifest, "teams": [], "loops": [], "team_loops": []}
    for partnership in partnerships or [""]:
        loop = next_loop([one for one in last.get("loops", ()) if one["partnership_id"] == partnership])
        teams = [one for one in last.get("teams", ()) if one.get("partnership_id") == partnership]
        base = {"school_id": school_id, "partnership_id": partnership or None}
        manifest += [
            {
                **base,
                "delivery_id": f"{today:%Y%m%d}-{partnership or school_id}",
                "schema_version": TEMPLATE_VERSION,
                "file_type": file_type,
                "school_year": year,
                "loop_no": loop["loop_no"] if file_type in ("team_loops", "meetings", "log_counts") else None,
                "delivered_on": today.isoformat(),
            }
            for file_type in ("teams", "loops", "team_loops", "meetings", "log_counts")
        ]
        rows["teams"] += [dict(team) | {"school_id": school_id} for team in teams]
        rows["loops"].append({**base, "school_year": year, **loop})
        rows["team_loops"] += [
            {**base, "loop_no": loop["loop_no"], "team_id": team_id}
            for team_id in dict.fromkeys(team["team_id"] for team in teams)
        ]
    years = list(last.get("school_years", ()))
    if years:
        newest = max(years, key=lambda one: one["school_year"])
        kept = newest if newest["school_year"] == year else {name: newest.get(name) for name in KEPT_OF_YEAR}
        rows["school_year"] = [{**kept, "school_id": school_id, "school_year": year}]
    return rows


def next_loop(loops: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The loop that is not over yet as it was delivered, or the one after the last with its plan."""
    if not loops:
        return {"loop_no": 1}
    newest = max(loops, key=lambda one: int(one["loop_no"]))
    if newest.get("status") in ("planned", "running"):
        return {name: value for name, value in newest.items() if name not in ("school_id", "partnership_id")}
    return {name: newest.get(name) for name in PLANNED_OF_LOOP} | {"loop_no": int(newest["loop_no"]) + 1}


def name_school_year(today: dt.date) -> str:
    """The school year of a day, from August to July, as 2026/27."""
    begun = today.year if today.month >= 8 else today.year - 1
    return f"{begun}/{(begun + 1) % 100:02d}"
