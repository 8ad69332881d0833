"""Open answers are read by coders from large enough rounds, and quoted only by two people and with the
school's leave."""

from __future__ import annotations

import psycopg
import pytest
from conftest import fresh_database
from rounds import OTHER, SCHOOL, agree, register_schools, write_round

from innenfra import quotes
from innenfra.database import access, local
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.ingest.receive import ingest_paths
from innenfra.people import Person, add
from innenfra.settings import Settings

ANNA, BO, NARROW, HEAD, UNIVERSITY, OWNER = (
    f"https://id.example|{n}" for n in ("anna", "bo", "narrow", "head", "university", "owner")
)


@pytest.fixture(scope="module")
def url(server: local.Server, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = fresh_database(server)
    register_schools(made)
    people = [
        ("coder", "all", ANNA),
        ("coder", "all", BO),
        ("coder", OTHER, NARROW),
        ("school", SCHOOL, HEAD),
        ("university", "UH1", UNIVERSITY),
        ("school_owner", "1", OWNER),
    ]
    add(made, [Person(subject, "", role, scope) for role, scope, subject in people])
    folder = tmp_path_factory.mktemp("rounds")
    for round_no, number in ((1, 9), (2, 10), (3, 24)):
        ingest_paths(
            [
                write_round(
                    folder / str(round_no),
                    [f"Runde {round_no} svar {n}: vi lærte mye" for n in range(number)],
                    round_no=round_no,
                )
            ],
            settings,
            made,
        )
    agree(made)
    return made


def read(url: str, subject: str, role: str, query: str) -> list[tuple[object, ...]]:
    with acting(url, Actor(subject, role)) as connection:
        return connection.execute(query.encode()).fetchall()


def answer_of(url: str, round_no: int) -> tuple[int, str]:
    row, *_ = read(
        url, ANNA, "coder", f"select text_id, answer from restricted.log_text where round_no = {round_no}"
    )
    return int(str(row[0])), str(row[1])


def test_coders_read_rounds_with_ten_logs_or_more(url: str) -> None:
    seen = read(
        url, ANNA, "coder", "select round_no, count(*) from restricted.log_text group by 1 order by 1"
    )
    assert seen == [(2, 10), (3, 24)]
    assert read(url, NARROW, "coder", "select 1 from restricted.log_text") == []
    for subject, role in ((HEAD, "school"), (UNIVERSITY, "university"), (OWNER, "school_owner")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            read(url, subject, role, "select answer from restricted.log_text")


def test_a_small_round_is_not_read_because_a_large_one_came_in_the_same_file(url: str) -> None:
    counted = "select round_no, count(*) from restricted.log_text group by 1 order by 1"
    with psycopg.connect(url) as connection:
        large, small = (
            connection.execute(
                "select distinct file_id from landed.log_round where round_no = %s", (number,)
            ).fetchall()[0][0]
            for number in (3, 1)
        )
        connection.execute(
            "update landed.log_round set file_id = %s, row_number = 3 where file_id = %s", (large, small)
        )
        connection.execute("update restricted.log_text set file_id = %s where file_id = %s", (large, small))
    assert read(url, ANNA, "coder", counted) == [(2, 10), (3, 24)]
    with psycopg.connect(url) as connection:
        (text_id,) = connection.execute(
            "select text_id from restricted.log_text where round_no = 1 limit 1"
        ).fetchall()[0]
    with pytest.raises(UserError, match="was not found"):
        quotes.propose(url, ANNA, int(text_id), "school_staff", "vi lærte mye")
    with psycopg.connect(url) as connection:
        connection.execute(
            "update landed.log_round set file_id = %s, row_number = 2 where round_no = 1", (small,)
        )
        connection.execute("update restricted.log_text set file_id = %s where round_no = 1", (small,))


def test_two_people_and_the_school(url: str) -> None:
    text_id, answer = answer_of(url, 3)
    number = quotes.propose(url, ANNA, text_id, "school_staff", answer[-13:])
    shown = "select words, speaker from published.quote"
    assert read(url, HEAD, "school", shown) == []
    with pytest.raises(UserError, match="cannot release"):
        quotes.release(url, ANNA, number)
    for subject, role in ((HEAD, "school"), (UNIVERSITY, "university")):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            acting(url, Actor(subject, role)) as connection,
        ):
            connection.execute("select restricted.release_quote(%s)", (number,))
    with pytest.raises(UserError, match="no such quote"):
        quotes.release(url, NARROW, number)
    quotes.release(url, BO, number)
    assert read(url, HEAD, "school", shown) == [("vi lærte mye", "school_staff")]
    assert read(url, UNIVERSITY, "university", shown) == []
    with pytest.raises(UserError, match="school's own"):
        quotes.answer(url, UNIVERSITY, number, may_be_shown=True)
    quotes.answer(url, HEAD, number, may_be_shown=True)
    assert read(url, UNIVERSITY, "university", shown) == [("vi lærte mye", "school_staff")]
    assert read(url, OWNER, "school_owner", shown) == []
    assert [
        (one["proposed_by"], one["released_by"], one["cleared_by"])
        for one in quotes.listed(url, BO)
        if one["quote_id"] == number
    ] == [(ANNA, BO, HEAD)]
    quotes.withdraw(url, ANNA, number)
    assert read(url, HEAD, "school", shown) == []
    assert [one["words"] for one in quotes.listed(url, BO) if one["quote_id"] == number] == [None]


def test_a_school_may_refuse(url: str) -> None:
    text_id, _ = answer_of(url, 3)
    number = quotes.propose(url, BO, text_id, "school_staff", "De lærte noe sammen", in_other_words=True)
    quotes.release(url, ANNA, number)
    quotes.answer(url, HEAD, number, may_be_shown=False)
    assert read(url, HEAD, "school", "select 1 from published.quote") == []
    with pytest.raises(UserError, match="no such quote"):
        quotes.answer(url, HEAD, number, may_be_shown=True)


def test_the_tables_themselves_refuse_one_person(url: str) -> None:
    text_id, answer = answer_of(url, 3)
    number = quotes.propose(url, ANNA, text_id, "school_staff", answer)
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.CheckViolation, match="two_people"):
        connection.execute(
            "update restricted.quote set released_by = proposed_by, released_at = now() where quote_id = %s",
            (number,),
        )


def test_what_a_quote_must_be(url: str) -> None:
    small, words = answer_of(url, 2)
    large, long = answer_of(url, 3)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select text_id from restricted.log_text where round_no = 1 limit 1"
        ).fetchone()
    assert row
    for text_id, speaker, said, in_other_words, why in (
        (row[0], "school_staff", "Noe annet", True, "too few logs"),
        (small, "school_staff", words, False, "word for word"),
        (small, "school_staff", words, True, "in other words"),
        (large, "school_staff", "Noe annet", False, "do not stand"),
        (large, "process_leader", long, False, "speaker must be"),
    ):
        with pytest.raises(UserError, match=why):
            quotes.propose(url, ANNA, text_id, speaker, said, in_other_words=in_other_words)
    with pytest.raises(UserError, match="Only coders"):
        quotes.propose(url, HEAD, large, "school_staff", long)


def test_lint_finds_nothing(url: str) -> None:
    with psycopg.connect(url) as connection:
        assert access.lint(connection) == []
