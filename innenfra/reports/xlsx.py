"""A report's numbers as a workbook: one row a number, what the numbers mean, and how to read the file.

Belongs here: laying out the sheets. Does not belong here: what they say (`sections.py`).
A number is a number where there is exactly one; a state, a band or a range is text and leaves the column of
numbers empty.
"""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from innenfra.reports.model import Report
from innenfra.wording import translator

SHEETS = ("report.sheet.numbers", "report.sheet.about", "report.sheet.readme")
WIDTHS = (34, 44, 34, 30, 12)


def as_xlsx(report: Report) -> bytes:
    """The report's bytes."""
    t = translator(report.language)
    made = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, {"in_memory": True, **never}) as book:
        book.set_properties(
            {
                "title": report.title,
                "author": "Innenfra",
                "subject": report.answer,
                "comments": report.stamp,
                "created": dt.datetime.fromisoformat(report.made_on),
            }
        )
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        numbers, about, readme = (book.add_worksheet(t(key)) for key in SHEETS)

        names = [t(f"report.column.{name}") for name in ("section", "row", "what", "written", "number")]
        for column, (name, width) in enumerate(zip(names, WIDTHS, strict=True)):
            numbers.write_string(0, column, name, head)
            numbers.set_column(column, column, width)
        line = 0
        for section, table in report.tables():
            for row in table.rows:
                for name, cell in zip(table.header[1:], row[1:], strict=True):
                    line += 1
                    for column, words in enumerate((section.title, row[0].written, name, cell.written)):
                        numbers.write_string(line, column, words, body)
                    if cell.number is not None:
                        numbers.write_number(line, 4, cell.number, body)
        numbers.freeze_panes(1, 0)
        numbers.autofilter(0, 0, max(line, 1), len(names) - 1)

        about.set_column(0, 0, 40)
        about.set_column(1, 1, 100)
        for row_no, (name, meaning) in enumerate(report.about):
            about.write_string(row_no, 0, name, head)
            about.write_string(row_no, 1, meaning, body)

        readme.set_column(0, 0, 110)
        told = [
            report.title, report.subtitle, report.answer, report.stamp, f"{t('report.link')} {report.link}",
            t("report.readme"), *report.caveats,
            *(t("report.lacks_section", section=s.title) for s in report.sections if not s.is_filled),
        ]  # fmt: skip
        for row_no, words in enumerate(told):
            readme.write_string(row_no, 0, words, head if row_no == 0 else body)
    return made.getvalue()
