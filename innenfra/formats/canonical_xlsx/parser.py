"""Reading the workbook with calamine: every cell becomes the text a person sees."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook

from innenfra.contracts.deliveries import SCHEMA_VERSION_CELL, TEMPLATE_VERSION, delivery_tables
from innenfra.findings import Finding
from innenfra.formats import Incoming, Raw, RawTable
from innenfra.formats.sheets import about, doubled_sheets, is_label_row, plain, shaped, sheet_names
from innenfra.masking import told

VERSION_SHEET = "_innenfra"
GUIDE_SHEETS = ("slik fyller du ut", "slik fyller du ut arka", "how to fill in", VERSION_SHEET)
"""Sheets of the template that hold no data."""


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


def _of_another_version(file_name: str, rows: list[list[Any]]) -> list[Finding]:
    """A word where the workbook was made from another version of the template than today's."""
    said = [shown(cell) for cell in rows[0]] if rows else []
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
    """All sheets that are known; a sheet without any row below its header is left out."""
    (data,) = incoming.parts.values()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables: list[RawTable] = []
    findings: list[Finding] = []
    hollow: set[str] = set()
    known = sheet_names()
    for sheet in workbook.sheet_names:
        if plain(sheet) in GUIDE_SHEETS:
            findings += (
                _of_another_version(incoming.name, workbook.get_sheet_by_name(sheet).to_python(nrows=1))
                if sheet == VERSION_SHEET
                else []
            )
            continue
        file_type = known.get(plain(sheet))
        rows = [
            [shown(c) for c in row]
            for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        ]
        if not any(c is not None for row in rows for c in row):
            continue
        if file_type is None:
            findings.append(
                about(
                    "wrong_sheet",
                    incoming.name,
                    sheet=told(sheet, incoming.names),
                    expected=", ".join(delivery_tables()),
                )
            )
            continue
        headers, body, first = [c or "" for c in rows[0]], rows[1:], 2
        if body and is_label_row(file_type, [c or "" for c in body[0]]):
            body, first = body[1:], 3
        numbered = [(i, r) for i, r in enumerate(body, start=first) if any(c is not None for c in r)]
        if not numbered:
            hollow.add(file_type)
            continue
        frame = pl.DataFrame(
            {f"c{i}": [r[i] for _, r in numbered] for i in range(len(headers))},
            schema={f"c{i}": pl.String for i in range(len(headers))},
        ).with_columns(pl.Series("row_number", [i for i, _ in numbered], pl.Int32))
        table, found = shaped(incoming.name, file_type, sheet, headers, frame, incoming.names)
        findings += found
        tables.append(table)
    return Raw(tables, findings + doubled_sheets(incoming.name, tables), hollow=frozenset(hollow))
