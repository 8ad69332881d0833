"""Good files of each format, and random changes of them: of bytes, of parts, of what is packed, of single
cells.

Belongs here: making them, the same for the same seed. Does not belong here: what must come of them (the
tests).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.demo.sjosiden import package

Parts = dict[str, bytes]
Sheets = dict[str, list[list[str]]]

SCHOOL = "998870011"
CELLS = (
    "",
    " ",
    "\u00a0",
    "\ufeff",
    "\u202etxet",
    "🙂",
    "e\u0301" * 30,
    "=1+1",
    "@SUM(A1)",
    "' or 1=1 --",
    "{}",
    "NULL",
    "null",
    "nan",
    "inf",
    "1e999",
    "-1",
    "0",
    "00",
    "1,5",
    "1.5",
    "1 000",
    "99999999999",
    "9" * 400,
    "2025/27",
    "19/20",
    "2019-2021",
    "0001-01-01",
    "31.12.9999",
    "30.02.2025",
    "2025-13-01",
    "2025-W60",
    "Kari Nordmann",
    "kari at skole.no",
    "998 87 766",
    "01019012345",
    "ja",
    "nei",
    "yes no",
    "A B  C",
    "x;y,z\tw",
    'si "hei"',
    "linje\nto",
    "\r",
    "\x01",
    "\x00",
    "\\",
    "\\N",
    "%s{}",
    "a" * 41,
    "ø" * 5_000,
    "[…]",
    "998870011",
    "998870038",
    "S-1-1",
    "1",
    "2",
    "æøå",
)
PIECES = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b'""',
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b";",
    b",",
    b"\t",
    b"PK\x03\x04",
    b"<!",
    b"&#0;",
    b"]]>",
    b"{",
    b"}",
    b"\xf8",
)
NAMES = (
    "manifest.csv",
    "teams.csv",
    "Team.csv",
    "brev.txt",
    "x.json",
    "a.xlsx",
    "Kari Nordmann.csv",
    "ø.csv",
    "a" * 200 + ".csv",
    "elements.json",
    ";.csv",
)


@dataclass(frozen=True)
class Changed:
    """A changed file as parts (one for a workbook), and how many rows stand in it where that is known."""

    parts: Parts
    rows: int | None = None


def _text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def good_sheets(chance: random.Random) -> Sheets:
    """Some sheets of the demonstration's first school, with or without the delivery sheet."""
    whole = package()
    chosen = chance.sample([t for t in whole if t != "manifest"], chance.randint(1, 4))
    chosen += ["manifest"] if chance.random() < 0.5 else []
    return {
        t: [
            names := [c.name for c in delivered_columns(delivery_tables()[t])],
            *([_text(r.get(n)) for n in names] for r in whole[t]),
        ]
        for t in chosen
    }


def as_csv(sheets: Sheets, chance: random.Random) -> Parts:
    """A folder of CSV files."""
    made, separator, encoding = {}, chance.choice(";,"), chance.choice(("utf-8", "utf-8-sig", "utf-16"))
    for name, rows in sheets.items():
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=separator, lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
        made[f"{name}.csv"] = buffer.getvalue().encode(encoding)
    return made


def as_workbook(sheets: Sheets) -> Parts:
    """One workbook, all cells as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, position, cell)
    return {"levering.xlsx": buffer.getvalue()}


def with_other_cells(sheets: Sheets, chance: random.Random) -> tuple[Sheets, int]:
    """The sheets with one to five cells of their rows changed, and how many rows that hold anything there
    are."""
    made = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for _ in range(chance.randint(1, 5)):
        rows = made[chance.choice(list(made))]
        if len(rows) > 1:
            row = chance.choice(rows[1:])
            row[chance.randrange(len(row))] = chance.choice(CELLS)
    return made, sum(any(cell.strip() for cell in row) for rows in made.values() for row in rows[1:])


def with_other_bytes(data: bytes, chance: random.Random) -> bytes:
    """One to three stretches of bytes flipped, cut out, doubled, put in, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randrange(len(changed) + 1), chance.choice((1, 1, 2, 10, 200))
        match chance.randrange(6):
            case 0:
                changed[at : at + length] = bytes(
                    b ^ chance.randint(1, 255) for b in changed[at : at + length]
                )
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at:at] = chance.choice(PIECES)
            case 4:
                changed[at:at] = chance.randbytes(length)
            case _:
                del changed[at:]
    return bytes(changed)


def with_other_parts(parts: Parts, chance: random.Random) -> Parts:
    """A part renamed, left out, emptied, doubled under another name, or in another's place."""
    made, name = dict(parts), chance.choice(sorted(parts))
    match chance.randrange(5):
        case 0:
            made[chance.choice(NAMES)] = made.pop(name)
        case 1:
            made.pop(name)
        case 2:
            made[name] = b""
        case 3:
            made[chance.choice(NAMES)] = made[name]
        case _:
            made[chance.choice(sorted(parts))] = made[name]
    return made


def with_other_members(data: bytes, chance: random.Random) -> bytes:
    """A workbook packed anew, so that it is whole, with other bytes in what is packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        aimed = {
            chance.choice([n for n in names if n.startswith("xl/")] or names)
            for _ in range(chance.randint(1, 2))
        }
        for name in names:
            content = old.read(name)
            new.writestr(name, with_other_bytes(content, chance) if name in aimed else content)
    return made.getvalue()


def changed_csv(chance: random.Random) -> Changed:
    """A folder of CSV files, changed."""
    sheets = good_sheets(chance)
    if chance.random() < 0.4:
        other, rows = with_other_cells(sheets, chance)
        return Changed(as_csv(other, chance), rows)
    parts = as_csv(sheets, chance)
    if chance.random() < 0.25:
        return Changed(with_other_parts(parts, chance))
    name = chance.choice(sorted(parts))
    return Changed(parts | {name: with_other_bytes(parts[name], chance)})


def changed_workbook(chance: random.Random) -> Changed:
    """A workbook, changed."""
    sheets = good_sheets(chance)
    kind = chance.random()
    if kind < 0.4:
        other, rows = with_other_cells(sheets, chance)
        return Changed(as_workbook(other), rows)
    (data,) = as_workbook(sheets).values()
    return Changed(
        {"levering.xlsx": with_other_members(data, chance) if kind < 0.8 else with_other_bytes(data, chance)}
    )


def changed_sample(code: str) -> Callable[[random.Random], Changed]:
    """A sample of a format, changed: its parts, its bytes, or what is packed in it."""
    folders = sorted(path for path in (SAMPLES / code).iterdir() if path.is_dir())

    def changed(chance: random.Random) -> Changed:
        folder = chance.choice(folders)
        parts = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        if chance.random() < 0.2:
            return Changed(with_other_parts(parts, chance))
        name = chance.choice(sorted(parts))
        packed = name.endswith((".xlsx", ".qdpx", ".docx", ".ods")) and chance.random() < 0.6
        change = with_other_members if packed else with_other_bytes
        return Changed(parts | {name: change(parts[name], chance)})

    return changed


SAMPLES = Path(__file__).parents[1] / "fixtures" / "formats"
FORMATS = {path.name: changed_sample(path.name) for path in sorted(SAMPLES.iterdir()) if path.is_dir()} | {
    "canonical_csv": changed_csv,
    "canonical_xlsx": changed_workbook,
}
"""How a file of each format is changed; a test holds the formats against those there are."""


def write(folder: Path, changed: Changed) -> Path:
    """The changed file where a delivery would lie."""
    if set(changed.parts) == {"levering.xlsx"}:
        folder.mkdir()
        (folder / "levering.xlsx").write_bytes(changed.parts["levering.xlsx"])
        return folder / "levering.xlsx"
    folder.mkdir()
    for name, data in changed.parts.items():
        (folder / name).write_bytes(data)
    return folder
