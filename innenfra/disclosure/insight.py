"""Insight: what readers, alone or two together, can work out from everything that is open to them, and what
one row tells.

Belongs here: the attack on totals by reader, and on a row by trying every number of people. Pure functions
over
what `readers.py` gathered; the choice that is attacked here was made there by another road.
Does not belong here: choosing what is open (`readers.py`), the attack on what is withheld from everyone
(`audit.py`).

Each reader is given more than is shown: the exact sum behind every total that is open to it in this release
and
in the one before, and what it sees of schools one by one. Unseen parts that are in the very same totals can
only be
known as a sum; where even that sum, given exactly, tells a part, the totals themselves are solved to confirm
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innenfra.database import access
from innenfra.disclosure.attack import Sum, bounds
from innenfra.disclosure.readers import HALF, Open, Totals, pairs, signature
from innenfra.statistics.proportions import wilson

_CLOSE = 1e-6
_ROUNDED = 0.005 + 1e-9
_SEED = 31


@dataclass
class Insight:
    """What was found by kind, each as reader and number; and how much was tried."""

    found: dict[str, list[str]] = field(
        default_factory=lambda: {
            "found_by_reader": [],
            "narrowed_by_reader": [],
            "too_few_unseen": [],
            "found_by_two_readers": [],
        }
    )
    figures: dict[str, int] = field(default_factory=dict)


def attack(totals: Totals, opened: Sequence[Open], least: int) -> Insight:
    """Every reader alone, then two together, on every total of this release and the one before that is open
    to them."""
    made = Insight()
    marks = np.random.default_rng(_SEED).integers(1, 2**62, len(totals.all), dtype=np.int64)
    signatures = {id(one): signature(totals, one, marks) for one in opened}
    for one in opened:
        name = one.reader.name
        for kind, part in _find_told_parts(totals, one.known, (*one.now, *one.before), signatures[id(one)]):
            made.found[kind].append(f"{name}: {totals.names[part]}")
        made.found["too_few_unseen"] += [f"{name}: {cell}" for cell in _too_few(totals, one, least)]
    tried = pairs(opened)
    for one, other in ((opened[first], opened[second]) for first, second in tried):
        seen = (*one.now, *one.before, *other.now, *other.before)
        for kind, part in _find_told_parts(
            totals,
            one.known | other.known,
            seen,
            signatures[id(one)] + signatures[id(other)],
            exact_people=True,
        ):
            if kind == "found_by_reader":
                made.found["found_by_two_readers"].append(
                    f"{one.reader.name} and {other.reader.name}: {totals.names[part]}"
                )
    made.figures = {
        "readers": len(opened),
        "reader_roles": len({one.reader.role for one in opened}),
        "reader_pairs": len(tried),
        "totals_open": sum(len(one.now) for one in opened),
        "totals_reached": sum(one.reached_n for one in opened),
    }
    return made


def _find_told_parts(
    totals: Totals,
    known: NDArray[np.bool_],
    seen: Sequence[int],
    signed: NDArray[np.int64],
    *,
    exact_people: bool = False,
) -> Iterator[tuple[str, int]]:
    """Unseen parts that the totals tell: found, or a number of people narrowed below half. `signed` says
    which totals each part is in.

    `exact_people` asks for numbers of people that are found, and for nothing else.
    """
    unseen = np.flatnonzero(~known & (signed != 0))
    if not len(unseen):
        return
    _, together = np.unique(signed[unseen], return_inverse=True)
    x, base = totals.x[unseen], totals.base[unseen]
    all_x, all_base = np.bincount(together, x), np.bincount(together, base)
    low = np.maximum(0, all_x[together] - (all_base[together] - base))
    high = np.minimum(base, all_x[together])
    of_people = totals.of_people[unseen]
    exact = (base >= 1) & (high - low < 1)
    narrow = of_people & ~exact & (base > 0) & (high - low < HALF * base)
    suspects = {int(part) for part in unseen[exact & of_people if exact_people else exact | narrow]}
    if not suspects:
        return
    solved = _solved(totals, known, seen, unseen, together, suspects)
    for part in sorted(suspects):
        least, most = solved[part]
        if most - least < 1:
            yield "found_by_reader", part
        elif totals.of_people[part] and most - least < HALF * totals.base[part]:
            yield "narrowed_by_reader", part


def _solved(
    totals: Totals,
    known: NDArray[np.bool_],
    seen: Sequence[int],
    unseen: NDArray[np.int64],
    together: NDArray[np.int64],
    suspects: set[int],
) -> dict[int, tuple[float, float]]:
    """What suspects can be by linear programming: unknowns are the sums of parts that are always told
    together."""
    class_of = dict(zip(unseen.tolist(), together.tolist(), strict=True))
    bases = np.bincount(together, totals.base[unseen])
    groups = {totals.all[p].group for p in seen if any(int(part) in suspects for part in totals.all[p].parts)}
    sums = []
    for position in set(seen):
        if totals.all[position].group in groups:
            parts = [int(part) for part in totals.all[position].parts if not known[part]]
            if parts:
                whole = float(totals.x[parts].sum())
                sums.append(
                    Sum(tuple(sorted({class_of[part] for part in parts})), whole - _CLOSE, whole + _CLOSE)
                )
    found = bounds(bases.tolist(), sums, whole=False, only={class_of[part] for part in suspects})
    made = {}
    for part in suspects:
        low, high = found[class_of[part]]
        others = bases[class_of[part]] - totals.base[part]
        made[part] = (max(0.0, low - others), min(float(totals.base[part]), high))
    return made


def _too_few(totals: Totals, one: Open, least: int) -> Iterator[str]:
    """Open totals in which the unseen schools are too few, or one of them holds too much."""
    for position in one.now:
        total = totals.all[position]
        unseen = total.parts[~one.known[total.parts]]
        if not len(unseen):
            continue
        held = np.bincount(totals.unit[unseen], totals.base[unseen])
        units, first = np.unique(totals.unit[unseen], return_index=True)
        if (
            totals.schools_n[unseen][first].sum() < least
            or held[units].max() > access.LARGEST_UNSEEN * held.sum() + _CLOSE
        ):
            yield f"{total.level} {total.unit_id} {total.indicator_id}"


# ---------------------------------------------------------------- one row

LEAST_POSSIBLE = 3
"""Fewest pairs of how many, out of how many people, that a row must leave open."""

_STEPS = (5, 10, 20, 30, 50, 100, 200, 500, 1000)
_BANDS = {"5_9": (5,), "10_19": (10,), "20_29": (20,), "30_plus": _STEPS[3:]}
"""The sizes within each band that an interval tells apart, by the fewest people of each."""

_ROUNDS = 12
"""Most rounds whose answers are tried as one whole."""

_TRIED = 60
"""Numbers of people that are tried of each size; the first are the ones that leave the least open."""


def find_invertible_rows(rows: Sequence[Mapping[str, Any]], edge: int, design_effect: float) -> list[str]:
    """Rows of people from which the numbers can be worked out: fewer than three pairs fit the value, the band
    and the interval."""
    told: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row in rows:
        shown = tuple(
            row.get(name)
            for name in (
                "bound",
                "value",
                "value_high",
                "value_below",
                "n_band",
                "interval_low",
                "interval_high",
            )
        )
        told[shown].append(f"{row['unit_id']} {row['indicator_id']} {row['period_type']} {row['period']}")
    return [
        name
        for shown, names in told.items()
        if possible(shown, edge, design_effect) < LEAST_POSSIBLE
        for name in names
    ]


def possible(shown: tuple[Any, ...], edge: int, design_effect: float) -> int:
    """How many pairs of a number and its whole would be told like this, tried one by one; no more are counted
    than are asked for.

    A whole is first as many as the people; where too few fit, also what they answered in several rounds.
    """
    bound, value, value_high, value_below, band, low, high = shown
    sizes = [
        size
        for size in _BANDS.get(band, _STEPS)
        if _has_interval(size, bound, value, value_high, low, high, design_effect)
    ]
    once = [whole for size in sizes for whole in range(size, min(_next(size), size + _TRIED))]
    often = [whole for size in sizes for whole in range(_next(size), size * _ROUNDS)]
    fitting = 0
    for whole in (*once, *often):
        tried = _near(whole, bound, value, value_high, value_below)
        fitting += sum(
            _is_told_as(x, whole, bound, value, value_high, value_below, edge, _steps(sizes[0]))
            for x in tried
        )
        if fitting >= LEAST_POSSIBLE:
            break
    return fitting


def _near(whole: int, bound: str, value: float, value_high: float | None, value_below: float | None) -> range:
    """Numbers that can be told as the value at all, and a few beside them."""
    least = 0.0 if bound == "<=" else value - 0.2
    most = 1.0 if bound == ">=" else max(value, value_high or 0.0, value_below or 0.0) + 0.2
    return range(max(0, int(least * whole)), min(whole, int(most * whole) + 1) + 1)


def _steps(people: int) -> int:
    """In how many steps a share of so many people is told."""
    return 5 if people < 10 else 10 if people < 20 else 20 if people < 30 else 100


def _next(fewest: int) -> int:
    """The fewest people of the next size."""
    return next((step for step in _STEPS if step > fewest), fewest * 10)


def _is_told_as(
    x: int,
    n: int,
    bound: str,
    value: float,
    value_high: float | None,
    value_below: float | None,
    edge: int,
    steps: int,
) -> bool:
    share = Fraction(x, n)
    if value_high is not None:
        return value - 0.005 <= share <= value_high + 0.005
    if value_below is not None:
        return value <= share < value_below
    if bound == "<=":
        return any(
            _rounded(Fraction(most, n), 100) == _hundredths(value) and x <= most
            for most in _ends(value, n, edge)
        )
    if bound == ">=":
        return any(
            _rounded(Fraction(n - most, n), 100) == _hundredths(value) and x >= n - most
            for most in _ends(1 - value, n, edge)
        )
    return _rounded(share, steps) * 100 == _hundredths(value) * steps


def _ends(share: float, n: int, edge: int) -> range:
    """Numbers at which the edge may stand where it is told as a share."""
    return range(max(edge, int((share - 0.02) * n)), min(n, int((share + 0.02) * n) + 1) + 1)


def _has_interval(
    fewest: int,
    bound: str,
    value: float,
    value_high: float | None,
    low: float | None,
    high: float | None,
    design_effect: float,
) -> bool:
    if low is None or high is None:
        return True
    least, most = _interval(fewest, bound, value, value_high, design_effect)
    return abs(least - low) < _ROUNDED and abs(most - high) < _ROUNDED


@cache
def _interval(
    fewest: int, bound: str, value: float, value_high: float | None, design_effect: float
) -> tuple[float, float]:
    """From the low end of the least that is told to the high end of the most."""
    least = 0.0 if bound == "<=" else value
    most = 1.0 if bound == ">=" else value if value_high is None else value_high
    return (
        wilson(least * fewest, fewest, design_effect).low,
        wilson(most * fewest, fewest, design_effect).high,
    )


def _rounded(share: Fraction, steps: int) -> int:
    """Nearest number of steps, halves up as the database has it."""
    return int((share * steps * 2 + 1) // 2)


def _hundredths(value: float) -> int:
    return round(value * 100)
