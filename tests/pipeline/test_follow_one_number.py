"""The document that follows one number: its lines stand in its files, its questions have its answers."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg

from innenfra.explain import explain

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explanation" / "follow-one-number.md").read_text(encoding="utf-8")
SJOSIDEN = "998870011"


def test_each_line_stands_in_the_file_that_is_named() -> None:
    named = re.findall(r"`([\w/.]+)` · `([^`]+)`", TEXT)
    assert len(named) >= 8
    assert [place for place in named if place[1] not in (ROOT / place[0]).read_text(encoding="utf-8")] == []


def test_each_question_has_the_answer_that_is_written(built_database: str) -> None:
    asked = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\|\n)+)", TEXT, re.S)
    assert len(asked) == TEXT.count("```sql") >= 6
    with psycopg.connect(built_database) as connection:
        for question, table in asked:
            written = [
                tuple(cell.strip() for cell in line.strip("|").split("|"))
                for line in table.splitlines()
                if "---" not in line
            ]
            answer = connection.execute(question.encode()).fetchall()
            assert [tuple(str(cell) for cell in row) for row in answer] == written, question


def test_the_way_back_ends_at_the_rows_of_the_first_step(built_database: str) -> None:
    (one,) = [e for e in explain(built_database, SJOSIDEN, "A1", "project") if e.slice == {}]
    assert (one.numerator, one.denominator) == (9, 9)
    rows = {source.sheet: source.rows for source in one.sources if source.file_name == "0000-sjosiden"}
    assert rows["loops"] == "2–10"
    assert rows["agreement_plan_years"] == "2, 6–8"
