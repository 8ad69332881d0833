"""One unit at a time: the unit that is chosen narrows a role, and never widens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from innenfra.demo.plants import SJOSIDEN, SMALL

SUBJECT = "https://login.example|two-schools"


@pytest.fixture
def connection(built_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(built_database) as made:
        made.execute("insert into authz.person (subject, display_label) values (%s, 'To skoler')", (SUBJECT,))
        for school in (SJOSIDEN, SMALL):
            made.execute(
                "insert into authz.role_grant (subject, role, scope_type, scope_id) values (%s, 'school',"
                " 'school', %s)",
                (SUBJECT, school),
            )
        made.execute(
            "insert into authz.role_grant (subject, role, scope_type, scope_id) values (%s, 'university',"
            " 'institution', 'UH1')",
            (SUBJECT,),
        )
        yield made
        made.rollback()


@contextmanager
def as_reader(connection: psycopg.Connection, role: str, unit: str) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        connection.execute("set local role innenfra_reader")
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true),"
            " set_config('app.unit', %s, true)",
            (SUBJECT, role, unit),
        )
        yield


@pytest.mark.parametrize(
    ("role", "unit", "seen"),
    [
        ("school", "", {SJOSIDEN, SMALL}),
        ("school", SJOSIDEN, {SJOSIDEN}),
        ("school", SMALL, {SMALL}),
        ("school", "998870054", set()),
        ("school", "UH1", set()),
        ("university", SMALL, set()),
        ("engineer", "all", set()),
    ],
)
def test_the_unit_narrows_the_role(
    connection: psycopg.Connection, role: str, unit: str, seen: set[str]
) -> None:
    with as_reader(connection, role, unit):
        assert {r[0] for r in connection.execute("select school_id from published.school").fetchall()} == seen
        values = connection.execute(
            "select distinct school_id from published.school_indicator_value"
        ).fetchall()
    assert {r[0] for r in values} == seen


def test_the_units_of_a_person_have_names_and_end_with_the_person(connection: psycopg.Connection) -> None:
    with as_reader(connection, "", ""):
        units = connection.execute(
            "select role, scope_id, name from authz.my_units() order by 1, 2"
        ).fetchall()
    assert [u[:2] for u in units] == [("school", SJOSIDEN), ("school", SMALL), ("university", "UH1")]
    assert all(u[2] and u[2] != u[1] for u in units)
    connection.execute("update authz.person set active = false where subject = %s", (SUBJECT,))
    with as_reader(connection, "", ""):
        assert connection.execute("select * from authz.my_units()").fetchall() == []


def test_an_owner_follows_its_own_schools_in_both_readings(connection: psycopg.Connection) -> None:
    owner, counted = (
        "998871026",
        (
            "select distinct indicator_id, slice - 'structure' from published.indicator_value where"
            " unit_level = 'school_owner'"
        ),
    )
    connection.execute(
        "insert into authz.role_grant (subject, role, scope_type, scope_id) values (%s, 'school_owner',"
        " 'owner', %s)",
        (SUBJECT, owner),
    )
    with as_reader(connection, "school_owner", owner):
        seen = connection.execute(
            "select distinct unit_id, slice ->> 'structure' from published.indicator_value where unit_level ="
            " 'school_owner'"
        ).fetchall()
        measures = connection.execute(counted).fetchall()
    assert set(seen) == {(owner, "as_it_was"), (owner, "today")}
    assert {"C1", "I1", "I2"} <= {m[0] for m in measures}
    with as_reader(connection, "school", SJOSIDEN):
        assert connection.execute(counted).fetchall() == []
    # what rests on people's answers is not summed by owner
    people = connection.execute(
        "select indicator_id, slice::jsonb from published.indicator_measure where disclosure <> 'structural'"
    ).fetchall()
    assert people
    assert [m for m in measures if any(m[0] == p[0] and p[1].items() <= m[1].items() for p in people)] == []


def test_an_owner_reads_the_grants_of_those_it_followed(connection: psycopg.Connection) -> None:
    owners = [
        row[0] for row in connection.execute("select distinct owner_id from published.grant_year order by 1")
    ]
    former, follower, other = owners[:3]
    connection.execute(
        "update published.grant_year set owner_today = %s where owner_id = %s", (follower, former)
    )
    for owner in (follower, other):
        connection.execute(
            "insert into authz.role_grant (subject, role, scope_type, scope_id) values (%s, 'school_owner',"
            " 'owner', %s)",
            (SUBJECT, owner),
        )
    for owner, seen in ((follower, {former, follower}), (other, {other})):
        with as_reader(connection, "school_owner", owner):
            told = connection.execute("select distinct owner_id from published.grant_year").fetchall()
        assert {row[0] for row in told} == seen
