"""A delivery copied into a folder of ours, whatever lies where it is said to be.

Belongs here: what is copied and what is not. Links are not followed, only plain files are read, and the
limits on
size and time act while copying. What cannot be copied is told in one finding, and hits no other delivery.
Does not belong here: looking into the files (`guard.py`), reading them (`delivery.py`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from innenfra.contracts.words import Words
from innenfra.findings import Finding, file_message
from innenfra.formats.sheets import Names
from innenfra.ingest import guard
from innenfra.ingest.names import LISTS, lists_of, read_names
from innenfra.ingest.parts import is_junk
from innenfra.ingest.scratch import scratch
from innenfra.masking import told
from innenfra.settings import Settings

PARTS, ROWS = "parts", "rows"
MOST_PARTS = 200
TOTAL = 10
"""How many times larger than one file a folder may be."""
_PIECE = 1_000_000

LINK = Words(
    nb="den er en lenke til noe annet",
    nn="ho er ei lenkje til noko anna",
    en="it is a link to something else",
)
SPECIAL = Words(
    nb="den er ikke en vanlig fil eller mappe",
    nn="ho er ikkje ei vanleg fil eller mappe",
    en="it is no plain file or folder",
)
IN_FOLDER = Words(
    nb="mappen har noe annet enn vanlige filer i seg («{part}»)",
    nn="mappa har noko anna enn vanlege filer i seg («{part}»)",
    en="the folder holds something else than plain files (“{part}”)",
)
DEEP_FOLDER = Words(
    nb="mappen har mapper i flere lag («{part}»); bare ett lag undermapper blir lest",
    nn="mappa har mapper i fleire lag («{part}»); berre eitt lag undermapper blir lese",
    en="the folder holds folders in several layers (“{part}”); only one layer of folders is read",
)
MANY_PARTS = Words(
    nb=f"mappen har flere enn {MOST_PARTS} filer",
    nn=f"mappa har fleire enn {MOST_PARTS} filer",
    en=f"the folder holds more than {MOST_PARTS} files",
)
NAME = Words(
    nb="navnet på en fil eller mappe har tegn som ikke er UTF-8",
    nn="namnet på ei fil eller mappe har teikn som ikkje er UTF-8",
    en="the name of a file or folder has characters that are not UTF-8",
)
GONE = Words(nb="den ikke lenger er der", nn="ho ikkje er der lenger", en="it is no longer there")
CHANGING = Words(
    nb="den ble endret mens den ble kopiert; den tas inn når den er skrevet ferdig",
    nn="ho vart endra medan ho vart kopiert; ho blir teken inn når ho er skriven ferdig",
    en="it changed while it was copied; it is taken in when it is written",
)
CLOSED = Words(
    nb="den ikke lar seg åpne eller lese",
    nn="ho ikkje let seg opne eller lese",
    en="it cannot be opened or read",
)
SLOW = Words(
    nb="den tar for lang tid å kopiere", nn="ho tek for lang tid å kopiere", en="it takes too long to copy"
)
NO_LIST = Words(
    nb="navnelisten ved siden av ikke lar seg lese",
    nn="namnelista ved sida av ikkje let seg lese",
    en="the list of names beside it cannot be read",
)


class NotTakenError(Exception):
    """A delivery that is not copied, and why. `gone` says that there is nothing to take."""

    def __init__(self, reason: Words, *, gone: bool = False) -> None:
        super().__init__(reason.en)
        self.reason, self.gone = reason, gone


@dataclass(frozen=True)
class Taken:
    """A delivery copied into a folder of ours: what is hashed is what is read and what is kept.

    `parts` are its files there; the hash is over sorted names and bytes. One that is `refused` has no parts,
    and its
    hash is over its name, the reason, its size and its time; of one that is `gone` there is nothing to take.
    `lists`
    are the files that its list of names was read from.
    """

    name: str
    folder: Path
    parts: list[Path]
    sha256: str
    size_bytes: int
    names: Names = field(default=(), repr=False)
    refused: Finding | None = None
    gone: bool = False
    lists: tuple[Path, ...] = ()

    @property
    def named(self) -> dict[str, Path]:
        """The parts by their names: a file in a folder of the folder has the folder's name before a slash."""
        return {part.relative_to(self.folder / PARTS).as_posix(): part for part in self.parts}


@contextmanager
def taken(path: Path, settings: Settings, names: Names = ()) -> Iterator[Taken]:
    """The file or folder, copied while it is hashed; the copy is gone afterwards. `names` are the school's
    own list, beside what lies with it."""
    with scratch(settings) as folder:
        yield _copied(path, folder, settings, names)


def _copied(path: Path, folder: Path, settings: Settings, names: Names) -> Taken:
    path = path.absolute()
    lists = tuple(lists_of(path))
    try:
        all_names = tuple(dict.fromkeys((*names, *(one for given in lists for one in _read_list(given)))))
    except NotTakenError as error:
        return _refusal(path, folder, error, names)
    try:
        digest, parts = _copy(path, folder, settings)
    except NotTakenError as error:
        return _refusal(path, folder, error, all_names)
    except FileNotFoundError:
        return _refusal(path, folder, NotTakenError(GONE, gone=True), all_names)
    except Exception:  # whatever a file system says of what lies there
        return _refusal(path, folder, NotTakenError(CLOSED), all_names)
    size = sum(part.stat().st_size for part in parts)
    return Taken(told(as_text(path.name), all_names), folder, parts, digest, size, all_names, lists=lists)


def _refusal(path: Path, folder: Path, error: NotTakenError, names: Names) -> Taken:
    name = told(as_text(path.name), names)
    message = Words(
        *(file_message("not_taken", file=name, found=error.reason[lang])[lang] for lang in ("nb", "nn", "en"))
    )
    digest = hashlib.sha256(
        b"\0".join((os.fsencode(path.name), error.reason.en.encode(), _state(path)))
    ).hexdigest()
    return Taken(
        name, folder, [], digest, 0, names, Finding(name, "not_taken", "error", message, "school"), error.gone
    )


def _state(path: Path) -> bytes:
    """What changes when something else lies there."""
    try:
        now = path.lstat()
    except OSError:
        return b""
    return f"{now.st_size} {now.st_mtime_ns}".encode()


def as_text(name: str) -> str:
    """A name as people can be shown it, also where its bytes are no text."""
    return os.fsencode(name).decode("utf-8", "replace")


def _read_list(path: Path) -> Names:
    try:
        return read_names(path)
    except Exception as error:
        raise NotTakenError(NO_LIST) from error


def _copy(path: Path, folder: Path, settings: Settings) -> tuple[str, list[Path]]:
    """Hash and copies of the delivery's files."""
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        raise NotTakenError(LINK)
    if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
        raise NotTakenError(SPECIAL)
    is_folder = stat.S_ISDIR(kind)
    before = state_of(path)
    files = _files_of(path) if is_folder else [path]
    if any(not _is_text(file.name) for file in (path, *files)):
        raise NotTakenError(NAME)
    (folder / PARTS).mkdir()
    (folder / ROWS).mkdir()
    digest, copies = hashlib.sha256(), []
    most, until = settings.max_upload_mb * 1_000_000, time.monotonic() + settings.parse_seconds
    left = TOTAL * most
    for file in files:
        name = file.relative_to(path if is_folder else path.parent)
        copies.append(folder / PARTS / name)
        copies[-1].parent.mkdir(exist_ok=True)
        size = _copy_one(file, copies[-1], min(most, left) + 1, until)
        left = max(left - size, 0)
        if is_folder:
            digest.update(name.as_posix().encode() + b"\0" + str(size).encode() + b"\0")
        with copies[-1].open("rb") as handle:
            while piece := handle.read(_PIECE):
                digest.update(piece)
    if state_of(path) != before:
        raise NotTakenError(CHANGING, gone=True)
    return digest.hexdigest(), copies


def state_of(path: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What changes when a file, or anything within a folder or the folders in it, is written: names, sizes
    and times. A time of change cannot be set by whoever copies."""
    entries = [path, *_within(path)]
    entries += [deeper for inner in entries[1:] for deeper in _within(inner)]
    seen = ((one, one.lstat()) for one in sorted(entries))
    return tuple((one.name, now.st_size, now.st_mtime_ns, now.st_ctime_ns) for one, now in seen)


def _within(path: Path) -> list[Path]:
    if not stat.S_ISDIR(path.lstat().st_mode):
        return []
    with os.scandir(path) as found:
        return [Path(entry.path) for entry in found]


def _files_of(path: Path) -> list[Path]:
    """The plain files of a folder and of the folders in it, in the order of their names. Hidden ones, lists
    of
    names and what machines leave behind are no parts of it."""
    files: list[Path] = []
    for entry in _entries(path):
        if not entry.is_dir(follow_symlinks=False):
            files.append(_plain(path, entry))
            continue
        for inner in _entries(path / entry.name):
            if inner.is_dir(follow_symlinks=False):
                raise NotTakenError(_naming(DEEP_FOLDER, f"{entry.name}/{inner.name}"))
            files.append(_plain(path / entry.name, inner))
    if len(files) > MOST_PARTS:
        raise NotTakenError(MANY_PARTS)
    return files


def _entries(path: Path) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        shown = (e for e in entries if not is_junk(e.name) and e.name.lower() not in LISTS)
        return sorted(shown, key=lambda entry: entry.name)


def _plain(folder: Path, entry: os.DirEntry[str]) -> Path:
    if not entry.is_file(follow_symlinks=False):
        raise NotTakenError(_naming(IN_FOLDER, entry.name))
    return folder / entry.name


def _naming(reason: Words, part: str) -> Words:
    return Words(*(reason[language].format(part=told(as_text(part))) for language in ("nb", "nn", "en")))


def _copy_one(file: Path, copy: Path, most: int, until: float) -> int:
    """Copy at most `most` bytes of a plain file, and nothing of what has become another kind meanwhile."""
    source = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(source, "rb") as reading, copy.open("wb") as writing:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise NotTakenError(SPECIAL)
        return copy_bounded(reading, writing, most, lambda: time.monotonic() > until)


def copy_bounded(reading: BinaryIO, writing: BinaryIO, most: int, is_late: Callable[[], bool]) -> int:
    """Copy until the end, but no more than one byte beyond what may be; how much was copied."""
    size = 0
    while piece := reading.read(min(_PIECE, most - size)):
        writing.write(piece)
        size += len(piece)
        if size >= most:
            raise NotTakenError(guard.TOO_LARGE)
        if is_late():
            raise NotTakenError(SLOW)
    return size


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
