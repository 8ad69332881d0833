"""The mirror sheet of a loop, to be taken away from the pages that show what it is made of.

Belongs here: the files that are offered. Does not belong here: what the sheet says (`innenfra/reports`).
"""

from __future__ import annotations

from collections.abc import Callable

from apps.reader import as_rows
from apps.view import View
from innenfra.reports.gather import select_schools
from innenfra.reports.make import MIME, FileFormat, Wish, app_address, choose_language, render

FORMATS: tuple[FileFormat, ...] = ("pptx", "pdf")


def list_files(view: View, school_id: str, loop: str) -> list[tuple[str, str, str, Callable[[], bytes]]]:
    """Slides and one page, each made when it is asked for."""

    schools = select_schools(as_rows(view.reader.list_schools()), "mirror", school_id)
    wish = Wish("mirror", school_id, loop, choose_language(schools, view.language))

    def make(one: FileFormat) -> Callable[[], bytes]:
        return lambda: render(view.reader.make_report(wish, app_address(view.settings)), one)

    return [(f"sheet_{one}", one, MIME[one], make(one)) for one in FORMATS]
