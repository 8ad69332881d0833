"""The sensor that starts a run for what waits in the inbox.

Belongs here: remembering what was seen, and which school years a run is for. Files stay where they are; the
same bytes are recognised by their hash.
Does not belong here: listing the inbox (`innenfra/ingest/inbox.py`), reading what is in it.
"""

import hashlib
from pathlib import PurePosixPath
from typing import Any

import dagster as dg

from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.ingest.copying import as_text
from innenfra.ingest.inbox import waiting
from innenfra.settings import Settings

SCHOOL_YEARS = dg.StaticPartitionsDefinition([f"{y}/{(y + 1) % 100:02d}" for y in range(2010, 2036)])


def all_years(only: str | None = None) -> dict[str, str]:
    """Tags of a run that takes every school year, or one: landed tables are in partitions, and a run names those it is for."""
    keys = SCHOOL_YEARS.get_partition_keys()
    if only is not None and only not in keys:
        raise UserError(
            Words(
                nb=f"«{only}» er ikke et skoleår vi kjenner. Skriv det som 2025/26, fra {keys[0]} til {keys[-1]}.",
                nn=f"«{only}» er ikkje eit skuleår vi kjenner. Skriv det som 2025/26, frå {keys[0]} til {keys[-1]}.",
                en=f"“{only}” is not a known school year. Write it as 2025/26, from {keys[0]} to {keys[-1]}.",
            )
        )
    return {"dagster/asset_partition_range_start": only or keys[0], "dagster/asset_partition_range_end": only or keys[-1]}


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
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=hashlib.sha256(cursor.encode()).hexdigest(), tags=all_years())], cursor=cursor)

    return sensor
