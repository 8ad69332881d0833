"""Taking files in: gather the bytes, prepare them apart, store all in one transaction, hand out receipts.

Belongs here: disk, object store and database around `prepare.py`; `check_paths` is the same without storing.
Does not belong here: what is right or wrong.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import sqlalchemy as sa

from innenfra.contracts.deliveries import delivery_tables, tables_in_order
from innenfra.contracts.words import Words
from innenfra.database import tables
from innenfra.database.engine import connect, find_url
from innenfra.database.load import copy_frame
from innenfra.errors import UserError
from innenfra.findings import Finding
from innenfra.formats.sheets import Names, about
from innenfra.ingest import answers, store
from innenfra.ingest.apart import LOG, prepare_apart
from innenfra.ingest.copying import Taken, taken
from innenfra.ingest.delivery import mishap
from innenfra.ingest.prepare import Prepared
from innenfra.ingest.worker import start_worker
from innenfra.settings import Settings

INBOX = "inbox"
NUMBERED = re.compile(r"^\d{6,}-(?=.)")
"""What stands before the name of a file that was sent in from the app or the command line."""
UNREADABLE_RULES = (
    "unknown_format",
    "unsafe_file",
    "unreadable_file",
    "slow_file",
    "not_taken",
    "empty_file",
    "letter_alone",
    "picture_alone",
    "sound_file",
    "transcript",
    "deep_folder",
)


@dataclass(frozen=True)
class SheetRows:
    """The rows of one file type in a file that was checked: the number of the first as the sender's
    spreadsheet shows it, how many there are, and the numbers of those held back."""

    file_type: str
    first: int
    rows: int
    held: tuple[int, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What became of a file. `status` is landed, partly_landed, rejected, already_delivered, or left (of
    another school than the one asked for)."""

    file_name: str
    sha256: str
    status: str
    format: str | None = None
    school_id: str | None = None
    file_id: int | None = None
    rows_read: int = 0
    rows_landed: int = 0
    rows_held_back: int = 0
    findings: list[Finding] = field(default_factory=list)
    sheets: tuple[SheetRows, ...] = ()
    """How the rows of each sheet are; told by the check alone."""
    form_map: pl.DataFrame | None = None
    """Of a form that nobody has said what is: a map to confirm; told by the check alone."""

    def as_json(self) -> dict[str, Any]:
        """The receipt as the commands' JSON shows it."""
        plain = {k: v for k, v in self.__dict__.items() if k not in ("findings", "sheets", "form_map")}
        return plain | {"findings": [f.as_json() for f in self.findings]}


def exit_code(receipts: Sequence[Receipt]) -> int:
    """0 fine, 1 findings that block, 2 unreadable or unknown format."""
    rules = {f.rule for r in receipts for f in r.findings if f.severity == "error"}
    if rules & set(UNREADABLE_RULES):
        return 2
    return 1 if rules else 0


def all_there(paths: Sequence[Path]) -> None:
    """A path that somebody wrote wrong is told before anything is done. A link that leads nowhere is
    there."""
    for path in paths:
        if not os.path.lexists(path):
            raise UserError(
                Words(
                    nb=f"Fant ikke {path}. Kontroller stien.",
                    nn=f"Fann ikkje {path}. Kontroller stien.",
                    en=f"{path} was not found. Check the path.",
                ),
                2,
            )


def registered_schools(settings: Settings) -> frozenset[str] | None:
    """The schools of the register, or None where no database is at hand or none is registered yet. UserError
    where there is one and it cannot be asked."""
    url = find_url(settings)
    if url is None:
        return None
    try:
        with connect(url) as connection:
            rows = connection.execute("select distinct school_id from register.school").fetchall()
    except psycopg.errors.UndefinedTable:
        return None
    return frozenset(row[0] for row in rows) or None


def check_paths(
    paths: Sequence[Path],
    settings: Settings,
    school_id: str | None = None,
    registered: frozenset[str] | None = None,
    names: Names = (),
) -> list[Receipt]:
    """The dry run: every finding of every file, nothing stored. `names` are the school's own list, and are
    taken out of what is told."""
    all_there(paths)
    start_worker(settings)
    receipts = []
    for path in paths:
        with taken(path, settings, names) as delivery:
            made = prepare_apart(delivery, school_id, registered, settings)
            receipts.append(
                replace(_receipt(delivery, made), sheets=_sheets_of(made), form_map=made.form_map)
            )
    return receipts


def _sheets_of(made: Prepared) -> tuple[SheetRows, ...]:
    """How the rows of each file type are, as the template has them in order."""
    found = []
    for file_type in tables_in_order():
        landed, held = (
            frames[file_type]["row_number"] if file_type in frames else pl.Series(dtype=pl.Int32)
            for frames in (made.landed, made.held)
        )
        if len(landed) + len(held):
            first = int(pl.concat([landed.cast(pl.Int32), held.cast(pl.Int32)]).sort()[0])
            found.append(SheetRows(file_type, first, len(landed) + len(held), tuple(held.sort().to_list())))
    return tuple(found)


def ingest_paths(
    paths: Sequence[Path],
    settings: Settings,
    url: str,
    school_id: str | None = None,
    received_by: str = "command",
    names: Names = (),
    only: str | None = None,
) -> list[Receipt]:
    """Take the files in, each in one transaction. `names` are the school's own list, and are taken out before
    anything is written.

    `school_id` is the school of files that do not say; with `only`, files of other schools are left where
    they are.
    A list of names that lies beside a file of the inbox is removed when the file is taken in.
    """
    if received_by != INBOX:
        all_there(paths)
    start_worker(settings)
    with connect(url) as connection:
        registered = frozenset(
            r[0] for r in connection.execute("select distinct school_id from register.school").fetchall()
        )
        connection.commit()
        receipts, used_up = [], set()
        for path in paths:
            with taken(path, settings, names) as delivery:
                receipts.append(
                    _take_in(connection, delivery, settings, school_id, registered, received_by, only)
                )
                used_up |= set(delivery.lists) if receipts[-1].status != "left" else set()
        if received_by == INBOX:
            for given in used_up:
                given.unlink(missing_ok=True)
        return receipts


def _take_in(
    connection: psycopg.Connection,
    delivery: Taken,
    settings: Settings,
    school_id: str | None,
    registered: frozenset[str],
    received_by: str,
    only: str | None = None,
) -> Receipt:
    if received_by == INBOX and (sent := _sent(connection, delivery)) is not None:
        delivery, received_by = _as_sent(delivery, sent[0]), "upload"
        school_id = school_id or sent[1]
    known = connection.execute(
        "select sha256, school_id, file_id from inbox.file where sha256 = %s", (delivery.sha256,)
    ).fetchall()
    connection.commit()
    if known and (school_id is None or school_id in {k[1] for k in known}):
        said = answers.erased_file(connection, delivery.name, delivery.sha256)
        return Receipt(
            delivery.name,
            delivery.sha256,
            "already_delivered",
            school_id=known[0][1],
            file_id=known[0][2],
            findings=said,
        )
    made = prepare_apart(delivery, school_id, registered, settings)
    if delivery.gone:
        return _receipt(delivery, made)
    if only is not None and made.school_id != only:
        return Receipt(delivery.name, delivery.sha256, "left", school_id=made.school_id)
    try:
        return _write(connection, delivery, made, settings, received_by)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        # what no check foresaw and no table takes is this file's alone
        finding, trouble = mishap(delivery.name, error)
        LOG.error(trouble)
        refused = Prepared(delivery.name, made.format, made.school_id, findings=[finding], rejected=True)
        return _write(connection, delivery, refused, settings, received_by)


def _as_sent(delivery: Taken, name: str) -> Taken:
    """The delivery as its sender called it: in the inbox a file has its receipt's number before its name,
    and a sheet that is a file of its own is known by its name."""
    parts = delivery.parts
    if len(parts) == 1 and (there := NUMBERED.sub("", parts[0].name)) != parts[0].name:
        parts = [parts[0].rename(parts[0].with_name(there))]
    return replace(delivery, name=name, parts=parts)


def _sent(connection: psycopg.Connection, delivery: Taken) -> tuple[str, str] | None:
    """What somebody who sent these bytes in from the app called them, and the school they are for; of
    several schools, one that does not have them yet."""
    row = connection.execute(
        "select file_name, school_id from dialogue.submission as sent where sha256 = %s and taken_back_at is"
        " null order by exists (select 1 from inbox.file where file.sha256 = sent.sha256 and file.school_id ="
        " sent.school_id), submission_id desc limit 1",
        (delivery.sha256,),
    ).fetchone()
    connection.commit()
    return None if row is None else (row[0], row[1])


def _write(
    connection: psycopg.Connection, delivery: Taken, made: Prepared, settings: Settings, received_by: str
) -> Receipt:
    """All of one file in one transaction. Where its bytes are put is written down before they are."""
    place = store.new_place(delivery.sha256, settings)
    if not made.rejected:
        connection.execute("insert into inbox.being_kept (store_path) values (%s)", (place,))
        connection.commit()
    with connection.transaction(), connection.cursor() as cursor:
        answers.leave_out_erased(cursor, delivery.sha256, made)
        made.findings += _already_replaced(cursor, made)
        receipt = _receipt(delivery, made)
        # what was refused is still with its sender, and what was erased is not kept a second time
        key = None if made.rejected or made.text_left_out else store.new_key()
        if key:
            store.keep(delivery, key, place)
        row = cursor.execute(
            "insert into inbox.file (sha256, file_name, format, size_bytes, school_id, received_by, status,"
            " rows_read, rows_landed, rows_held_back, store_path) values (%s, %s, %s, %s, %s, %s, %s, %s, %s,"
            " %s, %s) on conflict do nothing returning file_id",
            (
                delivery.sha256,
                delivery.name,
                made.format,
                delivery.size_bytes,
                made.school_id,
                received_by,
                receipt.status,
                receipt.rows_read,
                receipt.rows_landed,
                receipt.rows_held_back,
                place if key else "",
            ),
        ).fetchone()
        if row is None:
            # another process was first; what is kept here is nobody's, and the next run takes it away
            return Receipt(delivery.name, delivery.sha256, "already_delivered", school_id=made.school_id)
        cursor.execute("delete from inbox.being_kept where store_path = %s", (place,))
        _store(cursor, int(row[0]), made)
        if key:
            holds_text = made.texts is not None
            cursor.execute(
                "insert into restricted.file_key (file_id, key, holds_text) values (%s, %s, %s)",
                (row[0], key, holds_text),
            )
    return Receipt(**{**receipt.__dict__, "file_id": int(row[0])})


def _already_replaced(cursor: psycopg.Cursor, made: Prepared) -> list[Finding]:
    """A word to whoever delivers what a delivery that came before says it replaces."""
    given = sorted({str(one["delivery_id"]) for one in made.deliveries if one.get("delivery_id")})
    if made.rejected or not given:
        return []
    rows = cursor.execute(
        "select supersedes_delivery_id, min(delivery_id) from inbox.delivery where school_id = %s and"
        " supersedes_delivery_id = any(%s) and delivery_id <> supersedes_delivery_id group by 1 order by 1",
        (made.school_id, given),
    ).fetchall()
    return [
        about("already_replaced", made.name, severity="warning", found=replaced, expected=by)
        for replaced, by in rows
    ]


def _store(cursor: psycopg.Cursor, file_id: int, made: Prepared) -> None:
    for file_type, frame in made.landed.items():
        table = delivery_tables()[file_type]
        copy_frame(cursor, table, frame.with_columns(pl.lit(file_id).alias("file_id")))
    for file_type, held in made.held.items():
        stamped = held.with_columns(
            pl.lit(made.school_id or "").alias("school_id"),
            pl.lit(file_id).alias("file_id"),
            pl.lit(file_type).alias("file_type"),
            pl.lit("ingest").alias("stage"),
        )
        copy_frame(cursor, tables.held_back_row, stamped)
    if made.deliveries:
        copy_frame(
            cursor,
            tables.delivery,
            _frame(made.deliveries, tables.delivery).with_columns(pl.lit(file_id).alias("file_id")),
        )
    if made.findings:
        copy_frame(
            cursor, tables.finding, _frame([_finding_row(f, file_id) for f in made.findings], tables.finding)
        )
    answers.store(cursor, file_id, made)


def _frame(rows: list[dict[str, Any]], table: sa.Table) -> pl.DataFrame:
    kinds: dict[type, type[pl.DataType]] = {int: pl.Int64, str: pl.String, bool: pl.Boolean, dt.date: pl.Date}
    schema = {name: kinds[table.c[name].type.python_type] for name in rows[0]}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _finding_row(finding: Finding, file_id: int) -> dict[str, Any]:
    plain = {
        n: getattr(finding, n)
        for n in (
            "file_type",
            "sheet",
            "row_number",
            "column",
            "value_shown",
            "rule",
            "severity",
            "owner",
            "state",
        )
    }
    return (
        plain
        | {"file_id": file_id}
        | {f"message_{lang}": finding.message[lang] for lang in ("nb", "nn", "en")}
    )


def _receipt(delivery: Taken, made: Prepared) -> Receipt:
    status = (
        "rejected"
        if made.rejected
        else (
            "partly_landed"
            if made.rows_held_back or any(f.severity == "error" for f in made.findings)
            else "landed"
        )
    )
    return Receipt(
        delivery.name,
        delivery.sha256,
        status,
        made.format,
        made.school_id,
        None,
        made.rows_landed + made.rows_held_back,
        made.rows_landed,
        made.rows_held_back,
        made.findings,
    )
