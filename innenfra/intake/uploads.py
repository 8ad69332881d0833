"""Files that somebody has put on the page and not yet sent in, each in a folder of its own under the state
folder.

Belongs here: keeping bytes within the limits, finding a delivery of several files, sweeping what was left.
Does not belong here: looking into the files (`checking.py`), sending them (`sending.py`).
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.ingest.names import LISTS, lists_of
from innenfra.settings import Settings

FOLDER = "uploads"
KEPT_SECONDS = 6 * 3600
"""How long an upload waits to be sent in before it is swept away."""
MOST_FILES = 50
_PIECE = 1_000_000

TOO_LARGE = Words(
    nb="«{name}» er større enn {mb} MB, som er det meste som tas inn. Del den i flere filer.",
    nn="«{name}» er større enn {mb} MB, som er det meste som vert teke inn. Del ho i fleire filer.",
    en="“{name}” is larger than {mb} MB, which is the most that is taken in. Split it into several files.",
)
TOO_MANY = Words(
    nb="Høyst {n} filer om gangen. Send dem i flere omganger.",
    nn="Høgst {n} filer om gongen. Send dei i fleire omgangar.",
    en="{n} files at a time at most. Send them in several rounds.",
)


@dataclass(frozen=True)
class Upload:
    """One delivery that waits to be sent in: a file, or a folder of the sheets that belong together."""

    path: Path

    @property
    def name(self) -> str:
        """What the sender called it."""
        return self.path.name


def keep_uploads(settings: Settings, files: Sequence[tuple[str, BinaryIO]]) -> list[Upload]:
    """Keep the files of one drop, and tell which deliveries they are: a drop with a sheet called manifest is
    one delivery of several sheets; otherwise each file is one.

    Raises `UserError` where a file is too large or there are too many; nothing is kept then.
    """
    if len(files) > MOST_FILES:
        raise UserError(_filled(TOO_MANY, n=str(MOST_FILES)), 2)
    sweep_uploads(settings)
    folder = settings.home / FOLDER / f"{int(time.time())}-{secrets.token_hex(8)}"
    folder.mkdir(mode=0o700, parents=True)
    (settings.home / FOLDER).chmod(0o700)
    try:
        paths = [_keep(folder, name, data, settings) for name, data in files]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if len(paths) > 1 and any(path.stem.casefold() == "manifest" for path in paths):
        together = folder / "leveranse"
        together.mkdir(mode=0o700)
        for path in paths:
            path.rename(together / path.name)
        return [Upload(together)]
    return [Upload(path) for path in paths]


def _keep(folder: Path, name: str, data: BinaryIO, settings: Settings) -> Path:
    path = _free_path(folder, PurePath(name.replace("\\", "/")).name or "fil")
    size, most = 0, settings.max_upload_mb * 1_000_000
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        while piece := data.read(_PIECE):
            size += len(piece)
            if size > most:
                raise UserError(_filled(TOO_LARGE, name=path.name, mb=str(settings.max_upload_mb)), 2)
            kept.write(piece)
    return path


def _free_path(folder: Path, name: str) -> Path:
    """A path that is not taken: two files of one name stay two files. Hidden names would not be seen."""
    name = name.lstrip(".") or "fil"
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{PurePath(name).stem}-{number}{PurePath(name).suffix}"
    return path


def keep_names(upload: Upload, names: str) -> None:
    """Keep the school's own list of names beside the upload, one person a line; it is taken out of all that
    is read, and goes with the upload until that is taken in."""
    beside = upload.path.with_name(f"{upload.path.name}.{LISTS[0]}")
    beside.unlink(missing_ok=True)
    if names.strip():
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as kept:
            kept.write(names)


def forget_upload(upload: Upload) -> None:
    """Remove an upload that is not wanted, or that has been sent in."""
    for names in lists_of(upload.path):
        names.unlink(missing_ok=True)
    if upload.path.is_dir():
        shutil.rmtree(upload.path, ignore_errors=True)
    else:
        upload.path.unlink(missing_ok=True)


def sweep_uploads(settings: Settings, now: float | None = None) -> None:
    """Remove what has waited longer than `KEPT_SECONDS`, however it was left."""
    root = settings.home / FOLDER
    if not root.is_dir():
        return
    for folder in root.iterdir():
        begun = folder.name.split("-")[0]
        if not begun.isdigit() or (now or time.time()) - int(begun) > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _filled(words: Words, **values: str) -> Words:
    return Words(*(words[language].format(**values) for language in ("nb", "nn", "en")))
