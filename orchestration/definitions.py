"""All definitions, from one function that takes the settings.

Belongs here: putting the parts together. Does not belong here: any part.
"""

import dagster as dg

from innenfra.settings import Settings
from orchestration.inbox import inbox_sensor
from orchestration.landed import landing_assets
from orchestration.record import record_sensors
from orchestration.release import CANDIDATE, audit_check
from orchestration.reminding import weekly_reminders
from orchestration.schedules import nightly_schedules
from orchestration.turn import Turn
from orchestration.warehouse import warehouse_assets


def definitions(settings: Settings, url: str) -> dg.Definitions:
    """Assets, checks, jobs, sensor and schedule on the database at `url`."""
    published = dg.AssetSelection.groups("published") | dg.AssetSelection.assets(*CANDIDATE)
    job = dg.define_asset_job(
        "deliveries",
        selection=dg.AssetSelection.all() - published,
        description="From the inbox to the gate.",
        executor_def=dg.in_process_executor,
    )
    release = dg.define_asset_job(
        "release",
        selection=published,
        description="The release of what passed the gate, if the audit lets it.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[*landing_assets(settings, url), *warehouse_assets(settings, url)],
        asset_checks=[audit_check(url)],
        jobs=[job, release],
        schedules=[*nightly_schedules(job, release), *weekly_reminders(settings, url)],
        sensors=[inbox_sensor(settings, job), *record_sensors(url, job, release)],
        resources={"turn": Turn(url=url)},
        executor=dg.in_process_executor,
    )
