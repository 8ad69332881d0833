"""What is looked at before a file is opened: size, kind, and what a zip container holds.

Belongs here: refusing a file on its outside. Sizes are counted while reading, never trusted from headers.
Does not belong here: anything about the data.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from innenfra.contracts.words import Words

MAX_MEMBERS = 200
MAX_MEMBER_BYTES = 30_000_000
MAX_TOTAL_BYTES = 50_000_000
MAX_RATIO = 100
MAX_SHEET_ROWS = 500_000
MAX_COLUMNS = 1_000
MAX_LINE_BYTES = 1_000_000
ALLOWED_ENDINGS = (".xlsx", ".csv", ".txt", ".json")
_PIECE = 65_536
_SYMBOLIC_LINK = 0o120000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*?ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')

TOO_LARGE = Words(nb="den er for stor", nn="ho er for stor", en="it is too large")
MANY_ROWS = Words(
    nb="den har flere enn en halv million linjer",
    nn="ho har fleire enn ein halv million linjer",
    en="it has more than half a million lines",
)
WRONG_KIND = Words(
    nb="filtypen ikke kan leveres",
    nn="filtypen ikkje kan leverast",
    en="files of this kind cannot be delivered",
)
NOT_WHAT_IT_SAYS = Words(
    nb="innholdet ikke er det som filnavnet sier",
    nn="innhaldet ikkje er det som filnamnet seier",
    en="its content is not what its name says",
)
UNSAFE_ARCHIVE = Words(
    nb="den inneholder noe som ikke hører til i et regneark",
    nn="ho inneheld noko som ikkje høyrer til i eit rekneark",
    en="it holds something that does not belong in a spreadsheet",
)
UNSAFE_XML = Words(
    nb="den inneholder XML-entiteter", nn="ho inneheld XML-entitetar", en="it holds XML entities"
)
BOMB = Words(
    nb="den pakkes ut til mer enn den kan være",
    nn="ho pakkar seg ut til meir enn ho kan vere",
    en="it unpacks to more than it may",
)
FORMULA = Words(nb="den inneholder formler", nn="ho inneheld formlar", en="it holds formulas")
NUL = Words(
    nb="den inneholder tegn som ikke hører til i tekst",
    nn="ho inneheld teikn som ikkje høyrer til i tekst",
    en="it holds characters that do not belong in text",
)


def refusal(name: str, data: bytes, max_bytes: int) -> Words | None:
    """Why the part must not be opened, or None where it may be."""
    ending = name[name.rfind(".") :].lower()
    if len(data) > max_bytes:
        return TOO_LARGE
    if ending not in ALLOWED_ENDINGS:
        return WRONG_KIND
    if ending == ".xlsx":
        return _workbook_refusal(data)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"):
        return NOT_WHAT_IT_SAYS
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return NUL if "\x00" in data.decode("utf-16", errors="replace") else None
    if b"\x00" in data:
        return NUL
    if ending != ".json" and data.count(b"\n") > MAX_SHEET_ROWS:
        return MANY_ROWS
    return TOO_LARGE if ending != ".json" and _too_wide(data) else None


def _too_wide(data: bytes) -> bool:
    """More columns or longer lines than any table has."""
    header = data[: data.find(b"\n")] if b"\n" in data else data
    return max(header.count(b";"), header.count(b","), header.count(b"\t")) >= MAX_COLUMNS or _has_long_line(
        data
    )


def _has_long_line(data: bytes) -> bool:
    """Whether some line is longer than any table's; looks at one line end in each stretch, not at each
    line."""
    start = 0
    while len(data) - start > MAX_LINE_BYTES:
        end = data.rfind(b"\n", start, start + MAX_LINE_BYTES + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def _workbook_refusal(data: bytes) -> Words | None:
    if not data.startswith(b"PK\x03\x04"):
        return NOT_WHAT_IT_SAYS
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            return NOT_WHAT_IT_SAYS
        if len(members) > MAX_MEMBERS:
            return BOMB
        if len({member.filename for member in members}) < len(members):
            return UNSAFE_ARCHIVE
        total = 0
        for member in members:
            if member.filename.startswith(("/", "\\")) or ".." in member.filename or member.flag_bits & 1:
                return UNSAFE_ARCHIVE
            if (member.external_attr >> 16) & 0o170000 == _SYMBOLIC_LINK or member.filename.startswith(
                "xl/externalLinks/"
            ):
                return UNSAFE_ARCHIVE
            if member.filename.lower().endswith((".zip", ".xlsx", ".bin", ".exe", ".dll", ".js")):
                return UNSAFE_ARCHIVE
            content = _bounded(archive, member)
            if content is None:
                return BOMB
            total += len(content)
            if total > MAX_TOTAL_BYTES or len(content) > MAX_RATIO * max(member.compress_size, 1_000):
                return BOMB
            if member.filename.startswith("xl/worksheets/"):
                if _FORMULA.search(content):
                    return FORMULA
                if _is_huge(content):
                    return BOMB
            if member.filename.endswith((".xml", ".rels")) and b"<!" in content[:2_000]:
                ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return UNSAFE_XML
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
    ):
        return NOT_WHAT_IT_SAYS
    return None


def _is_huge(sheet: bytes) -> bool:
    """Whether the sheet says that it is larger than any delivery: readers may make room for all of it."""
    found = _DIMENSION.search(sheet, 0, 10_000)
    if not found:
        return False
    columns = 0
    for letter in found[1][:4]:
        columns = 26 * columns + letter - 64
    return columns > MAX_COLUMNS or int(found[2]) > MAX_SHEET_ROWS


def _bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """The member's content, or None where it is larger than allowed."""
    pieces, size = [], 0
    with archive.open(member) as handle:
        while piece := handle.read(_PIECE):
            size += len(piece)
            if size > MAX_MEMBER_BYTES:
                return None
            pieces.append(piece)
    return b"".join(pieces)
