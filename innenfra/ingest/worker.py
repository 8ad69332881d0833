"""The process that reads delivered files: started early, limited in memory, stopped where a file breaks it.

Belongs here: the process. It imports little, so that a command can start the worker first and read its
own modules meanwhile; one worker serves many files, since starting costs more than most files.
Does not belong here: what the worker does (`delivery.py`).
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import os
import resource
import sys
import threading
import types
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from innenfra.settings import Settings

_workers: dict[int, ProcessPoolExecutor] = {}
_CHANGING = threading.RLock()
"""Held while a worker is started or ended."""
ONE_AT_A_TIME = threading.RLock()
"""Held while a file is read: its clock runs for it alone, and a worker that dies takes no other file with
it."""


def start_worker(settings: Settings) -> ProcessPoolExecutor:
    """The worker, started where it is not running, and anew where somebody ended it."""
    memory_mb = settings.parse_memory_mb
    with _CHANGING:
        if memory_mb in _workers and _is_gone(_workers[memory_mb]):
            stop_worker(settings)
        if memory_mb not in _workers:
            context = multiprocessing.get_context("spawn")
            _workers[memory_mb] = ProcessPoolExecutor(
                1, mp_context=context, initializer=_begin, initargs=(memory_mb,)
            )
            with _no_main_script():
                _workers[memory_mb].submit(_ready)
            atexit.register(stop_worker, settings)
        return _workers[memory_mb]


def stop_worker(settings: Settings) -> None:
    """End the worker at once, whatever it is doing."""
    with _CHANGING:
        worker = _workers.pop(settings.parse_memory_mb, None)
        if worker is not None:
            for process in list((worker._processes or {}).values()):
                process.kill()
            worker.shutdown(wait=False, cancel_futures=True)


def _is_gone(worker: ProcessPoolExecutor) -> bool:
    processes = list((worker._processes or {}).values())
    return bool(worker._broken) or any(process.exitcode is not None for process in processes)


@contextmanager
def _no_main_script() -> Iterator[None]:
    """A new process reads the script of the process that starts it; ours must run neither a page of the app
    nor somebody's script again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _begin(memory_mb: int) -> None:
    _end_with_parent()
    size = memory_mb * 1_000_000
    # what is written to, not the address space: libraries reserve of that by the machine's number of cores
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _end_with_parent() -> None:
    """A process that is killed ends nothing of its own; its worker sees that it is gone, and ends itself."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _ready() -> None:
    """Read the modules before the first file comes."""
    importlib.import_module("innenfra.ingest.delivery")
