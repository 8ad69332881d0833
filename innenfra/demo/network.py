"""The invented network around Sjøsiden, year by year.

Belongs here: which schools there are, what each delivers each year, and where the plants go.
Does not belong here: the Sjøsiden case itself (`sjosiden.py`), file dialects (`writing.py`).
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from innenfra.demo import agreement, coding, logs, loops, meetings, open_answers, plants, sjosiden
from innenfra.demo.school import FIRST_YEAR, School, school_year, school_year_of, teams
from innenfra.demo.writing import Package, Rows, write_folder, write_workbook

WORKBOOKS_UP_TO = 50
_NAMES = (
    "Fjordgløtt skole",
    "Holmen oppvekstsenter",
    "Lyngåsen skole",
    "Vestbrekka skole",
    "Tindhaug skole",
    "Elvebakken barneskole",
    "Sørlia skole",
    "Åsgrenda skole",
    "Nordstrand oppvekst",
    "Øvre Moen skole",
)
_OWNERS = (
    ("998871018", "Sandefjord kommune", "3804", "3907"),
    ("998871026", "Bodø kommune", "1804", "1804"),
    ("998871034", "Fjellvang kommune", "4601", "4601"),
)


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
            _write(
                inbox,
                name,
                _year(school, offset, random.Random(f"{seed}-{school.school_id}-{offset}")),
                number,
                schools,
            )
    _write_late_plants(inbox, {s.school_id: s for s in network}, years, seed)
    return out


def last_loops(schools: int, years: int, seed: int = 2019) -> list[tuple[str, str, str, int]]:
    """School, partnership, institution and number of the last loop, of each school with loops and one
    institution."""
    made = []
    for school in _network(schools, seed):
        held = [loop["loop_no"] for offset in range(years) for loop in loops.loops(school, offset)]
        if held and " " not in school.institutions:
            made.append((school.school_id, school.partnership, school.institutions, max(held)))
    return made


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
                numbers[index],
                f"S{index + 3:02d}",
                _NAMES[index] if index < len(_NAMES) else f"Skole {index + 3}",
                index % 3,
                teams,
                chosen.choice((1, 2, 2)),
                f"PS-{index % 3 + 1:02d}",
                ("UH1", "UH2", "UH2")[index % 3],
                5 if small else teams * 5,
            )
        )
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
    """Everything a school delivers for one school year."""
    of_loops, of_teams = loops.loops(school, offset), teams(school, offset)
    active = len([t for t in of_teams if t["valid_to"] is None])
    team_loops = [r for loop in of_loops for r in loops.team_loops(loop, of_teams, offset, chance)]
    held, activities = meetings.meetings(school, of_loops, active, chance)
    items, shown = meetings.mirror_data(of_loops, held, active, chance)
    template = {loop["loop_no"]: loop["template_version_id"] for loop in of_loops}
    package: Package = {
        "manifest": [],
        **agreement.agreement(school, offset, chance),
        "teams": of_teams,
        "school_year": [school_year(school, offset, chance)],
        "loops": of_loops,
        "team_loops": team_loops,
        "template_versions": loops.templates(offset),
        "team_loop_phases": loops.phases(
            [r | {"template_version_id": template[r["loop_no"]]} for r in team_loops], chance
        ),
        "development_areas": loops.areas(school, offset),
        "arena_links": agreement.arena_links(school, offset, chance),
        "meetings": held,
        "meeting_activities": activities,
        "decisions": meetings.decisions(school, held, chance),
        "mirror_items": items,
        "mirror_presentations": shown,
        "member_checks": meetings.member_checks(school, offset, items, chance),
        "notes": meetings.notes(school, offset),
        "codebooks": coding.codebook(school) if school.codes_talk else [],
        "code_crosswalk": coding.crosswalk(school) if school.codes_talk else [],
        "coded_counts": coding.counts(school, offset, active, chance),
        "log_instruments": logs.forms(school, offset),
        "log_counts": [r for loop in of_loops for r in logs.counts(school, loop, chance)],
    }
    said: dict[str, str] = {}
    if school.school_id == plants.LATE and offset == 2:
        package["log_counts"], said = [], {"log_counts": "delayed"}
    if not school.codes_talk:
        said["coded_counts"] = "not_collected"
    package = {name: rows for name, rows in package.items() if rows or name == "manifest"}
    contents = {name: "complete" for name in package if name != "manifest"} | said
    package["manifest"] = _manifest(
        school, school_year_of(offset), f"{school.code}-{FIRST_YEAR + offset}", contents
    )
    return package


def _manifest(
    school: School, school_year: str, delivery_id: str, contents: dict[str, str], **more: Any
) -> Rows:
    """What the delivery says of itself. It is made a week after the school year's end, unless `delivered_on`
    says otherwise."""
    last_week = dt.date(int(school_year[:4]) + 1, 6, 25)
    return [
        {
            "delivery_id": delivery_id,
            "school_id": school.school_id,
            "partnership_id": school.partnership,
            "schema_version": "1.1",
            "file_type": file_type,
            "school_year": school_year,
            "completeness": said,
            "prepared_by_role": "leadership",
            "delivered_on": last_week,
            **more,
        }
        for file_type, said in contents.items()
    ]


AFTERWARDS = dt.timedelta(days=60)
"""How long after its school year a delivery that comes late or corrects another is made."""


def _afterwards(school_year: str) -> dt.date:
    return dt.date(int(school_year[:4]) + 1, 6, 25) + AFTERWARDS


# ---------------------------------------------------------------- plants that come last


def _write_late_plants(inbox: Path, network: dict[str, School], years: int, seed: int) -> None:
    if plants.LATE in network and years > 2:
        school = network[plants.LATE]
        chance = random.Random(f"{seed}-late")
        rows = [r for loop in loops.loops(school, 2) for r in logs.counts(school, loop, chance)]
        late = _manifest(
            school, "2021/22", "LATE-1", {"log_counts": "complete"}, delivered_on=_afterwards("2021/22")
        )
        write_folder(inbox / "900001-late", {"manifest": late, "log_counts": rows}, 1)
    if plants.REJECTED in network:
        school = network[plants.REJECTED]
        rows = logs.counts(school, loops.loop(school, 1, 1), random.Random(f"{seed}-rejected"))
        package: Package = {
            "manifest": _manifest(school, "2020/21", "REJ-1", {"log_counts": "complete"}),
            "log_counts": rows,
        }
        write_folder(inbox / "900002-rejected", package, 1, extra={"log_counts": ["kjonn"]})
    if plants.CORRECTED in network and years > 2:
        school = network[plants.CORRECTED]
        offset, n = divmod(1, school.loops)
        loop = loops.loop(school, offset, n + 1)
        rows = loops.team_loops(loop, teams(school, offset), offset, random.Random(f"{seed}-corrected"))
        for row in rows:
            row["status"], row["research_lessons_held_n"] = "completed", 1
        manifest = _manifest(
            school,
            loop["school_year"],
            "COR-1",
            {"team_loops": "complete"},
            loop_no=2,
            supersedes_delivery_id=f"{school.code}-{FIRST_YEAR + offset}",
            delivered_on=_afterwards(loop["school_year"]),
        )
        write_folder(inbox / "900003-corrected", {"manifest": manifest, "team_loops": rows}, 2)
    if plants.TWO_INSTITUTIONS in network:
        _write_open_answers(inbox / "900004-egne-ord", network[plants.TWO_INSTITUTIONS], years - 1, seed)


def _write_open_answers(folder: Path, school: School, offset: int, seed: int) -> None:
    """The first round of the year once more, now as the form service's own export."""
    package = _year(school, offset, random.Random(f"{seed}-{school.school_id}-{offset}"))
    first = package["loops"][0]["loop_no"]
    counts = [row for row in package["log_counts"] if row["loop_no"] == first]
    contents = {"log_rounds": "complete", "log_counts": "complete"}
    year = school_year_of(offset)
    manifest = _manifest(school, year, "ORD-1", contents, loop_no=first, delivered_on=_afterwards(year))
    open_answers.write_export(folder, manifest, package["log_instruments"], counts, f"{seed}-egne-ord")


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
        base = {
            "school_id": school.school_id,
            "name": school.name,
            "owner_id": owner_id,
            "school_code": school.code,
        }
        schools.append(
            base
            | {
                "valid_from": first,
                "valid_to": change if before != after else "",
                "municipality_no": before,
            }
        )
        if before != after:
            schools.append(base | {"valid_from": change, "municipality_no": after})
    _register(folder / "school.csv", schools)
    _register(
        folder / "school_owner.csv",
        [
            {
                "owner_id": o,
                "valid_from": "2010-01-01",
                "name": name,
                "owner_type": "municipality",
                "municipality_no": after,
            }
            for o, name, _, after in _OWNERS
        ],
    )
    _register(
        folder / "institution.csv",
        [
            {"institution_id": code, "valid_from": "2010-01-01", "name": name}
            for code, name in (("UH1", "Universitetet i Nordvest"), ("UH2", "Høgskolen Fjord"))
        ],
    )
    codes = sorted({(s.partnership, s.institutions) for s in network})
    _register(
        folder / "partnership.csv",
        [
            {
                "partnership_id": sjosiden.PARTNERSHIP,
                "title": "LS som metode for skolebasert kompetanseutvikling",
                "status": "ended",
            },
            *(
                {
                    "partnership_id": code,
                    "title": f"Partnerskap {code}",
                    "status": "running",
                    "started_on": f"{FIRST_YEAR}-08-01",
                }
                for code in sorted({c for c, _ in codes})
            ),
        ],
    )
    _register(
        folder / "partnership_school.csv",
        [
            {
                "partnership_id": sjosiden.PARTNERSHIP,
                "school_id": plants.SJOSIDEN,
                "invited": "true",
                "accepted": "true",
            },
            {
                "partnership_id": sjosiden.PARTNERSHIP,
                "school_id": plants.SILENT,
                "invited": "true",
                "accepted": "",
            },
            *(
                {
                    "partnership_id": s.partnership,
                    "school_id": s.school_id,
                    "invited": "true",
                    "accepted": "true",
                    "joined_on": f"{FIRST_YEAR}-08-01",
                }
                for s in network
            ),
        ],
    )
    parties = {(sjosiden.PARTNERSHIP, "UH1")} | {
        (code, i) for code, institutions in codes for i in institutions.split()
    }
    _register(
        folder / "partnership_party.csv",
        [
            {"partnership_id": p, "party_id": i, "party_type": "institution", "valid_from": "2010-01-01"}
            for p, i in sorted(parties)
        ],
    )
    _register(folder / "grant_year.csv", _grants(network, parties))


_GRANTED = 600_000
_GRANT_YEARS = (2024, 2025, 2026)
"""Budget years with grants: two of the scheme that ended, one of the scheme that followed it."""


def _grants(network: list[School], parties: set[tuple[str, str]]) -> list[dict[str, str]]:
    """What the first two owners and their institutions tell of grants: in one year they differ, in the last
    the owner has only told a part of its own share, and the third owner has told nothing."""
    found = []
    told = sorted({(_OWNERS[s.owner][0], s.partnership) for s in network if s.owner < 2})
    for (owner, partnership), year in itertools.product(told, _GRANT_YEARS):
        base = {
            "owner_id": owner,
            "budget_year": str(year),
            "scheme_code": "dekomp_2021" if year < 2026 else "kollektiv_2026",
            "partnership_id": partnership,
            "decided_on": f"{year}-05-02",
            "reported_on": f"{year}-06-15",
        }
        amounts = {
            "granted": str(_GRANTED),
            "needs_year_1": "700000",
            "needs_year_2": "700000",
            "needs_year_3": "500000",
            "own_share_time": "100000",
            "own_share_substitutes": "60000" if year < 2026 else "",
            "own_share_money": "25000" if year < 2026 else "",
            "coordinator": "yes",
        }
        found.append(base | amounts | {"reported_by": "school_owner", "reported_by_id": owner})
        granted = _GRANTED - 50_000 if year == 2025 else _GRANTED
        found += [
            base | {"reported_by": "institution", "reported_by_id": party, "granted": str(granted)}
            for of, party in sorted(parties)
            if of == partnership
        ]
    return found


def _register(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(n for row in rows for n in row))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
