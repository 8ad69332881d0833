"""Pictures of shares, drawn by what is known: a number is a dot, a range is an open bar over all it can be, and
what is not a number stands in words beside the axis.

Belongs here: drawing. Does not belong here: what is drawn (`sections.py`).
"""

from __future__ import annotations

from textwrap import wrap
from xml.sax.saxutils import escape

import vl_convert

from innenfra.reports.model import Mark, Picture

WIDTH, LEFT, RIGHT = 760, 300, 150
AXIS = WIDTH - LEFT - RIGHT
LINE, ROW, TOP = 18, 12, 30
INK, PALE, MARK = "#1b2733", "#d5dbe1", "#1f5aa6"
LETTERS = 42
"""Most letters of a label on one line."""

FONT = "font-family='Liberation Sans, Libertinus Serif, sans-serif' font-size='13'"


def as_svg(picture: Picture) -> str:
    """The picture as SVG."""
    lines = [
        (mark, wrap(mark.label, LETTERS) or [""], wrap(mark.written, 22) or [""]) for mark in picture.rows
    ]
    heights = [ROW + LINE * max(len(label), len(written)) for _, label, written in lines]
    bottom = TOP + sum(heights)
    parts = [_axis(bottom, picture.axis)]
    y = TOP
    for (mark, label, written), height in zip(lines, heights, strict=True):
        parts.append(_row(mark, label, written, y, height))
        y += height
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{bottom + 44}'>"
        f"<rect width='100%' height='100%' fill='white'/>{''.join(parts)}</svg>"
    )


def as_png(picture: Picture) -> bytes:
    """The picture as PNG, sharp on paper."""
    return bytes(vl_convert.svg_to_png(as_svg(picture), scale=2.5))


def height_to_width(picture: Picture) -> float:
    """How high it is for its width."""
    svg = as_svg(picture)
    return int(svg.split("height='")[1].split("'")[0]) / WIDTH


def _x(share: float) -> float:
    return LEFT + AXIS * share / 100


def _axis(bottom: int, title: str) -> str:
    ticks = "".join(
        f"<line x1='{_x(t)}' x2='{_x(t)}' y1='{TOP - 8}' y2='{bottom}' stroke='{PALE}'/>"
        f"<text x='{_x(t)}' y='{bottom + 18}' {FONT} text-anchor='middle' fill='{INK}'>{t}</text>"
        for t in (0, 25, 50, 75, 100)
    )
    middle = _x(50)
    said = f"<text x='{middle}' y='{bottom + 36}' {FONT} text-anchor='middle' fill='{INK}'>{escape(title)}</text>"
    return ticks + said


def _row(mark: Mark, label: list[str], written: list[str], top: int, height: int) -> str:
    middle = top + height / 2
    parts = [_lines(label, LEFT - 12, middle, "end", mark.is_heading)]
    if mark.low is not None and mark.high is not None:
        if mark.high - mark.low < 0.05:
            parts.append(f"<circle cx='{_x(mark.low):.1f}' cy='{middle}' r='6' fill='{MARK}'/>")
        else:
            parts.append(
                f"<rect x='{_x(mark.low):.1f}' y='{middle - 6}' width='{_x(mark.high) - _x(mark.low):.1f}'"
                f" height='12' fill='white' stroke='{MARK}' stroke-width='2'/>"
            )
    parts.append(_lines(written, WIDTH - RIGHT + 14, middle, "start", False))
    return "".join(parts)


def _lines(lines: list[str], x: float, middle: float, anchor: str, strong: bool) -> str:
    first = middle + 5 - LINE * (len(lines) - 1) / 2
    weight = " font-weight='bold'" if strong else ""
    return "".join(
        f"<text x='{x}' y='{first + LINE * n:.1f}' {FONT}{weight} text-anchor='{anchor}' fill='{INK}'>"
        f"{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
