"""Every number that rests on people counted again, in Python, from the gate's atoms alone.

Belongs here: the second counting. `gate.atom` says what may be known, `gate.membership` who is in an atom and
where, `intermediate.int_loop` in which partnership year a loop lies; nothing else is read for a number.
Does not belong here: what is held against it (`test_recompute.py`).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from innenfra.statistics.pooling import share_variances, shrink
from innenfra.statistics.proportions import wilson

DESIGN_EFFECT = 1.3
FIRST, YEARS = 2018, 3
Key = tuple[Any, ...]


WIDEST = 0.2


@dataclass
class Sum:
    """What atoms come to together: the least and the most that it can be. `n` is the largest round, or what
    is set for a unit."""

    low: float = 0.0
    high: float = 0.0
    base: float = 0.0
    n: int = 0
    atoms: list[Any] = field(default_factory=list)

    def add(self, atom: Any) -> None:
        self.low, self.high = self.low + atom.low, self.high + atom.high
        self.base, self.n = self.base + atom.base, max(self.n, atom.n)
        self.atoms.append(atom)

    @property
    def is_rest(self) -> bool:
        return all(a.is_rest for a in self.atoms)

    @property
    def is_too_wide(self) -> bool:
        """Whether a sum says too little to be told; what passed by itself is told as it passed."""
        return len(self.atoms) > 1 and self.high - self.low > WIDEST * self.base + 1e-9

    @property
    def bound(self) -> str:
        if abs(self.low - self.high) < 1e-9:
            return "="
        return "<=" if self.low == 0 else ">=" if abs(self.high - self.base) < 1e-9 else "range"

    @property
    def shown(self) -> float:
        return self.high if self.bound == "<=" else self.low

    @property
    def interval(self) -> tuple[float, float]:
        """The intervals of both ends together, of so many people as answered the largest round."""
        ends = [wilson(end / self.base * self.n, self.n, DESIGN_EFFECT) for end in (self.low, self.high)]
        return ends[0].low, ends[1].high

    @property
    def told(self) -> tuple[str, float, float | None]:
        """Bound, value and upper end, in the steps that others are told them in."""
        low, high = self.low / self.base, self.high / self.base
        if self.bound == "=":
            return "=", told_share(low, self.n), None
        steps = steps_of(self.n)
        least, most = math.floor(low * steps + 1e-9) / steps, math.ceil(high * steps - 1e-9) / steps
        bound = (
            self.bound if self.bound != "range" else "<=" if least == 0 else ">=" if most == 1 else "range"
        )
        return bound, most if bound == "<=" else least, most if bound == "range" else None


def block_of(school_year: str) -> str:
    """The block of years by the policy: 2018/19 to 2020/21, and on and back from there."""
    start = FIRST + (int(school_year[:4]) - FIRST) // YEARS * YEARS
    last = start + YEARS - 1
    return f"{start}/{(start + 1) % 100:02d}-{last}/{(last + 1) % 100:02d}"


def text(slice_: dict[str, str]) -> str:
    return json.dumps(slice_, sort_keys=True)


def rows(connection: psycopg.Connection, query: str) -> list[Any]:
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        return cursor.execute(query.encode()).fetchall()


@dataclass(frozen=True)
class Atom:
    """A number that passed the gate, with the least and the most that it can be for one who is told all that
    is told of it."""

    row: Any
    low: float
    high: float

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def atoms(connection: psycopg.Connection) -> list[Atom]:
    found = rows(
        connection,
        "select unit_level, unit_id, partnership_id, indicator_id, definition_version, period_type, period,"
        " school_year, question, family, slice, n, schools_n, base::float, shown_x::float, bound, is_rest"
        " from gate.atom",
    )
    left: dict[Key, float] = {}
    for r in found:
        if r.is_rest:
            left[whole_of(r)] = left.get(whole_of(r), r.base)
    for r in found:
        # how many all answers have together is known, and so how many those have that are told together
        if not r.is_rest and whole_of(r) in left:
            left[whole_of(r)] -= r.shown_x
    return [Atom(r, *ends(r, left.get(whole_of(r), 0.0))) for r in found]


def whole_of(r: Any) -> Key:
    return (
        r.unit_level,
        r.unit_id,
        r.partnership_id,
        r.indicator_id,
        r.definition_version,
        r.period_type,
        r.period,
        text(r.question),
        r.family,
    )


def ends(r: Any, left: float) -> tuple[float, float]:
    if r.is_rest:
        return 0.0, left
    return {"<=": (0.0, r.shown_x), ">=": (r.shown_x, r.base)}.get(r.bound, (r.shown_x, r.shown_x))


def school_sums(connection: psycopg.Connection, known: list[Any]) -> dict[Key, Sum]:
    """By school, partnership, indicator, version, slice, period type and period."""
    loops = {
        (r.school_id, r.partnership_id, r.period): r.year
        for r in rows(
            connection,
            "select school_id, partnership_id, loop_no::text as period, partnership_year_no::text as year"
            " from intermediate.int_loop",
        )
    }
    of_years = rows(
        connection,
        "select school_id, partnership_id, school_year, partnership_year_no::text as year from"
        " intermediate.int_school_year",
    )
    years = {(r.school_id, r.partnership_id, r.school_year): r.year for r in of_years}
    made: dict[Key, Sum] = defaultdict(Sum)
    for atom in known:
        if atom.unit_level != "school":
            continue
        known_years = loops if atom.period_type == "loop" else years
        partnership_year = known_years.get((atom.unit_id, atom.partnership_id, atom.period))
        wider = {
            ("school_year", atom.school_year),
            ("partnership_year", partnership_year),
            ("year_block", block_of(atom.school_year)),
            ("project", "all"),
        }
        for clock in {(atom.period_type, atom.period)} | {
            c for c in wider if c[1] and c[0] != atom.period_type
        }:
            made[
                (
                    atom.unit_id,
                    atom.partnership_id,
                    atom.indicator_id,
                    atom.definition_version,
                    text(atom.slice),
                    *clock,
                )
            ].add(atom)
    return made


def provisional_years(connection: psycopg.Connection) -> set[Key]:
    """School years whose numbers may be another year's, by school, partnership, indicator, version and
    question."""
    found = rows(
        connection,
        "select school_id, partnership_id, indicator_id, definition_version, slice - 'answer' as question,"
        " period as school_year from marts.indicator_value where status = 'provisional' and period_type ="
        " 'school_year' and disclosure <> 'structural'",
    )
    return {_year_of(r) for r in found}


def _year_of(r: Any) -> Key:
    return (
        r.school_id,
        r.partnership_id,
        r.indicator_id,
        r.definition_version,
        text(r.question),
        r.school_year,
    )


def provisional_atoms(connection: psycopg.Connection) -> set[Key]:
    """Atoms that hold such a year of some school."""
    years = provisional_years(connection)
    members = rows(connection, "select * from gate.membership where atom_level <> 'withheld'")
    return {
        (m.atom_level, m.atom_id, m.partnership_id if m.atom_level == "school" else "", *_asked_in_year(m))
        for m in members
        if _year_of(m) in years
    }  # fmt: skip


def atom_key(atom: Any) -> Key:
    """An atom as `provisional_atoms` names it."""
    return (atom.unit_level, atom.unit_id, atom.partnership_id, *_asked_in_year(atom))


def _asked_in_year(r: Any) -> Key:
    return (r.indicator_id, r.definition_version, text(r.question), r.family, r.school_year)


def rounds_asked(connection: psycopg.Connection) -> dict[Key, set[tuple[str, str]]]:
    """Rounds in which somebody answered, protected or not, by what was asked of whom and period of any
    clock."""
    made: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    for m in rows(connection, "select * from gate.membership"):
        clocks = {
            "school_year": m.school_year,
            "partnership_year": m.partnership_year,
            "year_block": m.year_block,
        }
        wider = {**clocks, "project": "all", m.period_type: m.period}
        for question in {text(m.question), text(m.whole_question)}:
            asked = (m.school_id, m.partnership_id, m.indicator_id, m.definition_version, question)
            for clock in wider.items():
                made[(*asked, *clock)].add((m.period_type, m.period))
    return made


def shrunken(
    sums: dict[Key, Sum], families: dict[Key, str | None], stays: set[str]
) -> dict[Key, tuple[float, float]]:
    """Shrunken value and reliability per school year and block, within indicator, version, slice, period and
    family."""
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key, one in sums.items():
        if (
            key[5] in ("school_year", "year_block")
            and one.bound == "="
            and key in families
            and key[2] not in stays
        ):
            groups[(*key[2:], families[key])].append(key)
    made = {}
    for keys in groups.values():
        ys, people = [sums[k].low / sums[k].base for k in keys], [sums[k].n for k in keys]
        v = share_variances([y * n for y, n in zip(ys, people, strict=True)], people, DESIGN_EFFECT)
        if min(v) > 0:
            pulled = shrink(ys, v)
            made.update(
                {key: (float(pulled.value[i]), float(pulled.reliability[i])) for i, key in enumerate(keys)}
            )
    return made


SIZES = (5, 10, 20, 30, 50, 100, 200, 500, 1000)


def fewest(n: int) -> int:
    """The fewest people of the size that n is told as."""
    return max(size for size in SIZES if size <= n)


def told_share(share: float, n: int) -> float:
    """A share of people as others are told it: the fewer, the coarser."""
    steps = steps_of(n)
    return int(share * steps + 0.5 + 1e-9) / steps


def steps_of(n: int) -> int:
    """In how many steps a share of so many people is told."""
    return 5 if n < 10 else 10 if n < 20 else 20 if n < 30 else 100


def told_interval(value: float, bound: str, value_high: float | None, n: int) -> tuple[float, float]:
    """The interval that follows from what is told: of the least and of the most that it can be."""
    least = 0.0 if bound == "<=" else value
    most = 1.0 if bound == ">=" else value if value_high is None else value_high
    size = fewest(n)
    return wilson(least * size, size, DESIGN_EFFECT).low, wilson(most * size, size, DESIGN_EFFECT).high


def pulled_as_told(
    rows: list[Any], sums: dict[Key, Sum], key_of: Any, pulled: dict[Key, tuple[float, float]]
) -> dict[Key, tuple[float, float]]:
    """Shrunken value and reliability that follow from what others are told of schools."""
    groups: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        if key_of(row) in pulled and row.value is not None and row.indicator_id != "E3":
            groups[
                row.indicator_id, row.definition_version, text(row.slice), row.period, row.comparison_family
            ].append(row)
    made = {}
    for members in groups.values():
        ys = [float(row.value) for row in members]
        ns = [fewest(sums[key_of(row)].n) for row in members]
        v = share_variances([y * n for y, n in zip(ys, ns, strict=True)], ns, DESIGN_EFFECT)
        if min(v) > 0:
            again = shrink(ys, v)
            made.update(
                {
                    key_of(row): (float(again.value[i]), float(again.reliability[i]))
                    for i, row in enumerate(members)
                }
            )
    return made


def unit_sums(connection: psycopg.Connection, known: list[Any], awaited: set[Key]) -> dict[Key, Sum]:
    """By unit level, unit, structure, indicator, version, slice, period type and period. `n` is each school's
    largest round, summed."""
    places: dict[Key, list[Any]] = defaultdict(list)
    for m in rows(connection, "select * from gate.membership where atom_level <> 'withheld'"):
        places[
            m.atom_level,
            m.atom_id,
            m.indicator_id,
            m.definition_version,
            text(m.question),
            m.family,
            m.school_year,
        ].append(m)
    made: dict[Key, Sum] = defaultdict(Sum)
    largest: dict[Key, dict[str, int]] = defaultdict(dict)
    for atom in known:
        if (
            atom.unit_id,
            atom.partnership_id,
            atom.indicator_id,
            atom.definition_version,
            atom.period_type,
            atom.period,
        ) in awaited:
            continue
        members = places[
            atom.unit_level,
            atom.unit_id,
            atom.indicator_id,
            atom.definition_version,
            text(atom.question),
            atom.family,
            atom.school_year,
        ]
        for unit in units(members):
            for clock in (("school_year", atom.school_year), ("year_block", block_of(atom.school_year))):
                key = (*unit, atom.indicator_id, atom.definition_version, text(atom.slice), *clock)
                made[key].add(atom)
                largest[key][atom.unit_id] = max(largest[key].get(atom.unit_id, 0), atom.n)
    for key, one in made.items():
        one.n = sum(largest[key].values())
    return made


def units(members: list[Any]) -> set[tuple[str, str, str]]:
    """Units that all of an atom's schools belong to; institutions that any of them does."""
    found = {("network", "all", "")}
    for column, structure in (("municipality_no", "as_it_was"), ("municipality_today", "today")):
        numbers = {getattr(m, column) for m in members}
        if None not in numbers and len(numbers) == 1:
            found.add(("municipality", next(iter(numbers)), structure))
        counties = {"+".join(sorted({one[:2] for one in number.split("+")})) for number in numbers if number}
        if None not in numbers and len(counties) == 1:
            found.add(("county", next(iter(counties)), structure))
    return found | {
        ("institution", one, "") for m in members for one in (m.institutions or "").split("+") if one
    }
