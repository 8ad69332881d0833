"""What people get wrong about such data, trap by trap, held against the real database and dbt.

Each test is named after its trap, and its docstring is the trap; `docs/explanation/traps.md` lists them all
with their tests.
The trap school (`trap_world.py`) is planted beside the demonstration; tests on the demonstration's own
schools use the same database.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
import trap_world as world
from conftest import copy_of, dbt, take_as_checked
from psycopg.types.json import Jsonb
from test_comparison import on, plant

from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.indicators import INDICATORS
from innenfra.contracts.records import RECORDS
from innenfra.contracts.vocabulary import ARENAS
from innenfra.database import local
from innenfra.demo.network import organisation_numbers
from innenfra.demo.plants import BREAK, MERGED, SILENT, SJOSIDEN, SMALL, TWO_INSTITUTIONS
from innenfra.explain import explain
from innenfra.formats.sheets import column_names
from innenfra.ingest.receive import ingest_paths
from innenfra.ingest.typed import read_cells
from innenfra.settings import Settings

ROOT = Path(__file__).parents[2]
TRAP = organisation_numbers("9913")[0]
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def url(
    settings: Settings, server: local.Server, built_database: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The demonstration with the trap school delivered and built in. Its database URL."""
    made = copy_of(server, built_database)
    with psycopg.connect(made) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code, small_school) values (%s, '2010-01-01', 'Felleskolen', '998871026', '1804', 'S98',"
            " true)",
            (TRAP,),
        )
        for partnership, parties in ((world.FIRST, ["UH1"]), (world.SECOND, ["UH1", "UH2"])):
            connection.execute(
                "insert into register.partnership (partnership_id, title, status) values (%s, %s, 'running')",
                (partnership, partnership),
            )
            connection.execute(
                "insert into register.partnership_school (partnership_id, school_id, invited, accepted)"
                " values (%s, %s, true, true)",
                (partnership, TRAP),
            )
            connection.cursor().executemany(
                "insert into register.partnership_party (partnership_id, party_id, party_type, valid_from)"
                " values (%s, %s, 'institution', '2023-01-01')",
                [(partnership, party) for party in parties],
            )
    receipts = ingest_paths(world.write(tmp_path_factory.mktemp("traps"), TRAP), settings, made)
    assert [(r.status, [f.message.en for f in r.findings]) for r in receipts] == [("landed", [])] * 3
    take_as_checked(made)
    dbt(settings, made, "run", "--exclude", "tag:published", "tag:candidate")
    return made


@pytest.fixture(scope="module")
def ask(url: str) -> Ask:
    def query(text: str, *parameters: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(url) as connection:
            return connection.execute(text.encode(), parameters).fetchall()

    return query


@pytest.fixture(scope="module")
def value(ask: Ask) -> Callable[..., tuple[Any, ...]]:
    """Numerator, denominator and status of one value; the school and partnership are the trap's unless
    said."""

    def one(
        indicator: str, period: str, school: str = TRAP, partnership: str | None = None, **cut: str
    ) -> tuple[float | None, float | None, str]:
        kind = (
            "project"
            if period == "all"
            else (
                "school_year"
                if "/" in period
                else "partnership_year"
                if period.startswith("year")
                else "loop"
            )
        )
        rows = ask(
            "select numerator::float, denominator::float, status from marts.indicator_value where school_id ="
            " %s and indicator_id = %s and period_type = %s and period = %s and slice = %s and (%s::text is"
            " null or partnership_id = %s)",
            school,
            indicator,
            kind,
            period.removeprefix("year "),
            Jsonb(cut),
            partnership or (world.FIRST if school == TRAP else None),
            partnership or (world.FIRST if school == TRAP else None),
        )
        assert len(rows) == 1, (indicator, period, cut, rows)
        return rows[0]

    return one


Value = Callable[..., tuple[Any, ...]]

# ---------------------------------------------------------------- time and change


def test_trap_17_amendment_does_not_overwrite_the_agreement(value: Value) -> None:
    """Overwrite the agreement at amendment; compute year 3 against the first version (7/9) or the plan as 2 ×
    4 = 8 (9/8)."""
    assert [value("A1", f"year {year}", SJOSIDEN)[:2] for year in (1, 2, 3, 4)] == [
        (3, 3),
        (2, 2),
        (2, 2),
        (2, 2),
    ]
    assert value("A1", "year 3", SJOSIDEN, reading="cumulative")[:2] == (7, 7)
    assert value("A1", "all", SJOSIDEN)[:2] == (9, 9)


def test_trap_18_nothing_is_hard_coded(value: Value) -> None:
    """Hard-code five template phases, 9 hours, 5 weeks, 2 loops a year, school year = partnership year."""
    # three phases × three teams, eight of them used
    assert value("P1", "3", used="yes")[:2] == (8, 9)
    assert value("P1", "3", used="no")[:2] == (1, 9)
    assert value("C2", "2", measure="planned_min", activity="planning")[0] == 300
    # loops 1 and 2 are of the first partnership year, loops 2 and 3 of the second school year
    assert value("A1", "year 1")[:2] == (2, 2)
    assert value("A1", "year 2")[:2] == (1, 2)
    assert value("U1", "2022/23")[0] == 1
    assert value("U1", "2023/24")[0] == 2


def test_trap_19_versions_are_per_loop(ask: Ask) -> None:
    """Ignore that template, log form, codebook, arena model and time design are all versioned per loop, and
    that items with the same label can have changed meaning."""
    rows = ask(
        "select period, break_before, break_reason, change_comparability from marts.indicator_value where"
        " school_id = %s and indicator_id = 'E3' and period_type = 'school_year' order by 1",
        BREAK,
    )
    broken = {period: (reason, change) for period, is_break, reason, change in rows if is_break}
    assert broken == {"2022/23": ("new_log_form", "not_comparable")}
    families = ask(
        "select slice ->> 'item', array_agg(distinct comparison_family order by comparison_family) from"
        " marts.indicator_value where school_id = %s and indicator_id in ('L1', 'L2') and period_type ="
        " 'school_year' and value is not null group by 1",
        BREAK,
    )
    changed = {item: len(found) for item, found in families}
    # an item that kept its meaning is one family over both forms; the one that changed is two
    assert changed == {"opplevelse": 1, "utbytte": 2}


def test_trap_20_the_first_loop_is_not_judged_by_later_criteria(value: Value) -> None:
    """Judge loop 1 by loop 9 criteria; loop 1's goal was to try the method."""
    assert value("P1", "1", used="yes") == (None, None, "not_applicable")
    assert value("P2", "1")[2] == "not_applicable"
    assert value("U2", "1")[2] == "not_applicable"
    assert value("P1", "1", SJOSIDEN, used="yes")[2] == "not_applicable"


def test_trap_21_a_loop_over_christmas_is_one_loop_of_one_year(ask: Ask) -> None:
    """Put loops into calendar years; split a loop over Christmas or summer in two; use one national calendar
    (school calendars are local)."""
    rows = ask(
        "select loop_no, school_year from intermediate.int_loop where school_id = %s and partnership_id = %s"
        " order by 1",
        TRAP,
        world.FIRST,
    )
    assert rows == [(1, "2022/23"), (2, "2023/24"), (3, "2023/24")]
    assert ask(
        "select count(*) from marts.indicator_value where school_id = %s and indicator_id = 'C1' and"
        " period_type = 'budget_year'",
        TRAP,
    ) == [(0,)]
    starts = ask(
        "select count(distinct to_char(year_start, 'MMDD')) from intermediate.int_school_year where"
        " school_year = '2023/24'"
    )
    assert starts[0][0] >= 2


def test_trap_22_a_team_id_used_again_is_another_team(ask: Ask, value: Value) -> None:
    """Team ids reused after merge or split; comparing "Team 3" of one year with "Team 3" of another; losing
    experience continuity; double-counting merged teams in a year of change."""
    active = ask(
        "select loop_no, active_teams_n from intermediate.int_loop where school_id = %s and partnership_id ="
        " %s order by 1",
        TRAP,
        world.FIRST,
    )
    assert active == [(1, 3), (2, 3), (3, 3)]
    years = ask(
        "select school_year, max(active_teams_n) from intermediate.int_loop where school_id = %s group by 1"
        " order by 1",
        MERGED,
    )
    assert dict(years)["2021/22"] == 5
    assert dict(years)["2022/23"] == 4
    # experience follows people, counted for the school as a whole: loop 2 has one completed team of five,
    # loop 3 three of them
    assert value("U2", "2023/24")[:2] == (4 + 12, 5 + 15)
    # teams are named to the school alone; others read how many there are
    named = ask(
        "select distinct table_name from information_schema.columns where table_schema in ('gate',"
        " 'published') and column_name in ('team_id', 'team_label') order by 1"
    )
    assert named == [(name,) for name, record in sorted(RECORDS.items()) if record.audience == "school"]


def test_trap_24_a_new_principal_is_not_a_new_partnership(ask: Ask, value: Value) -> None:
    """Principal or teacher educator change mid-way treated as a new partnership."""
    changed = ask(
        "select school_year, principal_changed from staging.stg_school_year where school_id = %s order by 1",
        TRAP,
    )
    assert changed == [("2022/23", "no"), ("2023/24", "yes")]
    assert ask(
        "select array_agg(loop_no order by loop_no) from intermediate.int_loop where school_id = %s and"
        " partnership_id = %s",
        TRAP,
        world.FIRST,
    ) == [([1, 2, 3],)]
    rows = ask(
        "select break_before, change_comparability from marts.indicator_value where school_id = %s and"
        " partnership_id = %s and indicator_id = 'C1' and period = '2023/24'",
        TRAP,
        world.FIRST,
    )
    assert rows == [(False, "comparable")]
    assert value("A1", "year 2", reading="cumulative")[:2] == (3, 4)


# ---------------------------------------------------------------- missingness


def test_trap_25_null_is_never_made_into_zero(ask: Ask, value: Value) -> None:
    """NULL → 0. Four different things: did not happen, not part of the design, not collected, suppressed.
    Outer joins with coalesce(x, 0) in dbt are the typical bug."""
    assert value("A4", "all", SJOSIDEN, arena="research_lesson", grain="loop") == (0, 9, "stated_zero")
    assert value("C2", "2", measure="planned_min", activity="joint_theorisation") == (
        None,
        None,
        "not_in_design",
    )
    assert value("E3", "1") == (None, None, "not_collected")
    small = ask(
        "select distinct status, value from gate.indicator_value where school_id = %s and indicator_id = 'E3'"
        " and period_type = 'loop'",
        SMALL,
    )
    assert small == [("suppressed", None)]
    assert ask(
        "select count(*) from marts.indicator_value where status not in ('observed', 'stated_zero',"
        " 'provisional') and (value is not null or numerator is not null)"
        # what was done where nothing was planned is told as one over none
        " and not (status = 'not_applicable' and denominator = 0)"
    ) == [(0,)]
    # counting nothing gives 0 only where something was delivered that could have held it
    assert _made_zero() == {
        # an answer that nobody gave, in a round that was answered
        ("int_part_log_themes", "coalesce(answered.n, 0)"),
        # an activity that the plan leaves out takes no planned time
        ("int_part_collaboration", "coalesce(plan_full_staff_sharing_min, 0)"),
        ("int_part_collaboration", "coalesce(plan_joint_theorisation_min, 0)"),
        # rows told of a loop, beside whether the file that would hold them is complete
        ("int_loop_completion", "coalesce(told.told_n, 0)"),
        ("int_loop_completion", "coalesce(told.completed_teams_n, 0)"),
        ("int_loop_completion", "coalesce(told.let_off_n, 0)"),
        # the largest of no item that is told: used only where another one is
        ("int_part_process", "coalesce(max(teams_with_example_n) filter (where is_told and is_desired), 0)"),
    }


def _made_zero() -> set[tuple[str, str]]:
    """Every expression before the gate that makes nothing into zero, by model; the gate makes no numbers, it
    compares people."""
    nested = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))*"
    return {
        (path.stem, found)
        for path in (ROOT / "dbt_project" / "models").rglob("*.sql")
        if not path.stem.startswith("gate_")
        for text in [
            re.sub(r"\s+", " ", path.read_text(encoding="utf-8")).replace("( ", "(").replace(" )", ")")
        ]
        for found in re.findall(rf"coalesce\({nested},\s*0\)", text)
    }


def test_trap_26_loops_come_from_deliveries_never_from_a_calendar(ask: Ask, value: Value) -> None:
    """Loop rows created from a calendar spine and counted as "planned"."""
    rows = ask(
        "select count(*), count(file_id), count(distinct (school_id, partnership_id, loop_no)) from"
        " intermediate.int_loop"
    )
    assert rows == ask("select count(*), count(*), count(*) from staging.stg_loop")
    assert rows[0][0] == rows[0][1] == rows[0][2] > 50
    # the second year plans two loops and had one: one loop's teams in the denominator, not two
    assert value("A1", "year 2")[:2] == (1, 2)
    assert value("C1", "year 2")[:2] == (3, 3)


def test_trap_27_nothing_is_interpolated(ask: Ask) -> None:
    """Interpolating between the four loops with teacher educators in teams."""
    rows = ask(
        "select period::int, status, value from marts.indicator_value where school_id = %s and indicator_id ="
        " 'A4' and period_type = 'loop' and slice = %s order by 1",
        SJOSIDEN,
        Jsonb({"arena": "team", "grain": "loop"}),
    )
    assert rows[0] == (1, "stated_zero", 0)
    assert rows[1:] == [(loop, "not_collected", None) for loop in range(2, 10)]
    assert ask(
        "select count(*) from marts.indicator_value where indicator_id = 'S3' and school_id = %s and value is"
        " not null",
        TRAP,
    ) == [(0,)]


def test_trap_28_no_log_is_not_disengagement_and_a_silent_school_is_there(ask: Ask, value: Value) -> None:
    """Treating no log from a school as disengagement. Treating a silent second invited school as
    non-existent."""
    assert value("E3", "1") == (None, None, "not_collected")
    assert value("E3", "2")[:2] == (10, 15)
    # loops without a log leave the year as they found it
    assert value("E3", "2023/24")[:2] == (10, 15)
    assert ask("select invited_only from gate.school where school_id = %s", SILENT) == [(True,)]
    assert ask("select count(*) from marts.indicator_value where school_id = %s", SILENT) == [(0,)]


# ---------------------------------------------------------------- counting


def test_trap_29_shares_are_summed_never_averaged(ask: Ask, value: Value) -> None:
    """Averaging percentages over teams or schools instead of summing numerators and denominators; averaging
    arenas (4/9, 0/9, 7/9) into one presence."""
    assert [value("C1", loop)[:2] for loop in ("2", "3")] == [(1, 2), (3, 3)]
    # four of five, not the mean of a half and a whole
    assert value("C1", "2023/24")[:2] == (4, 5)
    wrong = ask(
        "select count(*), count(*) filter (where year.numerator <> loops.numerator or year.denominator <>"
        " loops.denominator), count(*) filter (where abs(year.value - loops.mean) > 0.001) from"
        " marts.indicator_value as year inner join (select loop.school_id, loop.partnership_id,"
        " place.school_year, sum(loop.numerator) as numerator, sum(loop.denominator) as denominator,"
        " avg(loop.value) as mean from marts.indicator_value as loop inner join intermediate.int_loop as"
        " place on loop.school_id = place.school_id and loop.partnership_id = place.partnership_id and"
        " loop.period = place.loop_no::text where loop.indicator_id = 'C1' and loop.period_type = 'loop' and"
        " loop.value is not null group by 1, 2, 3) as loops on year.school_id = loops.school_id and"
        " year.partnership_id = loops.partnership_id and year.period = loops.school_year where"
        " year.indicator_id = 'C1' and year.period_type = 'school_year'"
    )
    assert wrong[0][0] > 40
    assert wrong[0][1] == 0
    assert wrong[0][2] >= 5
    assert ask(
        "select count(*) from marts.indicator_value where indicator_id = 'A4' and not slice ? 'arena'"
    ) == [(0,)]


def test_trap_30_nothing_is_counted_twice_by_a_join(ask: Ask, value: Value) -> None:
    """Fan-out joins: full-staff meeting joined to seven teams (567 instead of 459 arena-hours). Multi-coded
    units joined to codes, and so counted several times. Multi-university partnerships joined to school, and
    so the school counted twice."""
    assert value("C2", "all", SJOSIDEN, measure="planned_arena_hours_project")[0] == 459
    # one meeting of an hour, three teams
    assert value("C2", "2", measure="actual_min", activity="full_staff_sharing")[0] == 60
    # twenty units with 12 + 10 + 15 codes are twenty units, and the talk that was coded beside them is not
    # among them
    for category, units in (
        ("emotional_support", 12),
        ("organisational_support", 10),
        ("process_support", 15),
    ):
        assert value("S1", "2023/24", category=category)[:2] == (units, 20)
    per_key = ask(
        "select max(n) from (select count(*) as n from marts.indicator_value where school_id = %s group by"
        " indicator_id, period_type, period, slice) as key",
        TWO_INSTITUTIONS,
    )
    assert per_key == [(1,)]
    # two universities: the school is in the totals of both, and once in the network's
    totals = ask(
        "select unit_level, unit_id, denominator::int from gate.unit_value where indicator_id = 'C1' and"
        " period = '2021/22' and slice = '{}' and unit_level in ('institution', 'network') order by 1, 2"
    )
    ((both,),) = ask(
        "select sum(denominator)::int from marts.indicator_value where indicator_id = 'C1' and period ="
        " '2021/22' and school_id = %s and period_type = 'school_year'",
        TWO_INSTITUTIONS,
    )
    ((network,),) = ask(
        "select sum(denominator)::int from marts.indicator_value where indicator_id = 'C1' and period ="
        " '2021/22' and period_type = 'school_year' and school_id <> %s",
        TRAP,
    )
    assert both > 0
    assert totals[-1] == ("network", "all", network)
    assert sum(n for level, _, n in totals if level == "institution") == network + both


def test_trap_31_loops_are_not_team_sessions(value: Value) -> None:
    """4 of 9 loops read as 44 % of team sessions."""
    assert value("A4", "all", SJOSIDEN, arena="team", grain="loop") == (4, 9, "observed")
    assert value("A4", "all", SJOSIDEN, arena="team", grain="team_loop") == (None, 63, "not_collected")
    assert value("A4", "2", arena="team", grain="loop")[:2] == (1, 1)
    # three teams, of which one was let off by agreement
    assert value("A4", "2", arena="team", grain="team_loop")[:2] == (1, 2)


def test_trap_32_the_columns_of_table_1_are_three_lists(ask: Ask) -> None:
    """Row-wise pairing of Table 1 columns; shifting the columns; splitting a category; merging
    near-duplicates across columns; using 16/10/27 as weights."""
    with (files("innenfra") / "reference" / "codebook_sjosiden_v1.csv").open(encoding="utf-8") as handle:
        listed = list(csv.DictReader(handle))
    numbers = {
        c: sum(row["main_category_en"] == c for row in listed)
        for c in dict.fromkeys(row["main_category_en"] for row in listed)
    }
    assert numbers == {"emotional_support": 16, "organisational_support": 10, "process_support": 27}
    assert len({row["code"] for row in listed}) == len(listed) == 53
    delivered = ask(
        "select category, count(*) from staging.stg_codebook where school_id = %s and level = 'subcategory'"
        " group by 1",
        SJOSIDEN,
    )
    assert dict(delivered) == numbers
    # how many subcategories a list has is in no number but the breadth of the list, which stays within the
    # school
    assert ask(
        "select distinct comparability_class from marts.indicator_measure where indicator_id = 'S2'"
    ) == [("K3",)]


def test_trap_33_positive_mirror_items_are_no_outcome(ask: Ask, value: Value) -> None:
    """Counting positive mirror items as outcome — they are selected to be positive."""
    # two items, both of desired practice: the widest shows two of three teams, not three examples
    assert value("P5", "2", measure="teams")[:2] == (2, 3)
    # the other item may be of the third team: not known is told beside, and is no share
    assert value("P5", "2") == (None, None, "insufficient")
    assert value("P5", "2", all="not_known")[:1] == (1,)
    using = ask(
        "select distinct indicator_id from marts.indicator_measure where 'mirror_items' ="
        " any(string_to_array(needs, ' ')) order by 1"
    )
    assert {u for (u,) in using} <= {"A5", "P5"}


def test_trap_34_mirror_data_count_per_loop_not_per_presentation(ask: Ask, value: Value) -> None:
    """One presentation of mirror data in several arenas counted as several mirror data sets."""
    assert ask("select count(*) from staging.stg_mirror_presentation where school_id = %s", TRAP) == [(4,)]
    assert value("A5", "2")[:2] == (1, 1)
    # loops without a data round leave the denominator
    assert value("A5", "2023/24")[:2] == (1, 1)
    assert value("A5", "2", measure="median_days")[0] == 5


# ---------------------------------------------------------------- comparability


def test_trap_35_no_codebook_is_forced_on_all(ask: Ask, value: Value) -> None:
    """One codebook forced on all: Sjøsiden scores 100 % on its own list, so breadth is not transferable."""
    assert value("S2", "2023/24", category="emotional_support")[:2] == (1, 3)
    families = ask(
        "select distinct school_id, comparison_family from marts.indicator_value where indicator_id = 'S1'"
        " and comparison_family is not null and value is not null"
    )
    own = {family for school, family in families if school == TRAP}
    assert own == {"codebook:TKODE"}
    assert not own & {family for school, family in families if school != TRAP}
    assert len({family for _, family in families}) >= 2


def test_trap_36_methods_lengths_forms_and_ways_of_collecting_are_told_apart(url: str, value: Value) -> None:
    """Comparing schools on different methods (lesson study, action learning), loop lengths, instruments, or
    collection modes (log filled in during a meeting or by link)."""
    assert value("P3", "1", partnership=world.SECOND) == (None, None, "not_applicable")
    other = {
        "method": on(method="action_learning"),
        "length": on(loop_design="2"),
        "form": on(log_form="LOGG-v2"),
        "mode": on(collection_mode="link"),
        "family": {"comparability_class": "K2", "comparison_family": "log:B"},
    }
    with psycopg.connect(url) as connection:
        for name, row in other.items():
            plant(
                connection,
                f"one {name}",
                {"comparability_class": "K2", "comparison_family": "log:A"} if name == "family" else {},
            )
            plant(connection, f"other {name}", row)
        found = connection.execute(
            "select split_part(school_id, ' ', 2), comparability from published.comparison where school_id"
            " like 'one %%' and split_part(other_school_id, ' ', 2) = split_part(school_id, ' ', 2) and"
            " other_school_id like 'other %%'"
        ).fetchall()
        connection.rollback()
    assert dict(found) == {
        "method": "not_comparable",
        "length": "with_care",
        "form": "with_care",
        "mode": "not_comparable",
        "family": "not_comparable",
    }


def test_trap_37_small_schools_are_not_measured_on_what_collapses_there(ask: Ask, value: Value) -> None:
    """Comparing school sizes: representation and the split of full staff and development group collapse in
    small schools, where one person holds three roles and the development group is the whole staff."""
    assert value("U5", "2") == (None, None, "not_applicable")
    assert ask("select small_school, size_band from gate.school where school_id = %s", TRAP) == [
        (True, "10_24")
    ]
    assert (
        ask(
            "select count(*) from marts.indicator_value where indicator_id = 'U5' and value is not null and"
            " school_id <> %s",
            TRAP,
        )[0][0]
        > 10
    )


def test_trap_38_coding_by_those_who_took_part_needs_agreement(ask: Ask, value: Value, url: str) -> None:
    """Coding by the teacher educator who took part compared with coding by an outsider, without
    reliability."""
    # sixty units in three teams, coded once by those who were there
    assert value("U3", "1") == (None, None, "insufficient")
    assert value("S1", "2023/24", category="process_support")[2] == "observed"
    agreed = ask(
        "select min(agreement_value) from staging.stg_coded_count as count inner join marts.indicator_value"
        " as value on count.school_id = value.school_id and count.partnership_id = value.partnership_id and"
        " count.loop_no::text = value.period where value.indicator_id = 'U3' and value.period_type = 'loop'"
        " and value.value is not null and count.arena = 'team'"
    )
    ((least,),) = ask("select alpha_published from marts.coding_policy order by policy_version desc limit 1")
    assert agreed[0][0] >= least
    # who coded, how much twice and how far they agree stands beside the number, or that it is not known
    said = (
        "select units_n, double_coded_n, agreement_measure, agreement_value::float, coded_by from gate.coding"
        " where school_id = %s and indicator_id = %s and period = %s"
    )
    assert ask(said, TRAP, "S1", "2023/24") == [(20, 6, "krippendorff_alpha", 0.85, "participating_te")]
    assert ask(said, TRAP, "U3", "1") == [(60, None, None, None, "participating_te")]
    assert (
        ask(
            "select distinct value.indicator_id from marts.indicator_value as value left join gate.coding as"
            " coding using (school_id, partnership_id, indicator_id, period_type, period) where"
            " value.indicator_id in ('S1', 'S2', 'S3', 'U3') and value.period_type in ('loop', 'school_year')"
            " and value.value is not null and not coalesce(coding.agreement_value >= %s, false)",
            least,
        )
        == []
    )
    told = explain(url, TRAP, "S1", "2023/24")
    assert {one.coding.said("nb") for one in told if one.coding} == {
        "lærerutdanner som deltok; 6 av 20 enheter er kodet av to; Krippendorffs alfa 0,85"
    }
    # the school has a first loop in each of its partnerships, and one of them was coded
    (first,) = (one.coding for one in explain(url, TRAP, "U3", "loop:1") if one.coding)
    assert (
        first.said("en")
        == "teacher educator who took part; how many units two coded is not stated; agreement is not stated"
    )


def test_trap_39_codes_are_keys_and_labels_are_translated(ask: Ask) -> None:
    """Forgetting language: bokmål and nynorsk (and Sámi) labels; code lists must be keys, labels
    translated."""
    arena = delivery_tables()["meetings"].c.arena
    written = [
        "Samlet kollegium",
        "SAMLA KOLLEGIUM",
        "Full staff",
        "full_staff",
        "Utviklingsgruppe",
        "Čoahkkin",
    ]
    read = read_cells(pl.DataFrame({"arena": written}), (arena,)).to_series().to_list()
    assert read == ["full_staff"] * 4 + ["development_group", "Čoahkkin"]
    for table in delivery_tables().values():
        known = column_names(table)
        for column in table.columns:
            if "label" in column.info:
                assert {
                    known[" ".join(column.info["label"][language].split()).casefold()]
                    for language in ("nb", "nn", "en")
                } == {column.name}
    assert {a for (a,) in ask("select distinct arena from landed.meeting")} <= set(ARENAS.codes)


# ---------------------------------------------------------------- partnership structure


def test_trap_40_partnerships_are_many_to_many(ask: Ask, value: Value) -> None:
    """One university per school. Partnerships may have several institutions, teacher educators may change
    employer, a school may have two partnerships at once, a partnership may have two schools."""
    assert value("C1", "1")[:2] == (2, 3)
    assert value("C1", "1", partnership=world.SECOND)[:2] == (1, 3)
    assert ask("select partnership_ids, institution_ids from gate.school where school_id = %s", TRAP) == [
        ([world.FIRST, world.SECOND], ["UH1", "UH2"])
    ]
    # both partnerships' loops are the school's, each in its own series
    assert ask(
        "select partnership_id, count(*) from intermediate.int_loop where school_id = %s group by 1 order"
        " by 1",
        TRAP,
    ) == [
        (world.FIRST, 3),
        (world.SECOND, 1),
    ]
    assert ask("select count(*) from register.partnership_school where partnership_id = 'PS-SJO'") == [(2,)]


def test_trap_41_the_owner_need_not_be_a_party(ask: Ask) -> None:
    """School owner absent from the agreement, or required by the schema: the owner as a party must be
    optional."""
    assert ask(
        "select distinct owner_is_party from staging.stg_agreement_version where school_id = %s", TRAP
    ) == [("no",)]
    assert ask(
        "select distinct owner_is_party from staging.stg_agreement_version where school_id = %s", SJOSIDEN
    ) == [(None,)]
    for school in (TRAP, SJOSIDEN):
        assert (
            ask(
                "select count(*) from marts.indicator_value where school_id = %s and indicator_id = 'A1' and"
                " value is not null",
                school,
            )[0][0]
            > 0
        )
        owners = ask(
            "select count(*) from marts.indicator_value where school_id = %s and indicator_id = 'A2' and"
            " slice ->> 'party' = 'school_owner' and value is not null",
            school,
        )
        assert owners == [(0,)]
    # whose the school is, is known all the same
    assert ask(
        "select owner_id from intermediate.int_school_place where school_id = %s and structure = 'today'"
        " limit 1",
        TRAP,
    ) == [("998871026",)]


def test_every_measure_that_the_catalogue_declares_is_counted(url: str) -> None:
    """What is declared and never counted would look like data that nobody sent. Which codes occur is up to
    the deliveries."""

    def kind(indicator: str, slice_: dict[str, str]) -> tuple[str, tuple[str, ...], str]:
        return indicator, tuple(sorted(slice_)), slice_.get("measure", "")

    with psycopg.connect(url) as connection:
        counted = {
            kind(*row)
            for row in connection.execute(
                "select distinct indicator_id, slice from marts.indicator_value"
            ).fetchall()
        }
    declared = {
        kind(one.indicator_id, m.slice | dict.fromkeys(m.free_keys, ""))
        for one in INDICATORS.values()
        for m in one.measures
    }
    assert len(declared) > 60
    assert declared - counted == set()


def test_a_formula_that_was_wrong_is_told_and_not_counted_beside_the_right_one(ask: Ask, url: str) -> None:
    """An amendment with evaluation as its stated reason and no link: versions 1 and 2 of A3 said 1 of 1 and 0
    of 1, and it is not known."""
    found = ask(
        "select definition_version, numerator, denominator, status from marts.indicator_value"
        " where school_id = %s and indicator_id = 'A3' and period_type = 'project' order by 1",
        SJOSIDEN,
    )
    assert found == [(3, None, None, "not_collected")]
    (told,) = explain(url, SJOSIDEN, "A3", "project")
    assert told.definition_version == 3
    earlier = ask(
        "select definition_version, is_current, is_counted, formula_en from marts.indicator where"
        " indicator_id = 'A3' order by 1"
    )
    assert [row[:3] for row in earlier] == [(1, False, False), (2, False, False), (3, True, True)]
    assert len({formula for *_, formula in earlier}) == 3
    assert (
        ask(
            "select indicator_id, count(*) from marts.indicator where is_current group by 1 having count(*)"
            " <> 1"
        )
        == []
    )
