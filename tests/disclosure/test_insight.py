"""Which totals are open to a reader, and what two readers or one row tell: held against trying everything."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from innenfra.database.access import LEVELS_OF_ROLE
from innenfra.disclosure.insight import attack, find_invertible_rows, possible
from innenfra.disclosure.readers import Open, Reader, Total, Totals, choose
from innenfra.statistics.proportions import wilson

EDGE, DESIGN_EFFECT, LEAST = 2, 1.3, 3


def network(bases: list[int], xs: list[int], members: list[list[int]], *, of_people: bool = False) -> Totals:
    """One indicator and year: schools by number, and totals by the schools in each."""
    count = len(bases)
    made = Totals(
        names=[f"S{n}" for n in range(count)],
        units=[f"S{n}" for n in range(count)],
        is_pool=np.zeros(count, dtype=bool),
        was_there=np.zeros(count, dtype=bool),
        unit=np.arange(count),
        schools_n=np.ones(count, dtype=np.int64),
        x=np.array(xs, dtype=float),
        base=np.array(bases, dtype=float),
        of_people=np.full(count, of_people),
    )
    made.all = [
        Total(
            f"T{n}",
            "network" if n == 0 else "municipality",
            str(n),
            "C1",
            "K1",
            "school_year",
            of_people,
            0,
            np.array(parts),
        )
        for n, parts in enumerate(members)
    ]
    made.latest = list(range(len(members)))
    return made


def university(*schools: int) -> Reader:
    return Reader("university", (f"U{'-'.join(map(str, schools))}",), frozenset(f"S{n}" for n in schools))


def told(totals: Totals, reader: Reader) -> set[str]:
    return {totals.all[p].content for p in choose(totals, [reader], {}, LEAST)[0].now}


def test_a_total_of_one_or_two_unseen_schools_is_closed() -> None:
    totals = network([4] * 5, [2] * 5, [[0, 1, 2, 3, 4]])
    assert told(totals, university()) == {"T0"}
    assert told(totals, university(0, 1)) == {"T0"}
    assert told(totals, university(0, 1, 2)) == set()
    assert told(totals, university(0, 1, 2, 3)) == set()
    assert told(totals, university(0, 1, 2, 3, 4)) == {"T0"}


def test_a_school_that_outweighs_the_others_closes_a_total() -> None:
    assert told(network([40, 4, 4], [20, 2, 2], [[0, 1, 2]]), university()) == set()
    assert told(network([10, 4, 4], [5, 2, 2], [[0, 1, 2]]), university()) == {"T0"}


def test_none_or_all_of_unseen_schools_is_not_told() -> None:
    assert told(network([4] * 4, [4] * 4, [[0, 1, 2, 3]]), university()) == set()
    assert told(network([4] * 4, [0] * 4, [[0, 1, 2, 3]]), university()) == set()
    # nor to the only school that is otherwise
    assert told(network([4] * 4, [3, 4, 4, 4], [[0, 1, 2, 3]]), university()) == set()


def test_what_is_left_of_a_total_counts_as_told() -> None:
    # the network less one municipality is a single school
    totals = network([4] * 7, [2] * 7, [list(range(7)), [0, 1, 2, 3, 4, 5]])
    assert told(totals, university()) == {"T0"}
    totals = network([4] * 7, [2] * 7, [list(range(7)), [0, 1, 2, 3]])
    assert told(totals, university()) == {"T0", "T1"}


def test_what_was_told_before_counts() -> None:
    # one school more than last time, seen by both releases together
    totals = network([4] * 5, [2] * 5, [[0, 1, 2, 3, 4], [0, 1, 2, 3]])
    totals.latest, totals.before = [0], {"T1": 1}
    reader = university()
    assert choose(totals, [reader], {reader: (frozenset(), frozenset({"T1"}))}, LEAST)[0].now == ()
    assert choose(totals, [reader], {}, LEAST)[0].now == (0,)


def test_an_owner_reaches_no_municipality_but_its_own() -> None:
    totals = network([4] * 4, [2] * 4, [[0, 1, 2, 3], [0, 1, 2, 3]])
    owner = Reader("school_owner", ("1",), frozenset(), frozenset({("municipality", "1")}))
    assert "municipality" not in LEVELS_OF_ROLE["school_owner"]
    assert told(totals, owner) == {"T0", "T1"}
    assert told(totals, Reader("school_owner", ("2",), frozenset())) == {"T0"}


def worlds(chance: random.Random) -> tuple[Totals, Reader]:
    count = chance.randint(3, 7)
    bases = [chance.randint(1, 3) for _ in range(count)]
    xs = [chance.randint(0, base) for base in bases]
    members = [
        sorted(chance.sample(range(count), chance.randint(1, count))) for _ in range(chance.randint(1, 4))
    ]
    reader = university(*chance.sample(range(count), chance.randint(0, 2)))
    return network(bases, xs, members), reader


def known_exactly(totals: Totals, one: Open) -> set[int]:
    """Unseen schools with one possible number, by trying every number of every school."""
    bases = totals.base.astype(int).tolist()
    truth = totals.x.astype(int).tolist()
    fits = [
        numbers
        for numbers in itertools.product(
            *([truth[n]] if one.known[n] else range(base + 1) for n, base in enumerate(bases))
        )
        if all(
            sum(numbers[m] for m in totals.all[p].parts) == sum(truth[m] for m in totals.all[p].parts)
            for p in one.now
        )
    ]
    return {n for n in range(len(bases)) if not one.known[n] and len({numbers[n] for numbers in fits}) == 1}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 100_000))
def test_what_is_open_tells_of_no_unseen_school(seed: int) -> None:
    totals, reader = worlds(random.Random(seed))
    (one,) = choose(totals, [reader], {}, LEAST)
    assert known_exactly(totals, one) == set()
    assert not any(attack(totals, [one], LEAST).found.values())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 100_000))
def test_the_attack_finds_all_that_trying_finds_where_everything_is_open(seed: int) -> None:
    totals, reader = worlds(random.Random(seed))
    one = Open(reader, totals.find_known_to(reader), tuple(totals.latest), ())
    found = {line.rsplit(": S", 1)[1] for line in attack(totals, [one], LEAST).found["found_by_reader"]}
    tried = {str(n) for n in known_exactly(totals, one)}
    assert found <= tried
    # whole numbers can tell a little more than what lies between; of that, all is found
    assert found == {
        str(n) for n in range(len(totals.names)) if not one.known[n] and _room(totals, one, n) < 1 - 1e-6
    }


def _room(totals: Totals, one: Open, school: int) -> float:
    """How far apart the least and the greatest number of a school lie, whole or not, by what is open."""
    seen = [sorted(int(part) for part in totals.all[p].parts) for p in one.now]
    inside = [[float(n in parts) for n in range(len(totals.names))] for parts in seen]
    sums = [float(totals.x[parts].sum()) for parts in seen]
    bounds = [
        (x, x) if known else (0, base)
        for known, x, base in zip(one.known, totals.x, totals.base, strict=True)
    ]
    ends = [
        linprog(
            [sign * (n == school) for n in range(len(totals.names))], A_eq=inside, b_eq=sums, bounds=bounds
        ).fun
        for sign in (1, -1)
    ]
    return float(-ends[1] - ends[0])


def test_two_readers_together_find_nobodys_answers() -> None:
    """A university sees all schools but two, and one of the two sees the total."""
    totals = network([12] * 6, [6] * 6, [list(range(6))], of_people=True)
    one, other = university(0, 1, 2, 3), Reader("school", ("S4",), frozenset({"S4"}))
    opened = choose(totals, [one, other], {}, LEAST)
    assert not any(attack(totals, opened, LEAST).found.values())
    alone = choose(totals, [other], {}, LEAST)
    assert alone[0].now == (0,)
    together = [Open(one, totals.find_known_to(one), (), ()), alone[0]]
    assert attack(totals, together, LEAST).found["found_by_two_readers"] == [
        "university U0-1-2-3 and school S4: S5"
    ]


def test_a_row_told_too_finely_can_be_inverted() -> None:
    """Two decimals of a share of seven, and the interval of exactly so many, tell both numbers."""
    row = {
        "unit_id": "S",
        "indicator_id": "L1",
        "period_type": "loop",
        "period": "1",
        "bound": "=",
        "n_band": "5_9",
    }
    interval = wilson(3, 7, DESIGN_EFFECT)
    fine = row | {
        "value": 0.43,
        "interval_low": round(interval.low, 2),
        "interval_high": round(interval.high, 2),
    }
    assert find_invertible_rows([fine], EDGE, DESIGN_EFFECT) == ["S L1 loop 1"]
    interval = wilson(0.4 * 5, 5, DESIGN_EFFECT)
    coarse = row | {
        "value": 0.4,
        "interval_low": round(interval.low, 2),
        "interval_high": round(interval.high, 2),
    }
    assert find_invertible_rows([coarse], EDGE, DESIGN_EFFECT) == []


def test_every_share_told_in_steps_leaves_three_possibilities(figures: dict[str, str]) -> None:
    """All numbers of 6 to 60 people that are told exactly, by the steps of their band."""
    tried = 0
    for n in range(6, 61):
        band = "5_9" if n < 10 else "10_19" if n < 20 else "20_29" if n < 30 else "30_plus"
        step = 5 if n < 10 else 10 if n < 20 else 20 if n < 30 else 100
        fewest = max(size for size in (5, 10, 20, 30, 50) if size <= n)
        for x in range(EDGE + 1, n - EDGE):
            value = int((Fraction(x, n) * step * 2 + 1) // 2) / step
            interval = wilson(value * fewest, fewest, DESIGN_EFFECT)
            shown = ("=", value, None, None, band, round(interval.low, 2), round(interval.high, 2))
            assert possible(shown, EDGE, DESIGN_EFFECT) >= LEAST, (x, n)
            tried += 1
    figures["disclosure, shares told in steps"] = (
        f"{tried} numbers of 6 to 60 people, each told like at least {LEAST - 1} others"
    )
    assert tried > 1_000
