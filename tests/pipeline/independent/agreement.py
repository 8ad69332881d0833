"""A1–A6: the partnership, and whether each party keeps the agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.independent.clocks import Part, cut, of_loop, of_year
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site, first_of_august, last_of_july, year_after

PARTIES = ("school", "institution", "school_owner")
MIXED = "mixed"
GIVEN = ("kept", "partly", "not_kept", MIXED)
SILENCE = dt.timedelta(days=30)
AFTER_THE_END = dt.timedelta(days=60)


def parts(site: Site) -> Iterator[Part]:
    yield from loops_against_plan(site)
    yield from commitments(site)
    yield from amendments(site)
    for loop in site.held:
        yield from participation(site, loop)
        yield from mirror_returned(site, loop)
    yield from cancelled_beside(site)
    yield from provisions(site)


# ---------------------------------------------------------------- A1


@dataclass(frozen=True)
class PlannedYear:
    """One partnership year: what was planned, what was done, and whether it is over. None is not known."""

    number: int
    planned: int | None
    done: int | None
    shortened: int
    let_off: int
    is_open: bool
    school_year: str | None


def _ends_on(site: Site, number: int, school_year: str | None) -> dt.date:
    """The day before the next partnership year begins."""
    if school_year is not None and school_year in site.calendars:
        following = site.calendars.get(year_after(school_year))
        return following[0] - dt.timedelta(days=1) if following else last_of_july(school_year)
    start = site.network.joined.get((site.school, site.partnership)) or site.network.started.get(
        site.partnership
    )
    if start:
        return start.replace(year=start.year + number) - dt.timedelta(days=1)
    return last_of_july(school_year) if school_year else dt.date.max


def _begins_on(site: Site, number: int, school_year: str | None, end: dt.date) -> dt.date:
    if school_year is not None and school_year in site.calendars:
        return site.calendars[school_year][0]
    if school_year is not None:
        return first_of_august(school_year)
    return end.replace(year=end.year - 1) + dt.timedelta(days=1)


def planned_years(site: Site) -> list[PlannedYear]:
    """The partnership years so far, as the school's years and loops say."""
    of_year: dict[int, str] = {}
    for year in site.years:
        number = site.partnership_year(year)
        if number:
            of_year[number] = max(year, of_year.get(number, year))
    for loop in site.loops:
        if loop["partnership_year_no"]:
            of_year.setdefault(loop["partnership_year_no"], loop["year"])
    made = []
    for number, year in sorted(of_year.items()):
        end = _ends_on(site, number, year)
        version = site.version_of(_begins_on(site, number, year, end), end)
        plans = {
            (p["agreement_id"], p["version_no"], p["partnership_year_no"]): p["planned_loops"]
            for p in site.said("agreement_plan_years")
        }
        planned = plans.get((version["agreement_id"], version["version_no"], number)) if version else None
        own = [loop for loop in site.loops if loop["partnership_year_no"] == number]
        known = own or site.stand("loops", year) == "complete"
        count = {
            s: sum(loop["status"] == s for loop in own)
            for s in ("completed", "shortened", "cancelled_agreed")
        }
        made.append(
            PlannedYear(
                number,
                planned,
                count["completed"] if known else None,
                count["shortened"],
                count["cancelled_agreed"],
                end >= site.network.as_of,
                year,
            )
        )
    return made


def one_to_one(site: Site) -> dict[str, int]:
    """School years that answer to one partnership year, which answers to no other school year."""
    said = {(loop["year"], loop["partnership_year_no"]) for loop in site.loops}
    said |= {(year, row["partnership_year_no"]) for year, row in site.own_years.items()}
    years = [y for y, _ in said]
    numbers = [n for _, n in said]
    return {y: n for y, n in said if years.count(y) == 1 and numbers.count(n) == 1}


def loops_against_plan(site: Site) -> Iterator[Part]:
    """A1, and U1 against the plan, which has the same numbers: on three clocks, and so far."""
    years = planned_years(site)
    numbered = {one.number: one for one in years}
    pairs = one_to_one(site)
    assumed = site.assumed("loops") & {"school_year", "partnership_year_no"}
    for indicator, names in (("A1", {}), ("U1", {"measure": "against_plan"})):
        for one in years:
            yield _against(indicator, names, one, "partnership_year")
            yield _against(indicator, names, one, "project")
        for year in [] if assumed else site.years:
            one = numbered.get(pairs.get(year, -1))
            if one is not None:
                yield replace(
                    _against(indicator, names, one, "school_year"), year=year, moved=_moved(site, year)
                )
            elif site.partnership_year(year) is not None or any(loop["year"] == year for loop in site.loops):
                yield Part(indicator, cut(**names), None, why="not_applicable", year=year, only="school_year")
    for one in years:
        for earlier in [e for e in years if e.number <= one.number]:
            part = _against("A1", {"reading": "cumulative"}, earlier, "partnership_year")
            yield replace(part, partnership_year=one.number)
        yield from _beside(one, ("partnership_year", "project"))
    for year in [] if assumed else site.years:
        one = numbered.get(pairs.get(year, -1))
        for part in _beside(one, ("school_year",)) if one else ():
            yield replace(part, year=year, moved=_moved(site, year))


def _moved(site: Site, year: str) -> bool:
    return any(loop["moved"] for loop in site.loops if loop["year"] == year)


def _beside(one: PlannedYear, clocks: tuple[str, ...]) -> Iterator[Part]:
    """Loops that were shortened or let off, told beside those that were completed."""
    for measure, count in (("shortened", one.shortened), ("cancelled_agreed", one.let_off)):
        for clock in clocks:
            yield Part(
                "A1",
                cut(measure=measure),
                None if one.done is None else count,
                partnership_year=one.number,
                only=clock,
                open=one.is_open,
                share=False,
            )


def _against(indicator: str, names: dict[str, str], one: PlannedYear, clock: str) -> Part:
    """A year without a plan adds to neither side; one of which nothing was delivered is not known."""
    why = "not_applicable" if one.planned is None else "not_collected" if one.done is None else None
    return Part(
        indicator,
        cut(**names),
        one.done if why is None else None,
        one.planned if why is None else None,
        why,
        partnership_year=one.number,
        open=one.is_open,
        only=clock,
    )


# ---------------------------------------------------------------- A2


def commitments(site: Site) -> Iterator[Part]:
    """Each commitment once per side that assesses it; what nobody says is told after thirty days, and never
    below."""
    reviews = site.said("commitment_reviews")
    years = sorted({*site.years, *(r["school_year"] for r in reviews)})
    counted: Rows = []
    for year in years:
        end = site.calendars[year][1] if year in site.calendars else last_of_july(year)
        start = site.calendars[year][0] if year in site.calendars else first_of_august(year)
        version = site.version_of(start, end)
        if version is None:
            continue
        key = (version["agreement_id"], version["version_no"])
        agreed = [
            c for c in site.said("agreement_commitments") if (c["agreement_id"], c["version_no"]) == key
        ]
        own = [
            r
            for r in reviews
            if r["school_year"] == year
            and (r["agreement_id"], r["version_no"]) == key
            and (r["assessed_by"] != "school_owner" or version["owner_is_party"] == "yes")
        ]
        counted += own
        for party in PARTIES:
            yield from _of_party(site, year, party, [c for c in agreed if c["party"] == party], own)
    yield from _funding(site, counted)


def _said_of(reviews: Rows, commitment: Row, *, by_party: bool) -> str | None:
    """What one side says of a commitment: what all who assessed it say, or that they do not say the same."""
    results = {
        r["result"]
        for r in reviews
        if r["commitment_no"] == commitment["commitment_no"]
        and (r["assessed_by"] == commitment["party"]) == by_party
    }
    given = results - {"not_assessed"}
    if not given:
        return "not_assessed" if results else None
    # what some call changed and no one calls broken was changed
    if given == {"kept", "changed_by_agreement"}:
        return "changed_by_agreement"
    return given.pop() if len(given) == 1 else MIXED


def _of_party(site: Site, year: str, party: str, agreed: Rows, reviews: Rows) -> Iterator[Part]:
    if not agreed:
        return
    sides = {by: [_said_of(reviews, c, by_party=by == "own") for c in agreed] for by in ("own", "other")}
    for by, said in sides.items():
        names = {"party": party, "assessor": by}
        given = [s for s in said if s in GIVEN]
        spoken = [s for s in said if s is not None]
        why: str | None = None
        if not spoken:
            why = "not_collected"
        elif not given:
            why = "not_applicable"
        elif 2 * len(given) < len(agreed):
            why = "insufficient"
        yield of_year(site, year, "A2", given.count("kept"), len(given), why, slice=names)
        silent = [c for c, s in zip(agreed, said, strict=True) if s is None and _is_silent(site, reviews, c)]
        waiting = not spoken and not silent
        for result, count in (
            ("not_assessed", said.count("not_assessed") + len(silent)),
            ("changed_by_agreement", said.count("changed_by_agreement")),
        ):
            missing = waiting or (result == "changed_by_agreement" and not spoken)
            yield of_year(
                site,
                year,
                "A2",
                count,
                why="not_collected" if missing else None,
                slice=names | {"result": result},
                share=False,
            )
    both = [
        (a, b)
        for a, b in zip(sides["own"], sides["other"], strict=True)
        if a in (*GIVEN, "changed_by_agreement") and b in (*GIVEN, "changed_by_agreement")
    ]
    spoken_by_both = all(any(s is not None for s in said) for said in sides.values())
    why = None if both else "not_applicable" if spoken_by_both else "not_collected"
    names = {"party": party, "assessor": "both"}
    same = sum(a == b != MIXED for a, b in both)
    yield of_year(site, year, "A2", same, len(both), why, slice=names)
    yield of_year(
        site, year, "A2", len(both) - same, why=why, slice=names | {"result": "disagreed"}, share=False
    )


def _is_silent(site: Site, reviews: Rows, commitment: Row) -> bool:
    """Whether thirty days have gone since the first other side assessed the commitment."""
    days = [
        r["assessed_on"]
        for r in reviews
        if r["commitment_no"] == commitment["commitment_no"] and r["assessed_on"]
    ]
    return bool(days) and min(days) + SILENCE < site.network.as_of


def _funding(site: Site, reviews: Rows) -> Iterator[Part]:
    """Money follows the budget year: the calendar year of the assessment."""
    kinds = {
        (c["agreement_id"], c["version_no"], c["commitment_no"]): c
        for c in site.said("agreement_commitments")
    }
    groups: dict[tuple[str, str, int], dict[Any, list[str]]] = {}
    for row in reviews:
        key = (row["agreement_id"], row["version_no"], row["commitment_no"])
        commitment = kinds.get(key)
        if commitment is None or commitment["commitment_type"] != "funding":
            continue
        if row["assessed_on"] and row["result"] != "not_assessed":
            by = "own" if row["assessed_by"] == commitment["party"] else "other"
            place = (commitment["party"], by, row["assessed_on"].year)
            groups.setdefault(place, {}).setdefault((key, row["school_year"]), []).append(row["result"])
    for (party, by, year), said in groups.items():
        said = {
            k: results for k, results in said.items() if set(results) - {"kept"} != {"changed_by_agreement"}
        }
        kept = sum(set(results) == {"kept"} for results in said.values())
        names = {"party": party, "assessor": by, "commitment_type": "funding"}
        if said:
            yield Part("A2", cut(**names), kept, len(said), budget_year=year, only="budget_year")


# ---------------------------------------------------------------- A3


def amendments(site: Site) -> Iterator[Part]:
    """Amendments that rest on something delivered and decided before, of those that say what they rest on."""
    decided = {d["decision_id"]: d["decided_on"] for d in site.said("decisions")}
    met = {m["meeting_id"]: m for m in site.meetings}
    by_year: dict[str, Rows] = {}
    moved: dict[str, bool] = {}
    for version in site.versions:
        if version["version_no"] > 1:
            year, only_row = site.year_of(version["valid_from"], None)
            by_year.setdefault(year, []).append(version)
            moved[year] = moved.get(year, False) or only_row
    for year in sorted({*by_year, *site.years} if site.versions else set()):
        rows = by_year.get(year, [])
        known = [v for v in rows if v["change_basis_ref"]]
        why = None if known else "not_collected" if rows else "not_applicable"
        grounded = sum(_grounded(v, decided, met) for v in known)
        yield of_year(site, year, "A3", grounded, len(known), why, moved=moved.get(year, False))
    if not site.versions:
        for year in site.years:
            yield of_year(site, year, "A3", None, why="not_collected")


def _grounded(version: Row, decided: dict[str, dt.date], met: dict[str, Row]) -> bool:
    basis = version["change_basis_ref"]
    if basis in decided:
        return decided[basis] <= version["valid_from"]
    meeting = met.get(basis)
    if meeting is None or meeting["meeting_date"] > version["valid_from"]:
        return False
    return meeting["codes"] is None or "agreement_evaluation" in meeting["codes"]


# ---------------------------------------------------------------- A4


def participation(site: Site, loop: Row) -> Iterator[Part]:
    """Where teacher educators took part in a held loop. What was let off leaves, what was cancelled has its
    own mode."""
    all_rows = site.team_loops.get(loop["loop_no"], [])
    rows = [r for r in all_rows if r["status"] != "cancelled_agreed"]
    why: str | None = None
    if not rows:
        gap = site.gap(["team_loops"], loop["school_year"], loop["loop_no"])
        why = "not_applicable" if all_rows or gap is None else gap
    ran = [r for r in rows if r["status"] not in ("cancelled", "not_participating")]
    modes = [_mode(r) for r in rows]
    lessons = sum(r["te_in_research_lesson"] == "yes" for r in ran)
    for arena, count in (("team", modes.count("yes")), ("research_lesson", lessons)):
        yield of_loop(site, loop, "A4", int(count > 0), 1, why, slice={"arena": arena, "grain": "loop"})
        yield of_loop(site, loop, "A4", count, len(rows), why, slice={"arena": arena, "grain": "team_loop"})
    for mode in ("offered_not_used", "absent_by_design", "absent", "cancelled"):
        names = {"arena": "team", "grain": "team_loop", "mode": mode}
        yield of_loop(site, loop, "A4", modes.count(mode), len(rows), why, slice=names)
    meetings = site.meetings_of(loop)
    staff = [m for m in meetings if m["arena"] == "full_staff"]
    gap = None if meetings else site.gap(["meetings"], loop["school_year"], loop["loop_no"])
    there = any(m["te_mode"] in ("led", "took_part") for m in staff)
    yield of_loop(site, loop, "A4", int(there), 1, gap, slice={"arena": "full_staff", "grain": "loop"})
    for mode in ("led", "took_part", "absent_by_design", "absent"):
        names = {"arena": "full_staff", "grain": "meeting", "mode": mode}
        none = None if staff else gap or "not_applicable"
        yield of_loop(
            site, loop, "A4", sum(m["te_mode"] == mode for m in staff), len(staff), none, slice=names
        )
    after = any(
        m["loop_relation"] == "after"
        and m["arena"] in ("development_group", "leadership")
        and m["te_mode"] in ("led", "took_part")
        for m in meetings
    )
    yield of_loop(site, loop, "A4", int(after), 1, gap, slice={"arena": "post_loop_meeting", "grain": "loop"})


def _mode(row: Row) -> str:
    said = (row["te_in_planning"], row["te_in_evaluation"])
    if row["status"] in ("cancelled", "not_participating"):
        return "cancelled"
    if "yes" in said:
        return "yes"
    if "offered_not_used" in said:
        return "offered_not_used"
    return "absent_by_design" if said == ("absent_by_design", "absent_by_design") else "absent"


def cancelled_beside(site: Site) -> Iterator[Part]:
    """Loops cancelled without agreement, told beside those that were held."""
    for loop in site.loops:
        if loop["held"] or loop["status"] == "cancelled":
            for arena in ("team", "research_lesson", "full_staff", "post_loop_meeting"):
                names = {"arena": arena, "grain": "loop", "mode": "cancelled"}
                yield of_loop(site, loop, "A4", int(not loop["held"]), slice=names, share=False)


# ---------------------------------------------------------------- A5


def _shown(site: Site, loop: Row) -> tuple[list[tuple[dt.date, Row | None]], str]:
    """Days on which mirror data of a loop were shown, with the meeting where one is known, and by what they
    are known."""
    items = {r["mirror_id"]: r for r in site.said("mirror_items") if r["loop_no"] == loop["loop_no"]}
    met = {m["meeting_id"]: m for m in site.meetings}
    presented = [
        r for r in site.said("mirror_presentations") if r["mirror_id"] in items and r["meeting_id"] in met
    ]
    if presented:
        return [(met[r["meeting_id"]]["meeting_date"], met[r["meeting_id"]]) for r in presented], "presented"
    own = [(r["first_presented_on"], None) for r in items.values() if r["first_presented_on"]]
    if own:
        return list(own), "presented"
    stand = site.stand("mirror_presentations", loop["school_year"], loop["loop_no"])
    if stand == "complete":
        return [], "presented"
    following = _next(site, loop)
    fallback = [
        m
        for m in site.meetings
        if m["codes"]
        and "mirror_data" in m["codes"]
        and m["meeting_date"] >= loop["actual_end"]
        and (
            (m["loop_no"] == loop["loop_no"] and m["loop_relation"] in ("after", "year_end"))
            or (
                following is not None
                and m["loop_no"] == following["loop_no"]
                and m["loop_relation"] == "before"
            )
        )
    ]
    return [(m["meeting_date"], m) for m in fallback], "meeting"


def _next(site: Site, loop: Row) -> Row | None:
    """The next loop by its start, of those running or held."""
    later = [
        one
        for one in site.loops
        if one["status"] in ("running", "completed", "shortened")
        and one["actual_start"] > loop["actual_start"]
    ]
    return min(later, key=lambda one: one["actual_start"]) if later else None


def mirror_returned(site: Site, loop: Row) -> Iterator[Part]:
    shown, known_by = _shown(site, loop)
    yield from _in_time(site, loop, shown)
    days = [(max((on - loop["actual_end"]).days, 0), m) for on, m in shown if on >= loop["actual_start"]]
    days = days if known_by == "presented" else []
    median = {"measure": "median_days"}
    why = None if days else "not_applicable" if known_by == "presented" and not shown else "not_collected"
    yield of_loop(
        site,
        loop,
        "A5",
        min((n for n, _ in days), default=None),
        None,
        why,
        slice=median,
        how="median",
        share=False,
    )
    for arena in sorted({m["arena"] for _, m in days if m}):
        first = min(n for n, m in days if m and m["arena"] == arena)
        yield of_loop(site, loop, "A5", first, slice=median | {"arena": arena}, how="median", share=False)


def _in_time(site: Site, loop: Row, shown: list[tuple[dt.date, Row | None]]) -> Iterator[Part]:
    """Shown before the next loop, of the loops with a round of data whose time is out."""
    number = loop["loop_no"]
    data = any(
        r["loop_no"] == number for t in ("log_rounds", "log_counts", "coded_counts") for r in site.said(t)
    )
    if not data:
        gap = site.gap(["log_counts", "coded_counts"], loop["school_year"], number)
        yield of_loop(site, loop, "A5", None, why="not_applicable" if gap is None else gap)
        return
    following = _next(site, loop)
    end = site.ended_on
    limit = following["actual_start"] if following else end + AFTER_THE_END if end else None
    if limit is None or limit >= site.network.as_of:
        yield of_loop(site, loop, "A5", None, why="not_applicable")
        return
    in_time = any(
        loop["actual_start"] <= on <= limit
        or (
            following is not None
            and m is not None
            and m["loop_no"] == following["loop_no"]
            and m["loop_relation"] == "before"
        )
        for on, m in shown
    )
    told = (
        shown
        or site.meetings_of(loop)
        or site.gap(["mirror_presentations"], loop["school_year"], number) is None
    )
    yield of_loop(site, loop, "A5", int(in_time), 1, None if told else "not_collected")


# ---------------------------------------------------------------- A6


def provisions(site: Site) -> Iterator[Part]:
    """What the agreement promises and the year's record says was provided, each partnership by its own
    record."""
    for year in site.years:
        row = site.own_years.get(year)
        said = (
            [row[k] for k in ("team_time_provided", "dev_group_time_provided", "substitute_cover_provided")]
            if row
            else []
        )
        agreed = [s for s in said if s in ("yes", "partly", "no")]
        gap = site.gap(["school_year"], year) or "not_collected"
        why = None if agreed else "not_applicable" if row else gap
        yield of_year(site, year, "A6", agreed.count("yes"), len(agreed), why)
        yield of_year(site, year, "A6", agreed.count("partly"), len(agreed), why, slice={"measure": "partly"})
