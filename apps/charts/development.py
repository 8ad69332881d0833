"""Where the work stands: the expansive wheel and the areas as swim lanes. No Streamlit in here.

Belongs here: drawing. Does not belong here: SQL, what a phase means. Nothing is drawn as completed per cent.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from apps.charts.theme import Spec, Theme, take_on
from apps.records import Translate


def wheel(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """The phases in a circle; those that the school has marked are filled, with the loops in them; the
    numbers are
    those of the list beside it. `frame` has place, number, one, loops and is_marked."""
    base = alt.Chart(frame).encode(
        theta=alt.Theta("one:Q", stack=True),
        order=alt.Order("place:Q"),
        color=alt.Color(
            "is_marked:N",
            scale=alt.Scale(domain=[True, False], range=[theme.mark, theme.ground]),
            legend=None,
        ),
    )
    ring = base.mark_arc(innerRadius=62, outerRadius=118, stroke=theme.text, strokeWidth=1.5)
    numbers = base.mark_text(radius=136, fontSize=15, fontWeight="bold").encode(
        text="number:Q", color=alt.value(theme.strong)
    )
    loops = base.mark_text(radius=90, fontSize=13, fontWeight="bold").encode(
        text="loops:N", color=alt.value(theme.ground)
    )
    return take_on(alt.layer(ring, numbers, loops).properties(height=310), theme)


def lanes(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """Areas from their first to their last loop. `frame` has area, first, last, origin and text."""
    order = list(frame["area"])
    top = int(frame["last"].max())
    base = alt.Chart(frame).encode(
        y=alt.Y("area:N", sort=order, title=None, axis=alt.Axis(labelLimit=160, ticks=False))
    )
    x = alt.X(
        "start:Q",
        title=t("clock.loop").lower(),
        scale=alt.Scale(domain=[0.5, top + 0.5]),
        axis=alt.Axis(values=list(range(1, top + 1)), format="d"),
    )
    bars = base.mark_bar(height=22, color=theme.mark, opacity=0.25, stroke=theme.mark).encode(x=x, x2="end:Q")
    late = f"datum.start > {top / 2}"
    words = [
        base.transform_filter(f"!({late})")
        .mark_text(align="left", dy=-20, color=theme.strong)
        .encode(x=x, text="text:N"),
        base.transform_filter(late)
        .mark_text(align="right", dy=-20, color=theme.strong)
        .encode(x=alt.X("end:Q"), text="text:N"),
    ]
    return take_on(alt.layer(bars, *words).properties(height=50 * len(order) + 30), theme)
