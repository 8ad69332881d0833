"""How findings close: what was delivered anew, and what holds by now.

Belongs here: the states `settled` and `answered`, and letting go of rows that nothing holds any more.
Does not belong here: what is wrong (`cross_delivery`, `innenfra/contracts`).

A finding is settled where its row is right by now: nothing is found in it any more, or its key was delivered
anew without the fault. It is answered where another delivery stands in its place and the row is not there,
or is wrong there too (which is a finding of its own).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
import sqlalchemy as sa

from expectations.current import current_rows
from innenfra.contracts.declare import delivered
from innenfra.contracts.deliveries import delivery_tables
from innenfra.database.statements import read_sql


def settle(
    connection: psycopg.Connection[Any], rule: str, judged: str, broken: Sequence[tuple[Any, ...]]
) -> None:
    """Of the rows of the query `judged`, those that were found in an earlier run and break the rule no
    more."""
    query = (
        "update quality.finding set state = 'settled' where rule = %(rule)s and state = 'open'"
        f" and (file_id, row_number) in (select file_id, row_number from ({judged}) as judged)"
        " and (file_id, row_number) not in (select * from unnest(%(files)s::bigint[], %(rows)s::integer[]))"
    )
    connection.execute(
        query.encode(),
        {"rule": rule, "files": [row[1] for row in broken], "rows": [row[2] for row in broken]},
    )


def answer_replaced(connection: psycopg.Connection[Any], schools: Sequence[str]) -> None:
    """Findings of these schools in deliveries that count no more."""
    asked = {"schools": list(schools)}
    for table in delivery_tables().values():
        if delivered(table).file_type != "manifest":
            names = _names(table)
            # in rows that landed, and that other rows stand in the place of
            connection.execute(read_sql(__file__, "sql/close_in_rows", still=_STILL, **names), asked)
            # in rows that never landed: a later file lands a row with the key, or stands in the place of the
            # whole sheet
            connection.execute(read_sql(__file__, "sql/close_in_held_rows", still=_STILL, **names), asked)
    # on whole sheets that others stand in the place of
    connection.execute(read_sql(__file__, "sql/close_on_sheets"), asked)
    # in a file that was refused: a later one of its name has landed
    connection.execute(read_sql(__file__, "sql/close_in_refused_files"), asked)


def release_rows(connection: psycopg.Connection[Any], schools: Sequence[str]) -> None:
    """Rows of these schools that were held and that no open finding holds any more."""
    connection.execute(
        "delete from landed.held_back_row as held where stage = 'across' and school_id = any(%s) and not"
        " exists (select 1 from quality.finding where finding.file_id = held.file_id and finding.file_type ="
        " held.file_type and finding.row_number = held.row_number and finding.severity = 'error' and"
        " finding.state = 'open')",
        (list(schools),),
    )


def _names(table: sa.Table) -> dict[str, str]:
    facts = delivered(table)
    key = [name for name in facts.key if name != "school_id"]
    return {
        "table": table.name,
        "file_type": facts.file_type,
        "current": current_rows(table),
        "same_key": " and ".join(
            ["again.school_id = old.school_id", *(f"again.{k} is not distinct from old.{k}" for k in key)]
        ),
        "same_words": " and ".join(
            [
                "again.school_id = old.school_id",
                *(f"again.{k}::text is not distinct from old.row_values ->> '{k}'" for k in key),
            ]
        ),
    }


_STILL = """exists (
        select 1 from quality.finding as still
        where
            still.file_id = again.file_id and still.file_type = finding.file_type
            and still.row_number = again.row_number and still.rule = finding.rule and still.state = 'open'
    )"""
"""Whether the row that stands in the place has the same finding."""
