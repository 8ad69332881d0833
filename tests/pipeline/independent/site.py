"""One school in one partnership: its rows that count, its years, its teams and the agreement in force.

Belongs here: what several families ask of a school. Does not belong here: any indicator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.independent.reading import (
    PERIOD,
    REFERENCE,
    WHOLE,
    Delivery,
    Row,
    Rows,
    day,
    in_order,
    read_inbox,
    register,
)

HELD = ("completed", "shortened")
CHANGE_PHASES = (
    "initiation",
    "implementation",
    "institutionalisation_evidence",
    "counter_evidence",
    "no_basis_for_claim",
    "not_assessed",
)


@dataclass
class Network:
    """All schools, with what the registers say of them."""

    sites: dict[tuple[str, str], Site] = field(default_factory=dict)
    started: dict[str, dt.date | None] = field(default_factory=dict)
    ended: dict[str, dt.date | None] = field(default_factory=dict)
    joined: dict[tuple[str, str], dt.date | None] = field(default_factory=dict)
    as_of: dt.date = dt.date.max

    def of_school(self, school: str) -> list[Site]:
        return [site for (one, _), site in sorted(self.sites.items()) if one == school]


def network(paths: Iterable[Path], registers: Path, as_of: dt.date) -> Network:
    """The network as its files and registers say, seen from a day."""
    made = Network(as_of=as_of)
    for row in register(registers, "partnership"):
        made.started[row["partnership_id"]] = day(row.get("started_on"))
        made.ended[row["partnership_id"]] = day(row.get("ended_on"))
    for row in register(registers, "partnership_school"):
        made.joined[row["school_id"], row["partnership_id"]] = day(row.get("joined_on"))
    for (school, partnership), found in read_inbox(paths).items():
        made.sites[school, partnership] = Site(school, partnership, found, made)
    return made


def first_of_august(year: str) -> dt.date:
    return dt.date(int(year[:4]), 8, 1)


def last_of_july(year: str) -> dt.date:
    return dt.date(int(year[:4]) + 1, 7, 31)


def year_after(year: str) -> str:
    start = int(year[:4]) + 1
    return f"{start}/{(start + 1) % 100:02d}"


@dataclass
class Site:
    """One school in one partnership."""

    school: str
    partnership: str
    deliveries: list[Delivery]
    network: Network
    rows_by_type: dict[str, Rows] = field(default_factory=dict)

    # ------------------------------------------------------------ rows

    @cached_property
    def by_type(self) -> dict[str, list[Delivery]]:
        made: dict[str, list[Delivery]] = {}
        for one in sorted(self.deliveries, key=lambda d: (d.file_type, in_order(d))):
            made.setdefault(one.file_type, []).append(one)
        return made

    def said(self, file_type: str) -> Rows:
        """Rows of this school and partnership, with the manifest's year."""
        if file_type not in self.rows_by_type:
            self.rows_by_type[file_type] = [
                row | {"manifest_year": one.said["school_year"]}
                for one in self.by_type.get(file_type, [])
                for row in one.rows
            ]
        return self.rows_by_type[file_type]

    def has(self, file_type: str) -> bool:
        """Whether the file was delivered at all, be it without a row."""
        return any(
            d.rows or d.completeness in ("complete", "partial") for d in self.by_type.get(file_type, [])
        )

    def stand(self, file_type: str, year: str, loop: int | None = None) -> str | None:
        """What the manifest says of a file for a year or a loop: complete, partial … or nothing."""
        of_loop, of_year = None, None
        for one in self.by_type.get(file_type, []):
            if PERIOD[file_type] == WHOLE:
                of_year = one.completeness if one.said["school_year"] >= year else of_year
            elif one.said["loop_no"] is None:
                of_year = one.completeness if one.said["school_year"] == year else of_year
            elif loop is not None and one.said["loop_no"] == loop:
                of_loop = one.completeness
        return of_loop or of_year

    def gap(self, file_types: Iterable[str], year: str, loop: int | None = None) -> str | None:
        """Why nothing is known of a period without rows; None where all is there, so that nothing is an
        answer."""
        stands = [self.stand(t, year, loop) for t in file_types]
        if all(s == "complete" for s in stands):
            return None
        return "not_in_design" if "not_in_design" in stands else "not_collected"

    def awaits_more(self, file_type: str, year: str, loop: int) -> bool:
        """Whether the sender says that not all of a loop is delivered yet."""
        return self.stand(file_type, year, loop) in ("partial", "delayed")

    def reference(self, file_type: str) -> Rows:
        """Forms, codebooks and templates: the union over the school's partnerships, each key once."""
        made: dict[tuple[Any, ...], Row] = {}
        said = [d for site in self.network.of_school(self.school) for d in site.by_type.get(file_type, [])]
        for one in sorted(said, key=in_order):
            for row in one.rows:
                made[tuple(row[k] for k in REFERENCE[file_type])] = row
        return list(made.values())

    def assumed(self, file_type: str) -> set[str]:
        said = [d.said.get("assumed_columns") for d in self.by_type.get(file_type, [])]
        return {name for names in said if names for name in names.split()}

    # ------------------------------------------------------------ teams

    @cached_property
    def teams(self) -> Rows:
        """The partnership's own list of teams, else the school's from another partnership."""
        own = self.said("teams")
        others = [r for site in self.network.of_school(self.school) for r in site.said("teams")]
        return [
            row
            for row in own or others
            if not row.get("partnership_ids") or self.partnership in str(row["partnership_ids"]).split()
        ]

    def teams_on(self, on: dt.date) -> set[str]:
        return {
            r["team_id"]
            for r in self.teams
            if r["valid_from"] <= on and (r["valid_to"] is None or on <= r["valid_to"])
        }

    # ------------------------------------------------------------ years

    @cached_property
    def calendars(self) -> dict[str, tuple[dt.date, dt.date]]:
        """First and last school day by school year: the partnership's own row, else the later of
        another's."""
        made: dict[str, tuple[tuple[Any, ...], Row]] = {}
        for site in self.network.of_school(self.school):
            for one in site.by_type.get("school_year", []):
                for row in one.rows:
                    rank = (site is self, *in_order(one))
                    if row["school_year"] not in made or rank > made[row["school_year"]][0]:
                        made[row["school_year"]] = rank, row
        return {year: (row["year_start"], row["year_end"]) for year, (_, row) in sorted(made.items())}

    def year_of(self, on: dt.date, own: str | None, manifest_year: str | None = None) -> tuple[str, bool]:
        """The school year of a day, and whether only the row itself says so."""
        begun = [(start, year) for year, (start, _) in self.calendars.items() if start <= on]
        if begun:
            last = max(begun)[1]
            if on <= self.calendars[last][1]:
                return last, False
            following = year_after(last)
            if following in self.calendars and on < self.calendars[following][0]:
                return (own if own in (last, following) else following), False
        civil = on.year - (on.month < 8)
        return own or manifest_year or f"{civil}/{(civil + 1) % 100:02d}", True

    @cached_property
    def facts(self) -> dict[str, Row]:
        """What the school says of its years, the later said in whichever partnership."""
        made: dict[str, tuple[tuple[Any, ...], Row]] = {}
        for site in self.network.of_school(self.school):
            for one in site.by_type.get("school_year", []):
                for row in one.rows:
                    if row["school_year"] not in made or in_order(one) > made[row["school_year"]][0]:
                        made[row["school_year"]] = in_order(one), row
        return {year: row for year, (_, row) in made.items()}

    @cached_property
    def own_years(self) -> dict[str, Row]:
        return {row["school_year"]: row for row in self.said("school_year")}

    @cached_property
    def years(self) -> list[str]:
        """School years of the partnership: of all that has a day, its own records, and the school's while
        it was agreed."""
        shared = [y for y in self.facts if self._agreed_in(y)]
        days = (
            *self.loops,
            *self.meetings,
            *self.dated("decisions", "decided_on"),
            *self.dated("member_checks", "checked_on"),
        )
        return sorted({row["year"] for row in days} | set(self.own_years) | set(shared))

    def dated(self, file_type: str, on: str) -> Rows:
        """Rows with a day of their own and the school year it is in."""
        made = []
        for row in self.said(file_type):
            year, moved = self.year_of(row[on], row.get("school_year"), row["manifest_year"])
            made.append(row | {"year": year, "moved": moved})
        return made

    def _agreed_in(self, year: str) -> bool:
        versions = self.said("agreement_versions")
        if not versions:
            return False
        start = min(v["valid_from"] for v in versions)
        end = max(v["valid_to"] or dt.date.max for v in versions)
        return start <= last_of_july(year) and end >= first_of_august(year)

    def partnership_year(self, year: str | None) -> int | None:
        """The partnership year of facts without a loop: of that year's loops where they agree, else as
        stated."""
        of_loops = {loop["partnership_year_no"] for loop in self.loops if loop["year"] == year}
        if len(of_loops) == 1:
            return next(iter(of_loops))
        own = self.own_years.get(str(year))
        return own["partnership_year_no"] if own else None

    # ------------------------------------------------------------ loops

    @cached_property
    def loops(self) -> Rows:
        made = []
        for row in self.said("loops"):
            year, moved = self.year_of(row["actual_start"] or row["planned_start"], row["school_year"])
            made.append(row | {"year": year, "moved": moved, "held": row["status"] in HELD})
        return sorted(made, key=lambda row: row["loop_no"])

    @cached_property
    def held(self) -> Rows:
        return [loop for loop in self.loops if loop["held"]]

    @cached_property
    def team_loops(self) -> dict[int, Rows]:
        """Team loops by loop; those of a team that is not active then are held back."""
        starts = {loop["loop_no"]: loop["planned_start"] for loop in self.loops}
        made: dict[int, Rows] = {}
        for row in self.said("team_loops"):
            start = starts.get(row["loop_no"])
            if start is None or not self.teams or row["team_id"] in self.teams_on(start):
                made.setdefault(row["loop_no"], []).append(row)
        return made

    def completed(self, loop: Row) -> Rows:
        """Completed team loops of a loop."""
        return [r for r in self.team_loops.get(loop["loop_no"], []) if r["status"] == "completed"]

    def why_none_completed(self, loop: Row) -> str:
        """Why there is no share of the completed team loops.

        It is not noted in any, all is told and none was completed, or they are not delivered."""
        if self.completed(loop):
            return "not_collected"
        where = (loop["school_year"], loop["loop_no"])
        gap = self.gap(["team_loops"], *where)
        told = self.team_loops.get(loop["loop_no"]) and not self.awaits_more("team_loops", *where)
        return "not_applicable" if told or gap is None else gap

    # ------------------------------------------------------------ meetings

    @cached_property
    def activities(self) -> dict[str, Rows]:
        made: dict[str, Rows] = {}
        for row in self.said("meeting_activities"):
            made.setdefault(row["meeting_id"], []).append(row)
        return made

    @cached_property
    def meetings(self) -> Rows:
        """Meetings, with the year of their day, the loop they belong to and what was done."""
        first = min((loop["loop_no"] for loop in self.loops), default=None)
        made = []
        for row in self.said("meetings"):
            year, moved = self.year_of(row["meeting_date"], row.get("school_year"), row["manifest_year"])
            loop = row["loop_no"]
            if loop is None and row["loop_relation"] == "before_first_loop":
                loop = first
            done = self.activities.get(row["meeting_id"])
            codes = None if done is None else {a["activity_code"] for a in done}
            made.append(row | {"year": year, "moved": moved, "of_loop": loop, "codes": codes})
        return made

    def meetings_of(self, loop: Row) -> Rows:
        return [m for m in self.meetings if m["loop_no"] == loop["loop_no"]]

    # ------------------------------------------------------------ agreement

    @cached_property
    def versions(self) -> Rows:
        return sorted(self.said("agreement_versions"), key=lambda v: v["valid_from"])

    def version_on(self, on: dt.date) -> Row | None:
        there = [
            v
            for v in self.versions
            if v["valid_from"] <= on and (v["valid_to"] is None or on <= v["valid_to"])
        ]
        return there[-1] if there else None

    def version_of(self, start: dt.date, end: dt.date) -> Row | None:
        """The version valid at the end of a period, else the last one that was valid within it."""
        within = [
            v for v in self.versions if v["valid_from"] <= end and (v["valid_to"] or dt.date.max) >= start
        ]
        return self.version_on(end) or (within[-1] if within else None)

    def arenas_on(self, on: dt.date) -> set[str] | None:
        """Agreed arenas of the version in force; None where no list of arenas was delivered."""
        if not self.has("agreement_arenas"):
            return None
        version = self.version_on(on)
        if version is None:
            return set()
        return {
            a["arena"]
            for a in self.said("agreement_arenas")
            if (a["agreement_id"], a["version_no"]) == (version["agreement_id"], version["version_no"])
        }

    @cached_property
    def agreed_to(self) -> dt.date | None:
        ends = [v["valid_to"] for v in self.versions]
        return None if not ends or None in ends else max(ends)

    @cached_property
    def ended_on(self) -> dt.date | None:
        return self.network.ended.get(self.partnership) or self.agreed_to
