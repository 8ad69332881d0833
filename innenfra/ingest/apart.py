"""Preparing a file in a process of its own, with limits on memory and time.

Belongs here: the worker process and its limits. One worker serves many files, since starting costs
more than most files.
Does not belong here: what preparing means (`prepare.py`).
"""

from __future__ import annotations

import atexit
import multiprocessing
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.settings import Settings

_workers: dict[int, ProcessPoolExecutor] = {}


def prepare_apart(incoming: Incoming, school_id: str | None, registered: frozenset[str] | None, settings: Settings) -> Prepared:
    """`prepare` in the worker; a file that breaks the limits is refused in words."""
    worker = _worker(settings.parse_memory_mb)
    try:
        return worker.submit(prepare, incoming, school_id, registered, settings.max_upload_mb * 1_000_000).result(timeout=settings.parse_seconds)
    except (BrokenProcessPool, TimeoutError, MemoryError):
        _stop(settings.parse_memory_mb)
        return Prepared(incoming.name, findings=[about("unreadable_file", incoming.name)], rejected=True)


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
