"""Reading delivered files and deciding which of their rows count now.

Belongs here: folders of CSV, workbooks, the manifest, what a delivery replaces, rows that no count may use.
Does not belong here: what the rows mean for a number.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

Row = dict[str, Any]
Rows = list[Row]

WHOLE = "whole"
PERIOD = {
    **dict.fromkeys(
        (
            "agreement_versions",
            "agreement_plan_years",
            "agreement_commitments",
            "agreement_arenas",
            "expected_arena_links",
            "development_areas",
            "template_versions",
            "log_instruments",
            "codebooks",
            "code_crosswalk",
            "notes",
            "teams",
            "stated_totals",
        ),
        WHOLE,
    ),
    **dict.fromkeys(("commitment_reviews", "coded_counts", "school_year"), "school_year"),
    **dict.fromkeys(
        (
            "arena_links",
            "log_rounds",
            "log_counts",
            "loops",
            "team_loops",
            "team_loop_phases",
            "mirror_items",
        ),
        "loop",
    ),
    **dict.fromkeys(
        ("meetings", "meeting_activities", "decisions", "mirror_presentations", "member_checks"), "occasion"
    ),
}
"""What one delivery of each file type covers, and so what a later one replaces."""

NAMES_PARTNERSHIP = {
    "agreement_versions",
    "arena_links",
    "development_areas",
    "coded_counts",
    "log_rounds",
    "log_counts",
    "loops",
    "team_loops",
    "team_loop_phases",
    "mirror_items",
    "notes",
    "stated_totals",
}
REFERENCE = {
    "template_versions": ("template_version_id", "phase_no"),
    "log_instruments": ("log_instrument_version_id", "item_id"),
    "codebooks": ("codebook_version_id", "code"),
    "code_crosswalk": ("from_codebook_version_id", "from_code", "to_codebook_version_id", "to_code"),
}
"""Tables that all partnerships of a school read together, with the key of a row."""

EXACT = {"log_counts", "log_rounds"}
NOT_THERE = ("not_collected", "not_in_design", "delayed")
DATES = {
    "signed_on",
    "valid_from",
    "valid_to",
    "assessed_on",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "meeting_date",
    "decided_on",
    "first_presented_on",
    "checked_on",
    "delivered_on",
    "year_start",
    "year_end",
}
WORDS = {
    "school_id",
    "partnership_id",
    "period_value",
    "answer_codes",
    "answer_code",
    "object_id",
    "code",
    "from_code",
    "to_code",
    "design_version",
    "schema_version",
    "delivery_id",
    "supersedes_delivery_id",
    "team_id",
    "meeting_id",
    "decision_id",
    "mirror_id",
    "area_id",
    "item_id",
    "topic_code",
    "evidence_ref",
    "change_basis_ref",
}


def value(name: str, cell: object) -> Any:
    """A cell as a date, a number, a text or None."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return cell if name in DATES else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    if name in DATES:
        return dt.datetime.strptime(text, "%d.%m.%Y").date() if "." in text else dt.date.fromisoformat(text)
    if name in WORDS:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        return text


def csv_sheet(path: Path) -> Rows:
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = raw.decode("cp1252")
    separator = ";" if ";" in content.splitlines()[0] else ","
    return _rows(list(csv.reader(io.StringIO(content), delimiter=separator)))


def _rows(cells: list[list[Any]]) -> Rows:
    heads = [str(h) for h in cells[0]] if cells else []
    lines = [line for line in cells[1:] if any(c not in ("", None) for c in line)]
    return [{h: value(h, c) for h, c in zip(heads, line, strict=False)} for line in lines]


def sheets(path: Path) -> dict[str, Rows]:
    """The sheets of one delivery: a workbook, or a folder of CSV."""
    if path.is_file():
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {name: _rows(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    return {p.stem: csv_sheet(p) for p in sorted(path.glob("*.csv"))}


@dataclass
class Delivery:
    """What one file delivers of one file type for one period in one partnership."""

    school: str
    partnership: str
    file_type: str
    period: str
    said: Row
    rows: Rows = field(default_factory=list)

    @property
    def completeness(self) -> str:
        return str(self.said["completeness"])

    @property
    def covers_year(self) -> bool:
        return self.said["loop_no"] is None


def deliveries(path: Path) -> list[Delivery]:
    """All that a file delivers; nothing where the file as a whole is not taken."""
    there = sheets(path)
    manifest = [{"delivered_on": None} | row for row in there.get("manifest", [])]
    if not manifest or _refused(there):
        return []
    made: dict[tuple[str, str, str], Delivery] = {}
    for file_type in [t for t in there if t in PERIOD]:
        listed = [m for m in manifest if m["file_type"] == file_type]
        for row in there[file_type]:
            for partnership in _partnerships(file_type, row, listed):
                own = [m for m in listed if m["partnership_id"] == partnership]
                period = _period(file_type, row, partnership, own)
                if period is None or not own:
                    continue
                key = (file_type, partnership, period)
                if key not in made:
                    made[key] = Delivery(manifest[0]["school_id"], *_ordered(key), _statement(own, row))
                made[key].rows.append(row)
    for said in manifest:
        file_type = said["file_type"]
        key = (file_type, said["partnership_id"], _stated_period(said)) if file_type in PERIOD else None
        hollow = file_type in there and not there[file_type]
        if key and key not in made and (said["completeness"] in NOT_THERE or hollow):
            made[key] = Delivery(manifest[0]["school_id"], *_ordered(key), said)
    return list(made.values())


def _ordered(key: tuple[str, str, str]) -> tuple[str, str, str]:
    return key[1], key[0], key[2]


def _refused(there: dict[str, Rows]) -> bool:
    """A log file with a column too many is not taken, nor is what came with it."""
    known = {
        "school_id",
        "partnership_id",
        "loop_no",
        "round_no",
        "log_instrument_version_id",
        "invited_n",
        "submitted_n",
        "collection_mode",
        "item_id",
        "answer_code",
        "n",
        "round_week",
    }
    return any(rows and not set(rows[0]) <= known for name, rows in there.items() if name in EXACT)


def _partnerships(file_type: str, row: Row, listed: Rows) -> list[str]:
    if file_type in NAMES_PARTNERSHIP:
        return [row["partnership_id"]]
    return sorted({m["partnership_id"] for m in listed})


def _period(file_type: str, row: Row, partnership: str, own: Rows) -> str | None:
    kind = PERIOD[file_type]
    if kind == WHOLE:
        return "all"
    if kind == "school_year":
        return row["school_year"] if row["school_year"] in [m["school_year"] for m in own] else None
    if kind == "loop":
        loops = [m["loop_no"] for m in own if m["loop_no"] is not None]
        return f"{partnership}/{row['loop_no']}" if not loops or row["loop_no"] in loops else None
    said = _occasion(row, own)
    return said["school_year"] if said["loop_no"] is None else f"{said['school_year']}/{said['loop_no']}"


def _occasion(row: Row, own: Rows) -> Row:
    """The statement on the row's own loop, else on its own year, else the first that names no loop."""
    for name in ("loop_no", "school_year"):
        for said in own:
            if said[name] is not None and said[name] == row.get(name):
                return said
    return sorted(own, key=lambda m: (m["loop_no"] is not None, str(m["school_year"]), str(m["loop_no"])))[0]


def _statement(own: Rows, row: Row) -> Row:
    for name in ("loop_no", "school_year"):
        for said in own:
            if said[name] is not None and said[name] == row.get(name):
                return said
    return own[0]


def _stated_period(said: Row) -> str:
    kind, loop = PERIOD[said["file_type"]], said["loop_no"]
    if kind == WHOLE:
        return "all"
    if kind == "loop" and loop is not None:
        return f"{said['partnership_id']}/{loop}"
    if kind == "occasion" and loop is not None:
        return f"{said['school_year']}/{loop}"
    return str(said["school_year"])


# ---------------------------------------------------------------- which delivery counts


def replaced_by(all_of_site: list[Delivery]) -> dict[str, set[str]]:
    """For each delivery id, the ids that it replaces, directly or through others; a circle replaces
    nothing."""
    direct: dict[str, set[str]] = {}
    known = {d.said["delivery_id"] for d in all_of_site}
    for one in all_of_site:
        older = one.said["supersedes_delivery_id"]
        if older and older != one.said["delivery_id"] and older in known:
            direct.setdefault(one.said["delivery_id"], set()).add(older)
    made = {}
    for start in direct:
        reached: set[str] = set()
        todo = set(direct[start])
        while todo:
            step = todo.pop()
            if step not in reached:
                reached.add(step)
                todo |= direct.get(step, set())
        made[start] = set() if start in reached else reached
    return made


def _replaces(newer: Delivery, older: Delivery) -> bool:
    if newer.file_type != older.file_type:
        return False
    same_year = newer.covers_year and newer.said["school_year"] == older.said["school_year"]
    return newer.period == older.period or (same_year and PERIOD[newer.file_type] != WHOLE)


def in_order(one: Delivery) -> tuple[Any, ...]:
    """Later is greater. What covers all rows of the school goes by its school year first, all else by its
    date."""
    day = one.said["delivered_on"] or dt.date.min
    year = one.said["school_year"]
    first = (year, day) if PERIOD[one.file_type] == WHOLE else (day, year)
    return (*first, one.said["delivery_id"])


def current(of_site: list[Delivery]) -> list[Delivery]:
    """The deliveries of one school in one partnership that count now: one per file type and period."""
    replaced = replaced_by(of_site)
    gone = {
        id(older)
        for newer in of_site
        for older in of_site
        if older.said["delivery_id"] in replaced.get(newer.said["delivery_id"], set())
        and _replaces(newer, older)
    }
    newest: dict[tuple[str, str], Delivery] = {}
    for one in (d for d in of_site if id(d) not in gone):
        key = (one.file_type, one.period)
        if key not in newest or in_order(one) > in_order(newest[key]):
            newest[key] = one
    return list(newest.values())


def read_inbox(paths: Iterable[Path]) -> dict[tuple[str, str], list[Delivery]]:
    """What counts now, by school and partnership, in whatever order the files came."""
    found: dict[tuple[str, str], list[Delivery]] = {}
    for path in paths:
        for one in deliveries(path):
            found.setdefault((one.school, one.partnership), []).append(one)
    return {key: current(of_site) for key, of_site in found.items()}


def register(folder: Path, name: str) -> Rows:
    """One register as text, or nothing where it is not there."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as handle:
        return [{k: v or None for k, v in row.items()} for row in csv.DictReader(handle)]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def each(paths: Path) -> Iterator[Path]:
    """The deliveries of an inbox by name."""
    yield from sorted(p for p in paths.iterdir() if p.is_dir() or p.suffix == ".xlsx")
