"""Units beside one another: what is known of each is drawn as it is known, and what is no number has a lane
of
its own.

Belongs here: dots, intervals, open bars, the chance band and the lane of states; the funnel and the slope.
Does not belong here: which units stand there, and in which order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.charts.theme import MARKS, Chart, Spec, Theme, finish, layer

Words = Callable[..., str]
NARROW = 420
"""Pixels under which states stand in their empty row, since the lane has no room."""

LANE = 1.04
ROOM = 1.52


@dataclass(frozen=True)
class Dot:
    """One unit. An exact number has `value`; one of which only the ends are known has `low` and `high`;
    `interval` is where it likely lies, `chance` where chance alone may put it. Without a number, `state` is
    its status. `text` is what is written in either case."""

    name: str
    text: str
    state: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    interval: tuple[float, float] | None = None
    chance: tuple[float, float] | None = None
    is_provisional: bool = False

    @property
    def has_number(self) -> bool:
        """Whether something of it stands on the axis."""
        return self.value is not None or self.low is not None

    @property
    def marked(self) -> str:
        """The text with the mark of its state."""
        return f"{MARKS[self.state]} {self.text}" if self.state in MARKS else self.text


@dataclass(frozen=True)
class Axis:
    """The axis of numbers: from 0 to `top`, per cent where it is a share."""

    title: str
    top: float = 1.0
    is_share: bool = True

    @property
    def few_ticks(self) -> list[float]:
        """The same for a low chart."""
        return [0, 0.5, 1.0] if self.is_share else self.ticks[:: max(1, len(self.ticks) // 3)]

    @property
    def ticks(self) -> list[float]:
        """Where the axis has numbers."""
        if self.is_share:
            return [0, 0.2, 0.4, 0.6, 0.8, 1.0]
        whole = 10 ** max(0, math.floor(math.log10(max(1.0, self.top))) - 1)
        step = next(s * whole for s in (1, 2, 5, 10, 20, 50) if self.top / (s * whole) <= 6)
        return [at * step for at in range(int(self.top // step) + 1)]


def draw_dots(units: Sequence[Dot], axis: Axis, title: str, columns: tuple[str, str], theme: Theme) -> Chart:
    """The units in the order given."""
    rows: list[dict[str, Any]] = [
        {
            "name": unit.name,
            "value": unit.value,
            "low": unit.low,
            "high": unit.high,
            "from": unit.interval[0] if unit.interval else None,
            "to": unit.interval[1] if unit.interval else None,
            "chance_low": unit.chance[0] if unit.chance else None,
            "chance_high": unit.chance[1] if unit.chance else None,
            "text": unit.marked,
            "number": unit.has_number,
            "ring": unit.is_provisional,
        }
        for unit in units
    ]
    shown = [row for row in rows if row["number"]]
    states = [row for row in rows if not row["number"]]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [unit.name for unit in units],
        "title": None,
        "axis": {
            "ticks": False,
            "domain": False,
            "labelPadding": 8,
            "labelColor": theme.strong,
            "labelLimit": 210,
            "labelExpr": f"width < {NARROW} ? split(datum.label, ' ')[0] : datum.label",
        },
    }
    x = _scale(axis)
    lane = LANE * axis.top
    layers: list[Spec] = [
        layer(
            {"type": "tick", "orient": "vertical", "thickness": 1, "color": theme.grid, "bandSize": 34},
            [{"name": row["name"], "at": at} for row in shown for at in axis.ticks],
            y=y,
            x=x("at"),
        ),
        layer(
            {"type": "bar", "height": 28, "color": theme.band},
            [r for r in shown if r["chance_low"] is not None],
            y=y,
            x=x("chance_low"),
            x2={"field": "chance_high"},
        ),
        layer(
            {"type": "bar", "height": 6, "color": theme.mark, "opacity": 0.45},
            [r for r in shown if r["from"] is not None],
            y=y,
            x=x("from"),
            x2={"field": "to"},
        ),
        layer(
            {"type": "bar", "height": 14, "filled": False, "stroke": theme.mark, "strokeWidth": 2},
            [r for r in shown if r["low"] is not None],
            y=y,
            x=x("low"),
            x2={"field": "high"},
        ),
        layer(
            {
                "type": "point",
                "shape": "circle",
                "size": 110,
                "opacity": 1,
                "stroke": theme.mark,
                "strokeWidth": 2,
            },
            [r for r in shown if r["value"] is not None],
            y=y,
            x=x("value"),
            fill={"condition": {"test": "datum.ring", "value": theme.ground}, "value": theme.mark},
        ),
        layer(
            {"type": "text", "align": "left", "fontSize": 13, "color": theme.strong},
            shown,
            y=y,
            x={"datum": lane, "type": "quantitative"},
            text={"field": "text"},
        ),
        layer(
            {"type": "text", "align": "left", "fontSize": 13, "color": theme.text},
            states,
            y=y,
            x={"datum": lane, "type": "quantitative"},
            text={"condition": {"test": f"width >= {NARROW}", "field": "text"}, "value": ""},
        ),
        layer(
            {"type": "text", "align": "left", "fontSize": 13, "color": theme.text},
            states,
            y=y,
            x={"datum": 0, "type": "quantitative"},
            text={"condition": {"test": f"width < {NARROW}", "field": "text"}, "value": ""},
        ),
    ]
    told = [(unit.name, unit.marked) for unit in units]
    alternative = f"{title}: " + "; ".join(f"{name}: {said}" for name, said in told) + "."
    return Chart(finish(layers, theme, 38 * len(units) + 10), alternative, columns, told)


def draw_funnel(
    units: Sequence[tuple[Dot, str]],
    limits: Sequence[Mapping[str, Any]],
    axis: Axis,
    title: str,
    columns: tuple[str, str, str],
    theme: Theme,
) -> Chart:
    """Units by the band of how many answered, over the region in which chance alone puts them.

    `units` are with the band of each; `limits` have band, label, low and high, the smallest band first. Only
    from `FUNNEL_FROM` units on: with fewer, the region would be drawn from the very units it holds.
    """
    if sum(unit.has_number for unit, _ in units) < FUNNEL_FROM:
        raise ValueError(f"a funnel takes at least {FUNNEL_FROM} units")
    labels = {str(row["band"]): str(row["label"]) for row in limits}
    x = {
        "field": "band",
        "type": "nominal",
        "sort": list(labels.values()),
        "title": columns[2],
        "axis": {"labelAngle": 0},
    }
    y = _upwards(axis, 0)
    region = [{"band": row["label"], "low": row["low"], "high": row["high"]} for row in limits]
    inside: dict[str, int] = {}
    dots = []
    for unit, band in units:
        if unit.has_number and band in labels:
            at = inside[band] = inside.get(band, 0) + 1
            dots.append(
                {
                    "band": labels[band],
                    "code": unit.name.split()[0],
                    "value": unit.value,
                    "low": unit.low,
                    "high": unit.high,
                    "middle": (
                        unit.value if unit.value is not None else ((unit.low or 0) + (unit.high or 0)) / 2
                    ),
                    "beside": at,
                }
            )
    beside = {"field": "beside", "type": "ordinal", "scale": {"paddingOuter": 0.6}}
    layers: list[Spec] = [
        layer(
            {"type": "bar", "color": theme.band, "width": {"band": 0.94}},
            region,
            x=x,
            y=y("low"),
            y2={"field": "high"},
        ),
        layer(
            {"type": "bar", "width": 10, "filled": False, "stroke": theme.mark, "strokeWidth": 2},
            [d for d in dots if d["low"] is not None],
            x=x,
            xOffset=beside,
            y=y("low"),
            y2={"field": "high"},
        ),
        layer(
            {"type": "point", "filled": True, "size": 90, "color": theme.mark, "opacity": 1},
            [d for d in dots if d["value"] is not None],
            x=x,
            xOffset=beside,
            y=y("value"),
        ),
        layer(
            {"type": "text", "dy": -16, "color": theme.strong},
            dots,
            x=x,
            xOffset=beside,
            y=y("middle"),
            text={"field": "code"},
        ),
    ]
    told = [(unit.name, unit.marked, labels.get(band, "")) for unit, band in units]
    alternative = f"{title}: " + "; ".join(f"{name}: {said}" for name, said, _ in told) + "."
    return Chart(finish(layers, theme, 360), alternative, columns, told)


FUNNEL_FROM = 8


def draw_slope(
    pairs: Sequence[tuple[Dot, Dot]],
    periods: tuple[str, str],
    axis: Axis,
    title: str,
    name: str,
    theme: Theme,
) -> Chart:
    """From one period to another, one line per unit that has an exact number in both; what is known by its
    ends alone is an open bar, and no line goes through it."""
    x = {
        "field": "period",
        "type": "nominal",
        "sort": list(periods),
        "title": None,
        "axis": {"labelAngle": 0, "orient": "top", "labelColor": theme.strong},
        "scale": {"padding": 0.6},
    }
    y = _upwards(axis, 0)
    rows = [
        {
            "unit": dot.name,
            "code": dot.name.split()[0],
            "text": dot.text,
            "period": period,
            "value": dot.value,
            "low": dot.low,
            "high": dot.high,
            "joined": before.value is not None and after.value is not None,
        }
        for before, after in pairs
        for dot, period in ((before, periods[0]), (after, periods[1]))
    ]
    exact = [row for row in rows if row["value"] is not None]
    labels = _gather(exact)
    layers: list[Spec] = [
        layer(
            {"type": "line", "color": theme.mark, "opacity": 0.7},
            [r for r in exact if r["joined"]],
            x=x,
            y=y("value"),
            detail={"field": "unit"},
        ),
        layer(
            {"type": "bar", "width": 10, "filled": False, "stroke": theme.mark, "strokeWidth": 2},
            [r for r in rows if r["low"] is not None],
            x=x,
            y=y("low"),
            y2={"field": "high"},
        ),
        layer(
            {"type": "point", "filled": True, "size": 80, "color": theme.mark, "opacity": 1},
            exact,
            x=x,
            y=y("value"),
        ),
        layer(
            {"type": "text", "align": "right", "dx": -10, "color": theme.strong},
            [r for r in labels if r["period"] == periods[0]],
            x=x,
            y=y("value"),
            text={"field": "label"},
        ),
        layer(
            {"type": "text", "align": "left", "dx": 10, "color": theme.strong},
            [r for r in labels if r["period"] == periods[1]],
            x=x,
            y=y("value"),
            text={"field": "label"},
        ),
    ]
    told = [(before.name, before.marked, after.marked) for before, after in pairs]
    alternative = f"{title}: " + "; ".join(
        f"{unit}: {periods[0]} {one}, {periods[1]} {two}" for unit, one, two in told
    )
    return Chart(finish(layers, theme, 380), f"{alternative}.", (name, *periods), told)


def _gather(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One label for all units at one place, so that none lies over another."""
    places: dict[tuple[str, float], list[Mapping[str, Any]]] = {}
    for row in rows:
        places.setdefault((row["period"], row["value"]), []).append(row)
    return [
        {
            "period": period,
            "value": value,
            "label": (
                ", ".join(str(row["code"]) for row in here[:NAMED])
                + (f" +{len(here) - NAMED}" if len(here) > NAMED else "")
                + f" · {here[0]['text']}"
            ),
        }
        for (period, value), here in places.items()
    ]


NAMED = 4
"""Units named at one place of a slope."""


def draw_series(
    points: Sequence[Dot],
    breaks: Sequence[str],
    axis: Axis,
    title: str,
    columns: tuple[str, str],
    theme: Theme,
) -> Chart:
    """One of several small charts that share an axis: a value per period. A line joins exact numbers of
    periods that follow one another, and stops before a break (`breaks` are the periods that begin anew)."""
    order = [point.name for point in points]
    piece, rows = 0, []
    for point in points:
        if point.value is None or point.name in breaks:
            piece += 1
        rows.append(
            {
                "period": point.name,
                "value": point.value,
                "low": point.low,
                "high": point.high,
                "piece": piece,
                "text": point.marked,
                "mark": MARKS.get(point.state, ""),
            }
        )
    x = {
        "field": "period",
        "type": "nominal",
        "sort": order,
        "title": columns[0],
        "axis": {"labelAngle": 0, "labelOverlap": True},
    }
    y = _upwards(axis, -0.16 * axis.top)
    exact = [row for row in rows if row["value"] is not None]
    layers: list[Spec] = [
        layer({"type": "line", "color": theme.mark}, exact, x=x, y=y("value"), detail={"field": "piece"}),
        layer(
            {"type": "bar", "width": 10, "filled": False, "stroke": theme.mark, "strokeWidth": 2},
            [r for r in rows if r["low"] is not None],
            x=x,
            y=y("low"),
            y2={"field": "high"},
        ),
        layer(
            {"type": "point", "filled": True, "size": 60, "color": theme.mark, "opacity": 1},
            exact,
            x=x,
            y=y("value"),
        ),
        layer(
            {"type": "text", "color": theme.text, "fontSize": 14},
            [r for r in rows if r["mark"]],
            x=x,
            y={"datum": -0.1 * axis.top, "type": "quantitative"},
            text={"field": "mark"},
        ),
        layer(
            {"type": "rule", "color": theme.edge, "strokeDash": [4, 3], "xOffset": -14},
            [r for r in rows if r["period"] in breaks],
            x=x,
        ),
    ]
    told = [(point.name, point.marked) for point in points]
    alternative = f"{title}: " + "; ".join(f"{period}: {said}" for period, said in told) + "."
    return Chart(finish(layers, theme, 170), alternative, columns, told)


def _scale(axis: Axis) -> Callable[[str], Spec]:
    def x(field: str) -> Spec:
        return {
            "field": field,
            "type": "quantitative",
            "title": axis.title,
            "scale": {"domain": [0, ROOM * axis.top], "nice": False},
            "axis": {
                "values": axis.ticks,
                "grid": False,
                "orient": "top",
                "labelExpr": _tick(axis),
                "domain": False,
                "ticks": False,
                "titleAnchor": "start",
            },
        }

    return x


def _upwards(axis: Axis, lowest: float) -> Callable[[str], Spec]:
    def y(field: str) -> Spec:
        return {
            "field": field,
            "type": "quantitative",
            "title": axis.title,
            "scale": {"domain": [lowest, axis.top]},
            "axis": {"values": axis.few_ticks if lowest < 0 else axis.ticks, "labelExpr": _tick(axis)},
        }

    return y


def _tick(axis: Axis) -> str:
    return "round(datum.value * 100) + ' %'" if axis.is_share else "replace(datum.label, '.', ',')"
