"""Drafts of owners' reports, made again after each release.

Belongs here: the asset, its job, and what starts it. Does not belong here: what a report says and where
drafts lie
(`innenfra/reports`). A draft that fails stops no release: it has a job of its own.
"""

from typing import Any

import dagster as dg

from innenfra.reports.drafts import write_drafts
from innenfra.reports.make import app_address
from innenfra.settings import Settings
from orchestration.switch import RELEASE

GROUP = "reports"
FOLDER = "reports"
"""Folder of drafts in the state folder."""


def drafts_asset(settings: Settings, url: str) -> dg.AssetsDefinition:
    """The reports of all owners as files, as each owner may see them."""

    @dg.asset(
        key=[GROUP, "owner_report"],
        deps=[RELEASE],
        group_name=GROUP,
        kinds={"word", "pdf"},
        description="Drafts to the county governor and the council, one of each for every owner.",
    )
    def owner_report() -> dg.MaterializeResult[Any]:
        made = write_drafts(url, app_address(settings), settings.home.absolute() / FOLDER)
        if made.is_unchanged:
            return dg.MaterializeResult(metadata={"unchanged": True})
        return dg.MaterializeResult(
            metadata={
                "reports": made.reports,
                "files_written": made.written,
                "files_taken_away": made.taken_away,
                "owners_without_schools": made.owners_without_schools,
                "bytes": made.size,
                "seconds": round(made.seconds, 1),
            }
        )

    return owner_report


def drafts_sensor(release: Any, job: Any) -> dg.SensorDefinition:
    """A release that was made starts the job; by its run, so that none starts it twice."""

    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        monitored_jobs=[release],
        request_job=job,
        name="reports_after_release",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Makes the drafts of reports anew after each release.",
    )
    def sensor(context: dg.RunStatusSensorContext) -> dg.RunRequest:
        return dg.RunRequest(run_key=context.dagster_run.run_id)

    return sensor
