"""Troubles of a real server, each told in its own sentence."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from conftest import fresh_database

from innenfra.cli import in_words
from innenfra.database import local, migrate, troubles
from innenfra.database.access import LIMITS
from innenfra.database.engine import APPLICATION, LONGEST, connect
from innenfra.errors import UserError
from orchestration.turn import turn


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    return fresh_database(server)


@pytest.fixture
def changed(server: local.Server, url: str) -> Iterator[psycopg.Connection]:
    """The server's owner, to change the database and put it back."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        name = url.rsplit("/", 1)[1]
        yield connection
        connection.execute(f"alter database {name} reset all".encode())
        connection.execute(f"alter database {name} connection limit -1".encode())


def told(url: str) -> object:
    try:
        with connect(url) as connection:
            connection.execute("create temporary table x (y int)")
            connection.execute("create table public.z (y int)")
            connection.rollback()
    except Exception as error:
        return in_words(error)[0]
    return None


def test_wrong_password_and_no_such_database(url: str) -> None:
    there = urlsplit(url)
    assert told(url.replace(str(there.password), "wrong")) == troubles.WRONG_PASSWORD
    assert told(url.replace("innenfra:", "nobody:", 1)) == troubles.WRONG_PASSWORD
    assert told(f"{url}_not_there") == troubles.NO_SUCH_DATABASE
    assert told(url) is None


def test_a_read_only_server(url: str, changed: psycopg.Connection) -> None:
    changed.execute(f"alter database {url.rsplit('/', 1)[1]} set default_transaction_read_only = on".encode())
    assert told(url) == troubles.READ_ONLY


def test_no_connection_free(url: str, changed: psycopg.Connection) -> None:
    # the limit does not hold for those above it, so a login like the app's asks, which nobody else has
    changed.execute("create role one_at_a_time login password 'x' connection limit 1 in role innenfra_app")
    app = url.replace(f"innenfra:{urlsplit(url).password}", "one_at_a_time:x")
    try:
        with psycopg.connect(app):
            assert told(app) == troubles.NO_CONNECTION_FREE
    finally:
        changed.execute("drop role one_at_a_time")


def test_a_login_keeps_its_own_limit_and_others_have_one(url: str, changed: psycopg.Connection) -> None:
    changed.execute("alter role innenfra_app password 'x'")
    app = url.replace(f"innenfra:{urlsplit(url).password}", "innenfra_app:x")
    for login, longest in ((url, LONGEST), (app, LIMITS["statement_timeout"])):
        with connect(login) as connection:
            assert connection.execute("show statement_timeout").fetchone() == (longest,)


def test_a_cancelled_query(url: str) -> None:
    with connect(url) as connection:
        row = connection.execute(
            "select application_name from pg_stat_activity where pid = pg_backend_pid()"
        ).fetchone()
        assert row == (APPLICATION,)
        connection.execute("set local statement_timeout = 1")
        with pytest.raises(psycopg.errors.QueryCanceled) as caught:
            connection.execute("select pg_sleep(5)")
    assert in_words(caught.value) == (troubles.CANCELLED, 1)


def test_a_newer_database_is_left_as_it_is(url: str) -> None:
    with psycopg.connect(url) as connection:
        before = connection.execute("select version_num from alembic_version").fetchone()
        assert before == (migrate.newest_known(),)
        connection.execute("update alembic_version set version_num = '9999'")
    for attempt in (lambda: migrate.upgrade(url), lambda: turn(url, lambda _: None).__enter__()):
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.words == troubles.NEWER
    with psycopg.connect(url) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("9999",)
        connection.execute("update alembic_version set version_num = %s", before)
