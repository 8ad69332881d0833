"""The strip of loops against the plan, and the small panels of each loop.

Belongs here: drawing, and the words that say the same to those who do not see it. No Streamlit in here.
Does not belong here: SQL, what loops mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from apps.charts.theme import Spec, Theme, take_on
from apps.records import Translate

STATES = ("held", "open", "cancelled")


@dataclass(frozen=True)
class Step:
    """A loop on the strip: where it stands, and how far it came."""

    loop_no: int
    year: float
    height: int
    state: str


def loop_strip(
    steps: Sequence[Step],
    plan: Sequence[tuple[int, int]],
    first_plan: Sequence[tuple[int, int]],
    chosen: int | None,
    theme: Theme,
    t: Translate,
) -> Spec:
    """Loops by partnership year, on the line of the plan in force; the first plan dashed where it was
    another.

    A held loop is a filled circle, one to come or going on an open one, a cancelled one a cross.
    """
    last = max([year for year, _ in (*plan, *first_plan)] + [int(s.year) + 1 for s in steps] + [1])
    top = max([n for _, n in (*plan, *first_plan)] + [s.height for s in steps] + [1])
    x = alt.X(
        "year:Q",
        title=t("clock.partnership_year").lower(),
        scale=alt.Scale(domain=[0, last]),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d", grid=True),
    )
    y = alt.Y(
        "height:Q",
        title=t("loops.axis"),
        scale=alt.Scale(domain=[0, top + 0.6]),
        axis=alt.Axis(values=list(range(0, top + 1)), format="d"),
    )
    layers: list[alt.Chart] = []
    for points, dashed in ((plan, False), (first_plan, True)):
        if points:
            frame = pd.DataFrame([(0, 0), *points], columns=["year", "height"])
            mark: dict[str, Any] = (
                {"strokeDash": [5, 4], "strokeWidth": 2} if dashed else {"strokeWidth": 9, "opacity": 0.3}
            )
            layers.append(
                alt.Chart(frame)
                .mark_line(color=theme.text if dashed else theme.mark, **mark)
                .encode(x=x, y=y)
            )
    frame = pd.DataFrame([step.__dict__ for step in steps], columns=["loop_no", "year", "height", "state"])
    base = alt.Chart(frame).encode(x=x, y=y)
    # a layer without marks would be a picture without a name to those who listen
    layers += [
        layer for state in STATES if (frame["state"] == state).any() for layer in _marks(base, state, theme)
    ]
    if any(step.loop_no == chosen for step in steps):
        layers.append(
            base.transform_filter(f"datum.loop_no === {chosen}").mark_point(
                size=900, color=theme.edge, strokeWidth=2, filled=False
            )
        )
    return take_on(alt.layer(*layers).properties(height=250), theme)


def _marks(base: alt.Chart, state: str, theme: Theme) -> list[alt.Chart]:
    """The marks of loops in one state, and their numbers."""
    mine = base.transform_filter(f"datum.state === '{state}'")
    if state == "held":
        mark = mine.mark_circle(size=560, color=theme.mark, opacity=1)
        return [mark, mine.mark_text(color=theme.ground, fontWeight="bold").encode(text="loop_no:Q")]
    if state == "open":
        mark = mine.mark_point(
            size=480, color=theme.mark, strokeWidth=2, filled=True, fill=theme.ground, opacity=1
        )
        return [mark, mine.mark_text(color=theme.strong).encode(text="loop_no:Q")]
    mark = mine.mark_point(size=300, color=theme.text, shape="cross", angle=45, filled=False)
    return [mark, mine.mark_text(color=theme.text, dy=18).encode(text="loop_no:Q")]


def tell_strip(steps: Sequence[Step], plan: Sequence[tuple[int, int]], t: Translate) -> str:
    """The strip in words."""
    held = sum(step.state == "held" for step in steps)
    planned = plan[-1][1] if plan else None
    said = t("loops.alt", held=held, planned=planned) if planned else t("loops.alt_no_plan", held=held)
    cancelled = sum(step.state == "cancelled" for step in steps)
    return said + (" " + t("loops.alt_cancelled", n=cancelled) if cancelled else "")


def phase_panels(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """How many teams used each phase of the template, loop by loop. `frame` has loop, phase, share and text,
    in
    the order of the phases."""
    order = list(dict.fromkeys(frame["phase"]))
    base = alt.Chart(frame).encode(
        x=alt.X("loop:O", title=t("clock.loop").lower(), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("phase:N", sort=order, title=None, axis=alt.Axis(labelLimit=200, ticks=False)),
    )
    cells = base.mark_rect(stroke=theme.ground, strokeWidth=3, color=theme.mark).encode(
        opacity=alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.06, 0.45]), legend=None)
    )
    words = base.mark_text(color=theme.strong).encode(text="text:N")
    return take_on(alt.layer(cells, words).properties(height=32 * len(order) + 10), theme)


def hour_panels(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """Hours used per team as bars, hours set aside as lines, loop by loop. `frame` has loop, activity, used
    and
    planned."""
    order = list(dict.fromkeys(frame["activity"]))
    x = alt.X("loop:O", title=t("clock.loop").lower(), axis=alt.Axis(labelAngle=0))
    base = alt.Chart().encode(x=x)
    bars = base.mark_bar(color=theme.mark, size=14).encode(
        y=alt.Y("used:Q", title=t("loops.hours"), axis=alt.Axis(tickCount=3))
    )
    lines = base.mark_tick(color=theme.strong, thickness=2, size=20).encode(y="planned:Q")
    chart = (
        alt.layer(bars, lines, data=frame)
        .properties(height=110, width=220)
        .facet(
            column=alt.Column(
                "activity:N",
                sort=order,
                title=None,
                header=alt.Header(labelColor=theme.strong, labelFontSize=13, labelAnchor="start"),
            )
        )
    )
    return take_on(chart, theme)
