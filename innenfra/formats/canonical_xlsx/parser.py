"""Reading the template as a workbook: every cell becomes the text a person sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import SCHEMA_VERSION_CELL, TEMPLATE_VERSION, delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable, Remark
from innenfra.formats.sheets import (
    about,
    column_names,
    doubled_sheets,
    file_type_of,
    is_label_row,
    plain,
    shaped,
    unknown_sheet,
)
from innenfra.formats.workbook import Sheet, place_of, sheets_of
from innenfra.masking import told

LONGEST = 40_000
"""Letters that are read of a cell: a spreadsheet itself takes 32,767, and no column takes as many."""
VERSION_SHEET = "_innenfra"
GUIDE_SHEETS = ("slik fyller du ut", "slik fyller du ut arka", "how to fill in", VERSION_SHEET)
"""Sheets of the template that hold no data."""


def _of_another_version(file_name: str, rows: list[list[str | None]]) -> list[Finding]:
    """A word where the workbook was made from another version of the template than today's."""
    said = rows[0] if rows else []
    if len(said) < 2 or said[0] != SCHEMA_VERSION_CELL or said[1] == TEMPLATE_VERSION:
        return []
    return [
        about(
            "other_template",
            file_name,
            severity="warning",
            found=told(said[1] or "–"),
            expected=TEMPLATE_VERSION,
        )
    ]


def read(incoming: Incoming) -> Raw:
    """All sheets that are known, of all workbooks; one without any row below its header is left out."""
    tables: list[RawTable] = []
    findings: list[Finding] = []
    hollow: set[str] = set()
    hidden: set[str] = set()
    for part in sorted(incoming.parts):
        for sheet in sheets_of(incoming, part):
            if plain(sheet.name) in GUIDE_SHEETS:
                own = sheet.name == VERSION_SHEET
                findings += _of_another_version(incoming.name, sheet.texts) if own else []
                continue
            file_type = file_type_of(sheet.name)
            if sheet.is_blank:
                continue
            if file_type is None:
                names = [told(cell or "", incoming.names) for cell in sheet.texts[0][:5]]
                called = told(sheet.name, incoming.names)
                findings.append(
                    unknown_sheet(incoming.name, called, ", ".join(filter(None, names)), sheet.hidden)
                )
                continue
            table, found = _table(incoming, file_type, sheet)
            findings += found
            if table is None:
                hollow.add(file_type)
                continue
            hidden |= {sheet.name} if sheet.hidden else set()
            tables.append(table)
    return Raw(tables, findings + doubled_sheets(incoming.name, tables, hidden), hollow=frozenset(hollow))


def _table(incoming: Incoming, file_type: str, sheet: Sheet) -> tuple[RawTable | None, list[Finding]]:
    """The sheet as a raw table, or None where nothing stands below its header."""
    texts = [[cell[:LONGEST] if cell else cell for cell in row] for row in sheet.texts]
    headers, body, first = [c or "" for c in texts[0]], texts[1:], 2
    if body and is_label_row(file_type, [c or "" for c in body[0]]):
        body, first = body[1:], 3
    numbered = [(i, r) for i, r in enumerate(body, start=first) if any(c is not None for c in r)]
    if not numbered:
        return None, []
    width = len(headers)
    beyond = [" ".join(filter(None, r[width:])) or None for _, r in numbered]
    frame = pl.DataFrame(
        {f"c{i}": [r[i] if i < len(r) else None for _, r in numbered] for i in range(width)}
        | {"beyond": beyond},
        schema=dict.fromkeys((*(f"c{i}" for i in range(width)), "beyond"), pl.String),
    ).with_columns(pl.Series("row_number", [i for i, _ in numbered], pl.Int32))
    remarks = _remarks(sheet, file_type, headers, {i for i, _ in numbered})
    table, found = shaped(incoming.name, file_type, sheet.name, headers, frame, incoming.names, remarks)
    notes = []
    if sheet.has_formulas:
        notes.append(_note("formulas", incoming.name, file_type, sheet.name))
    if sheet.far:
        notes.append(_note("far_cells", incoming.name, file_type, sheet.name, ", ".join(sheet.far[:5])))
    return table, found + notes


def _note(rule: str, file_name: str, file_type: str, sheet: str, found: str = "") -> Finding:
    return about(rule, file_name, severity="warning", file_type=file_type, sheet=sheet, found=found)


def _remarks(sheet: Sheet, file_type: str, headers: list[str], rows: set[int]) -> tuple[Remark, ...]:
    """Cells whose text does not say what happened to them: dates where no date belongs, and cells that are
    merged with those above."""
    known = column_names(delivery_tables()[file_type])
    kinds = {c.name: c.type.python_type for c in delivered_columns(delivery_tables()[file_type])}
    columns = [known.get(plain(header)) for header in headers]
    unworked = [
        Remark("unworked_formula", row + 1, columns[column], place_of(row, column))
        for row, column in sheet.unworked
        if row + 1 in rows and column < len(columns) and columns[column] is not None
    ]
    return (*_dates(sheet.rows, columns, kinds, rows), *_merged(sheet, columns, rows), *unworked)


def _dates(
    cells: list[list[Any]], columns: Sequence[str | None], kinds: dict[str, type], rows: set[int]
) -> list[Remark]:
    wrong = [i for i, name in enumerate(columns) if name is not None and kinds[name] is not dt.date]
    return [
        Remark("date_cell", number, columns[i], cells[number - 1][i].isoformat()[:10])
        for number in sorted(rows)
        for i in wrong
        if i < len(cells[number - 1]) and isinstance(cells[number - 1][i], dt.date)
    ]


def _merged(sheet: Sheet, columns: Sequence[str | None], rows: set[int]) -> list[Remark]:
    """The cells of a merged area below or beside its first one: they are empty, whatever the sheet shows."""
    found = []
    for (top, left), (bottom, right) in sheet.merged:
        if top == bottom and left == right:
            continue
        area = f"{place_of(top, left)}:{place_of(bottom, right)}"
        found += [
            Remark("merged_cells", row + 1, columns[column], area)
            for row in range(top, min(bottom, len(sheet.rows) - 1) + 1)
            for column in range(left, min(right, len(columns) - 1) + 1)
            if (row, column) != (top, left) and row + 1 in rows and columns[column] is not None
        ]
    return found
