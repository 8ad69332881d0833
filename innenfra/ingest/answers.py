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
    if made.landed["log_rounds"].is_empty():  # without their round nobody would know until when they are kept
        made.texts, made.text_left_out = None, True
        return
    row = cursor.execute(
        "select max(erased_at)::date from inbox.erasure where sha256 = %(sha256)s or (scope in ('round',"
        f" 'retention') and {_SAME_ROUND})",
        _round(made) | {"sha256": sha256},
    ).fetchone()
    if row and row[0]:
        made.texts, made.text_left_out = None, True
        made.findings.append(_said(made.name, row[0]))


def store(cursor: psycopg.Cursor, file_id: int, made: Prepared) -> None:
    """Write the answers in place of those of an earlier file for the round; a later file does not prolong
    their time."""
    if made.texts is None or not made.texts.height:
        return
    about_round = _round(made)
    before = cursor.execute(
        f"with gone as (delete from restricted.log_text where {_SAME_ROUND} returning delete_after) select"
        " min(delete_after) from gone",
        about_round,
    )
    known = before.fetchone()
    policy = cursor.execute(
        "select text_days from authz.access_policy order by policy_version desc limit 1"
    ).fetchone()
    last = last_day(made.landed["log_rounds"]["round_week"][0], dt.date.today(), policy[0] if policy else 0)
    stamped = {
        **about_round,
        "file_id": file_id,
        "delete_after": min(last, known[0]) if known and known[0] else last,
    }
    copy_frame(
        cursor,
        log_text,
        made.texts.with_columns(pl.lit(value).alias(name) for name, value in stamped.items()),
    )


def _round(made: Prepared) -> dict[str, Any]:
    row = made.landed["log_rounds"].row(0, named=True)
    return {name: row[name] for name in ROUND}


def _said(name: str, day: dt.date) -> Finding:
    return about("text_erased", name, severity="warning", found=f"{day:%d.%m.%Y}")
