"""Do the intervals keep what they promise? Invented schools whose teams resemble each other; figures are
printed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from innenfra.statistics import change, likert, pooling, proportions, trend
from innenfra.statistics.interval import Interval

REPEATS = 1_500
PAIRS = 10_000
TEAMS, SHARES, RESEMBLANCE = (3, 5, 8), (0.1, 0.45), (0.0, 0.1, 0.25)
Answers = tuple[np.ndarray, np.ndarray]


def schools(rng: np.random.Generator, count: int, teams: int, share: float, icc: float) -> Answers:
    """x and n of each team, shape (count, teams); teams of 3–7 with a beta-distributed share of their own."""
    n = rng.integers(3, 8, (count, teams))
    own = (
        np.full((count, teams), share)
        if icc == 0
        else rng.beta(share * (1 - icc) / icc, (1 - share) * (1 - icc) / icc, (count, teams))
    )
    return rng.binomial(n, own), n


def estimated_icc(x: np.ndarray, n: np.ndarray) -> float:
    """Pooled over the schools, from the single answers."""
    count, teams = n.shape
    answers = np.concatenate(
        [np.repeat([1.0, 0.0], [hits, size - hits]) for hits, size in zip(x.ravel(), n.ravel(), strict=True)]
    )
    school = np.repeat(np.repeat(np.arange(count), teams), n.ravel()).tolist()
    team = np.repeat(np.tile(np.arange(teams), count), n.ravel()).tolist()
    return pooling.nested_anova(answers, school, team).icc


def interval(x: np.ndarray, n: np.ndarray, icc: float) -> Interval:
    return proportions.wilson(float(x.sum()), float(n.sum()), pooling.design_effect(n, icc))


def coverage(x: np.ndarray, n: np.ndarray, icc: float, share: float) -> float:
    return float(np.mean([not interval(a, b, icc).excludes(share) for a, b in zip(x, n, strict=True)]))


def test_interval_with_design_effect_covers_what_it_says() -> None:
    rng = np.random.default_rng(20_251)
    found = {}
    for teams, share, icc in product(TEAMS, SHARES, RESEMBLANCE):
        x, n = schools(rng, REPEATS, teams, share, icc)
        found[teams, share, icc] = (coverage(x, n, icc, share), coverage(x, n, 0.0, share))
    print("\nteams share icc  with deff  without")
    for (teams, share, icc), (with_deff, without) in found.items():
        print(f"{teams:5d} {share:5.2f} {icc:4.2f} {with_deff:9.3f} {without:8.3f}")
    mean = np.mean([w for w, _ in found.values()])
    assert 0.93 <= mean <= 0.97
    assert all(0.93 <= w <= 0.97 for w, _ in found.values())
    assert min(without for _, without in found.values()) < 0.90


def test_estimated_resemblance_is_good_enough() -> None:
    rng = np.random.default_rng(20_252)
    covered, estimates = [], []
    for _ in range(12):
        x, n = schools(rng, 60, 5, 0.45, 0.1)
        estimates.append(estimated_icc(x, n))
        covered.append(coverage(x, n, estimates[-1], 0.45))
    print(f"\nestimated icc {np.mean(estimates):.3f} (true 0.100), coverage {np.mean(covered):.3f}")
    assert np.mean(estimates) == pytest.approx(0.1, abs=0.02)
    assert 0.93 <= np.mean(covered) <= 0.97


@pytest.mark.parametrize(
    ("teams", "share", "icc"),
    [(3, 0.1, 0.0), (3, 0.45, 0.25), (5, 0.45, 0.1), (8, 0.45, 0.25), (8, 0.1, 0.1)],
)
def test_change_is_not_claimed_out_of_nothing(teams: int, share: float, icc: float) -> None:
    rng = np.random.default_rng(20_253)
    years = schools(rng, PAIRS, teams, share, icc), schools(rng, PAIRS, teams, share, icc)
    one, two = (
        [(float(a.sum() / b.sum()), interval(a, b, icc)) for a, b in zip(*year, strict=True)]
        for year in years
    )
    rate = np.mean(
        [change.interval_difference(*before, *after).claimed for before, after in zip(one, two, strict=True)]
    )
    print(f"\n{teams} teams, share {share}, icc {icc}: false claims {rate:.4f}")
    assert rate <= 0.05


def test_claims_at_the_edge_are_fewer_still() -> None:
    rng = np.random.default_rng(20_254)
    claims = 0
    for pair in rng.binomial(12, 0.1, (REPEATS, 2)):
        ends = [(0, 2) if x <= 2 else (x, x) for x in pair]
        before, after = (
            (
                Interval(low / 12, high / 12),
                Interval(proportions.wilson(low, 12).low, proportions.wilson(high, 12).high),
            )
            for low, high in ends
        )
        claims += change.interval_difference(*before, *after).claimed
    print(f"\nbounded counts: false claims {claims / REPEATS:.3f}")
    assert claims / REPEATS <= 0.05


def test_means_cover_and_trends_are_not_named_out_of_nothing() -> None:
    rng = np.random.default_rng(20_255)
    covered, named = [], []
    for _ in range(60):
        y = rng.normal(3.0, 0.8, (40, 12))
        sd, df = likert.pooled_sd(y.ravel(), np.repeat(np.arange(40), 12).tolist())
        covered += [not likert.mean_interval(m, 12, sd, df).excludes(3.0) for m in y.mean(axis=1)]
    for _ in range(150):
        lines = [trend.trend(range(5), rng.normal(3.0, 0.2, 5), np.full(5, 0.04)) for _ in range(30)]
        named.append(bool(trend.may_be_named([line.p_value for line in lines if line]).any()))
    print(
        f"\nmeans: coverage {np.mean(covered):.3f}; a trend named among 30 schools without any:"
        f" {np.mean(named):.3f}"
    )
    assert 0.93 <= np.mean(covered) <= 0.97
    assert np.mean(named) <= 0.10 + 2 * np.sqrt(0.1 * 0.9 / 150)
