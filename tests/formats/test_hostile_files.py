"""Files made to do harm: each is refused before it is opened, quickly, and with a reason that can be
named."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest

from innenfra.contracts.words import Words
from innenfra.ingest import guard

MAX = 20_000_000
WORKBOOK = (
    b'<?xml version="1.0"?><workbook'
    b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
)
SHEET = (
    b'<?xml version="1.0"?><worksheet'
    b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
PARTS = (
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "docProps/core.xml",
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c'
    b' "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l>&x;</l>'
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><l/>'


def book(*more: tuple[str, bytes], without: str = "", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook with more members, or others in place of its own."""
    members = {"xl/workbook.xml": WORKBOOK, "xl/worksheets/sheet1.xml": SHEET} | dict(more)
    members.pop(without, None)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def encrypted() -> bytes:
    data = bytearray(book())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    return bytes(data)


def says_small(content: bytes) -> bytes:
    """A member whose header lies about its size."""
    data = bytearray(book(("xl/media/a.xml", content)))
    start = data.rfind(b"PK\x01\x02")
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def symlink() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        link = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def doubled() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/workbook.xml", b"<other/>")
    return made.getvalue()


def cases() -> Iterator[tuple[str, str, Callable[[], bytes], set[Words]]]:
    """Name, file name, how it is made, and the reasons that are right."""
    xml, bomb, archive, other = (
        {guard.UNSAFE_XML},
        {guard.BOMB},
        {guard.UNSAFE_ARCHIVE},
        {guard.NOT_WHAT_IT_SAYS},
    )
    for part in PARTS:
        yield (
            f"entities in {part}",
            "a.xlsx",
            lambda part=part: book(
                (part, LAUGHS), ("xl/workbook.xml", LAUGHS if part == "xl/workbook.xml" else WORKBOOK)
            ),
            xml,
        )
        yield (
            f"outside file from {part}",
            "a.xlsx",
            lambda part=part: book(
                (part, OUTSIDE), ("xl/workbook.xml", OUTSIDE if part == "xl/workbook.xml" else WORKBOOK)
            ),
            xml,
        )
    yield "parameter entity", "a.xlsx", lambda: book(("xl/styles.xml", PARAMETER)), xml
    for size in (5, 12, 29):
        yield (
            f"{size} MB of nothing",
            "a.xlsx",
            lambda size=size: book(("xl/worksheets/sheet1.xml", b"\0" * (size * 1_000_000))),
            other,
        )
    yield "40 MB of spaces", "a.xlsx", lambda: book(("xl/sharedStrings.xml", b" " * 40_000_000)), bomb
    yield (
        "many of 2 MB",
        "a.xlsx",
        lambda: book(*((f"xl/worksheets/sheet{n}.xml", b"<a/>" * 500_000) for n in range(40))),
        bomb,
    )
    yield "5000 members", "a.xlsx", lambda: book(*((f"xl/a{n}.xml", b"") for n in range(5_000))), bomb
    yield "a header that lies", "a.xlsx", lambda: says_small(b" " * 20_000_000), bomb | other
    for name in ("../../etc/passwd", "/etc/passwd", "..\\..\\windows\\x", "xl/../../x", "\\\\server\\x"):
        yield f"path {name}", "a.xlsx", lambda name=name: book((name, b"x")), archive
    for name in (
        "xl/embeddings/a.zip",
        "xl/embeddings/b.xlsx",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.bin",
        "xl/a.exe",
        "xl/b.dll",
        "xl/c.js",
        "xl/d.zip",
    ):
        yield f"member {name}", "a.xlsx", lambda name=name: book((name, b"x")), {guard.EMBEDDED}
    yield "macros", "a.xlsx", lambda: book(("xl/vbaProject.bin", b"x")), {guard.MACROS}
    yield "old macros", "a.xlsx", lambda: book(("xl/macrosheets/sheet1.xml", SHEET)), {guard.MACROS}
    yield (
        "nested bomb",
        "a.xlsx",
        lambda: book(("xl/inner.zip", book(("x", b"\0" * 5_000_000)))),
        {guard.EMBEDDED},
    )
    yield "encrypted", "a.xlsx", encrypted, {guard.PASSWORD}
    yield (
        "a password to open",
        "a.xlsx",
        lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        {guard.PASSWORD},
    )
    yield (
        "macros of old Excel",
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0" + "_VBA_PROJECT".encode("utf-16-le"),
        {guard.MACROS},
    )
    yield "symbolic link", "a.xlsx", symlink, archive
    yield "member twice", "a.xlsx", doubled, archive
    yield (
        "link to another workbook",
        "a.xlsx",
        lambda: book(("xl/externalLinks/externalLink1.xml", b"<externalLink/>")),
        {guard.LINKED},
    )
    yield "no workbook in it", "a.xlsx", lambda: book(without="xl/workbook.xml"), other
    yield "cut off", "a.xlsx", lambda: book()[:-30], other
    yield "only the first bytes", "a.xlsx", lambda: b"PK\x03\x04", other
    yield "empty", "a.xlsx", lambda: b"", other
    yield "text as workbook", "a.xlsx", lambda: b"a;b\n1;2\n", other
    yield "old Excel as workbook", "a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, other
    yield "workbook as text", "a.csv", book, other
    yield "old Excel as text", "a.csv", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, other
    yield "PDF as text", "a.csv", lambda: b"%PDF-1.7", other
    yield "NUL in text", "a.csv", lambda: b"a;b\n1;\x002\n", {guard.NUL}
    yield "NUL at the end", "a.txt", lambda: b"a;b\n" * 1_000 + b"\x00", {guard.NUL}
    yield "too large", "a.csv", lambda: b"1;2\n" * 6_000_000, {guard.TOO_LARGE}
    yield "a line of 3 MB", "a.csv", lambda: b"a;b\n" + b"x" * 3_000_000, {guard.TOO_LARGE}
    yield (
        "100 000 columns",
        "a.csv",
        lambda: b";".join(b"c" for _ in range(100_000)) + b"\n",
        {guard.TOO_LARGE},
    )
    for ending in (".exe", ".html", ".zip", ".svg", ""):
        yield f"ending {ending or 'none'}", f"a{ending}", book, {guard.WRONG_KIND}
    for ending in (".xlsm", ".xlsb"):
        yield f"ending {ending}", f"a{ending}", book, {guard.MACROS}
    yield "workbook as old workbook", "a.xls", book, other


CASES = list(cases())


def test_each_is_refused_quickly_and_by_name(figures: dict[str, str]) -> None:
    slowest, passed = 0.0, []
    for name, file_name, made, reasons in CASES:
        data = made()
        started = time.monotonic()
        reason = guard.refusal(file_name, data, MAX)
        slowest = max(slowest, time.monotonic() - started)
        if reason not in reasons:
            passed.append((name, reason.en if reason else "let through"))
    figures["hostile files"] = (
        f"{len(CASES) - len(passed)} of {len(CASES)} refused with the right reason, the slowest in"
        f" {slowest:.2f} s"
    )
    assert passed == []
    assert len(CASES) >= 60
    assert slowest < 1


def formula(inner: bytes) -> bytes:
    return book(
        (
            "xl/worksheets/sheet1.xml",
            SHEET.replace(
                b"<sheetData/>", b'<sheetData><row r="1"><c r="A1">' + inner + b"</c></row></sheetData>"
            ),
        )
    )


def dimension(ref: bytes) -> bytes:
    return book(
        (
            "xl/worksheets/sheet1.xml",
            SHEET.replace(b"<sheetData/>", b'<dimension ref="' + ref + b'"/><sheetData/>'),
        )
    )


LISTS = (
    b"<extLst><ext><x14:dataValidations><x14:dataValidation"
    b' type="list"><x14:formula1><xm:f>_innenfra!$A$2:$C$2'
    b"</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)
UNUSUAL = {
    "printer settings": lambda: book(("xl/printerSettings/printerSettings1.bin", b"\0" * 600)),
    "custom properties": lambda: book(
        ("xl/customProperty1.bin", b"x"), ("docProps/custom.xml", b"<Properties/>")
    ),
    "drawings and charts": lambda: book(
        ("xl/drawings/drawing1.xml", b"<wsDr/>"), ("xl/charts/chart1.xml", b"<c/>")
    ),
    "a picture": lambda: book(("xl/media/image1.png", b"\x89PNG")),
    "form controls": lambda: book(("xl/ctrlProps/ctrlProp1.xml", b"<formControlPr/>")),
    "threaded comments": lambda: book(("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments/>")),
    "a connection": lambda: book(("xl/connections.xml", b"<connections/>")),
    "lists as newer Excel keeps them": lambda: book(
        ("xl/worksheets/sheet1.xml", SHEET.replace(b"</worksheet>", LISTS))
    ),
    "300 sheets": lambda: book(*((f"xl/worksheets/sheet{n}.xml", SHEET) for n in range(300))),
    "a whole column formatted": lambda: dimension(b"A1:U1048576"),
    "a row to the last column": lambda: dimension(b"A1:XFD1"),
    "5 MB of spaces": lambda: book(("xl/sharedStrings.xml", b"<sst/>" + b" " * 5_000_000)),
    "a formula": lambda: formula(b"<f>1+1</f><v>2</v>"),
    "a shared formula": lambda: formula(b'<f t="shared" si="0">A1</f>'),
    "a comment in XML": lambda: book(
        ("xl/styles.xml", b"<?xml version='1.0'?><!-- made by hand --><styleSheet/>")
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_and_harms_nobody_passes(name: str) -> None:
    assert guard.refusal("a.xlsx", UNUSUAL[name](), MAX) is None


def test_a_plain_workbook_passes() -> None:
    assert guard.refusal("a.xlsx", book(), MAX) is None
    assert guard.refusal("a.csv", "a;b\nø;2\n".encode(), MAX) is None
