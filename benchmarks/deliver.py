"""What someone who drops a file waits for: a workbook of 500 rows kept, checked in the process that reads
files, and told as lines, by the very calls of the page."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, Size
from innenfra.contracts.deliveries import TEMPLATE_VERSION
from innenfra.derive.template import write_template
from innenfra.ingest.worker import start_worker, stop_worker
from innenfra.intake.advice import write_line
from innenfra.intake.checking import check_uploads
from innenfra.intake.marked import mark_workbook
from innenfra.intake.uploads import forget_upload, keep_uploads
from innenfra.settings import Settings

ROWS, WRONG, ROUNDS = 500, 20, 7
MOST_MS = 2_000
SCHOOL = "998870062"


def workbook(rows: int = ROWS, wrong: int = WRONG) -> bytes:
    """The template with so many meetings, some of them without their length."""
    base = {"school_id": SCHOOL, "school_year": "2025/26"}
    said = {
        **base,
        "partnership_id": "PS-03",
        "delivery_id": "bench",
        "delivered_on": "2026-03-02",
        "schema_version": TEMPLATE_VERSION,
        "file_type": "meetings",
        "loop_no": 7,
        "completeness": "complete",
        "prepared_by_role": "leadership",
    }
    meetings = [
        {
            **base,
            "meeting_id": f"M{number}",
            "meeting_date": (dt.date(2025, 8, 18) + dt.timedelta(days=number % 200)).isoformat(),
            "arena": "full_staff",
            "loop_no": 7,
            "loop_relation": "during",
            "minutes": None if number % (rows // wrong) == 0 else 60,
            "teacher_educators_n": 1,
            "te_mode": "took_part",
        }
        for number in range(rows)
    ]
    out = io.BytesIO()
    write_template(out, language="nb", given={"manifest": [said], "meetings": meetings})
    return out.getvalue()


def measure(settings: Settings, url: str, folder: Path) -> list[Figure]:
    """Milliseconds from the drop to the lines, and to the marked workbook, the reader being started as on
    the page."""
    own = settings.model_copy(update={"home": folder})
    data = workbook()
    start_worker(own).submit(int).result()
    told, marked = [], []
    for _ in range(ROUNDS):
        began = time.monotonic()
        (one,) = check_uploads(keep_uploads(own, [("moter.xlsx", io.BytesIO(data))]), own, SCHOOL, None)
        lines = [write_line(finding, "nb") for finding in one.receipt.findings]
        told.append(time.monotonic() - began)
        if one.receipt.rows_held_back != WRONG or not lines:
            raise RuntimeError("the benchmark's workbook was not read as it was written")
        mark_workbook(one.upload.path, one.receipt.findings, own, "nb")
        marked.append(time.monotonic() - began - told[-1])
        forget_upload(one.upload)
    stop_worker(own)
    return [
        Size(f"a workbook of {ROWS} rows is told", median(told) * 1_000, "ms", MOST_MS),
        Size("and comes back marked", median(marked) * 1_000, "ms"),
    ]
