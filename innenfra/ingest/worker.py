"""The process that reads delivered files: started early, limited in memory, stopped where a file breaks it.

Belongs here: the process. It imports little, so that a command can start the worker first and read its
own modules meanwhile; one worker serves many files, since starting costs more than most files.
Does not belong here: what the worker does (`apart.py`).
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import resource
from concurrent.futures import ProcessPoolExecutor

from innenfra.settings import Settings

_workers: dict[int, ProcessPoolExecutor] = {}


def start_worker(settings: Settings) -> ProcessPoolExecutor:
    """The worker, started where it is not running."""
    memory_mb = settings.parse_memory_mb
    if memory_mb not in _workers:
        context = multiprocessing.get_context("spawn")
        _workers[memory_mb] = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(memory_mb,))
        _workers[memory_mb].submit(_ready)
        atexit.register(stop_worker, settings)
    return _workers[memory_mb]


def stop_worker(settings: Settings) -> None:
    """End the worker at once, whatever it is doing."""
    worker = _workers.pop(settings.parse_memory_mb, None)
    if worker is not None:
        for process in list((worker._processes or {}).values()):
            process.kill()
        worker.shutdown(wait=False, cancel_futures=True)


def _begin(memory_mb: int) -> None:
    size = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _ready() -> None:
    """Read the modules before the first file comes."""
    importlib.import_module("innenfra.ingest.apart")
