"""What is looked at before a file is opened: size, kind, and what a zip container holds.

Belongs here: refusing a file on its outside for what harms: passwords, macros, embedded programs, links to
other workbooks, entities, and more than may be unpacked. What is merely unusual passes. Sizes are counted
while reading, never trusted from headers.
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
from innenfra.findings import Finding, file_message
from innenfra.formats.text import utf_16_of

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 30_000_000
MAX_TOTAL_BYTES = 60_000_000
MAX_SHEET_ROWS = 500_000
MAX_COLUMNS = 1_000
MAX_LINE_BYTES = 1_000_000
TEXT_ENDINGS = (
    ".csv",
    ".tsv",
    ".txt",
    ".json",
    ".jsonl",
    ".ndjson",
    ".vtt",
    ".srt",
    ".yaml",
    ".yml",
    ".xml",
    ".qdc",
)
ZIP_ENDINGS = (".xlsx", ".ods", ".docx", ".qdpx")
ALLOWED_ENDINGS = (*TEXT_ENDINGS, *ZIP_ENDINGS, ".xls")
_LONG_LINES = (".json", ".jsonl", ".ndjson", ".xml", ".qdc")
_PIECE = 65_536
_SYMBOLIC_LINK = 0o120000
_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = {
    ".xlsx": "xl/workbook.xml",
    ".ods": "content.xml",
    ".docx": "word/document.xml",
    ".qdpx": "project.qde",
}
_PROGRAM = (
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".cmd",
    ".ps1",
    ".jar",
    ".scr",
    ".com",
    ".lnk",
    ".hta",
    ".msi",
)
_MACRO_WORKBOOKS = (".xlsm", ".xlsb", ".xltm", ".xlam", ".docm")

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
PASSWORD = Words(
    nb="den åpnes med passord; ta bort passordet (Fil > Info > Beskytt arbeidsbok) og lever på nytt",
    nn="ho opnast med passord; ta bort passordet (Fil > Info > Vern arbeidsbok) og lever på nytt",
    en="it opens with a password; remove it (File > Info > Protect Workbook) and deliver again",
)
MACROS = Words(
    nb="den inneholder makroer; lagre den som vanlig XLSX uten makroer",
    nn="ho inneheld makroar; lagre henne som vanleg XLSX utan makroar",
    en="it holds macros; save it as a plain XLSX without macros",
)
EMBEDDED = Words(
    nb="den har et annet dokument eller program satt inn i seg (et innebygd objekt); slett det i arket",
    nn="ho har eit anna dokument eller program sett inn i seg (eit innebygd objekt); slett det i arket",
    en="another document or program is put into it (an embedded object); delete it in the sheet",
)
LINKED = Words(
    nb="den henter verdier fra en annen arbeidsbok; bryt koblingen (Data > Rediger koblinger)",
    nn="ho hentar verdiar frå ei anna arbeidsbok; bryt koplinga (Data > Rediger koplingar)",
    en="it takes values from another workbook; break the link (Data > Edit Links)",
)
UNSAFE_ARCHIVE = Words(
    nb="den inneholder noe som ikke hører til i et dokument eller en mappe",
    nn="ho inneheld noko som ikkje høyrer til i eit dokument eller ei mappe",
    en="it holds something that does not belong in a document or folder",
)
UNSAFE_XML = Words(
    nb="den inneholder XML-entiteter", nn="ho inneheld XML-entitetar", en="it holds XML entities"
)
BOMB = Words(
    nb="den pakkes ut til mer enn den kan være",
    nn="ho pakkar seg ut til meir enn ho kan vere",
    en="it unpacks to more than it may",
)
NUL = Words(
    nb="den inneholder tegn som ikke hører til i tekst",
    nn="ho inneheld teikn som ikkje høyrer til i tekst",
    en="it holds characters that do not belong in text",
)


def unsafe(file_name: str, part: str, reason: Words) -> Finding:
    """The finding on a part that is not opened. A reason that says what to do needs no general advice."""
    rule = "unsafe_file" if ";" not in reason.en else "closed_file"
    words = Words(*(file_message(rule, file=part, found=reason[lang])[lang] for lang in ("nb", "nn", "en")))
    return Finding(file_name, "unsafe_file", "error", words, "school", sheet=part)


def refusal(name: str, data: bytes, max_bytes: int) -> Words | None:
    """Why the part must not be opened, or None where it may be."""
    ending = ending_of(name)
    if len(data) > max_bytes:
        return TOO_LARGE
    if ending in _MACRO_WORKBOOKS:
        return MACROS
    if ending not in ALLOWED_ENDINGS:
        return WRONG_KIND
    if data.startswith(_OLE):
        return _old_office_refusal(ending, data)
    if ending in ZIP_ENDINGS:
        return _archive_refusal(data, _MAIN[ending]) if data.startswith(b"PK\x03\x04") else NOT_WHAT_IT_SAYS
    if ending == ".xls" or data[:4] in (b"PK\x03\x04", b"%PDF"):
        return NOT_WHAT_IT_SAYS
    return _text_refusal(ending, data)


def ending_of(name: str) -> str:
    """The ending of a name, in small letters, with its dot."""
    base = name.rsplit("/", 1)[-1]
    return base[base.rfind(".") :].lower() if "." in base else ""


def archive_refusal(data: bytes, max_bytes: int) -> Words | None:
    """Why a zip of a folder must not be unpacked, or None where it may be."""
    if len(data) > max_bytes:
        return TOO_LARGE
    return _archive_refusal(data, None) if data.startswith(b"PK\x03\x04") else NOT_WHAT_IT_SAYS


def _text_refusal(ending: str, data: bytes) -> Words | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return NUL if "\x00" in data.decode("utf-16", errors="replace") else None
    wide = utf_16_of(data)
    if wide:
        return NUL if "\x00" in data.decode(wide, errors="replace") else None
    if b"\x00" in data:
        return NUL
    if ending in _LONG_LINES:
        return (
            UNSAFE_XML
            if ending in (".xml", ".qdc") and b"<!" in data[:2_000] and _has_entities(data)
            else None
        )
    if data.count(b"\n") > MAX_SHEET_ROWS:
        return MANY_ROWS
    return TOO_LARGE if _too_wide(data) else None


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


def _old_office_refusal(ending: str, data: bytes) -> Words | None:
    """Containers of old Office, and those that newer Office keeps a document with a password in."""
    if _utf_16("EncryptedPackage") in data or _utf_16("EncryptionInfo") in data:
        return PASSWORD
    if _utf_16("_VBA_PROJECT") in data:
        return MACROS
    return None if ending == ".xls" else NOT_WHAT_IT_SAYS


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _has_entities(content: bytes) -> bool:
    try:
        ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return True
    except ElementTree.ParseError:
        return False
    return False


def _archive_refusal(data: bytes, main: str | None) -> Words | None:
    """What harms in a zip container: what it holds beside documents, and how much. `main` is the member
    without which it is not what it says."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if main is not None and main not in archive.namelist():
            return NOT_WHAT_IT_SAYS
        if len(members) > MAX_MEMBERS:
            return BOMB
        if len({member.filename for member in members}) < len(members):
            return UNSAFE_ARCHIVE
        total = 0
        for member in members:
            reason = _member_refusal(member, main)
            if reason is not None:
                return reason
            content = _bounded(archive, member)
            if content is None:
                return BOMB
            total += len(content)
            if total > MAX_TOTAL_BYTES:
                return BOMB
            reason = _content_refusal(member.filename, content) if main is not None else None
            if reason is not None:
                return reason
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


def _member_refusal(member: zipfile.ZipInfo, main: str | None) -> Words | None:
    name = member.filename.lower().replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or "\\\\" in member.filename:
        return UNSAFE_ARCHIVE
    if (member.external_attr >> 16) & 0o170000 == _SYMBOLIC_LINK:
        return UNSAFE_ARCHIVE
    if member.flag_bits & 1:
        return PASSWORD
    if "vbaproject" in name or name.startswith(("basic/", "scripts/", "xl/macrosheets/")):
        return MACROS
    if main is None:  # a folder: each of its files is looked at by itself
        return UNSAFE_ARCHIVE if name.endswith(_PROGRAM) else None
    if "/embeddings/" in name or "/activex/" in name or name.endswith(_PROGRAM):
        return EMBEDDED
    if name.startswith("xl/externallinks/"):
        return LINKED
    if name.endswith((".zip", ".xlsx", ".xls", ".docx")) and main != _MAIN[".qdpx"]:
        return EMBEDDED
    return None


def _content_refusal(name: str, content: bytes) -> Words | None:
    """What harms inside a document: entities; and XML that is none."""
    if not name.lower().endswith((".xml", ".rels", ".qde")):
        return None
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        return PASSWORD
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_wide and content.strip() and not re.match(rb"(?:\xef\xbb\xbf)?\s*<", content[:200]):
        return NOT_WHAT_IT_SAYS
    if is_wide or b"<!" in content[:2_000]:
        ElementTree.fromstring(content, forbid_dtd=True)
    return None


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
