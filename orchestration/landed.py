"""From the inbox to `landed`: one asset per table, one ingest per run.

Belongs here: assets `inbox/file`, `inbox/delivery`, `landed/*`, and their contract checks.
Does not belong here: reading files (`innenfra/ingest`), rules (`innenfra/contracts`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import dagster as dg
import psycopg

from expectations.run import check_across, check_contract
from innenfra.contracts.declare import delivered
from innenfra.contracts.deliveries import delivery_tables
from innenfra.ingest.inbox import pending
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings
from orchestration.inbox import SCHOOL_YEARS
from orchestration.record import begin

RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
NIGHTLY = dg.FreshnessPolicy.time_window(warn_window=dt.timedelta(hours=26), fail_window=dt.timedelta(hours=50))
"""Each night a run looks into the inbox; Dagster warns when one was missed, and fails the asset's health when two were."""


class InboxConfig(dg.Config):
    """What a run takes: everything that waits, or one school's."""

    school: str = ""


def files_of_run(connection: psycopg.Connection, school: str = "") -> list[int]:
    """Files whose rows no run has checked yet (or, after a crash, not to the end)."""
    rows = connection.execute(
        "select file_id from inbox.file where status <> 'rejected' and (%s = '' or school_id = %s)"
        " and received_at > coalesce((select max(started_at) from quality.run where outcome = 'succeeded'), '-infinity')"
        " order by file_id",
        (school, school),
    ).fetchall()
    return [int(r[0]) for r in rows]


def landing_assets(settings: Settings, url: str) -> list[dg.AssetsDefinition]:
    """The inbox, and each landed table by school year."""

    @dg.multi_asset(
        specs=[
            dg.AssetSpec(["inbox", "file"], group_name="inbox", description="Delivered files, one row each.", kinds={"postgres"}, freshness_policy=NIGHTLY),
            dg.AssetSpec(["inbox", "delivery"], group_name="inbox", description="What each file delivers.", kinds={"postgres"}),
            dg.AssetSpec(["landed", "held_back_row"], group_name="landed", description="Rows held back.", kinds={"postgres"}),
        ],
        name="inbox",
        pool="database",
        retry_policy=RETRY,
    )
    def inbox(context: dg.AssetExecutionContext, config: InboxConfig) -> Iterator[dg.MaterializeResult[Any]]:
        begin(url, context.run_id)
        with pending(settings) as waiting:
            receipts = ingest_paths(list(waiting.values()), settings, url, received_by="inbox", only=config.school or None)
        taken = [r for r in receipts if r.status not in ("already_delivered", "left")]
        context.log.info(f"{len(taken)} files taken in, {sum(r.rows_held_back for r in taken)} rows held back")
        for key in (["inbox", "file"], ["inbox", "delivery"], ["landed", "held_back_row"]):
            yield dg.MaterializeResult(asset_key=key, metadata={"files": len(taken), "rejected": sum(r.status == "rejected" for r in taken)})

    def one(file_type: str) -> dg.AssetsDefinition:
        table = delivery_tables()[file_type]

        @dg.asset(
            key=["landed", table.name], deps=[["inbox", "file"]], group_name="landed", description=table.comment, kinds={"postgres"},
            partitions_def=SCHOOL_YEARS, backfill_policy=dg.BackfillPolicy.single_run(), pool="database", retry_policy=RETRY,
            tags={"innenfra/file_type": file_type, "innenfra/sender": delivered(table).sender},
        )  # fmt: skip
        def landed(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
            with psycopg.connect(url) as connection:
                row = connection.execute(
                    "select coalesce(sum(rows_landed), 0), count(distinct file_id) from inbox.delivery where file_type = %s and school_year = any(%s)",
                    (file_type, list(context.partition_keys)),
                ).fetchone()
            rows, files = row if row else (0, 0)
            return dg.MaterializeResult(metadata={"dagster/row_count": int(rows), "files": int(files)})

        return landed

    return [inbox, *(one(file_type) for file_type in delivery_tables() if file_type != "manifest")]


def landing_checks(url: str) -> list[dg.AssetChecksDefinition]:
    """The contract of each landed table, and the rules over several deliveries. Rows found are held; nothing else waits."""

    def contract(file_type: str) -> dg.AssetChecksDefinition:
        table = delivery_tables()[file_type]

        @dg.asset_check(
            asset=dg.AssetKey(["landed", table.name]),
            name=f"contract_{file_type}",
            blocking=True,
            description=f"The rules of {file_type}, again on the landed rows.",
        )
        def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
            with psycopg.connect(url) as connection:
                files = files_of_run(connection)
            made = check_contract(url, file_type, files, context.run.run_id) if files else None
            found = made.rows_found if made else 0
            return dg.AssetCheckResult(passed=made.passed if made else True, metadata={"rows_held": found, "rows_checked": made.rows_checked if made else 0})

        return check

    @dg.asset_check(
        asset=dg.AssetKey(["landed", "team_loop"]),
        name="across_deliveries",
        blocking=True,
        additional_deps=[dg.AssetKey(["landed", t]) for t in ("loop", "team", "meeting", "meeting_activity", "agreement_version")],
        description="Rules that need other deliveries.",
    )
    def across(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        with psycopg.connect(url) as connection:
            files = files_of_run(connection)
        made = check_across(url, files, context.run.run_id)
        return dg.AssetCheckResult(passed=all(o.passed for o in made.values()), metadata={code: o.rows_found for code, o in made.items()})

    return [*(contract(t) for t in delivery_tables() if t not in ("manifest",)), across]
