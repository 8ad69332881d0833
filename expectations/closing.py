"""How findings close: what was delivered anew, and what holds by now.

Belongs here: the states `settled` and `answered`, and letting go of rows that nothing holds any more.
Does not belong here: what is wrong (`across.py`, `innenfra/contracts`).

A finding is settled where its row is right by now: nothing is found in it any more, or its key was delivered
anew without the fault. It is answered where another delivery stands in its place and the row is not there, or
is
wrong there too (which is a finding of its own).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
import sqlalchemy as sa

from expectations.current import current_rows
from innenfra.contracts.declare import delivered
from innenfra.contracts.deliveries import delivery_tables


def settle(
    connection: psycopg.Connection[Any], rule: str, judged: str, broken: Sequence[tuple[Any, ...]]
) -> None:
    """Of the rows of the query `judged`, those that were found in an earlier run and break the rule no
    more."""
    connection.execute(
        "update quality.finding set state = 'settled' where rule = %(rule)s and state = 'open'"
        f" and (file_id, row_number) in (select file_id, row_number from ({judged}) as judged)"
        " and (file_id, row_number) not in (select * from unnest(%(files)s::bigint[], %(rows)s::integer[]))".encode(),
        {"rule": rule, "files": [row[1] for row in broken], "rows": [row[2] for row in broken]},
    )


def answer_replaced(connection: psycopg.Connection[Any], schools: Sequence[str]) -> None:
    """Findings of these schools in deliveries that count no more."""
    asked = {"schools": list(schools)}
    for table in delivery_tables().values():
        if delivered(table).file_type != "manifest":
            connection.execute(_OF_ROWS.format(**_names(table)).encode(), asked)
            connection.execute(_OF_HELD_ROWS.format(**_names(table)).encode(), asked)
    connection.execute(_OF_SHEETS.encode(), asked)
    connection.execute(_OF_REFUSED_FILES.encode(), asked)


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


_STILL = """
    exists (
        select 1 from quality.finding as still
        where still.file_id = again.file_id and still.file_type = finding.file_type and still.row_number = again.row_number
            and still.rule = finding.rule and still.state = 'open'
    )
"""
_OF_ROWS = """
    update quality.finding as finding
    set state = case
        when exists (select 1 from {current} as again where {same_key} and not {still}) then 'settled' else 'answered'
    end
    from landed.{table} as old
    where finding.state = 'open' and finding.file_type = '{file_type}'
        and old.school_id = any(%(schools)s) and old.file_id = finding.file_id and old.row_number = finding.row_number
        and not exists (
            select 1 from {current} as now
            where now.school_id = old.school_id and now.file_id = old.file_id and now.row_number = old.row_number
        )
""".replace("{still}", _STILL.strip())
"""Findings in rows that landed, and that other rows stand in the place of."""

_OF_HELD_ROWS = """
    with seen as (
        select finding.finding_id,
            exists (select 1 from {current} as again where again.file_id > old.file_id and {same_words} and not {still}) as is_right,
            exists (
                select 1 from inbox.delivery as before
                inner join quality.current_delivery as now using (school_id, file_type, period)
                where before.school_id = old.school_id and before.file_id = old.file_id and before.file_type = '{file_type}'
            )
            and not exists (
                select 1 from quality.current_delivery as now
                where now.school_id = old.school_id and now.file_type = '{file_type}' and now.file_id = old.file_id
            ) as is_replaced
        from quality.finding as finding
        inner join landed.held_back_row as old using (file_id, file_type, row_number)
        where finding.state = 'open' and finding.file_type = '{file_type}' and old.stage = 'ingest'
            and old.school_id = any(%(schools)s)
    )
    update quality.finding as finding set state = case when seen.is_right then 'settled' else 'answered' end
    from seen
    where finding.finding_id = seen.finding_id and (seen.is_right or seen.is_replaced)
""".replace("{still}", _STILL.strip())
"""Findings in rows that never landed: a later file lands a row with the key, or stands in the place of the
whole sheet."""

_OF_SHEETS = """
    update quality.finding as finding
    set state = case
        when exists (
            select 1 from quality.finding as still
            inner join quality.current_delivery as now using (file_id, file_type)
            where now.school_id = file.school_id and still.file_type = finding.file_type and still.row_number is null
                and still.rule = finding.rule and still.state = 'open' and still.file_id <> finding.file_id
        ) then 'answered' else 'settled'
    end
    from inbox.file as file
    where finding.state = 'open' and finding.file_type is not null and finding.row_number is null
        and file.file_id = finding.file_id and file.school_id = any(%(schools)s)
        and exists (
            select 1 from inbox.delivery as before
            inner join quality.current_delivery as now using (school_id, file_type, period)
            where before.file_id = finding.file_id and before.file_type = finding.file_type
        )
        and not exists (
            select 1 from quality.current_delivery as now
            where now.school_id = file.school_id and now.file_type = finding.file_type and now.file_id = finding.file_id
        )
"""
"""Findings on whole sheets that others stand in the place of."""

_OF_REFUSED_FILES = """
    update quality.finding as finding set state = 'settled'
    from inbox.file as file
    where finding.state = 'open' and finding.file_id = file.file_id and file.status = 'rejected' and file.school_id = any(%(schools)s)
        and exists (
            select 1 from inbox.file as later
            where later.school_id = file.school_id and later.file_name = file.file_name and later.file_id > file.file_id
                and later.status <> 'rejected'
        )
"""
"""Findings in a file that was refused: a later one of its name has landed."""
