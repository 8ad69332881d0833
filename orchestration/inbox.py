"""The inbox folder: what waits there, and the sensor that starts a run for it.

Belongs here: listing the folder and remembering what was seen. Files stay where they are; the same
bytes are recognised by their hash.
Does not belong here: reading them.
"""

import hashlib
from pathlib import Path
from typing import Any

import dagster as dg

from innenfra.settings import Settings


def pending(settings: Settings) -> list[Path]:
    """Files and folders in the inbox in the order of their names; hidden ones are still being written."""
    folder = Path(settings.inbox_url)
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".")) if folder.exists() else []


def inbox_sensor(settings: Settings, job: Any) -> dg.SensorDefinition:
    """One run when something new has come; the cursor is the newest name and time seen."""

    @dg.sensor(job=job, name="inbox", minimum_interval_seconds=30)
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        seen = {f"{p.name}:{p.stat().st_mtime_ns}" for p in pending(settings)}
        before = set((context.cursor or "").split("\n")) - {""}
        if not seen - before:
            return dg.SkipReason("Nothing new in the inbox.")
        cursor = "\n".join(sorted(seen))
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=hashlib.sha256(cursor.encode()).hexdigest())], cursor=cursor)

    return sensor
