"""What a reader takes away from a page: its picture, and its numbers with a word on them.

Belongs here: PNG and SVG of a chart, CSV with a README, XLSX with «Om tallene». Does not belong here: what is
in them (the page gives its own numbers, as they stand on it), reports.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import vl_convert

from apps.charts.theme import LIGHT, Spec
from apps.view import View
from innenfra.exports import as_csv, as_xlsx

WIDTH = 900
HEIGHT_OF_TITLE = 30


def make_picture(spec: Spec, title: str, kind: str) -> bytes:
    """The chart as a file, `png` or `svg`, on white and with the page's sentence as its title."""
    whole: dict[str, Any] = {
        **spec,
        "width": WIDTH,
        "background": LIGHT.ground,
        "padding": 16,
        "title": {"text": title, "anchor": "start", "fontSize": 18, "limit": WIDTH, "offset": 14},
    }
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(whole)).encode()
    return bytes(vl_convert.vegalite_to_png(whole, scale=2))


def make_sheet(view: View, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The numbers as a workbook, with a sheet on how to read them."""
    return as_xlsx(list(columns), [list(row) for row in rows], view.words("take.sheet"), _about(view, title))


def make_archive(view: View, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The numbers as CSV in an archive, with a README."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            f"{view.words('take.file')}.csv", as_csv(list(columns), [list(r) for r in rows], view.language)
        )
        lines = [f"{name}: {said}" for name, said in _about(view, title).items()]
        archive.writestr("README.txt", "\ufeff" + "\r\n".join(lines) + "\r\n")
    return packed.getvalue()


def _about(view: View, title: str) -> dict[str, Any]:
    words = view.words
    return {
        words("take.what"): title,
        words("take.release"): words("frame.release", release=view.release.number, date=view.release.date),
        words("take.states_title"): words("take.states"),
        words("take.caveat_title"): words("take.caveat"),
    }
