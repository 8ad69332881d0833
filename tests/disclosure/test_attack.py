"""The attack finds what can be found, and nothing else."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innenfra.disclosure.attack import Sum, bounds
from innenfra.disclosure.audit import Hidden, audit, coarsen_sum_of_answers, make_sum_of_answers


def test_the_only_small_school_of_a_municipality_is_found_from_the_true_total() -> None:
    # A1 and A2 are shown, A3 is starred, the municipality's true total is shown
    sums = [Sum((0,), 6, 6), Sum((1,), 9, 9), Sum((0, 1, 2), 18, 18)]
    assert bounds([10, 12, 4], sums) == [(6, 6), (9, 9), (3, 3)]


def test_two_views_that_cross_give_away_what_each_alone_protects() -> None:
    # a municipality and a university each hide two schools; the grand total and one crossing tell them all
    sums = [Sum((0, 1), 3, 3), Sum((2, 3), 5, 5), Sum((0, 2), 4, 4), Sum((1, 2, 3), 7, 7)]
    assert bounds([4, 4, 4, 4], sums) == [(1, 1), (2, 2), (3, 3), (2, 2)]


def test_nothing_shown_tells_nothing() -> None:
    assert bounds([4, 3], []) == [(0, 4), (0, 3)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=2, max_size=5), st.integers(0, 10_000))
def test_bounds_are_those_of_trying_everything(bases: list[int], seed: int) -> None:
    chance = random.Random(seed)
    truth = [chance.randint(0, base) for base in bases]
    sums = []
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(bases))
        members = tuple(
            range(start, chance.randint(start, len(bases) - 1) + 1)
        )  # nested or disjoint runs: linear bounds are whole
        total = sum(truth[m] for m in members)
        slack = chance.randint(0, 1)
        sums.append(Sum(members, total - slack, total))
    possible = [
        numbers
        for numbers in itertools.product(*(range(base + 1) for base in bases))
        if all(one.low <= sum(numbers[m] for m in one.members) <= one.high for one in sums)
    ]
    tried = [(min(n[i] for n in possible), max(n[i] for n in possible)) for i in range(len(bases))]
    assert bounds(bases, sums) == tried


def test_a_member_of_a_pool_of_two_finds_the_other() -> None:
    cells = [Hidden("A", 4, 1, "withheld", "pool"), Hidden("B", 4, 2, "withheld", "pool")]
    made = audit(cells, [Sum((0, 1), 3, 3)])
    assert made.found["found_by_insider"] == ["B, by A", "A, by B"]
    assert not made.passed


def test_a_pool_of_three_with_an_edge_passes() -> None:
    cells = [Hidden(name, 4, 1, "withheld", "pool") for name in "ABC"]
    made = audit(cells, [Sum((0, 1, 2), 0, 5)])
    assert made.passed
    assert made.figures["insider_pairs"] == 6


def test_an_attack_that_misses_the_truth_is_itself_a_finding() -> None:
    assert audit([Hidden("A", 10, 2, "exact")], [Sum((0,), 5, 5)]).found["truth_outside"] == ["A"]


def test_sums_of_answers_from_1_to_5_have_a_floor() -> None:
    # 4 people's sum lies from 4 to 20; beside 5 people with 15 and a true total of 19 it is found, as all
    # answering 1
    assert bounds([20], [], [4]) == [(4, 20)]
    cells = [make_sum_of_answers("A", 4, 4, "withheld"), make_sum_of_answers("B", 5, 15, "exact")]
    made = audit(cells, [Sum((1,), 15, 15), Sum((0, 1), 19, 19)])
    assert made.found["found_exactly"] == ["A"]


def answers_that_fit(people: int, low: float, high: float) -> list[tuple[int, ...]]:
    return [v for v in itertools.combinations_with_replacement(range(1, 6), people) if low <= sum(v) <= high]


@pytest.mark.parametrize("people", [5, 6, 7])
def test_no_sum_of_answers_tells_anyones_answer(people: int, figures: dict[str, str]) -> None:
    """Every way in which 5 to 7 people can answer from 1 to 5: what the edge rule tells leaves each answer
    open, also to one who knows their own."""
    tried = exact = naive = 0
    told = {}
    for vector in itertools.combinations_with_replacement(range(1, 6), people):
        low, high = coarsen_sum_of_answers(people, sum(vector))
        assert low <= sum(vector) <= high
        [(least, most)] = bounds([5 * people], [Sum((0,), low, high)], [people])
        if (least, most) not in told:
            told[least, most] = answers_that_fit(people, least, most)
        tried += 1
        possible = told[least, most]
        for own in (None, *set(vector)):
            others = [
                tuple(sorted(set(v))) if own is None else tuple(sorted(left_without(v, own)))
                for v in possible
                if own is None or own in v
            ]
            exact += all(len(kinds) == 1 for kinds in others) and len(set(others)) == 1
        naive += len(answers_that_fit(people, sum(vector), sum(vector))) == 1
    figures[f"disclosure, sums of answers, {people} people"] = (
        f"{tried} ways to answer, {exact} found by outsiders or insiders; told exactly, {naive} would be"
    )
    assert exact == 0
    assert naive > 0


def left_without(vector: tuple[int, ...], own: int) -> set[int]:
    left = list(vector)
    left.remove(own)
    return set(left)
