"""The product's own template after a spreadsheet has opened and saved it: the same rows, nothing refused.

LibreOffice itself opens and saves it; how newer Excel saves is written here by hand: lists in the extension
part, printer settings, custom properties and a drawing beside the sheets.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import polars as pl
import pytest

from innenfra.demo.sjosiden import package
from innenfra.demo.writing import write_workbook
from innenfra.derive.template import write_template
from innenfra.formats import Incoming
from innenfra.ingest.prepare import Prepared, prepare

SCHOOL = "998870011"
VALIDATION = re.compile(
    rb'<dataValidation type="list"([^>]*)sqref="([^"]+)"><formula1>([^<]+)</formula1></dataValidation>'
)


def taken(path: Path) -> Prepared:
    return prepare(Incoming(path.name, {path.name: path.read_bytes()}, "0"), SCHOOL, None, 20_000_000)


def rows(made: Prepared) -> dict[str, list[tuple[object, ...]]]:
    return {
        file_type: frame.select(pl.all().cast(pl.String)).rows() for file_type, frame in made.landed.items()
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template with its examples, and a school's whole delivery."""
    folder = tmp_path_factory.mktemp("written")
    write_template(folder / "mal.xlsx", example=True)
    write_workbook(folder / "leveranse.xlsx", package())
    return folder


@pytest.fixture(scope="module")
def saved(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both as LibreOffice saves them in the formats that people choose from."""
    folder = tmp_path_factory.mktemp("saved")
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: sh scripts/spreadsheet.sh"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for ending in ("xlsx", "ods", "xls"):
        done = subprocess.run(
            [office, profile, "--headless", "--convert-to", ending, "--outdir", str(folder / ending)]
            + [str(path) for path in sorted(written.iterdir())],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("name", ["mal", "leveranse"])
def test_saved_by_libreoffice_it_is_the_same(name: str, ending: str, written: Path, saved: Path) -> None:
    before, after = taken(written / f"{name}.xlsx"), taken(saved / ending / f"{name}.{ending}")
    assert [f.message.en for f in after.findings if f.rule not in {g.rule for g in before.findings}] == []
    assert rows(after) == rows(before)
    assert after.rows_landed > 10


def as_excel_saves(data: bytes) -> bytes:
    """A workbook with its lists, settings and properties where Excel 2010 and newer put them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, _with_newer_lists(content) if name.startswith("xl/worksheets/sheet") else content
            )
        for name, content in {
            "xl/printerSettings/printerSettings1.bin": b"\x00" * 640,
            "xl/customProperty1.bin": "{DA3D}".encode("utf-16-le"),
            "docProps/custom.xml": b'<?xml version="1.0"?><Properties/>',
            "docProps/thumbnail.wmf": b"\xd7\xcd\xc6\x9a",
            "xl/drawings/drawing99.xml": b'<?xml version="1.0"?><xdr:wsDr xmlns:xdr="urn:x"/>',
            "customXml/item1.xml": b'<?xml version="1.0"?><p/>',
        }.items():
            new.writestr(name, content)
    return made.getvalue()


def _with_newer_lists(xml: bytes) -> bytes:
    lists = b"".join(
        b'<x14:dataValidation type="list"' + one[1] + b"><x14:formula1><xm:f>" + one[3]
        + b"</xm:f></x14:formula1><xm:sqref>" + one[2] + b"</xm:sqref></x14:dataValidation>"
        for one in VALIDATION.finditer(xml)
    )  # fmt: skip
    if not lists:
        return xml
    newer = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
        b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations'
        b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">' + lists
        + b'</x14:dataValidations></ext><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"'
        b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b"<x14:sparklineGroups/></ext>"
        b"</extLst></worksheet>"
    )  # fmt: skip
    return re.sub(rb"<dataValidations.*?</dataValidations>", b"", xml, flags=re.DOTALL).replace(
        b"</worksheet>", newer
    )


@pytest.mark.parametrize("name", ["mal", "leveranse"])
def test_saved_as_newer_excel_saves_it_is_the_same(name: str, written: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(as_excel_saves((written / path.name).read_bytes()))
    if name == "mal":
        with zipfile.ZipFile(path) as archive:
            assert any(b"<x14:formula1><xm:f>_innenfra!" in archive.read(n) for n in archive.namelist())
    before, after = taken(written / path.name), taken(path)
    assert [(f.rule, f.message.en) for f in after.findings] == [
        (f.rule, f.message.en) for f in before.findings
    ]
    assert rows(after) == rows(before)
