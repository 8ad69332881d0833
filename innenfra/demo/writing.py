"""Writing packages of delivery files: folders of CSV in several Norwegian dialects, and workbooks.

Belongs here: the same bytes for the same rows. Does not belong here: what the rows say.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import xlsxwriter

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables

Rows = list[dict[str, Any]]
Package = dict[str, Rows]

DIALECTS = (
    {"separator": ",", "encoding": "utf-8", "norwegian": False},
    {"separator": ";", "encoding": "utf-8-sig", "norwegian": True},
    {"separator": ";", "encoding": "cp1252", "norwegian": True},
)


def write_folder(
    folder: Path, package: Package, dialect: int, extra: dict[str, list[str]] | None = None
) -> None:
    """One CSV per file type. `extra` adds unexpected columns to a file type (for a planted fault)."""
    chosen = DIALECTS[dialect % len(DIALECTS)]
    folder.mkdir(parents=True, exist_ok=True)
    for file_type, rows in package.items():
        names = [c.name for c in delivered_columns(delivery_tables()[file_type])]
        added = (extra or {}).get(file_type, [])
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=str(chosen["separator"]), lineterminator="\r\n")
        writer.writerow(names + added)
        for row in rows:
            writer.writerow(
                [_text(row.get(n), bool(chosen["norwegian"])) for n in names] + ["x" for _ in added]
            )
        (folder / f"{file_type}.csv").write_bytes(buffer.getvalue().encode(str(chosen["encoding"])))


def write_workbook(path: Path, package: Package) -> None:
    """One sheet per file type, real dates as date cells, identifiers as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as workbook:
        workbook.set_properties({"created": dt.datetime(2020, 1, 1)})
        for file_type, rows in package.items():
            sheet = workbook.add_worksheet(file_type)
            names = [c.name for c in delivered_columns(delivery_tables()[file_type])]
            sheet.write_row(0, 0, names)
            for number, row in enumerate(rows, start=1):
                for position, name in enumerate(names):
                    value = row.get(name)
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, position, dt.datetime.combine(value, dt.time()))
                    elif isinstance(value, (int, float)):
                        sheet.write_number(number, position, value)
                    elif value is not None:
                        sheet.write_string(number, position, value)


def _text(value: Any, norwegian: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}" if norwegian else value.isoformat()
    if isinstance(value, float) and norwegian:
        return str(value).replace(".", ",")
    return str(value)
