"""Every delivery is checked by one run, whatever else goes on at once; whoever comes second waits; what a
dead process left is closed."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from conftest import fresh_database

from expectations.current import query_of
from expectations.run import claim
from innenfra.contracts.words import Words
from innenfra.database import local
from orchestration.record import begin, finish
from orchestration.turn import WAITS, close_interrupted, turn

SCHOOL = "998870011"


@pytest.fixture
def url(server: local.Server) -> str:
    return fresh_database(server)


def deliver(url: str, numbers: range) -> None:
    with psycopg.connect(url) as connection:
        for n in numbers:
            row = connection.execute(
                "insert into inbox.file (sha256, file_name, size_bytes, school_id, received_by, status,"
                " rows_read, rows_landed, rows_held_back, store_path) values (%s, %s, 1, %s, 'test',"
                " 'landed', 1, 1, 0, '') returning file_id",
                (f"{n:064d}", f"{n}.csv", SCHOOL),
            ).fetchone()
            connection.execute(
                "insert into inbox.delivery (school_id, file_type, period, file_id, completeness,"
                " rows_landed, rows_held_back) values (%s, 'loops', %s, %s, 'complete', 1, 0)",
                (SCHOOL, str(n), row[0] if row else 0),
            )
            connection.commit()


def served(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            f"select count(*) from ({query_of('stg_delivery')}) as delivery".encode()
        ).fetchone()
    return int(row[0]) if row else 0


def test_two_ingests_and_runs_at_once_check_every_delivery_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        delivering = [pool.submit(deliver, url, range(start, start + 40)) for start in (0, 40)]
        claimed = []
        while not all(d.done() for d in delivering):
            claimed += [
                c.result() for c in [pool.submit(claim, url, f"run-{len(claimed) + n}") for n in range(2)]
            ]
    for done in delivering:
        done.result()
    claimed.append(claim(url, "last"))
    files = list(itertools.chain(*claimed))
    assert sorted(files) == sorted(set(files))
    assert len(files) == 80


def test_what_came_after_a_run_looked_is_checked_by_the_next_and_counts_from_then(url: str) -> None:
    deliver(url, range(2))
    assert len(claim(url, "first")) == 2
    deliver(url, range(2, 3))
    assert served(url) == 2
    assert len(claim(url, "first")) == 2 + 1  # a step that is tried again takes what has come since
    deliver(url, range(3, 4))
    assert served(url) == 3
    assert len(claim(url, "second")) == 1
    assert served(url) == 4
    assert claim(url, "third") == []


def test_files_of_a_run_that_did_not_end_well_are_checked_anew(url: str) -> None:
    deliver(url, range(2))
    begin(url, "killed")
    assert len(claim(url, "killed")) == 2
    with psycopg.connect(url) as connection:
        connection.execute("insert into published.release (note) values ('killed')")
    close_interrupted(url)
    with psycopg.connect(url) as connection:
        assert connection.execute("select outcome, finished_at is not null from quality.run").fetchall() == [
            ("interrupted", True)
        ]
        assert connection.execute("select state from published.release").fetchall() == [("interrupted",)]
    assert len(claim(url, "next")) == 2
    # one that was only thought to be dead tells how it ended
    finish(url, "killed", "succeeded")
    with psycopg.connect(url) as connection:
        assert connection.execute("select outcome from quality.run").fetchall() == [("succeeded",)]


def test_the_second_waits_and_is_told(url: str) -> None:
    told: list[Words] = []
    order: list[str] = []
    holds, waits = threading.Event(), threading.Event()

    def second() -> None:
        def say(words: Words) -> None:
            told.append(words)
            waits.set()

        holds.wait(30)
        with turn(url, say):
            order.append("second")

    waiting = threading.Thread(target=second)
    waiting.start()
    with turn(url, told.append):
        holds.set()
        assert waits.wait(30)
        order.append("first")
    waiting.join(30)
    assert (order, told) == (["first", "second"], [WAITS])
