"""A network made larger within its database: copies of its rows, each with schools, owners and people of its
own.

Belongs here: the copying, for any benchmark. Does not belong here: which tables a benchmark needs copied.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

_ORGANISATION = "({}::bigint - 100000 * copy)::text"
_LISTED = f"(select array_agg({_ORGANISATION.format('one')}) from unnest({{}}) as one)"
_LAST = "regexp_replace({0}, '[0-9]+$', '') || (substring({0} from '[0-9]+$')::bigint - 100000 * copy)::text"
OF_ORGANISATIONS = {
    "school_id": _ORGANISATION,
    "owner_id": _ORGANISATION,
    "unit_id": _ORGANISATION,
    "scope_id": _ORGANISATION,
    "school_ids": _LISTED,
    "unit_ids": _LISTED,
    "subject": _LAST,
}
"""How a copy differs, by column: organisation numbers further down."""
OF_PARTNERSHIPS = {
    "school_id": _ORGANISATION,
    "unit_id": _ORGANISATION,
    "partnership_id": "replace({}, 'PS-', 'PS' || copy || '-')",
    "agreement_id": "replace({}, 'AV-', 'AV' || copy || '-')",
    "school_code": "{} || '-' || copy",
}
"""The same where each copy has partnerships and codes of its own, and the owners stay."""
OF_DELIVERIES = OF_PARTNERSHIPS | {
    "period": OF_PARTNERSHIPS["partnership_id"],
    "file_id": "{} + 1000000 * copy",
    "sha256": "encode(sha256(({} || copy)::bytea), 'hex')",
}
"""The same for what is delivered, with files of its own."""


def multiply(url: str, copied: Mapping[str, str], differs: Mapping[str, str], copies: int) -> None:
    """Add `copies` of the rows of `copied` (a condition by table), each differing by column as `differs`
    says, and wait until the database has settled."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        for name, wanted in copied.items():
            schema, table = name.split(".")
            columns = [
                column
                for column, is_numbered in connection.execute(
                    "select column_name, is_identity = 'YES' from information_schema.columns where"
                    " table_schema = %s and table_name = %s order by ordinal_position",
                    (schema, table),
                ).fetchall()
                if not is_numbered or column in differs
            ]
            values = [sql.SQL(differs.get(column, "{}").format(f'"{column}"')) for column in columns]
            statement = sql.SQL(
                "insert into {} ({}) overriding system value select {} from {} as source cross join"
                " generate_series(1, %s) as copy where "
            ).format(
                sql.Identifier(schema, table),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join(values),
                sql.Identifier(schema, table),
            )
            connection.execute(statement + sql.SQL(wanted) + sql.SQL(" on conflict do nothing"), (copies,))
        # what so large a copy leaves to be done is done before anything is timed
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")
