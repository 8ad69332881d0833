"""Charts as functions from a frame to an Altair chart, with our own look. No Streamlit in here.

Belongs here: marks, scales, colours. Lines break at breaks and at years without a number.
Does not belong here: SQL, wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

Align = Literal["left", "center", "right"]

_NUMBER = "isValid(datum.value) && !isValid(datum.value_high)"
_RANGE = "isValid(datum.value) && isValid(datum.value_high)"

ROOM = 70
"""Letters that stand beside one another in a chart of half a page; all numbers are in the table below it."""


@dataclass(frozen=True)
class Colours:
    """Colours that can be read on a background."""

    mark: str
    edge: str
    text: str


LIGHT = Colours(mark="#1F5FA8", edge="#B5480E", text="#4A5568")
DARK = Colours(mark="#7FB2EA", edge="#F0A36B", text="#A7B1BD")
_COMMA = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands="\u00a0", grouping=[3], currency=["", "\u00a0kr"])
)


def dots(frame: pd.DataFrame, x_title: str, colours: Colours, language: str) -> alt.Chart | alt.LayerChart:
    """One dot per school with its fraction beside it, in the order given; no dot where there is no number.

    `frame` has school, value, value_high and text. A range is an open bar from value to value_high.
    """
    order = list(dict.fromkeys(frame["school"]))
    base = alt.Chart(frame).encode(
        y=alt.Y("school:N", sort=order, title=None, axis=alt.Axis(labelLimit=240, ticks=False, domain=False))
    )
    marks = (
        base.transform_filter(_NUMBER)
        .mark_circle(size=110, color=colours.mark, opacity=1)
        .encode(x=alt.X("value:Q", title=x_title, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)))
    )
    ranges = (
        base.transform_filter(_RANGE)
        .mark_bar(height=14, **_open(colours))
        .encode(x="value:Q", x2="value_high:Q")
    )
    labels = (
        base.transform_filter("isValid(datum.value)")
        .transform_calculate(end="isValid(datum.value_high) ? datum.value_high : datum.value")
        .mark_text(align="left", dx=10, color=colours.text)
        .encode(x="end:Q", text="text:N")
    )
    words = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(align="left", color=colours.text, fontStyle="italic")
        .encode(x=alt.datum(0), text="text:N")
    )
    return look(
        alt.layer(marks, ranges, labels, words).properties(height=max(120, 30 * len(order))),
        colours,
        language,
    )


def over_time(
    frame: pd.DataFrame, y_title: str, colours: Colours, language: str
) -> alt.Chart | alt.LayerChart:
    """One indicator over its periods. `frame` has period, value, value_high, text and piece; a piece is
    joined, pieces are not.

    A range is an open bar from value to value_high, and no line goes through it.
    """
    order = list(dict.fromkeys(frame["period"]))
    base = alt.Chart(frame).encode(x=alt.X("period:N", sort=order, title=None, axis=alt.Axis(labelAngle=0)))
    line = (
        base.transform_filter(_NUMBER)
        .mark_line(color=colours.mark)
        .encode(
            y=alt.Y("value:Q", title=y_title, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=3)),
            detail="piece:N",
        )
    )
    points = (
        base.transform_filter(_NUMBER).mark_circle(size=80, color=colours.mark, opacity=1).encode(y="value:Q")
    )
    ranges = (
        base.transform_filter(_RANGE)
        .mark_bar(width=12, **_open(colours))
        .encode(y="value:Q", y2="value_high:Q")
    )
    labels = [
        base.transform_filter(alt.FieldOneOfPredicate(field="period", oneOf=periods))
        .transform_calculate(end="isValid(datum.value_high) ? datum.value_high : datum.value")
        .mark_text(dy=-12, align=align, color=colours.text)
        .encode(y="end:Q", text="text:N")
        for align, periods in _labelled(frame, order)
    ]
    missing = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(color=colours.text, text="–")
        .encode(y=alt.datum(0))
    )
    breaks = base.transform_filter("datum.break_before").mark_rule(
        color=colours.edge, strokeDash=[4, 3], xOffset=-20
    )
    return look(
        alt.layer(line, points, ranges, *labels, missing, breaks).properties(height=160), colours, language
    )


def _open(colours: Colours) -> dict[str, Any]:
    """How a bar is drawn of which only the ends are known."""
    return {"filled": False, "stroke": colours.mark, "strokeWidth": 2, "opacity": 1}


def _labelled(frame: pd.DataFrame, order: list[str]) -> list[tuple[Align, list[str]]]:
    """Periods whose number is written in the chart, by how it is aligned: all where they have room, else the
    first and the last, else the last."""
    texts = {row["period"]: str(row["text"]) for row in frame[frame["value"].notna()].to_dict("records")}
    periods = list(texts)
    step = ROOM / max(1, len(order))
    if len(periods) < 2 or max(map(len, texts.values())) <= step:
        return [("center", periods)]
    first, last = periods[0], periods[-1]
    ends: list[tuple[Align, list[str]]] = [("right", [last]), ("left", [first])]
    apart = (order.index(last) - order.index(first)) * step
    return ends if apart >= len(texts[first]) + len(texts[last]) else ends[:1]


def look(chart: Any, colours: Colours, language: str) -> Any:
    """Our own look on a chart."""
    if language != "en":
        chart = chart.configure(locale=_COMMA)
    return (
        chart.properties(background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=colours.text,
            titleColor=colours.text,
            labelFontSize=13,
            titleFontSize=13,
            gridColor="#98A2B3",
            gridOpacity=0.3,
            domain=False,
        )
        .configure_text(fontSize=13)
    )
