"""The inbox, a folder or any fsspec URL: what waits there.

Belongs here: listing it, and bringing what waits to this machine.
Does not belong here: reading files (`receive.py`), when that is done (`orchestration/inbox.py`).
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from innenfra.ingest.copying import MOST_PARTS, NotTakenError, copy_bounded, state_of
from innenfra.ingest.names import is_list
from innenfra.ingest.scratch import scratch
from innenfra.settings import Settings

LOG = logging.getLogger("innenfra.ingest")


def waiting(settings: Settings) -> dict[str, str]:
    """Files and folders in the inbox by path, in the order of their names, with what changes when they do.

    Hidden ones are still being written, and lists of names belong to what they lie beside.
    """
    files, folder = fsspec.core.url_to_fs(settings.inbox_url)
    if not files.exists(folder):
        return {}
    files.invalidate_cache()
    names = sorted(files.ls(folder, detail=False), key=lambda path: PurePosixPath(path).name)
    shown = [path for path in names if not _is_beside(PurePosixPath(path).name)]
    return {path if _is_here(files) else files.unstrip_protocol(path): _state(files, path) for path in shown}


def _is_beside(name: str) -> bool:
    return name.startswith(".") or is_list(name)


def _state(files: Any, path: str) -> str:
    """What tells one state of a file or folder from another, as far as the store says it."""
    try:
        if _is_here(files):
            return hashlib.sha256(repr(state_of(Path(path))).encode()).hexdigest()
        one = files.info(path)
    except Exception:  # what lies there is told when it is taken in; here it must not hide the others
        return "unknown"
    said = next(
        (
            str(one[key])
            for key in ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")
            if one.get(key)
        ),
        "",
    )
    return f"{said}:{one.get('size') or 0}"


SETTLED = 1.0
"""Seconds in which nothing of a folder changes before it is taken for written."""


def has_settled(path: Path, patience: float) -> bool:
    """Wait until nothing more is written into a folder; False where it goes on for longer than one waits."""
    until = time.monotonic() + patience
    try:
        while path.is_dir() and not path.is_symlink():
            state = state_of(path)
            age = time.time() - max(changed for *_, changed in state) / 1e9
            if not 0 <= age < SETTLED:
                return True
            if time.monotonic() > until:
                return False
            time.sleep(SETTLED - age)
    except OSError:  # it is told when it is taken in
        return True
    return True


def _is_here(files: Any) -> bool:
    return "file" in (files.protocol if isinstance(files.protocol, tuple) else (files.protocol,))


@contextmanager
def pending(settings: Settings) -> Iterator[dict[str, Path]]:
    """What waits in the inbox, by where it is, as paths on this machine; from another store it is fetched
    first.

    A list of names that is removed from a folder of ours is removed from the store that it was fetched from
    too.
    """
    files, folder = fsspec.core.url_to_fs(settings.inbox_url)
    places = list(waiting(settings))
    if _is_here(files):
        places = [place for place in places if has_settled(Path(place), settings.parse_seconds)]
        yield {place: Path(place) for place in places}
        return
    with scratch(settings) as folder_of_ours:
        copies = {place: folder_of_ours / PurePosixPath(place).name for place in places}
        here = files.ls(folder, detail=False) if files.exists(folder) else []
        lists = {
            place: folder_of_ours / PurePosixPath(place).name
            for place in here
            if is_list(PurePosixPath(place).name)
        }
        for place, copy in (copies | lists).items():
            _fetch(files, place, copy, settings)
        fetched = [place for place, copy in lists.items() if copy.exists()]
        yield copies
        for place in fetched:
            if not lists[place].exists():
                files.rm(place)


def _fetch(files: Any, place: str, copy: Path, settings: Settings) -> None:
    """Copy what lies there, no more than one byte beyond the limit; what cannot be fetched is not there, and
    that is told when it is taken in."""
    most, until = settings.max_upload_mb * 1_000_000 + 1, time.monotonic() + settings.parse_seconds
    try:
        if not files.isdir(place):
            _fetch_one(files, place, copy, most, until)
            return
        copy.mkdir()
        for one in files.ls(place, detail=False)[: MOST_PARTS + 1]:
            _fetch_part(files, one, copy / PurePosixPath(one).name, most, until)
    except Exception as error:
        LOG.error(
            "%s was not fetched: %s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
        )
        shutil.rmtree(copy, ignore_errors=True)
        copy.unlink(missing_ok=True)


def _fetch_part(files: Any, place: str, part: Path, most: int, until: float) -> None:
    """A file of a folder, or a folder in it with its files; what lies deeper is there without content."""
    if not files.isdir(place):
        _fetch_one(files, place, part, most, until)
        return
    part.mkdir()
    for one in files.ls(place, detail=False)[: MOST_PARTS + 1]:
        inner = part / PurePosixPath(one).name
        if files.isdir(one):
            inner.mkdir()
        else:
            _fetch_one(files, one, inner, most, until)


def _fetch_one(files: Any, place: str, copy: Path, most: int, until: float) -> None:
    with files.open(place, "rb") as reading, copy.open("wb") as writing, suppress(NotTakenError):
        copy_bounded(reading, writing, most, lambda: time.monotonic() > until)
