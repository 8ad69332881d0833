"""Where the work stands: the expansive wheel and the areas as swim lanes. No Streamlit in here.

Belongs here: drawing. Does not belong here: SQL, what a phase means. Nothing is drawn as completed per cent.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from apps.charts import Colours, look
from apps.records import Translate


def wheel(frame: pd.DataFrame, colours: Colours, t: Translate) -> Any:
    """The phases in a circle; those that the school has marked are filled, with the loops in them. `frame` has
    phase, place, loops and is_marked."""
    order = list(frame["phase"])
    base = alt.Chart(frame).encode(
        theta=alt.Theta("one:Q", stack=True), order=alt.Order("place:Q"), color=alt.Color(
            "is_marked:N", scale=alt.Scale(domain=[True, False], range=[colours.mark, colours.ground]), legend=None
        )
    )  # fmt: skip
    ring = base.mark_arc(innerRadius=62, outerRadius=118, stroke=colours.text, strokeWidth=1.5)
    names = base.mark_text(radius=158, fontSize=13).encode(text="short:N", color=alt.value(colours.ink))
    loops = base.mark_text(radius=90, fontSize=13, fontWeight="bold").encode(
        text="loops:N", color=alt.value(colours.ground)
    )
    return look(alt.layer(ring, names, loops).properties(height=370), colours, t("code")) if order else None


def lanes(frame: pd.DataFrame, colours: Colours, t: Translate) -> Any:
    """Areas from their first to their last loop. `frame` has area, first, last, origin and text."""
    order = list(frame["area"])
    top = int(frame["last"].max())
    base = alt.Chart(frame).encode(
        y=alt.Y("area:N", sort=order, title=None, axis=alt.Axis(labelLimit=160, ticks=False))
    )
    x = alt.X("start:Q", title=t("clock.loop").lower(), scale=alt.Scale(domain=[0.5, top + 0.5]), axis=alt.Axis(values=list(range(1, top + 1)), format="d"))  # fmt: skip
    bars = base.mark_bar(height=22, color=colours.mark, opacity=0.25, stroke=colours.mark).encode(
        x=x, x2="end:Q"
    )
    words = base.mark_text(align="left", dx=6, color=colours.ink).encode(x=x, text="text:N")
    return look(alt.layer(bars, words).properties(height=max(90, 36 * len(order) + 40)), colours, t("code"))
