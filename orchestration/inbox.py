"""The sensor that starts a run for what waits in the inbox.

Belongs here: remembering what was seen. Files stay where they are; the same bytes are recognised by their
hash.
Does not belong here: listing the inbox (`innenfra/ingest/inbox.py`), reading what is in it.
"""

import hashlib
from pathlib import PurePosixPath
from typing import Any

import dagster as dg

from innenfra.ingest.copying import as_text
from innenfra.ingest.inbox import waiting
from innenfra.settings import Settings


def inbox_sensor(settings: Settings, job: Any) -> dg.SensorDefinition:
    """One run when something new has come; the cursor is the newest name and time seen."""

    @dg.sensor(
        job=job,
        name="inbox",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a run when something new has come.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        seen = {f"{as_text(PurePosixPath(path).name)}:{state}" for path, state in waiting(settings).items()}
        before = set((context.cursor or "").split("\n")) - {""}
        if not seen - before:
            return dg.SkipReason("Nothing new in the inbox.")
        cursor = "\n".join(sorted(seen))
        return dg.SensorResult(
            run_requests=[dg.RunRequest(run_key=hashlib.sha256(cursor.encode()).hexdigest())], cursor=cursor
        )

    return sensor
