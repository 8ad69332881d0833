"""Support by kind, who meets whom, and the teacher educators' part. No Streamlit in here.

Belongs here: drawing, and the words that say the same. Does not belong here: SQL, what a kind of support
means.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from apps.charts.theme import Spec, Theme, take_on
from apps.records import Translate


def support_bars(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """Per cent of the coded units with each kind of support; kinds overlap. `frame` has kind, share and
    text."""
    order = list(frame["kind"])
    base = alt.Chart(frame).encode(
        y=alt.Y("kind:N", sort=order, title=None, axis=alt.Axis(labelLimit=200, ticks=False))
    )
    bars = base.mark_bar(color=theme.mark, height=20).encode(
        x=alt.X(
            "share:Q",
            title=t("support.per_cent"),
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(tickCount=5),
        )
    )
    words = base.mark_text(align="left", dx=8, color=theme.text).encode(x="share:Q", text="text:N")
    return take_on(alt.layer(bars, words).properties(height=46 * len(order) + 30), theme)


@dataclass(frozen=True)
class Arrow:
    """Two arenas in a row of loops: in how many the link was expected, made, and known."""

    start: str
    end: str
    expected: int
    made: int
    known: int

    @property
    def kind(self) -> str:
        """How it is drawn."""
        if not self.expected:
            return "unexpected"
        return "made" if self.made else "not_made"


def arena_map(arrows: Sequence[Arrow], theme: Theme, t: Translate) -> Spec:
    """Arenas in a ring, with a line for each pair: whole where it was expected and made, dashed where it was
    expected and not made, dotted where it was made beside the model."""
    arenas = sorted({a.start for a in arrows} | {a.end for a in arrows})
    at = {
        arena: (
            math.cos(2 * math.pi * n / len(arenas) + math.pi / 2),
            math.sin(2 * math.pi * n / len(arenas) + math.pi / 2),
        )
        for n, arena in enumerate(arenas)
    }
    lines = pd.DataFrame(
        [
            {
                "x": at[a.start][0],
                "y": at[a.start][1],
                "x2": at[a.end][0],
                "y2": at[a.end][1],
                "kind": t(f"support.link.{a.kind}"),
            }
            for a in arrows
        ]
    )
    nodes = pd.DataFrame([{"arena": arena, "x": x, "y": y} for arena, (x, y) in at.items()])
    kinds = [t(f"support.link.{kind}") for kind in ("made", "not_made", "unexpected")]
    legend = alt.Legend(
        title=None,
        orient="bottom",
        symbolType="stroke",
        labelColor=theme.text,
        labelLimit=260,
        labelFontSize=13,
    )
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.5, 1.5]))
    links = (
        alt.Chart(lines)
        .mark_rule(strokeWidth=2.5)
        .encode(
            x=across,
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.25, 1.25])),
            x2="x2:Q",
            y2="y2:Q",
            strokeDash=alt.StrokeDash(
                "kind:N", scale=alt.Scale(domain=kinds, range=[[1, 0], [8, 5], [2, 4]]), legend=legend
            ),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[theme.mark, theme.text, theme.edge]),
                legend=legend,
            ),
        )
    )
    base = alt.Chart(nodes).encode(x=across, y="y:Q")
    dots = base.mark_circle(size=300, color=theme.strong, opacity=1)
    words = base.mark_text(dy=-18, color=theme.strong, fontWeight="bold", fontSize=13).encode(text="arena:N")
    return take_on(alt.layer(links, dots, words).properties(height=320), theme)


def tell_map(arrows: Sequence[Arrow], t: Translate) -> str:
    """The map in words."""
    kinds = [a.kind for a in arrows]
    return t(
        "support.map_alt",
        made=kinds.count("made"),
        not_made=kinds.count("not_made"),
        beside=kinds.count("unexpected"),
    )


def part_dots(frame: pd.DataFrame, theme: Theme, t: Translate) -> Spec:
    """The educators' part, arena by arena and loop by loop. `frame` has loop, arena and mark, in the order of
    the
    arenas; a mark is ●, ○, 0 or –."""
    order = list(dict.fromkeys(frame["arena"]))
    base = alt.Chart(frame).encode(
        x=alt.X("loop:O", title=t("clock.loop").lower(), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("arena:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, ticks=False)),
    )
    return take_on(
        base.mark_text(color=theme.strong, fontSize=15)
        .encode(text="mark:N")
        .properties(height=30 * len(order)),
        theme,
    )
