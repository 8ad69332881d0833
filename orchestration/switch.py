"""One release, one switch: it is made where nobody looks, and shown whole in one short transaction.

Belongs here: the number of a release, what became of it, and the transaction that puts it in the place of the
one
before. Does not belong here: what is released (dbt, `models/published`), the audit (`release.py`).

Killed anywhere before the transaction has ended, readers see the release before, all of it; after, all of the
new.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import psycopg
from psycopg import sql

from innenfra.database.access import lint
from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.disclosure.audit import Audit
from innenfra.disclosure.readers import forget_older, open_up
from innenfra.disclosure.release import keep_past, remember

NOTE = "innenfra/note"
"""Tag of a run that says why its release is made."""

NEXT = "next"
"""Schema in which a release is made."""

RELEASE = dg.AssetKey(["published", "release"])


def begin_release(url: str, run_id: str, note: str | None) -> None:
    """Give the release of this run its number; a step that is tried again goes on with it."""
    with connect(url) as connection:
        connection.execute(
            "insert into published.release (run_id, note) select %(run)s, %(note)s where not exists (select 1"
            " from published.release where run_id = %(run)s)",
            {"run": run_id, "note": note},
        )


def write_audit(url: str, run_id: str, made: Audit) -> None:
    """What the audit found of the release of this run, in figures; one that does not pass is refused."""
    figures = made.figures | {name: len(cells) for name, cells in made.found.items()}
    with connect(url) as connection:
        connection.execute(
            "update published.release set audit = %s, state = case when %s then state else 'refused' end"
            " where run_id = %s",
            (json.dumps(figures), made.passed, run_id),
        )


def give_up(url: str, run_id: str) -> None:
    """The release of this run was not shown."""
    with connect(url) as connection:
        connection.execute(
            "update published.release set state = 'refused' where run_id = %s and state = 'candidate'",
            (run_id,),
        )


def switch_asset(url: str, deps: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The last step of a release: from now on readers see it."""

    @dg.multi_asset(
        specs=[
            dg.AssetSpec(
                RELEASE,
                deps=deps,
                group_name="published",
                description="Releases; the newest is what readers see.",
                kinds={"postgres"},
            )
        ],
        check_specs=[
            dg.AssetCheckSpec(
                "access_lint", asset=RELEASE, description="Row policies of all that readers reach."
            )
        ],
        name="switch",
        pool="database",
        required_resource_keys={"turn"},
    )
    def switch(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        with connect(url) as connection:
            figures = show(connection, context.run.run_id)
            found = lint(connection)
        yield dg.MaterializeResult(asset_key=RELEASE, metadata=figures)
        yield dg.AssetCheckResult(
            asset_key=RELEASE, check_name="access_lint", passed=not found, metadata={"found": list(found)}
        )

    return switch


def show(connection: psycopg.Connection[Any], run_id: str) -> dict[str, Any]:
    """Put the release of this run in the place of the one before. The caller commits: until then nobody sees
    any of it."""
    # what schools saw ahead is told by the release now, or is no other than what it tells
    connection.execute("delete from published.early_value")
    made = _relations(connection, NEXT)
    if not any(_differs(connection, name) for name, kind in made if kind == "r"):
        connection.execute("delete from published.release where run_id = %s", (run_id,))
        connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(NEXT)))
        return {"unchanged": True}
    row = connection.execute(
        "select release_id from published.release where run_id = %s", (run_id,)
    ).fetchone()
    release_id = int(row[0]) if row else 0
    remember(connection)
    open_up(connection)
    _put_in_place(connection, made)
    keep_past(connection, release_id)
    forget_older(connection, release_id)
    counts = connection.execute(
        read_sql(__file__, "sql/mark_published"), {"release": release_id}
    ).fetchone() or (0, 0, 0)
    found = lint(connection)
    if found:
        raise dg.Failure(
            "what would be shown is not protected", metadata={"found": found}, allow_retries=False
        )
    return {
        "release": release_id,
        "cells_shown": counts[0],
        "cells_pooled": counts[1],
        "cells_withheld": counts[2],
    }


def _put_in_place(connection: psycopg.Connection[Any], made: Sequence[tuple[str, str]]) -> None:
    """Each relation in the place of the one of its name. What rests on others goes first and comes last."""
    shown = {name for name, _ in _relations(connection, "published")}
    what = {"r": sql.SQL("table"), "v": sql.SQL("view")}
    for name, kind in sorted(made, key=lambda one: one[1] == "r"):
        if name in shown:
            connection.execute(sql.SQL("drop {} published.{}").format(what[kind], sql.Identifier(name)))
    for name, kind in sorted(made, key=lambda one: one[1] != "r"):
        connection.execute(
            sql.SQL("alter {} {}.{} set schema published").format(
                what[kind], sql.Identifier(NEXT), sql.Identifier(name)
            )
        )
        connection.execute("select authz.protect('published', %s)", (name,))
    connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(NEXT)))


def _relations(connection: psycopg.Connection[Any], schema: str) -> list[tuple[str, str]]:
    """Tables (r) and views (v) of a schema."""
    rows = connection.execute(
        "select relname, relkind::text from pg_class where relnamespace = to_regnamespace(%s) and relkind in"
        " ('r', 'v') order by 1",
        (schema,),
    ).fetchall()
    return [(str(name), str(kind)) for name, kind in rows]


def _differs(connection: psycopg.Connection[Any], name: str) -> bool:
    """Whether a relation of the release in the making has other columns or rows than the one that is
    shown."""
    columns = connection.execute(
        "select 1 from information_schema.columns where table_name = %s and table_schema in ('published', %s)"
        " group by column_name, data_type having count(*) <> 2 limit 1",
        (name, NEXT),
    ).fetchone()
    if columns is not None:
        return True
    there, now = sql.Identifier("published", name), sql.Identifier(NEXT, name)
    query = sql.SQL(
        "select exists ((table {0} except all table {1}) union all (table {1} except all table {0}))"
    ).format(there, now)
    row = connection.execute(query).fetchone()
    return bool(row and row[0])
