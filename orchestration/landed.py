"""From the inbox to `landed`, checked: one step per run, with what it did on each table.

Belongs here: the assets `inbox/*` and `landed/*`, and their checks as Dagster shows them.
Does not belong here: reading files (`innenfra/ingest`), rules (`innenfra/contracts`, `expectations`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import psycopg

from expectations.run import Outcome, check_files, claim
from innenfra.contracts.declare import delivered
from innenfra.contracts.deliveries import delivery_tables
from innenfra.database.engine import connect
from innenfra.erasure import finish_erasing
from innenfra.ingest.inbox import pending
from innenfra.ingest.receive import Receipt, ingest_paths
from innenfra.ingest.reconcile import reconcile
from innenfra.settings import Settings
from orchestration.changes import is_to_be_built, models_version
from orchestration.record import begin

RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
NIGHTLY = dg.FreshnessPolicy.time_window(
    warn_window=dt.timedelta(hours=26), fail_window=dt.timedelta(hours=50)
)
"""Each night a run looks into the inbox; Dagster warns when one was missed, and fails the asset's health when
two were."""

FILE, DELIVERY, HELD = (
    dg.AssetKey(["inbox", "file"]),
    dg.AssetKey(["inbox", "delivery"]),
    dg.AssetKey(["landed", "held_back_row"]),
)
TABLES = {file_type: table for file_type, table in delivery_tables().items() if file_type != "manifest"}
MOST_SHOWN = 100
"""Rows of a table that Dagster's pages show; all of them are in `quality.finding`."""


class InboxConfig(dg.Config):
    """What a run takes: everything that waits, or one school's. With `full_refresh` all is built, whether or
    not anything is new."""

    school: str = ""
    full_refresh: bool = False


def landing_assets(settings: Settings, url: str) -> list[dg.AssetsDefinition]:
    """The inbox and all landed tables, made and checked by one step."""

    @dg.multi_asset(
        specs=[
            dg.AssetSpec(
                FILE,
                group_name="inbox",
                description="Delivered files, one row each.",
                kinds={"postgres"},
                freshness_policy=NIGHTLY,
                skippable=True,
            ),
            dg.AssetSpec(
                DELIVERY,
                group_name="inbox",
                description="What each file delivers.",
                kinds={"postgres"},
                skippable=True,
            ),
            dg.AssetSpec(
                HELD, group_name="landed", description="Rows held back.", kinds={"postgres"}, skippable=True
            ),
            *(
                dg.AssetSpec(
                    ["landed", table.name],
                    group_name="landed",
                    description=table.comment,
                    kinds={"postgres"},
                    skippable=True,
                    tags={"innenfra/file_type": file_type, "innenfra/sender": delivered(table).sender},
                )
                for file_type, table in TABLES.items()
            ),
        ],
        check_specs=[
            *(
                dg.AssetCheckSpec(
                    f"contract_{file_type}",
                    asset=dg.AssetKey(["landed", table.name]),
                    description=f"The rules of {file_type}, again on the landed rows.",
                )
                for file_type, table in TABLES.items()
            ),
            dg.AssetCheckSpec(
                "across_deliveries",
                asset=dg.AssetKey(["landed", "team_loop"]),
                description="Rules that need other deliveries.",
            ),
        ],
        name="inbox",
        can_subset=True,
        pool="database",
        retry_policy=RETRY,
        required_resource_keys={"turn"},
    )
    def inbox(context: dg.AssetExecutionContext, config: InboxConfig) -> Iterator[Any]:
        run_id = context.run.run_id
        begin(url, run_id)
        finish_erasing(url, settings)
        orphans, missing = reconcile(url, settings, run_id)
        if orphans or missing:
            context.log.warning(f"store: {orphans} places were left half done, {missing} files without bytes")
        with pending(settings) as waiting:
            receipts = ingest_paths(
                list(waiting.values()), settings, url, received_by="inbox", only=config.school or None
            )
        taken = [r for r in receipts if r.status not in ("already_delivered", "left")]
        files = claim(url, run_id, config.school)
        made = check_files(url, files, run_id) if files else {}
        context.log.info(
            f"{len(taken)} files taken in, {len(files)} checked, {sum(r.rows_held_back for r in taken)} rows"
            " held back"
        )
        with connect(url) as connection:
            told = _metadata(connection, settings, taken, files)
            anything = config.full_refresh or is_to_be_built(connection, models_version())
        # what is not told here is not made, and nothing that rests on it either
        told = told if files or anything else {FILE: told[FILE]}
        for key in sorted(told.keys() & context.selected_asset_keys, key=lambda k: k.path):
            yield dg.MaterializeResult(asset_key=key, metadata=told[key])
        yield from _results(made, context.selected_asset_check_keys)

    return [inbox]


def _results(made: Mapping[str, Outcome], wanted: Any) -> Iterator[dg.AssetCheckResult]:
    """What the checks found, as it is. It warns: rows are held, and all else goes on."""
    places = {
        f"contract_{file_type}": dg.AssetKey(["landed", table.name]) for file_type, table in TABLES.items()
    }
    for name, outcome in made.items():
        key = dg.AssetCheckKey(places.get(name, dg.AssetKey(["landed", "team_loop"])), name)
        if key in wanted:
            rows = [
                {"file": b.file, "sheet": b.sheet, "row": b.row, "column": b.column, "rule": b.rule}
                for b in outcome.broken[:MOST_SHOWN]
            ]
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=name,
                passed=outcome.passed,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={
                    "rows_checked": outcome.rows_checked,
                    "rows_found": outcome.rows_found,
                    **({"rows": _table(rows)} if rows else {}),
                },
            )


def _metadata(
    connection: psycopg.Connection[Any], settings: Settings, taken: Sequence[Receipt], files: Sequence[int]
) -> dict[dg.AssetKey, dict[str, Any]]:
    """By table: rows in all, rows that this run checked and those of them that were held, and by file what
    became of it."""
    of_run = connection.execute(
        "select file_type, sum(rows_landed)::int, sum(rows_held_back)::int, count(distinct file_id) from"
        " inbox.delivery where file_id = any(%s) group by 1",
        (list(files),),
    ).fetchall()
    new = {row[0]: {"rows_of_this_run": row[1], "rows_held_back": row[2], "files": row[3]} for row in of_run}
    nothing = {"rows_of_this_run": 0, "rows_held_back": 0, "files": 0}
    told: dict[dg.AssetKey, dict[str, Any]] = {}
    for file_type, table in TABLES.items():
        told[dg.AssetKey(["landed", table.name])] = {
            "dagster/row_count": _count(connection, f"landed.{table.name}"),
            **new.get(file_type, nothing),
        }
    told[HELD] = {"dagster/row_count": _count(connection, "landed.held_back_row")}
    told[DELIVERY] = {"dagster/row_count": _count(connection, "inbox.delivery")}
    rows = [
        {
            "file": r.file_name,
            "school": r.school_id or "",
            "status": r.status,
            "rows": r.rows_read,
            "landed": r.rows_landed,
            "held": r.rows_held_back,
            "said": next(
                (f.message[settings.language] for f in sorted(r.findings, key=lambda f: f.severity)), ""
            ),
        }
        for r in taken[:MOST_SHOWN]
    ]
    told[FILE] = {
        "dagster/row_count": _count(connection, "inbox.file"),
        "files": len(taken),
        "rejected": sum(r.status == "rejected" for r in taken),
        **({"what_became_of_them": _table(rows)} if rows else {}),
    }
    return told


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(f"select count(*) from {table}".encode()).fetchone()
    return int(row[0]) if row else 0


def _table(rows: Sequence[dict[str, Any]]) -> dg.MetadataValue[Any]:
    return dg.MetadataValue.table([dg.TableRecord(row) for row in rows])
