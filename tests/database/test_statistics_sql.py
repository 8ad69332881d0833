"""The statistics in SQL, on the real PostgreSQL, against every row of the reference vectors to 1e-9."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import psycopg
import pytest
from scipy.stats import norm

from innenfra.statistics import agreement, funnel, likert, proportions
from innenfra.statistics.interval import t_quantile

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "fixtures" / "stat_vectors"
SEEDS = ROOT / "dbt_project" / "seeds"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (VECTORS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def macros() -> Any:
    text = (ROOT / "dbt_project" / "macros" / "statistics.sql").read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals["ref"] = lambda name: name
    return environment.from_string(text).module


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as opened:
        for seed in ("t_quantile", "coding_policy"):
            text = (SEEDS / f"{seed}.csv").read_text(encoding="utf-8")
            columns = ", ".join(f"{c} numeric" for c in text.splitlines()[0].split(","))
            opened.execute(f"create temporary table {seed} ({columns})")
            with opened.cursor().copy(f"copy {seed} from stdin with (format csv, header)") as copy:
                copy.write(text)
        yield opened


def load(
    connection: psycopg.Connection[Any], name: str, table: Sequence[dict[str, Any]], texts: Sequence[str] = ()
) -> None:
    """A temporary table of the rows; columns are double precision but for those named in `texts`."""
    connection.execute(f"drop table if exists {name}")
    columns = list(table[0])
    connection.execute(
        f"create temporary table {name}"
        f" ({', '.join(f'{c} ' + ('text' if c in texts else 'double precision') for c in columns)})"
    )
    with connection.cursor().copy(f"copy {name} from stdin") as copy:
        for row in table:
            copy.write_row([None if row[c] == "" else row[c] for c in columns])


def computed(
    connection: psycopg.Connection[Any],
    name: str,
    expected: list[Row],
    texts: Sequence[str] = (),
    **expressions: str,
) -> None:
    """Each expression over the table of a vector file gives its column of the same name, in every row."""
    numbered: list[dict[str, Any]] = [{"line": str(i)} | row for i, row in enumerate(expected)]
    load(connection, name, numbered, texts)
    found = connection.execute(
        f"select {', '.join(expressions.values())} from {name} order by line"
    ).fetchall()
    assert len(found) == len(expected)
    for row, values in zip(expected, found, strict=True):
        for column, value in zip(expressions, values, strict=True):
            assert value == pytest.approx(float(row[column]), rel=0, abs=1e-9), (column, row)


def test_shares(connection: psycopg.Connection[Any], macros: Any) -> None:
    computed(
        connection,
        "shares",
        rows("proportion_intervals"),
        wilson_lo=macros.wilson_low("x", "n", "deff"),
        wilson_hi=macros.wilson_high("x", "n", "deff"),
    )


def test_rates(connection: psycopg.Connection[Any], macros: Any) -> None:
    computed(
        connection,
        "counts",
        rows("poisson_rates"),
        byar_lo=macros.byar_low("events", "exposure"),
        byar_hi=macros.byar_high("events", "exposure"),
    )


def test_difference_of_two_years(connection: psycopg.Connection[Any], macros: Any) -> None:
    computed(
        connection,
        "years",
        rows("difference_two_years"),
        ["reject_10"],
        newcombe_lo=macros.newcombe_low("x1", "n1", "x2", "n2"),
        newcombe_hi=macros.newcombe_high("x1", "n1", "x2", "n2"),
    )


def test_what_could_be_seen(connection: psycopg.Connection[Any], macros: Any) -> None:
    v = macros.mean_variance("n_each_year", "sd", "deff")
    table = rows("minimal_detectable_change")
    computed(
        connection,
        "seen",
        table,
        ["kind"],
        se=f"sqrt({v})",
        mdc95=macros.mdc(v, v),
        mdc95_power80=macros.mdc_power_80(v, v),
    )


def test_funnel(connection: psycopg.Connection[Any], macros: Any) -> None:
    arguments = ("p0", "n", "deff")
    computed(
        connection,
        "funnel",
        rows("funnel_limits"),
        n95_lo=macros.funnel_low(*arguments),
        n95_hi=macros.funnel_high(*arguments),
        n998_lo=macros.funnel_low(*arguments, z=macros.z_998()),
        n998_hi=macros.funnel_high(*arguments, z=macros.z_998()),
    )


def test_overdispersion(connection: psycopg.Connection[Any], macros: Any) -> None:
    rng = np.random.default_rng(7)
    y, v = rng.normal(0.5, 0.3, 40), rng.uniform(0.005, 0.02, 40)
    load(
        connection,
        "spread",
        [{"indicator": "E3", "y": a, "v": b, "centre": 0.5} for a, b in zip(y, v, strict=True)],
        ["indicator"],
    )
    (found,) = connection.execute(macros.overdispersion_of("spread", ["indicator"])).fetchall()
    assert found[1] == pytest.approx(funnel.overdispersion(y, v, 0.5), abs=1e-9)


@pytest.fixture(scope="module")
def teams(connection: psycopg.Connection[Any]) -> str:
    load(connection, "answer", rows("likert_input"), ["school", "team"])
    connection.execute(
        "create temporary table team_sum as select 'L2' as indicator, school as school_id, team as team_id,"
        " count(*) as n, sum(y) as total, sum(y ^ 2) as squares from answer group by 2, 3"
    )
    return "team_sum"


def test_resemblance_within_teams(connection: psycopg.Connection[Any], macros: Any, teams: str) -> None:
    (row,) = rows("icc_expected")
    found = connection.execute(
        "select answers_n, schools_n, teams_n, ms_between, ms_within, n0, icc, sd_within_school from"
        f" ({macros.icc_of(teams, ['indicator'])}) as one"
    ).fetchall()
    columns = ("N", "schools", "teams", "ms_between", "ms_within", "n0", "icc", "sd_pooled_within_school")
    assert len(found) == 1
    assert [float(v) for v in found[0]] == pytest.approx([float(row[c]) for c in columns], rel=0, abs=1e-9)


def test_means(connection: psycopg.Connection[Any], macros: Any, teams: str) -> None:
    deff = macros.design_effect("school.squared_sizes", "school.n", "whole.icc")
    arguments = ("school.mean", "school.n", "whole.sd_within_school", "(whole.answers_n - whole.schools_n)")
    found = connection.execute(
        f"with whole as ({macros.icc_of(teams, ['indicator'])}), school as (select school_id, sum(n) as n,"
        f" sum(n ^ 2) as squared_sizes, sum(total) / sum(n) as mean from {teams} group by 1) select"
        f" school_id, {deff}, {macros.mean_variance('school.n', 'whole.sd_within_school', deff)},"
        f" {macros.mean_low(*arguments, deff)}, {macros.mean_high(*arguments, deff)},"
        f" {macros.t_975(arguments[3])} from school cross join whole order by school_id"
    ).fetchall()
    expected = rows("likert_expected")
    assert len(found) == len(expected) == 8
    for row, values in zip(expected, found, strict=True):
        assert values[0] == row["school"]
        assert list(values[1:]) == pytest.approx(
            [float(row[c]) for c in ("deff", "v_pooled", "lo", "hi", "t_quantile")], rel=0, abs=1e-9
        )


def test_mean_is_kept_on_the_scale(connection: psycopg.Connection[Any], macros: Any) -> None:
    found = connection.execute(
        f"select {macros.mean_low('1.1', '5', '1', '100')}, {macros.mean_high('4.9', '5', '1', '100')}"
    ).fetchone()
    assert found == (1, 5)
    assert likert.mean_interval(1.1, 5, 1, 100).low == 1


def test_quantiles_on_both_sides_of_the_table(connection: psycopg.Connection[Any], macros: Any) -> None:
    found = connection.execute(
        f"select df, {macros.t_975('df')} from (select generate_series(1, 400) as df union all select 30000)"
        " as wanted order by df"
    ).fetchall()
    assert len(found) == 401
    for df, value in found:
        assert value == pytest.approx(t_quantile(df), abs=1e-9), df


@pytest.mark.parametrize("name", ["eb_likert_expected", "eb_proportion_expected"])
def test_shrunken_values(connection: psycopg.Connection[Any], macros: Any, name: str) -> None:
    expected = [r for r in rows(name) if r["method"] == "DL"]
    table: list[dict[str, Any]] = [
        {"indicator": "E3", "school": r["school"]}
        | {c: float(r[c]) for c in r if c not in ("method", "school")}
        for r in expected
    ]
    load(connection, "shown", table, ["indicator", "school"])
    y, v = (
        ("y", "v")
        if name == "eb_likert_expected"
        else ("x / n", macros.share_variance("p_pooled", "n", "deff"))
    )
    query = macros.shrunken_of("shown", ["indicator"], ["school"], y, v)
    z = macros.z_95()
    found = connection.execute(
        f"select school, v, tau2, common, reliability, shrunken, shrunken_sd, shrunken - {z} * shrunken_sd,"
        f" shrunken + {z} * shrunken_sd, q from ({query}) as made"
    ).fetchall()
    assert len(found) == len(expected) >= 8
    by_school = {f[0]: f[1:] for f in found}
    columns = ["v", "tau2", "mu", "reliability", "shrunk", "post_sd", "lo", "hi"] + (
        ["Q"] if name == "eb_likert_expected" else []
    )
    for row in expected:
        assert list(by_school[row["school"]])[: len(columns)] == pytest.approx(
            [float(row[c]) for c in columns], rel=0, abs=1e-9
        )


def test_trends(connection: psycopg.Connection[Any], macros: Any) -> None:
    points = rows("trend_input") + [
        {"school": "S9", "year": year, "mean": "3", "n": "20", "v": "0.04"} for year in ("2021", "2022")
    ]
    load(connection, "point", points, ["school"])
    query = macros.trend_of("point", ["school"], "year", "mean", macros.mean_variance("n", "0.8", "1.3"))
    found = connection.execute(
        f"select school, years_n, slope, slope_se, slope_low, slope_high, fit_chi2, fit_df from ({query}) as"
        " line order by 1"
    ).fetchall()
    expected = rows("trend_expected")
    assert [f[0] for f in found] == [r["school"] for r in expected] == ["S1", "S2", "S3"]
    for row, values in zip(expected, found, strict=True):
        assert list(values[1:]) == pytest.approx(
            [float(row[c]) for c in ("years", "slope", "se", "lo", "hi", "resid_chi2", "resid_df")],
            rel=0,
            abs=1e-9,
        )


def test_how_probable_a_line_is_without_a_change(connection: psycopg.Connection[Any], macros: Any) -> None:
    found = connection.execute(
        f"select z, {macros.two_sided_p('z')} from generate_series(-40, 40, 0.25) as z"
    ).fetchall()
    assert len(found) == 321
    for z, p in found:
        assert p == pytest.approx(2 * norm.sf(abs(float(z))), rel=1e-5, abs=1e-290), z
        if abs(z) < 7:
            assert p == pytest.approx(2 * norm.sf(abs(float(z))), rel=1e-8, abs=0), z


def test_unknown_stays_unknown(connection: psycopg.Connection[Any], macros: Any) -> None:
    unknown, none = "null::numeric", "0::numeric"
    expressions = [
        *(m(unknown, "10") for m in (macros.wilson_low, macros.wilson_high)),
        *(m("3", unknown) for m in (macros.wilson_low, macros.wilson_high)),
        *(m(none, none) for m in (macros.wilson_low, macros.wilson_high)),
        *(m(none, unknown) for m in (macros.wilson_low, macros.byar_low)),
        *(m(unknown) for m in (macros.byar_low, macros.byar_high)),
        *(m(unknown, "10", "1", "20") for m in (macros.mean_low, macros.mean_high)),
        *(m("3", "10", unknown, "20") for m in (macros.mean_low, macros.mean_high)),
        macros.mdc("0.1", unknown),
        macros.newcombe_low("1", "5", unknown, "5"),
        macros.design_effect("10", none, "0.1"),
        macros.funnel_low("0.5", none),
    ]
    assert connection.execute(f"select {', '.join(expressions)}").fetchone() == (None,) * len(expressions)


def test_rules_in_sql_and_python_are_the_same(connection: psycopg.Connection[Any], macros: Any) -> None:
    policy = agreement.read_policy(SEEDS / "coding_policy.csv")
    cases = [(t, u, a) for t in (0, 1, 2, 3) for u in (29, 30) for a in (None, 0.66, 0.667, 0.9)]
    for teams_n, units_n, value in cases:
        sql = macros.coding_sufficient(
            f"{teams_n}", f"{units_n}", "null::numeric" if value is None else f"{value}"
        )
        ours = agreement.coverage([agreement.CodedMaterial("joint", teams_n, units_n, 5, value)], policy)
        assert connection.execute(f"select {sql}").fetchone() == (ours.status == "observed",)
    assert connection.execute(f"select {macros.coding_sufficient('null::int', '40', '0.9')}").fetchone() == (
        False,
    )


def test_difference_in_sql_and_python_are_the_same(connection: psycopg.Connection[Any], macros: Any) -> None:
    cases = [(x1, 9, x2, 14) for x1 in (0, 4, 9) for x2 in (0, 7, 14)]
    for case in cases:
        arguments = [str(c) for c in case]
        found = connection.execute(
            f"select {macros.newcombe_low(*arguments, '1.2', '1.4')},"
            f" {macros.newcombe_high(*arguments, '1.2', '1.4')}"
        ).fetchone()
        ours = proportions.newcombe(*case, 1.2, 1.4)
        assert found == pytest.approx(tuple(ours), abs=1e-9)
