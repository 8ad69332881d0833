"""Loading registers from CSV: schools, owners, municipalities, institutions, partnerships.

Belongs here: CSV files named by the register table into `register.*`, in one transaction.
Does not belong here: what schools deliver (`innenfra/ingest`).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

from innenfra.contracts import registers as declared
from innenfra.contracts.declare import metadata
from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError


def load_registers(paths: Sequence[Path], url: str) -> dict[str, int]:
    """Insert or update rows of `register.<file name without .csv>`; returns rows per table."""
    counts: dict[str, int] = {}
    with connect(url) as connection, connection.transaction():
        for path in paths:
            if not path.is_file():
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
            with path.open(encoding="utf-8-sig", newline="") as handle:
                counts[table.name] = _upsert(connection, table, list(csv.DictReader(handle)), path.name)
    return counts


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
        _upsert(connection, declared.municipality, list(rows.values()), "klass131_municipalities.csv")
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
        _upsert(connection, declared.municipality_change, changes, "klass131_municipality_changes.csv")


def _upsert(
    connection: psycopg.Connection, table: sa.Table, rows: list[dict[str, str]], file_name: str
) -> int:
    if not rows:
        return 0
    names = [c.name for c in table.columns if c.name in rows[0]]
    missing = [
        c.name for c in table.columns if c.name not in rows[0] and not c.nullable and c.server_default is None
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
        cursor.executemany(statement, [[row[n] or None for n in names] for row in rows])
    return len(rows)
