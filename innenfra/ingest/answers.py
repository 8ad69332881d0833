"""Open log answers on their way into `restricted`: until when they are kept, and which are not taken in at
all.

Belongs here: writing answers of a round, in place of those of an earlier file, and leaving out what was
erased.
Does not belong here: masking (`innenfra/masking.py`), erasing (`innenfra/erasure.py`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import psycopg

from innenfra.contracts.logs import log_text
from innenfra.database.load import copy_frame
from innenfra.findings import Finding
from innenfra.formats.sheets import about
from innenfra.ingest.prepare import Prepared

ROUND = ("school_id", "partnership_id", "loop_no", "round_no")
ERASING = 4219
"""Advisory lock: shared while a file is taken in, alone while something is erased."""

_SAME_ROUND = " and ".join(f"{name} = %({name})s" for name in ROUND)


def last_day(round_week: str | None, received: dt.date, days: int) -> dt.date:
    """The last day on which answers are kept: `days` after the round's week (2025-W41), or after the day they
    were received."""
    year, _, week = (round_week or "").partition("-W")
    return (dt.date.fromisocalendar(int(year), int(week), 7) if week else received) + dt.timedelta(days=days)


def erased_file(connection: psycopg.Connection, name: str, sha256: str) -> list[Finding]:
    """A word to whoever delivers a file again whose open answers were erased."""
    row = connection.execute(
        "select max(erased_at)::date from inbox.erasure where sha256 = %s", (sha256,)
    ).fetchone()
    connection.commit()
    return [_said(name, row[0])] if row and row[0] else []


def leave_out_erased(cursor: psycopg.Cursor, sha256: str, made: Prepared) -> None:
    """Take the answers out of what was prepared where the file or its whole round was erased, or the round is
    not known."""
    cursor.execute("select pg_advisory_xact_lock_shared(%s)", (ERASING,))
    if made.texts is None or made.rejected:
        return
    rounds = _rounds(made)
    erased: dict[int, dt.date] = {}
    for row, about_round in rounds.items():
        found = cursor.execute(
            "select max(erased_at)::date from inbox.erasure where sha256 = %(sha256)s or (scope in ('round',"
            f" 'retention') and {_SAME_ROUND})",
            about_round | {"sha256": sha256},
        ).fetchone()
        if found and found[0]:
            erased[row] = found[0]
    # without their round nobody would know until when they are kept
    kept = made.texts.filter(pl.col("round_row").is_in(list(rounds.keys() - erased.keys())))
    if kept.height == made.texts.height and not erased and rounds:
        return
    made.texts, made.text_left_out = kept if kept.height else None, True
    if erased:
        made.findings.append(_said(made.name, max(erased.values())))


def store(cursor: psycopg.Cursor, file_id: int, made: Prepared) -> None:
    """Write the answers in place of those of an earlier file for the round; a later file does not prolong
    their time."""
    if made.texts is None or not made.texts.height:
        return
    policy = cursor.execute(
        "select text_days from authz.access_policy order by policy_version desc limit 1"
    ).fetchone()
    weeks = dict(made.landed["log_rounds"].select("row_number", "round_week").rows())
    for row, about_round in _rounds(made).items():
        texts = made.texts.filter(pl.col("round_row") == row).drop("round_row")
        if texts.is_empty():
            continue
        before = cursor.execute(
            f"with gone as (delete from restricted.log_text where {_SAME_ROUND} returning delete_after)"
            " select min(delete_after) from gone",
            about_round,
        )
        known = before.fetchone()
        last = last_day(weeks[row], dt.date.today(), policy[0] if policy else 0)
        stamped = {
            **about_round,
            "file_id": file_id,
            "delete_after": min(last, known[0]) if known and known[0] else last,
        }
        copy_frame(
            cursor, log_text, texts.with_columns(pl.lit(value).alias(name) for name, value in stamped.items())
        )


def _rounds(made: Prepared) -> dict[int, dict[str, Any]]:
    """The rounds that landed, by their row."""
    return {
        row["row_number"]: {name: row[name] for name in ROUND}
        for row in made.landed["log_rounds"].iter_rows(named=True)
    }


def _said(name: str, day: dt.date) -> Finding:
    return about("text_erased", name, severity="warning", found=f"{day:%d.%m.%Y}")
