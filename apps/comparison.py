"""Schools beside one another: which may be, what may be said of each pair, and the one sentence that decides.
No Streamlit in here.

Belongs here: rows of values to units of a chart, pairs and sentences. Does not belong here: asking, layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from apps import sentences
from apps.charts.dots import Axis, Dot
from apps.words import Words
from innenfra.contracts.vocabulary import VERDICT_REASONS
from innenfra.statistics.change import Difference

Row = Mapping[str, Any]
MOST_PAIRS = 5
NUMBERED = 12
"""Up to here a number in a sentence is a word."""

REFUSED = ("other_family", "mixed_family")
OWN_CLOCKS = {"agreement": "partnership_year", "development": "partnership_year"}
"""The clock that a group of indicators goes by, where it is another than the school year: schools are held
beside one another in the same year of their partnership."""

CLOCKS = ("school_year", "partnership_year", "loop", "budget_year")


@dataclass(frozen=True)
class Pair:
    """Two schools and the difference of their shares; no number for one with only bounds."""

    one: str
    other: str
    difference: Difference
    is_bounded: bool


def name_number(number: int, words: Words) -> str:
    """A small number as a word, as it begins or stands in a sentence."""
    return words(f"number.{number}") if 0 <= number <= NUMBERED else str(number)


def find_clock(group: str, periods: Sequence[Row]) -> str:
    """The indicator's own clock, among those it has values by."""
    there = {row["period_type"] for row in periods}
    wanted = OWN_CLOCKS.get(group, "school_year")
    return wanted if wanted in there else next(clock for clock in (*CLOCKS, *sorted(there)) if clock in there)


def find_period(periods: Sequence[Row], clock: str) -> str:
    """The newest period of a clock in which two schools have a number; the newest where there is none."""
    of_clock = [row for row in periods if row["period_type"] == clock]
    told = [row for row in of_clock if row["schools_n"] > 1]
    return str((told or of_clock)[-1]["period"])


def make_axis(rows: Sequence[Row], words: Words) -> Axis:
    """Per cent on shares, the unit's own numbers otherwise."""
    numbers = [float(r[part]) for r in rows for part in ("value", "value_high") if _is_number(r[part])]
    unit = next((str(row["unit"]) for row in rows if row["unit"]), "share")
    if unit == "share" and max(numbers, default=0) <= 1:
        return Axis("")
    if unit == "share":
        return Axis("", max(numbers), is_share=True)
    return Axis(words(f"unit.{unit}"), max(1.0, *numbers) if numbers else 1.0, is_share=False)


def make_dot(row: Row, name: str, words: Words) -> Dot:
    """What is known of a school as it is known: exact, with its interval; between bounds; or a state."""
    text = sentences.shown(row, words)
    if not sentences.has_number(row):
        return Dot(name, text.rstrip("."), state=str(row["status"]))
    low, high = _ends(row)
    interval = (
        (float(row["interval_low"]), float(row["interval_high"]))
        if _is_number(row["interval_low"]) and _is_number(row["interval_high"]) and row["unit"] == "share"
        else None
    )
    if low != high:
        return Dot(name, text, low=low, high=high)
    provisional = row["status"] == "provisional"
    return Dot(name, text, value=low, interval=interval, is_provisional=provisional)


def are_comparable(row: Row) -> bool:
    """Whether a school's number may stand beside others', with care or without."""
    return sentences.has_number(row) and row["comparability"] in ("comparable", "with_care")


def find_pairs(rows: Sequence[Row]) -> list[Pair]:
    """Pairs of schools whose shares of people differ by more than chance gives."""
    found = []
    for one, other in combinations([row for row in rows if are_comparable(row)], 2):
        verdict = sentences.judge(
            {**other, "break_before": False},
            {**one, "break_before": False},
        )
        if verdict.claims and verdict.difference is not None:
            found.append(Pair(one["school"], other["school"], verdict.difference, verdict.bounded))
    return found


def answer_page(rows: Sequence[Row], label: str, words: Words) -> str:
    """How many may be held beside one another, and whether any differ, by name."""
    comparable = [row for row in rows if are_comparable(row)]
    total = len({row["school"] for row in rows})
    many = len({row["school"] for row in comparable})
    count = words(
        "compare.may" if many > 1 else "compare.may_not",
        n=name_number(many, words),
        total=name_number(total, words),
        label=label,
    )
    if many < 2:
        return _begin(count)
    return f"{_begin(count)} {_begin(_decide(comparable, words))}"


def say_pair(pair: Pair, words: Words) -> str:
    """What may be said of two schools."""
    points = round(100 * abs(pair.difference.value))
    low, high = sorted(abs(end) for end in pair.difference.interval)
    if pair.is_bounded:
        return words("compare.pair.bounded", one=pair.one, other=pair.other)
    return words(
        "compare.pair",
        one=pair.one,
        other=pair.other,
        points=points,
        low=max(1, round(100 * low)),
        high=round(100 * high),
    )


def say_refusal(row: Row, words: Words) -> str:
    """Why a school's number may not stand beside others'."""
    if not sentences.has_number(row):
        return sentences.state(row, words).rstrip(".")
    reason = row["comparability_reason"]
    return VERDICT_REASONS.labels[str(reason)][words("code")] if reason else words("compare.refused.unknown")


def _decide(comparable: Sequence[Row], words: Words) -> str:
    pairs = find_pairs(comparable)
    if not pairs and any(_ends(row)[0] != _ends(row)[1] for row in comparable):
        return words("compare.only_bounds")
    if not any(_is_number(row["interval_low"]) for row in comparable):
        values = {(row["numerator"], row["denominator"], row["value"]) for row in comparable}
        return words("compare.counted_same" if len(values) == 1 else "compare.counted")
    if not pairs:
        return words("compare.none_differs")
    in_all = [name for name in (pairs[0].one, pairs[0].other) if all(name in (p.one, p.other) for p in pairs)]
    if len(pairs) > 1 and len(in_all) == 1:
        return words("compare.one_differs", school=in_all[0], n=name_number(len(pairs), words))
    if len(pairs) == 1:
        return words("compare.pair_differs", one=pairs[0].one, other=pairs[0].other)
    return words("compare.several_differ", n=name_number(len(pairs), words))


def _ends(row: Row) -> tuple[float, float]:
    value, bound = float(row["value"]), row["bound"]
    if bound == "<=":
        return 0.0, value
    if bound == ">=":
        return value, 1.0 if row["unit"] == "share" else value
    if bound == "range":
        return value, float(row["value_high"])
    below = row.get("value_below")
    return (value, float(below)) if below is not None and _is_number(below) else (value, value)


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _is_number(value: object) -> bool:
    return value is not None and value == value
