"""A report as PDF for everybody: tagged, with a language and a title (PDF/UA-1).

Belongs here: handing the report to typst. Does not belong here: how it looks (`report.typ`).
The report goes in as data and never as markup, so that nothing in it is taken for an instruction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from innenfra.reports.model import Report, as_document
from innenfra.reports.picture import as_svg
from innenfra.wording import translator

TEMPLATE = Path(__file__).with_name("report.typ")
COMPACT = ("mirror",)
"""Kinds that keep to one page."""

SIZE = 10.5
SIZES = (9.5, 9.0, 8.5, 8.0)
"""Letters of the text in points, of reports and of those that keep to one page."""

COARSE = 8
"""Points per inch where only pages are counted."""


def as_pdf(report: Report) -> bytes:
    """The report's bytes."""
    return _compile(_fit(report))


def document_as_pdf(document: Mapping[str, Any]) -> bytes:
    """Any document of a report's parts (title, answer, sections of blocks …) without pictures."""
    sized = {**document, "size": SIZE}
    return _compile({"main.typ": TEMPLATE.read_bytes(), "report.json": json.dumps(sized).encode()})


def _compile(files: dict[str, bytes]) -> bytes:
    made: Any = typst.compile(files, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    return bytes(made)


def as_pages(report: Report, per_inch: int = 110) -> list[bytes]:
    """The pages as PNG, to be looked at before anything is handed on."""
    return _draw(_fit(report), per_inch)


def _draw(files: dict[str, bytes], per_inch: int) -> list[bytes]:
    made: Any = typst.compile(files, format="png", ppi=per_inch, ignore_system_fonts=True)
    return [bytes(page) for page in (made if isinstance(made, list) else [made])]


def _fit(report: Report) -> dict[str, bytes]:
    """The files of the report; one that keeps to a page gets the largest letters with which it does, and is
    longer where the smallest are still too large."""
    if report.kind not in COMPACT:
        return _files(report, SIZE)
    return next(
        (files for size in SIZES if len(_draw(files := _files(report, size), COARSE)) == 1),
        _files(report, SIZES[0]),
    )


def _files(report: Report, size: float) -> dict[str, bytes]:
    t = translator(report.language)
    told = as_document(report)
    files = {"main.typ": TEMPLATE.read_bytes()}
    pictures = iter(report.pictures())
    widths = iter([table.share_width() for _, table in report.tables()])
    for section in told["sections"]:
        for block in section["blocks"]:
            if block["is"] == "table":
                block["widths"] = next(widths)
            if block["is"] == "picture":
                block["file"] = f"picture{len(files)}.svg"
                files[block["file"]] = as_svg(next(pictures)).encode()
        section["blocks"] = _side_by_side(section["blocks"])
    language = report.language
    files["report.json"] = json.dumps(
        told
        | {
            "lang": language,
            "region": "GB" if language == "en" else "NO",
            "compact": report.kind in COMPACT,
            "size": size,
            "words": {"about": t("report.about"), "link": t("report.link")},
        }
    ).encode()
    return files


def _side_by_side(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks, with narrow pictures that follow each other as one."""
    made: list[dict[str, Any]] = []
    for block in blocks:
        narrow = block.get("is_narrow", False)
        if narrow and made and made[-1]["is"] == "pictures":
            made[-1]["each"].append(block)
        else:
            made.append({"is": "pictures", "each": [block]} if narrow else block)
    return made
