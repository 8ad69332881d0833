"""What is attacked: every number that rests on people, and every sum of them that a release would show.

Belongs here: reading the gate and the totals of a release in the making, as an attacker would see them.
Does not belong here: judging them (`audit.py`), making them (`dbt_project/models/gate`).

A total above a school's finest period tells nothing new where it is the sum of what passed the gate. One that
is not is taken for the true sum of all its people, shown or not, and attacked as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from innenfra.database.statements import read_sql
from innenfra.disclosure.attack import Sum
from innenfra.disclosure.audit import Hidden

_CLOSE = 1e-9
Key = tuple[str, ...]
RESPONSE_RATE = "E3"
"""The indicator that counts who answered, and not what."""


@dataclass(frozen=True)
class Shown:
    """Numbers behind the gate, the sums of them that are shown, and totals that are not sums of what
    passed."""

    cells: list[Hidden]
    sums: list[Sum]
    open_totals: list[str]


def gather(connection: psycopg.Connection[Any]) -> Shown:
    """All that the release in the making would show of people's answers."""
    everything = {"schools": None}
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        rows = cursor.execute(read_sql(__file__, "sql/cells", awaited="shown_value"), everything).fetchall()
        pools = cursor.execute(read_sql(__file__, "sql/pools")).fetchall()
        totals = cursor.execute(read_sql(__file__, "sql/totals", units=True), everything).fetchall()
    return _attacked(_Gathered(rows, pools), totals)


def gather_own(connection: psycopg.Connection[Any], schools: Sequence[str]) -> Shown:
    """All that these schools would be shown of their own people's answers, ahead of a release."""
    own = {"schools": list(schools)}
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        # nothing of the gate itself waits for a school
        rows = cursor.execute(read_sql(__file__, "sql/cells", awaited="indicator_value"), own).fetchall()
        totals = cursor.execute(read_sql(__file__, "sql/totals", units=False), own).fetchall()
    return _attacked(_Gathered(rows, [], own=True), totals)


def _attacked(made: _Gathered, totals: Sequence[Any]) -> Shown:
    open_totals = [made.open(total) for total in totals if not made.follows_from_atoms(total)]
    return Shown(made.cells, made.sums, open_totals)


class _Gathered:
    """Cells and sums while they are put together. A pool's school is one number, over all its loops of the
    year; of what schools are shown of their `own`, it is what they are not told."""

    def __init__(self, rows: list[Any], pools: list[Any], *, own: bool = False) -> None:
        self.cells: list[Hidden] = []
        self.sums: list[Sum] = []
        self._in_unit: dict[Key, list[int]] = defaultdict(list)
        self._low: dict[Key, float] = defaultdict(float)
        self._high: dict[Key, float] = defaultdict(float)
        self._pooled: dict[Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._distributions: dict[Key, list[int]] = defaultdict(list)
        for row in rows:
            if row.atom_level == "pool" and not own:
                self._pooled[_pool_key(row, row.atom_id)][row.school_id].append(row)
            else:
                self._alone(row)
        for pool in pools:
            self._pool(pool)
        self._whole_distributions()

    def _alone(self, row: Any) -> None:
        """A number of one school in its finest period."""
        position = len(self.cells)
        state = "withheld" if row.low_x is None else "exact" if row.is_shown and row.bound == "=" else "coded"
        name = f"{row.school_id} {row.indicator_id} {row.period_type} {row.period} {row.answer}".strip()
        self.cells.append(Hidden(name, row.base, row.x, state))
        if row.is_shown:
            self.sums.append(_make_sum((position,), row))
        if row.disclosure == "distribution" and row.atom_level == "school":
            self._distributions[
                (
                    row.school_id,
                    row.partnership_id,
                    row.indicator_id,
                    row.definition_version,
                    row.period,
                    row.question,
                )
            ].append(position)
        for unit in _units(row):
            self._in_unit[unit].append(position)
            if row.low_x is not None and not (row.is_awaiting and unit[0] != "school"):
                self._add(unit, row)

    def _add(self, unit: Key, passed: Any) -> None:
        """What a sum can be, of numbers of which only the ends may be known."""
        self._low[unit] += passed.low_x
        self._high[unit] += passed.high_x

    def _pool(self, pool: Any) -> None:
        members = self._pooled[_pool_key(pool, pool.unit_id)]
        positions = []
        for school_id, rows in members.items():
            positions.append(len(self.cells))
            truth = sum(r.x for r in rows)
            name = f"{school_id} {pool.indicator_id} school_year {pool.school_year} {pool.answer}".strip()
            self.cells.append(
                Hidden(
                    name,
                    sum(r.base for r in rows),
                    truth,
                    "withheld",
                    "" if pool.change_waits else pool.unit_id,
                )
            )
            for unit in {unit for row in rows for unit in _units(row)}:
                self._in_unit[unit].append(positions[-1])
        # a pool's response rate is never told
        if (
            pool.numerator is not None
            and pool.indicator_id != RESPONSE_RATE
            and positions
            and not pool.change_waits
        ):
            self.sums.append(_make_sum(tuple(positions), pool))
        shared = [set(_units(row)) for rows in members.values() for row in rows]
        for unit in set.intersection(*shared) if shared else set():
            self._add(unit, pool)

    def _whole_distributions(self) -> None:
        """How many answered in all is shown with the answers."""
        for positions in self._distributions.values():
            whole = self.cells[positions[0]].base
            self.sums.append(Sum(tuple(positions), whole, whole))

    def follows_from_atoms(self, total: Any) -> bool:
        """Whether a total is the sum of what passed the gate."""
        if total.numerator is None:
            return True
        unit = _total_key(total)
        alone = self._in_unit[unit]
        if total.unit_level == "school" and len(alone) == 1:
            return True
        low, high = _ends(total)
        return abs(self._low[unit] - low) < _CLOSE and abs(self._high[unit] - high) < _CLOSE

    def open(self, total: Any) -> str:
        """Take a total for what it says of the true sum of all its people; returns its name."""
        members = tuple(self._in_unit[_total_key(total)])
        if members:
            self.sums.append(_make_sum(members, total))
        return (
            f"{total.unit_level} {total.unit_id} {total.indicator_id} {total.period_type} {total.period}"
            f" {total.answer}".strip()
        )


def _make_sum(members: tuple[int, ...], told: Any) -> Sum:
    return Sum(members, *_ends(told))


def _ends(told: Any) -> tuple[float, float]:
    """The least and the most that a number can be, as it is told."""
    if told.bound == "<=":
        return 0, told.numerator
    if told.bound == ">=":
        return told.numerator, told.denominator
    return told.numerator, told.numerator_high if told.bound == "range" else told.numerator


def _pool_key(row: Any, pool_id: str) -> Key:
    return (
        pool_id,
        row.indicator_id,
        row.definition_version,
        row.school_year,
        row.question,
        row.answer,
        row.family,
    )


def _units(row: Any) -> Iterator[Key]:
    """Every total that a number could be part of; a part of a breakdown is also part of the undivided
    number."""
    for question in {row.question, row.whole_question}:
        about = (row.indicator_id, row.definition_version, question, row.answer)
        school = ("school", row.school_id, row.partnership_id, "")
        wider = {
            ("school_year", row.school_year),
            ("partnership_year", row.partnership_year),
            ("year_block", row.year_block),
            ("project", "all"),
        }
        own = (row.period_type, row.period)
        for clock in wider - {own} | ({own} if row.is_part and question == row.whole_question else set()):
            if clock[1] is not None:
                yield (*school, *clock, *about)
        for clock in (("school_year", row.school_year), ("year_block", row.year_block)):
            if clock[1] is not None:
                yield from ((*unit, *clock, *about) for unit in _above(row))


def _above(row: Any) -> Iterator[Key]:
    """Units above the school: level, code, no partnership, structure."""
    yield ("network", "all", "", "")
    for structure, municipality in (("as_it_was", row.municipality_no), ("today", row.municipality_today)):
        if municipality:
            yield ("municipality", municipality, "", structure)
            yield ("county", "+".join(sorted({one[:2] for one in municipality.split("+")})), "", structure)
    for institution in (row.institutions or "").split("+"):
        if institution:
            yield ("institution", institution, "", "")


def _total_key(total: Any) -> Key:
    about = (total.indicator_id, total.definition_version, total.question, total.answer)
    return (
        total.unit_level,
        total.unit_id,
        total.partnership_id,
        total.structure,
        total.period_type,
        total.period,
        *about,
    )
