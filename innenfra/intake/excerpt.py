"""The place of a fault in the sender's own sheet: the row and those around it, as they stand there.

Belongs here: finding the place and cutting it out. It reads what strangers wrote and therefore runs in the
process that reads files (`innenfra/ingest/worker.py`).
Does not belong here: what was found, marking a whole workbook (`marked.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from innenfra.findings import Finding
from innenfra.formats.sheets import plain
from innenfra.ingest.apart import LOG
from innenfra.ingest.names import lists_of, read_names
from innenfra.ingest.worker import ONE_AT_A_TIME, start_worker, stop_worker
from innenfra.intake.marked import HEADER_ROWS, rows_of_text
from innenfra.masking import told
from innenfra.settings import Settings

AROUND, BEFORE, AFTER = 1, 3, 2
"""Rows around the row, and columns before and after the column, that are shown with it."""


@dataclass(frozen=True)
class Excerpt:
    """Rows of a sheet with their numbers; `row` and `column` are the places in it of what was found."""

    numbers: tuple[int, ...]
    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    row: int
    column: int


def cut_excerpt(path: Path, findings: Sequence[Finding], settings: Settings) -> Excerpt | None:
    """Where the first of the findings stands that has a place, and something written there if any has; None
    where none has, or where it is not found."""
    placed = [one for one in findings if one.row_number is not None and one.column and one.sheet]
    if not placed:
        return None
    first = next((one for one in placed if one.value_shown), placed[0])
    with ONE_AT_A_TIME:
        try:
            task = start_worker(settings).submit(_cut, path, first)
            found: Excerpt | None = task.result(timeout=settings.parse_seconds)
        except Exception as error:
            stop_worker(settings)
            LOG.error("%s: no excerpt was made", type(error).__name__)
            return None
    return found


def _cut(path: Path, finding: Finding) -> Excerpt | None:
    rows = _rows(path, finding.sheet or "")
    wanted, number = plain(finding.column or ""), finding.row_number or 0
    header = next((row for row in rows[:HEADER_ROWS] if wanted in [plain(str(cell)) for cell in row]), None)
    if header is None or not 0 < number <= len(rows):
        return None
    names = tuple(name for given in lists_of(path) for name in read_names(given))
    column = [plain(str(cell)) for cell in header].index(wanted)
    left = max(0, column - BEFORE)
    shown = range(max(1, number - AROUND), min(len(rows), number + AROUND) + 1)

    def cut(row: Sequence[object]) -> tuple[str, ...]:
        padded = [*row, *[""] * (column + AFTER + 1 - len(row))]
        return tuple(told(_said(cell), names) for cell in padded[left : column + AFTER + 1])

    cells = tuple(cut(rows[one - 1]) for one in shown)
    return Excerpt(tuple(shown), cut(header), cells, number - shown[0], column - left)


def _said(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows(path: Path, sheet: str) -> list[list[object]]:
    """The rows of a sheet from its very first, so that each has the number that its sender sees."""
    if path.is_file() and path.suffix.casefold() in (".xlsx", ".xls", ".ods"):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(path)
        name = next((one for one in book.sheet_names if plain(one) == plain(sheet)), None)
        cells = [] if name is None else book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        return [list(row) for row in cells]
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    called = {plain(sheet), plain(Path(sheet).stem)}
    file = next((one for one in files if {plain(one.name), plain(one.stem)} & called), None)
    return [] if file is None else [list(row) for row in rows_of_text(file.read_bytes())]
