"""Every row of every reference vector, to 1e-9. The files carry 12 significant digits; VERSIONS.csv says what
made them."""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from innenfra.statistics import agreement, change, funnel, likert, pooling, proportions, rates, trend
from innenfra.statistics.interval import Z_95, around, t_quantile

VECTORS = Path(__file__).parents[1] / "fixtures" / "stat_vectors"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (VECTORS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def agrees(row: Row, **computed: float) -> None:
    for column, value in computed.items():
        assert value == pytest.approx(float(row[column]), rel=0, abs=1e-9), (column, row)


def groups(table: list[Row], key: str) -> dict[str, list[Row]]:
    made: dict[str, list[Row]] = {}
    for row in table:
        made.setdefault(row[key], []).append(row)
    return made


def numbers(table: list[Row], column: str) -> list[float]:
    return [float(r[column]) for r in table]


def test_every_vector_file_has_a_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    names = {p.stem for p in VECTORS.glob("*.csv")} - {"VERSIONS"}
    assert len(names) == 18
    assert {n for n in names if f'rows("{n}")' not in text} == set()


@pytest.mark.parametrize(
    "row", rows("proportion_intervals"), ids=lambda r: f"{r['x']}/{r['n']} deff {r['deff']}"
)
def test_intervals_of_shares(row: Row) -> None:
    x, n, deff = float(row["x"]), float(row["n"]), float(row["deff"])
    wilson, jeffreys, exact = (
        proportions.wilson(x, n, deff),
        proportions.jeffreys(x, n, deff),
        proportions.clopper_pearson(x, n, deff),
    )
    agrees(
        row, n_eff=proportions.effective_size(n, deff), p=x / n, wilson_lo=wilson.low, wilson_hi=wilson.high
    )
    agrees(
        row,
        jeffreys_lo=jeffreys.low,
        jeffreys_hi=jeffreys.high,
        clopper_pearson_lo=exact.low,
        clopper_pearson_hi=exact.high,
    )


def test_shares_with_own_teams() -> None:
    teams = groups(rows("clustered_proportion_input"), "school")
    for row in rows("clustered_proportion_expected"):
        x, n = numbers(teams[row["school"]], "x"), numbers(teams[row["school"]], "n")
        made = proportions.clustered(x, n)
        agrees(
            row,
            m=made.teams,
            n=made.n,
            x=sum(x),
            p=made.p,
            var_lin=made.variance,
            se_lin=sqrt(made.variance),
            deff=made.deff,
            df=made.df,
        )
        exact = made.korn_graubard
        agrees(
            row,
            t_lo=made.t_interval.low,
            t_hi=made.t_interval.high,
            kg_neff=made.korn_graubard_size,
            kg_lo=exact.low,
            kg_hi=exact.high,
        )
        agrees(row, nchs_width=exact.width)
        assert row["nchs_show"] == str(exact.width < 0.30)


def test_difference_of_two_years_and_which_may_be_named() -> None:
    table = rows("difference_two_years")
    p_values = []
    for row in table:
        x1, n1, x2, n2 = (float(row[c]) for c in ("x1", "n1", "x2", "n2"))
        found = proportions.newcombe(x1, n1, x2, n2)
        z, p = change.pooled_test(x1, n1, x2, n2)
        p_values.append(p)
        agrees(row, diff=x2 / n2 - x1 / n1, newcombe_lo=found.low, newcombe_hi=found.high, z=z, p=p)
    named = trend.may_be_named(p_values)
    for row, p, flag in zip(table, trend.adjusted(p_values), named, strict=True):
        agrees(row, p_bh=p)
        assert str(flag) == row["reject_10"]


def test_means_and_resemblance_within_teams() -> None:
    answers = rows("likert_input")
    y, schools, teams = numbers(answers, "y"), [r["school"] for r in answers], [r["team"] for r in answers]
    anova = pooling.nested_anova(y, schools, teams)
    sd, df = likert.pooled_sd(y, schools)
    (row,) = rows("icc_expected")
    agrees(
        row,
        N=anova.answers,
        schools=anova.schools,
        teams=anova.teams,
        df_between=anova.df_between,
        df_within=anova.df_within,
    )
    agrees(
        row,
        ms_between=anova.ms_between,
        ms_within=anova.ms_within,
        n0=anova.n0,
        icc=anova.icc,
        sd_pooled_within_school=sd,
    )
    by_school = groups(answers, "school")
    for row in rows("likert_expected"):
        own = np.array(numbers(by_school[row["school"]], "y"))
        sizes = [len(t) for t in groups(by_school[row["school"]], "team").values()]
        deff, n, mean = pooling.design_effect(sizes, anova.icc), len(own), float(own.mean())
        band = likert.mean_interval(mean, n, sd, df, deff)
        alone = around(mean, t_quantile(n - 1) * float(own.std(ddof=1)) / sqrt(n))
        agrees(
            row,
            n=n,
            teams=len(sizes),
            mean=mean,
            sd=float(own.std(ddof=1)),
            own_t_lo=alone.low,
            own_t_hi=alone.high,
        )
        agrees(
            row,
            deff=deff,
            n_eff=proportions.effective_size(n, deff),
            v_pooled=likert.mean_variance(n, sd, deff),
        )
        agrees(row, lo=band.low, hi=band.high, t_quantile=t_quantile(df))


def shrunken_agrees(table: list[Row], made: pooling.Shrunken) -> None:
    for i, row in enumerate(table):
        agrees(
            row,
            tau2=made.tau2,
            mu=made.mean,
            reliability=made.reliability[i],
            shrunk=made.value[i],
            post_sd=made.sd[i],
            lo=made.low[i],
            hi=made.high[i],
        )


@pytest.mark.parametrize("method", ["DL", "PM"])
def test_shrunken_means(method: str) -> None:
    table = groups(rows("eb_likert_expected"), "method")[method]
    made = pooling.shrink(numbers(table, "y"), numbers(table, "v"), method)  # type: ignore[arg-type]
    shrunken_agrees(table, made)
    for row in table:
        agrees(row, Q=made.q)


@pytest.mark.parametrize("method", ["DL", "PM"])
def test_shrunken_shares(method: str) -> None:
    table = groups(rows("eb_proportion_expected"), "method")[method]
    x, n = np.array(numbers(table, "x")), np.array(numbers(table, "n"))
    v = pooling.share_variances(x, n, numbers(table, "deff"))
    for row, one in zip(table, v, strict=True):
        agrees(row, v=one, p_pooled=x.sum() / n.sum())
    shrunken_agrees(table, pooling.shrink(x / n, v, method))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", rows("poisson_rates"), ids=lambda r: r["events"])
def test_rates(row: Row) -> None:
    events, exposure = float(row["events"]), float(row["exposure"])
    exact, byar = rates.garwood(events, exposure), rates.byar(events, exposure)
    agrees(
        row,
        rate=events / exposure,
        garwood_lo=exact.low,
        garwood_hi=exact.high,
        byar_lo=byar.low,
        byar_hi=byar.high,
    )


def test_hours_delivered_over_agreed() -> None:
    given = rows("hours_ratio_input")
    delivered, agreed = numbers(given, "delivered"), numbers(given, "agreed")
    made = rates.process_ratio(delivered, agreed)
    (row,) = rows("hours_ratio_expected")
    agrees(
        row,
        m=made.units,
        delivered=sum(delivered),
        agreed=sum(agreed),
        ratio=rates.total_ratio(delivered, agreed),
    )
    agrees(row, var=made.variance, lo=made.interval.low, hi=made.interval.high, df=made.df)


@pytest.mark.parametrize("row", rows("funnel_limits"), ids=lambda r: f"{r['n']} deff {r['deff']}")
def test_funnel_limits(row: Row) -> None:
    centre, n, deff = float(row["p0"]), float(row["n"]), float(row["deff"])
    for level, name in zip(funnel.LEVELS, ("95", "998"), strict=True):
        normal = funnel.normal_limits(centre, n, deff, level)
        agrees(row, **{f"n{name}_lo": normal.low, f"n{name}_hi": normal.high})
        assert (row[f"ex{name}_lo"] == "") == (deff != 1)
        if deff == 1:
            exact = funnel.exact_limits(centre, int(n), level)
            agrees(row, **{f"ex{name}_lo": exact.low, f"ex{name}_hi": exact.high})


@pytest.mark.parametrize(
    "row", rows("minimal_detectable_change"), ids=lambda r: f"{r['kind']} {r['n_each_year']} deff {r['deff']}"
)
def test_what_could_be_seen(row: Row) -> None:
    sd = sqrt(0.45 * 0.55) if row["kind"].startswith("proportion") else float(row["sd"])
    v = likert.mean_variance(float(row["n_each_year"]), sd, float(row["deff"]))
    agrees(
        row,
        sd=sd,
        se=sqrt(v),
        mdc95=change.detectable(v, v),
        mdc95_power80=change.detectable_with_power(v, v),
    )


def test_trends() -> None:
    given = groups(rows("trend_input"), "school")
    for row in rows("trend_expected"):
        series = given[row["school"]]
        for point in series:
            agrees(point, v=likert.mean_variance(float(point["n"]), 0.8, 1.3))
        made = trend.trend(
            numbers(series, "year"),
            numbers(series, "mean"),
            [likert.mean_variance(n, 0.8, 1.3) for n in numbers(series, "n")],
        )
        assert made is not None
        agrees(
            row, years=made.years, slope=made.slope, se=made.se, lo=made.interval.low, hi=made.interval.high
        )
        agrees(row, p_up=made.p_up, resid_chi2=made.chi2, resid_df=made.df)


def test_agreement_between_coders() -> None:
    coded = [[float(v) if v else np.nan for k, v in row.items() if k] for row in rows("krippendorff_input")]
    assert np.shape(coded) == (4, 12)
    for row in rows("krippendorff_expected"):
        found = agreement.alpha(coded, row["level"])  # type: ignore[arg-type]
        assert found is not None
        agrees(row, alpha=found)
        assert f"{found:.3f}" == f"{float(row['published']):.3f}"


def test_the_quantile_is_the_one_in_the_vectors() -> None:
    assert pytest.approx(1.959963984540054, abs=1e-15) == Z_95
