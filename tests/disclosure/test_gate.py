"""The gate's own SQL on an invented network of 300 schools × 10 years × 12 indicators, attacked."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
import world
from conftest import copy_of, dbt

from innenfra.database import access, local
from innenfra.disclosure.attack import Sum
from innenfra.disclosure.audit import Hidden
from innenfra.disclosure.audit import audit as attack
from innenfra.disclosure.release import remember
from innenfra.settings import Settings
from orchestration.release import audit

CORE = ("gate_membership", "gate_atom")
"""The rules themselves: from cells to atoms."""

REMEMBERED = ("gate_asked", "gate_renamed", "gate_shown_before", "gate_past_atom", "gate_pooled_before")
"""What earlier releases showed, found again."""


@pytest.fixture(scope="module")
def url(server: local.Server, network: str) -> str:
    return copy_of(server, network)


@pytest.fixture(scope="module")
def gated(settings: Settings, url: str) -> dict[str, float]:
    """Seconds by model."""
    return dbt(settings, url, "run", "--select", "path:models/gate")


def said(url: str) -> list[world.Answer]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select value.school_id, school.municipality_no, value.partnership_id, value.indicator_id,"
            " value.period, value.numerator::int, value.denominator::int from marts.indicator_value as value"
            " inner join register.school as school using (school_id)"
        ).fetchall()
    return [world.Answer(world.Place(s, m, u), i, p, x, n) for s, m, u, i, p, x, n in rows]


def test_no_leak_and_quick(url: str, gated: dict[str, float], figures: dict[str, str]) -> None:
    gate_seconds = sum(gated[name] for name in CORE)
    started = time.monotonic()
    made = audit(url)
    seconds = time.monotonic() - started
    figures["disclosure, 300 schools × 10 years × 12 indicators"] = (
        f"{made.figures['cells']} cells, {made.figures['withheld']} withheld, {made.figures['coded']} told as"
        f" a bound, {made.figures['insider_pairs']} insider pairs, leaks"
        f" {sum(len(cells) for cells in made.found.values())}; gate {gate_seconds:.2f} s, audit"
        f" {seconds:.1f} s"
    )
    assert made.figures["cells"] > 33_000
    assert made.figures["withheld"] > 500
    assert made.figures["coded"] > 3_000
    assert made.figures["insider_pairs"] > 1_000
    assert made.found == {name: [] for name in made.found}


def test_every_answer_is_in_one_atom_at_most(url: str, gated: dict[str, float]) -> None:
    with psycopg.connect(url) as connection:
        twice = connection.execute(
            "select count(*) from (select 1 from gate.membership group by school_id, partnership_id,"
            " indicator_id, definition_version, period_type, period, question having count(*) > 1) as a"
        ).fetchone()
        people = connection.execute(
            "select (select sum(base)::float from gate.atom), (select sum(base)::float from gate.cell)"
        ).fetchone()
        small = connection.execute(
            "select min(n) filter (where unit_level = 'school'), min(n) filter (where unit_level = 'pool'),"
            " min(schools_n) filter (where unit_level = 'pool') from gate.atom"
        ).fetchone()
    assert twice == (0,)
    assert people is not None
    assert people[1] * 0.99 < people[0] <= people[1]
    assert small is not None
    assert small[0] >= 5
    assert small[1] >= 10
    assert small[2] >= 3


@pytest.fixture(scope="module", autouse=True)
def read_by_class() -> Iterator[None]:
    """Indicators of the invented network are read as the catalogue's are, by their class."""
    invented = {
        role: tuple(f"X{n:02d}/{kind}" for n in range(100) for kind in kinds)
        for role, kinds in _CLASSES.items()
    }
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            access,
            "MEASURES_OF_ROLE",
            {role: (*read, *invented[role]) for role, read in access.MEASURES_OF_ROLE.items()},
        )
        yield


_CLASSES = {
    "school": ("K1", "K2", "K3"),
    "university": ("K1", "K2", "K3"),
    "school_owner": ("K1",),
    "county": ("K1",),
}


@pytest.fixture(scope="module")
def looked(url: str, settings: Settings, gated: dict[str, float], figures: dict[str, str]) -> None:
    """The schools have seen their numbers, so that totals show them."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into dialogue.member_check (school_id, release_id, by_subject, answer) select distinct"
            " school_id, 1, 'test', 'recognised' from register.school"
        )
        # each school has an agreement with its university
        connection.execute(
            "insert into gate.agreement (school_id, partnership_id, valid_from) select school_id,"
            " partnership_id, '2010-01-01' from register.partnership_school"
        )
    dbt(settings, url, "run", "--select", "tag:candidate")
    started = time.monotonic()
    made = audit(url)
    told = made.figures
    figures["disclosure, readers of 300 schools × 10 years"] = (
        f"{told['readers']} readers of {told['reader_roles']} roles and {told['reader_pairs']} pairs ×"
        f" {told['tables']} tables: exact"
        f" {len(made.found['found_by_reader']) + len(made.found['found_by_two_readers'])}, below half"
        f" {len(made.found['narrowed_by_reader'])}, invertible rows"
        f" {len(made.found['row_that_can_be_inverted'])} of {told['rows_inverted']}; {told['totals_open']} of"
        f" {told['totals_reached']} totals open; audit {time.monotonic() - started:.1f} s"
    )
    assert made.found == {name: [] for name in made.found}
    assert told["readers"] > 300
    assert told["totals_open"] > told["totals_reached"] / 2


def test_every_total_is_the_sum_of_what_passed(url: str, looked: None) -> None:
    """Counted again in Python from the atoms alone."""
    with psycopg.connect(url) as connection:
        atoms = connection.execute(
            "select unit_level, unit_id, indicator_id, school_year, low_x::float, high_x::float, base::float,"
            " n from gate.atom"
        ).fetchall()
        members = connection.execute(
            "select atom_level, atom_id, indicator_id, school_year, municipality_no, institutions from"
            " gate.membership where atom_level <> 'withheld'"
        ).fetchall()
        totals = connection.execute(
            "select unit_level, unit_id, indicator_id, period, slice ->> 'structure', status,"
            " part_numerator::float, part_numerator_high::float, part_denominator::float, n_band from"
            " gate.unit_value where indicator_id like 'X%' and period_type = 'school_year'"
        ).fetchall()
    municipalities, institutions = defaultdict(set), {}
    for level, atom, indicator, year, municipality, institution in members:
        municipalities[level, atom, indicator, year].add(municipality)
        institutions[level, atom, indicator, year] = institution
    expected: dict[tuple[str, str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    for level, atom, indicator, year, low, high, base, n in atoms:
        within = municipalities[level, atom, indicator, year]
        units = [("network", "all"), ("institution", institutions[level, atom, indicator, year])]
        units += [("municipality", next(iter(within)))] if len(within) == 1 else []
        units += [("county", next(iter(within))[:2])] if len({m[:2] for m in within}) == 1 else []
        for unit in units:
            one = expected[(*unit, indicator, year)]
            one[:] = [known + more for known, more in zip(one, (low, high, base, n), strict=True)]
    shown = 0
    bands = {"10_19": (10, 19), "20_29": (20, 29), "30_plus": (30, 10**6)}
    for level, unit, indicator, year, _, status, low, high, base, band in totals:
        sums = expected[level, unit, indicator, year]
        if status in ("observed", "stated_zero"):
            shown += 1
            assert (low, high, base) == pytest.approx(tuple(sums[:3]))
            assert bands[band][0] <= sums[3] <= bands[band][1]
        elif status != "awaiting_member_check":
            assert sums[3] < 10 or sums[1] - sums[0] > 0.2 * sums[2]
    assert shown > 5_000


def naive(answers: list[world.Answer]) -> tuple[list[Hidden], list[Sum]]:
    """A star below five, and true totals of municipality, county, university, municipality × university and
    all."""
    cells = [
        Hidden(
            f"{a.place.school_id} {a.indicator} {a.school_year}", a.n, a.x, "withheld" if a.n < 5 else "exact"
        )
        for a in answers
    ]
    units: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, a in enumerate(answers):
        for unit in (
            (a.place.municipality,),
            (a.place.municipality[:2],),
            (a.place.university,),
            (a.place.municipality, a.place.university),
            ("all",),
        ):
            units[(*unit, a.indicator, a.school_year)].append(position)
    sums = [Sum((position,), a.x, a.x) for position, a in enumerate(answers) if a.n >= 5]
    sums += [Sum(tuple(m), total, total) for m in units.values() for total in [sum(answers[p].x for p in m)]]
    return cells, sums


def test_a_naive_release_is_refused(url: str, gated: dict[str, float], figures: dict[str, str]) -> None:
    answers = [a for a in said(url) if a.indicator in world.INDICATORS[:4]]
    made = attack(*naive(answers))
    found = len(made.found["found_exactly"])
    figures["disclosure, naive release"] = (
        f"{found} of {made.figures['withheld']} withheld numbers found exactly (4 indicators)"
    )
    assert not made.passed
    assert found > made.figures["withheld"] / 4
    assert made.found["truth_outside"] == []


def test_a_true_total_among_safe_ones_is_found(url: str, looked: None) -> None:
    with psycopg.connect(url) as connection:
        coded = connection.execute(
            "select atom.indicator_id, atom.school_year, school.municipality_no from gate.atom inner join"
            " register.school as school on school.school_id = atom.unit_id where atom.unit_level = 'school'"
            " and atom.bound <> '=' and 1 = (  select count(*) from gate.membership as m where m.indicator_id"
            " = atom.indicator_id and m.school_year = atom.school_year and m.municipality_no ="
            " school.municipality_no) limit 1"
        ).fetchone()
        assert coded
        connection.execute(
            "update gate.unit_value as total set (part_numerator, part_numerator_high) = (select sum(x),"
            " sum(x) from gate.cell where indicator_id = %s and school_year = %s and municipality_no = %s),"
            " status = 'observed' where unit_level = 'municipality' and indicator_id = %s and period = %s and"
            " unit_id = %s",
            coded * 2,
        )
    made = audit(url)
    assert len(made.found["total_not_from_the_gate"]) == 2  # in both structures
    assert len(made.found["bound_found_exactly"]) == 1


def test_late_answers_never_tell_of_fewer_than_five(
    url: str, settings: Settings, gated: dict[str, float], figures: dict[str, str]
) -> None:
    """Three releases after one another, with answers added, changed and taken back in between."""
    changed = kept = 0
    for round_no in range(2):
        with psycopg.connect(url) as connection:
            remember(connection)
            connection.execute("insert into published.release (note) values ('test')")
            chance = random.Random(round_no)
            later = []
            for one in said(url):
                added = chance.choice((0, 0, 0, 0, 1, 2, 4, 8))
                yes = sum(chance.random() < 0.5 for _ in range(added))
                lost = min(chance.choice((0, 0, 0, 1, 6)), one.n - one.x)
                if one.n + added - lost > 0:
                    later.append(replace(one, x=one.x + yes, n=one.n + added - lost))
            world.write_answers(connection, later)
        dbt(settings, url, "run", "--select", "path:models/gate")
        made = audit(url)
        assert made.found == {name: [] for name in made.found}
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "select count(*) filter (where atom.change_waits), count(*) filter (where atom.base <>"
                " before.base) from gate.atom inner join published.released_atom as before using (unit_level,"
                " unit_id, partnership_id, indicator_id, definition_version, period_type, period, question,"
                " family, answer)"
            ).fetchone()
        assert row
        kept, changed = kept + row[0], changed + row[1]
    figures["disclosure, three releases"] = (
        f"{changed} numbers changed, {kept} kept because fewer than 5 answers differ, differences of 1–4"
        " people 0"
    )
    assert changed > 1_000
    assert kept > 5_000


def vectors(n: int, answers: int) -> Iterator[tuple[int, ...]]:
    if answers == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in vectors(n - first, answers - 1):
            yield (first, *rest)


def test_no_distribution_tells_of_all_none_or_one(
    url: str, settings: Settings, figures: dict[str, str]
) -> None:
    """Every way in which 5 to 9 people can answer with 2 to 5 options, through the gate's SQL; the attacker
    knows the rules.

    Seen from outside, and by someone who knows their own answer.
    """
    worlds = [v for n in range(5, 10) for k in range(2, 6) for v in vectors(n, k)]
    with psycopg.connect(url) as connection:
        connection.execute("delete from published.released_atom")
        connection.execute("delete from published.past_atom")
        connection.execute("delete from published.pool_member")
        connection.execute("truncate gate.cell")
        with connection.cursor().copy(
            "copy gate.cell (school_id, partnership_id, indicator_id, definition_version, disclosure,"
            " period_type, period, school_year, question, whole_question, is_part, answer, family, n, x,"
            " base, municipality_no, municipality_today, institutions) from stdin"
        ) as copy:
            for number, vector in enumerate(worlds):
                for answer, x in enumerate(vector):
                    n = sum(vector)
                    copy.write_row(
                        (
                            str(number),
                            "P",
                            "L1",
                            1,
                            "distribution",
                            "loop",
                            "1",
                            "2020/21",
                            "{}",
                            "{}",
                            False,
                            str(answer),
                            "f",
                            n,
                            x,
                            n,
                            "1000",
                            "1000",
                            "U0",
                        )
                    )
    dbt(settings, url, "run", "--select", *REMEMBERED, *CORE)
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select unit_id::int, answer::int, is_rest, bound, shown_x::int from gate.atom where indicator_id"
            " = 'L1' order by 1, 2"
        ).fetchall()
    told: dict[int, list[tuple[bool, str, int | None]]] = defaultdict(list)
    for number, _, is_rest, bound, shown in rows:
        told[number].append((is_rest, bound, None if is_rest else shown))
    assert len(told) == len(worlds)
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for number, vector in enumerate(worlds):
        alike[sum(vector), tuple(told[number])].append(vector)
    exact = 0
    for (_, seen), possible in alike.items():
        for option in range(len(possible[0])):
            if not seen[option][0] and seen[option][1] == "=":
                assert all(v[option] == seen[option][2] > 2 for v in possible)
                continue
            for known in (None, *range(len(possible[0]))):
                left = {v[option] for v in possible if known is None or v[known] >= 1}
                exact += len(left) == 1
    figures["disclosure, distributions tried one by one"] = (
        f"{len(worlds)} ways to answer, {exact} numbers found by outsiders or insiders"
    )
    assert exact == 0
    assert any(not r and b == "=" for seen in told.values() for r, b, _ in seen)


def test_no_share_tells_of_all_none_or_one() -> None:
    """The edge rule on shares, for 5 to 40 people: each bound leaves at least two numbers, also to one who
    knows their own."""
    for n in range(5, 41):
        alike: dict[tuple[str, int], list[int]] = defaultdict(list)
        for x in range(n + 1):
            alike[("<=", 2) if x <= 2 else (">=", n - 2) if x >= n - 2 else ("=", x)].append(x)
        for (bound, _), possible in alike.items():
            if bound != "=":
                for own in (0, 1):
                    others = {x - own for x in possible if 0 <= x - own <= n - 1}
                    assert len(others) >= 2
