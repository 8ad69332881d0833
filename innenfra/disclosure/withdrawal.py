"""Withdrawing a cell: a number that must not be shown any longer, until it is issued anew.

Belongs here: what the commands `innenfra withdraw`, `innenfra reissue` and `innenfra withdrawals` do, and
taking a withdrawn number out of what earlier releases showed.
Does not belong here: hiding it in the next release (`dbt_project/models/gate`), erasing what people wrote
(`innenfra/erasure.py`).

A withdrawal takes the cell out of every sum as well. What was last shown is still remembered
(`published.released_atom`), so a cell that is issued anew differs from it by nobody or by enough people.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.errors import UserError
from innenfra.explain import parse_period

_CELL = (
    "school_id = %(school)s and indicator_id = %(indicator)s and period_type = %(kind)s and period ="
    " %(period)s"
)
NUMBERS = (
    "numerator",
    "numerator_high",
    "denominator",
    "value",
    "value_high",
    "value_below",
    "n_respondents",
    "n_band",
    "interval_low",
    "interval_high",
    "shrunken",
    "reliability",
)
"""Columns of a published value that tell a number."""


def withdraw(url: str, unit: str, indicator: str, period: str, by_whom: str, reason: str) -> int:
    """Withdraw a school's cell from the next release on; returns the number of the withdrawal. UserError
    where there is no such cell, or it is withdrawn."""
    with connect(url) as connection:
        cell = _cell(connection, unit, indicator, period)
        if connection.execute(
            f"select 1 from published.withdrawal where lifted_at is null and {_CELL}", cell
        ).fetchone():
            raise UserError(
                Words(
                    nb=f"{unit}, {indicator}, {period} er alt trukket tilbake. Se «innenfra withdrawals».",
                    nn=f"{unit}, {indicator}, {period} er alt trekt tilbake. Sjå «innenfra withdrawals».",
                    en=f"{unit}, {indicator}, {period} is withdrawn already. See “innenfra withdrawals”.",
                )
            )
        row = connection.execute(
            "insert into published.withdrawal (school_id, indicator_id, period_type, period, by_whom, reason)"
            " values (%(school)s, %(indicator)s, %(kind)s, %(period)s, %(by)s, %(reason)s) returning"
            " withdrawal_id",
            cell | {"by": by_whom, "reason": reason},
        ).fetchone()
    return int(row[0]) if row else 0


def reissue(url: str, unit: str, indicator: str, period: str, by_whom: str) -> int:
    """Lift a withdrawal, so that the next release may show the cell again; returns the number of the
    withdrawal."""
    with connect(url) as connection:
        cell = _cell(connection, unit, indicator, period)
        row = connection.execute(
            "update published.withdrawal set lifted_at = now(), lifted_by = %(by)s where lifted_at is null"
            f" and {_CELL} returning withdrawal_id",
            cell | {"by": by_whom},
        ).fetchone()
        if not row:
            raise UserError(
                Words(
                    nb=f"{unit}, {indicator}, {period} er ikke trukket tilbake. Se «innenfra withdrawals».",
                    nn=f"{unit}, {indicator}, {period} er ikkje trekt tilbake. Sjå «innenfra withdrawals».",
                    en=f"{unit}, {indicator}, {period} is not withdrawn. See “innenfra withdrawals”.",
                )
            )
    return int(row[0])


def withdrawals(url: str) -> list[dict[str, Any]]:
    """Everything that was withdrawn, the oldest first, and when it was lifted."""
    with connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("select * from published.withdrawal order by withdrawal_id").fetchall()


def take_out_of_the_past(connection: psycopg.Connection[Any], seen_by: str, relation: str) -> int:
    """What a release shows as withdrawn loses its numbers in earlier releases too, and so do the totals that
    held it; returns how many values did."""
    numbers = list(NUMBERS)
    take_out = read_sql(__file__, "sql/take_out_of_the_past", relation=relation)
    cells = connection.execute(take_out, {"numbers": numbers, "seen_by": seen_by}).rowcount
    if seen_by != "others":
        return cells
    # totals of earlier releases that held the cell: the new total less the old one would be the number itself
    take_totals_out = read_sql(__file__, "sql/take_totals_out_of_the_past")
    return cells + connection.execute(take_totals_out, {"numbers": numbers}).rowcount


def _cell(connection: psycopg.Connection[Any], unit: str, indicator: str, period: str) -> dict[str, str]:
    """The cell that a person names, as the database knows it."""
    kind, number = parse_period(period)
    row = connection.execute(
        "select value.school_id from gate.indicator_value as value inner join gate.school as school using"
        " (school_id) where (school.school_id = %(unit)s or school.school_code = %(unit)s or school.name ="
        " %(unit)s) and value.indicator_id = %(indicator)s and value.period_type = %(kind)s and value.period"
        " = %(number)s limit 1",
        {"unit": unit, "indicator": indicator, "kind": kind, "number": number},
    ).fetchone()
    if not row:
        raise UserError(
            Words(
                nb=(
                    f"Det finnes ingen verdi for {unit}, {indicator}, {period}. Kontroller skole, indikator"
                    " og periode."
                ),
                nn=(
                    f"Det finst ingen verdi for {unit}, {indicator}, {period}. Kontroller skule, indikator og"
                    " periode."
                ),
                en=(
                    f"There is no value for {unit}, {indicator}, {period}. Check school, indicator and"
                    " period."
                ),
            ),
            exit_code=4,
        )
    return {"school": row[0], "indicator": indicator, "kind": kind, "period": number}
