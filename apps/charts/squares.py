"""Loops done and agreed, school by school and year by year: one square for each loop.

Belongs here: the squares and what is written beside them. Does not belong here: what counts as done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from apps.charts.theme import Chart, Spec, Theme, finish, layer

Words = Callable[..., str]
ROW = 34
"""Pixels that a school takes."""

MOST_SQUARES = 3
"""Squares side by side; where more were agreed, the words beside them say how many."""


@dataclass(frozen=True)
class Cell:
    """One school in one year: loops done and agreed where both are numbers, and what is written."""

    school: str
    year: str
    done: int | None
    agreed: int | None
    text: str


def draw_loops(cells: Sequence[Cell], years: Sequence[str], theme: Theme, words: Words) -> Chart:
    """Squares by school and year, schools in the order they come in."""
    schools = list(dict.fromkeys(cell.school for cell in cells))
    width = MOST_SQUARES + 4
    starts: Mapping[str, int] = {year: at * width for at, year in enumerate(years)}
    filled: list[Spec] = []
    hollow: list[Spec] = []
    written: list[Spec] = []
    for cell in cells:
        squares = min(max(cell.agreed or 0, cell.done or 0), MOST_SQUARES)
        for at in range(squares):
            place = {"school": cell.school, "x": starts[cell.year] + at + 0.5}
            (filled if at < (cell.done or 0) else hollow).append(place)
        written.append({"school": cell.school, "x": starts[cell.year] + squares + 0.2, "text": cell.text})
    heads = [{"school": schools[0], "x": start, "text": year} for year, start in starts.items()]
    x = {
        "field": "x", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, width * len(years)], "nice": False},
    }  # fmt: skip
    y: Spec = {
        "field": "school", "type": "nominal", "sort": schools,
        "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 170, "labelPadding": 8},
    }  # fmt: skip
    square: Spec = {"type": "point", "shape": "square", "size": 190}
    layers = [
        layer({**square, "filled": True, "color": theme.mark}, filled, x=x, y=y),
        layer({**square, "filled": False, "color": theme.mark, "strokeWidth": 1.5}, hollow, x=x, y=y),
        layer(
            {"type": "text", "align": "left", "color": theme.text},
            written, x=x, y=y, text={"field": "text", "type": "nominal"},
        ),
        layer(
            {"type": "text", "align": "left", "dy": -26, "fontWeight": "bold", "color": theme.strong},
            heads, x=x, y=y, text={"field": "text", "type": "nominal"},
        ),
    ]  # fmt: skip
    told = "; ".join(f"{cell.school} {cell.year}: {cell.text}" for cell in cells)
    return Chart(
        finish(layers, theme, ROW * len(schools), padding={"top": 26}),
        words("owner.loops_alt", told=told),
        (words("school"), words("chart.distribution.period"), words("owner.loops")),
        [(cell.school, cell.year, cell.text) for cell in cells],
    )
