"""A report as slides for a meeting: three to five, with what to be careful with in the speaker's notes.

Belongs here: laying out slides. Does not belong here: what they say (`sections.py`).
A slide holds what can be read from the back of a room; the rest of a table stands in the notes, and nothing
is left out without a word.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap

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
TOP, FOOT = Cm(3.4), HEIGHT - Cm(2.4)
LINE, WIDE_LETTERS = Cm(1.0), 78
"""How high a line of a slide's text is, and how many letters it holds."""

MOST_PICTURES = 4
"""Small pictures of one slide."""

INK, GREY = RGBColor(0x1B, 0x27, 0x33), RGBColor(0x50, 0x50, 0x50)
HEAD = RGBColor(0xE7, 0xEC, 0xF2)
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
    _say(slide, report.answer, Cm(5.4), Cm(6), 30, report.language)
    _say(slide, report.caveats[0], Cm(12), Cm(3), 18, report.language, grey=True)
    notes = [*report.caveats, f"{t('report.link')} {report.link}"]
    if report.about:
        notes += [t("report.about"), *(f"{name}: {meaning}" for name, meaning in report.about)]
    _note(slide, notes)


def _add_section(made: Slides, report: Report, section: Section) -> None:
    t = translator(report.language)
    slide = _slide(made, report, section.title)
    notes: list[str] = []
    top, is_cut = TOP, False
    small = [block for block in section.blocks if isinstance(block, Picture) and block.is_narrow]
    for block in section.blocks:
        if isinstance(block, Picture) and block.is_narrow:
            place = small.index(block)
            if place and place % MOST_PICTURES == 0:
                _note(slide, [*notes, *report.caveats])
                slide, notes = _slide(made, report, section.title), []
            beside = min(MOST_PICTURES, len(small) - place // MOST_PICTURES * MOST_PICTURES)
            _draw_narrow(slide, block, place % MOST_PICTURES, beside, report.language)
            notes.append(block.alternative)
        elif isinstance(block, Text) and block.manner == "note" and len(section.blocks) > 1:
            notes.append(block.words)
        elif isinstance(block, Text):
            said, height = _shorten(block.words, FOOT - top)
            if said:
                _say(slide, said, top, height, 20, report.language, grey=block.manner in ("missing", "note"))
                top += height + Cm(0.4)
            if said != block.words:
                is_cut = True
                notes.append(block.words)
        elif isinstance(block, Table):
            top, rest = _tabulate(slide, block, top, report.language)
            notes += rest
            is_cut = is_cut or bool(rest)
        else:
            top = _draw(slide, block, top)
    if is_cut:
        _say(slide, t("report.more_in_notes"), FOOT, Cm(0.9), 14, report.language, grey=True)
    _note(slide, [*notes, *report.caveats])


def _shorten(words: str, room: int) -> tuple[str, int]:
    """As many of the words as there is room for, and how high they are."""
    lines = (room - Cm(0.4)) // LINE
    letters = WIDE_LETTERS * lines
    if lines < 1:
        return "", 0
    said = words if _count_lines(words, WIDE_LETTERS) <= lines else ""
    if not said:
        flat = " ".join(words.split())
        said = flat[: letters - WIDE_LETTERS // 2].rsplit(" ", 1)[0] + " …"
    return said, LINE * _count_lines(said, WIDE_LETTERS)


def _count_lines(words: str, letters: int) -> int:
    return sum(max(1, len(wrap(part, letters))) for part in words.splitlines() or [""])


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
    """The rows that there is room for, and the others as lines of the notes."""
    t = translator(language)
    count, wide = len(table.header), WIDTH - 2 * EDGE
    widths = [int(wide * share) for share in table.share_width()]
    lines = [table.header, *([cell.written for cell in row] for row in table.rows)]
    heights = [_measure_row(line, widths) for line in lines]
    fitting = sum(used <= FOOT - top for used in accumulate(heights))
    shown, rest = lines[:fitting], table.rows[max(fitting - 1, 0) :]
    if fitting > 1:
        frame = slide.shapes.add_table(fitting, count, EDGE, top, wide, sum(heights[:fitting]))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = width
        for number, (grid_row, row) in enumerate(zip(frame.table.rows, shown, strict=True)):
            grid_row.height = heights[number]
            for cell, words in zip(grid_row.cells, row, strict=True):
                cell.text_frame.text = words
                _style(cell.text_frame, 16, language, bold=number == 0)
                cell.fill.solid()
                cell.fill.fore_color.rgb = HEAD if number == 0 else RGBColor(255, 255, 255)
    else:
        rest = table.rows
    notes = [t("report.more_rows", n=len(rest))] if rest else []
    notes += [
        f"{row[0].written}: "
        + "; ".join(f"{n}: {c.written}" for n, c in zip(table.header[1:], row[1:], strict=True))
        for row in rest
    ]
    return top + sum(heights[:fitting]) + Cm(0.4), notes


def _measure_row(row: Sequence[str], widths: Sequence[int]) -> int:
    """How high a row of a table is: its cell with most lines."""
    lines = max(
        _count_lines(words, max(1, int(width / Cm(1) * 3.2)))
        for words, width in zip(row, widths, strict=True)
    )
    return int(Cm(0.7) * lines + Cm(0.4))


def _draw(slide: Slide, picture: Picture, top: int) -> int:
    room = HEIGHT - top - Cm(1.8)
    width = min(WIDTH - 2 * EDGE, int(room / height_to_width(picture)))
    shape = slide.shapes.add_picture(io.BytesIO(as_png(picture)), EDGE, top, width=width)
    shape._element.nvPicPr.cNvPr.set("descr", picture.alternative)
    return int(top + shape.height + Cm(0.3))


def _draw_narrow(slide: Slide, picture: Picture, place: int, of: int, language: str) -> None:
    """A picture with its question above it: one over the whole slide, two beside each other, more in two
    rows."""
    gap, whole = Cm(1), WIDTH - 2 * EDGE
    rows, columns = (1, of) if of <= 2 else (2, 2)
    width = (whole - gap * (columns - 1)) // columns
    height = (FOOT + Cm(0.6) - TOP) // rows
    left, top = EDGE + place % columns * (width + gap), TOP + place // columns * height
    box = slide.shapes.add_textbox(left, top, width, Cm(1))
    box.text_frame.word_wrap = True
    box.text_frame.text = picture.caption
    size = 20 if rows == 1 else 15
    _style(box.text_frame, size, language, bold=True)
    lines = _count_lines(picture.caption, int(width / Cm(1) * 56 / size))
    used = int(Cm(0.3) + lines * size * Cm(0.045))
    fitting = min(width, int((height - used - Cm(0.2)) / height_to_width(picture)))
    shape = slide.shapes.add_picture(io.BytesIO(as_png(picture)), left, top + used, width=fitting)
    shape._element.nvPicPr.cNvPr.set("descr", picture.alternative)


def _note(slide: Slide, lines: list[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
