"""The audit: whether the attack comes closer to anyone than is allowed.

Belongs here: what is too close, for numbers withheld, numbers told as a bound, insiders of a pool, and
two releases after one another. Pure functions over what `shown.py` gathered.
Does not belong here: the attack itself (`attack.py`), reading the database (`shown.py`).

A release passes with none of: a withheld or bounded number found exactly, a withheld number narrowed to
less than half of what it could have been, a number in a pool found by one of its own schools, an answer
of one to four people told by the difference of two releases, and a total that is not the sum of what passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

from innenfra.disclosure.attack import Sum, bounds

NARROWED = 0.5
"""Share of what a withheld number could have been that must be left."""


@dataclass(frozen=True)
class Hidden:
    """A number behind the gate. `truth` is used only to check the attack itself and by insiders of a pool.

    `state` is exact (shown as it is), coded (told as a bound or with others) or withheld. `pool` names the
    pool it is in.
    `floor` is the least that it can be: 0 for a count of people, their number for a sum of answers from 1 to
    5.
    """

    name: str
    base: float
    truth: float
    state: str
    pool: str = ""
    floor: float = 0.0

    @property
    def width(self) -> float:
        """How far apart its ends are for someone who was shown nothing."""
        return self.base - self.floor


def make_sum_of_answers(name: str, people: int, truth: float, state: str, pool: str = "") -> Hidden:
    """A sum of answers from 1 to 5 of so many people."""
    return Hidden(name, 5.0 * people, truth, state, pool, floor=float(people))


def coarsen_sum_of_answers(people: int, truth: float) -> tuple[float, float]:
    """The edge rule for a sum of answers from 1 to 5: what others are told that it lies between."""
    if truth <= people + 5:
        return float(people), people + 5.0
    if truth >= 5 * people - 5:
        return 5.0 * people - 5, 5.0 * people
    return truth, truth


@dataclass(frozen=True)
class Audit:
    """What was found, by kind; every list holds names of cells. `figures` are counts for people to read."""

    found: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Nothing was found."""
        return not any(self.found.values())


def audit(cells: Sequence[Hidden], sums: Sequence[Sum]) -> Audit:
    """Attack everything shown together, from outside and from within each pool."""
    intervals = bounds([cell.base for cell in cells], sums, [cell.floor for cell in cells])
    found: dict[str, list[str]] = {
        "found_exactly": [],
        "narrowed_below_half": [],
        "bound_found_exactly": [],
        "found_by_insider": [],
        "truth_outside": [],
    }
    for cell, (low, high) in zip(cells, intervals, strict=True):
        if not low <= cell.truth <= high:
            found["truth_outside"].append(cell.name)
        if cell.state == "exact" or cell.width <= 0:
            continue
        if high - low < 1:
            found["found_exactly" if cell.state == "withheld" else "bound_found_exactly"].append(cell.name)
        elif cell.state == "withheld" and high - low < NARROWED * cell.width:
            found["narrowed_below_half"].append(cell.name)
    found["found_by_insider"], pairs = _insiders(cells, sums)
    counts = {state: sum(cell.state == state for cell in cells) for state in ("exact", "coded", "withheld")}
    return Audit(found, {"cells": len(cells), **counts, "sums": len(sums), "insider_pairs": pairs})


def _insiders(cells: Sequence[Hidden], sums: Sequence[Sum]) -> tuple[list[str], int]:
    """Each school of a pool knows its own number: what does the pool's sum then tell of each of the
    others?"""
    found = []
    pairs = 0
    for one in sums:
        pool = cells[one.members[0]].pool
        if not pool or any(cells[m].pool != pool for m in one.members):
            continue
        for insider, other in permutations(one.members, 2):
            pairs += 1
            others = [cells[m] for m in one.members if m not in (insider, other)]
            low = max(cells[other].floor, one.low - cells[insider].truth - sum(cell.base for cell in others))
            high = min(
                cells[other].base, one.high - cells[insider].truth - sum(cell.floor for cell in others)
            )
            if cells[other].width > 0 and high - low < 1:
                found.append(f"{cells[other].name}, by {cells[insider].name}")
    return found, pairs
