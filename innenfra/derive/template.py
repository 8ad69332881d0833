"""The delivery template as a workbook: one sheet per table, drop-down lists, and a hidden version.

Belongs here: from contracts to the XLSX that a school fills in. Row 1 has technical names, row 2 the
labels, and lists hold labels; the parser knows both names and labels, in all languages.
Does not belong here: reading it back (`innenfra/formats/canonical_xlsx`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
import xlsxwriter
import xlsxwriter.utility

from innenfra.contracts.declare import codes_of, column_rules, delivered, delivered_columns, label
from innenfra.contracts.deliveries import SCHEMA_VERSION_CELL, TEMPLATE_VERSION, delivery_tables
from innenfra.contracts.rules import Required
from innenfra.contracts.words import Words

GUIDE_SHEET = Words(nb="Slik fyller du ut", nn="Slik fyller du ut arka", en="How to fill in")
GUIDE = (
    Words(
        nb="Fyll ut ett ark for hver ting dere leverer. Ark som ikke brukes, kan stå tomme.",
        nn="Fyll ut eitt ark for kvar ting de leverer. Ark som ikkje er i bruk, kan stå tomme.",
        en="Fill in one sheet for each thing you deliver. Sheets that are not used may stay empty.",
    ),
    Words(
        nb=(
            "Begynn med arket «manifest»: hva leveransen inneholder, for hvilket skoleår, og om den er"
            " fullstendig."
        ),
        nn="Begynn med arket «manifest»: kva leveransen inneheld, for kva skuleår, og om han er fullstendig.",
        en=(
            "Begin with the sheet “manifest”: what the delivery holds, for which school year, and whether it"
            " is complete."
        ),
    ),
    Words(
        nb="Et tomt felt betyr «ikke levert», aldri null. Skriv 0 bare når tallet er null.",
        nn="Eit tomt felt tyder «ikkje levert», aldri null. Skriv 0 berre når talet er null.",
        en="An empty cell means “not delivered”, never zero. Write 0 only where the number is zero.",
    ),
    Words(
        nb="Skriv aldri navn, e-post eller fødselsnummer. Vi trenger bare antall.",
        nn="Skriv aldri namn, e-post eller fødselsnummer. Vi treng berre kor mange.",
        en="Never write names, e-mail addresses or national identity numbers. Only counts are needed.",
    ),
    Words(
        nb="Kolonner med mørk overskrift må fylles ut. Der det er en liste, velg fra den.",
        nn="Kolonnar med mørk overskrift må fyllast ut. Der det er ei liste, vel frå henne.",
        en="Columns with a dark header must be filled in. Where there is a list, choose from it.",
    ),
)
_MUST = Words(nb="Skal være", nn="Skal vere", en="Must be")
_CHOOSE = Words(nb="Velg fra listen.", nn="Vel frå lista.", en="Choose from the list.")
_FIRST = (
    "manifest",
    "school_year",
    "teams",
    "loops",
    "team_loops",
    "team_loop_phases",
    "meetings",
    "meeting_activities",
    "log_rounds",
    "log_counts",
    "decisions",
)
_SENDERS = ("school", "partnership", "university")
_ROWS = 500


def write_template(
    path: Path | BinaryIO,
    example: bool = False,
    language: str = "nb",
    given: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Write the template in one language; with `example`, the columns' examples stand in the first row of
    each sheet. `given` are rows to begin with, by file type: values by column, codes as codes."""
    target = str(path) if isinstance(path, Path) else path
    with xlsxwriter.Workbook(target, {"default_date_format": "dd.mm.yyyy"}) as workbook:
        workbook.set_properties({"created": dt.datetime(2020, 1, 1), "title": "Innenfra leveransemal"})
        styles = {
            "required": workbook.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5FA8"}),
            "optional": workbook.add_format({"bold": True, "bg_color": "#E4EAF3"}),
            "label": workbook.add_format(
                {"italic": True, "font_color": "#4A5568", "text_wrap": True, "valign": "top"}
            ),
            "text": workbook.add_format({"num_format": "@"}),
            "date": workbook.add_format({"num_format": "dd.mm.yyyy"}),
        }
        guide = workbook.add_worksheet(GUIDE_SHEET[language])
        guide.set_column(0, 0, 110)
        for number, line in enumerate(GUIDE):
            guide.write_string(number, 0, line[language])
        lists = workbook.add_worksheet("_innenfra")
        lists.hide()
        lists.write_row(0, 0, [SCHEMA_VERSION_CELL, TEMPLATE_VERSION])
        places: dict[str, str] = {}
        for file_type, table in in_order().items():
            sheet = workbook.add_worksheet(file_type)
            _write_sheet(sheet, lists, table, styles, places, example, language)
            for number, row in enumerate((given or {}).get(file_type, ()), 2):
                _write_row(sheet, number, table, row, styles, language)


def in_order() -> dict[str, sa.Table]:
    """The tables as people meet them: the delivery sheet, a school's year and loops, and then the rest by who
    sends it."""
    tables = delivery_tables()
    rest = sorted(
        (t for t in tables if t not in _FIRST), key=lambda t: _SENDERS.index(delivered(tables[t]).sender)
    )
    return {file_type: tables[file_type] for file_type in (*_FIRST, *rest)}


def _write_sheet(
    sheet: Any,
    lists: Any,
    table: sa.Table,
    styles: dict[str, Any],
    places: dict[str, str],
    example: bool,
    language: str,
) -> None:
    sheet.freeze_panes(2, 0)
    sheet.set_row(1, 30)
    for position, column in enumerate(delivered_columns(table)):
        required = any(isinstance(rule, Required) for rule in column_rules(column))
        kind = (
            "date"
            if column.type.python_type is dt.date
            else "text"
            if column.type.python_type is str
            else None
        )
        sheet.set_column(position, position, max(14, len(column.name) + 2), styles[kind] if kind else None)
        sheet.write_string(0, position, column.name, styles["required" if required else "optional"])
        sheet.write_string(1, position, label(column)[language], styles["label"])
        said = "; ".join(rule.says()[language] for rule in column_rules(column))
        if said:
            sheet.write_comment(0, position, f"{_MUST[language]} {said}."[:900])
        codes = codes_of(column)
        if codes is not None:
            if codes.name not in places:
                row = len(places) + 1
                lists.write_row(row, 0, [words[language] for words in codes.labels.values()])
                places[codes.name] = f"=_innenfra!$A${row + 1}:{_letters(len(codes.codes) - 1)}${row + 1}"
            sheet.data_validation(
                2,
                position,
                _ROWS,
                position,
                {"validate": "list", "source": places[codes.name], "error_message": _CHOOSE[language]},
            )
        if example and column.info["example"] is not None:
            _write_example(sheet, position, column, styles, language)


def _write_row(
    sheet: Any,
    number: int,
    table: sa.Table,
    row: Mapping[str, Any],
    styles: dict[str, Any],
    language: str,
) -> None:
    for position, column in enumerate(delivered_columns(table)):
        if row.get(column.name) is not None:
            _write_value(sheet, number, position, column, str(row[column.name]), styles, language)


def _write_example(
    sheet: Any, position: int, column: sa.Column[Any], styles: dict[str, Any], language: str
) -> None:
    _write_value(sheet, 2, position, column, column.info["example"], styles, language)


def _write_value(
    sheet: Any,
    number: int,
    position: int,
    column: sa.Column[Any],
    text: str,
    styles: dict[str, Any],
    language: str,
) -> None:
    codes = codes_of(column)
    if codes is not None and text in codes.labels:
        text = codes.labels[text][language]
    if column.type.python_type is dt.date:
        sheet.write_datetime(number, position, dt.datetime.fromisoformat(text), styles["date"])
    elif column.type.python_type is str:
        sheet.write_string(number, position, text, styles["text"])
    else:
        sheet.write_number(number, position, float(text))


def _letters(index: int) -> str:
    """Column letters with the absolute sign, from 0."""
    return f"${xlsxwriter.utility.xl_col_to_name(index)}"
