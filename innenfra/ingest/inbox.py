"""The inbox, a folder or any fsspec URL: what waits there.

Belongs here: listing it, and bringing what waits to this machine.
Does not belong here: reading files (`receive.py`), when that is done (`orchestration/inbox.py`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from innenfra.settings import Settings


def waiting(settings: Settings) -> dict[str, str]:
    """Files and folders in the inbox by path, in the order of their names, with what changes when they do; hidden ones are still being written."""
    files, folder = fsspec.core.url_to_fs(settings.inbox_url)
    if not files.exists(folder):
        return {}
    files.invalidate_cache()
    names = sorted(files.ls(folder, detail=False), key=lambda path: PurePosixPath(path).name)
    shown = [path for path in names if not PurePosixPath(path).name.startswith(".")]
    return {path if _is_here(files) else files.unstrip_protocol(path): _state(files, path) for path in shown}


def _state(files: Any, path: str) -> str:
    """What tells one state of a file or folder from another, as far as the store says it."""
    one = files.info(path)
    said = next((str(one[key]) for key in ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created") if one.get(key)), "")
    return f"{said}:{one.get('size') or 0}"


def _is_here(files: Any) -> bool:
    return "file" in (files.protocol if isinstance(files.protocol, tuple) else (files.protocol,))


@contextmanager
def pending(settings: Settings) -> Iterator[dict[str, Path]]:
    """What waits in the inbox, by where it is, as paths on this machine; from another store it is fetched first."""
    files, _ = fsspec.core.url_to_fs(settings.inbox_url)
    places = list(waiting(settings))
    if _is_here(files):
        yield {place: Path(place) for place in places}
        return
    with tempfile.TemporaryDirectory(prefix="innenfra-inbox-") as name:
        copies = {place: Path(name) / PurePosixPath(place).name for place in places}
        for place, copy in copies.items():
            files.get(place, str(copy), recursive=True)
        yield copies
