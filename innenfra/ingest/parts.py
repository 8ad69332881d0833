"""The parts of a delivery, each accounted for: read, passed over by rule, or named as not read.

Belongs here: unpacking a zip of a folder, what machines leave behind in folders, letters that lie beside,
and what must never be sent.
Does not belong here: whether a part is safe to open (`guard.py`), what stands in it (`innenfra/formats`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace

from innenfra.findings import Finding
from innenfra.formats import Incoming
from innenfra.formats.sheets import about
from innenfra.ingest import guard
from innenfra.masking import told

JUNK = re.compile(
    r"(?:^|/)(?:thumbs\.db|ehthumbs\.db|desktop\.ini|~\$[^/]*|\.[^/]*|__macosx"
    r"|~[^/]*\.tmp|\.~lock\.[^/]*#|icon\r)(?:/|$)",
    re.IGNORECASE,
)
"""What Windows, macOS and spreadsheets leave in folders; nobody wrote it."""
LETTERS = (".docx", ".doc", ".pdf", ".odt", ".rtf", ".md", ".pages", ".pptx", ".html", ".htm", ".msg", ".eml")
"""Documents that people read: told not to be read where they lie beside something that is."""
PICTURES = (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".tif", ".tiff", ".bmp")
SOUND = (
    ".m4a",
    ".mp3",
    ".wav",
    ".aac",
    ".ogg",
    ".oga",
    ".opus",
    ".wma",
    ".flac",
    ".amr",
    ".mp4",
    ".mov",
    ".m4v",
    ".avi",
    ".mkv",
    ".webm",
    ".3gp",
)
"""Sound and film: voices are personal data, and are never to be sent."""
BESIDE = LETTERS + PICTURES + (".txt",)


def is_junk(name: str) -> bool:
    """Whether nobody wrote the file: machines leave it behind."""
    return JUNK.search(name) is not None


def unpacked(incoming: Incoming, max_bytes: int) -> tuple[Incoming, list[Finding]]:
    """The delivery without what machines left in it, with every zip of a folder unpacked; and why it cannot
    be
    taken, where it cannot."""
    parts: dict[str, bytes] = {}
    for name, data in incoming.parts.items():
        if is_junk(name):
            continue
        if name.lower().endswith(".zip"):
            found = _members(incoming, name, data, max_bytes)
            if isinstance(found, Finding):
                return incoming, [found]
            parts |= found
        else:
            parts[name] = data
    sound = sorted(name for name in parts if name.lower().endswith(SOUND))
    if sound:
        return incoming, [about("sound_file", told(sound[0].rsplit("/", 1)[-1], incoming.names))]
    return replace(incoming, parts=parts, opened={}), []


def _members(incoming: Incoming, name: str, data: bytes, max_bytes: int) -> dict[str, bytes] | Finding:
    """The files of a zip, without a folder that holds all of them."""
    reason = guard.archive_refusal(data, max_bytes)
    if reason is not None:
        return guard.unsafe(incoming.name, told(name, incoming.names), reason)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {
                one.filename.replace("\\", "/"): archive.read(one)
                for one in archive.infolist()
                if not one.is_dir() and not is_junk(one.filename.replace("\\", "/"))
            }
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return guard.unsafe(incoming.name, told(name, incoming.names), guard.NOT_WHAT_IT_SAYS)
    tops = {one.split("/", 1)[0] for one in found}
    if len(tops) == 1 and all("/" in one for one in found):
        found = {one.split("/", 1)[1]: content for one, content in found.items()}
    if any(one.count("/") > 1 for one in found):
        return about("deep_folder", told(name, incoming.names))
    return found


def unread(incoming: Incoming, names: tuple[str, ...], others_read: bool) -> list[Finding]:
    """A finding for each part that nobody reads. Letters and pictures beside what is read are a word;
    anything
    else says that something was left out."""
    found = []
    for name in names:
        called = told(name, incoming.names)
        lower = name.lower()
        if others_read:
            rule = "not_read" if lower.endswith(BESIDE) else "unknown_part"
            severity = "warning" if rule == "not_read" else "error"
            found.append(about(rule, incoming.name, severity=severity, sheet=called))
        elif lower.endswith(LETTERS):
            found.append(about("letter_alone", called))
        elif lower.endswith(PICTURES):
            found.append(about("picture_alone", called))
    return found
