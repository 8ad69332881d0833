"""E1–E5: ownership, professionalisation from within."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.independent.clocks import Part, of_loop, of_year
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site

PRACTITIONERS = ("teachers", "process_leaders", "development_group", "leadership", "full_staff", "joint")
LEADERS = (
    "leadership",
    "process_leader",
    "teacher_no_formal_role",
    "teacher_educator",
    "joint",
    "structure_or_tool",
)
OUTCOMES = ("recognised", "partly", "not_recognised", "no_response")


def parts(site: Site) -> Iterator[Part]:
    decided, checked = site.dated("decisions", "decided_on"), site.dated("member_checks", "checked_on")
    for year in site.years:
        yield from decisions(site, year, [r for r in decided if r["year"] == year])
        yield from leaders(site, year)
        yield from recognition(site, year, [r for r in checked if r["year"] == year])
        yield from tools(site, year)
    for loop in site.held:
        yield log_participation(site, loop)


def _nothing(site: Site, file_types: list[str], year: str) -> str:
    gap = site.gap(file_types, year)
    return "not_applicable" if gap is None else gap


def decisions(site: Site, year: str, rows: Rows) -> Iterator[Part]:
    """Decided and proposed by practitioners, of those where it is known by whom; and who with whom."""
    moved = any(r["moved"] for r in rows)
    for column, said in (
        ("decided_by", "decided_by_practitioners"),
        ("proposed_by", "proposed_by_practitioners"),
    ):
        known = [r for r in rows if r[column] != "unknown"]
        why = None if known else "not_applicable" if rows else _nothing(site, ["decisions"], year)
        own = sum(r[column] in PRACTITIONERS for r in known)
        yield of_year(site, year, "E1", own, len(known), why, slice={"measure": said}, moved=moved)
    for pair in sorted({(r["proposed_by"], r["decided_by"]) for r in rows}):
        count = sum((r["proposed_by"], r["decided_by"]) == pair for r in rows)
        names = {"proposed_by": pair[0], "decided_by": pair[1]}
        yield of_year(site, year, "E1", count, slice=names, share=False, moved=moved)


def leaders(site: Site, year: str) -> Iterator[Part]:
    """Who led the activities, where it is known, by the day of the meeting; all arenas together and each."""
    led = [
        (m["arena"], a["led_by"], m["moved"])
        for m in site.meetings
        if m["year"] == year
        for a in site.activities.get(m["meeting_id"], [])
        if a["led_by"] and a["led_by"] != "unknown"
    ]
    there = any(m["year"] == year and m["codes"] for m in site.meetings)
    why = (
        None
        if led
        else "not_collected"
        if there
        else _nothing(site, ["meetings", "meeting_activities"], year)
    )
    moved = any(one[2] for one in led)
    for leader in LEADERS:
        count = sum(one[1] == leader for one in led)
        yield of_year(site, year, "E2", count, len(led), why, slice={"led_by": leader}, moved=moved)
        for arena in sorted({one[0] for one in led}):
            own = [one for one in led if one[0] == arena]
            yield of_year(
                site,
                year,
                "E2",
                sum(one[1] == leader for one in own),
                len(own),
                moved=any(one[2] for one in own),
                slice={"led_by": leader, "arena": arena},
            )


def log_participation(site: Site, loop: Row) -> Part:
    """Handed in over invited, each round once, from whichever file tells of it."""
    rounds: dict[int, tuple[int, int]] = {}
    for row in (*site.said("log_rounds"), *site.said("log_counts")):
        if row["loop_no"] == loop["loop_no"]:
            before = rounds.get(row["round_no"], (0, 0))
            rounds[row["round_no"]] = max(before[0], row["submitted_n"]), max(before[1], row["invited_n"])
    if not rounds:
        gap = site.gap(["log_counts"], loop["school_year"], loop["loop_no"])
        return of_loop(site, loop, "E3", None, why="not_applicable" if gap is None else gap)
    return of_loop(site, loop, "E3", sum(r[0] for r in rounds.values()), sum(r[1] for r in rounds.values()))


def recognition(site: Site, year: str, rows: Rows) -> Iterator[Part]:
    """What people answered; and what was revised, of what was not fully recognised and where that is told."""
    moved = any(r["moved"] for r in rows)
    none = None if rows else _nothing(site, ["member_checks"], year)
    for outcome in OUTCOMES:
        count = sum(r["outcome"] == outcome for r in rows)
        yield of_year(site, year, "E4", count, len(rows), none, slice={"outcome": outcome}, moved=moved)
        for kind in sorted({r["object_type"] for r in rows}):
            own = [r for r in rows if r["object_type"] == kind]
            yield of_year(
                site,
                year,
                "E4",
                sum(r["outcome"] == outcome for r in own),
                len(own),
                moved=any(r["moved"] for r in own),
                slice={"outcome": outcome, "object_type": kind},
            )
    objected = [r for r in rows if r["outcome"] in ("partly", "not_recognised")]
    known = [r for r in objected if r["revised"]]
    why = none or (None if known else "not_collected" if objected else "not_applicable")
    revised = sum(r["revised"] == "yes" for r in known)
    yield of_year(site, year, "E4", revised, len(known), why, slice={"measure": "revised"}, moved=moved)


def tools(site: Site, year: str) -> Iterator[Part]:
    """Tools that teacher educators brought in at least a held loop ago, and those used since without them.

    What both noted counts; to turn a tool down needs nobody's consent. A year shows where its last held
    loop stands.
    """
    notes = [r for r in site.said("notes") if r["note_type"] in ("tool_introduction", "tool_use")]
    turned_down = {r["code"] for r in notes if r["rejected_by_practitioners"] == "yes"}
    agreed = [r for r in notes if r["agreed_by_both"] == "yes" and r["code"] not in turned_down]
    brought: dict[str, int] = {}
    for row in agreed:
        if row["note_type"] == "tool_introduction" and row.get("introduced_by") != "practitioners":
            brought[row["code"]] = min(brought.get(row["code"], 999), row["first_loop_no"])
    alone = [
        (r["code"], r["first_loop_no"])
        for r in agreed
        if r["note_type"] == "tool_use" and r["without_te"] == "yes"
    ]
    loops = [loop for loop in site.held if loop["year"] == year]
    last = max((loop["loop_no"] for loop in loops), default=0)
    there = {code for code, first in brought.items() if first < last}
    used = {code for code, loop in alone if code in there and brought[code] < loop <= last}
    moved = any(loop["moved"] for loop in loops)
    if there:
        yield of_year(site, year, "E5", len(used), len(there), how="last", moved=moved)
    elif year in site.years:
        known = site.stand("notes", year) == "complete"
        stand = "not_in_design" if site.stand("notes", year) == "not_in_design" else "not_collected"
        yield of_year(site, year, "E5", None, why="not_applicable" if known else stand, how="last")
