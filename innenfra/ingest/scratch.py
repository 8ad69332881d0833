"""Copies of deliveries while they are looked at: in the state folder, closed to others, and gone afterwards.

Belongs here: a folder for a while, and sweeping those whose process lives no more. Whoever uses a folder
holds a lock
on a file in it; the kernel lets go of that when the process ends, however it ends.
Does not belong here: what is copied (`copying.py`).
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from innenfra.own import own_folder
from innenfra.settings import Settings

_HELD = "in_use"


@contextmanager
def scratch(settings: Settings) -> Iterator[Path]:
    """A folder of ours, removed at the end; what killed processes left behind is removed first."""
    place = own_folder(settings.home.absolute() / "tmp")
    with (place / ".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        _sweep(place)
        made = Path(tempfile.mkdtemp(dir=place))
        held = (made / _HELD).open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        (made / "copy").mkdir()
        yield made / "copy"
    finally:
        shutil.rmtree(made, ignore_errors=True)
        held.close()


def sweep(settings: Settings) -> int:
    """Remove what killed processes left behind; how many folders it was."""
    place = own_folder(settings.home.absolute() / "tmp")
    with (place / ".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return _sweep(place)


def _sweep(place: Path) -> int:
    """Called by whoever holds the lock of the place, so that no folder is just being made."""
    left = [folder for folder in place.iterdir() if folder.is_dir() and not _is_in_use(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_in_use(folder: Path) -> bool:
    try:
        with (folder / _HELD).open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
