"""What `quality.run` tells of runs of the job: when they began and how they ended.

Belongs here: writing that down, for runs by command and for those that Dagster's daemon starts.
Does not belong here: what a run does.
"""

import datetime as dt
from typing import Any

import dagster as dg

from innenfra.database.engine import connect
from orchestration.switch import give_up


def begin(url: str, run_id: str, as_of: dt.date | None = None) -> None:
    """A run has begun, before it takes anything in; told twice, the first time counts. Without a day it is as
    of today."""
    with connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into quality.run (run_id, as_of) values (%s, coalesce(%s, (now() at time zone"
            " 'Europe/Oslo')::date)) on conflict do nothing",
            (run_id, as_of),
        )


def finish(url: str, run_id: str, outcome: str) -> None:
    """A run has ended: succeeded or failed. One that was taken for interrupted and tells how it ended was
    not."""
    with connect(url, autocommit=True) as connection:
        connection.execute(
            "update quality.run set finished_at = now(), outcome = %s where run_id = %s and coalesce(outcome,"
            " 'interrupted') = 'interrupted'",
            (outcome, run_id),
        )


def record_sensors(url: str, job: Any, release: Any) -> list[dg.SensorDefinition]:
    """Write down how runs of the job ended that no command waits for."""

    def on(status: dg.DagsterRunStatus, name: str, outcome: str) -> dg.SensorDefinition:
        @dg.run_status_sensor(
            run_status=status,
            monitored_jobs=[job],
            name=name,
            minimum_interval_seconds=30,
            default_status=dg.DefaultSensorStatus.RUNNING,
            description=f"Writes runs that {outcome} into quality.run.",
        )
        def sensor(context: dg.RunStatusSensorContext) -> None:
            finish(url, context.dagster_run.run_id, outcome)

        return sensor

    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.FAILURE,
        monitored_jobs=[release],
        name="release_failed",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Writes releases that were not made into published.release.",
    )
    def release_failed(context: dg.RunStatusSensorContext) -> None:
        give_up(url, context.dagster_run.run_id)

    return [
        release_failed,
        on(dg.DagsterRunStatus.SUCCESS, "run_succeeded", "succeeded"),
        on(dg.DagsterRunStatus.FAILURE, "run_failed", "failed"),
        on(dg.DagsterRunStatus.CANCELED, "run_canceled", "failed"),
    ]
