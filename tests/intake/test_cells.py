"""The grid of deliveries and the next delivery's beginning, on rows written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from innenfra.intake.cells import MARKS, STATES, Cell, answer_cells, lay_over, say_cell
from innenfra.intake.prefilled import begin_with, name_school_year, next_loop
from innenfra.intake.reminders import select_dated, select_missing, write_calendar

SCHOOL = "974589095"
DAY = dt.date(2026, 12, 15)


def row(file_type: str, period: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "school_id": SCHOOL, "partnership_id": "P1", "file_type": file_type,
        "period_type": "loop" if period.isdigit() else "school_year", "period": period,
        "school_year": "2026/27", "state": state, "is_partial": False, "due_on": DAY, "delivered_on": None,
        "file_id": None,
    } | more  # fmt: skip


def file(file_id: int, file_type: str, state: str, loop_no: int | None = None) -> dict[str, Any]:
    return {
        "file_id": file_id, "school_id": SCHOOL, "file_type": file_type, "school_year": None,
        "loop_no": loop_no, "file_name": "a.xlsx", "received_on": DAY, "state": state,
    }  # fmt: skip


def states(cells: list[Cell]) -> dict[tuple[str, str], str]:
    return {(cell.file_type, cell.period): cell.state for cell in cells}


def test_a_refused_file_stands_in_the_cell_that_it_was_for() -> None:
    cells = lay_over(
        [
            row("log_counts", "8", "missing"),
            row("log_counts", "9", "missing"),
            row("meetings", "9", "missing"),
        ],
        [file(1, "log_counts", "rejected", 9), file(2, "meetings", "in_work", 9)],
    )
    assert states(cells) == {
        ("log_counts", "8"): "missing",
        ("log_counts", "9"): "rejected",
        ("meetings", "9"): "in_work",
    }
    assert [cell.coming for cell in cells if cell.state == "rejected"] == [(1,)]


def test_a_file_that_names_no_period_is_of_the_newest() -> None:
    cells = lay_over(
        [row("log_counts", "10", "missing"), row("log_counts", "9", "missing")],
        [file(1, "log_counts", "rejected")],
    )
    assert states(cells)["log_counts", "10"] == "rejected"
    assert states(cells)["log_counts", "9"] == "missing"


def test_what_is_in_the_numbers_stays_so_while_a_correction_is_on_its_way() -> None:
    cells = lay_over([row("log_counts", "9", "delivered")], [file(3, "log_counts", "in_work", 9)])
    assert states(cells) == {("log_counts", "9"): "delivered"}
    assert cells[0].is_in_numbers
    assert cells[0].coming == (3,)


def test_the_sentence_names_what_must_be_done() -> None:
    rows = [row("log_counts", "9", "missing"), row("meetings", "9", "delivered")]
    assert answer_cells(lay_over(rows, []), "nb").endswith("Resten er inne.")
    assert "sløyfe 9" in answer_cells(lay_over(rows, []), "nb")
    assert answer_cells(lay_over(rows[1:], []), "nb") == "Alt som er forfalt, er inne."
    assert answer_cells(lay_over([row("meetings", "9", "awaited")], []), "en") == "Nothing is due yet."
    many = [row("log_counts", str(n), "missing") for n in range(1, 6)]
    assert "og 3 til" in answer_cells(lay_over(many, []), "nb")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_state_has_a_mark_and_a_word(language: str) -> None:
    assert set(MARKS) == set(STATES.codes)
    for state in STATES.codes:
        said = say_cell(lay_over([row("meetings", "1", state)], [])[0], language)
        assert said.startswith(MARKS[state])
        assert said.endswith(STATES.labels[state][language])


def test_each_role_is_reminded_of_what_it_delivers() -> None:
    cells = lay_over(
        [
            row("log_counts", "9", "missing", due_on=DAY),
            row("mirror_items", "9", "missing"),
            row("meetings", "9", "late", due_on=DAY - dt.timedelta(days=3)),
            row("team_loops", "9", "awaited"),
            row("loops", "2026/27", "delivered"),
        ],
        [],
    )
    assert [cell.file_type for cell in select_missing(cells, "school", DAY)] == ["meetings", "log_counts"]
    assert [cell.file_type for cell in select_missing(cells, "university", DAY)] == ["mirror_items"]
    assert select_missing(cells, "school_owner", DAY) == []
    later = DAY + dt.timedelta(days=366)
    assert select_missing(cells, "school", later) == []
    assert select_missing(lay_over([row("meetings", "9", "rejected")], []), "school", later)
    assert {cell.file_type for cell in select_dated(cells, "school", DAY)} == {
        "meetings", "log_counts", "team_loops",
    }  # fmt: skip


def test_the_calendar_follows_the_standard() -> None:
    cells = lay_over([row("log_counts", "9", "missing"), row("meetings", "9", "missing", due_on=None)], [])
    text = write_calendar(cells, {SCHOOL: "Ås, sør; en skole med et svært langt navn på æ, ø og å"}, "nb")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261215" in lines
    assert "DTEND;VALUE=DATE:20261216" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "")
    assert "(Ås\\, sør\\; en skole med et svært langt navn på æ\\, ø og å)" in unfolded
    again = write_calendar(cells, {SCHOOL: "Ås"}, "en").replace("\r\n ", "")
    assert [x for x in again.split("\r\n") if x.startswith("UID")] == [
        x for x in unfolded.split("\r\n") if x.startswith("UID")
    ]


def test_the_next_delivery_begins_with_the_last() -> None:
    last = {
        "partnerships": ["P1"],
        "teams": [
            {"team_id": "T1", "partnership_id": "P1", "team_kind": "grade", "valid_from": "2020-08-01"},
            {"team_id": "T2", "partnership_id": "P1", "team_kind": "grade", "valid_from": "2020-08-01"},
        ],
        "loops": [
            {"loop_no": 8, "partnership_id": "P1", "status": "completed", "method": "lesson_study"},
            {
                "loop_no": 9, "partnership_id": "P1", "status": "completed", "method": "lesson_study",
                "plan_planning_min": 240, "planned_start": "2025-10-01",
            },
        ],
        "school_years": [{"school_year": "2025/26", "teacher_n": 31, "year_start": "2025-08-18"}],
    }  # fmt: skip
    rows = begin_with(SCHOOL, last, dt.date(2026, 11, 27))
    (loop,) = rows["loops"]
    assert (loop["loop_no"], loop["plan_planning_min"], loop["school_year"]) == (10, 240, "2026/27")
    assert "planned_start" not in loop
    assert [(one["loop_no"], one["team_id"]) for one in rows["team_loops"]] == [(10, "T1"), (10, "T2")]
    assert rows["school_year"][0]["teacher_n"] == 31
    assert "year_start" not in rows["school_year"][0]
    assert {one["file_type"] for one in rows["manifest"]} >= {"teams", "loops", "team_loops"}
    assert begin_with(SCHOOL, {}, dt.date(2026, 7, 31))["loops"] == [
        {"school_id": SCHOOL, "partnership_id": None, "school_year": "2025/26", "loop_no": 1}
    ]


def test_a_loop_under_way_is_the_next_to_deliver() -> None:
    loops = [{"loop_no": 9, "status": "running", "planned_start": "2026-10-01"}]
    assert next_loop(loops) == loops[0]
    assert name_school_year(dt.date(2026, 8, 1)) == "2026/27"
