"""A network in which everything happens that partners may lawfully deliver: one school for each thing.

Belongs here: the schools and their files. Does not belong here: what must come of them (`test_numbers.py`
by hand,
`independent` by counting).

Each school starts from a quiet year: every team completes every loop, uses the minutes set aside and is
represented,
and everything is delivered. Then one thing is changed.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from innenfra.demo import network
from innenfra.demo.school import FIRST_YEAR, School
from innenfra.demo.writing import Package, Rows, write_folder

SEED = 777
NUMBERS = network.organisation_numbers("9914")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class Sent:
    """One delivery. `first` puts it before all others, whatever it corrects."""

    name: str
    package: Package
    first: bool = False


@dataclass
class Case:
    """A school in which one thing happens, and what it delivers."""

    name: str
    school: School
    sent: list[Sent] = field(default_factory=list)
    others: list[School] = field(default_factory=list)

    @property
    def school_id(self) -> str:
        return self.school.school_id

    def deliver(self, package: Package, *, first: bool = False) -> None:
        self.sent.append(Sent(f"{self.name}-{len(self.sent)}", package, first))


# ---------------------------------------------------------------- a quiet year


def school(
    number: int, *, teams: int = 4, loops: int = 2, partnership: str | None = None, institutions: str = "UH1"
) -> School:
    """An invented school with a partnership of its own."""
    code = f"Q{number:02d}"
    return School(
        NUMBERS[number],
        code,
        f"Prøve {number}",
        number % 2,
        teams,
        loops,
        partnership or f"PQ-{number:02d}",
        institutions,
        teams * 5,
    )


def year(of: School, offset: int = 0) -> Package:
    """Everything of one school year, with nothing out of the ordinary."""
    package = network._year(of, offset, random.Random(f"{SEED}-{of.school_id}-{offset}"))
    active = len([t for t in package["teams"] if t["valid_to"] is None])
    for row in package["team_loops"]:
        row |= {
            "status": "completed",
            "planning_min": 240,
            "research_lesson_min": 60,
            "evaluation_min": 120,
            "research_lessons_held_n": 1,
            "te_in_planning": "yes",
            "te_in_evaluation": "yes",
        }
    for row in package["meetings"]:
        row |= {"te_mode": "took_part", "teacher_educators_n": 1}
        if row["arena"] == "development_group":
            row["teams_represented_n"] = active
    for row in package["mirror_items"]:
        row |= {"teams_with_example_n": active, "all_teams_included": "yes"}
    for row in package["commitment_reviews"]:
        row["result"] = "kept"
    for row in package.get("coded_counts", []):
        row["agreement_value"] = 0.9
    return package


def without(package: Package, *file_types: str, say: str | None = None) -> Package:
    """The package without some file types; the manifest says why, or does not name them."""
    kept = {name: rows for name, rows in package.items() if name not in file_types}
    manifest = [dict(row) for row in package["manifest"]]
    for row in manifest:
        if row["file_type"] in file_types and say:
            row["completeness"] = say
    kept["manifest"] = [r for r in manifest if r["file_type"] not in file_types or say]
    return kept


def only(package: Package, *file_types: str, delivery: str, **said: Any) -> Package:
    """A delivery of some file types alone, with a manifest of its own."""
    manifest = [
        r | {"delivery_id": delivery} | said for r in package["manifest"] if r["file_type"] in file_types
    ]
    return {"manifest": manifest, **{name: package[name] for name in file_types if name in package}}


def of_loop(rows: Rows, loop: int) -> Rows:
    return [row for row in rows if row["loop_no"] == loop]


def made_link(case: Case, loop: int) -> dict[str, Any]:
    """A link from the teams to the development group, made in a loop."""
    return {
        "school_id": case.school_id,
        "partnership_id": case.school.partnership,
        "loop_no": loop,
        "from_arena": "team",
        "to_arena": "development_group",
    }


def stated(package: Package, **said: Any) -> Package:
    """The package with the same said in every row of its manifest."""
    for row in package["manifest"]:
        row |= said
    return package


# ---------------------------------------------------------------- one thing each


CASES: dict[str, Callable[[Case], None]] = {}
SIZES: dict[str, dict[str, Any]] = {}


def case(**size: Any) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    """Register a case; `size` is its school's."""

    def keep(plan: Callable[[Case], None]) -> Callable[[Case], None]:
        CASES[plan.__name__], SIZES[plan.__name__] = plan, size
        return plan

    return keep


@case(teams=2, loops=1)
def more_minutes_than_set_aside(case: Case) -> None:
    package = year(case.school)
    for row, minutes in zip(package["team_loops"], (300, 210), strict=True):
        row["planning_min"] = minutes
    case.deliver(package)


@case(teams=4, loops=1)
def more_teams_and_loops_than_there_are(case: Case) -> None:
    package = year(case.school)
    for row in package["meetings"]:
        if row["arena"] == "development_group":
            row["teams_represented_n"] = 5
    extra = package["loops"][0] | {
        "loop_no": 2,
        "planned_start": day("2020-02-03"),
        "planned_end": day("2020-03-06"),
        "actual_start": day("2020-02-03"),
        "actual_end": day("2020-03-06"),
    }
    package["loops"].append(extra)
    package["team_loops"] += [row | {"loop_no": 2} for row in list(package["team_loops"])]
    case.deliver(package)


@case(teams=3, loops=2)
def team_that_is_not_registered(case: Case) -> None:
    package = year(case.school)
    package["team_loops"].append(of_loop(package["team_loops"], 2)[0] | {"team_id": "T99"})
    case.deliver(package)


@case(teams=4, loops=2)
def two_partnerships(case: Case) -> None:
    """Both have loops 1 and 2, an agreement AV-…, meetings and decisions of their own; the second took over
    three teams."""
    first, second = case.school, school(90, teams=4, loops=2, partnership="PQ-90", institutions="UH2")
    second = School(
        **{**second.__dict__, "school_id": first.school_id, "code": first.code, "teachers": first.teachers}
    )
    case.others.append(second)
    case.deliver(year(first))
    package = year(second)
    package["meetings"] = package["meetings"][:-1]
    shown = {m["meeting_id"] for m in package["meetings"]}
    for name in ("meeting_activities", "mirror_presentations"):
        package[name] = [r for r in package[name] if r["meeting_id"] in shown]
    package["decisions"] = [
        r | {"decided_by": "teacher_educators", "proposed_by": "teachers"} for r in package["decisions"][:1]
    ]
    package["agreement_plan_years"] = [r | {"planned_loops": 4} for r in package["agreement_plan_years"]]
    package["agreement_arenas"] = package["agreement_arenas"][:1]
    for row in package["commitment_reviews"]:
        row["result"] = "not_kept" if row["commitment_no"] == 1 else "kept"
    of_second = [f"T{n}" for n in (1, 2, 3)]
    package["teams"] = [
        r | {"partnership_ids": second.partnership} for r in package["teams"] if r["team_id"] in of_second
    ]
    package["team_loops"] = [r for r in package["team_loops"] if r["team_id"] in of_second]
    package["school_year"] = [r | {"partnership_year_no": 1} for r in package["school_year"]]
    case.deliver(stated(package, delivery_id=f"{second.code}-second"))


@case()
def links_not_collected(case: Case) -> None:
    case.deliver(without(year(case.school), "arena_links", say="not_collected"))


@case()
def links_never_mentioned(case: Case) -> None:
    case.deliver(without(year(case.school), "arena_links"))


@case()
def links_of_one_loop(case: Case) -> None:
    """A complete file of the year with links of loop 1 alone: none were made in loop 2."""
    package = year(case.school)
    package["arena_links"] = of_loop(package["arena_links"], 1)[:1] or [made_link(case, 1)]
    case.deliver(package)


@case(loops=1)
def checks_with_blank_revised(case: Case) -> None:
    package = year(case.school)
    first = package["member_checks"][0]
    package["member_checks"] = [
        first | {"object_id": f"S-1-{n}", "group": "full_staff", "outcome": outcome, "revised": revised}
        for n, (outcome, revised) in enumerate(
            (
                ("partly", "yes"),
                ("not_recognised", "yes"),
                ("partly", "no"),
                ("partly", None),
                ("recognised", None),
            ),
            start=1,
        )
    ]
    case.deliver(package)


@case(teams=6, loops=2)
def cancelled_loop(case: Case) -> None:
    """Loop 1: four of six teams, two let off. Loop 2: cancelled without agreement."""
    package = year(case.school)
    for row in package["team_loops"]:
        if row["loop_no"] == 1 and row["team_id"] in ("T5", "T6"):
            row["status"] = "cancelled_agreed"
        if row["loop_no"] == 2:
            row |= {
                "status": "cancelled",
                "planning_min": None,
                "research_lesson_min": None,
                "evaluation_min": None,
            }
    package["loops"][1] |= {"status": "cancelled", "actual_end": None}
    case.deliver(package)


@case(teams=6, loops=2)
def loop_let_off(case: Case) -> None:
    package = year(case.school)
    package["loops"][1] |= {"status": "cancelled_agreed", "actual_start": None, "actual_end": None}
    for row in package["team_loops"]:
        if row["loop_no"] == 2:
            row["status"] = "cancelled_agreed"
    case.deliver(package)


@case(teams=5, loops=2)
def shortened_loop(case: Case) -> None:
    package = year(case.school)
    package["loops"][1]["status"] = "shortened"
    for row in package["team_loops"]:
        if (row["loop_no"], row["team_id"]) in ((1, "T5"), (2, "T4"), (2, "T5")):
            row["status"] = "partly" if row["team_id"] == "T4" else "not_participating"
    case.deliver(package)


@case(loops=1)
def checks_after_the_end(case: Case) -> None:
    package = year(case.school)
    package["agreement_versions"][0] |= {"valid_to": day("2020-06-30"), "planned_years": 1}
    case.deliver(package)
    later = year(case.school)["member_checks"][0]
    checks = [
        later
        | {
            "checked_on": day("2020-10-05"),
            "object_id": f"F-{n}",
            "object_type": "narrative",
            "outcome": outcome,
        }
        for n, outcome in enumerate(("recognised", "recognised", "partly"))
    ]
    checks[2]["revised"] = "yes"
    manifest = package["manifest"][0] | {
        "delivery_id": "AFTER",
        "file_type": "member_checks",
        "school_year": "2020/21",
    }
    case.deliver({"manifest": [manifest], "member_checks": checks})


@case(teams=6, loops=2)
def meetings_of_a_running_loop(case: Case) -> None:
    package = year(case.school)
    package["loops"][1] |= {"status": "running", "actual_end": None}
    for row in package["meetings"]:
        if row["arena"] == "development_group":
            row["teams_represented_n"] = 4 if row["loop_no"] == 1 else 5
    package["team_loops"] = of_loop(package["team_loops"], 1)
    package["mirror_items"] = of_loop(package["mirror_items"], 1)
    kept = {r["mirror_id"] for r in package["mirror_items"]}
    package["mirror_presentations"] = [r for r in package["mirror_presentations"] if r["mirror_id"] in kept]
    package["coded_counts"] = of_loop(package["coded_counts"], 1) if "coded_counts" in package else []
    package["log_counts"] = of_loop(package["log_counts"], 1)
    case.deliver({name: rows for name, rows in package.items() if rows})


@case(loops=1)
def calendars_not_delivered(case: Case) -> None:
    """Only the first of three years has a calendar."""
    case.deliver(year(case.school))
    for offset in (1, 2):
        case.deliver(without(year(case.school, offset), "school_year"))


@case(loops=1)
def one_area_over_five_loops(case: Case) -> None:
    for offset in range(5):
        package = year(case.school, offset)
        package["development_areas"] = [
            {
                "school_id": case.school_id,
                "partnership_id": case.school.partnership,
                "area_id": "UO-9",
                "scope": "collective",
                "origin": "bottom_up",
                "origin_agreed_by_both": "yes",
                "first_loop_no": 1,
            }
        ]
        case.deliver(package)


@case(loops=1, partnership="PQ-S2")
def one_codebook_over_four_years(case: Case) -> None:
    """Each year another of four subcategories is seen, two of them once more."""
    for offset in range(4):
        package = year(case.school, offset)
        for row in package["coded_counts"]:
            name = str(row["code"])
            if name.startswith("NETT-1."):
                row["n_units_with_code"] = 3 if int(name[-1]) in (offset + 1, (offset + 1) % 4 + 1) else 0
        case.deliver(package)


@case(loops=1)
def units_without_a_stance(case: Case) -> None:
    package = year(case.school)
    for row in package["coded_counts"]:
        if row["arena"] == "team":
            row |= {"n_units_base": 24, "double_coded_n": 4}
            row["n_units_with_code"] = {"H1": 5, "H2": 4, "H3": 10, "T1": 10, "T2": 14}[row["code"]]
    case.deliver(package)


@case(loops=3)
def tool_noted_by_one_party(case: Case) -> None:
    """Five tools: one noted by one party, and used; two of the four others are used alone, one of them also
    before."""
    package = year(case.school)
    package["loops"][2] |= {"planned_start": day("2020-04-14"), "actual_start": day("2020-04-14")}
    package["loops"][2] |= {"planned_end": day("2020-05-15"), "actual_end": day("2020-05-15")}
    common = {"school_id": case.school_id, "partnership_id": case.school.partnership, "agreed_by_both": "yes"}
    notes = [
        common | {"note_type": "tool_introduction", "code": f"verktoy{n}", "first_loop_no": 1}
        for n in range(1, 6)
    ]
    notes[4]["agreed_by_both"] = "no"
    notes += [
        common | {"note_type": "tool_use", "code": f"verktoy{n}", "first_loop_no": 2, "without_te": "yes"}
        for n in (1, 2, 5)
    ]
    notes.append(notes[5] | {"first_loop_no": 1})
    # turned down by the practitioners, whoever noted it; used with a teacher educator; a use that one party
    # noted
    notes.append(common | {"note_type": "tool_introduction", "code": "verktoy6", "first_loop_no": 1})
    notes.append(
        common
        | {
            "note_type": "tool_use",
            "code": "verktoy6",
            "first_loop_no": 2,
            "rejected_by_practitioners": "yes",
            "agreed_by_both": "no",
        }
    )
    notes.append(
        common | {"note_type": "tool_use", "code": "verktoy3", "first_loop_no": 2, "without_te": "no"}
    )
    notes.append(
        common
        | {
            "note_type": "tool_use",
            "code": "verktoy4",
            "first_loop_no": 2,
            "without_te": "yes",
            "agreed_by_both": "no",
        }
    )
    package["notes"] = notes
    case.deliver(package)


@case(teams=5, loops=1)
def practice_that_is_not_wanted(case: Case) -> None:
    package = year(case.school)
    first, second = package["mirror_items"][:2]
    first |= {"desired_practice": "no", "teams_with_example_n": 5, "all_teams_included": "yes"}
    second |= {"desired_practice": "yes", "teams_with_example_n": 2, "all_teams_included": "no"}
    case.deliver(package)


@case(loops=3)
def mirror_data_after_a_cancelled_loop(case: Case) -> None:
    """Loop 2 is cancelled; what was seen in loop 1 is shown after loop 3 has begun."""
    package = year(case.school)
    dates = (("2019-09-09", "2019-10-15"), ("2019-11-04", "2019-12-06"), ("2020-01-20", "2020-02-28"))
    for loop, (start, end) in zip(package["loops"], dates, strict=True):
        loop |= {
            "planned_start": day(start),
            "planned_end": day(end),
            "actual_start": day(start),
            "actual_end": day(end),
        }
    package["loops"][1] |= {"status": "cancelled", "actual_end": None}
    for row in package["team_loops"]:
        if row["loop_no"] == 2:
            row |= {
                "status": "cancelled",
                "planning_min": None,
                "research_lesson_min": None,
                "evaluation_min": None,
            }
    group = [m for m in package["meetings"] if m["arena"] == "development_group"]
    group[0]["meeting_date"] = day("2020-01-27")
    for item in package["mirror_items"]:
        item["first_presented_on"] = None
    package["mirror_items"] = [i for i in package["mirror_items"] if i["loop_no"] == 1]
    kept = {i["mirror_id"] for i in package["mirror_items"]}
    package["mirror_presentations"] = [
        p
        for p in package["mirror_presentations"]
        if p["mirror_id"] in kept and p["meeting_id"] == group[0]["meeting_id"]
    ]
    case.deliver(package)


def amended(package: Package, basis: str | None, reason: str = "evaluation") -> Package:
    """The agreement with a second version from January, with the same plans, commitments and arenas."""
    first = package["agreement_versions"][0]
    second = first | {
        "version_no": 2,
        "valid_from": day("2020-02-01"),
        "signed_on": day("2020-01-30"),
        "change_reason": reason,
        "change_basis_ref": basis,
    }
    first["valid_to"] = day("2020-01-31")
    package["agreement_versions"] = [first, second]
    for name in ("agreement_plan_years", "agreement_commitments", "agreement_arenas"):
        package[name] = package[name] + [r | {"version_no": 2} for r in package[name]]
    return package


@case()
def amendment_on_nothing(case: Case) -> None:
    case.deliver(amended(year(case.school), "INGENTING"))


@case()
def amendment_on_a_decision(case: Case) -> None:
    package = year(case.school)
    case.deliver(amended(package, package["decisions"][0]["decision_id"]))


@case()
def amendment_on_a_later_decision(case: Case) -> None:
    package = year(case.school)
    package["decisions"][0]["decided_on"] = day("2020-03-01")
    case.deliver(amended(package, package["decisions"][0]["decision_id"]))


@case()
def amendment_on_an_evaluation(case: Case) -> None:
    package = year(case.school)
    meeting = package["meetings"][0]["meeting_id"]
    package["meeting_activities"].append(
        {"meeting_id": meeting, "activity_code": "agreement_evaluation", "led_by": "joint"}
    )
    case.deliver(amended(package, meeting))


@case()
def amendment_on_another_meeting(case: Case) -> None:
    package = year(case.school)
    case.deliver(amended(package, package["meetings"][1]["meeting_id"]))


@case()
def amendment_that_says_nothing(case: Case) -> None:
    case.deliver(amended(year(case.school), None))


@case(teams=5, loops=2)
def correction_before_its_original(case: Case) -> None:
    """The correction of the teams and team loops comes first; the original has six teams."""
    package = year(case.school)
    original = f"{case.school.code}-{FIRST_YEAR}"
    wrong = {
        **package,
        "teams": package["teams"] + [package["teams"][0] | {"team_id": "T6", "team_label": "Team 6"}],
    }
    wrong["team_loops"] = package["team_loops"] + [
        r | {"team_id": "T6"} for r in package["team_loops"] if r["team_id"] == "T1"
    ]
    right = only(
        package,
        "teams",
        "team_loops",
        delivery="COR-21",
        supersedes_delivery_id=original,
        delivered_on=day("2020-07-02"),
    )
    for row in right.get("team_loops", []):
        row["status"] = "completed"
    case.deliver(stated(wrong, delivered_on=day("2020-06-25")))
    case.deliver(right, first=True)


@case(teams=7, loops=1)
def chain_of_corrections(case: Case) -> None:
    """Seven of seven, then six, then five: the last of the chain counts, though all came before the
    original."""
    package = year(case.school)
    original = f"{case.school.code}-{FIRST_YEAR}"
    before = original
    for number, done in ((1, 6), (2, 5)):
        rows = [
            r | {"status": "completed" if n < done else "cancelled"}
            for n, r in enumerate(package["team_loops"])
        ]
        correction = only(
            {**package, "team_loops": rows},
            "team_loops",
            delivery=f"COR-27-{number}",
            supersedes_delivery_id=before,
        )
        before = f"COR-27-{number}"
        case.deliver(correction, first=True)
    case.sent.reverse()
    case.deliver(package)


@case()
def code_that_is_none(case: Case) -> None:
    package = year(case.school)
    common = {"school_id": case.school_id, "partnership_id": case.school.partnership, "agreed_by_both": "yes"}
    package["notes"] = [
        common | {"note_type": "change_phase", "code": code, "school_year": "2019/20"}
        for code in ("banan", "initiation")
    ]
    case.deliver(package)


@case(loops=2)
def years_without_loops_file(case: Case) -> None:
    """Five loops are planned over three years; nothing was said of loops in the last two."""
    for offset in range(3):
        package = year(case.school, offset)
        if offset:
            by_loop = [
                name for name, rows in package.items() if name != "manifest" and rows and "loop_no" in rows[0]
            ] + [
                "meeting_activities",
                "mirror_presentations",
                "decisions",
                "member_checks",
            ]
            package = without(package, *by_loop)
        case.deliver(package)


# ---------------------------------------------------------------- more of what is ruled


@case(teams=5, loops=2)
def merged_and_split_teams(case: Case) -> None:
    """T5 merges into T4 after the first year; T1 splits into T1 and T8 in the middle of the second."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    teams = package["teams"]
    teams[4] |= {"valid_to": day("2020-07-31"), "change_type": "merged_into", "related_team_id": "T4"}
    teams.append(
        teams[0]
        | {
            "team_id": "T8",
            "valid_from": day("2020-12-01"),
            "change_type": "split_from",
            "related_team_id": "T1",
            "has_dev_group_representative": "no",
        }
    )
    for name in ("team_loops", "team_loop_phases"):
        package[name] = [r for r in package[name] if r["team_id"] != "T5"]
    package["team_loops"] += [
        r | {"team_id": "T8"} for r in of_loop(package["team_loops"], 4) if r["team_id"] == "T1"
    ]
    case.deliver(package)


@case(teams=4, loops=2)
def partly_delivered_team_loops(case: Case) -> None:
    package = year(case.school)
    package["team_loops"] = [
        r for r in package["team_loops"] if r["loop_no"] == 1 or r["team_id"] in ("T1", "T2")
    ]
    common = next(r for r in package["manifest"] if r["file_type"] == "team_loops")
    package["manifest"] = [r for r in package["manifest"] if r is not common]
    package["manifest"] += [common | {"loop_no": 1}, common | {"loop_no": 2, "completeness": "partial"}]
    case.deliver(package)


@case(loops=2, institutions="UH1 UH2")
def two_institutions_assess(case: Case) -> None:
    """Both institutions and the owner assess the school's commitments; they do not agree on the first."""
    package = year(case.school)
    reviews = [r for r in package["commitment_reviews"] if r["assessed_by"] == "school"]
    for code, results in (("UH1", ("kept", "kept", "kept")), ("UH2", ("not_kept", "kept", "kept"))):
        reviews += [
            row | {"assessed_by": "institution", "assessed_by_id": code, "result": result}
            for row, result in zip(reviews[:3], results, strict=True)
        ]
    reviews += [reviews[0] | {"assessed_by": "school_owner", "result": "kept", "assessed_by_id": None}]
    package["commitment_reviews"] = reviews
    case.deliver(package)


@case(loops=2)
def owner_that_is_no_party_assesses(case: Case) -> None:
    package = year(case.school)
    package["agreement_versions"][0]["owner_is_party"] = "no"
    package["commitment_reviews"] = [
        r | ({"assessed_by": "school_owner"} if r["assessed_by"] == "institution" else {})
        for r in package["commitment_reviews"]
    ]
    case.deliver(package)


@case(loops=1)
def one_side_has_assessed_one(case: Case) -> None:
    package = year(case.school)
    package["commitment_reviews"] = package["commitment_reviews"][:1]
    case.deliver(package)


@case(loops=2)
def own_template_that_was_delivered(case: Case) -> None:
    case.deliver(year(case.school))
    package = year(case.school, 1)
    for loop in package["loops"]:
        loop |= {"template_status": "own_template", "template_version_id": "EGEN-v1"}
    package["template_versions"] += [
        {
            "template_id": "EGEN",
            "template_version_id": "EGEN-v1",
            "phase_no": n,
            "phase_code": f"f{n}",
            "canonical_phase": phase,
        }
        for n, phase in enumerate(("idea_generation", "lesson_design", "post_analysis"), start=1)
    ]
    package["team_loop_phases"] = [
        r | {"template_version_id": "EGEN-v1"} for r in package["team_loop_phases"] if r["phase_no"] <= 3
    ]
    case.deliver(package)


@case(loops=2)
def own_template_that_was_not(case: Case) -> None:
    case.deliver(year(case.school))
    package = without(year(case.school, 1), "team_loop_phases")
    for loop in package["loops"]:
        loop |= {"template_status": "own_template", "template_version_id": None}
    case.deliver(package)


@case(loops=2)
def two_templates_in_a_year(case: Case) -> None:
    case.deliver(year(case.school))
    package = year(case.school, 1)
    package["loops"][1]["template_version_id"] = "M7-v1"
    package["template_versions"] += [
        {
            "template_id": "M7",
            "template_version_id": "M7-v1",
            "phase_no": n,
            "phase_code": f"f{n}",
            "canonical_phase": phase,
        }
        for n, phase in enumerate(("pre_analysis", "lesson_design", "post_analysis"), start=1)
    ]
    package["team_loop_phases"] = [
        r | ({"template_version_id": "M7-v1"} if r["loop_no"] == 4 else {})
        for r in package["team_loop_phases"]
        if r["loop_no"] == 3 or r["phase_no"] <= 3
    ]
    case.deliver(package)


@case(loops=2)
def years_that_do_not_map(case: Case) -> None:
    """The second loop of the school year is of the second partnership year."""
    package = year(case.school)
    package["loops"][1]["partnership_year_no"] = 2
    case.deliver(package)


@case(loops=2)
def plan_of_nothing(case: Case) -> None:
    """No loop is planned in the first year, and no plan was made for the second."""
    for offset in (0, 1):
        package = year(case.school, offset)
        package["agreement_plan_years"] = [
            r | ({"planned_loops": 0} if r["partnership_year_no"] == 1 else {})
            for r in package["agreement_plan_years"]
            if r["partnership_year_no"] != 2
        ]
        case.deliver(package)


@case(loops=1)
def agreement_to_the_end_of_june(case: Case) -> None:
    package = year(case.school)
    package["agreement_versions"][0]["valid_to"] = day("2020-06-30")
    case.deliver(package)


@case(loops=2)
def agreement_without_a_development_group(case: Case) -> None:
    package = year(case.school)
    package["agreement_arenas"] = package["agreement_arenas"][:1]
    case.deliver(package)


@case(loops=2)
def design_that_changes(case: Case) -> None:
    package = year(case.school)
    package["loops"][1] |= {
        "design_version": "2",
        "plan_planning_min": 0,
        "plan_evaluation_min": 60,
        "plan_full_staff_sharing_min": None,
        "plan_joint_theorisation_min": 45,
    }
    case.deliver(package)


@case(loops=2)
def codebooks_of_two_versions(case: Case) -> None:
    """The second year has a second version of the codebook with a subcategory more."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    second = [r | {"codebook_version_id": "NETT-v2"} for r in package["codebooks"]]
    second.append(next(r for r in second if r["code"] == "NETT-1.1") | {"code": "NETT-1.9"})
    package["codebooks"] += second
    for row in package["coded_counts"]:
        row["codebook_version_id"] = "NETT-v2"
    extra = next(r for r in package["coded_counts"] if r["code"] == "NETT-1.1")
    package["coded_counts"].append(extra | {"code": "NETT-1.9", "n_units_with_code": 2})
    case.deliver(package)


@case(loops=2)
def coders_who_do_not_agree(case: Case) -> None:
    package = year(case.school)
    for row in package["coded_counts"]:
        if row["loop_no"] == 1:
            row["agreement_value"] = 0.4
        elif row["arena"] == "team":
            row["n_teams"] = 1
    case.deliver(package)


@case(loops=2)
def not_in_the_design(case: Case) -> None:
    package = without(
        year(case.school),
        "coded_counts",
        "log_counts",
        "log_instruments",
        "member_checks",
        say="not_in_design",
    )
    case.deliver(without(package, "decisions", "notes", say="not_collected"))


@case(loops=2)
def delayed_files(case: Case) -> None:
    package = without(
        year(case.school),
        "team_loops",
        "meetings",
        "meeting_activities",
        "mirror_presentations",
        say="delayed",
    )
    case.deliver(without(package, "decisions", "team_loop_phases"))


@case(loops=2)
def delayed_files_that_came(case: Case) -> None:
    whole = year(case.school)
    case.deliver(stated(without(whole, "team_loops", say="delayed"), delivered_on=day("2020-06-20")))
    case.deliver(only(whole, "team_loops", delivery="LATE-Q", delivered_on=day("2020-09-15")))


@case(loops=2)
def mirror_data_by_meetings_alone(case: Case) -> None:
    package = without(year(case.school), "mirror_items", "mirror_presentations", "member_checks")
    case.deliver(package)


@case(loops=2)
def mirror_data_complete_and_never_shown(case: Case) -> None:
    package = year(case.school)
    for item in package["mirror_items"]:
        item["first_presented_on"] = None
    package["mirror_presentations"] = []
    case.deliver(package)


@case(loops=2)
def mirror_data_on_the_very_day(case: Case) -> None:
    """What was seen in loop 1 is shown on the first day of loop 2; what was seen in loop 2, a year after."""
    package = year(case.school)
    group = [m for m in package["meetings"] if m["arena"] == "development_group"]
    group[0]["meeting_date"] = package["loops"][1]["actual_start"]
    group[1]["meeting_date"] = day("2021-03-01")
    shown = {m["meeting_id"] for m in group}
    package["mirror_presentations"] = [p for p in package["mirror_presentations"] if p["meeting_id"] in shown]
    package["agreement_versions"][0]["valid_to"] = day("2020-07-31")
    case.deliver(package)


@case(loops=2)
def loops_without_data(case: Case) -> None:
    package = without(year(case.school), "log_counts", "log_instruments", "coded_counts", say="not_collected")
    package["log_rounds"] = [
        {
            "school_id": case.school_id,
            "partnership_id": case.school.partnership,
            "loop_no": 1,
            "round_no": n,
            "log_instrument_version_id": "LOGG-v1",
            "invited_n": 20,
            "submitted_n": 12 + n,
            "collection_mode": "link",
        }
        for n in (1, 2)
    ]
    package["manifest"].append(
        package["manifest"][0] | {"file_type": "log_rounds", "completeness": "complete"}
    )
    case.deliver(package)


@case(loops=2)
def meetings_outside_the_loops(case: Case) -> None:
    """A kick-off before the first loop without a number, a meeting of the year's end, and one in another
    arena."""
    package = year(case.school)
    for row in package["meetings"]:
        if row["loop_relation"] == "before":
            row["loop_relation"] = "during"
    first = package["meetings"][0]
    package["meetings"] += [
        first
        | {
            "meeting_id": "K-1",
            "meeting_date": day("2019-08-26"),
            "loop_no": None,
            "loop_relation": "before_first_loop",
        },
        first
        | {
            "meeting_id": "K-2",
            "meeting_date": day("2020-06-15"),
            "loop_no": None,
            "loop_relation": "year_end",
            "arena": "development_group",
            "teams_represented_n": 2,
        },
        first
        | {
            "meeting_id": "K-3",
            "meeting_date": day("2020-07-10"),
            "loop_no": None,
            "loop_relation": "none",
            "arena": "leadership",
            "school_year": "2019/20",
        },
    ]
    package["meeting_activities"].append(
        {"meeting_id": "K-3", "activity_code": "metacommunication", "led_by": "leadership"}
    )
    case.deliver(package)


@case(loops=2)
def loop_between_two_calendars(case: Case) -> None:
    """A loop of August begins after one calendar ends and before the next begins, and says the new year."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    package["loops"][0] |= {"planned_start": day("2020-08-10"), "actual_start": day("2020-08-10")}
    case.deliver(package)


@case(loops=1)
def continues_after_the_end(case: Case) -> None:
    package = year(case.school)
    package["agreement_versions"][0] |= {"valid_to": day("2020-07-31"), "planned_years": 1}
    case.deliver(package)
    for offset, loops in ((1, 2), (2, None), (3, 0)):
        later = year(case.school, offset)
        row = later["school_year"][0] | {"post_project_loops_n": loops}
        manifest = [r for r in later["manifest"] if r["file_type"] == "school_year"]
        case.deliver({"manifest": manifest, "school_year": [row]})


@case(loops=2)
def several_items_of_mirror_data(case: Case) -> None:
    """Loop 1: two items that together may hold all teams. Loop 2: items that say neither wanted nor not."""
    package = year(case.school)
    for item in package["mirror_items"]:
        item |= {"all_teams_included": "no", "teams_with_example_n": 3}
        if item["loop_no"] == 2:
            item["desired_practice"] = None
    case.deliver(package)


@case(loops=2)
def areas_of_all_kinds(case: Case) -> None:
    package = year(case.school)
    common = {"school_id": case.school_id, "partnership_id": case.school.partnership, "scope": "collective"}
    package["development_areas"] = [
        common
        | {
            "area_id": f"X-{n}",
            "origin": origin,
            "origin_agreed_by_both": both,
            "first_loop_no": first,
            "last_loop_no": last,
        }
        for n, (origin, both, first, last) in enumerate(
            (
                ("bottom_up", "yes", 1, 2),
                ("top_down", "yes", 1, 1),
                ("joint", "no", 2, None),
                ("unknown", "yes", 2, 2),
                ("bottom_up", None, 1, 2),
            )
        )
    ]
    case.deliver(package)


@case(loops=2)
def first_loop_cancelled(case: Case) -> None:
    """Nobody can have experience in loop 2: it is the first that was held."""
    package = year(case.school)
    package["loops"][0] |= {"status": "cancelled", "actual_end": None}
    for row in of_loop(package["team_loops"], 1):
        row["status"] = "cancelled"
    case.deliver(package)


@case(loops=2)
def other_method(case: Case) -> None:
    package = year(case.school)
    package["loops"][1]["method"] = "action_learning"
    for row in package["team_loops"]:
        row |= (
            {"leader_present": None, "observers_n": None}
            if row["team_id"] == "T1"
            else {"goal_subject": None}
        )
    case.deliver(package)


@case(loops=2)
def empty_sheets(case: Case) -> None:
    """Sheets that are there without a row, said to be complete: nothing of it happened."""
    package = year(case.school)
    for name in ("arena_links", "decisions", "member_checks", "mirror_presentations", "meeting_activities"):
        package[name] = []
    for item in package["mirror_items"]:
        item["first_presented_on"] = None
    case.deliver(package)


@case(loops=2)
def new_staff_of_all_numbers(case: Case) -> None:
    for offset, (new, came, held) in enumerate(
        ((0, 0, "not_planned"), (3, 2, "yes"), (6, 4, "yes"), (None, None, None))
    ):
        package = year(case.school, offset)
        package["school_year"][0] |= {
            "new_staff_n": new,
            "onboarding_attended_n": came,
            "onboarding_held": held,
        }
        package["school_year"][0] |= {
            "team_time_provided": "not_in_agreement",
            "substitute_cover_provided": "not_in_agreement",
        }
        package["school_year"][0]["dev_group_time_provided"] = "not_in_agreement" if offset == 3 else "partly"
        case.deliver(package)


@case(loops=2)
def each_file_by_itself(case: Case) -> None:
    """A year in one delivery for each file type, so that any of them may come first."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    for number, file_type in enumerate(sorted(set(package) - {"manifest"}, reverse=True)):
        case.deliver(only(package, file_type, delivery=f"ALONE-{number:02d}"))


@case(loops=2)
def held_loop_of_which_no_team_tells(case: Case) -> None:
    """The team loops are said to be complete and hold none of loop 2, which was held."""
    package = year(case.school)
    package["team_loops"] = of_loop(package["team_loops"], 1)
    case.deliver(package)


@case(loops=2)
def cancelled_loop_of_which_nothing_is_told(case: Case) -> None:
    package = without(year(case.school), "team_loops", say="not_collected")
    package["loops"][1] |= {"status": "cancelled", "actual_end": None}
    case.deliver(package)


@case(loops=2)
def loop_that_no_team_completed(case: Case) -> None:
    """Loop 4 is completed in part by every team, and the phases of its template are told."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    for row in of_loop(package["team_loops"], 4):
        row["status"] = "partly"
    case.deliver(package)


@case(loops=2)
def meetings_and_links_in_part(case: Case) -> None:
    """One meeting of loop 1 and one link of loop 1 have come, and there is more to come."""
    package = year(case.school)
    group = [r for r in of_loop(package["meetings"], 1) if r["arena"] == "development_group"]
    package["meetings"] = group[:1]
    for name in ("meeting_activities", "mirror_presentations"):
        package[name] = [r for r in package[name] if r["meeting_id"] == group[0]["meeting_id"]]
    package["arena_links"] = [made_link(case, 1)]
    for row in package["manifest"]:
        if row["file_type"] in ("meetings", "arena_links"):
            row["completeness"] = "partial"
    case.deliver({name: rows for name, rows in package.items() if rows})


@case(loops=2)
def group_that_met_before_there_were_teams(case: Case) -> None:
    package = year(case.school)
    first = next(r for r in package["meetings"] if r["arena"] == "development_group")
    package["meetings"].append(
        first
        | {
            "meeting_id": "K-0",
            "meeting_date": day("2019-06-11"),
            "school_year": "2019/20",
            "loop_no": 1,
            "loop_relation": "before",
            "teams_represented_n": 3,
        }
    )
    case.deliver(package)


@case(loops=2)
def teams_not_collected(case: Case) -> None:
    case.deliver(without(year(case.school), "teams", say="not_collected"))


@case(loops=2)
def no_collective_area(case: Case) -> None:
    """The list of areas came whole and empty, and no loop names one."""
    package = year(case.school)
    package["development_areas"] = []
    for loop in package["loops"]:
        loop["collective_area_ids"] = None
    case.deliver(package)


@case(loops=2)
def areas_in_part(case: Case) -> None:
    """An area of loop 1 has come, and there may be more."""
    package = year(case.school)
    first = package["development_areas"][0]
    package["development_areas"] = [first | {"scope": "collective", "first_loop_no": 1, "last_loop_no": 1}]
    for loop in package["loops"]:
        loop["collective_area_ids"] = None
    for row in package["manifest"]:
        if row["file_type"] == "development_areas":
            row["completeness"] = "partial"
    case.deliver(package)


@case(loops=2)
def start_up_in_the_year_before(case: Case) -> None:
    """The second year's first loop is started up in June of the first."""
    case.deliver(year(case.school))
    package = year(case.school, 1)
    package["meetings"][0]["meeting_date"] = day("2020-06-10")
    case.deliver(package)


@case(teams=5, loops=2)
def items_that_reach_different_teams(case: Case) -> None:
    """Items of four loops, by how many teams have an example and how many have data.

    In loop 1 both together are too few, and in loop 2, though one holds all three teams that it has data of;
    in loop 3 one is wanted and does not say how many; in loop 4 none has data.
    """
    reach = {
        1: ((1, 5), (2, 5)),
        2: ((3, 3), (1, 5)),
        3: ((2, 5), (None, 5)),
        4: ((None, None), (None, None)),
    }
    for offset in (0, 1):
        package = year(case.school, offset)
        for item in package["mirror_items"]:
            example, data = reach[item["loop_no"]][int(item["mirror_id"][-1]) - 1]
            item |= {"all_teams_included": None, "teams_with_example_n": example, "teams_with_data_n": data}
        case.deliver(package)


# ---------------------------------------------------------------- the network


def cases() -> dict[str, Case]:
    """All cases with what they deliver, by name."""
    made = {}
    for number, (name, plan) in enumerate(CASES.items()):
        one = Case(name, school(number, **{"partnership": None} | SIZES[name]))
        plan(one)
        made[name] = one
    return made


def write(folder: Path, of: Iterable[str] = ()) -> dict[str, Case]:
    """Registers and deliveries below `folder`, of all cases or some; names sort in the order of arrival."""
    made = {name: one for name, one in cases().items() if name in (set(of) or CASES)}
    _write_registers(folder / "registers", [s for one in made.values() for s in (one.school, *one.others)])
    sent = [one for of in made.values() for one in of.sent]
    for number, one in enumerate(sorted(sent, key=lambda s: not s.first)):
        write_folder(folder / "inbox" / f"{number:04d}-{one.name.replace('_', '-')}", one.package, number)
    return made


OWNERS = (("998871018", "Sandefjord kommune", "3907"), ("998871026", "Bodø kommune", "1804"))


def _write_registers(folder: Path, schools: list[School]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {s.school_id: s for s in schools}
    _register(
        folder,
        "school",
        [
            {
                "school_id": s.school_id,
                "valid_from": "2010-01-01",
                "name": s.name,
                "owner_id": OWNERS[s.owner][0],
                "municipality_no": OWNERS[s.owner][2],
                "school_code": s.code,
            }
            for s in by_id.values()
        ],
    )
    _register(
        folder,
        "school_owner",
        [
            {
                "owner_id": code,
                "valid_from": "2010-01-01",
                "name": name,
                "owner_type": "municipality",
                "municipality_no": number,
            }
            for code, name, number in OWNERS
        ],
    )
    _register(
        folder,
        "institution",
        [{"institution_id": code, "valid_from": "2010-01-01", "name": code} for code in ("UH1", "UH2")],
    )
    _register(
        folder,
        "partnership",
        [
            {
                "partnership_id": s.partnership,
                "title": s.partnership,
                "status": "running",
                "started_on": f"{FIRST_YEAR}-08-01",
            }
            for s in schools
        ],
    )
    _register(
        folder,
        "partnership_school",
        [
            {
                "partnership_id": s.partnership,
                "school_id": s.school_id,
                "invited": "true",
                "accepted": "true",
                "joined_on": f"{FIRST_YEAR}-08-01",
            }
            for s in schools
        ],
    )
    _register(
        folder,
        "partnership_party",
        [
            {
                "partnership_id": s.partnership,
                "party_id": code,
                "party_type": "institution",
                "valid_from": "2010-01-01",
            }
            for s in schools
            for code in s.institutions.split()
        ],
    )


def _register(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
