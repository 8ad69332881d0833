"""U1–U5: development over years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.independent.clocks import Part, cut, of_loop
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site
from pipeline.independent.support import agreed_well, talk

MIN_TEAMS, MIN_UNITS = 2, 30


def parts(site: Site) -> Iterator[Part]:
    yield from rhythm(site)
    for loop in site.held:
        yield experience(site, loop)
        yield meaning(site, loop)
        yield collective_area(site, loop)
        yield from origin(site, loop)
    for loop in site.loops:
        yield from start_up(site, loop)


def rhythm(site: Site) -> Iterator[Part]:
    """Loops completed in each year, and those that were shortened beside; against the plan it is A1."""
    for names, status in (({}, "completed"), ({"measure": "shortened"}, "shortened")):
        for year in site.years:
            own = [loop for loop in site.loops if loop["year"] == year]
            known = own or site.stand("loops", year) == "complete"
            moved = any(loop["moved"] for loop in own)
            yield Part(
                "U1",
                cut(**names),
                sum(loop["status"] == status for loop in own) if known else None,
                year=year,
                moved=moved,
                share=False,
                only="school_year",
            )
        stated = {site.partnership_year(y): y for y in site.years}
        numbers = {loop["partnership_year_no"] for loop in site.loops} | {n for n in stated if n is not None}
        for number in sorted(numbers):
            own = [loop for loop in site.loops if loop["partnership_year_no"] == number]
            known = own or (number in stated and site.stand("loops", stated[number]) == "complete")
            count = sum(loop["status"] == status for loop in own) if known else None
            yield Part(
                "U1", cut(**names), count, partnership_year=number, share=False, only="partnership_year"
            )
        if site.loops:
            count = sum(loop["status"] == status for loop in site.loops)
            yield Part("U1", cut(**names), count, share=False, only="project")


def experience(site: Site, loop: Row) -> Part:
    """Participants with an earlier held loop, in completed team loops; nobody can have one in the first
    held loop."""
    if loop is site.held[0]:
        return of_loop(site, loop, "U2", None, why="not_applicable")
    known = [r for r in site.completed(loop) if r["experienced_n"] is not None]
    if not known:
        return of_loop(site, loop, "U2", None, why=site.why_none_completed(loop))
    return of_loop(
        site, loop, "U2", sum(r["experienced_n"] for r in known), sum(r["headcount"] for r in known)
    )


def meaning(site: Site, loop: Row) -> Part:
    """Meaning-oriented of meaning- or action-oriented units, with two teams, thirty units and coders who
    agree."""
    rows = [r for r in talk(site, loop) if r["canonical_code"] in ("meaning_oriented", "action_oriented")]
    if not rows:
        gap = site.gap(["coded_counts"], loop["school_year"], loop["loop_no"])
        return of_loop(site, loop, "U3", None, why="not_applicable" if gap is None else gap)
    units = sum(r["n_units_with_code"] for r in rows)
    enough = (
        max((r["n_teams"] or 0 for r in rows), default=0) >= MIN_TEAMS
        and units >= MIN_UNITS
        and agreed_well(rows)
    )
    meant = sum(r["n_units_with_code"] for r in rows if r["canonical_code"] == "meaning_oriented")
    return of_loop(site, loop, "U3", meant, units, None if enough else "insufficient")


def _areas_in(site: Site, loop: Row) -> Rows:
    number = loop["loop_no"]
    return [
        a
        for a in site.said("development_areas")
        if a["scope"] == "collective" and a["first_loop_no"] <= number <= (a["last_loop_no"] or number)
    ]


def collective_area(site: Site, loop: Row) -> Part:
    """Whether a collective area was active, as the school's list or the loop itself says.

    There is none only where the list is complete."""
    names = {"measure": "loops_with_collective_area"}
    there = bool(_areas_in(site, loop)) or bool(loop["collective_area_ids"])
    gap = None if there else site.gap(["development_areas"], loop["school_year"])
    return of_loop(site, loop, "U4", int(there), 1, gap, slice=names)


def origin(site: Site, loop: Row) -> Iterator[Part]:
    """Collective areas that came from below, of those whose origin both know; each area once in a period."""
    names = {"measure": "bottom_up"}
    areas = _areas_in(site, loop)
    known = {a["area_id"] for a in areas if a["origin_agreed_by_both"] == "yes" and a["origin"] != "unknown"}
    below = {a["area_id"] for a in areas if a["area_id"] in known and a["origin"] == "bottom_up"}
    if known:
        yield from _not_by_loop(of_loop(site, loop, "U4", frozenset(below), frozenset(known), slice=names))
        return
    gap = site.gap(["development_areas"], loop["school_year"])
    why = "not_collected" if areas else "not_applicable" if gap is None else gap
    yield from _not_by_loop(of_loop(site, loop, "U4", None, why=why, slice=names))


def _not_by_loop(part: Part) -> Iterator[Part]:
    yield replace(part, loop=None)


def start_up(site: Site, loop: Row) -> Iterator[Part]:
    """Start-up meetings in full staff, whether or not the loop was held."""
    all_of_it = [m for m in site.meetings if m["of_loop"] == loop["loop_no"]]
    starts = [m for m in all_of_it if m["loop_relation"] in ("before", "before_first_loop")]
    agreed = site.arenas_on(loop["actual_start"] or loop["planned_start"])
    no_group = bool(agreed) and "development_group" not in agreed
    if no_group:
        if starts or loop["held"]:
            yield of_loop(site, loop, "U5", None, why="not_applicable")
    elif starts:
        yield of_loop(site, loop, "U5", sum(m["arena"] == "full_staff" for m in starts), len(starts))
    elif loop["held"]:
        gap = site.gap(["meetings"], loop["school_year"], loop["loop_no"])
        yield of_loop(site, loop, "U5", None, why="not_applicable" if all_of_it or gap is None else gap)
