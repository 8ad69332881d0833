"""Whether two builds made the same rows.

Belongs here: a fingerprint of each table and school over every row and column. Does not belong here: what is
built.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import psycopg
from psycopg import sql

Fingerprints = dict[tuple[str, str], tuple[int, Decimal]]
"""By table and school (empty for a table without): how many rows, and the sum of all rows' hashes, which any
changed row changes."""


def fingerprints(connection: psycopg.Connection, schemas: Sequence[str]) -> Fingerprints:
    """Of all tables of the schemas, whatever the order of their rows."""
    tables = connection.execute(
        "select table_schema, table_name, bool_or(column_name = 'school_id') from information_schema.columns"
        " inner join information_schema.tables using (table_schema, table_name) where table_schema = any(%s)"
        " and table_type = 'BASE TABLE' group by 1, 2",
        (list(schemas),),
    ).fetchall()
    found: Fingerprints = {}
    for schema, table, has_school in tables:
        school = sql.Identifier("school_id") if has_school else sql.Literal("")
        query = sql.SQL(
            "select coalesce({}, ''), count(*), sum(('x' || left(md5(t::text),"
            " 16))::bit(64)::bigint::numeric) from {} as t group by 1"
        )
        rows = connection.execute(query.format(school, sql.Identifier(schema, table))).fetchall()
        found |= {(f"{schema}.{table}", key): (number, hashed) for key, number, hashed in rows}
    return found


def differing(one: Fingerprints, other: Fingerprints) -> list[tuple[str, str]]:
    """Tables and schools whose rows are not the same in both."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
