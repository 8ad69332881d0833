"""Numbers that were wrong once, each with the right one, worked out by hand.

Each school of `mutations.py` that is named here delivers something lawful that a number was wrong for. All
of them are
in one database, built by one run up to the gate, so what one delivers never stops the others. What concerns
what the gate
shows, runs that overlap, releases and the dry run is tested where these are.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from conftest import copy_of, dbt
from pipeline.built import Built
from pipeline.mutations import Case, cases

from innenfra.database import local

CASES = cases()
Number = tuple[float | None, float | None, str]


@pytest.fixture(scope="module")
def values(mutated: Built) -> dict[tuple[str, ...], Number]:
    rows = mutated.ask(
        "select school_id, partnership_id, indicator_id, slice, period_type, period,"
        " numerator::float, denominator::float, status"
        " from marts.indicator_value where unit_level = 'school' and (indicator_id, definition_version) in"
        " (select indicator_id, definition_version from marts.indicator where is_current)"
    )
    return {(*r[:3], json.dumps(r[3], sort_keys=True), *r[4:6]): r[6:] for r in rows}


Ask = Any


@pytest.fixture(scope="module")
def ask(values: dict[tuple[str, ...], Number]) -> Ask:
    """One value of a case: the indicator, the period, and the slice by names. A row that is not there is an
    error."""

    def one(case: Case, indicator: str, period: str, partnership: str | None = None, **names: str) -> Number:
        kind = {"all": "project"}.get(period) or ("school_year" if "/" in period else "partnership_year")
        if period.startswith("loop "):
            kind, period = "loop", period.removeprefix("loop ")
        of = partnership or case.school.partnership
        key = (case.school_id, of, indicator, json.dumps(names, sort_keys=True), kind, period)
        assert key in values, key
        return values[key]

    return one


def findings(mutated: Built, case: Case, file_type: str) -> list[str]:
    """What was found in a file type of a case, in English."""
    rows = mutated.ask(
        "select message_en from quality.finding inner join inbox.file using (file_id) where school_id = %s"
        " and file_type = %s",
        case.school_id,
        file_type,
    )
    return [r[0] for r in rows]


YEAR = "2019/20"


def test_one_case_stops_no_other(mutated: Built) -> None:
    assert mutated.outcome.succeeded, mutated.outcome.failed


def test_01_more_minutes_used_than_set_aside_is_a_fact(ask: Ask) -> None:
    case = CASES["more_minutes_than_set_aside"]
    names = {"measure": "actual_against_planned", "activity": "planning"}
    assert ask(case, "C2", "loop 1", **names) == (510, 480, "observed")
    assert ask(case, "C2", "all", **names) == (510, 480, "observed")


def test_02_more_teams_than_are_active_and_more_loops_than_planned_are_told_as_delivered(
    mutated: Built, ask: Ask
) -> None:
    case = CASES["more_teams_and_loops_than_there_are"]
    assert ask(case, "C4", "loop 1", measure="attendance") == (5, 4, "observed")
    assert ask(case, "U1", "1", measure="against_plan") == (2, 1, "observed")
    assert ask(case, "A1", "1") == (2, 1, "observed")
    assert any("Teams represented" in said for said in findings(mutated, case, "meetings"))


def test_03_a_team_loop_of_an_unregistered_team_is_held_once(mutated: Built, ask: Ask) -> None:
    case = CASES["team_that_is_not_registered"]
    held = mutated.ask(
        "select stage, count(*) from landed.held_back_row where school_id = %s and file_type = 'team_loops'"
        " group by 1",
        case.school_id,
    )
    assert held == [("across", 1)]
    assert ask(case, "C1", YEAR) == (6, 6, "observed")


def test_04_two_partnerships_at_a_school_are_told_by_their_own_records(ask: Ask) -> None:
    case = CASES["two_partnerships"]
    (second,) = (school.partnership for school in case.others)
    assert ask(case, "A1", "1") == (2, 2, "observed")
    assert ask(case, "A1", "1", second) == (2, 4, "observed")
    assert ask(case, "C1", YEAR) == (8, 8, "observed")
    assert ask(case, "C1", YEAR, second) == (6, 6, "observed")
    assert ask(case, "C3", "loop 2", measure="arenas") == (2, 2, "observed")
    assert ask(case, "C3", "loop 2", second, measure="arenas") == (1, 1, "observed")
    assert ask(case, "C4", "loop 2", measure="attendance") == (4, 4, "observed")
    # its last meeting is the first partnership's alone
    assert ask(case, "A4", "loop 2", second, arena="post_loop_meeting", grain="loop") == (0, 1, "stated_zero")
    assert ask(case, "E1", YEAR, second, measure="decided_by_practitioners") == (0, 1, "stated_zero")
    assert ask(case, "A2", YEAR, party="school", assessor="own") == (3, 3, "observed")
    assert ask(case, "A2", YEAR, second, party="school", assessor="own") == (2, 3, "observed")
    assert ask(case, "I1", YEAR, plan="meeting_plan") == ask(case, "I1", YEAR, second, plan="meeting_plan")


def test_a_meeting_of_two_partnerships_counts_once_above_the_school(
    mutated: Built, ask: Ask, server: local.Server
) -> None:
    case = CASES["two_partnerships"]
    (second,) = (school.partnership for school in case.others)
    made = replace(mutated, url=copy_of(server, mutated.url))
    with psycopg.connect(made.url) as connection:
        connection.execute("insert into published.release (note) values ('test')")
        connection.execute(
            "insert into dialogue.member_check (school_id, release_id, by_subject, answer) select distinct"
            " school_id, (select max(release_id) from published.release), 'test', 'recognised' from"
            " register.school"
        )
    dbt(made.settings, made.url, "run", "--select", "tag:candidate")

    def summed(indicator: str, level: str, unit: str, **names: str) -> tuple[float, float]:
        (told,) = made.ask(
            "select sum(x)::float, sum(base)::float from gate.unit_part where part_id = %s and indicator_id ="
            " %s and slice = %s::jsonb and period = %s and unit_level = %s and unit_id = %s",
            case.school_id,
            indicator,
            json.dumps(names),
            YEAR,
            level,
            unit,
        )
        return told

    for mode in ("led", "took_part", "absent_by_design", "absent"):
        meetings = {"arena": "full_staff", "grain": "meeting", "mode": mode}
        of_first = ask(case, "A4", YEAR, **meetings)[:2]
        of_second = ask(case, "A4", YEAR, second, **meetings)[:2]
        assert of_first == of_second
        for level, unit in (("network", "all"), ("institution", "UH1"), ("institution", "UH2")):
            assert summed("A4", level, unit, **meetings) == of_first
    # what is no meeting is of each partnership by itself
    assert summed("C1", "network", "all") == (14, 14)
    assert made.ask(
        "select distinct note from gate.unit_value where unit_level = 'network' and period = %s and"
        " indicator_id = 'A4' and slice ->> 'grain' = 'meeting'",
        YEAR,
    ) == [("meeting_counted_once",)]


def test_07_links_that_were_not_collected_are_no_zero(ask: Ask) -> None:
    for name in ("links_not_collected", "links_never_mentioned"):
        assert ask(CASES[name], "C3", YEAR, measure="links") == (None, None, "not_collected")
        assert ask(CASES[name], "C3", "loop 1", measure="links") == (None, None, "not_collected")
    assert ask(CASES["links_of_one_loop"], "C3", "loop 2", measure="links") == (0, 4, "stated_zero")


def test_08_a_blank_revised_is_not_known(ask: Ask) -> None:
    assert ask(CASES["checks_with_blank_revised"], "E4", YEAR, measure="revised") == (2, 3, "observed")


def test_09_a_loop_cancelled_without_agreement_stays_below(ask: Ask) -> None:
    case = CASES["cancelled_loop"]
    assert ask(case, "C1", YEAR) == (4, 10, "observed")
    assert ask(case, "C1", "loop 1") == (4, 4, "observed")
    assert ask(CASES["loop_let_off"], "C1", YEAR) == (6, 6, "observed")


def test_10_a_shortened_loop_was_held(ask: Ask) -> None:
    case = CASES["shortened_loop"]
    assert ask(case, "C1", YEAR) == (7, 10, "observed")
    assert ask(case, "A1", "1") == (1, 2, "observed")
    assert ask(case, "U1", YEAR)[:1] == (1,)


def test_11_checks_after_the_end_belong_to_the_project_and_their_year(ask: Ask) -> None:
    case = CASES["checks_after_the_end"]
    top, bottom, status = ask(case, "E4", "2020/21", outcome="recognised")
    assert (top, bottom) == (2, 3)
    assert status == "provisional"  # no calendar of that year was delivered
    within = ask(case, "E4", YEAR, outcome="recognised")
    assert ask(case, "E4", "all", outcome="recognised")[:2] == (within[0] + 2, within[1] + 3)


def test_12_meetings_count_whether_or_not_the_loop_was_held(ask: Ask) -> None:
    assert ask(CASES["meetings_of_a_running_loop"], "C4", YEAR, measure="attendance") == (9, 12, "observed")


def test_13_a_loop_without_a_calendar_is_in_its_rows_own_year(ask: Ask) -> None:
    case = CASES["calendars_not_delivered"]
    assert ask(case, "C1", YEAR) == (4, 4, "observed")
    for year in ("2020/21", "2021/22"):
        assert ask(case, "C1", year) == (4, 4, "provisional")
    assert ask(case, "C1", "loop 3") == (4, 4, "observed")
    assert ask(case, "C1", "all") == (12, 12, "observed")


def test_14_one_area_over_five_loops_is_one_area(ask: Ask) -> None:
    case = CASES["one_area_over_five_loops"]
    assert ask(case, "U4", "all", measure="bottom_up") == (1, 1, "observed")
    assert ask(case, "U4", "2022/23", measure="bottom_up") == (1, 1, "observed")
    assert ask(case, "U4", "all", measure="loops_with_collective_area") == (5, 5, "observed")


def test_15_subcategories_over_four_years_are_counted_once(ask: Ask) -> None:
    case = CASES["one_codebook_over_four_years"]
    assert ask(case, "S2", "all", category="emotional_support") == (4, 4, "observed")
    assert ask(case, "S2", YEAR, category="emotional_support") == (2, 4, "observed")


def test_16_units_without_a_stance_are_units(ask: Ask) -> None:
    case = CASES["units_without_a_stance"]
    assert ask(case, "S3", "loop 1", stance="confirming_only") == (5, 24, "observed")
    assert ask(case, "S3", "all", stance="confirming_only") == (5, 24, "observed")


def test_17_a_tool_noted_by_one_party_is_no_tool(ask: Ask) -> None:
    assert ask(CASES["tool_noted_by_one_party"], "E5", YEAR) == (2, 4, "observed")


def test_18_only_wanted_practice_makes_teams_visible(ask: Ask) -> None:
    case = CASES["practice_that_is_not_wanted"]
    assert ask(case, "P5", "loop 1", measure="teams") == (2, 5, "observed")
    assert ask(case, "P5", "loop 1") == (0, 1, "stated_zero")


def test_19_mirror_data_after_the_next_held_loop_began_are_not_in_time(ask: Ask) -> None:
    assert ask(CASES["mirror_data_after_a_cancelled_loop"], "A5", "loop 1") == (0, 1, "stated_zero")


def test_20_an_amendment_that_rests_on_nothing_is_not_grounded(mutated: Built, ask: Ask) -> None:
    case = CASES["amendment_on_nothing"]
    assert ask(case, "A3", "all") == (0, 1, "stated_zero")
    assert any("INGENTING" in said for said in findings(mutated, case, "agreement_versions"))
    assert ask(CASES["amendment_on_a_decision"], "A3", "all") == (1, 1, "observed")
    assert ask(CASES["amendment_on_an_evaluation"], "A3", "all") == (1, 1, "observed")
    assert ask(CASES["amendment_on_a_later_decision"], "A3", "all") == (0, 1, "stated_zero")
    assert ask(CASES["amendment_on_another_meeting"], "A3", "all") == (0, 1, "stated_zero")
    assert ask(CASES["amendment_that_says_nothing"], "A3", "all") == (None, None, "not_collected")


def test_21_a_correction_that_comes_before_its_original_counts(ask: Ask) -> None:
    case = CASES["correction_before_its_original"]
    assert ask(case, "C1", YEAR) == (10, 10, "observed")
    assert ask(case, "C4", "all", measure="membership") == (5, 5, "observed")


def test_25_a_code_of_no_list_is_held_back_with_a_finding(mutated: Built, ask: Ask) -> None:
    case = CASES["code_that_is_none"]
    assert any("banan" in said for said in findings(mutated, case, "notes"))
    assert mutated.ask("select code from staging.stg_note where school_id = %s", case.school_id) == [
        ("initiation",)
    ]
    assert ask(case, "I5", YEAR, status="initiation") == (1, None, "observed")


def test_26_years_of_which_no_loops_were_delivered_are_in_no_sum(ask: Ask) -> None:
    case = CASES["years_without_loops_file"]
    for year in ("2", "3"):
        assert ask(case, "A1", year) == (None, None, "not_collected")
        assert ask(case, "A1", year, reading="cumulative")[:2] == (2, 2)
    assert ask(case, "A1", "all")[:2] == (2, 2)


def test_27_the_last_of_a_chain_of_corrections_counts(ask: Ask) -> None:
    assert ask(CASES["chain_of_corrections"], "C1", YEAR) == (5, 7, "observed")


# ---------------------------------------------------------------- more of what is ruled


def test_a_plan_of_nothing_adds_above_and_nothing_below(ask: Ask) -> None:
    assert ask(CASES["plan_of_nothing"], "A1", "1") == (2, 0, "not_applicable")
    assert ask(CASES["plan_of_nothing"], "A1", "2") == (None, None, "not_applicable")


def test_years_that_do_not_map_have_no_school_year(ask: Ask) -> None:
    case = CASES["years_that_do_not_map"]
    assert ask(case, "A1", YEAR) == (None, None, "not_applicable")
    assert ask(case, "A1", "1") == (1, 2, "observed")


def test_what_both_sides_say_is_told_by_itself(ask: Ask) -> None:
    case = CASES["two_institutions_assess"]
    assert ask(case, "A2", YEAR, party="school", assessor="own") == (3, 3, "observed")
    # the first is kept by one institution and the owner, and not by the other institution
    assert ask(case, "A2", YEAR, party="school", assessor="other") == (2, 3, "observed")
    assert ask(case, "A2", YEAR, party="school", assessor="both") == (2, 3, "observed")
    assert ask(CASES["one_side_has_assessed_one"], "A2", YEAR, party="school", assessor="own") == (
        None,
        None,
        "insufficient",
    )


def test_an_own_template_counts_where_it_was_delivered(ask: Ask) -> None:
    assert ask(CASES["own_template_that_was_delivered"], "P1", "loop 3", used="yes")[1:] == (12, "observed")
    assert ask(CASES["own_template_that_was_not"], "P1", "loop 3", used="yes") == (
        None,
        None,
        "not_applicable",
    )


def test_mirror_data_on_the_day_the_next_loop_begins_are_in_time(ask: Ask) -> None:
    case = CASES["mirror_data_on_the_very_day"]
    assert ask(case, "A5", "loop 1") == (1, 1, "observed")
    assert ask(case, "A5", "loop 2") == (0, 1, "stated_zero")
    assert ask(CASES["mirror_data_complete_and_never_shown"], "A5", "loop 1") == (0, 1, "stated_zero")
    assert ask(CASES["mirror_data_by_meetings_alone"], "A5", "loop 1") == (1, 1, "observed")
    assert ask(CASES["mirror_data_by_meetings_alone"], "A5", "loop 1", measure="median_days") == (
        None,
        None,
        "not_collected",
    )


def test_a_loop_of_august_is_of_the_year_that_it_says(ask: Ask) -> None:
    assert ask(CASES["loop_between_two_calendars"], "C1", "2020/21") == (8, 8, "observed")


def test_part_of_the_team_loops_is_provisional(ask: Ask) -> None:
    case = CASES["partly_delivered_team_loops"]
    assert ask(case, "C1", "loop 2") == (2, 2, "provisional")
    assert ask(CASES["delayed_files_that_came"], "C1", YEAR) == (8, 8, "observed")


def test_nobody_has_experience_in_the_first_loop_that_was_held(ask: Ask) -> None:
    assert ask(CASES["first_loop_cancelled"], "U2", "loop 2") == (None, None, "not_applicable")


def test_two_codebook_versions_are_one_codebook(ask: Ask) -> None:
    case = CASES["codebooks_of_two_versions"]
    assert ask(case, "S2", "all", category="emotional_support")[1] == 5
    assert ask(case, "S2", YEAR, category="emotional_support")[1] == 4


def test_a_team_without_a_row_did_not_complete_where_the_file_is_whole(ask: Ask) -> None:
    case = CASES["held_loop_of_which_no_team_tells"]
    assert ask(case, "C1", "loop 2") == (0, 4, "stated_zero")
    assert ask(case, "C1", YEAR) == (4, 8, "observed")
    # a share of none completed is a share of nothing
    for indicator, names in (("C5", {}), ("U2", {}), ("P3", {}), ("P4", {"goals": "both"})):
        assert ask(case, indicator, "loop 2", **names) == (None, None, "not_applicable")
    assert ask(case, "A4", "loop 2", arena="team", grain="team_loop") == (None, None, "not_applicable")


def test_what_was_not_delivered_of_a_cancelled_loop_is_no_zero(ask: Ask) -> None:
    case = CASES["cancelled_loop_of_which_nothing_is_told"]
    assert ask(case, "C1", "loop 2") == (None, None, "not_collected")
    assert ask(case, "C1", YEAR) == (None, None, "not_collected")


def test_partly_completed_team_loops_count_by_what_they_tell(ask: Ask) -> None:
    case = CASES["loop_that_no_team_completed"]
    assert ask(case, "C1", "loop 4") == (0, 4, "stated_zero")
    assert ask(case, "C5", "loop 4") == (None, None, "not_applicable")
    assert ask(case, "P2", "loop 4") == (None, None, "not_applicable")
    # three of the four tell of the five phases of the template
    assert ask(case, "P1", "loop 4", used="yes") == (13, 15, "observed")


def test_arenas_and_links_of_which_more_is_to_come_are_preliminary(ask: Ask) -> None:
    case = CASES["meetings_and_links_in_part"]
    for clock in ("loop 1", YEAR, "1", "all"):
        assert ask(case, "C3", clock, measure="arenas") == (1, 2, "provisional")
        assert ask(case, "C3", clock, measure="links") == (1, 4, "provisional")
    assert ask(case, "C3", YEAR, measure="distinct_arenas") == (1, None, "provisional")
    assert ask(case, "C3", "loop 2", measure="arenas") == (None, None, "not_collected")
    assert ask(case, "C3", "loop 2", measure="links") == (None, None, "not_collected")


def test_teams_that_nobody_registered_are_not_none(ask: Ask) -> None:
    case = CASES["group_that_met_before_there_were_teams"]
    assert ask(case, "C4", "loop 1", measure="attendance") == (4, 4, "observed")
    assert ask(case, "C4", YEAR, measure="attendance") == (8, 8, "observed")
    case = CASES["teams_not_collected"]
    assert ask(case, "C4", YEAR, measure="attendance") == (None, None, "not_collected")
    assert ask(case, "C1", YEAR) == (None, None, "not_collected")


def test_no_area_is_a_zero_only_of_a_whole_list(ask: Ask) -> None:
    case = CASES["no_collective_area"]
    assert ask(case, "U4", YEAR, measure="loops_with_collective_area") == (0, 2, "stated_zero")
    assert ask(case, "U4", YEAR, measure="bottom_up") == (None, None, "not_applicable")
    case = CASES["areas_in_part"]
    assert ask(case, "U4", "loop 1", measure="loops_with_collective_area") == (1, 1, "observed")
    assert ask(case, "U4", "loop 2", measure="loops_with_collective_area") == (None, None, "not_collected")
    assert ask(case, "U4", YEAR, measure="loops_with_collective_area") == (1, 1, "observed")


def test_teams_of_several_items_are_told_at_least(mutated: Built, ask: Ask) -> None:
    case = CASES["several_items_of_mirror_data"]
    assert ask(case, "P5", "loop 1", measure="teams") == (3, 4, "observed")
    assert ask(case, "P5", "loop 1") == (None, None, "insufficient")
    assert ask(case, "P5", YEAR, all="not_known")[:1] == (1,)
    said = mutated.ask(
        "select distinct bound, note from marts.indicator_value where school_id = %s and indicator_id = 'P5'"
        " and slice ->> 'measure' = 'teams' and period_type in ('loop', 'project') and value is not null",
        case.school_id,
    )
    assert said == [(">=", "at_least")]


def test_a_start_of_the_year_before_is_found_behind_its_number(mutated: Built, ask: Ask) -> None:
    case = CASES["start_up_in_the_year_before"]
    assert ask(case, "U5", YEAR) == (2, 2, "observed")
    assert ask(case, "U5", "2020/21") == (2, 2, "observed")
    behind = mutated.ask(
        "select meeting.meeting_id from marts.indicator"
        " cross join authz.all_rows_behind(%s, %s, 'U5', definition_version, 'school_year', '2020/21', '{}')"
        " as behind"
        " inner join staging.stg_meeting as meeting"
        " on meeting.file_id = behind.file_id and meeting.row_number = any(behind.rows)"
        " where indicator.indicator_id = 'U5' and is_current",
        case.school_id,
        case.school.partnership,
    )
    assert {"M03-1", "M04-4"} <= {meeting for (meeting,) in behind}


def test_all_teams_are_seen_only_where_that_is_known(mutated: Built, ask: Ask) -> None:
    case = CASES["items_that_reach_different_teams"]
    # one and two teams, or three and one, are fewer than the five with data, whichever they are
    for loop in ("1", "2"):
        assert ask(case, "P5", f"loop {loop}") == (0, 1, "stated_zero")
    for loop, least in (("1", 2), ("2", 3), ("3", 2)):
        assert ask(case, "P5", f"loop {loop}", measure="teams")[:2] == (least, 5)
    assert ask(case, "P5", "loop 3") == (None, None, "insufficient")
    for names in ({}, {"measure": "teams"}):
        assert ask(case, "P5", "loop 4", **names) == (None, None, "not_collected")
    assert ask(case, "P5", YEAR) == (0, 2, "stated_zero")
    assert ask(case, "P5", "all") == (None, None, "insufficient")
    assert [ask(case, "P5", "all", all=said)[0] for said in ("yes", "no", "not_known")] == [0, 2, 1]
    bounds = mutated.ask(
        "select period, bound from marts.indicator_value where school_id = %s and indicator_id = 'P5'"
        " and slice ->> 'measure' = 'teams' and period_type = 'loop' and value is not null order by 1",
        case.school_id,
    )
    assert bounds == [("1", ">="), ("2", ">="), ("3", ">=")]


def test_minutes_add_up_by_each_loops_own_design(ask: Ask) -> None:
    """Four teams use 240 minutes for planning in each loop; 240 were set aside in the first, none in the
    second."""
    case = CASES["design_that_changes"]
    planning = {"measure": "actual_against_planned", "activity": "planning"}
    assert ask(case, "C2", "loop 2", **planning) == (960, 0, "not_applicable")
    assert ask(case, "C2", YEAR, **planning) == (1920, 960, "observed")
    assert ask(case, "C2", "loop 1", measure="share_evaluation_and_sharing") == (210, 510, "observed")
    assert ask(case, "C2", "loop 2", measure="share_evaluation_and_sharing") == (60, 165, "observed")
    assert ask(case, "C2", "all", measure="share_evaluation_and_sharing") == (270, 675, "observed")
    # one and the same design over two loops is that design's, not twice it
    once = ask(CASES["links_of_one_loop"], "C2", "all", measure="share_evaluation_and_sharing")
    assert once == (210, 510, "observed")
    # the minutes of a loop that was not held are in no number
    assert ask(CASES["cancelled_loop"], "C2", "all", **planning) == (1440, 1440, "observed")


def test_phases_of_two_templates_are_never_added(ask: Ask) -> None:
    case = CASES["two_templates_in_a_year"]
    assert ask(case, "P1", "2020/21", used="yes", template="M1")[1:] == (20, "observed")
    assert ask(case, "P1", "2020/21", used="yes", template="M7")[1:] == (12, "observed")
    with pytest.raises(AssertionError):
        ask(case, "P1", "2020/21", used="yes")


def test_arenas_are_summed_over_loops_and_counted_once_beside(ask: Ask) -> None:
    case = CASES["one_area_over_five_loops"]
    met, agreed, _ = ask(case, "C3", "all", measure="arenas")
    assert (met, agreed) == (10, 10)
    assert ask(case, "C3", "all", measure="distinct_arenas") == (2, None, "observed")
