"""Rows of a file that was checked, and the grid of deliveries.

Belongs here: a box for each row, in order or to be mended, and a box for each file type and period with its
mark and word. Does not belong here: what was found (`innenfra/findings.py`), what a cell's state is
(`innenfra/intake/cells.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.charts.theme import Chart, Spec, Theme, finish, layer

MOST_BOXES = 40
"""Boxes in a line; where a sheet has more rows than that, a box stands for several."""
LEAST_BOXES = 20
"""Boxes that a line has room for, also where no sheet has so many rows."""
ROOM = 1.25
"""How much wider than the boxes the line is, for what is written at its end."""
NARROW = 460
"""Pixels under which only marks are written in boxes."""
LETTER = 7
"""Pixels that a letter takes, roughly."""
PICK = "pick"
"""The chart's selection: which cell was pressed."""


@dataclass(frozen=True)
class RowLine:
    """One sheet of a file: its name, what is said of it, and how its rows are. `wrong` are places of rows to
    be mended, from 0, each with the number that the sender's spreadsheet shows."""

    name: str
    said: str
    rows: int
    wrong: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class GridCell:
    """One box of the grid: its key, line and column, mark and word, and how it looks: `full`, `alarm`, `open`
    or `none`."""

    key: str
    line: str
    column: str
    mark: str
    word: str
    look: str


def draw_rows(lines: Sequence[RowLine], title: str, columns: tuple[str, str], theme: Theme) -> Chart:
    """A box for each row of each sheet; those to be mended stand out by colour and by what is written."""
    per_box = max(1, math.ceil(max(line.rows for line in lines) / MOST_BOXES))
    most = max(LEAST_BOXES, *(math.ceil(line.rows / per_box) for line in lines))
    fine: list[dict[str, Any]] = []
    wrong: list[dict[str, Any]] = []
    for line in lines:
        marked: dict[int, int] = {}
        for place, number in line.wrong:
            marked.setdefault(place // per_box, number)
        for at in range(math.ceil(line.rows / per_box)):
            row = {"name": line.name, "from": at + 0.06, "to": at + 0.94, "at": at + 0.5}
            if at in marked:
                wrong.append(row | {"number": str(marked[at]) if per_box == 1 else "✕"})
            else:
                fine.append(row)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [line.name for line in lines],
        "title": None,
        "axis": {
            "ticks": False,
            "domain": False,
            "labelPadding": 8,
            "labelColor": theme.strong,
            "labelLimit": 180,
        },
        "scale": {"domain": [line.name for line in lines]},
    }
    width = {"expr": f"width < {NARROW} ? {most} : {most * ROOM}"}

    def x(field: str) -> Spec:
        return {
            "field": field,
            "type": "quantitative",
            "scale": {"domainMin": 0, "domainMax": width, "nice": False, "zero": False},
            "axis": None,
        }

    box = {"type": "bar", "height": 18, "cornerRadius": 2}
    wide = f"width >= {NARROW}"
    layers = [
        layer(box | {"color": theme.answers[0]}, fine, y=y, x=x("from"), x2={"field": "to"}),
        layer(box | {"color": theme.edge}, wrong, y=y, x=x("from"), x2={"field": "to"}),
        layer(
            {"type": "text", "fontWeight": "bold", "fontSize": 11, "color": theme.ground},
            wrong,
            y=y,
            x=x("at"),
            text={"condition": {"test": f"{wide} && {most} <= 25", "field": "number"}, "value": "✕"},
        ),
        layer(
            {"type": "text", "align": "right", "fontSize": 13, "color": theme.text},
            [{"name": line.name, "said": line.said} for line in lines],
            y=y,
            x={"value": "width"},
            text={"condition": {"test": wide, "field": "said"}, "value": ""},
        ),
    ]
    told = [(line.name, line.said) for line in lines]
    alternative = f"{title}: " + "; ".join(f"{name}: {said}" for name, said in told) + "."
    return Chart(finish(layers, theme, 28 * len(lines) + 6), alternative, columns, told)


def draw_grid(
    cells: Sequence[GridCell],
    lines: Sequence[str],
    columns: Sequence[str],
    chosen: str,
    said: tuple[str, str],
    theme: Theme,
) -> Chart:
    """The grid: a line for each file type, a column for each period; pressing a box chooses its key. `said`
    is
    what the grid shows and what its lines are."""
    title, heading = said
    looks = {
        "full": (theme.answers[0], theme.strong),
        "alarm": (theme.edge, theme.ground),
        "open": (theme.band, theme.strong),
        "none": (theme.ground, theme.text),
    }
    rows = [
        {
            "key": cell.key,
            "line": cell.line,
            "column": cell.column,
            "mark": cell.mark,
            "said": f"{cell.mark} {cell.word}",
            "fill": looks[cell.look][0],
            "ink": looks[cell.look][1],
        }
        for cell in cells
    ]
    y = {
        "field": "line",
        "type": "nominal",
        "sort": list(lines),
        "title": None,
        "axis": {
            "ticks": False,
            "domain": False,
            "labelPadding": 8,
            "labelColor": theme.strong,
            "labelLimit": 170,
        },
    }
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(columns),
        "title": None,
        "axis": {
            "orient": "top",
            "ticks": False,
            "domain": False,
            "labelAngle": 0,
            "labelExpr": (
                f"width / {len(columns)} >= {LETTER * 9} ? datum.label :"
                " indexof(datum.label, ' ') > 0 ? split(datum.label, ' ')[1] : slice(datum.label, 2)"
            ),
            "labelColor": theme.strong,
            "labelLimit": 120,
        },
    }
    own = {"field": "fill", "type": "nominal", "scale": None}
    room = f"width / {len(columns)}"
    needed = max(len(str(row["said"])) for row in rows) * LETTER + 16
    open_one = layer(
        {"type": "rect", "cornerRadius": 3, "filled": False, "stroke": theme.strong, "strokeWidth": 2.5},
        [row for row in rows if row["key"] == chosen],
        x=x,
        y=y,
    )
    boxes = layer({"type": "rect", "cornerRadius": 3, "cursor": "pointer"}, rows, x=x, y=y, color=own)
    boxes["encoding"] |= {"stroke": {"value": theme.ground}, "strokeWidth": {"value": 3}}
    boxes["params"] = [{"name": PICK, "select": {"type": "point", "fields": ["key"], "on": "click"}}]
    ink = {"field": "ink", "type": "nominal", "scale": None}
    words = layer(
        {"type": "text", "fontSize": 13, "cursor": "pointer"},
        rows,
        x=x,
        y=y,
        color=ink,
        text={"condition": {"test": f"{room} >= {needed}", "field": "said"}, "value": ""},
    )
    marks = layer(
        {"type": "text", "fontSize": 14, "cursor": "pointer"},
        rows,
        x=x,
        y=y,
        color=ink,
        text={"condition": {"test": f"{room} < {needed}", "field": "mark"}, "value": ""},
    )
    by_place = {(cell.line, cell.column): f"{cell.mark} {cell.word}" for cell in cells}
    table = [(line, *(by_place.get((line, column), "") for column in columns)) for line in lines]
    alternative = f"{title}. " + "; ".join(f"{c.line}, {c.column}: {c.word}" for c in cells) + "."
    return Chart(
        finish([boxes, open_one, words, marks], theme, 38 * len(lines) + 30),
        alternative,
        (heading, *columns),
        table,
    )
