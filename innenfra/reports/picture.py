"""Pictures of shares, drawn by what is known: a number is a dot, a range is an open bar over all it can be,
and
what is not a number stands in words beside the axis.

Belongs here: drawing. Does not belong here: what is drawn (`sections.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape

import vl_convert

from innenfra.reports.model import Mark, Picture

INK, PALE, MARK = "#1b2733", "#d5dbe1", "#1f5aa6"
TOP, FOOT = 14, 46


@dataclass(frozen=True)
class Layout:
    """Measures of a picture, in its own points: its width, the room for labels and for what is written, the
    letters, how many of them a line of either holds, and the air between lines."""

    width: int
    left: int
    right: int
    font: int
    label_letters: int
    written_letters: int
    air: int

    def x(self, share: float) -> float:
        """Where a share stands."""
        return self.left + (self.width - self.left - self.right) * share / 100


WIDE = Layout(760, 300, 150, 13, 42, 22, 8)
NARROW = Layout(460, 140, 140, 17, 13, 14, 6)


def as_svg(picture: Picture) -> str:
    """The picture as SVG."""
    layout = NARROW if picture.is_narrow else WIDE
    lines = [
        (
            mark,
            wrap(mark.label, layout.label_letters) or [""],
            wrap(mark.written, layout.written_letters) or [""],
        )
        for mark in picture.rows
    ]
    heights = [layout.air + (layout.font + 5) * max(len(label), len(written)) for _, label, written in lines]
    bottom = TOP + sum(heights)
    parts = [_axis(bottom, picture.axis, layout)]
    y = TOP
    for (mark, label, written), height in zip(lines, heights, strict=True):
        parts.append(_row(mark, label, written, y + height / 2, layout))
        y += height
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{layout.width}' height='{bottom + FOOT}'>"
        f"<rect width='100%' height='100%' fill='white'/>{''.join(parts)}</svg>"
    )


def as_png(picture: Picture) -> bytes:
    """The picture as PNG, sharp on paper."""
    return bytes(vl_convert.svg_to_png(as_svg(picture), scale=2.5))


def height_to_width(picture: Picture) -> float:
    """How high it is for its width."""
    svg = as_svg(picture)
    width, height = (int(svg.split(f"{side}='")[1].split("'")[0]) for side in ("width", "height"))
    return height / width


def _axis(bottom: int, title: str, layout: Layout) -> str:
    ticks = "".join(
        f"<line x1='{layout.x(t)}' x2='{layout.x(t)}' y1='{TOP - 8}' y2='{bottom}' stroke='{PALE}'/>"
        + _lines([str(t)], layout.x(t), bottom + 12, "middle", layout)
        for t in (0, 25, 50, 75, 100)
    )
    return ticks + _lines([title], layout.x(50), bottom + 34, "middle", layout)


def _row(mark: Mark, label: list[str], written: list[str], middle: float, layout: Layout) -> str:
    parts = [_lines(label, layout.left - 12, middle, "end", layout)]
    if mark.low is not None and mark.high is not None:
        low, high = layout.x(mark.low), layout.x(mark.high)
        if mark.high - mark.low < 0.05:
            parts.append(f"<circle cx='{low:.1f}' cy='{middle}' r='6' fill='{MARK}'/>")
        else:
            parts.append(
                f"<rect x='{low:.1f}' y='{middle - 6}' width='{high - low:.1f}' height='12' fill='white'"
                f" stroke='{MARK}' stroke-width='2'/>"
            )
    parts.append(_lines(written, layout.width - layout.right + 14, middle, "start", layout))
    return "".join(parts)


def _lines(lines: list[str], x: float, middle: float, anchor: str, layout: Layout) -> str:
    step = layout.font + 5
    first = middle + layout.font * 0.36 - step * (len(lines) - 1) / 2
    return "".join(
        f"<text x='{x:.1f}' y='{first + step * n:.1f}' font-family='Liberation Sans, Libertinus Serif,"
        f" sans-serif' font-size='{layout.font}' text-anchor='{anchor}' fill='{INK}'>{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
