"""Delivered workbooks as rows of cells: XLSX, old XLS and ODS.

Belongs here: opening a workbook with calamine, and what calamine does not say: cells with errors, formulas,
cells far from all others, merged cells, hidden sheets.
Does not belong here: which sheet it is and which columns it has (`sheets.py`), refusing a workbook on its
outside (`innenfra/ingest/guard.py`).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from innenfra.formats import Incoming

ENDINGS = (".xlsx", ".xls", ".ods")
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
MOST_FAR = 100
_CELL = rb"<(?:\w+:)?c\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</(?:\w+:)?c>)"
_CELLS = re.compile(_CELL, re.DOTALL)
_ERROR = re.compile(rb'\bt="e"')
_FAR = re.compile(rb'\br="(?:[A-Z]{3}\d+|[A-Z]{1,3}\d{6,7})"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_OF_CELL = re.compile(rb"<(?:\w+:)?f[\s>/]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class TooManyRowsError(Exception):
    """A workbook with more rows than any delivery has."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and the rows from the first one of the sheet on."""

    name: str
    hidden: bool
    rows: list[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    has_formulas: bool = False
    unworked: tuple[tuple[int, int], ...] = ()
    """Cells with a formula whose value was never worked out and stored: row and column."""
    far: tuple[str, ...] = ()
    """Cells so far from all others that they are not read, as B1048576."""

    @cached_property
    def texts(self) -> list[list[str | None]]:
        """The cells as text that a person sees."""
        return [[shown(cell) for cell in row] for row in self.rows]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands anywhere."""
        return all(cell in (None, "") for row in self.rows for cell in row)


def is_workbook(name: str) -> bool:
    """Whether a part is a workbook, by its name; that it is what its name says, the guard has seen."""
    return name.lower().endswith(ENDINGS)


def sheets_of(incoming: Incoming, part: str) -> list[Sheet]:
    """The sheets of a part, opened once however many formats look into it."""
    if part not in incoming.opened:
        incoming.opened[part] = list(_sheets(incoming.parts[part]))
    found: list[Sheet] = incoming.opened[part]
    return found


def shown(cell: Any) -> str | None:
    """A cell as text: whole numbers without decimals, dates as ISO, empty as None."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).replace("\x00", "\ufffd")  # a cell can hold what no text in the database may


def letters_of(column: int) -> str:
    """The letters of a column, counted from 0."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def place_of(row: int, column: int) -> str:
    """A cell as A1, both counted from 0."""
    return f"{letters_of(column)}{row + 1}"


def _sheets(data: bytes) -> Iterator[Sheet]:
    written = _written_sheets(data) if data.startswith(b"PK") else {}
    far = {name: _far_cells(xml) for name, (_, xml) in written.items() if _FAR.search(xml)}
    if any(far.values()):
        data = _without(data, {written[name][0]: cells for name, cells in far.items() if cells})
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for one in book.sheets_metadata:
        if not str(one.typ).endswith("WorkSheet"):
            continue
        sheet = book.get_sheet_by_name(one.name)
        rows = _rows(sheet)
        xml = written[one.name][1] if one.name in written else b""
        for row, column, error in _errors(xml):
            if row < len(rows):
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = error
        yield Sheet(
            one.name,
            not str(one.visible).endswith("Visible"),
            rows,
            tuple(sheet.merged_cell_ranges or ()),
            (has_formulas := _OF_CELL.search(xml, 0, xml.rfind(b"sheetData>")) is not None),
            tuple(_unworked(xml)) if has_formulas else (),
            tuple(cell.decode() for cell in far.get(one.name, ())),
        )


def _rows(sheet: Any) -> list[list[Any]]:
    """The rows up to the last one that holds anything."""
    left = sheet.start[1] if sheet.start else 0
    rows: list[list[Any]] = []
    last = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        filled = any(cell != "" for cell in row)
        rows.append([""] * left + row if filled else [])
        last = number if filled else last
    return rows[:last]


def _written_sheets(data: bytes) -> dict[str, tuple[str, bytes]]:
    """The XML of each sheet of an XLSX by the sheet's name, with the member that holds it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        related = {
            one.get("Id"): str(one.get("Target"))
            for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for one in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
            target = related.get(one.get(_RELATION), "") if one.tag.endswith("}sheet") else ""
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if target and member in names and one.get("name"):
                found[str(one.get("name"))] = (member, archive.read(member))
        return found


def _errors(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each cell that holds an error."""
    if not _ERROR.search(xml):
        return
    for found in _CELLS.finditer(xml):
        if not _ERROR.search(found["head"]):
            continue
        place, value = _PLACE.search(found["head"]), _VALUE.search(found["body"] or b"")
        if place:
            row, column = _numbers(place)
            yield row - 1, column - 1, value[1].decode(errors="replace") if value else "#N/A"


def _unworked(xml: bytes) -> Iterator[tuple[int, int]]:
    for found in _CELLS.finditer(xml):
        body, place = found["body"] or b"", _PLACE.search(found["head"])
        if place and _OF_CELL.search(body) and not _VALUE.search(body):
            row, column = _numbers(place)
            yield row - 1, column - 1


def _numbers(place: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in place[1]:
        column = 26 * column + letter - 64
    return int(place[2]), column


def _far_cells(xml: bytes) -> list[bytes]:
    """Cells with something in them beyond where any delivery's table can be."""
    far = []
    for found in _CELLS.finditer(xml):
        place = _PLACE.search(found["head"])
        if not place or not found["body"]:
            continue
        row, column = _numbers(place)
        if row > MAX_ROWS or column > MAX_COLUMNS:
            far.append(place[1] + place[2])
            if len(far) > MOST_FAR:
                raise TooManyRowsError
    return far


def _without(data: bytes, cells: dict[str, list[bytes]]) -> bytes:
    """The workbook without these cells."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename in cells:
                content = _without_cells(content, set(cells[member.filename]))
            new.writestr(member.filename, content)
    return made.getvalue()


def _without_cells(content: bytes, far: set[bytes]) -> bytes:
    return _CELLS.sub(lambda one: b"" if _is_one_of(one, far) else one[0], content)


def _is_one_of(cell: re.Match[bytes], far: set[bytes]) -> bool:
    place = _PLACE.search(cell["head"])
    return place is not None and place[1] + place[2] in far
