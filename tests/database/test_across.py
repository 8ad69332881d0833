"""Each rule over several deliveries finds what it is there for, and nothing where all is well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql

from expectations.cross_delivery import ACROSS
from expectations.run import across_by_code, check_across
from innenfra.contracts.deliveries import delivery_tables
from innenfra.database import local
from tests.conftest import fresh_database

SCHOOL, PARTNERSHIP = "998870011", "PS-SJO"
DEFAULTS: dict[type, Any] = {int: 1, str: "x", dt.date: dt.date(2020, 9, 1)}


class World:
    """A school's landed rows, a file for each call."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        self.files: list[int] = []

    def deliver(
        self,
        file_type: str,
        rows: list[dict[str, Any]],
        period: str = "all",
        school_year: str | None = None,
        received: str = "2026-01-01",
        partnership: str = "",
    ) -> int:
        table = delivery_tables()[file_type]
        number = len(self.files) + 1
        found = self.connection.execute(
            "insert into inbox.file (sha256, file_name, size_bytes, school_id, received_by, received_at,"
            " status, rows_read, rows_landed, rows_held_back, store_path, checked_by_run) values (%s, %s, 1,"
            " %s, 'test', %s, 'landed', %s, %s, 0, '-', 'before') returning file_id",
            (f"{number:064d}", f"{file_type}-{number}.csv", SCHOOL, received, len(rows), len(rows)),
        ).fetchone()
        assert found
        file_id = int(found[0])
        self.connection.execute(
            "insert into inbox.delivery (school_id, file_type, period, file_id, school_year, partnership_id,"
            " completeness, rows_landed, rows_held_back) values (%s, %s, %s, %s, %s, %s, 'complete', %s, 0)",
            (SCHOOL, file_type, period, file_id, school_year, partnership, len(rows)),
        )
        for place, row in enumerate(rows):
            whole = {c.name: DEFAULTS.get(c.type.python_type, 1) for c in table.columns if not c.nullable}
            whole |= {"school_id": SCHOOL, "file_id": file_id, "row_number": place + 2, "period": period}
            whole |= {"partnership_id": PARTNERSHIP} if "partnership_id" in table.c else {}
            whole |= row
            statement = sql.SQL("insert into {} ({}) values ({})").format(
                sql.Identifier("landed", table.name),
                sql.SQL(", ").join(map(sql.Identifier, whole)),
                sql.SQL(", ").join([sql.Placeholder()] * len(whole)),
            )
            self.connection.execute(statement, list(whole.values()))
        self.files.append(file_id)
        return file_id


def team_of(world: World, team: str) -> list[int]:
    world.deliver("teams", [{"team_id": "T1", "valid_from": dt.date(2019, 8, 1)}])
    world.deliver("loops", [{"loop_no": 1, "planned_start": dt.date(2020, 9, 1)}])
    return [world.deliver("team_loops", [{"loop_no": 1, "team_id": team}])]


def loop_of(file_type: str) -> Callable[[World, bool], list[int]]:
    def plant(world: World, wrong: bool) -> list[int]:
        world.deliver("loops", [{"loop_no": 1}])
        return [world.deliver(file_type, [{"loop_no": 2 if wrong else 1}])]

    return plant


def under_agreement(world: World, wrong: bool) -> list[int]:
    world.deliver(
        "agreement_versions", [{"valid_from": dt.date(2019, 8, 1), "valid_to": dt.date(2020, 7, 31)}]
    )
    return [world.deliver("loops", [{"loop_no": 1, "actual_start": dt.date(2020, 8 if wrong else 7, 15)}])]


YEAR_TWO = {"agreement_id": "AV-1", "version_no": 2, "valid_from": dt.date(2021, 8, 1)}


def amended(world: World, wrong: bool) -> list[int]:
    world.deliver("decisions", [{"decision_id": "B1", "decided_on": dt.date(2021, 8, 2 if wrong else 1)}])
    return [world.deliver("agreement_versions", [YEAR_TWO | {"change_basis_ref": "B1"}])]


def amended_without_basis(world: World, wrong: bool) -> list[int]:
    return [world.deliver("agreement_versions", [YEAR_TWO | {"change_basis_ref": None if wrong else "B1"}])]


def reviewed_version(world: World, wrong: bool) -> list[int]:
    first = {
        "agreement_id": "AV-1",
        "version_no": 1,
        "valid_from": dt.date(2019, 8, 1),
        "valid_to": dt.date(2021, 7, 31),
    }
    world.deliver("agreement_versions", [first, YEAR_TWO | {"change_basis_ref": "B1"}])
    review = {
        "agreement_id": "AV-1",
        "version_no": 1 if wrong else 2,
        "school_year": "2021/22",
        "assessed_by": "school",
    }
    return [world.deliver("commitment_reviews", [review])]


def reviewed_by_owner(world: World, wrong: bool) -> list[int]:
    version = {"agreement_id": "AV-1", "version_no": 1, "valid_from": dt.date(2019, 8, 1)}
    world.deliver("agreement_versions", [version | {"owner_is_party": None if wrong else "yes"}])
    review = {
        "agreement_id": "AV-1",
        "version_no": 1,
        "school_year": "2021/22",
        "assessed_by": "school_owner",
    }
    return [world.deliver("commitment_reviews", [review])]


def year_of_other_loops(world: World, wrong: bool) -> list[int]:
    world.deliver(
        "loops", [{"loop_no": n, "school_year": "2021/22", "partnership_year_no": 2} for n in (1, 2)]
    )
    return [
        world.deliver("school_year", [{"school_year": "2021/22", "partnership_year_no": 3 if wrong else 2}])
    ]


def of_a_meeting(file_type: str) -> Callable[[World, bool], list[int]]:
    def plant(world: World, wrong: bool) -> list[int]:
        world.deliver("meetings", [{"meeting_id": "M1"}])
        world.deliver("mirror_items", [{"mirror_id": "x"}])
        return [world.deliver(file_type, [{"meeting_id": "M2" if wrong else "M1"}])]

    return plant


def represented(world: World, wrong: bool) -> list[int]:
    world.deliver("teams", [{"team_id": t, "valid_from": dt.date(2019, 8, 1)} for t in ("T1", "T2")])
    return [world.deliver("meetings", [{"meeting_id": "M1", "teams_represented_n": 3 if wrong else 2}])]


def counted(world: World, wrong: bool) -> list[int]:
    world.deliver("log_rounds", [{"loop_no": 1, "round_no": 1, "submitted_n": 9}])
    return [world.deliver("log_counts", [{"loop_no": 1, "round_no": 1, "submitted_n": 8 if wrong else 9}])]


def minutes(activity: str) -> Callable[[World, bool], list[int]]:
    def plant(world: World, wrong: bool) -> list[int]:
        world.deliver(
            "loops", [{"loop_no": 1, f"plan_{activity}_min": 100}, {"loop_no": 2, f"plan_{activity}_min": 0}]
        )
        told = [(1, 301 if wrong else 300), (2, 1_500)]
        return [
            world.deliver("team_loops", [{"loop_no": loop, f"{activity}_min": used} for loop, used in told])
        ]

    return plant


def phases(world: World, wrong: bool) -> list[int]:
    world.deliver("team_loops", [{"loop_no": 1, "team_id": "T1"}])
    return [world.deliver("team_loop_phases", [{"loop_no": 1, "team_id": "T2" if wrong else "T1"}])]


def presented(world: World, wrong: bool) -> list[int]:
    world.deliver("mirror_items", [{"mirror_id": "S1"}])
    world.deliver("meetings", [{"meeting_id": "x"}])
    return [world.deliver("mirror_presentations", [{"mirror_id": "S2" if wrong else "S1"}])]


def coded(world: World, wrong: bool) -> list[int]:
    world.deliver("codebooks", [{"codebook_version_id": "K-v1", "code": "a"}])
    return [world.deliver("coded_counts", [{"codebook_version_id": "K-v1", "code": "b" if wrong else "a"}])]


def templates(world: World, wrong: bool, loop: dict[str, Any], phase: dict[str, Any]) -> list[int]:
    used = {"loop_no": 1, "template_status": "in_use", "template_version_id": "M-v1"}
    world.deliver("template_versions", [{"template_version_id": "M-v1", "phase_no": n} for n in (1, 2)])
    world.deliver("team_loops", [{"loop_no": 1, "team_id": "T1"}])
    world.deliver("loops", [used | (loop if wrong else {})])
    return [
        world.deliver(
            "team_loop_phases",
            [
                {"loop_no": 1, "team_id": "T1", "template_version_id": "M-v1", "phase_no": 2}
                | (phase if wrong else {})
            ],
        )
    ]


def gap(world: World, wrong: bool) -> list[int]:
    world.deliver("loops", [{"loop_no": 1}], "1")
    return [world.deliver("loops", [{"loop_no": 3 if wrong else 2}], "2")]


def calendar(world: World, wrong: bool) -> list[int]:
    world.deliver(
        "school_year",
        [{"school_year": "2019/20", "year_start": dt.date(2019, 8, 19), "year_end": dt.date(2020, 6, 19)}],
        "2019",
    )
    world.deliver(
        "school_year",
        [{"school_year": "2020/21", "year_start": dt.date(2020, 8, 17), "year_end": dt.date(2021, 6, 18)}],
        "2020",
    )
    return [
        world.deliver(
            "loops",
            [
                {
                    "loop_no": 1,
                    "school_year": "2019/20" if wrong else "2020/21",
                    "actual_start": dt.date(2020, 8, 17),
                }
            ],
        )
    ]


def shown_on(world: World, wrong: bool) -> list[int]:
    world.deliver(
        "loops", [{"loop_no": 1, "planned_start": dt.date(2020, 9, 1), "actual_start": dt.date(2020, 9, 8)}]
    )
    world.deliver("mirror_items", [{"loop_no": 1, "mirror_id": "S1"}])
    world.deliver("meetings", [{"meeting_id": "M1", "meeting_date": dt.date(2020, 9, 7 if wrong else 8)}])
    return [world.deliver("mirror_presentations", [{"mirror_id": "S1", "meeting_id": "M1"}])]


def answered(world: World, wrong: dict[str, str]) -> list[int]:
    world.deliver(
        "log_instruments",
        [{"log_instrument_version_id": "LOGG-v1", "item_id": "utbytte", "answer_codes": "1 2 3"}],
    )
    told = {"log_instrument_version_id": "LOGG-v1", "item_id": "utbytte"}
    # who left the item empty is of every form
    return [
        world.deliver(
            "log_counts", [told | {"answer_code": "no_answer"}, told | {"answer_code": "3"} | wrong]
        )
    ]


def met(world: World, wrong: bool) -> list[int]:
    """A meeting of two partnerships; one of another day is another meeting, however it was."""
    meeting = {"meeting_id": "M1", "arena": "full_staff", "minutes": 60, "leaders_n": 2}
    world.deliver(
        "meetings", [meeting, meeting | {"meeting_id": "M2", "minutes": 90}], partnership="PS-ANNET"
    )
    another_day = meeting | {"meeting_id": "M2", "meeting_date": dt.date(2020, 9, 2)}
    same = meeting | ({"leaders_n": 3} if wrong else {})
    return [world.deliver("meetings", [another_day, same], partnership=PARTNERSHIP)]


def volume(file_type: str) -> Callable[[World, bool], list[int]]:
    def plant(world: World, wrong: bool) -> list[int]:
        table = delivery_tables()[file_type]
        numbered = next(n for n in ("team_id", "meeting_id", "answer_code") if n in table.c)
        for period in ("7", "8", "9"):
            world.deliver(file_type, [{numbered: str(i)} for i in range(6)], period)
        return [world.deliver(file_type, [{numbered: str(i)} for i in range(19 if wrong else 17)], "10")]

    return plant


def delay(file_type: str) -> Callable[[World, bool], list[int]]:
    def plant(world: World, wrong: bool) -> list[int]:
        for year in (2018, 2019, 2020):
            world.deliver(
                file_type,
                [{"school_year": f"{year}/{year - 1999}"} if file_type == "school_year" else {}],
                str(year),
                f"{year}/{year - 1999}",
                f"{year + 1}-08-20",
            )
        row = {"school_year": "2021/22"} if file_type == "school_year" else {}
        return [world.deliver(file_type, [row], "2021", "2021/22", "2022-10-25" if wrong else "2022-10-15")]

    return plant


PLANTS: dict[str, Callable[[World, bool], list[int]]] = {
    "team_not_active": lambda world, wrong: team_of(world, "T9" if wrong else "T1"),
    "loop_not_delivered": loop_of("team_loops"),
    "outside_agreement": under_agreement,
    "amendment_rests_on_nothing": amended,
    "amendment_says_no_basis": amended_without_basis,
    "review_of_other_version": reviewed_version,
    "owner_is_no_party": reviewed_by_owner,
    "partnership_year_of_other_loops": year_of_other_loops,
    "meeting_not_delivered": of_a_meeting("meeting_activities"),
    "more_teams_than_active": represented,
    "log_of_no_loop": loop_of("log_counts"),
    "meeting_told_otherwise": met,
    "log_round_differs": counted,
    "phase_of_no_team_loop": phases,
    "phase_of_no_template": lambda world, wrong: templates(world, wrong, {}, {"phase_no": 3}),
    "loop_before_is_missing": gap,
    "school_year_of_other_calendar": calendar,
    "presented_before_the_loop": shown_on,
    "item_of_no_form": lambda world, wrong: answered(world, {"item_id": "annet"} if wrong else {}),
    "answer_of_no_scale": lambda world, wrong: answered(world, {"answer_code": "4"} if wrong else {}),
    "mirror_not_delivered": presented,
    "presented_at_no_meeting": of_a_meeting("mirror_presentations"),
    "code_of_no_codebook": coded,
    **{f"beyond_belief_{a}_min": minutes(a) for a in ("planning", "research_lesson", "evaluation")},
    **{f"unusual_volume_{t}": volume(t) for t in ("team_loops", "meetings", "log_counts")},
    **{f"later_than_before_{t}": delay(t) for t in ("school_year", "meetings")},
}


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    return fresh_database(server)


def empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("truncate inbox.file cascade; truncate quality.finding, quality.current_delivery")
        for table in delivery_tables().values():
            connection.execute(sql.SQL("truncate {}").format(sql.Identifier("landed", table.name)))


def test_no_rule_is_without_its_plant() -> None:
    assert set(PLANTS) == set(across_by_code())
    assert len(ACROSS) == len(across_by_code())


@pytest.mark.parametrize(
    ("loop", "phase"),
    [
        ({"template_status": "dropped"}, {}),
        ({"template_version_id": "M-v2"}, {}),
        ({}, {"template_version_id": "M-v2"}),
    ],
    ids=["template not in use", "the loop has another version", "the phase has another version"],
)
def test_a_phase_is_of_the_template_that_its_loop_used(
    url: str, loop: dict[str, Any], phase: dict[str, Any]
) -> None:
    empty(url)
    world = World(url)
    found = check_across(url, templates(world, True, loop, phase), "test")
    world.connection.close()
    assert found["phase_of_no_template"].rows_found == 1


@pytest.mark.parametrize("code", sorted(PLANTS))
def test_a_rule_finds_what_is_wrong_and_nothing_else(url: str, code: str) -> None:
    rule = across_by_code()[code]
    for wrong in (False, True):
        empty(url)
        world = World(url)
        files = PLANTS[code](world, wrong)
        found = check_across(url, files, "test")
        assert found[code].rows_found == int(wrong)
        told = world.connection.execute(
            "select severity, sheet, row_number, message_nb, message_en from quality.finding where rule = %s",
            (code,),
        ).fetchall()
        held = world.connection.execute(
            "select row_number from landed.held_back_row where stage = 'across' and file_type = %s",
            (rule.file_type,),
        ).fetchall()
        world.connection.close()
        assert len(told) == int(wrong)
        assert len(held) == int(wrong and rule.severity == "error")
        if wrong:
            assert told[0][0] == rule.severity
            assert rule.says.nb in told[0][3]
            assert rule.says.en in told[0][4]


@pytest.mark.parametrize(
    ("activity", "day", "wrong"),
    [
        ("agreement_evaluation", 1, False),
        (None, 1, False),
        ("mirror_data", 1, True),
        ("agreement_evaluation", 2, True),
    ],
    ids=["the evaluation", "nobody says what was done", "another meeting", "a day too late"],
)
def test_an_amendment_rests_on_the_meeting_that_evaluated_the_agreement(
    url: str, activity: str | None, day: int, wrong: bool
) -> None:
    empty(url)
    world = World(url)
    world.deliver("meetings", [{"meeting_id": "M1", "meeting_date": dt.date(2021, 8, day)}])
    if activity:
        world.deliver("meeting_activities", [{"meeting_id": "M1", "activity_code": activity}])
    files = [world.deliver("agreement_versions", [YEAR_TWO | {"change_basis_ref": "M1"}])]
    assert check_across(url, files, "test")["amendment_rests_on_nothing"].rows_found == int(wrong)
    world.connection.close()


def test_a_finding_is_settled_when_what_it_waits_for_comes(url: str) -> None:
    empty(url)
    world = World(url)
    check_across(url, [world.deliver("agreement_versions", [YEAR_TWO | {"change_basis_ref": "B1"}])], "test")
    asked = "select state from quality.finding where rule = 'amendment_rests_on_nothing'"
    assert world.connection.execute(asked).fetchall() == [("open",)]
    decision = world.deliver("decisions", [{"decision_id": "B1", "decided_on": dt.date(2021, 6, 1)}])
    check_across(url, [decision], "test")
    assert world.connection.execute(asked).fetchall() == [("settled",)]
    world.connection.close()


def states(world: World) -> list[tuple[Any, ...]]:
    # files here say nothing of their own order, which is told as well (`test_order_of_deliveries.py`)
    return world.connection.execute(
        "select rule, state from quality.finding where rule <> 'order_by_arrival' order by finding_id"
    ).fetchall()


def held(world: World) -> list[tuple[Any, ...]]:
    return world.connection.execute(
        "select file_type, row_number from landed.held_back_row where stage = 'across' order by 1, 2"
    ).fetchall()


def test_a_row_is_let_go_when_what_it_waits_for_comes(url: str) -> None:
    empty(url)
    world = World(url)
    check_across(
        url,
        [world.deliver("meeting_activities", [{"meeting_id": "M1", "activity_code": "mirror_data"}])],
        "test",
    )
    assert (states(world), held(world)) == ([("meeting_not_delivered", "open")], [("meeting_activities", 2)])
    check_across(url, [world.deliver("meetings", [{"meeting_id": "M1"}])], "test")
    assert (states(world), held(world)) == ([("meeting_not_delivered", "settled")], [])
    # and what it rested on may be taken back
    check_across(url, [world.deliver("meetings", [{"meeting_id": "M2"}])], "test")
    assert (states(world), held(world)) == ([("meeting_not_delivered", "open")], [("meeting_activities", 2)])
    world.connection.close()


def test_a_row_that_breaks_a_rule_for_several_reasons_is_found_once(url: str) -> None:
    empty(url)
    world = World(url)
    world.deliver("teams", [{"team_id": "T1", "valid_from": dt.date(2019, 8, 1)}])
    for number in (1, 2, 3):
        world.deliver(
            "loops",
            [{"loop_no": n, "planned_start": dt.date(2020, n, 1)} for n in range(1, number + 1)],
            f"{number}",
        )
    found = check_across(url, [world.deliver("team_loops", [{"loop_no": 1, "team_id": "T9"}])], "test")[
        "team_not_active"
    ]
    assert (found.rows_checked, found.rows_found, found.passed) == (1, 1, False)
    assert [(b.sheet, b.row, b.column, b.rule) for b in found.broken] == [
        ("team_loops", 2, "team_id", "team_not_active")
    ]
    assert states(world) == [("team_not_active", "open")]
    world.connection.close()


@pytest.mark.parametrize(
    ("again", "state"),
    [
        ([{"team_id": "T1"}], "answered"),
        ([{"team_id": "T9"}], "answered"),
        ([{"team_id": "T9", "planning_min": 90}], "settled"),
    ],
    ids=["the row is not there", "as wrong as before", "right now"],
)
def test_a_finding_closes_when_its_row_is_delivered_anew(
    url: str, again: list[dict[str, Any]], state: str
) -> None:
    empty(url)
    world = World(url)
    world.deliver("loops", [{"loop_no": 1, "plan_planning_min": 100}])
    wrong = {"loop_no": 1, "planning_min": 999}
    check_across(url, [world.deliver("team_loops", [wrong | {"team_id": "T9"}], "1")], "test")
    assert states(world) == [("beyond_belief_planning_min", "open")]
    check_across(url, [world.deliver("team_loops", [wrong | row for row in again], "1")], "test")
    assert states(world)[0] == ("beyond_belief_planning_min", state)
    assert [s for _, s in states(world)[1:]] == (["open"] if "planning_min" not in again[0] else [])
    world.connection.close()


def test_a_row_that_never_landed_is_settled_by_one_with_its_key(url: str) -> None:
    empty(url)
    world = World(url)
    world.deliver("loops", [{"loop_no": 1}])
    first = world.deliver("team_loops", [{"loop_no": 1, "team_id": "T1"}], "1")
    world.connection.execute(
        "insert into landed.held_back_row (school_id, file_id, file_type, row_number, stage, row_values)"
        " values (%s, %s, 'team_loops', 9, 'ingest', %s)",
        (
            SCHOOL,
            first,
            f'{{"partnership_id": "{PARTNERSHIP}", "loop_no": "1", "team_id": "T2", "headcount": "mange"}}',
        ),
    )
    world.connection.execute(
        "insert into quality.finding (file_id, file_type, row_number, rule, severity, message_nb, message_nn,"
        " message_en, owner) values (%s, 'team_loops', 9, 'not_a_number', 'error', '', '', '', 'school')",
        (first,),
    )
    check_across(url, [first], "test")
    assert states(world) == [("not_a_number", "open")]
    check_across(url, [world.deliver("team_loops", [{"loop_no": 1, "team_id": "T2"}], "1")], "test")
    assert states(world) == [("not_a_number", "settled")]
    world.connection.close()


def test_rules_look_at_what_counts_and_not_at_what_was_replaced(url: str) -> None:
    empty(url)
    world = World(url)
    world.deliver("teams", [{"team_id": t, "valid_from": dt.date(2019, 8, 1)} for t in ("T1", "T9")])
    world.deliver("teams", [{"team_id": "T1", "valid_from": dt.date(2019, 8, 1)}])
    world.deliver("loops", [{"loop_no": 1, "planned_start": dt.date(2020, 9, 1)}])
    assert (
        check_across(url, [world.deliver("team_loops", [{"loop_no": 1, "team_id": "T9"}])], "test")[
            "team_not_active"
        ].rows_found
        == 1
    )
    world.connection.close()
