"""dbt in this process: the project is read once, and what it builds is told to Dagster as it is done.

Belongs here: reading the project, building parts of it, and from dbt's results to Dagster's.
Does not belong here: which parts (`warehouse.py`), SQL.
"""

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.changes import PROJECT

UNIQUE_ID = "dagster_dbt/unique_id"
"""Under which dagster-dbt keeps dbt's own name of an asset or a check."""


def options(profiles: Path, variables: str) -> list[str]:
    """What every call of dbt is told: where things are, and to keep its words to standard output."""
    target = str(profiles / "target")
    where = [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(profiles),
        "--target-path",
        target,
        "--log-path",
        target,
    ]
    return [*where, "--vars", variables, "--log-level-file", "none", "--no-use-colors"]


@lru_cache(maxsize=4)
def read_project(profiles: Path, variables: str, newest: float) -> Any:
    """The project as dbt has it. It is also written as `target/manifest.json` beside the profile."""
    from dbt.cli.main import dbtRunner

    made = dbtRunner().invoke(["parse", "--quiet", *options(profiles, variables)])
    if not made.success:
        raise RuntimeError(f"dbt could not read its project: {made.exception}")
    return made.result


def build(
    context: dg.AssetExecutionContext,
    project: Any,
    profiles: Path,
    variables: str,
    select: Sequence[str],
    schema: str | None = None,
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    """Build a part of the project, and tell each asset and check as it is done. With `schema`, relations of
    `published` are made there."""
    assets = {str(s.metadata[UNIQUE_ID]): s.key for s in context.assets_def.specs if UNIQUE_ID in s.metadata}
    checks = {
        str(s.metadata[UNIQUE_ID]): s.key
        for s in context.assets_def.check_specs or ()
        if UNIQUE_ID in s.metadata
    }
    failed: dict[str, str] = {}
    # what is built in another schema must not be written down as the project
    call = ["build", "--no-write-json", *select, *options(profiles, variables)]
    for name, status, told in _invoke(call, copy_project(project, schema)):
        if status in ("error", "fail", "runtime error"):
            failed[name.split(".")[2]] = str(told.get("message", ""))
        if name in assets and status == "success":
            yield dg.MaterializeResult(asset_key=assets[name], metadata=told)
        elif name in checks and status in ("pass", "fail", "warn", "error"):
            key = checks[name]
            yield dg.AssetCheckResult(
                asset_key=key.asset_key, check_name=key.name, passed=status == "pass", metadata=told
            )
    if failed:
        raise dg.Failure(f"dbt: {', '.join(failed)}", metadata=failed, allow_retries=False)


def copy_project(project: Any, schema: str | None) -> Any:
    """The project to build from once, since dbt writes into it what it compiles; relations of `published` in
    the schema that is given, if any."""
    copy = project.deepcopy()
    for node in copy.nodes.values():
        if schema is not None and node.resource_type == "model" and node.schema == "published":
            node.relation_name = node.relation_name.replace('"published"', f'"{schema}"')
            node.schema = schema
    return copy


def _invoke(arguments: list[str], project: Any) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """dbt's own name, status and figures of each node as it ends; dbt runs beside, in a thread."""
    from dbt.cli.main import dbtRunner

    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def hear(event: Any) -> None:
        if event.info.name == "NodeFinished":
            node = event.data.node_info
            heard.put(
                (
                    node.unique_id,
                    node.node_status,
                    {"seconds": round(float(event.data.run_result.execution_time), 2)},
                )
            )

    def invoke() -> None:
        try:
            heard.put(dbtRunner(manifest=project, callbacks=[hear]).invoke(arguments))
        except BaseException as error:  # what stops dbt is told where its results are waited for
            heard.put(error)

    threading.Thread(target=invoke, name="dbt", daemon=True).start()
    seen = set()
    while isinstance(one := heard.get(), tuple):
        seen.add(one[0])
        if one[1] not in ("error", "fail"):
            yield one
    if isinstance(one, BaseException):
        raise one
    if one.exception is not None:
        raise one.exception
    if not getattr(one.result, "results", None):
        raise RuntimeError(f"dbt did nothing: {' '.join(arguments)}")
    for result in one.result.results:
        status = str(result.status)
        if result.node.unique_id not in seen or status in ("error", "fail"):
            yield (
                result.node.unique_id,
                status,
                {"message": result.message or "", "seconds": round(result.execution_time, 2)},
            )
