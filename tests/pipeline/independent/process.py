"""P1–P5: the process of the loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.independent.clocks import Part, of_loop
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site


def parts(site: Site) -> Iterator[Part]:
    yield from phases(site)
    for loop in site.held:
        yield pre_analysis(site, loop)
        yield from observation(site, loop)
        yield from goals(site, loop)
    yield from visible(site)


# ---------------------------------------------------------------- P1, P2


def _template(site: Site, loop: Row) -> Rows:
    return [
        r
        for r in site.reference("template_versions")
        if r["template_version_id"] == loop["template_version_id"]
    ]


def _has_template(site: Site, loop: Row) -> bool:
    """A template that is in use, or the school's own where it was delivered as a version."""
    own = loop["template_status"] == "own_template" and bool(_template(site, loop))
    return loop["template_status"] == "in_use" or own


def _used(site: Site, loop: Row) -> Rows:
    known = {r["phase_no"] for r in _template(site, loop)}
    return [
        r
        for r in site.said("team_loop_phases")
        if r["loop_no"] == loop["loop_no"]
        and (not known or r["phase_no"] in known)
        and r["template_version_id"] == loop["template_version_id"]
        and _has_template(site, loop)
    ]


def phases(site: Site) -> Iterator[Part]:
    """Phases with each answer over the phases of the loop's template, in the team loops that tell of any.

    Of a period with several templates each is told by itself, never together.
    """
    for clock, name in (
        ("loop", "loop_no"),
        ("school_year", "year"),
        ("partnership_year", "partnership_year_no"),
        ("project", ""),
    ):
        groups: dict[object, Rows] = {}
        for loop in site.held:
            groups.setdefault(loop[name] if name else "all", []).append(loop)
        for loops in groups.values():
            several = len({_family(site, loop) for loop in loops if _has_template(site, loop)}) > 1
            for loop in loops:
                names = {"template": _family(site, loop)} if several else {}
                if _has_template(site, loop) or not several:
                    yield from (replace(part, only=clock) for part in _phases(site, loop, names))


def _family(site: Site, loop: Row) -> str:
    template = _template(site, loop)
    return str(template[0]["template_id"] if template else loop["template_version_id"])


def _phases(site: Site, loop: Row, names: dict[str, str]) -> Iterator[Part]:
    rows, template = _used(site, loop), _template(site, loop)
    why: str | None = None
    if not _has_template(site, loop):
        why = "not_applicable"
    elif not rows:
        stand = site.stand("team_loop_phases", loop["school_year"], loop["loop_no"])
        why = "not_in_design" if stand == "not_in_design" else "not_collected"
    bottom = len(template) * len({r["team_id"] for r in rows}) if template else len(rows)
    for answer in ("yes", "partly", "no"):
        yield of_loop(
            site,
            loop,
            "P1",
            sum(r["used"] == answer for r in rows),
            bottom,
            why,
            slice={"used": answer} | names,
        )


def pre_analysis(site: Site, loop: Row) -> Part:
    """Pre-analysis used and the goal formulated before the design, of the team loops where both are told."""
    template = _template(site, loop)
    before = {r["phase_no"] for r in template if r["canonical_phase"] == "pre_analysis"}
    if not _has_template(site, loop) or (template and not before):
        return of_loop(site, loop, "P2", None, why="not_applicable")
    used: dict[str, set[str]] = {}
    for row in _used(site, loop):
        if row["phase_no"] in before:
            used.setdefault(row["team_id"], set()).add(row["used"])
    known = [r for r in site.completed(loop) if r["team_id"] in used and r["goal_formulated_before_design"]]
    if not known:
        if site.why_none_completed(loop) == "not_applicable":
            return of_loop(site, loop, "P2", None, why="not_applicable")
        stands = [
            site.stand(t, loop["school_year"], loop["loop_no"]) for t in ("team_loops", "team_loop_phases")
        ]
        return of_loop(
            site, loop, "P2", None, why="not_in_design" if "not_in_design" in stands else "not_collected"
        )
    done = sum("yes" in used[r["team_id"]] and r["goal_formulated_before_design"] == "yes" for r in known)
    return of_loop(site, loop, "P2", done, len(known))


# ---------------------------------------------------------------- P3, P4


def observation(site: Site, loop: Row) -> Iterator[Part]:
    """Observers, a focus and an evaluation, of the completed team loops that tell all three; Lesson Study
    only."""
    done = site.completed(loop)
    known = [
        r
        for r in done
        if None not in (r["observers_n"], r["observation_focus_recorded"], r["evaluation_min"])
    ]
    asked: dict[str, Callable[[Row], bool]] = {
        "observers": lambda r: r["observers_n"] >= 1,
        "focus": lambda r: r["observation_focus_recorded"] == "yes",
        "evaluation": lambda r: r["evaluation_min"] > 0,
    }
    other = loop["method"] != "lesson_study"
    why = "not_applicable" if other else None if known else site.why_none_completed(loop)
    yield of_loop(site, loop, "P3", sum(all(a(r) for a in asked.values()) for r in known), len(known), why)
    for component, holds in asked.items():
        yield of_loop(
            site, loop, "P3", sum(map(holds, known)), len(known), why, slice={"component": component}
        )
    why = "not_applicable" if other else None if done else site.why_none_completed(loop)
    again = sum(r["research_lessons_held_n"] > 1 for r in done)
    yield of_loop(site, loop, "P3", again, len(done), why, slice={"measure": "retaught"})


def goals(site: Site, loop: Row) -> Iterator[Part]:
    """Goals of both kinds, of the completed team loops that tell of both."""
    known = [r for r in site.completed(loop) if r["goal_subject"] and r["goal_cross_curricular"]]
    why = None if known else site.why_none_completed(loop)
    for names, wanted in (
        ({}, ("yes", "yes")),
        ({"goals": "both"}, ("yes", "yes")),
        ({"goals": "subject"}, ("yes", "no")),
        ({"goals": "cross_curricular"}, ("no", "yes")),
        ({"goals": "none"}, ("no", "no")),
    ):
        there = sum((r["goal_subject"], r["goal_cross_curricular"]) == wanted for r in known)
        yield of_loop(site, loop, "P4", there, len(known), why, slice=names)


# ---------------------------------------------------------------- P5


def visible(site: Site) -> Iterator[Part]:
    """Teams with an example of desired practice: the largest single item, and whether all are seen where
    that is known.

    A period in which that is not known of a loop tells how many are yes, no and not known, and no share of
    the known.
    """
    for loop in site.held:
        yield from _teams_seen(site, loop)
    for clock, name in (
        ("loop", "loop_no"),
        ("school_year", "year"),
        ("partnership_year", "partnership_year_no"),
        ("project", ""),
    ):
        groups: dict[object, Rows] = {}
        for loop in site.held:
            groups.setdefault(loop[name] if name else "all", []).append(loop)
        for loops in groups.values():
            said = [(loop, _all_seen(site, loop)) for loop in loops]
            in_doubt = any(answer == "not_known" for _, answer in said)
            for loop, answer in said:
                gap = _nothing_mirrored(site, loop)
                why = "insufficient" if in_doubt else gap if answer is None else None
                yield replace(of_loop(site, loop, "P5", int(answer == "yes"), 1, why), only=clock)
                for one in ("yes", "no", "not_known"):
                    of_answer = of_loop(
                        site, loop, "P5", int(answer == one), why=gap, slice={"all": one}, share=False
                    )
                    yield replace(of_answer, only=clock)


def _items(site: Site, loop: Row) -> Rows:
    return [r for r in site.said("mirror_items") if r["loop_no"] == loop["loop_no"]]


def _told(site: Site, loop: Row) -> tuple[Rows, int]:
    """Items that say whether the practice is desired and how many teams have it, and the teams with data."""
    items = [r for r in _items(site, loop) if r["teams_with_data_n"]]
    told = [r for r in items if _says(r)]
    return told, max(r["teams_with_data_n"] for r in items) if told else 0


def _says(item: Row) -> bool:
    counted = item["all_teams_included"] == "yes" or item["teams_with_example_n"] is not None
    return item["desired_practice"] == "no" or (item["desired_practice"] == "yes" and counted)


def _nothing_mirrored(site: Site, loop: Row) -> str | None:
    if _told(site, loop)[1]:
        return None
    gap = site.gap(["mirror_items"], loop["school_year"], loop["loop_no"])
    return "not_collected" if _items(site, loop) else "not_applicable" if gap is None else gap


def _all_seen(site: Site, loop: Row) -> str | None:
    told, with_data = _told(site, loop)
    if not with_data:
        return None
    wanted = [r for r in told if r["desired_practice"] == "yes"]
    reach = [_reach(r, with_data) for r in wanted]
    if max(reach, default=0) >= with_data:
        return "yes"
    untold = any(r["teams_with_data_n"] and not _says(r) for r in _items(site, loop))
    return "no" if not untold and (len(wanted) <= 1 or sum(reach) < with_data) else "not_known"


def _teams_seen(site: Site, loop: Row) -> Iterator[Part]:
    told, with_data = _told(site, loop)
    reach = [_reach(r, with_data) for r in told if r["desired_practice"] == "yes"]
    guessed = not reach and len(told) < sum(bool(r["teams_with_data_n"]) for r in _items(site, loop))
    why = _nothing_mirrored(site, loop) or ("not_collected" if guessed else None)
    yield of_loop(site, loop, "P5", max(reach, default=0), with_data, why, slice={"measure": "teams"})


def _reach(item: Row, with_data: int) -> int:
    return with_data if item["all_teams_included"] == "yes" else int(item["teams_with_example_n"])
