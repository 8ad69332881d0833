"""What always holds of the warehouse, asked of the demonstration's; each test's own sentence is the
invariant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest

from innenfra.contracts.records import RECORDS
from innenfra.demo.plants import SJOSIDEN

Ask = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def ask(built_database: str) -> Iterator[Ask]:
    with psycopg.connect(built_database) as connection:
        connection.execute("set transaction read only")
        yield lambda query, *given: connection.execute(query, given or None).fetchall()


def holds(ask: Ask, rows: str, broken: str) -> None:
    """There are rows, and none of them is broken. `rows` is a relation with an alias, `broken` a condition on
    it."""
    ((looked_at, wrong),) = ask(f"select count(*), count(*) filter (where {broken}) from {rows}")
    assert looked_at, "there is nothing to look at"
    assert wrong == 0


def test_invariant_1_the_plan_in_force_adds_up(ask: Ask) -> None:
    """The planned loops of Sjøsiden are nine by the plan in force, year by year, and nine by the version
    before."""
    plans = ask(
        "select version_no, sum(planned_loops) from staging.stg_agreement_plan_year where school_id = %s"
        " group by 1 order by 1",
        SJOSIDEN,
    )
    assert plans == [(1, 9), (2, 9)]
    assert ask(
        "select sum(planned_loops) from intermediate.int_agreement_year where school_id = %s", SJOSIDEN
    ) == [(9,)]


def test_invariant_2_one_agreement_at_a_time(ask: Ask) -> None:
    """Versions of an agreement do not overlap; one is in force when a loop starts, or the loop is told to be
    outside the agreement."""
    version = "staging.stg_agreement_version as one"
    holds(
        ask,
        version,
        "exists (select from staging.stg_agreement_version as other where other.school_id = one.school_id and"
        " other.partnership_id = one.partnership_id and (other.agreement_id, other.version_no) <>"
        " (one.agreement_id, one.version_no) and daterange(other.valid_from, other.valid_to, '[]') &&"
        " daterange(one.valid_from, one.valid_to, '[]'))",
    )
    in_force = (
        "(select count(*) from staging.stg_agreement_version as one where one.school_id = loop.school_id and"
        " one.partnership_id = loop.partnership_id and loop.actual_start <@ daterange(one.valid_from,"
        " one.valid_to, '[]'))"
    )
    told = (
        "exists (select from quality.finding where rule = 'outside_agreement' and finding.file_id ="
        " loop.file_id and finding.row_number = loop.row_number)"
    )
    holds(
        ask,
        "staging.stg_loop as loop",
        f"actual_start is not null and {in_force} <> 1 and not ({in_force} = 0 and {told})",
    )


def test_invariant_3_loops_follow_each_other_in_the_schools_own_calendar(ask: Ask) -> None:
    """Loops are numbered from one without a gap, end after they start, and lie in the school year in which
    they started by the school's own calendar."""
    holds(
        ask,
        "(select min(loop_no), max(loop_no), count(distinct loop_no) as n from staging.stg_loop group by"
        " school_id, partnership_id) as numbered",
        "min <> 1 or max <> n",
    )
    holds(ask, "staging.stg_loop", "actual_end < actual_start")
    holds(
        ask,
        "intermediate.int_loop as loop inner join staging.stg_school_year as year using (school_id,"
        " school_year)",
        "not loop.actual_start between year.year_start and year.year_end",
    )


def test_invariant_4_team_loops_are_of_active_teams(ask: Ask) -> None:
    """A team that did a loop was active when it started, and no loop has more team loops than there were
    active teams."""
    of_loop = (
        "staging.stg_team_loop as one inner join staging.stg_loop as loop using (school_id, partnership_id,"
        " loop_no)"
    )
    holds(
        ask,
        of_loop,
        "not exists (select from staging.stg_team as team where team.school_id = one.school_id and"
        " team.team_id = one.team_id and loop.planned_start <@ daterange(team.valid_from, team.valid_to,"
        " '[]'))",
    )
    holds(
        ask,
        "(select school_id, partnership_id, loop_no, count(*) as n, min(active_teams_n) as active_n from"
        " staging.stg_team_loop inner join intermediate.int_loop using (school_id, partnership_id, loop_no)"
        " group by 1, 2, 3) as counted",
        "n > active_n",
    )


def test_invariant_5_phases_are_of_the_loops_template(ask: Ask) -> None:
    """Phases are those of the template version that the loop used; a loop without a template in use has
    none."""
    holds(
        ask,
        "staging.stg_team_loop_phase as phase inner join staging.stg_loop as loop using (school_id,"
        " partnership_id, loop_no)",
        "loop.template_status <> 'in_use' or loop.template_version_id <> phase.template_version_id or not"
        " exists (select from staging.stg_template_version as known where known.school_id = phase.school_id"
        " and known.template_version_id = phase.template_version_id and known.phase_no = phase.phase_no)",
    )


def test_invariant_6_answers_add_up_to_those_who_answered(ask: Ask) -> None:
    """The answers to an item are as many as handed in a log, and no more handed in than were invited."""
    holds(
        ask,
        "(select sum(n) as n, min(submitted_n), max(submitted_n) from staging.stg_log_count group by"
        " school_id, partnership_id, loop_no, round_no, item_id) as item",
        "n <> min or n <> max",
    )
    holds(ask, "staging.stg_log_count", "submitted_n > invited_n")


@pytest.mark.parametrize(
    "relation",
    [
        "marts.indicator_value",
        "gate.indicator_value",
        "published.indicator_value",
        "published.school_indicator_value",
    ],
)
def test_invariant_7_only_what_was_observed_has_a_number(ask: Ask, relation: str) -> None:
    """A value that was neither observed nor stated to be zero is null, and a zero is a zero of something."""
    holds(
        ask,
        relation,
        "status not in ('observed', 'stated_zero', 'provisional') and (value is not null or numerator is not"
        " null)",
    )
    holds(ask, relation, "status = 'stated_zero' and (value <> 0 or denominator = 0)")
    # a share of people is told outside the school without how many they were
    holds(ask, relation, "status = 'observed' and value is null")


NEVER = re.compile(
    r"mail|birth|born|phone|surname|first_name|last_name|person|gender|free_text|comment_text|team_label|"
    r"loop_goal|submission"
)
"""Columns that no relation which is served may have: of a person, or of what people wrote in the logs."""

OF_THE_SCHOOL = {
    f"{schema}.{name}"
    for name, record in RECORDS.items()
    if record.audience == "school"
    for schema in ("gate", "published")
}
"""Records of teams, which the school alone reads."""

GOALS = {(f"{schema}.loop_design", "loop_goal") for schema in ("gate", "published")}
"""What the whole school set out to do in a loop; the audit of a release refuses identifiers in it."""


def test_invariant_8_nothing_served_tells_of_a_person(ask: Ask) -> None:
    """No relation that is served has a column of persons or free text but the goal of a loop, none but the
    school's own has a team, and no cell is of fewer than five."""
    rows = ask(
        "select table_schema || '.' || table_name, column_name from information_schema.columns where"
        " table_schema in ('published', 'gate', 'marts')"
    )
    columns: dict[str, set[str]] = {}
    for relation, column in rows:
        columns.setdefault(str(relation), set()).add(str(column))
    assert len(columns) > 40
    named_so = {(r, c) for r, named in columns.items() for c in named if NEVER.search(c)}
    assert {(r, c) for r, c in named_so if r not in OF_THE_SCHOOL} == GOALS
    assert {r for r, named in columns.items() if "team_id" in named} <= OF_THE_SCHOOL
    holds(
        ask,
        "published.indicator_value",
        "status in ('observed', 'stated_zero', 'provisional') and n_respondents < 5",
    )
    holds(
        ask,
        "published.school_indicator_value where n_respondents is not null",
        "n_respondents < 5 and status <> 'suppressed'",
    )


def test_invariant_9_owners_together_have_what_the_schools_have(ask: Ask) -> None:
    """In each year the owners together have what the schools have, by the structure of then and by that of
    today."""
    schools = dict(
        ask(
            "select period, sum(numerator) from marts.indicator_value where indicator_id = 'C1' and slice ="
            " '{}' and period_type = 'school_year' and status in ('observed', 'stated_zero', 'provisional')"
            " group by 1"
        )
    )  # type: ignore[arg-type]
    assert len(schools) > 5
    for structure in ("as_it_was", "today"):
        owners = dict(
            ask(
                "select period, sum(numerator) from marts.owner_value where period_type = 'school_year' and"
                " indicator_id = 'C1' and slice = '{}' and structure = %s group by 1",
                structure,
            )
        )  # type: ignore[arg-type]
        assert owners == schools, structure


def test_invariant_10_codes_of_one_unit_are_not_added(ask: Ask) -> None:
    """Units with a code are at most the units there are, and all codes of one piece of material rest on the
    same units."""
    holds(ask, "staging.stg_coded_count", "n_units_with_code > n_units_base")
    holds(
        ask,
        "(select count(distinct n_units_base) as bases from staging.stg_coded_count group by school_id,"
        " partnership_id, school_year, loop_no, arena, codebook_version_id, coded_by_party) as material",
        "bases > 1",
    )


@pytest.mark.parametrize("relation", ["marts.indicator_value", "published.indicator_value"])
def test_invariant_11_each_value_has_a_definition_that_was_valid(ask: Ask, relation: str) -> None:
    """Each value is counted by a definition that was in force when it was counted, and each indicator has one
    definition that is now."""
    holds(
        ask,
        f"{relation} as value left join marts.indicator using (indicator_id, definition_version)",
        "indicator.indicator_id is null or valid_from > current_date",
    )
    holds(
        ask,
        "(select count(*) filter (where is_current) as n from marts.indicator group by indicator_id) as one",
        "n <> 1",
    )


def test_invariant_14_mirror_data_are_shown_after_their_loop_began(ask: Ask) -> None:
    """Mirror data are presented after the start of the loop they are from, and no share of them is above
    one."""
    holds(
        ask,
        "staging.stg_mirror_presentation as shown inner join staging.stg_mirror_item as item using"
        " (school_id, mirror_id) inner join staging.stg_meeting as meeting using (school_id, meeting_id)"
        " inner join staging.stg_loop as loop on loop.school_id = item.school_id and loop.partnership_id ="
        " item.partnership_id and loop.loop_no = item.loop_no",
        "meeting.meeting_date < coalesce(loop.actual_start, loop.planned_start)",
    )
    holds(
        ask, "marts.indicator_value where indicator_id = 'A5' and unit = 'share'", "numerator > denominator"
    )
