"""Readers: who sees which schools one by one, and which totals above them may therefore be open to whom.

Belongs here: readers of every role and unit, the totals of a release with what counts in each, and the choice
of
those that are open to a reader. The choice is written down before the release is shown; the row policy asks
for it.
Does not belong here: whether the choice holds (`insight.py`), the policy itself
(`innenfra/database/access.py`).

What a reader can work out of several totals is never finer than the groups of unseen schools that are always
told together. So a total is open as long as each such group has schools enough, none of which outweighs the
others, and is neither none nor all of what it could be; also beside the totals that the reader saw before.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import psycopg
from numpy.typing import NDArray

from innenfra.database import access
from innenfra.database.statements import read_sql

HALF = 0.5
"""Share of what a number of people could be that must be left open."""

_LEVELS = ("network", "institution", "county", "municipality", "school_owner")
"""Totals are taken in this order; the wider one is worth more to a reader."""

_COMMON = ("network", "municipality", "county", "school_owner", "institution")


@dataclass(frozen=True)
class Reader:
    """Everyone who acts in a role for the same units. `own` are units above the school that it sees beside
    its role's levels."""

    role: str
    unit_ids: tuple[str, ...]
    schools: frozenset[str]
    own: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        """The reader in the figures and among what was found."""
        return f"{self.role} {'+'.join(self.unit_ids)}"

    def may_see(self, total: Total) -> bool:
        """Whether its role sees such an indicator."""
        return f"{total.indicator_id}/{total.comparability_class}" in access.MEASURES_OF_ROLE[self.role]

    @property
    def sees_pools(self) -> bool:
        """Whether pools are told to it by themselves."""
        return "pool" in access.LEVELS_OF_ROLE[self.role]


class Total(NamedTuple):
    """A total that is shown: what it is about, and the positions of what counts in it."""

    content: str
    level: str
    unit_id: str
    indicator_id: str
    comparability_class: str
    period_type: str
    is_of_people: bool
    group: int
    parts: NDArray[np.int64]


@dataclass
class Totals:
    """Totals of this release and of the one before, over the same parts. A part is what a school or pool
    counts in one school year.

    `latest` are the positions in `all` of this release; `before` those of the one before by fingerprint.
    """

    all: list[Total] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    is_pool: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    was_there: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    unit: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    schools_n: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    x: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    base: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    of_people: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def find_known_to(self, reader: Reader, seen_before: frozenset[str] = frozenset()) -> NDArray[np.bool_]:
        """Parts that a reader sees one by one, or has seen in the release before."""
        if not len(self.unit):
            return np.zeros(0, dtype=bool)
        now = np.array([unit in reader.schools for unit in self.units], dtype=bool)
        once = np.array([unit in seen_before for unit in self.units], dtype=bool)
        return np.asarray(
            np.where(self.is_pool, reader.sees_pools, now[self.unit] | (once[self.unit] & self.was_there)),
            dtype=bool,
        )

    def reached_by(self, reader: Reader) -> list[int]:
        """Positions of this release's totals that a reader's role and place let it see, in their order."""
        levels = [
            position
            for level in access.LEVELS_OF_ROLE[reader.role]
            for position in self.by_level.get(level, ())
        ]
        own = [position for place in reader.own for position in self.by_place.get(place, ())]
        return [position for position in sorted({*levels, *own}) if reader.may_see(self.all[position])]

    @cached_property
    def by_level(self) -> dict[str, list[int]]:
        """This release's totals by level."""
        made: dict[str, list[int]] = defaultdict(list)
        for position in self.latest:
            made[self.all[position].level].append(position)
        return made

    @cached_property
    def by_place(self) -> dict[tuple[str, str], list[int]]:
        """This release's totals by level and unit."""
        made: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position in self.latest:
            made[self.all[position].level, self.all[position].unit_id].append(position)
        return made


@dataclass(frozen=True)
class Open:
    """What is open to a reader in this release, and what was in the one before; positions in `Totals.all`.
    `reached_n` are the totals of its role and place."""

    reader: Reader
    known: NDArray[np.bool_]
    now: tuple[int, ...]
    before: tuple[int, ...]
    reached_n: int = 0


# ---------------------------------------------------------------- who reads

_PEOPLE_OF_SEVERAL = """
    select role, array_agg(distinct scope_id order by scope_id) from authz.role_grant
    where role in ('university', 'school_owner', 'school', 'county')
        and (valid_to is null or valid_to > current_date)
    group by subject, role having count(distinct scope_id) > 1
"""


def readers(connection: psycopg.Connection[Any]) -> list[Reader]:
    """A reader for each role and unit that sees anything, and one for each person who acts for several units
    in one role."""
    schools: dict[tuple[str, str], set[str]] = defaultdict(set)
    for role, unit, school in connection.execute(access.UNITS_AND_SCHOOLS.encode()).fetchall():
        schools[role, unit].add(school)
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for owner, municipality in connection.execute(access.MUNICIPALITIES_OF_OWNERS.encode()).fetchall():
        places[owner] |= {("municipality", municipality[:4]), ("county", municipality[:2])}
    units = [(role, (unit,)) for role, unit in schools]
    units += [("county", (county,)) for (county,) in connection.execute(access.COUNTIES.encode()).fetchall()]
    units += sorted(
        {
            (role, tuple(several))
            for role, several in connection.execute(_PEOPLE_OF_SEVERAL.encode()).fetchall()
        }
    )
    made = []
    for role, unit_ids in units:
        own: set[tuple[str, str]] = set()
        for unit in unit_ids:
            own |= (
                {("institution", unit)}
                if role == "university"
                else (
                    {("school_owner", unit)} | places[unit]
                    if role == "school_owner"
                    else {("county", unit)}
                    if role == "county"
                    else set()
                )
            )
        made.append(
            Reader(
                role,
                tuple(sorted(unit_ids)),
                frozenset[str]().union(*(schools[role, unit] for unit in unit_ids)),
                frozenset(own),
            )
        )
    return made


# ---------------------------------------------------------------- what they could read

_PARTS = (
    "select content, part_level, part_id, school_year, schools_n::int, x::float, base::float from"
    " {schema}.total_part"
)


def gather(connection: psycopg.Connection[Any]) -> Totals:
    """The totals of the release in the making, and those of the one before where there is one."""
    made = _Gathered()
    made.add(connection, "gate", "gate.unit_value")
    row = connection.execute("select to_regclass('published.total_part') is not null").fetchone()
    if row and row[0]:
        made.add(connection, "published", "published.indicator_value")
    return made.finished()


class _Gathered:
    """Totals and parts while they are put together: a part that counts the same in both releases is one."""

    def __init__(self) -> None:
        self.made = Totals()
        self._position: dict[tuple[Any, ...], int] = {}
        self._groups: dict[str, int] = {}
        self._rows: list[tuple[int, float, float, bool, bool]] = []
        self._units: list[str] = []
        self._there: list[bool] = []

    def add(self, connection: psycopg.Connection[Any], schema: str, relation: str) -> None:
        is_now = schema == "gate"
        about = {
            row[0]: row
            for row in connection.execute(
                read_sql(__file__, "sql/totals_to_read", relation=relation), (list(_COMMON),)
            ).fetchall()
        }
        members: dict[str, list[int]] = defaultdict(list)
        for content, level, part_id, year, schools_n, x, base in connection.execute(
            _PARTS.format(schema=schema).encode()
        ).fetchall():
            total = about.get(content)
            if total is not None:
                members[content].append(
                    self._part(total, (level, part_id, year, schools_n, x, base), is_now=is_now)
                )
        order = {level: place for place, level in enumerate(_LEVELS)}
        for content in sorted(
            members,
            key=lambda one: (
                about[one][5] == "year_block",
                order[about[one][1]],
                about[one][8],
                about[one][2],
                one,
            ),
        ):
            _, level, unit_id, indicator, class_, period_type, is_of_people, asked, _ = about[content]
            if is_now:
                self.made.latest.append(len(self.made.all))
            elif content in self.made.before:
                continue
            else:
                self.made.before[content] = len(self.made.all)
            parts = np.array(sorted(set(members[content])), dtype=np.int64)
            group = self._groups.setdefault(asked, len(self._groups))
            self.made.all.append(
                Total(content, level, unit_id, indicator, class_, period_type, is_of_people, group, parts)
            )

    def _part(self, total: Any, part: tuple[Any, ...], *, is_now: bool) -> int:
        level, part_id, year, schools_n, x, base = part
        key = (total[7], level, part_id, year, x, base)
        position = self._position.get(key)
        if position is None:
            position = self._position[key] = len(self._rows)
            self._rows.append((schools_n, x, base, total[6], level == "pool"))
            self.made.names.append(f"{part_id} {total[3]} {year}")
            self._units.append(part_id)
            self._there.append(False)
        if not is_now:
            self._there[position] = True
        return position

    def finished(self) -> Totals:
        made = self.made
        made.units = sorted(set(self._units))
        place = {unit: number for number, unit in enumerate(made.units)}
        made.unit = np.array([place[unit] for unit in self._units], dtype=np.int64)
        made.schools_n = np.array([row[0] for row in self._rows], dtype=np.int64)
        made.x = np.array([row[1] for row in self._rows])
        made.base = np.array([row[2] for row in self._rows])
        made.of_people = np.array([row[3] for row in self._rows], dtype=bool)
        made.is_pool = np.array([row[4] for row in self._rows], dtype=bool)
        made.was_there = np.array(self._there, dtype=bool)
        return made


# ---------------------------------------------------------------- what is open


def choose(
    totals: Totals,
    who: Sequence[Reader],
    before: dict[Reader, tuple[frozenset[str], frozenset[str]]],
    least: int,
) -> list[Open]:
    """What is open to each reader. `before` has the schools and the totals that the reader saw in the release
    before; `least` the fewest unseen schools."""
    alone = [
        _open_to(totals, reader, *before.get(reader, (frozenset(), frozenset())), least) for reader in who
    ]
    return _closed_between(totals, alone)


def _open_to(
    totals: Totals, reader: Reader, seen_before: frozenset[str], open_before: frozenset[str], least: int
) -> Open:
    known = totals.find_known_to(reader, seen_before)
    told = _Told(totals, known, least)
    remembered = tuple(totals.before[content] for content in sorted(open_before & totals.before.keys()))
    for position in remembered:
        told.remember(totals.all[position].parts)
    reached = totals.reached_by(reader)
    now = tuple(p for p in reached if told.may_tell(totals.all[p].parts))
    return Open(reader, known, now, remembered, len(reached))


class _Told:
    """Groups of unseen parts that are always told together. Group 0 has been told in nothing."""

    def __init__(self, totals: Totals, known: NDArray[np.bool_], least: int) -> None:
        self._totals, self._known, self._least = totals, known, least
        self._group = np.zeros(len(known), dtype=np.int64)
        self._members: dict[int, NDArray[np.int64]] = {}
        self._marked = np.zeros(len(known), dtype=bool)

    def remember(self, parts: NDArray[np.int64]) -> None:
        """Take in what was told before, whatever it tells."""
        for inside, outside in self._split(parts[~self._known[parts]]):
            self._name(inside)
            self._name(outside)

    def may_tell(self, parts: NDArray[np.int64]) -> bool:
        """Whether a total may be told beside those before it; if so, it is told."""
        unseen = parts[~self._known[parts]]
        if not len(unseen):
            return True
        pieces = list(self._split(unseen))
        if all(self._hides(piece) for pair in pieces for piece in pair if len(piece)):
            for inside, outside in pieces:
                self._name(inside)
                self._name(outside)
            return True
        return False

    def _split(self, unseen: NDArray[np.int64]) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """What a total makes of each group: the part within it and the part outside. A group that it holds
        whole stays as it is."""
        groups = self._group[unseen]
        self._marked[unseen] = True
        for group in set(groups.tolist()):
            inside = unseen[groups == group]
            if not group:
                yield inside, inside[:0]
            elif len(inside) < len(self._members[group]):
                yield inside, self._members[group][~self._marked[self._members[group]]]
        self._marked[unseen] = False

    def _name(self, piece: NDArray[np.int64]) -> None:
        if len(piece):
            name = len(self._members) + 1
            self._members[name] = piece
            self._group[piece] = name

    def _hides(self, piece: NDArray[np.int64]) -> bool:
        """Whether each school of the piece is hidden among the others."""
        t = self._totals
        unit = t.unit[piece]
        by_unit = np.bincount(unit, t.base[piece])
        units = np.flatnonzero(np.bincount(unit))
        schools = len(units)
        if t.is_pool[piece].any():
            several = np.zeros(len(by_unit), dtype=np.int64)
            np.maximum.at(several, unit, t.schools_n[piece])
            schools = int(several.sum())
        if schools < self._least:
            return False
        base, x = by_unit[units], np.bincount(unit, t.x[piece])[units]
        all_x, all_base = x.sum(), base.sum()
        if base.max() > access.LARGEST_UNSEEN * all_base:
            return False
        # neither none nor all, also to one of the schools, who knows its own
        if not (0 < all_x < all_base) or (
            len(units) > 1 and not ((all_x - x > 0) & (all_x - x < all_base - base)).all()
        ):
            return False
        own_base = t.base[piece]
        width = np.minimum(own_base, all_x) - np.maximum(0, all_x - (all_base - own_base))
        needed = np.where(t.of_people[piece], HALF * own_base, np.minimum(1, own_base))
        return bool(((width >= needed) | (own_base <= 0)).all())


_YIELDS = ("county", "school", "school_owner", "university")
"""Who gives a total up where two readers together would find someone's answers: the first of these."""

MOST_PAIRS = 400
"""Pairs of readers that are held against one another; where there are more, evenly spaced ones."""


def pairs(opened: Sequence[Open]) -> list[tuple[int, int]]:
    """Positions of two readers who may put together what they see. Two schools know two schools; one of a
    pair is more than a school."""
    every = [
        (one, other)
        for one, other in combinations(range(len(opened)), 2)
        if (opened[one].reader.role, opened[other].reader.role) != ("school", "school")
    ]
    return every[:: max(1, len(every) // MOST_PAIRS)]


def _closed_between(totals: Totals, alone: list[Open]) -> list[Open]:
    """What stays open when any two readers together must not find a number of people that neither sees."""
    opened = list(alone)
    marks = np.random.default_rng(len(totals.all)).integers(1, 2**62, len(totals.all), dtype=np.int64)
    signatures = [signature(totals, one, marks) for one in opened]
    people = np.flatnonzero(totals.of_people)
    for pair in pairs(opened):
        yields, other = sorted(pair, key=lambda p: _YIELDS.index(opened[p].reader.role))
        while True:
            known = opened[yields].known | opened[other].known
            together = signatures[yields] + signatures[other]
            found = _find_exact_parts(totals, people[~known[people] & (together[people] != 0)], together)
            # where the one that yields has nothing more to give up, the other does
            one = next(
                (
                    p
                    for p in (yields, other)
                    if any(found.intersection(totals.all[t].parts.tolist()) for t in opened[p].now)
                ),
                None,
            )
            if not found or one is None:
                break
            kept = tuple(t for t in opened[one].now if not found.intersection(totals.all[t].parts.tolist()))
            opened[one] = replace(opened[one], now=kept)
            signatures[one] = signature(totals, opened[one], marks)
    return opened


def signature(totals: Totals, one: Open, marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """By part, which totals it is in: alike for parts that are always told together."""
    made = np.zeros(len(one.known), dtype=np.int64)
    for position in (*one.now, *one.before):
        made[totals.all[position].parts] += marks[position]
    return made


def _find_exact_parts(totals: Totals, unseen: NDArray[np.int64], signature: NDArray[np.int64]) -> set[int]:
    """Unseen parts that the sum of their group tells: none or all of it, or alone in it."""
    if not len(unseen):
        return set()
    _, together = np.unique(signature[unseen], return_inverse=True)
    x, base = totals.x[unseen], totals.base[unseen]
    all_x, all_base = np.bincount(together, x), np.bincount(together, base)
    width = np.minimum(base, all_x[together]) - np.maximum(0, all_x[together] - (all_base[together] - base))
    return {int(part) for part in unseen[(base >= 1) & (width < 1)]}


# ---------------------------------------------------------------- memory


def read_seen_before(
    connection: psycopg.Connection[Any], who: Sequence[Reader]
) -> dict[Reader, tuple[frozenset[str], frozenset[str]]]:
    """Schools and totals that each reader saw in the newest published release."""
    rows = {
        (r[0], tuple(r[1])): (frozenset(r[2]), frozenset(r[3]))
        for r in connection.execute(read_sql(__file__, "sql/seen_before")).fetchall()
    }
    return {
        reader: rows[reader.role, reader.unit_ids] for reader in who if (reader.role, reader.unit_ids) in rows
    }


def choose_open_totals(connection: psycopg.Connection[Any]) -> tuple[Totals, list[Open]]:
    """The totals of the release in the making, and which of them are open to whom."""
    row = connection.execute(
        "select k_units from marts.disclosure_policy order by policy_version desc limit 1"
    ).fetchone()
    who = readers(connection)
    totals = gather(connection)
    return totals, choose(totals, who, read_seen_before(connection, who), int(row[0]) if row else 3)


def open_up(connection: psycopg.Connection[Any]) -> None:
    """Write down what is open to whom in the release in the making, beside what still is in the one that is
    shown."""
    totals, opened = choose_open_totals(connection)
    row = connection.execute("select max(release_id) from published.release").fetchone()
    release_id = row[0] if row else 0
    lists: dict[str, list[str]] = {}
    connection.execute("delete from published.total_reader where release_id = %s", (release_id,))
    for one in opened:
        contents = sorted(totals.all[position].content for position in one.now)
        list_id = hashlib.sha256("".join(contents).encode()).hexdigest()[:32]
        lists[list_id] = contents
        connection.execute(
            "insert into published.total_reader (release_id, role, unit_ids, school_ids, list_id) values (%s,"
            " %s, %s, %s, %s)",
            (release_id, one.reader.role, list(one.reader.unit_ids), sorted(one.reader.schools), list_id),
        )
    known = {r[0] for r in connection.execute("select distinct list_id from published.open_total").fetchall()}
    with connection.cursor().copy("copy published.open_total (list_id, content) from stdin") as copy:
        for list_id in lists.keys() - known:
            for content in lists[list_id]:
                copy.write_row((list_id, content))


def forget_older(connection: psycopg.Connection[Any], release_id: int) -> None:
    """Once a release is shown, what was open in earlier ones no longer is."""
    connection.execute("delete from published.total_reader where release_id < %s", (release_id,))
    connection.execute(
        "delete from published.open_total where list_id not in (select list_id from published.total_reader)"
    )
