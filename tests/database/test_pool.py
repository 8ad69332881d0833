"""Connections that are lent: one question in one round trip, nothing left behind, gone ones replaced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from innenfra.database.acting import Actor
from innenfra.database.app_login import app_url
from innenfra.database.pool import MOST, Pool
from innenfra.settings import Settings

WHO = "select current_user as role, current_setting('app.subject') as subject, pg_backend_pid() as process"
READER = Actor("demonstration|university|UH1", "university", "UH1")
OTHER = Actor("demonstration|university|UH2", "university", "UH2")


@pytest.fixture
def pool(settings: Settings, built_database: str) -> Pool:
    return Pool(app_url(settings, built_database))


def test_a_question_is_asked_as_its_actor_and_leaves_nothing_behind(pool: Pool) -> None:
    names, ((role, subject, process),) = pool.ask(READER, WHO)
    assert names == ["role", "subject", "process"]
    assert role != "innenfra_app"
    assert subject == READER.subject
    _, ((_, next_subject, next_process),) = pool.ask(OTHER, WHO)
    assert next_subject == OTHER.subject
    assert next_process == process, "a new connection was opened"
    with pool._lent() as connection:
        found = connection.execute("select current_user, current_setting('app.subject', true)").fetchone()
    assert found == ("innenfra_app", "")


def test_a_question_writes_nothing(pool: Pool) -> None:
    assert pool.ask(READER, "show transaction_read_only")[1] == [("on",)]
    with pytest.raises(psycopg.errors.ActiveSqlTransaction):
        pool.ask(READER, "set transaction read write")


def test_a_failed_question_says_what_failed_and_the_next_is_answered(pool: Pool) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        pool.ask(READER, "select * from published.nothing_of_the_kind")
    assert pool.ask(READER, "select 1 as one") == (["one"], [(1,)])


def test_a_connection_that_the_server_closed_is_replaced(pool: Pool, built_database: str) -> None:
    _, ((_, _, process),) = pool.ask(READER, WHO)
    with psycopg.connect(built_database, autocommit=True) as owner:
        owner.execute("select pg_terminate_backend(%s)", (process,))
    _, ((_, _, after),) = pool.ask(READER, WHO)
    assert after != process


def test_many_at_once_never_get_one_anothers_name(pool: Pool) -> None:
    actors = [Actor(f"test|{at}", "university", "UH1") for at in range(4 * MOST)]
    with ThreadPoolExecutor(MOST) as threads:
        subjects = list(threads.map(lambda actor: pool.ask(actor, WHO)[1][0][1], actors))
    assert subjects == [actor.subject for actor in actors]
