"""Preparing a file in a process of its own, with limits on memory and time.

The file's bytes never pass through the calling process: it copies and hashes, the worker reads.

Belongs here: what passes between the caller and the worker, and the limit on time.
Does not belong here: the process (`worker.py`), what preparing means (`prepare.py`).
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest import guard
from innenfra.ingest.names import Names, unnamed_findings
from innenfra.ingest.prepare import Prepared, prepare, unsafe
from innenfra.ingest.worker import start_worker, stop_worker
from innenfra.masking import without_names
from innenfra.settings import Settings

_PARTS, _ROWS = "parts", "rows"
_PIECE = 1_000_000


@dataclass(frozen=True)
class Taken:
    """A delivery copied into a folder of ours: what is hashed is what is read and what is kept.

    `parts` are its files there; the hash is over sorted names and bytes.
    """

    name: str
    folder: Path
    parts: list[Path]
    sha256: str
    size_bytes: int
    names: Names = field(default=(), repr=False)


@contextmanager
def taken(path: Path, names: Names = ()) -> Iterator[Taken]:
    """The file or folder, copied while it is hashed; the copy is gone afterwards. `names` are the school's own list."""
    files = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="innenfra-") as name:
        folder = Path(name)
        (folder / _PARTS).mkdir()
        (folder / _ROWS).mkdir()
        copies = [folder / _PARTS / file.name for file in files]
        for file, copy in zip(files, copies, strict=True):
            shutil.copyfile(file, copy)
            if path.is_dir():
                digest.update(file.name.encode() + b"\0" + str(copy.stat().st_size).encode() + b"\0")
            with copy.open("rb") as handle:
                while piece := handle.read(_PIECE):
                    digest.update(piece)
        size = sum(c.stat().st_size for c in copies)
        yield Taken(without_names(path.name, names, any_case=True), folder, copies, digest.hexdigest(), size, names)


def prepare_apart(delivery: Taken, school_id: str | None, registered: frozenset[str] | None, settings: Settings) -> Prepared:
    """`prepare` in the worker; a file that breaks the limits is refused in words."""
    worker = start_worker(settings)
    try:
        task = worker.submit(_prepare_in, delivery, school_id, registered, settings.max_upload_mb * 1_000_000)
        made = task.result(timeout=settings.parse_seconds)
        made.landed = {path.stem: pl.read_ipc(path) for path in sorted((delivery.folder / _ROWS).glob("*.arrow"))}
        return made
    except (BrokenProcessPool, TimeoutError, MemoryError):
        stop_worker(settings)
        return Prepared(delivery.name, findings=[about("unreadable_file", delivery.name)], rejected=True)


def _prepare_in(delivery: Taken, school_id: str | None, registered: frozenset[str] | None, max_bytes: int) -> Prepared:
    """Prepare, and hand the landed rows over as files: a large frame is cheaper mapped than sent."""
    too_large = next((part.name for part in delivery.parts if part.stat().st_size > max_bytes), None)
    if too_large is not None:
        return Prepared(
            delivery.name, findings=unnamed_findings([unsafe(delivery.name, too_large, guard.TOO_LARGE)], delivery.names, [too_large]), rejected=True
        )
    incoming = Incoming(delivery.name, {part.name: part.read_bytes() for part in delivery.parts}, delivery.sha256, delivery.names)
    made = prepare(incoming, school_id, registered, max_bytes)
    made.findings = unnamed_findings(made.findings, delivery.names, [part.name for part in delivery.parts])
    del incoming
    for file_type, frame in made.landed.items():
        frame.write_ipc(delivery.folder / _ROWS / f"{file_type}.arrow", compat_level=pl.CompatLevel.newest())
    made.landed = {}
    return made
