"""The invented network around Sjøsiden, year by year.

Belongs here: which schools there are, what each delivers each year, and where the plants go.
Does not belong here: the Sjøsiden case itself (`sjosiden.py`), file dialects (`writing.py`).
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from innenfra.demo import plants, sjosiden
from innenfra.demo.writing import Package, Rows, write_folder, write_workbook

FIRST_YEAR = 2019
WORKBOOKS_UP_TO = 50
_NAMES = (
    "Fjordgløtt skole", "Holmen oppvekstsenter", "Lyngåsen skole", "Vestbrekka skole", "Tindhaug skole", "Elvebakken barneskole", "Sørlia skole",
    "Åsgrenda skole", "Nordstrand oppvekst", "Øvre Moen skole",
)  # fmt: skip
_OWNERS = (
    ("998871018", "Sandefjord kommune", "3804", "3907"),
    ("998871026", "Bodø kommune", "1804", "1804"),
    ("998871034", "Fjellvang kommune", "4601", "4601"),
)
_ITEMS = ("utbytte", "opplevelse", "laererutdanner")


@dataclass(frozen=True)
class School:
    """A school of the network. `teams` is its number of teams, `loops` its planned loops a year."""

    school_id: str
    code: str
    name: str
    owner: int
    teams: int
    loops: int
    partnership: str
    institutions: str
    teachers: int


def organisation_numbers(prefix: str = "9988") -> list[str]:
    """Invented organisation numbers with valid check digits, in order."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    found = []
    for number in range(7001, 10_000):
        body = f"{prefix}{number:04d}"
        control = (11 - sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11) % 11
        if control < 10:
            found.append(f"{body}{control}")
    return found


def write_demo(out: Path, schools: int = 12, years: int = 6, seed: int = 2019) -> Path:
    """Write registers and deliveries below `out`; names sort in the order of delivery."""
    network = _network(schools, seed)
    _write_registers(out / "registers", network, years)
    inbox = out / "inbox"
    write_folder(inbox / "0000-sjosiden", sjosiden.package(), 1)
    for offset in range(years):
        for number, school in enumerate(network, start=1):
            name = f"{offset + 1:02d}{number:04d}-{school.code.lower()}-{FIRST_YEAR + offset}"
            _write(inbox, name, _year(school, offset, random.Random(f"{seed}-{school.school_id}-{offset}")), number, schools)
    _write_late_plants(inbox, {s.school_id: s for s in network}, years, seed)
    return out


def _write(inbox: Path, name: str, package: Package, number: int, schools: int) -> None:
    if number % 2 and schools <= WORKBOOKS_UP_TO:
        write_workbook(inbox / f"{name}.xlsx", package)
    else:
        write_folder(inbox / name, package, number)


def _network(schools: int, seed: int) -> list[School]:
    chosen = random.Random(seed)
    numbers = [n for n in organisation_numbers() if n not in (plants.SJOSIDEN, plants.SILENT)]
    if schools - 2 > len(numbers):
        numbers += organisation_numbers("9987") + organisation_numbers("9986")
    made = []
    for index in range(schools - 2):
        small = numbers[index] == plants.SMALL
        teams = 2 if small else chosen.randint(4, 7)
        made.append(
            School(
                numbers[index], f"S{index + 3:02d}", _NAMES[index] if index < len(_NAMES) else f"Skole {index + 3}", index % 3, teams,
                chosen.choice((1, 2, 2)), f"PS-{index % 3 + 1:02d}", ("UH1", "UH2", "UH2")[index % 3], 5 if small else teams * 5,
            )
        )  # fmt: skip
    return [_placed(s) for s in made]


def _placed(school: School) -> School:
    """Put the plants where the list says they are."""
    if school.school_id == plants.RENUMBERED:
        return replace(school, owner=0)
    if school.school_id == plants.TWO_INSTITUTIONS:
        return replace(school, partnership="PS-04", institutions="UH1 UH2")
    if school.school_id == plants.MERGED:
        return replace(school, teams=5)
    return school


# ---------------------------------------------------------------- one school, one year


def _year(school: School, offset: int, chance: random.Random) -> Package:
    year = FIRST_YEAR + offset
    school_year = f"{year}/{(year + 1) % 100:02d}"
    loops = [_loop(school, offset, n, school_year) for n in range(1, school.loops + 1)]
    teams = _teams(school, offset)
    meetings, activities = _meetings(school, loops, len([t for t in teams if t["valid_to"] is None]), chance)
    package: Package = {
        "manifest": [],
        "agreement_versions": _agreement(school, offset),
        "agreement_plan_years": [
            {"agreement_id": f"AV-{school.code}", "version_no": 1, "partnership_year_no": y, "planned_loops": school.loops} for y in range(1, 11)
        ],
        "agreement_commitments": [
            {"agreement_id": f"AV-{school.code}", "version_no": 1, "commitment_no": n, "party": p, "commitment_type": t, "quantity": q, "unit": u, "per": "loop"}
            for n, (p, t, q, u) in enumerate(
                (("school", "team_time", 420, "minutes"), ("school", "dev_group_time", 60, "minutes"), ("school", "substitute_cover", 1, "yes_no"),
                 ("institution", "mirror_data", 1, "times"), ("school_owner", "funding", 1, "yes_no")), start=1,
            )
        ],
        "teams": teams,
        "school_year": [_school_year(school, offset, school_year, chance)],
        "loops": loops,
        "team_loops": [r for loop in loops for r in _team_loops(loop, teams, offset, chance)],
        "meetings": meetings,
        "meeting_activities": activities,
        "log_counts": [r for loop in loops for r in _log(school, loop, offset, chance)],
    }  # fmt: skip
    delayed = school.school_id == plants.LATE and offset == 2
    if delayed:
        del package["log_counts"]
    package["manifest"] = _manifest(
        school, school_year, f"{school.code}-{year}", {n: "complete" for n in package if n != "manifest"} | ({"log_counts": "delayed"} if delayed else {})
    )
    return package


def _manifest(school: School, school_year: str, delivery_id: str, contents: dict[str, str], **more: Any) -> Rows:
    return [
        {
            "delivery_id": delivery_id, "school_id": school.school_id, "partnership_id": school.partnership, "schema_version": "1.0",
            "file_type": file_type, "school_year": school_year, "completeness": said, "prepared_by_role": "leadership", **more,
        }
        for file_type, said in contents.items()
    ]  # fmt: skip


def _agreement(school: School, offset: int) -> Rows:
    sections = dict.fromkeys(("has_goals", "has_frames", "has_roles", "has_organisation"), "yes")
    return [
        {
            "agreement_id": f"AV-{school.code}", "version_no": 1, "school_id": school.school_id, "partnership_id": school.partnership,
            "institution_ids": school.institutions, "owner_is_party": "yes", "signed_on": dt.date(FIRST_YEAR, 6, 12), "valid_from": dt.date(FIRST_YEAR, 8, 1),
            "planned_years": 6, "change_reason": "initial", **sections,
        }
    ]  # fmt: skip


def _teams(school: School, offset: int) -> Rows:
    merged = school.school_id == plants.MERGED and offset >= 3
    rows: Rows = []
    for n in range(1, school.teams + 1):
        gone = merged and n == 5
        rows.append({
            "school_id": school.school_id, "team_id": f"T{n}", "team_label": f"Team {n}", "team_kind": "grade", "valid_from": dt.date(FIRST_YEAR, 8, 1),
            "valid_to": dt.date(FIRST_YEAR + 3, 7, 31) if gone else None, "change_type": "merged_into" if gone else None,
            "related_team_id": "T4" if gone else None, "has_dev_group_representative": "yes",
        })  # fmt: skip
    return rows


def _school_year(school: School, offset: int, school_year: str, chance: random.Random) -> dict[str, Any]:
    new = chance.randint(0, 6)
    held = "yes" if chance.random() < 0.8 else "no"
    return {
        "school_id": school.school_id, "school_year": school_year, "year_start": dt.date(FIRST_YEAR + offset, 8, 17), "year_end": dt.date(FIRST_YEAR + offset + 1, 6, 20),
        "partnership_year_no": offset + 1, "teacher_n": school.teachers, "leader_n": 2, "new_staff_n": new, "onboarding_held": held,
        "onboarding_attended_n": chance.randint(0, new) if held == "yes" else None, "onboarding_by": "joint" if held == "yes" else None,
        "in_activity_plan": "yes" if chance.random() < 0.9 else "no", "in_meeting_plan": "yes", "team_time_provided": "yes",
        "dev_group_time_provided": chance.choice(("yes", "yes", "partly")), "substitute_cover_provided": chance.choice(("yes", "partly", "no")),
        "principal_changed": "yes" if chance.random() < 0.1 else "no",
    }  # fmt: skip


def _loop(school: School, offset: int, n: int, school_year: str) -> dict[str, Any]:
    start = dt.date(FIRST_YEAR + offset, 9, 7) if n == 1 else dt.date(FIRST_YEAR + offset + 1, 1, 18)
    form = "LOGG-v2" if school.school_id == plants.BREAK and offset >= 3 else "LOGG-v1"
    return {
        "school_id": school.school_id, "partnership_id": school.partnership, "loop_no": offset * school.loops + n, "method": "lesson_study",
        "school_year": school_year, "partnership_year_no": offset + 1, "planned_start": start, "planned_end": start + dt.timedelta(weeks=5),
        "actual_start": start + dt.timedelta(days=2), "actual_end": start + dt.timedelta(weeks=5, days=3), "status": "completed", "design_version": "1",
        "plan_planning_min": 240, "plan_research_lesson_min": 60, "plan_evaluation_min": 120, "plan_full_staff_sharing_min": 90,
        "template_status": "none_yet" if offset == 0 else "in_use", "template_version_id": None if offset == 0 else f"M1-v{offset}",
        "log_instrument_version_id": form,
    }  # fmt: skip


def _team_loops(loop: dict[str, Any], teams: Rows, offset: int, chance: random.Random) -> Rows:
    rows: Rows = []
    for team in teams:
        if team["valid_to"] is not None and team["valid_to"] < loop["planned_start"]:
            continue
        headcount = chance.randint(4, 6)
        draw = chance.random()
        status = "completed" if draw < 0.9 else "cancelled_agreed" if draw < 0.95 else "partly"
        rows.append({
            "school_id": loop["school_id"], "partnership_id": loop["partnership_id"], "loop_no": loop["loop_no"], "team_id": team["team_id"], "status": status,
            "headcount": headcount, "experienced_n": None if loop["loop_no"] == 1 else chance.randint(2, headcount),
            "planning_min": chance.choice((180, 210, 240)), "research_lesson_min": 60, "evaluation_min": chance.choice((90, 120)),
            "research_lessons_held_n": 1 if status == "completed" else 0, "observers_n": 3, "observation_focus_recorded": "yes", "goal_subject": "yes",
            "goal_cross_curricular": chance.choice(("yes", "no")), "goal_formulated_before_design": "yes",
            "te_in_planning": chance.choice(("yes", "no", "offered_not_used")) if offset else "absent_by_design",
            "te_in_evaluation": chance.choice(("yes", "no")), "te_in_research_lesson": "no", "leader_present": chance.choice(("yes", "no")),
        })  # fmt: skip
    return rows


def _meetings(school: School, loops: Rows, teams: int, chance: random.Random) -> tuple[Rows, Rows]:
    meetings: Rows = []
    activities: Rows = []
    for loop in loops:
        for arena, relation, days, activity in (
            ("full_staff", "before", -7, "theorisation"), ("full_staff", "after", 12, "experience_sharing"), ("development_group", "after", 15, "mirror_data"),
        ):  # fmt: skip
            anchor = loop["actual_start"] if relation == "before" else loop["actual_end"]
            meeting_id = f"M{loop['loop_no']:02d}-{len(meetings) + 1}"
            group = arena == "development_group"
            present = chance.random() < 0.8
            meetings.append({
                "school_id": school.school_id, "meeting_id": meeting_id, "meeting_date": anchor + dt.timedelta(days=days), "arena": arena,
                "loop_no": loop["loop_no"], "loop_relation": relation, "minutes": 60 if group else 90, "group_format": "plenary",
                "teachers_n": None if group else school.teachers, "process_leaders_n": teams if group else None, "leaders_n": 2,
                "teacher_educators_n": 2 if present else 0, "teams_represented_n": chance.randint(max(teams - 1, 1), teams) if group else None,
                "te_mode": chance.choice(("led", "took_part")) if present else "absent",
            })  # fmt: skip
            activities.append({"meeting_id": meeting_id, "activity_code": activity, "led_by": chance.choice(("process_leader", "teacher_educator", "joint"))})
    return meetings, activities


def _log(school: School, loop: dict[str, Any], offset: int, chance: random.Random) -> Rows:
    submitted = chance.randint(3, 4) if school.school_id == plants.SMALL else round(school.teachers * chance.uniform(0.6, 1.0))
    common = {
        "school_id": school.school_id, "partnership_id": school.partnership, "loop_no": loop["loop_no"], "round_no": 1,
        "log_instrument_version_id": loop["log_instrument_version_id"], "invited_n": school.teachers, "submitted_n": submitted, "collection_mode": "in_meeting",
    }  # fmt: skip
    rows: Rows = []
    for item in _ITEMS:
        left = submitted
        for answer in ("1", "2", "3", "4"):
            n = chance.randint(0, left)
            left -= n
            rows.append(common | {"item_id": item, "answer_code": answer, "n": n})
        rows.append(common | {"item_id": item, "answer_code": "5", "n": left})
    return rows


# ---------------------------------------------------------------- plants that come last


def _write_late_plants(inbox: Path, network: dict[str, School], years: int, seed: int) -> None:
    if plants.LATE in network and years > 2:
        school = network[plants.LATE]
        chance = random.Random(f"{seed}-late")
        logs = [r for n in range(1, school.loops + 1) for r in _log(school, _loop(school, 2, n, "2021/22"), 2, chance)]
        write_folder(inbox / "900001-late", {"manifest": _manifest(school, "2021/22", "LATE-1", {"log_counts": "complete"}), "log_counts": logs}, 1)
    if plants.REJECTED in network:
        school = network[plants.REJECTED]
        logs = _log(school, _loop(school, 1, 1, "2020/21"), 1, random.Random(f"{seed}-rejected"))
        package: Package = {"manifest": _manifest(school, "2020/21", "REJ-1", {"log_counts": "complete"}), "log_counts": logs}
        write_folder(inbox / "900002-rejected", package, 1, extra={"log_counts": ["kjonn"]})
    if plants.CORRECTED in network and years > 2:
        school = network[plants.CORRECTED]
        offset, n = divmod(1, school.loops)
        loop = _loop(school, offset, n + 1, f"{FIRST_YEAR + offset}/{(FIRST_YEAR + offset + 1) % 100:02d}")
        rows = _team_loops(loop, _teams(school, offset), offset, random.Random(f"{seed}-corrected"))
        for row in rows:
            row["status"], row["research_lessons_held_n"] = "completed", 1
        manifest = _manifest(
            school, loop["school_year"], "COR-1", {"team_loops": "complete"}, loop_no=2, supersedes_delivery_id=f"{school.code}-{FIRST_YEAR + offset}"
        )
        write_folder(inbox / "900003-corrected", {"manifest": manifest, "team_loops": rows}, 2)


# ---------------------------------------------------------------- registers


def _write_registers(folder: Path, network: list[School], years: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    first, change = f"{FIRST_YEAR}-01-01", "2024-01-01"
    schools = [
        {
            "school_id": plants.SJOSIDEN,
            "valid_from": "2010-01-01",
            "name": "Sjøsiden skole",
            "owner_id": _OWNERS[1][0],
            "municipality_no": "1804",
            "school_code": "S01",
        },
        {
            "school_id": plants.SILENT,
            "valid_from": "2010-01-01",
            "name": "Strandlia skole",
            "owner_id": _OWNERS[1][0],
            "municipality_no": "1804",
            "school_code": "S02",
        },
    ]
    for school in network:
        owner_id, _, before, after = _OWNERS[school.owner]
        base = {"school_id": school.school_id, "name": school.name, "owner_id": owner_id, "school_code": school.code}
        schools.append(base | {"valid_from": first, "valid_to": change if before != after else "", "municipality_no": before})
        if before != after:
            schools.append(base | {"valid_from": change, "municipality_no": after})
    _register(folder / "school.csv", schools)
    _register(folder / "school_owner.csv", [
        {"owner_id": o, "valid_from": "2010-01-01", "name": name, "owner_type": "municipality", "municipality_no": after} for o, name, _, after in _OWNERS
    ])  # fmt: skip
    _register(folder / "institution.csv", [
        {"institution_id": code, "valid_from": "2010-01-01", "name": name} for code, name in (("UH1", "Universitetet i Nordvest"), ("UH2", "Høgskolen Fjord"))
    ])  # fmt: skip
    codes = sorted({(s.partnership, s.institutions) for s in network})
    _register(folder / "partnership.csv", [
        {"partnership_id": sjosiden.PARTNERSHIP, "title": "LS som metode for skolebasert kompetanseutvikling", "status": "ended"},
        *({"partnership_id": code, "title": f"Partnerskap {code}", "status": "running", "started_on": f"{FIRST_YEAR}-08-01"} for code in sorted({c for c, _ in codes})),
    ])  # fmt: skip
    _register(folder / "partnership_school.csv", [
        {"partnership_id": sjosiden.PARTNERSHIP, "school_id": plants.SJOSIDEN, "invited": "true", "accepted": "true"},
        {"partnership_id": sjosiden.PARTNERSHIP, "school_id": plants.SILENT, "invited": "true", "accepted": ""},
        *({"partnership_id": s.partnership, "school_id": s.school_id, "invited": "true", "accepted": "true", "joined_on": f"{FIRST_YEAR}-08-01"} for s in network),
    ])  # fmt: skip
    parties = {(sjosiden.PARTNERSHIP, "UH1")} | {(code, i) for code, institutions in codes for i in institutions.split()}
    _register(folder / "partnership_party.csv", [
        {"partnership_id": p, "party_id": i, "party_type": "institution", "valid_from": "2010-01-01"} for p, i in sorted(parties)
    ])  # fmt: skip


def _register(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(n for row in rows for n in row))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
