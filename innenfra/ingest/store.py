"""The bytes of delivered files, kept encrypted: each file has a key of its own, and without it nothing can be
read.

Belongs here: writing the parts of a delivery to the object store, reading them back, and taking them away.
Does not belong here: the keys' table (`innenfra/database/tables.py`), what is erased and when
(`innenfra/erasure.py`).

AES-256 in GCM mode, in pieces, so that a large file is never in memory. A part is stored as nonce, then
encrypted the length of its name, its name and its bytes, then the tag: not even a file name is told.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import fsspec
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM

from innenfra.ingest.copying import Taken
from innenfra.settings import Settings

_PIECE = 1_000_000
_NONCE, _TAG, _LENGTH = 12, 16, 4


def new_key() -> bytes:
    """A key for one file."""
    return secrets.token_bytes(32)


def new_place(sha256: str, settings: Settings) -> str:
    """Where a delivery is to be kept: new each time, as its key is."""
    return f"{settings.store_url.rstrip('/')}/{sha256[:2]}/{sha256}-{secrets.token_hex(4)}"


def keep(delivery: Taken, key: bytes, base: str) -> None:
    """Put the parts there, encrypted."""
    files, _ = fsspec.core.url_to_fs(base)
    files.makedirs(base, exist_ok=True)
    for number, (called, part) in enumerate(delivery.named.items()):
        nonce = secrets.token_bytes(_NONCE)
        encryptor = Cipher(AES256(key), GCM(nonce)).encryptor()
        name = called.encode()
        with part.open("rb") as source, files.open(f"{base}/{number}", "wb") as target:
            target.write(nonce + encryptor.update(len(name).to_bytes(_LENGTH, "big") + name))
            while piece := source.read(_PIECE):
                target.write(encryptor.update(piece))
            target.write(encryptor.finalize() + encryptor.tag)


def kept(store_path: str, key: bytes) -> dict[str, bytes]:
    """The parts of a kept delivery by name. Raises `cryptography.exceptions.InvalidTag` with any other
    key."""
    files, _ = fsspec.core.url_to_fs(store_path)
    parts = {}
    for path in sorted(files.ls(store_path, detail=False), key=lambda one: int(Path(one).name)):
        data = files.cat_file(path)
        decryptor = Cipher(AES256(key), GCM(data[:_NONCE], data[-_TAG:])).decryptor()
        plain = decryptor.update(data[_NONCE:-_TAG]) + decryptor.finalize()
        start = _LENGTH + int.from_bytes(plain[:_LENGTH], "big")
        parts[plain[_LENGTH:start].decode()] = plain[start:]
    return parts


def take_away(store_path: str) -> None:
    """Remove what is kept there, if anything still is."""
    files, _ = fsspec.core.url_to_fs(store_path)
    if files.exists(store_path):
        files.rm(store_path, recursive=True)


def all_kept(settings: Settings) -> list[str]:
    """Where everything is that the store holds, as `keep` says it."""
    base = settings.store_url.rstrip("/")
    files, folder = fsspec.core.url_to_fs(base)
    if not files.exists(folder):
        return []
    files.invalidate_cache()
    return [
        f"{base}/{Path(shelf).name}/{Path(place).name}"
        for shelf in files.ls(folder, detail=False)
        if files.isdir(shelf)
        for place in files.ls(shelf, detail=False)
    ]
