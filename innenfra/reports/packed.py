"""Office files are packed folders; packed at a fixed time, the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile

FIXED = (1980, 1, 1, 0, 0, 0)


def settle(data: bytes) -> bytes:
    """The same file, with nothing in it of the moment it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            kept = zipfile.ZipInfo(entry.filename, FIXED)
            kept.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(kept, old.read(entry))
    return made.getvalue()
