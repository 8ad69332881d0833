"""C1–C5: collaboration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.independent.clocks import Part, cut, of_loop, of_year
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site, last_of_july

TEAM_ACTIVITIES = {
    "planning": ("planning_min", "plan_planning_min"),
    "research_lesson": ("research_lesson_min", "plan_research_lesson_min"),
    "evaluation": ("evaluation_min", "plan_evaluation_min"),
}
STAFF_ACTIVITIES = {
    "full_staff_sharing": "plan_full_staff_sharing_min",
    "joint_theorisation": "plan_joint_theorisation_min",
}
PLANS = (*(plan for _, plan in TEAM_ACTIVITIES.values()), *STAFF_ACTIVITIES.values())


def parts(site: Site) -> Iterator[Part]:
    for loop in site.loops:
        if loop["status"] in ("completed", "shortened", "cancelled"):
            yield completed_team_loops(site, loop)
    for loop in site.held:
        yield from minutes(site, loop)
        yield arenas_in_use(site, loop)
        yield from distinct_arenas(site, loop)
        yield links_made(site, loop)
        yield leader_there(site, loop)
    yield from sharing_share(site)
    yield from frame(site)
    yield from attendance(site)
    yield from membership(site)


def completed_team_loops(site: Site, loop: Row) -> Part:
    """C1: a loop or a team loop that is cancelled without agreement stays below, one that was let off
    leaves."""
    rows = site.team_loops.get(loop["loop_no"], [])
    stand = site.stand("team_loops", loop["school_year"], loop["loop_no"])
    more = site.awaits_more("team_loops", loop["school_year"], loop["loop_no"])
    done = sum(r["status"] == "completed" for r in rows)
    let_off = sum(r["status"] == "cancelled_agreed" for r in rows)
    if rows and more:
        return of_loop(site, loop, "C1", done, len(rows) - let_off, open=True)
    if not rows and stand != "complete":
        return of_loop(
            site, loop, "C1", None, why=site.gap(["team_loops"], loop["school_year"], loop["loop_no"])
        )
    active = site.teams_on(loop["planned_start"])
    if not active:
        return of_loop(site, loop, "C1", None, why="not_collected")
    return of_loop(site, loop, "C1", done, len(active) - let_off)


# ---------------------------------------------------------------- C2


def minutes(site: Site, loop: Row) -> Iterator[Part]:
    """Minutes set aside and used; of several teams the median, of the full staff the sum over its
    meetings."""
    rows = site.team_loops.get(loop["loop_no"], [])
    for activity, (used, plan) in TEAM_ACTIVITIES.items():
        for amount in [r[used] for r in rows] or [None]:
            yield _minutes(site, loop, "actual_min", activity, amount)
        known = [r[used] for r in rows if r[used] is not None]
        why = None if known else "not_collected"
        yield of_loop(
            site,
            loop,
            "C2",
            sum(known),
            loop[plan] * len(known),
            why,
            slice={"measure": "actual_against_planned", "activity": activity},
        )
        yield _minutes(site, loop, "planned_min", activity, loop[plan])
    for activity, plan in STAFF_ACTIVITIES.items():
        why = "not_in_design" if loop[plan] is None else None
        yield _minutes(site, loop, "planned_min", activity, loop[plan], why)
    told = site.gap(["meetings", "meeting_activities"], loop["school_year"], loop["loop_no"]) is None
    staff = [
        m
        for m in site.meetings_of(loop)
        if m["arena"] == "full_staff" and m["loop_relation"] in ("during", "after")
    ]
    for activity in (*STAFF_ACTIVITIES, "other"):
        there = [m["minutes"] for m in staff if m["codes"] is not None and _mainly(m) == activity]
        unknown = any(m["codes"] is None for m in staff)
        yield _minutes(
            site, loop, "actual_min", activity, sum(there) if there or (told and not unknown) else None
        )


def _mainly(meeting: Row) -> str:
    if "experience_sharing" in meeting["codes"]:
        return "full_staff_sharing"
    return "joint_theorisation" if "theorisation" in meeting["codes"] else "other"


def _minutes(
    site: Site, loop: Row, measure: str, activity: str, amount: int | None, why: str | None = None
) -> Part:
    names = {"measure": measure, "activity": activity}
    return of_loop(site, loop, "C2", amount, None, why, slice=names, how="median", share=False)


def _design(loop: Row) -> tuple[object, ...]:
    return (loop["design_version"], *(loop[plan] or 0 for plan in PLANS))


def _evaluation_and_sharing(loop: Row) -> int:
    return int(loop["plan_evaluation_min"] + (loop["plan_full_staff_sharing_min"] or 0))


def sharing_share(site: Site) -> Iterator[Part]:
    """Of one and the same design its own share; over several designs the sums."""
    clocks: dict[str, dict[object, Rows]] = {
        "loop": {},
        "school_year": {},
        "partnership_year": {},
        "project": {},
    }
    for loop in site.held:
        for clock, place in (
            ("loop", loop["loop_no"]),
            ("school_year", loop["year"]),
            ("partnership_year", loop["partnership_year_no"]),
            ("project", "all"),
        ):
            clocks[clock].setdefault(place, []).append(loop)
    for clock, groups in clocks.items():
        for loops in groups.values():
            counted = loops[:1] if len({_design(loop) for loop in loops}) == 1 else loops
            for loop in counted:
                moved = any(one["moved"] for one in loops)
                part = of_loop(
                    site,
                    loop | {"moved": moved},
                    "C2",
                    _evaluation_and_sharing(loop),
                    sum(loop[plan] or 0 for plan in PLANS),
                    slice={"measure": "share_evaluation_and_sharing"},
                    only=clock,
                )
                yield part


def frame(site: Site) -> Iterator[Part]:
    """The basic frame of the whole project: per teacher, and per arena with the full staff once."""
    if not site.held:
        return
    team = [sum(loop[plan] for _, plan in TEAM_ACTIVITIES.values()) for loop in site.held]
    shared = [sum(loop[plan] or 0 for plan in STAFF_ACTIVITIES.values()) for loop in site.held]
    each = sorted(a + b for a, b in zip(team, shared, strict=True))
    yield _project(site, "planned_min_per_teacher_per_loop", Decimal(each[(len(each) - 1) // 2]))
    yield _project(site, "planned_hours_per_teacher_project", Decimal(sum(each)) / 60)
    if site.teams:
        active = [len(site.teams_on(loop["planned_start"])) for loop in site.held]
        arena = sum(a * n + b for a, n, b in zip(team, active, shared, strict=True))
        yield _project(site, "planned_arena_hours_project", Decimal(arena) / 60)
    else:
        yield _project(site, "planned_arena_hours_project", None)


def _project(site: Site, measure: str, amount: Decimal | None) -> Part:
    return of_year(site, None, "C2", amount, slice={"measure": measure}, only="project", share=False)


# ---------------------------------------------------------------- C3


def arenas_in_use(site: Site, loop: Row) -> Part:
    """Agreed arenas of the version in force at the loop's start, each counted in each loop."""
    names = {"measure": "arenas"}
    agreed = site.arenas_on(loop["actual_start"])
    if agreed is None:
        return of_loop(site, loop, "C3", None, why="not_collected", slice=names)
    if not agreed:
        return of_loop(site, loop, "C3", None, why="not_applicable", slice=names)
    met = {m["arena"] for m in site.meetings_of(loop)}
    why = None if met else site.gap(["meetings"], loop["school_year"], loop["loop_no"])
    more = site.awaits_more("meetings", loop["school_year"], loop["loop_no"])
    return of_loop(site, loop, "C3", len(met & agreed), len(agreed), why, slice=names, open=more)


def distinct_arenas(site: Site, loop: Row) -> Iterator[Part]:
    """Over several loops also which agreed arenas were in use at all, each once."""
    part = arenas_in_use(site, loop)
    met = {m["arena"] for m in site.meetings_of(loop)} & (site.arenas_on(loop["actual_start"]) or set())
    top = None if part.top is None else frozenset(met)
    yield replace(part, loop=None, cut=cut(measure="distinct_arenas"), top=top, bottom=None, share=False)


def links_made(site: Site, loop: Row) -> Part:
    """Links of the school's own model, as made in the loop; without a model the question has no meaning."""
    names = {"measure": "links"}
    number = loop["loop_no"]
    expected = {
        (r["from_arena"], r["to_arena"])
        for r in site.said("expected_arena_links")
        if r["first_loop_no"] <= number and (r["last_loop_no"] is None or number <= r["last_loop_no"])
    }
    if not expected:
        return of_loop(site, loop, "C3", None, why="not_applicable", slice=names)
    made = {(r["from_arena"], r["to_arena"]) for r in site.said("arena_links") if r["loop_no"] == number}
    why = None if made else site.gap(["arena_links"], loop["school_year"], number)
    more = site.awaits_more("arena_links", loop["school_year"], number)
    return of_loop(site, loop, "C3", len(made & expected), len(expected), why, slice=names, open=more)


# ---------------------------------------------------------------- C4


def attendance(site: Site) -> Iterator[Part]:
    """Teams represented over teams active that day, also of loops that were not held."""
    names = {"measure": "attendance"}
    numbers = {loop["loop_no"]: loop for loop in site.loops}
    with_meeting = set()
    for meeting in site.meetings:
        if meeting["arena"] != "development_group" or meeting["teams_represented_n"] is None:
            continue
        loop = numbers.get(meeting["loop_no"])
        day = meeting["meeting_date"] if loop is None else loop["actual_start"] or loop["planned_start"]
        why = None if _asks_for_group(site, day) else "not_applicable"
        active = site.teams_on(meeting["meeting_date"])
        why = why or (None if active else "not_collected")
        counted = (meeting["teams_represented_n"], len(active))
        if loop:
            with_meeting.add(loop["loop_no"])
            yield of_loop(site, loop, "C4", *counted, why, slice=names)
        else:
            yield of_year(site, meeting["year"], "C4", *counted, why, slice=names, moved=meeting["moved"])
    for loop in site.held:
        if loop["loop_no"] not in with_meeting:
            gap = site.gap(["meetings"], loop["school_year"], loop["loop_no"])
            nothing = gap is None or not _asks_for_group(site, loop["actual_start"])
            yield of_loop(site, loop, "C4", None, why="not_applicable" if nothing else gap, slice=names)


def _asks_for_group(site: Site, on: dt.date) -> bool:
    """Whether the agreement in force has a development group; where none is in force or told, nothing
    speaks against it."""
    agreed = site.arenas_on(on)
    return agreed is None or site.version_on(on) is None or "development_group" in agreed


def membership(site: Site) -> Iterator[Part]:
    """Teams with an appointed member, of those active on the last day of the period."""
    names = {"measure": "membership"}
    agreed = [a for v in site.versions if (a := site.arenas_on(v["valid_from"])) is not None]
    no_group = bool(agreed) and not any("development_group" in one for one in agreed)
    last_days: dict[tuple[str, object], dt.date] = {}
    for year in site.years:
        end = site.calendars[year][1] if year in site.calendars else last_of_july(year)
        number = site.partnership_year(year)
        for clock, place in (("school_year", year), ("partnership_year", number), ("project", "all")):
            if place is not None:
                last_days[clock, place] = max(end, last_days.get((clock, place), end))
    for (clock, place), last in last_days.items():
        active = [r for r in site.teams if r["valid_from"] <= last <= (r["valid_to"] or last)]
        known = {r["team_id"] for r in active if r["has_dev_group_representative"]}
        there = {r["team_id"] for r in active if r["has_dev_group_representative"] == "yes"}
        if active:
            why = "not_applicable" if no_group else None if known else "not_collected"
            yield Part(
                "C4",
                cut(**names),
                None if why else len(there),
                None if why else len(known),
                why,
                only=clock,
                year=place if clock == "school_year" else None,
                partnership_year=place if clock == "partnership_year" else None,
            )


# ---------------------------------------------------------------- C5


def leader_there(site: Site, loop: Row) -> Part:
    """Completed team loops with a leader present, of those where it is noted."""
    known = [r for r in site.completed(loop) if r["leader_present"]]
    if not known:
        return of_loop(site, loop, "C5", None, why=site.why_none_completed(loop))
    return of_loop(site, loop, "C5", sum(r["leader_present"] == "yes" for r in known), len(known))
