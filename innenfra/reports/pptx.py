"""A report as slides for a meeting: three to five, with what to be careful with in the speaker's notes.

Belongs here: laying out slides. Does not belong here: what they say (`sections.py`).
A slide holds what can be read from the back of a room; the rest of a table stands in the notes, and nothing
is left out without a word.
"""

from __future__ import annotations

import datetime as dt
import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Cm, Pt

from innenfra.reports.docx import LANGUAGE_TAG
from innenfra.reports.model import Picture, Report, Section, Table, Text
from innenfra.reports.packed import settle
from innenfra.reports.picture import as_png, height_to_width
from innenfra.wording import translator

WIDTH, HEIGHT, EDGE = Cm(33.867), Cm(19.05), Cm(1.8)
MOST_ROWS = 8
TOP = Cm(3.4)
INK, GREY = RGBColor(0x1B, 0x27, 0x33), RGBColor(0x50, 0x50, 0x50)
FONT = "Arial"


def as_pptx(report: Report) -> bytes:
    """The report's bytes."""
    made = Presentation()
    made.slide_width, made.slide_height = WIDTH, HEIGHT
    properties = made.core_properties
    properties.title, properties.author, properties.subject = report.title, "Innenfra", report.answer
    properties.language = LANGUAGE_TAG[report.language]
    properties.created = properties.modified = dt.datetime.fromisoformat(report.made_on)
    _open(made, report)
    for section in report.sections:
        _add_section(made, report, section)
    written = io.BytesIO()
    made.save(written)
    return settle(written.getvalue())


def _open(made: Slides, report: Report) -> None:
    t = translator(report.language)
    slide = _slide(made, report, report.title)
    _say(slide, report.subtitle, Cm(3.6), Cm(1.2), 18, report.language, grey=True)
    _say(slide, report.answer, Cm(5.4), Cm(8.5), 30, report.language)
    notes = [*report.caveats, f"{t('report.link')} {report.link}"]
    if report.about:
        notes += [t("report.about"), *(f"{name}: {meaning}" for name, meaning in report.about)]
    _note(slide, notes)


def _add_section(made: Slides, report: Report, section: Section) -> None:
    slide = _slide(made, report, section.title)
    notes: list[str] = []
    top, beside = TOP, 0
    for block in section.blocks:
        if isinstance(block, Text) and block.manner == "note" and len(section.blocks) > 1:
            notes.append(block.words)
        elif isinstance(block, Text):
            lines = 1 + len(block.words) // 85
            _say(slide, block.words, top, Cm(1.1 * lines), 20, report.language, grey=block.manner != "plain")
            top += Cm(1.1 * lines + 0.4)
        elif isinstance(block, Table):
            top, rest = _tabulate(slide, block, top, report.language)
            notes += rest
        elif block.is_narrow:
            if beside == 2:
                _note(slide, [*notes, *report.caveats])
                slide, beside = _slide(made, report, section.title), 0
            _draw_narrow(slide, block, beside, report.language)
            notes.append(block.alternative)
            beside += 1
        else:
            top = _draw(slide, block, top)
    _note(slide, [*notes, *report.caveats])


def _slide(made: Slides, report: Report, title: str) -> Slide:
    slide = made.slides.add_slide(made.slide_layouts[5])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = EDGE, Cm(0.9), WIDTH - 2 * EDGE, Cm(2.2)
    head.text_frame.text = title
    head.text_frame.word_wrap = True
    _style(head.text_frame, 32, report.language, bold=True)
    foot = slide.shapes.add_textbox(EDGE, HEIGHT - Cm(1.3), WIDTH - 2 * EDGE, Cm(0.9))
    foot.text_frame.word_wrap = True
    foot.text_frame.text = report.stamp
    _style(foot.text_frame, 12, report.language, grey=True)
    return slide


def _say(
    slide: Slide, words: str, top: int, height: int, size: int, language: str, grey: bool = False
) -> None:
    box = slide.shapes.add_textbox(EDGE, top, WIDTH - 2 * EDGE, height)
    box.text_frame.word_wrap = True
    box.text_frame.text = words
    _style(box.text_frame, size, language, grey=grey)


def _style(frame: object, size: int, language: str, *, bold: bool = False, grey: bool = False) -> None:
    for paragraph in frame.paragraphs:  # type: ignore[attr-defined]
        paragraph.alignment = 1
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            run.font.color.rgb = GREY if grey else INK
            run.font._element.set("lang", LANGUAGE_TAG[language])


def _tabulate(slide: Slide, table: Table, top: int, language: str) -> tuple[int, list[str]]:
    """The first rows of the table, and the others as lines of the notes."""
    t = translator(language)
    shown, rest = table.rows[:MOST_ROWS], table.rows[MOST_ROWS:]
    count, wide = len(table.header), WIDTH - 2 * EDGE
    frame = slide.shapes.add_table(len(shown) + 1, count, EDGE, top, wide, Cm(1.15) * (len(shown) + 1))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    grid = frame.table
    first = int(wide * (0.5 if count <= 3 else 0.34))
    for number, column in enumerate(grid.columns):
        column.width = first if number == 0 else (wide - first) // (count - 1)
    for number, row in enumerate([table.header, *([cell.written for cell in line] for line in shown)]):
        for cell, words in zip(grid.rows[number].cells, row, strict=True):
            cell.text_frame.text = words
            _style(cell.text_frame, 16, language, bold=number == 0)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor(0xE7, 0xEC, 0xF2) if number == 0 else RGBColor(255, 255, 255)
    notes = [t("report.more_rows", n=len(rest))] if rest else []
    notes += [
        f"{row[0].written}: "
        + "; ".join(f"{n}: {c.written}" for n, c in zip(table.header[1:], row[1:], strict=True))
        for row in rest
    ]
    return top + Cm(1.25) * (len(shown) + 1), notes


def _draw(slide: Slide, picture: Picture, top: int) -> int:
    room = HEIGHT - top - Cm(1.8)
    width = min(WIDTH - 2 * EDGE, int(room / height_to_width(picture)))
    shape = slide.shapes.add_picture(io.BytesIO(as_png(picture)), EDGE, top, width=width)
    shape._element.nvPicPr.cNvPr.set("descr", picture.alternative)
    return int(top + shape.height + Cm(0.3))


def _draw_narrow(slide: Slide, picture: Picture, place: int, language: str) -> None:
    """A picture with its question above it, at the left or the right half."""
    gap = Cm(1)
    width = (WIDTH - 2 * EDGE - gap) // 2
    left = EDGE + place * (width + gap)
    box = slide.shapes.add_textbox(left, TOP, width, Cm(2))
    box.text_frame.word_wrap = True
    box.text_frame.text = picture.caption
    _style(box.text_frame, 20, language, bold=True)
    top = TOP + Cm(2.2)
    fitting = min(width, int((HEIGHT - top - Cm(1.8)) / height_to_width(picture)))
    shape = slide.shapes.add_picture(io.BytesIO(as_png(picture)), left, top, width=fitting)
    shape._element.nvPicPr.cNvPr.set("descr", picture.alternative)


def _note(slide: Slide, lines: list[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
