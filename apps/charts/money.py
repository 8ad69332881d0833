"""Own share by budget year: a bar for what is delivered, a line for what the scheme's rule asks for.

Belongs here: the bars and what is written beside them. Does not belong here: what a rule asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.charts.theme import Chart, Spec, Theme, finish, layer

Words = Callable[..., str]
ROW = 34
"""Pixels that a year takes."""

ROOM = 1.6
"""The axis in proportion to the longest bar, so that what is written has room beside it."""


@dataclass(frozen=True)
class Bar:
    """One budget year of one scheme, in thousands of kroner; None is not known."""

    name: str
    delivered: float | None
    required: float | None
    text: str


def draw_own_share(bars: Sequence[Bar], columns: tuple[str, str], theme: Theme, words: Words) -> Chart:
    """Years in the order they come in."""
    names = [bar.name for bar in bars]
    top = max((n for bar in bars for n in (bar.delivered, bar.required) if n is not None), default=1) or 1
    y: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelPadding": 8},
    }

    def x(field: str) -> Spec:
        return {
            "field": field,
            "type": "quantitative",
            "title": words("owner.axis"),
            "scale": {"domain": [0, ROOM * top], "nice": False},
            "axis": {"tickCount": 3, "grid": True},
        }

    told = [
        {
            "name": bar.name,
            "at": max(bar.delivered or 0, bar.required or 0) + top * 0.03,
            "text": bar.text,
        }
        for bar in bars
    ]
    layers = [
        layer(
            {"type": "bar", "height": 16, "color": theme.mark},
            [{"name": b.name, "at": b.delivered} for b in bars if b.delivered is not None],
            x=x("at"),
            y=y,
        ),
        layer(
            {"type": "tick", "orient": "vertical", "thickness": 3, "size": 26, "color": theme.strong},
            [{"name": b.name, "at": b.required} for b in bars if b.required is not None],
            x=x("at"),
            y=y,
        ),
        layer(
            {"type": "text", "align": "left", "color": theme.strong},
            told,
            x=x("at"),
            y=y,
            text={"field": "text", "type": "nominal"},
        ),
    ]
    alternative = words("owner.money_alt", told="; ".join(f"{bar.name}: {bar.text}" for bar in bars))
    return Chart(
        finish([one for one in layers if one["data"]["values"]], theme, ROW * len(bars)),
        alternative,
        columns,
        [(bar.name, bar.text) for bar in bars],
    )
