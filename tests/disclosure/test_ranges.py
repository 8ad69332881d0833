"""What is told of a year's answers where some of its rounds' were told together: what the number can be, and
that the truth is within."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import again
import numpy as np
import psycopg
import pytest
import world
from conftest import copy_of, dbt
from psycopg.rows import namedtuple_row

from innenfra.contracts.vocabulary import STATUS_REASONS
from innenfra.database import local
from innenfra.disclosure.insight import LEAST_POSSIBLE, possible
from innenfra.settings import Settings
from innenfra.statistics.proportions import wilson

YEAR = "2024/25"
ANSWERS = "abcd"
Rounds = dict[str, list[dict[str, int]]]
"""By school: how many gave each answer, in each loop of the year."""

# a school's three loops or fewer, and what is to be told of its year
TOLD: dict[str, tuple[list[dict[str, int]], dict[str, tuple[Any, ...]]]] = {
    # 1, 5 and 10 of 16: a and b go together as six; 4, 7 and 4 of 15 are told
    "merged": (
        [{"a": 1, "b": 5, "c": 10}, {"a": 4, "b": 7, "c": 4}],
        {"a": ("range", 4, 10, 31), "b": ("range", 7, 13, 31), "c": ("=", 14, None, 31)},
    ),
    # the same, but eight of sixteen go together: wider than 20 points of 31
    "wide": (
        [{"a": 2, "b": 6, "c": 8}, {"a": 4, "b": 7, "c": 4}],
        {"a": ("range_too_wide",), "b": ("range_too_wide",), "c": ("=", 12, None, 31)},
    ),
    # nearly all gave one answer, twice: at least, at most, and never none
    "edge": (
        [{"a": 19, "b": 1, "c": 0}, {"a": 29, "b": 0, "c": 1}],
        {"a": (">=", 46, None, 50), "b": ("<=", 4, None, 50), "c": ("<=", 4, None, 50)},
    ),
    # told together in the only loop
    "alone": (
        [{"a": 1, "b": 5, "c": 10}],
        {"a": ("few_chose",), "b": ("few_chose",), "c": ("=", 10, None, 16)},
    ),
    # four people
    "small": ([{"a": 2, "b": 1, "c": 1}], {"a": ("few_people",), "b": ("few_people",), "c": ("few_people",)}),
}


@dataclass(frozen=True)
class Gate:
    """A copy of the network's database, and how to run the gate in it."""

    url: str
    settings: Settings

    def told(self, schools: Rounds) -> dict[tuple[str, str, str], Any]:
        """What the gate tells of a school, period type (the first loop, and the year) and answer."""
        with psycopg.connect(self.url) as connection:
            _write(connection, schools)
        dbt(
            self.settings,
            self.url,
            "run",
            "--select",
            "gate_cell+,path:models/gate",
            "--exclude",
            "tag:candidate",
        )
        with psycopg.connect(self.url, row_factory=namedtuple_row) as connection:
            rows = connection.execute(
                "select * from gate.indicator_value where indicator_id = 'Y1'"
            ).fetchall()
        return {(r.school_id, r.period_type, r.slice["answer"]): r for r in rows if r.period in ("1", YEAR)}


@pytest.fixture(scope="module")
def gate(settings: Settings, server: local.Server, network: str) -> Gate:
    made = Gate(copy_of(server, network), settings)
    with psycopg.connect(made.url) as connection:
        connection.execute(
            "insert into marts.indicator_measure (indicator_id, definition_version, slice,"
            " comparability_class, disclosure, counted_per, unit, needs) values ('Y1', 1, '{}', 'K1',"
            " 'distribution', 'loop', 'share', 'log_counts')"
        )
    return made


def _write(connection: psycopg.Connection, schools: Rounds) -> None:
    connection.execute("truncate marts.indicator_value")
    rows: list[tuple[Any, ...]] = []
    for school, loops in schools.items():
        people = max(sum(loop.values()) for loop in loops)
        for number, loop in enumerate(loops, start=1):
            rows += _rows(school, "loop", str(number), loop, sum(loop.values()))
        rows += _rows(
            school,
            "school_year",
            YEAR,
            Counter({answer: sum(loop[answer] for loop in loops) for answer in loops[0]}),
            people,
        )
    with connection.cursor().copy(
        f"copy marts.indicator_value ({world._COLUMNS}) from stdin".encode()
    ) as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute("analyze marts.indicator_value")


def _rows(
    school: str, period_type: str, period: str, said: dict[str, int], people: int
) -> Iterable[tuple[Any, ...]]:
    whole = sum(said.values())
    for answer, x in said.items():
        yield (
            "school",
            school,
            school,
            "U0",
            "Y1",
            1,
            period_type,
            period,
            f'{{"answer": "{answer}"}}',
            x,
            whole,
            x / whole,
            "share",
            people,
            1,
            1,
            "observed" if x else "stated_zero",
            "=",
            False,
            "comparable",
            False,
            "K1",
            "distribution",
            YEAR,
        )


def test_a_year_of_answers_told_together_is_a_range_with_the_truth_in_it(gate: Gate) -> None:
    found = gate.told({school: loops for school, (loops, _) in TOLD.items()})
    for school, (loops, expected) in TOLD.items():
        for answer, told in expected.items():
            row = found[school, "school_year", answer]
            if row.status == "suppressed":
                assert (row.status_reason,) == told, (school, answer)
                assert (row.numerator, row.numerator_high, row.value, row.value_high, row.interval_low) == (
                    None,
                ) * 5
                continue
            assert (row.bound, row.numerator, row.numerator_high, row.denominator) == told, (school, answer)
            assert row.status_reason is None
            truth = sum(loop[answer] for loop in loops)
            low, high = ends(row)
            assert low <= truth <= high
            # the same people answered each loop: the interval is of the largest one, and holds those of both
            # ends
            people, whole = max(sum(loop.values()) for loop in loops), float(row.denominator)
            assert row.n_respondents == people
            assert float(row.interval_low) == pytest.approx(
                wilson(low / whole * people, people, 1.3).low, abs=0.005001
            )
            assert float(row.interval_high) == pytest.approx(
                wilson(high / whole * people, people, 1.3).high, abs=0.005001
            )


def ends(row: Any) -> tuple[float, float]:
    low = 0.0 if row.bound == "<=" else float(row.numerator)
    return low, float(
        row.denominator
        if row.bound == ">="
        else row.numerator_high
        if row.bound == "range"
        else row.numerator
    )


SCHOOLS = 1_200
TEAM, RESEMBLANCE, AGAIN = 5, 0.075, 0.8
"""People of a team, how much they resemble each other (a design effect of 1.3), and how many answer as they
did the last time."""


def is_one_sided(school: str) -> bool:
    return int(school) % 4 == 0


def simulated(rng: np.random.Generator) -> tuple[dict[str, np.ndarray], Rounds]:
    """Schools with shares of their own, whose same people answer three loops of a year."""
    shares, schools = {}, {}
    for number in range(SCHOOLS):
        # at every fourth school nearly all give one answer
        own = rng.dirichlet((20.0, 0.5, 0.5, 0.5) if is_one_sided(str(number)) else (2.0, 3.0, 3.0, 2.0))
        teams = int(rng.integers(2, 9))
        spread = (1 - RESEMBLANCE) / RESEMBLANCE
        chances = np.repeat([rng.dirichlet(own * spread + 1e-6) for _ in range(teams)], TEAM, axis=0)
        answer = np.array([rng.choice(4, p=chance) for chance in chances])
        loops = []
        for _ in range(3):
            said = answer[rng.random(len(answer)) < 0.85]
            loops.append({code: int((said == place).sum()) for place, code in enumerate(ANSWERS)})
            anew = rng.random(len(answer)) > AGAIN
            answer[anew] = [rng.choice(4, p=chance) for chance in chances[anew]]
        if all(sum(loop.values()) for loop in loops):
            shares[str(number)], schools[str(number)] = own, loops
    return shares, schools


def test_intervals_of_what_the_gate_tells_cover_what_they_say(gate: Gate, figures: dict[str, str]) -> None:
    """93 to 97 per cent of what is told as it is. What holds the intervals of both ends of a range or a bound
    holds more, and never less."""
    shares, schools = simulated(np.random.default_rng(20_256))
    found = gate.told(schools)
    covered: dict[tuple[str, str], list[bool]] = defaultdict(list)
    reasons: Counter[str] = Counter()
    for (school, period_type, answer), row in found.items():
        if row.value is None:
            reasons[f"{period_type} {row.status_reason}"] += 1
            continue
        truth = shares[school][ANSWERS.index(answer)]
        is_within = float(row.interval_low) <= truth <= float(row.interval_high)
        covered[period_type, row.bound].append(is_within)
        if not is_one_sided(school):
            covered[period_type, "any, where answers differ"].append(is_within)
    rates = {kind: (float(np.mean(one)), len(one)) for kind, one in covered.items()}
    figures["coverage of intervals that the gate tells"] = (
        "; ".join(
            f"{period_type} {bound} {rate:.3f} of {n}"
            for (period_type, bound), (rate, n) in sorted(rates.items())
        )
        + f"; not told: {dict(sorted(reasons.items()))}"
    )
    print(figures["coverage of intervals that the gate tells"])
    assert {bound for _, bound in rates} == {"=", "<=", ">=", "range", "any, where answers differ"}
    for kind, (rate, _) in rates.items():
        assert rate >= 0.93, kind
        assert rate <= {"=": 0.97, "any, where answers differ": 0.98}.get(kind[1], 1.0), kind


def test_reasons_of_the_demonstration(built_database: str, figures: dict[str, str]) -> None:
    """Each number that is not shown says why; of none that at least five people answered is it said that they
    were fewer."""
    with psycopg.connect(built_database) as connection:
        for relation in (
            "gate.indicator_value",
            "published.indicator_value",
            "published.school_indicator_value",
        ):
            rows = connection.execute(
                f"select status, coalesce(status_reason, ''), count(*) from {relation} where status in"
                " ('suppressed', 'awaiting_member_check', 'withdrawn') or status_reason is not null group by"
                " 1, 2".encode()
            ).fetchall()
            assert rows
            assert all(reason in STATUS_REASONS.codes for _, reason, _ in rows), relation
            assert all(
                (reason == "waits_for_school") == (status == "awaiting_member_check")
                for status, reason, _ in rows
            )
            assert all((reason == "withdrawn") == (status == "withdrawn") for status, reason, _ in rows)
        row = connection.execute("""
            with by_round as (
                select school_id, partnership_id, loop_no, item.origin_item_id, round_no, sum(n) as n
                from staging.stg_log_count as log_count
                inner join intermediate.int_log_item as item
                    using (school_id, log_instrument_version_id, item_id)
                where answer_code <> 'no_answer'
                group by 1, 2, 3, 4, 5
            ),
            people as (
                select school_id, partnership_id, loop_no::text as period, origin_item_id,
                    max(n) as n, sum(n) as answers_n
                from by_round
                group by 1, 2, 3, 4
            )
            select count(*) filter (where status_reason = 'few_people' and people.n >= 5),
                count(*) filter (where status_reason = 'few_people' and answers_n >= 5),
                count(*) filter (where status_reason = 'few_people'),
                count(*) filter (where status_reason = 'few_chose'), count(*)
            from published.school_indicator_value as value
            inner join people using (school_id, partnership_id, period)
            where period_type = 'loop' and value.slice ->> 'item' = people.origin_item_id
            """).fetchone()
        by_year = connection.execute(
            "select count(*) filter (where status_reason = 'range_too_wide'), count(*) filter (where bound ="
            " 'range'), count(*) from published.school_indicator_value where period_type = 'school_year' and"
            " slice ? 'answer'"
        ).fetchone()
    assert row
    assert by_year
    wrong, of_answers, few_people, few_chose, cells = row
    figures["log cells that say fewer than five people of five or more"] = (
        f"{wrong} of {cells} ({few_people} of fewer, {few_chose} few chose)"
    )
    figures["yearly log cells"] = (
        f"{by_year[1]} told as a range, {by_year[0]} not shown since it would be too wide, of {by_year[2]}"
    )
    assert (wrong, of_answers) == (0, 0)
    assert few_people
    assert few_chose
    assert cells > 1_000
    assert by_year[1]


def test_a_range_leaves_three_numbers_open(figures: dict[str, str]) -> None:
    """Told in steps that fit how few people are, every range of two loops or more leaves at least three pairs
    of a number and its whole."""
    tried = 0
    for people in (*range(5, 13), 19, 20, 29, 30, 45, 60):
        for base in (people + 5, 2 * people):
            for low in range(base + 1):
                for high in range(low + 1, min(base, low + int(again.WIDEST * base)) + 1):
                    one = again.Sum(float(low), float(high), float(base), people)
                    bound, value, value_high = one.told
                    assert bound in ("<=", ">=", "range")
                    interval = tuple(
                        round(end, 2) for end in again.told_interval(value, bound, value_high, people)
                    )
                    band = next(name for name, fewest in BANDS.items() if people >= fewest)
                    assert (
                        possible((bound, value, value_high, None, band, *interval), 2, again.DESIGN_EFFECT)
                        >= LEAST_POSSIBLE
                    ), (low, high, base, people)
                    tried += 1
    figures["ranges told in steps"] = (
        f"{tried} ranges of 5 to 60 people, each with at least {LEAST_POSSIBLE} pairs of a number and its"
        " whole"
    )


BANDS = {"30_plus": 30, "20_29": 20, "10_19": 10, "5_9": 5}
