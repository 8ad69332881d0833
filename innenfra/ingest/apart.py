"""Preparing a file in a process of its own, with limits on memory and time.

Belongs here: the worker process and its limits. One worker serves many files, since starting costs
more than most files.
Does not belong here: what preparing means (`prepare.py`).
"""

from __future__ import annotations

import atexit
import multiprocessing
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import polars as pl

from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.settings import Settings

_workers: dict[int, ProcessPoolExecutor] = {}


def prepare_apart(incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, settings: Settings) -> Prepared:
    """`prepare` in the worker; a file that breaks the limits is refused in words."""
    worker = _worker(settings.parse_memory_mb)
    try:
        with tempfile.TemporaryDirectory(prefix="innenfra-") as folder:
            task = worker.submit(_prepare_into, Path(folder), incoming, school_id, registered, settings.max_upload_mb * 1_000_000)
            made = task.result(timeout=settings.parse_seconds)
            made.landed = {path.stem: pl.read_ipc(path) for path in sorted(Path(folder).glob("*.arrow"))}
            return made
    except (BrokenProcessPool, TimeoutError, MemoryError):
        _stop(settings.parse_memory_mb)
        return Prepared(incoming.name, findings=[about("unreadable_file", incoming.name)], rejected=True)


def _prepare_into(folder: Path, incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, max_bytes: int) -> Prepared:
    """Prepare, and hand the landed rows over as files: a large frame is cheaper mapped than sent."""
    made = prepare(incoming, school_id, registered, max_bytes)
    for file_type, frame in made.landed.items():
        frame.write_ipc(folder / f"{file_type}.arrow")
    made.landed = {}
    return made


def _worker(memory_mb: int) -> ProcessPoolExecutor:
    if memory_mb not in _workers:
        context = multiprocessing.get_context("spawn")
        _workers[memory_mb] = ProcessPoolExecutor(1, mp_context=context, initializer=_limit, initargs=(memory_mb,))
        atexit.register(_stop, memory_mb)
    return _workers[memory_mb]


def _limit(memory_mb: int) -> None:
    size = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _stop(memory_mb: int) -> None:
    worker = _workers.pop(memory_mb, None)
    if worker is not None:
        for process in list((worker._processes or {}).values()):
            process.kill()
        worker.shutdown(wait=False, cancel_futures=True)
