"""What is planted in the demonstration shows where the list says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from innenfra.demo import plants


@pytest.fixture(scope="module")
def ask(built_database: str) -> Any:
    def query(text: str, *parameters: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(built_database) as connection:
            return connection.execute(text, parameters).fetchall()

    return query


def test_every_plant_is_named_once_and_has_its_test() -> None:
    names = [p.name for p in plants.PLANTS]
    assert len(names) == len(set(names)) >= 10
    text = Path(__file__).read_text(encoding="utf-8")
    assert [p.name for p in plants.PLANTS if f"plants.{_constant(p.school_id)}" not in text] == []


def _constant(school_id: str) -> str:
    return next(name for name, value in vars(plants).items() if value == school_id and name != "SJOSIDEN")


def test_too_small_to_show(ask: Any) -> None:
    rows = ask(
        "select status, value, numerator from published.indicator_value where school_id = %s and indicator_id"
        " = 'E3' and period_type = 'loop'",
        plants.SMALL,
    )
    assert rows
    assert {r[0] for r in rows} == {"suppressed"}
    assert all(r[1] is None and r[2] is None for r in rows)


def test_series_break(ask: Any) -> None:
    rows = ask(
        "select period from published.indicator_value where school_id = %s and indicator_id = 'E3' and"
        " period_type = 'school_year' and break_before",
        plants.BREAK,
    )
    assert rows == [("2022/23",)]


def test_late_file_counts_and_is_told(ask: Any) -> None:
    rows = ask(
        "select status, is_late from published.delivery_status where school_id = %s and file_type ="
        " 'log_counts' and is_late",
        plants.LATE,
    )
    assert rows
    assert {r[0] for r in rows} == {"delivered"}


def test_amended_agreement_rests_on_a_decision(ask: Any) -> None:
    counted = (
        "select numerator, denominator from marts.indicator_value where school_id = %s and indicator_id ="
        " 'A3' and period_type = 'school_year' and period = %s"
    )
    assert ask(counted, plants.LATE, "2021/22") == [(1, 1)]
    versions = (
        "select version_no from intermediate.int_agreement_in_force where school_id = %s and period_type ="
        " 'school_year' and period = %s"
    )
    assert [ask(versions, plants.LATE, year) for year in ("2020/21", "2021/22")] == [[(1,)], [(2,)]]


def test_rejected_file_stops_only_itself(ask: Any) -> None:
    ((status, landed),) = ask(
        "select status, rows_landed from inbox.file where file_name = '900002-rejected'"
    )
    assert (status, landed) == ("rejected", 0)
    ((message,),) = ask("select message_nb from quality.finding where rule = 'unknown_column'")
    assert "log_counts.csv" in message
    assert "kjonn" in message
    assert (
        ask(
            "select count(*) from published.indicator_value where school_id = %s and status = 'observed'",
            plants.REJECTED,
        )[0][0]
        > 100
    )


def test_merged_team_counts_once_from_the_merger(ask: Any) -> None:
    before = ask(
        "select active_teams_n from intermediate.int_loop where school_id = %s and school_year = '2021/22'"
        " limit 1",
        plants.MERGED,
    )
    after = ask(
        "select active_teams_n from intermediate.int_loop where school_id = %s and school_year = '2022/23'"
        " limit 1",
        plants.MERGED,
    )
    assert (before[0][0], after[0][0]) == (5, 4)


def test_municipality_changes_number(ask: Any) -> None:
    rows = ask(
        "select municipality_no from register.school where school_id = %s order by valid_from",
        plants.RENUMBERED,
    )
    assert rows == [("3804",), ("3907",)]
    assert ask(
        "select 1 from register.municipality_change where from_no = '3804' and to_no = '3907' and changed_on"
        " = '2024-01-01'"
    )


def test_two_institutions_count_the_school_once(ask: Any) -> None:
    ((institutions,),) = ask(
        "select institution_ids from published.school where school_id = %s", plants.TWO_INSTITUTIONS
    )
    assert institutions == ["UH1", "UH2"]
    rows = ask(
        "select count(*), count(distinct (indicator_id, period_type, period, slice)) from"
        " published.indicator_value where school_id = %s",
        plants.TWO_INSTITUTIONS,
    )
    assert rows[0][0] == rows[0][1] > 0


def test_open_answers_come_masked_and_their_round_counts_as_before(ask: Any) -> None:
    own = "school_id = %s and file_name = '900004-egne-ord'"
    texts = [
        r[0]
        for r in ask(
            "select answer from restricted.log_text inner join inbox.file as file using (file_id) where"
            f" file.{own}",
            plants.TWO_INSTITUTIONS,
        )
    ]
    assert len(texts) == 16
    assert sum("[…]" in text for text in texts) == 2
    assert not [text for text in texts if "@" in text or "912" in text]
    counts = (
        "select distinct item_id, answer_code, n from landed.log_count inner join inbox.file as file using"
        " (file_id) where log_count.school_id = %s and n > 0 and loop_no = (select loop_no from"
        " landed.log_round where log_round.school_id = log_count.school_id) and file.file_name {}"
        " '900004-egne-ord' order by 1, 2"
    )
    export, sheet = (ask(counts.format(sign), plants.TWO_INSTITUTIONS) for sign in ("=", "<>"))
    assert len(export) > 10
    assert export == sheet


def test_small_rounds_of_three_schools_are_told_together_and_never_alone(ask: Any) -> None:
    pooled = list(plants.POOLED)
    assert plants.MERGED in pooled
    rows = ask(
        "select distinct status from published.indicator_value where school_id = any(%s) and indicator_id in"
        " ('E3', 'L1', 'L2') and period_type = 'school_year' and period = %s",
        pooled,
        plants.POOLED_YEAR,
    )
    assert rows == [("suppressed",)]
    shown = ask(
        "select indicator_id, n_band, status from published.indicator_value where unit_level = 'pool' and"
        " period = %s",
        plants.POOLED_YEAR,
    )
    assert {"L1", "L2", "L3", "I4"} == {row[0] for row in shown if row[2] == "observed"}
    # how many answered at three schools of fewer than five each would tell how many did at each
    assert {row[1:] for row in shown if row[0] == "E3"} == {(None, "suppressed")}
    assert {row[1] for row in shown if row[2] == "observed"} == {"10_19"}
    assert ask(
        "select count(distinct school_id), min(school_id) from gate.membership where atom_level = 'pool'"
    ) == [(3, min(pooled))]


def test_silent_second_school_is_on_the_list(ask: Any) -> None:
    assert ask("select invited_only from published.school where school_id = %s", plants.SILENT) == [(True,)]


def test_corrected_file_replaces_and_both_stay(ask: Any) -> None:
    ((files,),) = ask(
        "select count(distinct file_id) from landed.team_loop where school_id = %s and loop_no = 2",
        plants.CORRECTED,
    )
    ((current,),) = ask(
        "select count(distinct file_id) from staging.stg_team_loop where school_id = %s and loop_no = 2",
        plants.CORRECTED,
    )
    ((numerator, denominator),) = ask(
        "select numerator, denominator from published.indicator_value where school_id = %s and indicator_id ="
        " 'C1' and period_type = 'loop' and period = '2'",
        plants.CORRECTED,
    )
    assert (files, current) == (2, 1)
    assert numerator == denominator


def test_a_year_that_the_school_has_not_looked_through_is_awaited_by_others(ask: Any) -> None:
    seen = (
        "select distinct period from published.{} where school_id = %s and period_type = 'school_year' and"
        " status = %s order by 1"
    )
    assert ask(seen.format("indicator_value"), plants.AWAITING, "awaiting_member_check") == [("2024/25",)]
    assert ("2024/25",) in ask(seen.format("school_indicator_value"), plants.AWAITING, "observed")
    assert ask(
        "select count(*) from published.indicator_value where status = 'awaiting_member_check' and"
        " coalesce(value, numerator, n_respondents) is not null"
    ) == [(0,)]
    assert ask(
        "select count(*) from published.indicator_value where status = 'awaiting_member_check' and school_id"
        " <> %s",
        plants.AWAITING,
    ) == [(0,)]


def test_a_school_is_followed_up_after_the_end(ask: Any) -> None:
    rows = ask(
        "select period, status from published.indicator_value where school_id = %s and indicator_id = 'I3'"
        " and period_type = 'school_year' order by 1",
        plants.FOLLOWED_UP,
    )
    assert [r[0] for r in rows] == ["2022/23", "2023/24", "2024/25"]
    assert {r[1] for r in rows} <= {"observed", "stated_zero"}
    after = ask(
        "select distinct status from published.indicator_value where school_id = %s and indicator_id = 'A1'"
        " and slice = '{}' and period in ('4', '5', '6')",
        plants.FOLLOWED_UP,
    )
    assert after == [("not_applicable",)]


def test_every_indicator_of_the_catalogue_has_an_observed_value(ask: Any) -> None:
    lacking = ask(
        "select distinct indicator_id from published.indicator as indicator where not exists ( select 1 from"
        " marts.indicator_value as value where value.indicator_id = indicator.indicator_id and value.status ="
        " 'observed')"
    )
    assert lacking == []
