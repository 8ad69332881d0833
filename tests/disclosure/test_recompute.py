"""All published numbers that rest on people are a function of the gate's atoms: counted again, on the
invented network and on the demonstration."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import again
import numpy as np
import psycopg
import pytest
from conftest import copy_of, dbt
from psycopg.types.json import Jsonb

from innenfra.database import local
from innenfra.settings import Settings
from innenfra.statistics.funnel import normal_limits, overdispersion
from innenfra.statistics.pooling import share_variances
from innenfra.statistics.trend import may_be_named, trend
from orchestration.release import audit
from orchestration.warehouse import manifest

SHOWN = ("observed", "stated_zero", "provisional")
PEOPLE = (
    "select value.* from published.{relation} as value where exists (select 1 from marts.indicator_measure as"
    " measure where measure.indicator_id = value.indicator_id and measure.disclosure <> 'structural' and"
    " value.slice @> measure.slice::jsonb) and value.unit = 'share'"
)
BANDS = {"5_9": (5, 9), "10_19": (10, 19), "20_29": (20, 29), "30_plus": (30, 10**6)}


@pytest.fixture(scope="module")
def released(settings: Settings, server: local.Server, network: str) -> str:
    """Three indicators of the invented network, with the gate and what it publishes; nine of ten schools have
    looked."""
    made = copy_of(server, network)
    with psycopg.connect(made) as connection:
        connection.execute("delete from marts.indicator_value where indicator_id > 'X03'")
        connection.execute(
            "insert into dialogue.member_check (school_id, release_id, by_subject, answer) select distinct"
            " school_id, 1, 'test', 'recognised' from register.school where right(school_id, 1) <> '7'"
        )
        # a year of some schools is not certain, since its calendar is not there
        connection.execute(
            "update marts.indicator_value set status = 'provisional'"
            " where indicator_id = 'X02' and period = '2020/21' and right(school_id, 2) in ('11', '23', '42')"
        )
    dbt(settings, made, "run", "--select", "path:models/gate", "path:models/published")
    return made


@pytest.fixture(
    params=[
        pytest.param(world, marks=pytest.mark.xdist_group(world)) for world in ("network", "demonstration")
    ]
)
def connection(request: pytest.FixtureRequest) -> Any:
    url = request.getfixturevalue("released" if request.param == "network" else "built_database")
    with psycopg.connect(url) as made:
        yield made


class Compared:
    """Numbers held against one another; an exact one is a rounded one where `to` says so."""

    def __init__(self) -> None:
        self.n = 0
        self.wrong: list[str] = []

    def same(self, name: object, published: Any, counted: float | None, to: float = 1e-9) -> None:
        self.n += 1
        if (published is None) != (counted is None) or (
            counted is not None and abs(float(published) - counted) > to + 1e-9
        ):
            self.wrong.append(f"{name}: published {published}, counted {counted}")


ROUNDED = 0.005
BOUNDS = ("=", "<=", ">=", "range")
NUMBERS = ("numerator", "numerator_high", "denominator", "value", "value_high")


def key_of(row: Any) -> again.Key:
    return (
        row.school_id,
        row.partnership_id,
        row.indicator_id,
        row.definition_version,
        again.text(row.slice),
        row.period_type,
        row.period,
    )


def test_every_number_is_counted_again(
    connection: psycopg.Connection, request: pytest.FixtureRequest, figures: dict[str, str]
) -> None:
    compared = Compared()
    atoms = again.atoms(connection)
    sums = again.school_sums(connection, atoms)
    own = again.rows(connection, PEOPLE.format(relation="school_indicator_value"))
    seen = again.rows(connection, PEOPLE.format(relation="indicator_value"))
    families = {key_of(r): r.comparison_family for r in own}
    pulled = again.shrunken(sums, families, {r.indicator_id for r in own if r.comparability_class == "K3"})
    for row in own:
        of_school(compared, row, sums.get(key_of(row)), pulled.get(key_of(row)))
    lacking = protected_rounds(compared, connection, own, sums)
    from_told = again.pulled_as_told([r for r in seen if r.unit_level == "school"], sums, key_of, pulled)
    for row in seen:
        if row.unit_level == "school":
            of_others(compared, row, sums.get(key_of(row)), from_told.get(key_of(row)))
    pools(compared, [r for r in seen if r.unit_level == "pool"], atoms)
    awaited = {
        (r.school_id, r.partnership_id, r.indicator_id, r.definition_version, r.period_type, r.period)
        for r in seen
        if r.status == "awaiting_member_check"
    }
    totals = again.unit_sums(connection, atoms, awaited)
    above = [r for r in seen if r.unit_level not in ("school", "pool")]
    for row in above:
        of_unit(compared, row, totals)
    held = references(compared, connection, sums)
    by_year = [r for r in seen if r.unit_level == "school" and r.period_type == "school_year"]
    lines = trends(compared, by_year, again.rows(connection, "select * from published.trend"))
    name = request.node.callspec.params["connection"]
    of_pools = [r for r in seen if r.unit_level == "pool"]
    unsure = provisional(compared, connection, [*own, *of_pools, *above], totals)
    assert unsure if name == "network" else not unsure
    assert lacking or name == "network"
    figures[f"disclosure, numbers counted again from the atoms ({name})"] = (
        f"{compared.n} numbers, in {len(own)} values of schools, {len(above)} of units above, {held} that"
        f" schools are held against and {lines} lines over years; {len(compared.wrong)} differ"
    )
    assert compared.wrong[:10] == []
    assert compared.n > 5_000
    assert held > 2
    assert lines > 20
    assert sum(r.status in SHOWN for r in above if r.period_type == "year_block") > 100
    assert any(r.status in SHOWN and r.shrunken is not None for r in own if r.period_type == "year_block")


def of_school(
    compared: Compared, row: Any, one: again.Sum | None, pulled: tuple[float, float] | None
) -> None:
    """As the school itself sees it: all that passed is shown, and nothing else."""
    is_there = one is not None and row.status not in (
        "not_collected",
        "not_in_design",
        "not_applicable",
        "insufficient",
    )
    if not is_there or one.is_rest or one.is_too_wide:
        for name in (*NUMBERS, "interval_low", "interval_high", "shrunken", "reliability", "n_respondents"):
            compared.same((key_of(row), name), getattr(row, name), None)
        if is_there and row.status == "suppressed":
            assert row.status_reason == ("few_chose" if one.is_rest else "range_too_wide"), key_of(row)
        return
    assert one is not None
    assert row.status_reason is None
    high = one.high if one.bound == "range" else None
    for name, counted in zip(
        (*NUMBERS, "n_respondents"),
        (one.shown, high, one.base, one.shown / one.base, high and high / one.base, one.n),
        strict=True,
    ):
        compared.same((key_of(row), name), getattr(row, name), counted, 1e-6)
    compared.same((key_of(row), "bound"), BOUNDS.index(row.bound), BOUNDS.index(one.bound))
    of_estimates(compared, row, one.interval, pulled)


def of_estimates(
    compared: Compared, row: Any, interval: tuple[float, float], pulled: tuple[float, float] | None
) -> None:
    for name, counted in zip(("interval_low", "interval_high"), interval, strict=True):
        compared.same((key_of(row), name), getattr(row, name), counted, ROUNDED)
    for name, estimate in zip(("shrunken", "reliability"), pulled or (None, None), strict=True):
        compared.same((key_of(row), name), getattr(row, name), estimate, ROUNDED)


def of_others(
    compared: Compared, row: Any, one: again.Sum | None, pulled: tuple[float, float] | None
) -> None:
    """As others see it: rounded and in bands, or waiting for the school."""
    assert row.numerator is None
    assert row.numerator_high is None
    assert row.denominator is None
    assert row.n_respondents is None
    if row.status not in SHOWN:
        for name in (
            "value",
            "value_high",
            "n_band",
            "interval_low",
            "interval_high",
            "shrunken",
            "reliability",
        ):
            compared.same((key_of(row), name), getattr(row, name), None)
        return
    assert one is not None
    low, high = BANDS[row.n_band]
    compared.same((key_of(row), "n_band"), int(low <= one.n <= high), 1)
    if row.indicator_id == "E3":
        of_rate(compared, key_of(row), row, one)
        return
    bound, value, high = one.told
    compared.same((key_of(row), "bound"), BOUNDS.index(row.bound), BOUNDS.index(bound))
    if one.bound in ("<=", ">="):
        compared.same((key_of(row), "value"), row.value, one.shown / one.base, ROUNDED)
    else:
        compared.same((key_of(row), "value"), row.value, value)
    compared.same((key_of(row), "value_high"), row.value_high, high)
    of_estimates(compared, row, again.told_interval(float(row.value), row.bound, high, one.n), pulled)


def of_rate(compared: Compared, key: again.Key, row: Any, one: again.Sum) -> None:
    """A response rate in tenths that hold all that it can be."""
    tenths = [int(end / one.base * 10 + 1e-9) for end in (one.low, one.high)]
    compared.same((*key, "value"), row.value, min(tenths[0], 8) / 10)
    compared.same((*key, "value_below"), row.value_below, (tenths[1] + 1) / 10 if tenths[1] < 8 else None)
    compared.same((*key, "bound"), BOUNDS.index(row.bound), BOUNDS.index(">=" if tenths[1] >= 8 else "="))


def protected_rounds(
    compared: Compared, connection: psycopg.Connection, own: list[Any], sums: dict[again.Key, again.Sum]
) -> int:
    """What protected rounds are left out of is never comparable without a word; returns how much it is."""
    rounds = again.rounds_asked(connection)
    found = 0
    for row in own:
        if row.status not in SHOWN:
            continue
        question = again.text({key: code for key, code in row.slice.items() if key != "answer"})
        about = (row.school_id, row.partnership_id, row.indicator_id, row.definition_version, question)
        asked = rounds[(*about, row.period_type, row.period)]
        told = {(atom.period_type, atom.period) for atom in sums[key_of(row)].atoms}
        if asked != told:
            found += 1
            compared.same((key_of(row), "lacks rounds"), row.comparability == "comparable", False)
        says_so = row.comparability_reason == "protected_rounds"
        compared.same((key_of(row), "has its rounds"), says_so and asked == told, False)
    return found


def provisional(
    compared: Compared, connection: psycopg.Connection, values: list[Any], totals: dict[again.Key, again.Sum]
) -> int:
    """What rests on a year that may be another is preliminary, at every level and in its block; returns how
    many are."""
    years = again.provisional_years(connection)
    atoms = again.provisional_atoms(connection)
    pools = {(key[1], key[3], key[4], key[5], key[7]) for key in atoms if key[0] == "pool"}
    found = 0
    for row in values:
        if row.status not in SHOWN or row.period_type not in ("school_year", "year_block"):
            continue
        question = {key: code for key, code in row.slice.items() if key not in ("answer", "structure")}
        about = (row.indicator_id, row.definition_version, again.text(question))
        if row.unit_level == "school":
            of_row = [key[5] for key in years if key[:5] == (row.school_id, row.partnership_id, *about)]
            expected = any(row.period in (year, again.block_of(year)) for year in of_row)
        elif row.unit_level == "pool":
            expected = (row.unit_id, *about, row.period) in pools
        else:
            expected = any(again.atom_key(atom) in atoms for atom in totals[total_key(row)].atoms)
        found += expected
        compared.same(
            (row.unit_level, row.unit_id, *about, row.period, row.status),
            row.status == "provisional",
            expected,
        )
    return found


def pools(compared: Compared, rows: list[Any], atoms: list[Any]) -> None:
    known = {
        (a.unit_id, a.indicator_id, a.definition_version, again.text(a.slice), a.period, a.family): a
        for a in atoms
        if a.unit_level == "pool"
    }
    for row in rows:
        atom = known[
            row.unit_id,
            row.indicator_id,
            row.definition_version,
            again.text(row.slice),
            row.period,
            row.comparison_family or "",
        ]
        share = (
            None
            if atom.is_rest or row.indicator_id == "E3"
            else (atom.high if atom.bound == "<=" else atom.low) / atom.base
        )
        compared.same(
            (row.unit_id, row.period),
            row.value,
            share if share is None or row.bound != "=" else again.told_share(share, atom.n),
            ROUNDED,
        )
        compared.same(
            (row.unit_id, row.period, "n"),
            row.n_band is None or BANDS[row.n_band][0] <= atom.n <= BANDS[row.n_band][1],
            True,
        )


def total_key(row: Any) -> again.Key:
    slice_ = {name: value for name, value in row.slice.items() if name != "structure"}
    return (
        row.unit_level,
        row.unit_id,
        row.slice.get("structure", ""),
        row.indicator_id,
        row.definition_version,
        again.text(slice_),
        row.period_type,
        row.period,
    )


def of_unit(compared: Compared, row: Any, totals: dict[again.Key, again.Sum]) -> None:
    key = total_key(row)
    one = totals.get(key)
    assert (row.numerator, row.denominator, row.n_respondents) == (None, None, None)
    if row.status not in SHOWN:
        compared.same(key, row.value, None)
        assert (
            one is None
            or one.n < 10
            or len({a.family for a in one.atoms}) > 1
            or one.is_rest
            or one.is_too_wide
        ), key
        if row.status == "suppressed":
            why = (
                "few_people"
                if one is None
                else "few_people_together"
                if one.n < 10
                else "few_chose"
                if one.is_rest
                else "range_too_wide"
            )
            assert row.status_reason == why, key
        return
    assert one is not None, key
    low, high = BANDS[row.n_band]
    assert 10 <= low <= one.n <= high
    if row.indicator_id == "E3":
        of_rate(compared, key, row, one)
        return
    bound, value, high = one.told
    compared.same((*key, "bound"), BOUNDS.index(row.bound), BOUNDS.index(bound))
    compared.same((*key, "value"), row.value, value)
    compared.same((*key, "value_high"), row.value_high, high)
    for name, counted in zip(
        ("interval_low", "interval_high"),
        again.told_interval(float(row.value), bound, high, one.n),
        strict=True,
    ):
        compared.same((*key, name), getattr(row, name), counted, ROUNDED)


def references(compared: Compared, connection: psycopg.Connection, sums: dict[again.Key, again.Sum]) -> int:
    """Median, spread, common share and limits, over the schools that others see and may compare."""
    groups: dict[again.Key, list[Any]] = defaultdict(list)
    for row in again.rows(
        connection,
        PEOPLE.format(relation="indicator_value")
        + " and unit_level = 'school' and comparability <> 'not_comparable'",
    ):
        if (
            row.comparability_class != "K3"
            and row.status in SHOWN
            and row.period_type in ("school_year", "year_block")
        ):
            assert row.n_band not in ("under_5", "5_9")
            assert row.reliability is None or row.reliability >= 0.5
            family = row.comparison_family if row.comparability_class == "K2" else None
            groups[
                row.indicator_id,
                row.definition_version,
                again.text(row.slice),
                row.period_type,
                row.period,
                family,
            ].append(row)
    groups = {key: members for key, members in groups.items() if len({m.school_id for m in members}) >= 5}
    groups = {
        key: members
        for key, members in groups.items()
        if exact_of(members) or any(q is not None for q in quarters(members).values())
    }
    published = again.rows(connection, "select * from published.reference_value where rests_on_people")
    by_key = {
        (
            r.indicator_id,
            r.definition_version,
            again.text(r.slice),
            r.period_type,
            r.period,
            r.comparison_family,
        ): r
        for r in published
    }
    assert by_key.keys() == groups.keys()
    for key, row in by_key.items():
        compared.same((key, "schools"), row.schools_n, len({m.school_id for m in groups[key]}))
        for name, counted in quarters(groups[key]).items():
            compared.same((key, name), getattr(row, name), counted, ROUNDED)
        exact = exact_of(groups[key])
        if exact is None:
            assert row.common_share is None
            assert row.overdispersion is None
            continue
        ys, ns = (
            [sums[key_of(m)].low / sums[key_of(m)].base for m in exact],
            [sums[key_of(m)].n for m in exact],
        )
        xs = [y * n for y, n in zip(ys, ns, strict=True)]
        common = sum(xs) / sum(ns)
        compared.same((key, "common_share"), row.common_share, common, ROUNDED)
        phi = overdispersion(ys, share_variances(xs, ns, again.DESIGN_EFFECT), common)
        compared.same((key, "overdispersion"), row.overdispersion, phi, ROUNDED)
    limits = again.rows(connection, "select * from published.funnel_limit")
    assert len(limits) == 3 * sum(r.common_share is not None for r in published)
    for row in limits:
        whole = by_key[
            row.indicator_id,
            row.definition_version,
            again.text(row.slice),
            row.period_type,
            row.period,
            row.comparison_family,
        ]
        assert row.n == BANDS[row.n_band][0]
        for level, names in ((0.95, ("low_95", "high_95")), (0.998, ("low_998", "high_998"))):
            made = normal_limits(
                float(whole.common_share), row.n, again.DESIGN_EFFECT, level, float(whole.overdispersion)
            ).clipped(0.0, 1.0)
            compared.same((row, names), getattr(row, names[0]), made.low, ROUNDED)
            compared.same((row, names), getattr(row, names[1]), made.high, ROUNDED)
    return len(published) + len(limits)


def exact_of(members: list[Any]) -> list[Any] | None:
    """The schools whose number is told as it is, where they are enough: ends of bands and ranges are no
    numbers."""
    exact = [m for m in members if m.bound == "=" and m.value_below is None]
    return exact if len({m.school_id for m in exact}) >= 5 else None


def quarters(members: list[Any]) -> dict[str, float | None]:
    """Quarters and median, and the most that they can be where only ends are told; nothing where these lie
    too far apart."""
    least = np.quantile([0.0 if m.bound == "<=" else float(m.value) for m in members], QUARTERS)
    most = np.quantile(
        [float(m.value_below or (1.0 if m.bound == ">=" else m.value_high or m.value)) for m in members],
        QUARTERS,
    )
    made: dict[str, float | None] = {}
    for name, low, high in zip(
        ("low_quarter", "median", "high_quarter"), map(half_up, least), map(half_up, most), strict=True
    ):
        is_told = high - low <= again.WIDEST + 1e-9
        made |= {
            name: low if is_told else None,
            f"{name}_high": high if is_told and high - low > 1e-9 else None,
        }
    return made


QUARTERS = (0.25, 0.5, 0.75)


def half_up(share: float) -> float:
    return int(float(share) * 100 + 0.5 + 1e-9) / 100


def trends(compared: Compared, seen: list[Any], published: list[Any]) -> int:
    """The lines over years, from what others see and nothing else; returns how many there are."""
    series: dict[Any, list[Any]] = defaultdict(list)
    for row in sorted(seen, key=lambda r: r.period):
        series[
            row.school_id, row.partnership_id, row.indicator_id, row.definition_version, again.text(row.slice)
        ].append(row)
    made: dict[Any, tuple[Any, Any]] = {}
    for key, rows in series.items():
        starts = [i for i, r in enumerate(rows) if r.break_before]
        told = [
            (i, r)
            for i, r in enumerate(rows)
            if r.status in SHOWN and r.bound == "=" and r.value_below is None and r.n_band in BANDS
        ]
        if told:
            newest, last = told[-1]
            first = max((i for i in starts if i <= newest), default=0)
            piece = [r for i, r in told if i >= first and r.comparison_family == last.comparison_family]
            xs, ns = [float(r.value) for r in piece], [BANDS[r.n_band][0] for r in piece]
            common = sum(x * n for x, n in zip(xs, ns, strict=True)) / sum(ns)
            common = max(0.5 / sum(ns), min(1 - 0.5 / sum(ns), common))
            variances = [common * (1 - common) * again.DESIGN_EFFECT / n for n in ns]
            made[key] = (piece, trend([int(r.period[:4]) for r in piece], xs, variances))
    together: dict[Any, list[Any]] = defaultdict(list)
    for key, (piece, line) in made.items():
        if line is not None:
            together[key[2], key[3], key[0] if piece[-1].comparability_class == "K3" else None].append(key)
    named = {
        key: (is_named, len(keys))
        for keys in together.values()
        for key, is_named in zip(keys, may_be_named([made[k][1].p_value for k in keys]), strict=True)
    }
    by_key = {
        (r.school_id, r.partnership_id, r.indicator_id, r.definition_version, again.text(r.slice)): r
        for r in published
    }
    assert by_key.keys() == made.keys()
    for key, row in by_key.items():
        piece, line = made[key]
        assert (row.first_year, row.last_year, row.years_n) == (piece[0].period, piece[-1].period, len(piece))
        compared.same((key, "slope"), row.slope, line and line.slope, 0.00005)
        compared.same((key, "slope_low"), row.slope_low, line and line.interval.low, 0.00005)
        compared.same((key, "slope_high"), row.slope_high, line and line.interval.high, 0.00005)
        compared.same((key, "tested_n"), row.tested_n, line and named[key][1])
        way = None if line is None else "no_certain_change"
        if line is not None and named[key][0] and line.interval.excludes(0.0):
            way = "rising" if line.slope > 0 else "falling"
        assert row.direction == way, key
        assert (row.status == "observed") == (line is not None)
    return sum(line is not None for _, line in made.values())


def test_a_line_that_is_there_is_named(released: str, settings: Settings, server: local.Server) -> None:
    planted = copy_of(server, released)
    with psycopg.connect(planted) as connection:
        found = connection.execute(
            "select unit_id, indicator_id, slice from gate.shown_value where unit_level = 'school' and"
            " gate_reason = 'respondents' and period_type = 'school_year' and status = 'observed' and bound ="
            " '=' and n_band in ('20_29', '30_plus') group by 1, 2, 3 having count(*) >= 5 order by 1, 2, 3"
            " limit 2"
        ).fetchall()
        assert len(found) == 2
        for (school, indicator, cut), step in zip(found, (0.2, -0.2), strict=True):
            connection.execute(
                "update gate.shown_value set value = 0.5 + %s * (left(period, 4)::int - 2020) / 2 where"
                " unit_id = %s and indicator_id = %s and slice = %s and period_type = 'school_year' and value"
                " is not null",
                (step, school, indicator, Jsonb(cut)),
            )
    dbt(settings, planted, "run", "--select", "gate_trend")
    compared = Compared()
    with psycopg.connect(planted) as connection:
        seen = again.rows(
            connection,
            "select * from gate.shown_value where unit_level = 'school' and gate_reason = 'respondents' and"
            " unit = 'share' and period_type = 'school_year'",
        )
        published = again.rows(connection, "select * from gate.trend")
    assert trends(compared, seen, published) > 100
    assert compared.wrong == []
    named = {
        (r.school_id, r.indicator_id, again.text(r.slice)): r.direction
        for r in published
        if r.direction in ("rising", "falling")
    }
    assert {key: named.get(key) for key in ((s, i, again.text(c)) for s, i, c in found)} == {
        (found[0][0], found[0][1], again.text(found[0][2])): "rising",
        (found[1][0], found[1][1], again.text(found[1][2])): "falling",
    }
    assert len(named) < 20


def test_the_demonstrations_own_release_has_no_leak(built_database: str, figures: dict[str, str]) -> None:
    made = audit(built_database)
    with psycopg.connect(built_database) as connection:
        release = connection.execute(
            "select state, audit from published.release where state = 'published' order by release_id desc"
            " limit 1"
        ).fetchone()
    assert release
    written = release[1]
    figures["disclosure, demonstration"] = (
        f"{made.figures['cells']} cells, {made.figures['withheld']} withheld, {made.figures['coded']} told as"
        f" a bound, leaks {sum(len(cells) for cells in made.found.values())}"
    )
    assert made.found == {name: [] for name in made.found}
    # the release wrote down the same figures, and as many kinds of leaks as the audit looks for
    assert written == made.figures | dict.fromkeys(made.found, 0)
    assert made.figures["withheld"] > 50


def test_blocks_are_disjoint_and_the_only_windows(connection: psycopg.Connection) -> None:
    """Each school year is in one block; every period of several years is one of them."""
    blocks = again.rows(connection, "select school_year, year_block, block_years from gate.year_block")
    assert len({b.school_year for b in blocks}) == len(blocks) == 100
    assert all(again.block_of(b.school_year) == b.year_block for b in blocks)
    of_block: dict[str, int] = defaultdict(int)
    for one in blocks:
        of_block[one.year_block] += 1
    assert sorted(set(of_block.values())) in (
        [3],
        [1, 3],
        [2, 3],
        [1, 2, 3],
    )  # the century's ends cut a block
    for relation in ("indicator_value", "school_indicator_value", "reference_value"):
        told = again.rows(connection, f"select distinct period_type, period from published.{relation}")
        several = {r.period for r in told if "-" in r.period}
        assert several
        assert several <= of_block.keys()
        assert all(r.period_type == "year_block" for r in told if "-" in r.period)


def test_a_true_sum_over_a_block_is_found(released: str, server: local.Server) -> None:
    """The audit reads blocks too, of schools and of units above."""
    planted = copy_of(server, released)
    with psycopg.connect(planted) as connection:
        school = connection.execute(
            "select atom.unit_id, atom.indicator_id, block.year_block from gate.atom as atom inner join"
            " gate.year_block as block using (school_year) where atom.unit_level = 'school' and exists ("
            " select 1 from gate.unit_value as above where above.unit_level = 'network' and above.status ="
            " 'observed' and above.indicator_id = atom.indicator_id and above.period_type = 'year_block' and"
            " above.period = block.year_block) group by 1, 2, 3"
            " having count(*) = 3 and sum(atom.low_x) < sum(atom.high_x) order by 1, 2, 3 limit 1"
        ).fetchone()
        assert school
        for relation, where in (
            ("indicator_value", "school_id = %(school)s"),
            ("unit_value", "unit_level = 'network' and status = 'observed'"),
        ):
            columns = (
                "(part_numerator, part_numerator_high)"
                if relation == "unit_value"
                else "bound = '=', (numerator, numerator_high)"
            )
            connection.execute(
                f"update gate.{relation} as value set {columns} = (select sum(cell.x), sum(cell.x) from"
                " gate.cell as cell where cell.indicator_id = %(indicator)s and cell.year_block = %(block)s"
                f" and (cell.school_id = %(school)s or value.unit_level = 'network')) where {where} and"
                " value.indicator_id = %(indicator)s and value.period_type = 'year_block' and value.period ="
                " %(block)s",
                dict(zip(("school", "indicator", "block"), school, strict=True)),
            )
    assert audit(released).found == {name: [] for name in audit(released).found}
    found = audit(planted).found["total_not_from_the_gate"]
    assert sorted(one.split(" ")[0] for one in found) == ["network", "school"]


def test_numbers_of_people_come_through_the_atoms_only() -> None:
    """By dbt's manifest: in the gate, true numbers reach what is published through cell and atom alone."""
    made = json.loads(manifest().read_text())
    name = {n: n.split(".")[-1] for n in made["nodes"]}
    parents = {
        name[n]: {name.get(p, p) for p in made["parent_map"][n]}
        for n in made["nodes"]
        if n.startswith("model.")
    }
    gate = {n for n in parents if n.startswith("gate_")}
    reads_values = {
        n for n in parents if n.startswith(("gate_", "published_")) and "indicator_value" in parents[n]
    }
    # true numbers are read in one place, things that are not people in another, and the frame has no number
    assert reads_values == {"gate_cell", "gate_structural_value", "gate_people_frame"}
    frame = set(made["nodes"]["model.innenfra.gate_people_frame"]["columns"])
    assert not frame & {"numerator", "denominator", "value", "n_respondents", "n", "x", "base"}
    assert "disclosure = 'structural'" in made["nodes"]["model.innenfra.gate_structural_value"]["raw_code"]
    # gate_asked takes codes and days from the cells, and no number
    assert {n for n in gate if "gate_cell" in parents[n]} == {"gate_membership", "gate_atom", "gate_asked"}
    assert not set(made["nodes"]["model.innenfra.gate_asked"]["columns"]) & {
        "numerator",
        "denominator",
        "value",
        "n_respondents",
        "n",
        "x",
        "base",
    }
    assert {n for n in gate if "gate_atom" in parents[n]} == {"gate_told_atom"}
    assert not {n for n in parents if n.startswith("published_")} & {
        n for n, p in parents.items() if p & {"gate_cell", "gate_atom", "gate_membership", "gate_told_atom"}
    }


def test_nothing_published_is_a_mean_of_answers(connection: psycopg.Connection) -> None:
    """Numbers that rest on people are shares; answers on a scale are told option by option and never
    averaged."""
    measures = again.rows(
        connection,
        "select indicator_id, unit, disclosure from marts.indicator_measure where disclosure <> 'structural'",
    )
    assert {m.unit for m in measures} == {"share"}
    for relation in ("indicator_value", "school_indicator_value"):
        told = again.rows(connection, PEOPLE.format(relation=relation))
        assert len(told) > 1_000
        assert all(0 <= r.value <= 1 for r in told if r.value is not None)
        scaled = {r.indicator_id for r in told} & {
            m.indicator_id for m in measures if m.disclosure == "distribution"
        }
        assert all("answer" in r.slice for r in told if r.indicator_id in scaled and r.value is not None)
    known = again.rows(
        connection,
        "select table_name, column_name from information_schema.columns where table_schema = 'published'",
    )
    assert not [
        c for c in known if "mean" in c.column_name.split("_") or "average" in c.column_name.split("_")
    ]
