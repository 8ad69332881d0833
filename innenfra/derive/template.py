"""The delivery template as a workbook: one sheet per table, drop-down lists, and a hidden version.

Belongs here: from contracts to the XLSX that a school fills in. Row 1 has technical names, row 2 the
Norwegian labels; the parser knows both.
Does not belong here: reading it back (`innenfra/formats/canonical_xlsx`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter
import xlsxwriter.utility

from innenfra.contracts.declare import codes_of, column_rules, delivered_columns, label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import Required

VERSION = "1.0"
GUIDE = (
    "Fyll ut ett ark for hver ting dere leverer. Ark som ikke brukes, kan stå tomme.",
    "Begynn med arket «manifest»: hva leveransen inneholder, for hvilket skoleår, og om den er fullstendig.",
    "Et tomt felt betyr «ikke levert», aldri null. Skriv 0 bare når tallet er null.",
    "Skriv aldri navn, e-post eller fødselsnummer. Vi trenger bare antall.",
    "Kolonner med mørk overskrift må fylles ut.",
)
_ROWS = 500


def write_template(path: Path, example: bool = False) -> None:
    """Write the template; with `example`, the columns' examples stand in the first row of each sheet."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as workbook:
        workbook.set_properties({"created": dt.datetime(2020, 1, 1), "title": "Innenfra leveransemal"})
        styles = {
            "required": workbook.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5FA8"}),
            "optional": workbook.add_format({"bold": True, "bg_color": "#E4EAF3"}),
            "label": workbook.add_format({"italic": True, "font_color": "#4A5568", "text_wrap": True, "valign": "top"}),
            "text": workbook.add_format({"num_format": "@"}),
            "date": workbook.add_format({"num_format": "dd.mm.yyyy"}),
        }
        guide = workbook.add_worksheet("Slik fyller du ut")
        guide.set_column(0, 0, 110)
        for number, line in enumerate(GUIDE):
            guide.write_string(number, 0, line)
        lists = workbook.add_worksheet("_innenfra")
        lists.hide()
        lists.write_row(0, 0, ["schema_version", VERSION])
        places: dict[str, str] = {}
        for file_type, table in delivery_tables().items():
            _write_sheet(workbook.add_worksheet(file_type), lists, table, styles, places, example)


def _write_sheet(sheet: Any, lists: Any, table: sa.Table, styles: dict[str, Any], places: dict[str, str], example: bool) -> None:
    sheet.freeze_panes(2, 0)
    sheet.set_row(1, 30)
    for position, column in enumerate(delivered_columns(table)):
        required = any(isinstance(rule, Required) for rule in column_rules(column))
        kind = "date" if column.type.python_type is dt.date else "text" if column.type.python_type is str else None
        sheet.set_column(position, position, max(14, len(column.name) + 2), styles[kind] if kind else None)
        sheet.write_string(0, position, column.name, styles["required" if required else "optional"])
        sheet.write_string(1, position, label(column).nb, styles["label"])
        said = "; ".join(rule.says().nb for rule in column_rules(column))
        if said:
            sheet.write_comment(0, position, f"Skal være {said}."[:900])
        codes = codes_of(column)
        if codes is not None:
            if codes.name not in places:
                row = len(places) + 1
                lists.write_row(row, 0, codes.codes)
                places[codes.name] = f"=_innenfra!$A${row + 1}:{_letters(len(codes.codes) - 1)}${row + 1}"
            sheet.data_validation(
                2, position, _ROWS, position, {"validate": "list", "source": places[codes.name], "error_message": f"Velg fra listen i {column.name}."}
            )
        if example and column.info["example"] is not None:
            _write_example(sheet, position, column, styles)


def _write_example(sheet: Any, position: int, column: sa.Column[Any], styles: dict[str, Any]) -> None:
    text = column.info["example"]
    if column.type.python_type is dt.date:
        sheet.write_datetime(2, position, dt.datetime.fromisoformat(text), styles["date"])
    elif column.type.python_type is str:
        sheet.write_string(2, position, text, styles["text"])
    else:
        sheet.write_number(2, position, float(text))


def _letters(index: int) -> str:
    """Column letters with the absolute sign, from 0."""
    return f"${xlsxwriter.utility.xl_col_to_name(index)}"
