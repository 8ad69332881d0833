"""Preparing a file in a process of its own, with limits on memory and time.

The file's bytes never pass through the calling process: it copies and hashes, the worker reads. Whatever goes
wrong with one file, in copying or in reading, ends here as one finding on that file.

Belongs here: what passes between the caller and the worker, and the limit on time.
Does not belong here: the process (`worker.py`), copying (`copying.py`), what preparing means (`prepare.py`).
"""

from __future__ import annotations

import logging
import traceback
import uuid
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool

import polars as pl

from innenfra.findings import Finding
from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest import guard
from innenfra.ingest.copying import ROWS, Taken
from innenfra.ingest.names import unnamed_findings
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.ingest.worker import ONE_AT_A_TIME, start_worker, stop_worker
from innenfra.masking import told
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


def prepare_or_refuse(
    incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, max_bytes: int
) -> tuple[Prepared, str | None]:
    """`prepare`, and whatever it stumbles over as one finding; second, what the log is to say of it."""
    try:
        return prepare(incoming, school_id, registered, max_bytes), None
    except (KeyboardInterrupt, SystemExit):
        raise
    except (
        BaseException
    ) as error:  # a reader meets whatever people send, and a panic of its library is no Exception
        finding, trouble = mishap(incoming.name, error)
        return Prepared(incoming.name, findings=[finding], rejected=True), trouble


def mishap(name: str, error: BaseException, seconds: int = 0) -> tuple[Finding, str]:
    """The finding with a code, and what the log says under the same code: an error's own message may hold
    people's words, so its kind and place alone."""
    code = uuid.uuid4().hex[:8]
    rule = "slow_file" if isinstance(error, TimeoutError) and seconds else "unreadable_file"
    trouble = f"{code} {type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
    return about(rule, name, found=code, expected=str(seconds)), trouble


def _prepared(
    delivery: Taken,
    school_id: str | None,
    registered: frozenset[str] | None,
    settings: Settings,
    tries: int = 3,
) -> Prepared:
    worker = start_worker(settings)
    try:
        task = worker.submit(_prepare_in, delivery, school_id, registered, settings.max_upload_mb * 1_000_000)
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


def _prepare_in(
    delivery: Taken, school_id: str | None, registered: frozenset[str] | None, max_bytes: int
) -> tuple[Prepared, str | None]:
    """Prepare, and hand the landed rows over as files: a large frame is cheaper mapped than sent. Second,
    what the log is to say."""
    files = list(delivery.named)
    too_large = next((name for name, part in delivery.named.items() if part.stat().st_size > max_bytes), None)
    if too_large is not None:
        found = guard.unsafe(delivery.name, told(too_large, delivery.names), guard.TOO_LARGE)
        return (
            Prepared(delivery.name, findings=unnamed_findings([found], delivery.names, files), rejected=True),
            None,
        )
    incoming = Incoming(
        delivery.name,
        {name: part.read_bytes() for name, part in delivery.named.items()},
        delivery.sha256,
        delivery.names,
    )
    made, trouble = prepare_or_refuse(incoming, school_id, registered, max_bytes)
    made.findings = unnamed_findings(made.findings, delivery.names, files)
    del incoming
    for file_type, frame in made.landed.items():
        frame.write_ipc(delivery.folder / ROWS / f"{file_type}.arrow", compat_level=pl.CompatLevel.newest())
    made.landed = {}
    return made, trouble
