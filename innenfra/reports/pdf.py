"""A report as PDF for everybody: tagged, with a language and a title (PDF/UA-1).

Belongs here: handing the report to typst. Does not belong here: how it looks (`report.typ`).
The report goes in as data and never as markup, so that nothing in it is taken for an instruction.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from innenfra.reports.model import Report, as_document
from innenfra.reports.picture import as_svg
from innenfra.wording import translator

TEMPLATE = Path(__file__).with_name("report.typ")
COMPACT = ("mirror",)
"""Kinds that keep to one page."""


def as_pdf(report: Report) -> bytes:
    """The report's bytes."""
    made: Any = typst.compile(_files(report), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    return bytes(made)


def as_pages(report: Report, per_inch: int = 80) -> list[bytes]:
    """The pages as PNG, to be looked at before anything is handed on."""
    made: Any = typst.compile(_files(report), format="png", ppi=per_inch, ignore_system_fonts=True)
    return [bytes(page) for page in (made if isinstance(made, list) else [made])]


def _files(report: Report) -> dict[str, bytes]:
    t = translator(report.language)
    told = as_document(report)
    files = {"main.typ": TEMPLATE.read_bytes()}
    pictures = iter(report.pictures())
    for section in told["sections"]:
        for block in section["blocks"]:
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
