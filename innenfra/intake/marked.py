"""The sender's own workbook back, with what was found marked where it stands.

Belongs here: marks and comments in cells, and the sheet that lists them all. It reads what strangers wrote
and therefore runs in the process that reads files (`innenfra/ingest/worker.py`).
Does not belong here: what was found, how it is worded (`innenfra/findings.py`).
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from innenfra.contracts.words import Words
from innenfra.findings import Finding
from innenfra.formats.sheets import plain
from innenfra.ingest.worker import ONE_AT_A_TIME, start_worker
from innenfra.settings import Settings

LIST = Words(nb="Merknader", nn="Merknader", en="Remarks")
HEADERS = {
    "nb": ("Ark", "Rad", "Kolonne", "Vi fant", "Gjør slik"),
    "nn": ("Ark", "Rad", "Kolonne", "Vi fann", "Gjer slik"),
    "en": ("Sheet", "Row", "Column", "We found", "Do this"),
}
_ERROR, _WARNING = "F8D7DA", "FFF3CD"
_HEADER_ROWS = 5
_MOST_COMMENTS = 2_000
_SHEET_NAME = 31


def mark_workbook(path: Path, findings: Sequence[Finding], settings: Settings, language: str) -> bytes:
    """The delivery at `path` as an XLSX workbook in which each finding is marked. A file that is no workbook
    comes back with the list of findings alone."""
    with ONE_AT_A_TIME:
        task = start_worker(settings).submit(_marked, path, tuple(findings), language)
        return bytes(task.result(timeout=settings.parse_seconds))


def _marked(path: Path, findings: Sequence[Finding], language: str) -> bytes:
    import openpyxl

    is_workbook = path.is_file() and path.suffix.casefold() == ".xlsx"
    book = openpyxl.load_workbook(path) if is_workbook else _gathered(path)
    by_sheet = {plain(sheet.title): sheet for sheet in book.worksheets}
    for sheet_name, found in _by_sheet(findings).items():
        sheet = by_sheet.get(plain(Path(sheet_name).stem)) or by_sheet.get(plain(sheet_name))
        if sheet is not None:
            _mark_sheet(sheet, found[:_MOST_COMMENTS], language)
    _list_findings(book, findings, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _gathered(path: Path) -> Any:
    """A workbook with a sheet for each CSV file of a delivery, cells as they are written there."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        if file.suffix.casefold() not in (".csv", ".tsv", ".txt"):
            continue
        sheet = book.create_sheet(file.stem[:_SHEET_NAME])
        for row in _rows_of(file.read_bytes()):
            sheet.append([_harmless(cell) for cell in row])
    return book


def _rows_of(data: bytes) -> Iterator[list[str]]:
    """Cells of a CSV file, line by line, so that each keeps the number that its sender sees."""
    for letters in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = data.decode(letters)
            break
    else:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))


def _harmless(cell: str | None) -> str | None:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell and cell[0] in "=+-@\t\r" else cell


def _by_sheet(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet:
            grouped[finding.sheet].append(finding)
    return grouped


def _mark_sheet(sheet: Any, findings: Sequence[Finding], language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    columns = _columns(sheet)
    told: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        told[finding.row_number or 1, columns.get(plain(finding.column or ""), 1)].append(finding)
    for (row, column), of_cell in told.items():
        cell = sheet.cell(row, column)
        worst = any(f.severity == "error" for f in of_cell)
        cell.fill = PatternFill("solid", start_color=_ERROR if worst else _WARNING)
        words = "\n".join(dict.fromkeys(f.message[language] for f in of_cell))
        cell.comment = Comment(words, "Innenfra", width=360, height=160)


def _columns(sheet: Any) -> dict[str, int]:
    """Where each header stands, as the sender sees it; headers are among the first rows."""
    places: dict[str, int] = {}
    for row in sheet.iter_rows(min_row=1, max_row=_HEADER_ROWS):
        for cell in row:
            if isinstance(cell.value, str):
                places.setdefault(plain(cell.value), cell.column)
    return places


def _list_findings(book: Any, findings: Sequence[Finding], language: str) -> None:
    from openpyxl.styles import Alignment, Font

    taken = {plain(sheet.title) for sheet in book.worksheets}
    title, number = LIST[language], 1
    while plain(title) in taken:
        number += 1
        title = f"{LIST[language]} {number}"
    listed = book.create_sheet(title, 0)
    book.active = 0
    listed.append(list(HEADERS[language]))
    for cell in listed[1]:
        cell.font = Font(bold=True)
    for finding in findings:
        listed.append(
            [
                _harmless(finding.sheet),
                finding.row_number,
                _harmless(finding.column),
                _harmless(finding.value_shown),
                _harmless(finding.message[language]),
            ]
        )
    for letter, width in zip("ABCDE", (24, 8, 28, 28, 90), strict=True):
        listed.column_dimensions[letter].width = width
    for row in listed.iter_rows(min_row=2, min_col=5, max_col=5):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    listed.freeze_panes = "A2"
