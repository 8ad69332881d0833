"""I1–I3 and I5: institutionalisation. I4 is counted with the themes of the log."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.independent.clocks import Part, of_year
from pipeline.independent.site import CHANGE_PHASES, Site, first_of_august

FEW_NEW = 5
NEEDS_NO_EVIDENCE = ("no_basis_for_claim", "not_assessed", "initiation", "implementation")


def parts(site: Site) -> Iterator[Part]:
    for year in site.years:
        yield from plans(site, year)
        yield from onboarding(site, year)
        yield from follow_up(site, year)
    yield from phases(site)


def _missing(site: Site, year: str) -> str:
    return site.gap(["school_year"], year) or "not_collected"


def plans(site: Site, year: str) -> Iterator[Part]:
    fact = site.facts.get(year)
    for plan, column in (("activity_plan", "in_activity_plan"), ("meeting_plan", "in_meeting_plan")):
        if fact is None:
            yield of_year(site, year, "I1", None, why=_missing(site, year), slice={"plan": plan})
        else:
            yield of_year(site, year, "I1", int(fact[column] == "yes"), 1, slice={"plan": plan})


def onboarding(site: Site, year: str) -> Iterator[Part]:
    fact = site.facts.get(year)
    held, new, came = (
        (fact[k] for k in ("onboarding_held", "new_staff_n", "onboarding_attended_n"))
        if fact
        else (None,) * 3
    )
    why = _missing(site, year) if fact is None else None
    of_held = why or ("not_in_design" if held == "not_planned" else None if held else "not_collected")
    yield of_year(site, year, "I2", int(held == "yes"), 1, of_held, slice={"measure": "held"})
    if why is None and new is not None and new < FEW_NEW:
        why = "not_applicable" if new == 0 else "suppressed"
    if why is None and (new is None or came is None):
        why = "not_collected"
    yield of_year(site, year, "I2", came, new, why, slice={"measure": "attended"})


def follow_up(site: Site, year: str) -> Iterator[Part]:
    """Loops of the school's own in the three school years after the end."""
    end = site.ended_on
    if end is None or end >= site.network.as_of:
        return
    start = site.calendars[year][0] if year in site.calendars else first_of_august(year)
    if not end < start <= end.replace(year=end.year + 3):
        return
    fact = site.facts.get(year)
    if fact is None or fact["post_project_loops_n"] is None:
        yield of_year(site, year, "I3", None, why="not_collected")
    else:
        yield of_year(site, year, "I3", int(fact["post_project_loops_n"] > 0), 1)


def phases(site: Site) -> Iterator[Part]:
    """A phase is noted by both, with evidence where it claims that something has changed."""
    for row in site.said("notes"):
        known = (
            row["code"] in CHANGE_PHASES
            and row["note_type"] == "change_phase"
            and row["agreed_by_both"] == "yes"
        )
        if known and (row["evidence_ref"] or row["code"] in NEEDS_NO_EVIDENCE):
            yield of_year(site, row["school_year"], "I5", 1, slice={"status": row["code"]}, share=False)
