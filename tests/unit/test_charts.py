"""Which numbers a chart writes beside its points."""

from __future__ import annotations

import pandas as pd
import pytest

from apps import charts


def frame(*texts: str | None) -> pd.DataFrame:
    rows = [
        {
            "period": str(n),
            "value": None if text is None else n / 10,
            "value_high": None,
            "text": text or "–",
            "piece": 0,
            "break_before": False,
        }
        for n, text in enumerate(texts, start=1)
    ]
    return pd.DataFrame(rows)


def written(made: object) -> set[str]:
    """Periods with a number in the chart: the filters of its texts."""
    layers = made.to_dict()["layer"]  # type: ignore[attr-defined]
    texts = [layer for layer in layers if layer["mark"]["type"] == "text" and "text" not in layer["mark"]]
    return {period for layer in texts for period in layer["transform"][0]["filter"]["oneOf"]}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2/3", "3/3", None, "1/3"), {"1", "2", "4"}),
        (("300/600 (50 %)",) * 6, {"1", "6"}),
        ((None, None, None, None, "300/600 (50 %)", "310/600 (51,7 %)"), {"6"}),
        (("300/600 (50 %)",), {"1"}),
        ((None, None), set()),
    ],
    ids=["all have room", "the ends", "the ends would meet", "one", "none"],
)
def test_numbers_never_lie_over_one_another(texts: tuple[str | None, ...], expected: set[str]) -> None:
    assert written(charts.over_time(frame(*texts), "", charts.LIGHT, "nb")) == expected


def test_a_range_is_an_open_bar_and_no_point_of_a_line() -> None:
    told = frame("2/10", "mellom 2 og 4 av 20", "3/10")
    told.loc[1, "value_high"] = 0.4
    for made in (
        charts.over_time(told, "", charts.LIGHT, "nb").to_dict(),
        charts.dots(told.assign(school=told["period"]), "", charts.LIGHT, "nb").to_dict(),
    ):
        bars = [layer for layer in made["layer"] if layer["mark"]["type"] == "bar"]
        assert [(layer["mark"]["filled"], layer["transform"][0]["filter"]) for layer in bars] == [
            (False, "isValid(datum.value) && isValid(datum.value_high)")
        ]
        assert {"y2", "x2"} & bars[0]["encoding"].keys()
        points = [layer for layer in made["layer"] if layer["mark"]["type"] in ("circle", "line")]
        assert points
        assert all(
            layer["transform"][0]["filter"] == "isValid(datum.value) && !isValid(datum.value_high)"
            for layer in points
        )
