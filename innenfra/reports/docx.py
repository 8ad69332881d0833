"""A report as a Word document that people go on writing in: real headings, real tables, alternative texts.

Belongs here: writing the document. Does not belong here: what it says (`sections.py`).
"""

from __future__ import annotations

import datetime as dt
import io

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from innenfra.reports.model import Picture, Report, Table, Text
from innenfra.reports.packed import settle
from innenfra.reports.picture import as_png
from innenfra.wording import translator

LANGUAGE_TAG = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
GREY, LINK = RGBColor(0x46, 0x46, 0x46), RGBColor(0x1F, 0x5A, 0xA6)
TEXT_WIDTH = 16.6
"""Centimetres between the margins."""


def as_docx(report: Report) -> bytes:
    """The report's bytes."""
    t = translator(report.language)
    made = docx.Document()
    _describe(made, report)
    made.add_paragraph(report.subtitle)
    made.add_heading(report.title, 0)
    made.add_paragraph().add_run(report.answer).bold = True
    for number, section in enumerate(report.sections, 1):
        made.add_heading(f"{number} {section.title}", 1)
        for block in section.blocks:
            if isinstance(block, Text):
                _write(made, block)
            elif isinstance(block, Table):
                _tabulate(made, block)
            else:
                _draw(made, block)
    if report.about:
        made.add_heading(t("report.about"), 1)
        for name, meaning in report.about:
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(3)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(meaning)
    for caveat in report.caveats:
        _write(made, Text(caveat, "note"))
    _link(made.add_paragraph(f"{t('report.link')} "), report.link)
    written = io.BytesIO()
    made.save(written)
    return settle(written.getvalue())


def _describe(made: Document, report: Report) -> None:
    properties = made.core_properties
    properties.title, properties.author, properties.subject = report.title, "Innenfra", report.answer
    properties.language = LANGUAGE_TAG[report.language]
    properties.created = properties.modified = dt.datetime.fromisoformat(report.made_on)
    properties.comments = report.stamp
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGE_TAG[report.language])
    normal.element.get_or_add_rPr().append(spoken)
    for name in ("Title", "Heading 1"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor(0x1B, 0x27, 0x33)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    made.styles["Title"].font.size, made.styles["Heading 1"].font.size = Pt(20), Pt(13)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    foot = page.footer.paragraphs[0]
    foot.text = f"{report.stamp} · "
    _count_pages(foot)
    for run in foot.runs:
        run.font.size = Pt(8.5)


def _count_pages(paragraph: Paragraph) -> None:
    """The number of the page, of all."""
    for instruction, after in (("PAGE", " / "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), instruction)
        run = paragraph.add_run("1")
        run.font.size = Pt(8.5)
        field.append(run._r)
        paragraph._p.append(field)
        if after:
            paragraph.add_run(after)


def _link(paragraph: Paragraph, address: str) -> None:
    """An address that can be followed."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(address)
    run.font.underline, run.font.color.rgb = True, LINK
    link.append(run._r)
    paragraph._p.append(link)


def _write(made: Document, text: Text) -> None:
    paragraph = made.add_paragraph(style="Intense Quote" if text.manner == "missing" else None)
    run = paragraph.add_run(text.words)
    if text.manner == "note":
        run.font.size, run.font.color.rgb = Pt(9), GREY
    if text.manner == "own":
        paragraph.paragraph_format.left_indent = Cm(0.5)
    if text.manner == "missing":
        run.font.color.rgb = GREY


def _tabulate(made: Document, table: Table) -> None:
    caption = made.add_paragraph(style="Caption")
    caption.add_run(table.caption).font.color.rgb = GREY
    caption.paragraph_format.keep_with_next = True
    grid = made.add_table(rows=1, cols=len(table.header), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, table.header, strict=True):
        cell.text = name
        cell.paragraphs[0].runs[0].bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E7ECF2")
        cell._tc.get_or_add_tcPr().append(shade)
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, told in zip(grid.add_row().cells, row, strict=True):
            cell.text = told.written
    grid.autofit = False
    for column, share in zip(grid.columns, table.share_width(), strict=True):
        column.width = Cm(TEXT_WIDTH * share)
        for cell in column.cells:
            cell.width = column.width
    last = len(grid.rows) - 1
    for number, row_of in enumerate(grid.rows):
        whole = OxmlElement("w:cantSplit")
        row_of._tr.get_or_add_trPr().append(whole)
        for cell in row_of.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.keep_with_next = number < last < 12
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def _draw(made: Document, picture: Picture) -> None:
    caption = made.add_paragraph(style="Caption")
    caption.add_run(picture.caption).font.color.rgb = GREY
    caption.paragraph_format.keep_with_next = True
    shape = made.add_picture(io.BytesIO(as_png(picture)), width=Cm(11 if picture.is_narrow else 16.5))
    shape._inline.docPr.set("descr", picture.alternative)
    shape._inline.docPr.set("title", picture.caption)
