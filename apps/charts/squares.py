"""Loops done and agreed, school by school and year by year: one square for each loop.

Belongs here: the squares and what is written beside them. Does not belong here: what counts as done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.charts.theme import Chart, Spec, Theme, finish, layer

Words = Callable[..., str]
ROW = 34
"""Pixels that a school takes."""

MOST_SQUARES = 3
"""Squares side by side; where more were agreed, the words beside them say how many."""

STEP = 18
"""Pixels from one square to the next."""

NARROW = 420
"""Pixels under which schools are called by their code alone."""


@dataclass(frozen=True)
class Cell:
    """One school in one year: loops done and agreed where both are numbers, what is written beside them, and
    in full for those who do not see it."""

    school: str
    year: str
    done: int | None
    agreed: int | None
    text: str
    full: str


def draw_loops(cells: Sequence[Cell], years: Sequence[str], theme: Theme, words: Words) -> Chart:
    """Squares by school and year, schools in the order they come in."""
    schools = list(dict.fromkeys(cell.school for cell in cells))
    place = {year: at for at, year in enumerate(years)}
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, len(years)], "nice": False},
    }
    y: Spec = {
        "field": "school",
        "type": "nominal",
        "sort": schools,
        "title": None,
        "axis": {
            "domain": False,
            "ticks": False,
            "labelLimit": 170,
            "labelPadding": 8,
            "labelExpr": f"width < {NARROW} ? split(datum.label, ' ')[0] : datum.label",
        },
    }
    layers: list[Spec] = []
    for at in range(MOST_SQUARES):
        there = [cell for cell in cells if at < max(cell.agreed or 0, cell.done or 0)]
        for filled in (True, False):
            of = [
                {"school": cell.school, "x": place[cell.year]}
                for cell in there
                if (at < (cell.done or 0)) == filled
            ]
            mark = {
                "type": "point",
                "shape": "square",
                "size": 190,
                "opacity": 1,
                "xOffset": STEP * at + STEP / 2,
                "filled": filled,
                "color": theme.mark,
                "strokeWidth": 1.5,
            }
            layers.append(layer(mark, of, x=x, y=y))
    for n in range(MOST_SQUARES + 1):
        of = [
            {"school": cell.school, "x": place[cell.year], "text": cell.text}
            for cell in cells
            if min(max(cell.agreed or 0, cell.done or 0), MOST_SQUARES) == n
        ]
        mark = {"type": "text", "align": "left", "dx": STEP * n + 4, "color": theme.text}
        layers.append(layer(mark, of, x=x, y=y, text={"field": "text", "type": "nominal"}))
    heads = [{"school": schools[0], "x": at, "text": year} for year, at in place.items()]
    head = {"type": "text", "align": "left", "dx": 2, "dy": -26, "fontWeight": "bold", "color": theme.strong}
    layers.append(layer(head, heads, x=x, y=y, text={"field": "text", "type": "nominal"}))
    told = "; ".join(f"{cell.school} {cell.year}: {cell.full}" for cell in cells)
    return Chart(
        # a layer without marks would be a picture without a name to those who listen
        finish(
            [one for one in layers if one["data"]["values"]],
            theme,
            ROW * len(schools),
            padding={"top": 26, "bottom": 0},
        ),
        words("owner.loops_alt", told=told),
        (words("school"), words("chart.distribution.period"), words("owner.loops")),
        [(cell.school, cell.year, cell.full) for cell in cells],
    )
