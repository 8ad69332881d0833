"""What must hold for any numbers: bounds, symmetries, limits, and refusals."""

from __future__ import annotations

from math import isclose, nan, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from innenfra.statistics import agreement, change, funnel, likert, pooling, proportions, rates, trend
from innenfra.statistics.agreement import CodedMaterial, coverage, read_policy, usage
from innenfra.statistics.interval import Interval

POLICY = read_policy(Path(__file__).parents[2] / "dbt_project" / "seeds" / "coding_policy.csv")

sizes = st.integers(1, 400)
deffs = st.floats(1, 5)
counted = sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
codes = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, nan]), min_size=3, max_size=3), min_size=4, max_size=15
)


@given(counted, deffs)
def test_wilson_stays_on_the_scale_around_the_share(counted: tuple[int, int], deff: float) -> None:
    x, n = counted
    band = proportions.wilson(x, n, deff)
    assert 0 <= band.low <= x / n <= band.high <= 1
    assert band.low < band.high
    assert band.width >= proportions.wilson(x, n).width - 1e-12


@given(counted, deffs)
def test_wilson_does_not_care_which_answer_is_counted(counted: tuple[int, int], deff: float) -> None:
    x, n = counted
    one, other = proportions.wilson(x, n, deff), proportions.wilson(n - x, n, deff)
    assert isclose(one.low, 1 - other.high, abs_tol=1e-12)
    assert isclose(one.high, 1 - other.low, abs_tol=1e-12)


@given(counted, counted)
def test_newcombe_turns_with_the_years(one: tuple[int, int], two: tuple[int, int]) -> None:
    there, back = proportions.newcombe(*one, *two), proportions.newcombe(*two, *one)
    assert isclose(there.low, -back.high, abs_tol=1e-12)
    assert there.low <= two[0] / two[1] - one[0] / one[1] <= there.high


Told = tuple[float | Interval, Interval]


def told(low: int, high: int, n: int, deff: float = 1.0) -> Told:
    """A share, or its ends where only they are known, and its interval: that of both ends together."""
    share = low / n if low == high else Interval(low / n, high / n)
    return share, Interval(proportions.wilson(low, n, deff).low, proportions.wilson(high, n, deff).high)


def difference(before: Told, after: Told) -> change.Difference:
    return change.interval_difference(*before, *after)


@given(counted)
def test_no_change_is_claimed_from_equal_years(counted: tuple[int, int]) -> None:
    x, n = counted
    assert not difference(told(x, x, n), told(x, x, n)).claimed


@given(counted, counted, st.integers(0, 8), st.integers(0, 8), deffs)
def test_a_range_never_gives_a_claim_that_its_worst_case_would_not(
    one: tuple[int, int], two: tuple[int, int], wide: int, wider: int, deff: float
) -> None:
    (x1, n1), (x2, n2) = one, two
    before, after = range(x1, min(x1 + wide, n1) + 1), range(x2, min(x2 + wider, n2) + 1)
    assume(
        (before[0], before[-1]) != (0, n1) and (after[0], after[-1]) != (0, n2)
    )  # nothing at all is known; never told
    widest = difference(told(before[0], before[-1], n1, deff), told(after[0], after[-1], n2, deff)).interval
    each = [difference(told(a, a, n1, deff), told(b, b, n2, deff)).interval for a in before for b in after]
    assert widest.low == pytest.approx(min(i.low for i in each), abs=1e-9)
    assert widest.high == pytest.approx(max(i.high for i in each), abs=1e-9)


@given(counted, counted, deffs)
def test_a_claim_is_more_careful_than_newcombe_and_does_not_need_the_counts(
    one: tuple[int, int], two: tuple[int, int], deff: float
) -> None:
    plain = proportions.newcombe(*one, *two, deff, deff)
    published = difference(told(one[0], *one, deff), told(two[0], *two, deff)).interval
    assert published.low <= plain.low + 1e-12
    assert published.high >= plain.high - 1e-12


@settings(deadline=None)
@given(codes, st.permutations([0, 1, 2]), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_does_not_care_about_the_order_of_coders_and_units(
    units: list[list[float]], order: list[int], level: agreement.Level
) -> None:
    ratings = np.array(units).T
    one, other = agreement.alpha(ratings, level), agreement.alpha(ratings[order][:, ::-1], level)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert isclose(one, other, abs_tol=1e-12)
        assert one <= 1 + 1e-12


@settings(deadline=None)
@given(codes)
def test_alpha_of_names_does_not_care_what_the_codes_are_called(units: list[list[float]]) -> None:
    ratings = np.array(units).T
    renamed = np.select([ratings == v for v in (1, 2, 3, 4)], [7.0, 3.0, 11.0, 5.0], default=nan)
    assert agreement.alpha(ratings, "nominal") == pytest.approx(
        agreement.alpha(renamed, "nominal"), abs=1e-12
    )


@settings(deadline=None)
@given(codes, st.floats(0.5, 9), st.floats(-5, 5))
def test_alpha_of_intervals_does_not_care_about_the_unit(
    units: list[list[float]], scale: float, shift: float
) -> None:
    ratings = np.array(units).T
    assert agreement.alpha(ratings, "interval") == pytest.approx(
        agreement.alpha(ratings * scale + shift, "interval"), abs=1e-8
    )


def test_alpha_at_its_ends() -> None:
    assert agreement.alpha([[1, 2, 1, 2], [1, 2, 1, 2]], "nominal") == 1
    assert agreement.alpha([[1, 1, 1], [1, 1, 1]], "nominal") is None
    assert agreement.alpha([[1, nan, 2], [nan, 2, nan]], "nominal") is None
    assert agreement.bootstrap([[1, 1, 1], [1, 1, 1]], "nominal") is None


def test_bootstrap_lies_around_alpha_and_is_the_same_each_time() -> None:
    rng = np.random.default_rng(5)
    first = rng.integers(1, 4, 60).astype(float)
    second = np.where(rng.random(60) < 0.8, first, rng.integers(1, 4, 60))
    found, band = (
        agreement.alpha([first, second], "nominal"),
        agreement.bootstrap([first, second], "nominal", draws=300),
    )
    assert found is not None
    assert band is not None
    assert band.low < found < band.high
    assert band == agreement.bootstrap([first, second], "nominal", draws=300)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.8, "reliable"),
        (0.79, "tentative"),
        (0.667, "tentative"),
        (0.666, "not_published"),
        (None, "not_published"),
    ],
)
def test_use_of_coded_indicators(value: float | None, said: str) -> None:
    assert usage(value, POLICY) == said


@pytest.mark.parametrize(
    ("parts", "status", "reason"),
    [
        ([], "not_collected", "nothing_coded"),
        ([CodedMaterial("external", 1, 90, 30, 0.9)], "insufficient", "too_few_teams"),
        ([CodedMaterial("external", 2, 29, 10, 0.9)], "insufficient", "too_few_units"),
        ([CodedMaterial("external", 2, 30)], "insufficient", "not_double_coded"),
        ([CodedMaterial("external", 2, 30, 10, 0.66)], "insufficient", "low_agreement"),
        ([CodedMaterial("external", 2, 30, 10, 0.7)], "observed", None),
        (
            [CodedMaterial("joint", 2, 20, 10, 0.9), CodedMaterial("other_te", 2, 20, 10, 0.6)],
            "insufficient",
            "low_agreement",
        ),
    ],
)
def test_coverage_rule(parts: list[CodedMaterial], status: str, reason: str | None) -> None:
    made = coverage(parts, POLICY)
    assert (made.status, made.reason) == (status, reason)


def test_what_stands_beside_a_coded_indicator() -> None:
    made = coverage(
        [CodedMaterial("participating_te", 3, 40, 10, 0.82), CodedMaterial("joint", 2, 20, 5, 0.75)], POLICY
    )
    assert made.coded_by_party == ("joint", "participating_te")
    assert made.double_coded_share == 0.25
    assert (made.n_teams, made.n_units, made.agreement_value, made.usage) == (3, 60, 0.75, "tentative")
    assert coverage([], POLICY).double_coded_share is None


def test_thresholds_stand_in_one_place() -> None:
    assert (POLICY.min_teams, POLICY.min_units, POLICY.alpha_published, POLICY.alpha_reliable) == (
        2,
        30,
        0.667,
        0.8,
    )


def test_pooling_without_spread_gives_the_common_mean() -> None:
    made = pooling.shrink([0.4, 0.4, 0.4], [0.01, 0.02, 0.03])
    assert made.tau2 == 0
    assert np.allclose(made.value, 0.4)
    assert np.allclose(made.reliability, 0)
    assert pooling.paule_mandel([0.4, 0.4], [0.01, 0.02]) == 0
    assert pooling.dersimonian_laird([0.4], [0.01]) == 0


def test_paule_mandel_comes_to_the_root_when_asked() -> None:
    y, v = np.array([0.75, 0.2, 0.48, 0.25, 0.45]), np.array([0.026, 0.016, 0.01, 0.039, 0.007])
    tau2 = pooling.paule_mandel(y, v, tolerance=1e-12)
    assert pooling.heterogeneity(y, v + tau2) == pytest.approx(4, abs=1e-11)
    assert pooling.paule_mandel(y, v) == pytest.approx(tau2, abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 0.5)), min_size=2, max_size=30))
def test_shrunken_values_lie_between_own_and_common(pairs: list[tuple[float, float]]) -> None:
    y, v = np.array(pairs).T
    made = pooling.shrink(y, v)
    assert np.all((made.reliability >= 0) & (made.reliability < 1))
    assert np.all(made.value >= np.minimum(y, made.mean) - 1e-12)
    assert np.all(made.value <= np.maximum(y, made.mean) + 1e-12)


def test_resemblance_at_its_ends() -> None:
    schools, teams = ["a"] * 4, [1, 1, 2, 2]
    assert pooling.nested_anova([1, 1, 5, 5], schools, teams).icc == 1
    assert pooling.nested_anova([1, 5, 1, 5], schools, teams).icc == 0
    assert pooling.nested_anova([3, 3, 3, 3], schools, teams).icc == 0
    assert pooling.design_effect([1, 1, 1], 0.5) == 1
    assert pooling.design_effect([4, 4], 0.25) == 1.75


def test_what_cannot_be_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        proportions.wilson(0, 0)
    with pytest.raises(ValueError, match="two teams"):
        proportions.clustered([1], [2])
    with pytest.raises(ValueError, match="two teams"):
        pooling.nested_anova([1, 2], ["a", "a"], [1, 1])
    with pytest.raises(ValueError, match="two answers"):
        likert.pooled_sd([1, 2], ["a", "b"])
    with pytest.raises(ValueError, match="nothing was agreed"):
        rates.total_ratio([1], [0])
    with pytest.raises(ValueError, match="without width"):
        change.interval_difference(0.5, Interval(0.5, 0.5), 0.6, Interval(0.4, 0.8))
    with pytest.raises(ValueError, match="two units"):
        rates.process_ratio([1], [2])


def test_mean_never_leaves_the_scale() -> None:
    assert likert.mean_interval(4.9, 5, 1.0, 100) == Interval(
        pytest.approx(4.9 - 1.98397 / sqrt(5), abs=1e-4), 5.0
    )


@given(st.integers(2, 120), st.floats(0.05, 0.95))
def test_funnel_narrows_with_size_and_wider_level_is_wider(n: int, centre: float) -> None:
    inner, outer = funnel.exact_limits(centre, n, 0.95), funnel.exact_limits(centre, n, 0.998)
    assert outer.low <= inner.low < inner.high <= outer.high
    drawn = funnel.limits(centre, n)
    assert 0 <= drawn.low < drawn.high <= 1


def test_funnel_is_widened_by_overdispersion_only() -> None:
    rng = np.random.default_rng(3)
    v = np.full(60, 0.01)
    assert funnel.overdispersion(0.5 + 0.02 * rng.standard_normal(60), v, 0.5) == 1
    phi = funnel.overdispersion(0.5 + 0.3 * rng.standard_normal(60), v, 0.5)
    assert phi > 3
    assert funnel.limits(0.5, 400, 1.3, phi=phi).width == pytest.approx(
        sqrt(phi) * funnel.limits(0.5, 400, 1.3).width
    )


def test_two_years_make_no_trend() -> None:
    assert trend.trend([2021, 2022], [0.1, 0.9], [0.01, 0.01]) is None
    found = trend.trend([2021, 2022, 2023], [0.1, 0.2, 0.3], [0.01, 0.01, 0.01])
    assert found is not None
    assert found.slope == pytest.approx(0.1)
    assert found.p_value == pytest.approx(2 * (1 - found.p_up))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_values_never_fall_below_and_keep_order(p_values: list[float]) -> None:
    made = trend.adjusted(p_values)
    assert np.all(made >= np.array(p_values) - 1e-15)
    assert np.all(np.diff(made[np.argsort(p_values, kind="stable")]) >= -1e-15)


def test_likert_difference() -> None:
    found = change.mean_difference(3.1, 0.04, 3.9, 0.04)
    assert found.value == pytest.approx(0.8)
    assert found.claimed
    assert found.interval.width == pytest.approx(2 * change.detectable(0.04, 0.04))
    assert change.pooled_test(0, 5, 0, 5) == (0.0, 1.0)
