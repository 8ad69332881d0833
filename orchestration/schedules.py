"""What runs by the clock: each night the inbox and all that follows, then a release.

Belongs here: times. Does not belong here: jobs.
"""

from typing import Any

import dagster as dg

from orchestration.switch import NOTE

ZONE = "Europe/Oslo"


def nightly_schedules(deliveries: Any, publishing: Any) -> list[dg.ScheduleDefinition]:
    """Both are on from the start: nobody needs to remember them after an installation."""

    nightly = dg.ScheduleDefinition(
        name="nightly",
        job=deliveries,
        cron_schedule="15 2 * * *",
        execution_timezone=ZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="All that waits, each night.",
    )
    released = dg.ScheduleDefinition(
        name="nightly_release",
        job=publishing,
        cron_schedule="15 4 * * *",
        execution_timezone=ZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="A release of what passed the gate, each night.",
        tags={NOTE: "nightly"},
    )
    return [nightly, released]
