"""All definitions, from one function that takes the settings.

Belongs here: putting the parts together. Does not belong here: any part.
"""

import dagster as dg

from innenfra.settings import Settings
from orchestration.drafts import GROUP, drafts_asset, drafts_sensor
from orchestration.early import EARLY, early_asset
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
    early = dg.AssetSelection.assets(EARLY)
    published = (dg.AssetSelection.groups("published") - early) | dg.AssetSelection.assets(*CANDIDATE)
    reports = dg.AssetSelection.groups(GROUP)
    job = dg.define_asset_job(
        "deliveries",
        selection=dg.AssetSelection.all() - published - reports,
        description="From the inbox to the gate, and what schools see of their own.",
        executor_def=dg.in_process_executor,
    )
    release = dg.define_asset_job(
        "release",
        selection=published,
        description="The release of what passed the gate, if the audit lets it.",
        executor_def=dg.in_process_executor,
    )
    drafts = dg.define_asset_job(
        "reports",
        selection=reports,
        description="Drafts of owners' reports, from the release.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[
            *landing_assets(settings, url),
            *warehouse_assets(settings, url),
            early_asset(url),
            drafts_asset(settings, url),
        ],
        asset_checks=[audit_check(url)],
        jobs=[job, release, drafts],
        schedules=[*nightly_schedules(job, release), *weekly_reminders(settings, url)],
        sensors=[
            inbox_sensor(settings, job),
            *record_sensors(url, job, release),
            drafts_sensor(release, drafts),
        ],
        resources={"turn": Turn(url=url)},
        executor=dg.in_process_executor,
    )
