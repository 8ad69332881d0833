"""A release is shown whole or not at all, one that changes nothing is not made, and two can be held against
each other."""

from __future__ import annotations

import uuid

import dagster as dg
import psycopg
import pytest
from conftest import copy_of

from innenfra.database import local
from innenfra.disclosure.comparing import differences_between
from innenfra.errors import UserError
from orchestration.switch import begin_release, give_up, show

SHOWN = (
    "select (select max(release_id) from published.release where state = 'published'), (select count(*) from"
    " published.indicator_value where numerator = 4711), to_regnamespace('next') is null"
)


@pytest.fixture
def url(server: local.Server, built_database: str) -> str:
    """The demonstration, with a next release made that has one other number."""
    made = copy_of(server, built_database)
    with psycopg.connect(made, autocommit=True) as connection:
        connection.execute("create schema next")
        tables = connection.execute(
            "select relname from pg_class where relnamespace = 'published'::regnamespace and relkind = 'r'"
            " and relname in ('indicator_value', 'school_indicator_value', 'total_part', 'school')"
        ).fetchall()
        for (name,) in tables:
            connection.execute(f"create table next.{name} (like published.{name} including all)".encode())
            connection.execute(f"insert into next.{name} table published.{name}".encode())
        # the pairs are worked out from what is shown
        view = connection.execute("select pg_get_viewdef('published.comparison'::regclass)").fetchone()
        connection.execute(
            "create view next.comparison as"
            f" {str(view[0]).replace('published.indicator_value', 'next.indicator_value')}".encode()
            if view
            else b""
        )
    return made


def change(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "update next.indicator_value set numerator = 4711, content = 'x' where ctid = (select ctid from"
            " next.indicator_value where unit_level = 'school' and status = 'observed' limit 1)"
        )


def state(url: str) -> tuple[object, ...]:
    with psycopg.connect(url) as connection:
        return tuple(connection.execute(SHOWN).fetchone() or ())


def test_until_it_is_committed_all_of_the_old_is_shown_and_then_all_of_the_new(url: str) -> None:
    change(url)
    run_id = str(uuid.uuid4())
    begin_release(url, run_id, "second")
    assert state(url) == (1, 0, False)
    with psycopg.connect(url) as connection:
        show(connection, run_id)
        connection.rollback()  # killed
    assert state(url) == (1, 0, False)
    with psycopg.connect(url) as connection:
        told = show(connection, run_id)
    number = told["release"]
    assert number > 1
    assert state(url) == (number, 1, True)
    changed = [d for d in differences_between(url, 1, number) if d.seen_by == "others"]
    assert [(d.what, d.after["numerator"] if d.after else None) for d in changed] == [("changed", 4711)]
    with pytest.raises(UserError):
        differences_between(url, 1, number + 1)


def test_one_that_changes_nothing_is_not_made(url: str) -> None:
    run_id = str(uuid.uuid4())
    begin_release(url, run_id, None)
    with psycopg.connect(url) as connection:
        assert show(connection, run_id) == {"unchanged": True}
    with psycopg.connect(url) as connection:
        assert connection.execute(
            "select count(*) from published.release where run_id = %s", (run_id,)
        ).fetchone() == (0,)
    assert state(url) == (1, 0, True)


def test_what_is_not_protected_is_not_shown(url: str) -> None:
    change(url)
    run_id = str(uuid.uuid4())
    begin_release(url, run_id, None)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table published.open_to_all (school_id text)")
    with psycopg.connect(url) as connection:
        with pytest.raises(dg.Failure):
            show(connection, run_id)
        connection.rollback()
    assert state(url) == (1, 0, False)
    give_up(url, run_id)
    with psycopg.connect(url) as connection:
        assert connection.execute(
            "select state from published.release where run_id = %s", (run_id,)
        ).fetchone() == ("refused",)
