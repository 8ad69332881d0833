"""The attack: how closely everything shown together tells each number that was not shown.

Belongs here: unknown numbers, the sums that tie them, and the lowest and highest each can be.
Does not belong here: where the sums come from (`shown.py`), what is too close (`audit.py`).

An attacker knows every base (how many could have answered) and every sum that is shown, and nothing else. A
count
of people lies from 0 to its base; a sum of answers from 1 to 5 lies from its number of people to five times
that.
Numbers that no sum ties to another are found apart; one sum alone needs no solver; the rest is linear
programming with HiGHS, minimum and maximum of each unknown. Bounds are whole persons.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

_CLOSE = 1e-6


@dataclass(frozen=True)
class Sum:
    """low ≤ sum of the members' numbers ≤ high. `members` are positions in the list of bases."""

    members: tuple[int, ...]
    low: float
    high: float


Interval = tuple[float, float]


def bounds(
    bases: Sequence[float],
    sums: Iterable[Sum],
    floors: Sequence[float] | None = None,
    *,
    whole: bool = True,
    only: Collection[int] | None = None,
) -> list[Interval]:
    """Lowest and highest that each number can be; [floor, base] where nothing ties it. Floors are 0 unless
    given; steps are whole unless said.

    `only` are the numbers that are asked for, where it is not all: the others keep what no solver is needed
    for.
    """
    box = [
        (float(floor), float(base)) for floor, base in zip(floors or [0.0] * len(bases), bases, strict=True)
    ]
    wider = _narrowed_by_single(box, sums)
    for component in _components(_without_known(box, wider)):
        if len(component) == 1:
            _by_arithmetic(box, component[0])
        else:
            _by_solver(box, component, only)
    return [(math.ceil(low - _CLOSE), math.floor(high + _CLOSE)) for low, high in box] if whole else box


def _narrowed_by_single(box: list[Interval], sums: Iterable[Sum]) -> list[Sum]:
    """Take the sums of one number into the boxes; the others are left."""
    wider = []
    for one in sums:
        if len(one.members) == 1:
            low, high = box[one.members[0]]
            box[one.members[0]] = (max(low, one.low), min(high, one.high))
        else:
            wider.append(one)
    return wider


def _without_known(box: list[Interval], sums: list[Sum]) -> list[Sum]:
    """Take numbers that are known exactly out of the sums."""
    left = []
    for one in sums:
        unknown = tuple(m for m in one.members if box[m][1] - box[m][0] > _CLOSE)
        known = sum(box[m][0] for m in one.members) - sum(box[m][0] for m in unknown)
        if unknown:
            left.append(Sum(unknown, one.low - known, one.high - known))
    return left


def _components(sums: list[Sum]) -> list[list[Sum]]:
    """Sums that share no unknown can be looked at apart."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one in sums:
        first = root(one.members[0])
        for other in one.members[1:]:
            parent[root(other)] = first
    found: dict[int, list[Sum]] = defaultdict(list)
    for one in sums:
        found[root(one.members[0])].append(one)
    return list(found.values())


def _by_arithmetic(box: list[Interval], one: Sum) -> None:
    lows, highs = sum(box[m][0] for m in one.members), sum(box[m][1] for m in one.members)
    narrowed = [
        (max(low, one.low - (highs - high)), min(high, one.high - (lows - low)))
        for low, high in (box[m] for m in one.members)
    ]
    for member, interval in zip(one.members, narrowed, strict=True):
        box[member] = interval


def _by_solver(box: list[Interval], sums: list[Sum], only: Collection[int] | None) -> None:
    members = sorted({m for one in sums for m in one.members})
    asked = [m for m in members if only is None or m in only]
    if not asked:
        return
    column = {member: position for position, member in enumerate(members)}
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(
        _model(
            [box[m] for m in members],
            [(tuple(column[m] for m in one.members), one.low, one.high) for one in sums],
        )
    )
    found = []
    for position in (column[member] for member in asked):
        solver.changeColCost(position, 1.0)
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeObjectiveSense(sense)
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise ArithmeticError(
                    "The sums shown contradict one another, so no numbers can be behind them."
                )
            ends.append(solver.getInfo().objective_function_value)
        solver.changeColCost(position, 0.0)
        found.append((ends[0], ends[1]))
    for member, interval in zip(asked, found, strict=True):
        box[member] = interval


def _model(boxes: list[Interval], rows: list[tuple[tuple[int, ...], float, float]]) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(boxes), len(rows)
    model.col_cost_ = np.zeros(len(boxes))
    model.col_lower_ = np.array([low for low, _ in boxes])
    model.col_upper_ = np.array([high for _, high in boxes])
    model.row_lower_ = np.array([low for _, low, _ in rows])
    model.row_upper_ = np.array([high for _, _, high in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(members) for members, _, _ in rows)])
    model.a_matrix_.index_ = np.array([m for members, _, _ in rows for m in members])
    model.a_matrix_.value_ = np.ones(sum(len(members) for members, _, _ in rows))
    return model
