"""The job in process, for `innenfra run`, the demonstration and the tests.

Belongs here: executing a job of the definitions with an instance of its own, and telling how it went.
Does not belong here: what the job does.
"""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass, field

import dagster as dg
import psycopg

from innenfra.settings import Settings
from orchestration.definitions import definitions
from orchestration.landed import SCHOOL_YEARS


@dataclass(frozen=True)
class Outcome:
    """How a run went. `seconds` is by step, the slowest first."""

    succeeded: bool
    seconds: dict[str, float] = field(default_factory=dict)
    total: float = 0.0


def run_job(settings: Settings, url: str, school_year: str | None = None, school: str | None = None) -> Outcome:
    """Take in what waits and bring everything up to the gate; written down in `quality.run`."""
    run_id = f"command-{uuid.uuid4().hex[:12]}"
    started = time.monotonic()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("insert into quality.run (run_id) values (%s)", (run_id,))
        seconds: dict[str, float] = {}
        good = execute(settings, url, "deliveries", {}, school_year=school_year, school=school, seconds=seconds)
        connection.execute("update quality.run set finished_at = now(), outcome = %s where run_id = %s", ("succeeded" if good else "failed", run_id))
    slowest = dict(sorted(seconds.items(), key=lambda pair: -pair[1]))
    return Outcome(good, slowest, time.monotonic() - started)


def execute(
    settings: Settings,
    url: str,
    job: str,
    tags: dict[str, str],
    *,
    school_year: str | None = None,
    school: str | None = None,
    seconds: dict[str, float] | None = None,
) -> bool:
    """Run a job of the definitions here and now; True where every step succeeded."""
    logging.getLogger("dagster").setLevel(logging.ERROR)
    made = definitions(settings, url, silent=True).resolve_job_def(job)
    keys = SCHOOL_YEARS.get_partition_keys()
    span = (
        {"dagster/asset_partition_range_start": school_year or keys[0], "dagster/asset_partition_range_end": school_year or keys[-1]}
        if job == "deliveries"
        else {}
    )
    config = {"ops": {"inbox": {"config": {"school": school or ""}}}} if job == "deliveries" else {}
    with dg.DagsterInstance.ephemeral() as instance:
        result = made.execute_in_process(instance=instance, tags={**tags, **span}, run_config=config, raise_on_error=False)
        if seconds is not None:
            for stats in instance.get_run_step_stats(result.run_id):
                if stats.start_time and stats.end_time:
                    seconds[stats.step_key] = stats.end_time - stats.start_time
    return bool(result.success)
