"""Preparing a file in a process of its own, with limits on memory and time.

The file's bytes never pass through the calling process: it copies and hashes, the worker reads. Whatever goes
wrong with one file, in copying or in reading, ends here as one finding on that file.

Belongs here: what passes between the caller and the worker, and the limit on time.
Does not belong here: the process (`worker.py`), what is done in it (`delivery.py`), copying (`copying.py`).
"""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool

import polars as pl

from innenfra.findings import Finding
from innenfra.ingest.copying import ROWS, Taken
from innenfra.ingest.delivery import mishap, prepare_taken
from innenfra.ingest.prepare import Prepared
from innenfra.ingest.worker import ONE_AT_A_TIME, start_worker, stop_worker
from innenfra.settings import Settings

LOG = logging.getLogger("innenfra.ingest")


def prepare_apart(
    delivery: Taken, school_id: str | None, registered: frozenset[str] | None, settings: Settings
) -> Prepared:
    """`prepare` in the worker; a file that breaks the limits, or whatever reads it, is refused in words."""
    if delivery.refused is not None:
        return _refused(delivery, delivery.refused)
    with ONE_AT_A_TIME:
        try:
            return _prepared(delivery, school_id, registered, settings)
        except Exception as error:
            stop_worker(settings)
            finding, trouble = mishap(delivery.name, error, settings.parse_seconds)
            LOG.error(trouble)
            return _refused(delivery, finding)


def _prepared(
    delivery: Taken,
    school_id: str | None,
    registered: frozenset[str] | None,
    settings: Settings,
    tries: int = 3,
) -> Prepared:
    worker = start_worker(settings)
    try:
        task = worker.submit(
            prepare_taken, delivery, school_id, registered, settings.max_upload_mb * 1_000_000
        )
        made, trouble = task.result(timeout=settings.parse_seconds)
    except (BrokenProcessPool, CancelledError):
        # it may have been ended from outside: the file gets two more workers before it is blamed
        stop_worker(settings)
        if tries == 1:
            raise
        return _prepared(delivery, school_id, registered, settings, tries - 1)
    if trouble is not None:
        LOG.error(trouble)
        stop_worker(settings)
    made.landed = {path.stem: pl.read_ipc(path) for path in sorted((delivery.folder / ROWS).glob("*.arrow"))}
    return made


def _refused(delivery: Taken, finding: Finding) -> Prepared:
    return Prepared(delivery.name, findings=[finding], rejected=True)
