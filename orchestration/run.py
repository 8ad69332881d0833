"""The job in process, for `innenfra run`, the demonstration and the tests.

Belongs here: executing a job of the definitions with an instance of its own, and telling how it went.
Does not belong here: what the job does.
"""

from __future__ import annotations

import datetime as dt
import logging
import sys
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg

from innenfra.contracts.words import Words
from innenfra.database.local import is_private
from innenfra.own import own_file
from innenfra.settings import Settings, load
from orchestration.definitions import definitions
from orchestration.record import begin, finish
from orchestration.serve import instance as instance_of
from orchestration.serve import is_served
from orchestration.turn import TAKEN, turn
from orchestration.warehouse import FULL_REFRESH

Told = Callable[[str], None]
"""Called with the name of each step and each asset as it is done."""


@dataclass(frozen=True)
class Outcome:
    """How a run went. `seconds` is by step, the slowest first; `failed` are the steps and blocking checks
    that
    did not pass; `found` is what the latter say, by check."""

    succeeded: bool
    seconds: dict[str, float] = field(default_factory=dict)
    total: float = 0.0
    failed: tuple[str, ...] = ()
    found: dict[str, dict[str, Any]] = field(default_factory=dict)


def run_job(
    settings: Settings,
    url: str,
    school: str | None = None,
    *,
    full_refresh: bool = False,
    as_of: dt.date | None = None,
    told: Told | None = None,
    waits: Callable[[Words], None] | None = None,
) -> Outcome:
    """Take in what waits and bring everything up to the gate; written down in `quality.run`. Waits for a run
    that is going on."""
    run_id = str(uuid.uuid4())
    tags = {
        **({"innenfra/school": school} if school else {}),
        **({FULL_REFRESH: "yes"} if full_refresh else {}),
    }
    config: dict[str, object] = {
        "ops": {"inbox": {"config": {"school": school or "", "full_refresh": full_refresh}}}
    }
    with turn(url, waits or say):
        begin(url, run_id, as_of)
        outcome = execute(settings, url, "deliveries", tags, config, told, run_id)
        finish(url, run_id, "succeeded" if outcome.succeeded else "failed")
    return outcome


def say(words: Words) -> None:
    """Tell whoever started the run, beside what it prints."""
    print(words[load().language], file=sys.stderr)


def count_of_parts(settings: Settings, url: str) -> int:
    """How many steps and assets `told` will be called with in a run of `run_job`, for a progress bar."""
    with _quiet(settings):
        made = definitions(settings, url).resolve_job_def("deliveries")
    return len(made.nodes) + len(list(made.asset_layer.executable_asset_keys))


def execute(
    settings: Settings,
    url: str,
    job: str,
    tags: dict[str, str],
    config: dict[str, object] | None = None,
    told: Told | None = None,
    run_id: str | None = None,
) -> Outcome:
    """Run a job of the definitions here and now, by whoever has the turn. dbt's own words go to
    `<home>/logs`."""
    started = time.monotonic()
    run_config = {**(config or {}), "loggers": {"console": {"config": {"log_level": "ERROR"}}}}
    seconds: dict[str, float] = {}
    failed: list[str] = []
    found: dict[str, dict[str, Any]] = {}
    done: set[str] = set()

    def note(event: dg.EventLogEntry) -> None:
        happened = event.dagster_event
        if happened is None:
            return
        if happened.event_type_value == "STEP_FAILURE":
            failed.append(str(happened.step_key))
        elif happened.event_type_value == "ASSET_CHECK_EVALUATION":
            check = happened.asset_check_evaluation_data
            if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
                failed.append(f"{check.asset_key.to_user_string()}: {check.check_name}")
                found[check.check_name] = {name: value.value for name, value in check.metadata.items()}
        if told and happened.event_type_value in ("STEP_SUCCESS", "ASSET_MATERIALIZATION"):
            part = happened.asset_key.to_user_string() if happened.asset_key else str(happened.step_key)
            # an asset in partitions says so for each of them
            if part not in done:
                done.add(part)
                told(part)

    run_id = run_id or str(uuid.uuid4())
    with _quiet(settings), _instance(settings, url) as instance:
        made = definitions(settings, url).resolve_job_def(job)
        instance.add_event_listener(run_id, note)
        result = made.execute_in_process(
            instance=instance,
            run_id=run_id,
            tags={**tags, TAKEN: "yes"},
            run_config=run_config,
            raise_on_error=False,
        )
        for stats in instance.get_run_step_stats(run_id):
            if stats.start_time and stats.end_time:
                seconds[stats.step_key] = stats.end_time - stats.start_time
    slowest = dict(sorted(seconds.items(), key=lambda pair: -pair[1]))
    return Outcome(bool(result.success), slowest, time.monotonic() - started, tuple(failed), found)


def _instance(settings: Settings, url: str) -> dg.DagsterInstance:
    """Where the run is remembered: with those of the Dagster of this state folder, or nowhere."""
    if is_served(settings) and is_private(settings, url):
        return instance_of(settings, url)
    return dg.DagsterInstance.ephemeral()


@contextmanager
def _quiet(settings: Settings) -> Iterator[None]:
    """Keep the screen for what a person should read: lines and errors of dbt and Dagster go to a file, notes
    on its own interfaces nowhere."""
    logging.getLogger("dagster").setLevel(logging.ERROR)
    path = log_file(settings)
    # what went wrong may quote what was delivered
    with (
        own_file(path).open("a") as log,
        redirect_stdout(log),
        redirect_stderr(log),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def log_file(settings: Settings) -> Path:
    """Where the lines of dbt and Dagster of runs by command are."""
    return settings.home.absolute() / "logs" / "run.log"
