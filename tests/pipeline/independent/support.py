"""S1–S4: the support that teacher educators give, as coded; and what the coding of talk is read by."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.independent.clocks import Part, of_loop, of_year
from pipeline.independent.reading import Row, Rows
from pipeline.independent.site import Site

CATEGORIES = ("emotional_support", "organisational_support", "process_support")
STANCES = ("confirming_only", "challenging_only", "both")
ARENAS = ("full_staff", "development_group", "leadership", "cross_team_groups", "other_local")
AGREED_FROM = 0.667


def parts(site: Site) -> Iterator[Part]:
    for year in site.years:
        yield from profile(site, year)
        yield from metacommunication(site, year)
    yield from breadth(site)
    for loop in site.held:
        yield from stance(site, loop)


def coded(site: Site) -> Rows:
    """Coded counts with what the codebook says of the code; a code of no codebook is held back.

    What was coded of a loop that was then cancelled is in no number.
    """
    book = {(c["codebook_version_id"], c["code"]): c for c in site.reference("codebooks")}
    cancelled = {
        loop["loop_no"] for loop in site.loops if loop["status"] in ("cancelled", "cancelled_agreed")
    }
    return [
        r
        | {
            k: book[r["codebook_version_id"], r["code"]][k]
            for k in ("category", "level", "canonical_code", "codebook_id")
        }
        for r in site.said("coded_counts")
        if (r["codebook_version_id"], r["code"]) in book and r["loop_no"] not in cancelled
    ]


def talk(site: Site, loop: Row) -> Rows:
    """What was coded of the teams' own talk in a loop."""
    return [
        r
        for r in coded(site)
        if r["arena"] == "team" and r["loop_no"] == loop["loop_no"] and r["canonical_code"] is not None
    ]


def agreed_well(rows: Rows) -> bool:
    """Whether the coders agree well enough; where it is not said, it is not known."""
    said = [r["agreement_value"] for r in rows]
    return bool(said) and None not in said and min(float(v) for v in said) >= AGREED_FROM


def _groups(rows: Rows) -> dict[tuple[object, ...], Rows]:
    """A unit may have several codes: its base is told once per loop, arena and codebook version."""
    made: dict[tuple[object, ...], Rows] = {}
    for row in rows:
        made.setdefault((row["loop_no"], row["arena"], row["codebook_version_id"]), []).append(row)
    return {k: g for k, g in made.items() if any(r["category"] not in ("talk", "stance") for r in g)}


def profile(site: Site, year: str) -> Iterator[Part]:
    """S1 of a school year, and of S2 the units of no category."""
    groups = _groups([r for r in coded(site) if r["school_year"] == year])
    rows = [r for g in groups.values() for r in g]
    gap = site.gap(["coded_counts"], year)
    none = "not_applicable" if gap is None else gap
    why = none if not rows else None if agreed_well(rows) else "insufficient"
    for category in (*CATEGORIES, "local"):
        names = {"category": category} if category != "local" else {"measure": "unmapped"}
        indicator = "S1" if category != "local" else "S2"
        yield of_year(site, year, indicator, *_units(groups, category), why, slice=names)
    for category in CATEGORIES:
        for arena in sorted({str(k[1]) for k in groups}):
            own = {k: g for k, g in groups.items() if k[1] == arena}
            well = agreed_well([r for g in own.values() for r in g])
            names = {"category": category, "arena": arena}
            yield of_year(
                site, year, "S1", *_units(own, category), None if well else "insufficient", slice=names
            )


def breadth(site: Site) -> Iterator[Part]:
    """S2: subcategories seen of those in the codebook versions in use, each once in a period whose coders
    all agree."""
    clocks: dict[tuple[str, object], list[str]] = {}
    for year in site.years:
        for clock, place in (
            ("school_year", year),
            ("partnership_year", site.partnership_year(year)),
            ("project", "all"),
        ):
            if place is not None:
                clocks.setdefault((clock, place), []).append(year)
    for (clock, _), years in clocks.items():
        groups = _groups([r for r in coded(site) if r["school_year"] in years])
        rows = [r for g in groups.values() for r in g]
        used = {r["codebook_version_id"] for r in rows}
        for category in CATEGORIES:
            listed = frozenset(
                (c["codebook_id"], c["code"])
                for c in site.reference("codebooks")
                if c["codebook_version_id"] in used
                and c["level"] == "subcategory"
                and c["category"] == category
            )
            seen = (
                frozenset((r["codebook_id"], r["code"]) for r in rows if r["n_units_with_code"] > 0) & listed
            )
            for year in years:
                gap = site.gap(["coded_counts"], year)
                why = (
                    None
                    if agreed_well(rows)
                    else "insufficient"
                    if rows
                    else "not_applicable"
                    if gap is None
                    else gap
                )
                yield of_year(site, year, "S2", seen, listed, why, slice={"category": category}, only=clock)


def _units(groups: dict[tuple[object, ...], Rows], category: str) -> tuple[int | None, int]:
    with_code = [
        r["n_units_with_code"]
        for g in groups.values()
        for r in g
        if r["level"] == "category" and r["category"] == category
    ]
    return (sum(with_code) if with_code else None), sum(
        max(r["n_units_base"] for r in g) for g in groups.values()
    )


def stance(site: Site, loop: Row) -> Iterator[Part]:
    """S3: units of each stance over all coded units of the teams' work with a teacher educator there."""
    rows = [r for r in talk(site, loop) if r["category"] == "stance"]
    base: dict[str, int] = {}
    for row in rows:
        version = row["codebook_version_id"]
        base[version] = max(base.get(version, 0), row["n_units_base"])
    why: str | None = None
    if not rows:
        team_loops = site.team_loops.get(loop["loop_no"], [])
        nobody = team_loops and not any(
            "yes" in (r["te_in_planning"], r["te_in_evaluation"]) for r in team_loops
        )
        gap = site.gap(["coded_counts"], loop["school_year"], loop["loop_no"])
        why = "not_applicable" if nobody or gap is None else gap
    elif not agreed_well(rows):
        why = "insufficient"
    for one in STANCES:
        units = sum(r["n_units_with_code"] for r in rows if r["canonical_code"] == one)
        yield of_loop(site, loop, "S3", units, sum(base.values()), why, slice={"stance": one})


def metacommunication(site: Site, year: str) -> Iterator[Part]:
    """S4: meetings with metacommunication of those whose activities are told, by the day of the meeting."""
    meetings = [m for m in site.meetings if m["year"] == year and m["codes"] is not None]
    gap = site.gap(["meetings", "meeting_activities"], year)
    for arena in ARENAS:
        own = [m for m in meetings if m["arena"] == arena]
        why = None if own else "not_applicable" if gap is None else gap
        yield of_year(
            site,
            year,
            "S4",
            sum("metacommunication" in m["codes"] for m in own),
            len(own),
            why,
            slice={"arena": arena},
            moved=any(m["moved"] for m in own),
        )
