"""Loading registers from CSV: schools, owners, municipalities, institutions, partnerships.

Belongs here: CSV files named by the register table into `register.*`, in one transaction.
Does not belong here: what schools deliver (`innenfra/ingest`).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import sqlalchemy as sa
from psycopg import sql

from innenfra.contracts import registers as declared
from innenfra.contracts.declare import metadata
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.findings import (
    FILLED_IN,
    KNOWN_MUNICIPALITY,
    KNOWN_OWNER,
    MOST_SPANS,
    TYPE_WORDS,
    YES_OR_NO,
    cell_message,
    file_message,
    row_place,
    rows_as_written,
    value_finding_message,
)
from innenfra.formats.sheets import plain
from innenfra.formats.text import grid
from innenfra.ingest.parts import is_junk

Rows = list[tuple[int, dict[str, str]]]
"""Rows as delivered, with the row number that a spreadsheet shows."""
_MOST_TOLD = 20
_YES, _NO = ("yes", "true", "ja", "sann", "1", "t"), ("no", "false", "nei", "usann", "0", "f")
_KNOWN = {"owner_id": ("school_owner", "owner_id"), "municipality_no": ("municipality", "municipality_no")}
"""Columns that name a row of another register: an owner or a municipality that nobody knows is told."""


def load_registers(paths: Sequence[Path], url: str) -> dict[str, int]:
    """Insert or update rows of `register.<file name without .csv>`; a folder is all its CSV files. Returns
    rows
    per table."""
    counts: dict[str, int] = {}
    with connect(url) as connection, connection.transaction():
        for path, table in _in_order(paths):
            rows = read_rows(path)
            counts[table.name] = _upsert(connection, table, rows, path.name)
    return counts


def _in_order(paths: Sequence[Path]) -> list[tuple[Path, sa.Table]]:
    """The files with their tables, those that others refer to first."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found_here = sorted(one for one in path.glob("*.csv") if not is_junk(one.name))
            # a folder without any is told as the file that it was taken for
            files += found_here or [path]
        else:
            files.append(path)
    found = [(path, _table_of(path)) for path in files]
    order = [table.name for table in metadata.sorted_tables if table.schema == "register"]
    first = ("municipality", "school_owner")
    return sorted(found, key=lambda pair: (pair[1].name not in first, order.index(pair[1].name)))


def _table_of(path: Path) -> sa.Table:
    if not path.is_file() and not path.is_dir():
        raise UserError(
            Words(
                nb=f"Fant ikke {path}. Kontroller stien.",
                nn=f"Fann ikkje {path}. Kontroller stien.",
                en=f"{path} was not found. Check the path.",
            )
        )
    table = metadata.tables.get(f"register.{path.stem}")
    if table is None:
        known = ", ".join(sorted(t.name for t in metadata.tables.values() if t.schema == "register"))
        raise UserError(
            Words(
                nb=f"{path.name}: ukjent register. Filnavnet må være ett av: {known} (.csv).",
                nn=f"{path.name}: ukjent register. Filnamnet må vere eitt av: {known} (.csv).",
                en=f"{path.name}: unknown register. The file name must be one of: {known} (.csv).",
            )
        )
    return table


def read_rows(path: Path) -> Rows:
    """The rows of a CSV as a Norwegian spreadsheet saves it: any separator and character set."""
    data = path.read_bytes()
    if not data.strip():
        raise UserError(file_message("empty_file", file=path.name))
    read = grid(data)
    if read.open_quotes:
        where = row_place(path.name, path.name, rows_as_written(read.open_quotes, MOST_SPANS))
        raise UserError(cell_message("open_quote", where))
    names = [plain(header) for header in read.headers]
    return [
        (number, {name: (cell or "").strip() for name, cell in zip(names, cells, strict=True) if name})
        for number, *cells in read.frame.select(
            "row_number", *(pl.col(f"c{i}").cast(pl.String) for i in range(len(names)))
        ).rows()
    ]


def load_klass(url: str) -> None:
    """Municipalities and their changes (KLASS 131, Statistics Norway), as packed with the product."""
    folder = files("innenfra") / "reference"
    with connect(url) as connection, connection.transaction():
        if connection.execute("select 1 from register.municipality limit 1").fetchone():
            return
        with (folder / "klass131_municipalities.csv").open(encoding="utf-8") as handle:
            rows = {
                (r["code"], r["valid_from"]): {
                    "municipality_no": r["code"],
                    "valid_from": r["valid_from"],
                    "valid_to": r["valid_to"] if r["valid_to"] != "NA" else "",
                    "name": r["label"],
                }
                for r in csv.DictReader(handle)
            }
        _upsert(connection, declared.municipality, _numbered(rows.values()), "klass131_municipalities.csv")
        with (folder / "klass131_municipality_changes.csv").open(encoding="utf-8") as handle:
            changes = [
                {
                    "changed_on": r["change_occurred"],
                    "from_no": r["from_code"],
                    "from_name": r["from_label"],
                    "to_no": r["to_code"],
                    "to_name": r["to_label"],
                }
                for r in csv.DictReader(handle)
            ]
        _upsert(
            connection, declared.municipality_change, _numbered(changes), "klass131_municipality_changes.csv"
        )


def _numbered(rows: Iterable[dict[str, str]]) -> Rows:
    return list(enumerate(rows, start=2))


def _upsert(connection: psycopg.Connection, table: sa.Table, rows: Rows, file_name: str) -> int:
    if not rows:
        return 0
    present = rows[0][1]
    names = [c.name for c in table.columns if c.name in present]
    missing = [
        c.name for c in table.columns if c.name not in present and not c.nullable and c.server_default is None
    ]
    if missing:
        listed = ", ".join(missing)
        raise UserError(
            Words(
                nb=f"{file_name}: mangler {listed}.",
                nn=f"{file_name}: manglar {listed}.",
                en=f"{file_name}: {listed} is missing.",
            )
        )
    values = _checked(connection, table, rows, names, file_name)
    keys = [c.name for c in table.primary_key.columns]
    rest = [n for n in names if n not in keys]
    statement = sql.SQL("insert into {} ({}) values ({}) on conflict ({}) do {}").format(
        sql.Identifier("register", table.name),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * len(names)),
        sql.SQL(", ").join(map(sql.Identifier, keys)),
        (
            sql.SQL("update set {}").format(
                sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(n)) for n in rest)
            )
            if rest
            else sql.SQL("nothing")
        ),
    )
    with connection.cursor() as cursor:
        try:
            cursor.executemany(statement, values)
        except (psycopg.IntegrityError, psycopg.DataError) as error:
            # a constraint that no question above foresaw; its name says which one, its text may quote people
            rule = getattr(error.diag, "constraint_name", None) or type(error).__name__
            raise UserError(
                Words(
                    nb=f"{file_name}: registeret tar ikke imot en av radene ({rule}). Kontroller radene.",
                    nn=f"{file_name}: registeret tek ikkje imot ei av radene ({rule}). Kontroller radene.",
                    en=f"{file_name}: the register does not take one of the rows ({rule}). Check the rows.",
                )
            ) from error
    return len(rows)


def _checked(
    connection: psycopg.Connection, table: sa.Table, rows: Rows, names: Sequence[str], file_name: str
) -> list[list[Any]]:
    """The values in their types; UserError with file, row, column and value of all that cannot be read."""
    known = {
        name: _those_known(connection, *_KNOWN[name])
        for name in names
        if name in _KNOWN and _KNOWN[name][0] != table.name
    }
    wrong: list[Words] = []
    made: list[list[Any]] = []
    for number, row in rows:
        values = []
        for name in names:
            value, expected = _value(table.c[name], row.get(name, ""))
            if expected is None and value is not None and name in known and value not in known[name]:
                expected = KNOWN_OWNER if name == "owner_id" else KNOWN_MUNICIPALITY
            if expected is not None:
                wrong.append(
                    value_finding_message(file_name, file_name, number, name, row.get(name, ""), expected)
                )
            values.append(value)
        made.append(values)
    if wrong:
        raise UserError(
            Words(*(" ".join(one[lang] for one in wrong[:_MOST_TOLD]) for lang in ("nb", "nn", "en")))
        )
    return made


def _those_known(connection: psycopg.Connection, table: str, column: str) -> set[str]:
    question = sql.SQL("select distinct {} from {}").format(
        sql.Identifier(column), sql.Identifier("register", table)
    )
    return {value for (value,) in connection.execute(question).fetchall()}


def _value(column: sa.Column[Any], text: str) -> tuple[Any, Words | None]:
    """The value of a cell, and what it must be where it cannot be read. Dates are in day order."""
    if not text:
        needed = not column.nullable and column.server_default is None
        return None, FILLED_IN if needed else None
    kind = column.type.python_type
    if kind is bool:
        said = text.casefold()
        return (said in _YES, None) if said in (*_YES, *_NO) else (None, YES_OR_NO)
    if kind is dt.date:
        day = day_of(text)
        return day, None if day else TYPE_WORDS[dt.date]
    if kind is int:
        return (int(text), None) if text.lstrip("-").isdecimal() else (None, TYPE_WORDS[int])
    return text, None


def day_of(text: str) -> dt.date | None:
    """The day that is written, as 2025-12-31 or 31.12.2025; None where it is neither."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
