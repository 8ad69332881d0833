"""How people answered one question, as a bar per period: segments in the order of the form, labelled with its
own words.

Belongs here: segments, and those that few chose, told together. Does not belong here: wording of questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.charts.theme import Chart, Spec, Theme, finish, layer

Words = Callable[..., str]


@dataclass(frozen=True)
class Answer:
    """One answer of the form: its own label, and how many or which share gave it; None where few did, and it
    is told together with the others that few gave."""

    label: str
    share: float | None
    count: int | None = None


@dataclass(frozen=True)
class Bar:
    """One period: what it is called, how many answered (None where that is not told), and the answers in the
    order of the form."""

    period: str
    answered: int | None
    answers: tuple[Answer, ...]

    @property
    def rest(self) -> tuple[list[str], float]:
        """Labels of the answers told together, and their share."""
        hidden = [answer.label for answer in self.answers if answer.share is None]
        return hidden, max(0.0, 1 - sum(answer.share or 0 for answer in self.answers))


def draw_distribution(question: str, bars: Sequence[Bar], theme: Theme, words: Words) -> Chart:
    """The first bar is the period it is about; those after it are paler, to hold it against."""
    segments = [segment for at, bar in enumerate(bars) for segment in _segments(bar, at > 0, theme, words)]
    order = [_name(bar, words) for bar in bars]
    y = {
        "field": "bar",
        "type": "nominal",
        "sort": order,
        "title": None,
        "scale": {"paddingInner": 0.14, "paddingOuter": 0.05},
        "axis": {"ticks": False, "domain": False, "labelLimit": 150, "labelPadding": 6},
    }
    x = {
        "field": "start",
        "type": "quantitative",
        "title": None,
        "axis": None,
        "scale": {"domain": [0, 1], "nice": False},
    }
    whole = [s for s in segments if not s["together"]]
    together = [s for s in segments if s["together"]]
    ends = {"y": y, "x": x, "x2": {"field": "end"}}
    middle = {"field": "middle", "type": "quantitative"}
    room = "(datum.end - datum.start) * width"
    text = {
        "condition": [
            {"test": f"{room} > 7 * length(datum.long) + 10", "field": "long"},
            {"test": f"{room} > 8 * length(datum.short) + 4", "field": "short"},
        ],
        "value": "",
    }
    ink = {"field": "ink", "type": "nominal", "scale": None, "legend": None}
    layers: list[Spec] = [
        layer(
            {"type": "bar", "stroke": theme.ground, "strokeWidth": 1.5},
            whole,
            **ends,
            color={"field": "colour", "type": "nominal", "scale": None, "legend": None},
        ),
        layer(
            {
                "type": "bar",
                "color": theme.band,
                "fillOpacity": 0.35,
                "stroke": theme.text,
                "strokeWidth": 1.2,
                "strokeDash": [4, 3],
            },
            together,
            **ends,
        ),
        layer({"type": "text", "fontSize": 13}, segments, y=y, x=middle, text=text, color=ink),
    ]
    return Chart(
        finish(layers, theme, 34 * len(bars)),
        words("chart.distribution.alt", question=question, bars="; ".join(_say(bar, words) for bar in bars)),
        (
            words("chart.distribution.period"),
            words("chart.distribution.answer"),
            words("chart.distribution.share"),
        ),
        [(bar.period, label, said) for bar in bars for label, said in _told(bar, words)],
    )


def _segments(bar: Bar, is_earlier: bool, theme: Theme, words: Words) -> list[Spec]:
    hidden, share = bar.rest
    parts: list[tuple[str, float, int | None, int]] = []
    if hidden and share > 0:
        count = None if bar.answered is None else round(share * bar.answered)
        parts.append((_together(hidden, words), share, count, -1))
    step = 4 / max(1, len(bar.answers) - 1)
    parts += [
        (answer.label, answer.share, answer.count, round(at * step))
        for at, answer in enumerate(bar.answers)
        if answer.share
    ]
    start, found = 0.0, []
    for label, share, count, shade in parts:
        short = f"{round(100 * share)} %" if count is None else str(count)
        colours = theme.pale if is_earlier else theme.answers
        found.append(
            {
                "bar": _name(bar, words),
                "start": start,
                "end": min(1.0, start + share),
                "middle": start + share / 2,
                "long": f"{label} · {short}",
                "short": short,
                "together": shade < 0,
                "colour": theme.band if shade < 0 else colours[shade],
                "ink": theme.strong if shade < 0 or is_earlier else theme.ink[shade],
            }
        )
        start += share
    return found


def _name(bar: Bar, words: Words) -> str:
    return (
        bar.period
        if bar.answered is None
        else words("chart.distribution.bar", period=bar.period, n=bar.answered)
    )


def _together(labels: Sequence[str], words: Words) -> str:
    return words("chart.or", first=", ".join(labels[:-1]), last=labels[-1]) if len(labels) > 1 else labels[0]


def _told(bar: Bar, words: Words) -> list[tuple[str, str]]:
    hidden, share = bar.rest
    told = [
        (answer.label, _amount(answer.share, answer.count, bar, words))
        for answer in bar.answers
        if answer.share is not None
    ]
    count = None if bar.answered is None else round(share * bar.answered)
    return [*([(_together(hidden, words), _amount(share, count, bar, words))] if hidden else []), *told]


def _amount(share: float, count: int | None, bar: Bar, words: Words) -> str:
    if count is None or bar.answered is None:
        return f"{round(100 * share)}\u00a0%"
    return words("chart.distribution.of", n=count, whole=bar.answered)


def _say(bar: Bar, words: Words) -> str:
    return f"{bar.period}: " + ", ".join(f"{label} {said}" for label, said in _told(bar, words))
