"""From a grid of text cells to a raw table of the canonical template.

Belongs here: what the workbook and the CSV folder share: sheet names, header rows, columns.
Does not belong here: reading bytes (each format's `parser.py`).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import polars as pl
import sqlalchemy as sa

from innenfra.contracts.declare import delivered, delivered_columns, label
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.logs import EXACT_COLUMNS
from innenfra.contracts.words import Words
from innenfra.findings import MEANT, Finding, file_message
from innenfra.formats import RawTable, Remark
from innenfra.formats.text import BEYOND
from innenfra.masking import LONGEST, told

LANGUAGES = ("nb", "nn", "en")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Letters that nobody sees, as they come with what is pasted from web pages."""
_LONGEST_NAME = 1_000
Names = tuple[str, ...]
_COPY = re.compile(
    r"^(?:kopi av|copy of)\s+|\s*(?:\(\d+\)|[-–] ?(?:kopi|copy)(?: ?\(?\d+\)?)?|[-–_ ]v?\d{4}-\d\d-\d\d)$"
)
"""What stores and machines add to the name of a copy."""


def plain(text: str) -> str:
    """Text as compared with names of sheets and columns: composed letters, no odd spaces, lower case."""
    short = INVISIBLE.sub("", text[:_LONGEST_NAME])
    return " ".join(unicodedata.normalize("NFC", short).split()).casefold()


def file_type_of(name: str) -> str | None:
    """The file type that a sheet or file is named by, also where it is the name of a copy."""
    known, said = sheet_names(), plain(name)
    for _ in range(3):
        if said in known:
            return known[said]
        said = _COPY.sub("", said).strip()
    return known.get(said)


def resembled(said: str, known: Iterable[str]) -> str | None:
    """The known name that somebody probably meant."""
    names = {re.sub(r"[\s_-]+", "", plain(one)): one for one in known}
    close = difflib.get_close_matches(re.sub(r"[\s_-]+", "", plain(said)), names, n=1, cutoff=0.75)
    return names[close[0]] if close else None


@cache
def sheet_names() -> dict[str, str]:
    """Every accepted sheet name (plain) and its file type."""
    names: dict[str, str] = {}
    for file_type, table in delivery_tables().items():
        names[plain(file_type)] = file_type
        for language in LANGUAGES:
            names.setdefault(plain(delivered(table).sheet[language]), file_type)
    return names


@cache
def column_names(table: sa.Table) -> dict[str, str]:
    """Every accepted column header (plain) and its technical name."""
    names = {plain(c.name): c.name for c in delivered_columns(table)}
    for column in delivered_columns(table):
        for language in LANGUAGES:
            names.setdefault(plain(label(column)[language]), column.name)
    return names


def about(
    rule: str,
    file_name: str,
    *,
    severity: str = "error",
    file_type: str | None = None,
    sheet: str | None = None,
    column: str | None = None,
    found: str = "",
    expected: str = "",
    row_number: int | None = None,
) -> Finding:
    """A finding on a whole file or sheet, or on what stands beside its columns."""
    words: Words = file_message(
        rule,
        file=file_name,
        sheet=sheet or "",
        column=column or "",
        found=found,
        expected=expected,
        row=str(row_number or ""),
    )
    return Finding(
        file_name=file_name,
        rule=rule,
        severity="warning" if severity == "warning" else "error",
        message=words,
        owner="school",
        file_type=file_type,
        sheet=sheet,
        row_number=row_number,
        column=column,
        value_shown=found if found and len(found) <= LONGEST else None,
    )


def shaped(
    file_name: str,
    file_type: str,
    sheet: str,
    headers: list[str],
    frame: pl.DataFrame,
    names: Names = (),
    remarks: tuple[Remark, ...] = (),
) -> tuple[RawTable, list[Finding]]:
    """Give the columns their technical names. `frame` has columns c0, c1 …, `row_number` and, where cells
    stand without a header, `BEYOND`.

    A doubled or missing column, or anything beside the columns of a log, refuses the sheet; elsewhere what is
    beside the known columns is a warning and is not read. `names` are the school's own list, taken out of
    headers.
    """
    table = delivery_tables()[file_type]
    known, columns = column_names(table), delivered_columns(table)
    expected = ", ".join(c.name for c in columns)
    findings: list[Finding] = []
    chosen: dict[str, str] = {}
    for position, header in enumerate(headers):
        name = known.get(plain(header))
        if name in chosen:
            findings.append(
                about(
                    "doubled_column", file_name, file_type=file_type, sheet=sheet, column=told(header, names)
                )
            )
        elif name:
            chosen[name] = f"c{position}"
        elif plain(header) and file_type in EXACT_COLUMNS:
            findings.append(
                about(
                    "unknown_column",
                    file_name,
                    file_type=file_type,
                    sheet=sheet,
                    column=told(header, names),
                    expected=expected,
                )
            )
        elif plain(header):
            findings.append(
                about(
                    "ignored_column",
                    file_name,
                    severity="warning",
                    file_type=file_type,
                    sheet=sheet,
                    column=told(header, names),
                )
            )
    missing = [c.name for c in columns if c.name not in chosen and not c.nullable]
    if missing:
        findings.append(
            about(
                "missing_column",
                file_name,
                file_type=file_type,
                sheet=sheet,
                column=", ".join(missing),
                expected=expected,
            )
        )
    findings += _without_header(file_name, file_type, sheet, headers, frame)
    errors = [f for f in findings if f.severity == "error"]
    refused = bool(errors)
    cells = [
        pl.col(chosen[c.name]).alias(c.name) if c.name in chosen else pl.lit(None, pl.String).alias(c.name)
        for c in columns
    ]
    called = {name: told(" ".join(headers[int(cell[1:])].split()), names) for name, cell in chosen.items()}
    return (
        RawTable(
            file_type,
            sheet,
            frame.select("row_number", *cells),
            {n: h for n, h in called.items() if h != n},
            refused,
            remarks,
        ),
        errors or findings,
    )


def _without_header(
    file_name: str, file_type: str, sheet: str, headers: list[str], frame: pl.DataFrame
) -> list[Finding]:
    """What stands in columns without a header: told once a sheet, with its first row, and never repeated."""
    unnamed = [f"c{i}" for i, header in enumerate(headers) if not plain(header)] + (
        [BEYOND] if BEYOND in frame.columns else []
    )
    found = (
        frame.filter(pl.any_horizontal(pl.col(c).cast(pl.String).fill_null("") != "" for c in unnamed))
        if unnamed
        else frame.clear()
    )
    if found.is_empty():
        return []
    row = int(found["row_number"][0])
    rule = "unknown_cell" if file_type in EXACT_COLUMNS else "ignored_cell"
    severity = "error" if file_type in EXACT_COLUMNS else "warning"
    return [about(rule, file_name, severity=severity, file_type=file_type, sheet=sheet, row_number=row)]


def is_label_row(file_type: str, cells: list[str]) -> bool:
    """Whether a row repeats the columns' labels (the template's second header row)."""
    known = column_names(delivery_tables()[file_type])
    filled = [c for c in cells if plain(c)]
    return len(filled) > 1 and all(plain(c) in known for c in filled)


DOUBLED = ("doubled_sheet", "doubled_hidden_sheet")
"""Rules of file types that stand on two sheets."""


def doubled_sheets(file_name: str, tables: list[RawTable], hidden: Iterable[str] = ()) -> list[Finding]:
    """A finding for each file type that stands on two sheets: nobody could say which of them counts."""
    by_type: dict[str, list[str]] = {}
    for table in tables:
        by_type.setdefault(table.file_type, []).append(table.sheet)
    found = []
    for file_type, sheets in by_type.items():
        if len(sheets) < 2:
            continue
        unseen = [sheet for sheet in sheets if sheet in set(hidden)]
        seen = [sheet for sheet in sheets if sheet not in unseen]
        rule = "doubled_hidden_sheet" if unseen and seen else "doubled_sheet"
        first, others = (seen[0], unseen) if unseen and seen else (sheets[0], sheets[1:])
        found.append(about(rule, file_name, file_type=file_type, sheet=first, found=", ".join(others)))
    return found


def unknown_sheet(file_name: str, sheet: str, headers: str, hidden: bool = False) -> Finding:
    """The finding on a sheet that nobody knows, with the one that it was probably meant to be."""
    meant = resembled(sheet.rsplit("/", 1)[-1].rsplit(".", 1)[0], sheet_names())
    rule = "hidden_sheet" if hidden else "wrong_sheet"
    found = about(rule, file_name, sheet=sheet, expected=", ".join(delivery_tables()), found=headers)
    if meant is None:
        return found
    own = sheet_names()[meant]
    words = Words(*(f"{found.message[lang]} {MEANT[lang].format(meant=own)}" for lang in LANGUAGES))
    return replace(found, message=words)
