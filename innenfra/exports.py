"""Taking published rows out as CSV or XLSX: as the person who asks, with words for statuses, and written
down.

Belongs here: what the command `innenfra export` does and the app's downloads call (`export`).
Does not belong here: who may see which rows (`innenfra/database/access.py`); the row policies decide, also
here.

The rows are read and the export is written down in one transaction: what is not in `authz.export_log` has
not left. A text that a spreadsheet would take for a formula is made harmless; numbers stay numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import psycopg
import xlsxwriter
from psycopg import sql
from psycopg.types.json import Jsonb

from innenfra.contracts.vocabulary import note_in_words, status_in_words, verdict_in_words
from innenfra.contracts.words import Words
from innenfra.database.access import READER, RULES
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.settings import Language

FileFormat = Literal["csv", "xlsx"]
RELATIONS = tuple(
    sorted(
        rule.relation.removeprefix("published.")
        for rule in RULES
        if rule.role == READER and rule.relation.startswith("published.")
    )
)
"""What may be taken out: everything published that readers reach."""

MAX_SHEET_ROWS = 1_048_575
_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_IN_WORDS = {
    "status": {"nb": "status_i_ord", "nn": "status_i_ord", "en": "status_in_words"},
    "note": {"nb": "merknad_i_ord", "nn": "merknad_i_ord", "en": "note_in_words"},
    "comparability": {
        "nb": "sammenligning_i_ord",
        "nn": "samanlikning_i_ord",
        "en": "comparability_in_words",
    },
    "change_comparability": {"nb": "endring_i_ord", "nn": "endring_i_ord", "en": "change_in_words"},
}
"""Columns of codes that are told in words too, and what the column of words is called."""

_REASONS = {"comparability": "comparability_reason", "change_comparability": "change_reason"}
_RELEASE = {"nb": "utgivelse", "nn": "utgjeving", "en": "release"}
_ABOUT = {
    "nb": ("Om filen", "Relasjon", "Utgivelse", "Utvalg", "Rader"),
    "nn": ("Om fila", "Relasjon", "Utgjeving", "Utval", "Rader"),
    "en": ("About", "Relation", "Release", "Selection", "Rows"),
}


@dataclass(frozen=True)
class Export:
    """A file to hand over: its name, its bytes, and what was written down about it."""

    file_name: str
    data: bytes
    sha256: str
    rows_n: int
    release_id: int | None


def export(
    url: str,
    actor: Actor,
    relation: str,
    selection: dict[str, str] | None = None,
    file_format: FileFormat = "csv",
    language: Language = "nb",
) -> Export:
    """The rows of a published relation that the actor may see, as a file; written down before it is handed
    over. `selection` is by column."""
    if relation not in RELATIONS:
        raise _unknown(relation, ", ".join(RELATIONS))
    wanted = selection or {}
    with acting(url, actor) as connection:
        release_id = _release(connection)
        columns = _columns(connection, relation)
        for name in wanted:
            if name not in columns:
                raise _unknown(name, ", ".join(columns))
        rows = _rows(connection, relation, columns, wanted)
        names, cells = with_words(columns, rows, release_id, language)
        if file_format == "xlsx" and len(cells) > MAX_SHEET_ROWS:
            raise UserError(
                Words(
                    nb="Utvalget er for stort for et regneark. Velg CSV.",
                    nn="Utvalet er for stort for eit rekneark. Vel CSV.",
                    en="The selection is too large for a sheet. Choose CSV.",
                )
            )
        about = dict(
            zip(
                _ABOUT[language][1:],
                (relation, release_id, json.dumps(wanted, ensure_ascii=False), len(cells)),
                strict=True,
            )
        )
        data = (
            as_csv(names, cells, language)
            if file_format == "csv"
            else as_xlsx(names, cells, _ABOUT[language][0], about)
        )
        digest = hashlib.sha256(data).hexdigest()
        connection.execute(
            "select authz.log_export(%s, %s, %s, %s, %s, %s)",
            (relation, Jsonb(wanted), file_format, release_id, len(cells), digest),
        )
    return Export(
        f"innenfra-{relation}-{_RELEASE[language]}-{release_id or 0}.{file_format}",
        data,
        digest,
        len(cells),
        release_id,
    )


def with_words(
    columns: list[str], rows: list[tuple[Any, ...]], release_id: int | None, language: Language
) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows with the release before all and, behind, the words for the status and the verdicts
    that are among them."""
    told = [name for name in _IN_WORDS if name in columns]
    names = [_RELEASE[language], *columns, *(_IN_WORDS[name][language] for name in told)]
    read = [dict(zip(columns, row, strict=True)) for row in rows] if told else [{}] * len(rows)
    return names, [
        [release_id, *row, *(_in_words(name, by_name, language) for name in told)]
        for row, by_name in zip(rows, read, strict=True)
    ]


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula or drop what it
    begins with."""
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") or text.lstrip().startswith(_STARTS_FORMULA) else text


def as_csv(names: list[str], rows: list[list[Any]], language: Language) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read it; semicolon and decimal comma in Norwegian, comma and
    point in English."""
    made = io.StringIO(newline="")
    decimal = "." if language == "en" else ","
    writer = csv.writer(made, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow(map(harmless, names))
    writer.writerows([_csv_cell(cell, decimal) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def as_xlsx(names: list[str], rows: list[list[Any]], title: str, about: dict[str, Any]) -> bytes:
    """A workbook with the rows and a sheet about them. A text is a text cell, never a formula or a link."""
    made = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {"in_memory": True, **never}) as workbook:
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("Data")
        for number, row in enumerate([names, *rows]):
            for position, cell in enumerate(row):
                value = _plain(cell)
                if isinstance(value, bool | str):
                    sheet.write_string(
                        number, position, value if isinstance(value, str) else str(value).lower()
                    )
                elif isinstance(value, dt.date):
                    sheet.write_datetime(
                        number, position, dt.datetime(value.year, value.month, value.day), date
                    )
                elif value is not None:
                    sheet.write_number(number, position, float(value))
        words = workbook.add_worksheet(title)
        for number, (name, value) in enumerate(about.items()):
            words.write_string(number, 0, name)
            words.write_string(number, 1, "" if value is None else str(value))
    return made.getvalue()


def _release(connection: psycopg.Connection) -> int | None:
    row = connection.execute(
        "select max(release_id) from published.release where state = 'published'"
    ).fetchone()
    return row[0] if row else None


def _columns(connection: psycopg.Connection, relation: str) -> list[str]:
    """Columns that the role reads."""
    found = connection.execute(
        "select attname::text from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not"
        " attisdropped and has_column_privilege(attrelid, attnum, 'select') order by attnum",
        (f"published.{relation}",),
    ).fetchall()
    if not found:
        raise UserError(
            Words(
                nb=f"Rollen ser ikke {relation}.",
                nn=f"Rolla ser ikkje {relation}.",
                en=f"The role does not see {relation}.",
            )
        )
    return [row[0] for row in found]


def _rows(
    connection: psycopg.Connection, relation: str, columns: list[str], wanted: dict[str, str]
) -> list[tuple[Any, ...]]:
    conditions = sql.SQL(" and ").join(
        sql.SQL("{}::text = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in wanted
    )
    query = sql.SQL("select {} from {}{} order by {}").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.Identifier("published", relation),
        sql.SQL(" where {}").format(conditions) if wanted else sql.SQL(""),
        sql.SQL(", ").join(sql.SQL(str(n)) for n in range(1, len(columns) + 1)),
    )
    return connection.execute(query, wanted).fetchall()


def _in_words(name: str, row: dict[str, Any], language: Language) -> str:
    code = row[name]
    if code is None:
        return ""
    if name == "status":
        return status_in_words(code, row.get("status_reason"), language)
    return (
        note_in_words(code, language)
        if name == "note"
        else verdict_in_words(code, row.get(_REASONS[name]), language)
    )


def _plain(cell: Any) -> Any:
    """A cell as text, number, date, truth or nothing."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, list):
        return ", ".join(map(str, cell))
    return cell


def _csv_cell(cell: Any, decimal: str) -> str:
    value = _plain(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return (
            f"{value:f}".replace(".", decimal)
            if isinstance(value, Decimal)
            else str(value).replace(".", decimal)
        )
    return harmless(value) if isinstance(value, str) else str(value)


def _unknown(name: str, known: str) -> UserError:
    return UserError(
        Words(
            nb=f"{name} kan ikke tas ut. Velg en av {known}.",
            nn=f"{name} kan ikkje takast ut. Vel ein av {known}.",
            en=f"{name} cannot be taken out. Choose one of {known}.",
        )
    )
