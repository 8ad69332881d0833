"""Folders and files of the state that only their owner opens.

Belongs here: making them so. Does not belong here: what is kept in them. The private PostgreSQL has a folder
of its
own rights (`innenfra/database/local.py`), since as root it runs as another user.
"""

from __future__ import annotations

from pathlib import Path


def own_folder(folder: Path) -> Path:
    """The folder, made where it is not there, closed to others."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def own_file(path: Path) -> Path:
    """The file, made empty where it is not there, closed to others; its folder too."""
    own_folder(path.parent)
    path.touch(mode=0o600)
    path.chmod(0o600)
    return path
