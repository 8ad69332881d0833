"""One look for all charts, light and dark, and what a finished chart is.

Belongs here: colours, the configuration of every chart, marks of states. Does not belong here: what is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]


@dataclass(frozen=True)
class Theme:
    """Colours that can be read on a background. `answers` go from the first answer of a form to the last,
    `ink` is what is written on each of them; `pale` is an earlier period's."""

    mark: str
    edge: str
    text: str
    strong: str
    band: str
    grid: str
    ground: str
    answers: tuple[str, ...]
    ink: tuple[str, ...]
    pale: tuple[str, ...]


LIGHT = Theme(
    mark="#1F5FA8",
    edge="#B5480E",
    text="#4A5568",
    strong="#101828",
    band="#E3E8F0",
    grid="#DFE3EA",
    ground="#FFFFFF",
    answers=("#DCE8F5", "#B0CBE8", "#7BA7D6", "#3F76B5", "#1F5FA8"),
    ink=("#101828", "#101828", "#101828", "#FFFFFF", "#FFFFFF"),
    pale=("#EDF3FA", "#D6E4F3", "#BFD5EC", "#A9C4E2", "#93B4DA"),
)
DARK = Theme(
    mark="#7FB2EA",
    edge="#F0A36B",
    text="#A7B1BD",
    strong="#F2F4F7",
    band="#262D38",
    grid="#2A313C",
    ground="#12161D",
    answers=("#22344A", "#2B4C72", "#38689E", "#6FA3DC", "#9CC6F2"),
    ink=("#F2F4F7", "#F2F4F7", "#F2F4F7", "#0B1320", "#0B1320"),
    pale=("#1B2430", "#202E40", "#263950", "#2C4562", "#335174"),
)

MARKS = {
    "not_collected": "○",
    "suppressed": "▣",
    "not_in_design": "–",
    "not_applicable": "–",
    "insufficient": "◌",
    "awaiting_member_check": "◷",
    "withdrawn": "✕",
}
"""The mark of each state that has no number; zero has none, it is a number on the axis."""

FONT = "Source Sans Pro, Source Sans, Liberation Sans, Arial, sans-serif"


def theme_of(dark: bool) -> Theme:
    """The colours for a background."""
    return DARK if dark else LIGHT


@dataclass(frozen=True)
class Chart:
    """A chart with what it says: the takeaway for those who do not see it, and its numbers as a table."""

    spec: Spec
    alternative: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def table(self) -> Mapping[str, list[str]]:
        """The numbers, by column."""
        return {name: [row[at] for row in self.rows] for at, name in enumerate(self.columns)}


def finish(layers: Sequence[Spec], theme: Theme, height: int, **more: Any) -> Spec:
    """One view of layers with the look that all charts have. Item names are left to the chart's own
    alternative: Vega's are English."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "layer": list(layers),
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "mark": {"aria": False, "tooltip": None},
            "axis": {
                "aria": False,
                "labelColor": theme.text,
                "titleColor": theme.text,
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "gridColor": theme.grid,
                "domainColor": theme.grid,
                "tickColor": theme.grid,
            },
            "text": {"color": theme.strong, "fontSize": 13},
        },
        **more,
    }


def layer(mark: Spec, data: Sequence[Mapping[str, Any]], **encoding: Any) -> Spec:
    """One layer over its own rows."""
    return {"mark": mark, "data": {"values": [dict(row) for row in data]}, "encoding": encoding}


def take_on(drawn: Any, theme: Theme) -> Spec:
    """A chart that was drawn with Altair, with the look that all charts have."""
    looked = finish([], theme, 0)
    # the tests hold each chart against the schema; here it would take most of a page's time
    spec: Spec = drawn.to_dict(validate=False)
    spec |= {"config": looked["config"], "background": None}
    if "facet" not in spec:
        spec |= {"width": "container", "autosize": looked["autosize"]}
    return spec
