"""One unit at a time: the unit that is chosen narrows a role, and never widens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from innenfra.database.access import LEAST_UNSEEN
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
    former, follower = owners[:2]
    connection.execute(
        "update published.grant_year set owner_today = %s where owner_id = %s", (follower, former)
    )
    for owner in (follower, former):
        connection.execute(
            "insert into authz.role_grant (subject, role, scope_type, scope_id) values (%s, 'school_owner',"
            " 'owner', %s)",
            (SUBJECT, owner),
        )
    for owner, seen in ((follower, {former, follower}), (former, {former})):
        with as_reader(connection, "school_owner", owner):
            told = connection.execute("select distinct owner_id from published.grant_year").fetchall()
        assert {row[0] for row in told} == seen


@pytest.mark.parametrize(
    ("unseen", "is_told"),
    [
        ({}, True),
        ({"1": 10}, False),
        ({"1": 10, "2": 10}, False),
        ({"1": 10, "2": 10, "3": 10}, True),
        # two more hide nothing where nearly all is the third's
        ({"1": 90, "2": 10, "3": 10}, False),
        ({"1": 80, "2": 10, "3": 10}, True),
    ],
)
def test_a_reference_tells_of_no_school_that_its_reader_does_not_see(
    connection: psycopg.Connection, unseen: dict[str, int], is_told: bool
) -> None:
    with as_reader(connection, "university", "UH1"):
        seen = [row[0] for row in connection.execute("select unnest(authz.visible_schools())").fetchall()]
    connection.execute(
        "insert into published.funnel_limit (indicator_id, definition_version, comparability_class,"
        " period_type, period, slice, comparison_family) select indicator_id, definition_version,"
        " comparability_class, period_type, period, slice, comparison_family from published.reference_value"
    )
    bases = [20] * len(seen) + list(unseen.values())
    for relation in ("reference_value", "funnel_limit"):
        connection.execute(
            f"update published.{relation} set school_ids = %s, school_bases = %s".encode(),
            ([*seen, *unseen], bases),
        )
        with as_reader(connection, "university", "UH1"):
            row = connection.execute(
                f"select count(indicator_id) from published.{relation}".encode()
            ).fetchone()
        assert row
        assert (row[0] > 0) == is_told, relation
    # which schools they are counted from is told to nobody
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        as_reader(connection, "university", "UH1"),
    ):
        connection.execute("select school_ids from published.reference_value")


def test_the_fewest_that_hide_one_another_are_the_policys(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "select k_units from marts.disclosure_policy order by policy_version desc limit 1"
    ).fetchone()
    assert row == (LEAST_UNSEEN,)


def test_a_relation_of_an_earlier_version_tells_nothing_until_it_is_made_anew(
    connection: psycopg.Connection,
) -> None:
    connection.execute("alter table published.reference_value drop column school_bases cascade")
    connection.execute("select authz.protect('published', 'reference_value')")
    with as_reader(connection, "university", "UH1"):
        told = connection.execute("select count(median) from published.reference_value").fetchone()
    assert told == (0,)


def test_no_reference_of_the_demonstration_leaves_out_one_or_two(connection: psycopg.Connection) -> None:
    told = connection.execute(
        "select indicator_id, period, slice::text, comparison_family, school_ids from"
        " published.reference_value"
    ).fetchall()
    assert told
    with as_reader(connection, "university", "UH1"):
        seen = {row[0] for row in connection.execute("select unnest(authz.visible_schools())").fetchall()}
        open_to = set(
            connection.execute(
                "select indicator_id, period, slice::text, comparison_family from published.reference_value"
            ).fetchall()
        )
    kept_back = [row for row in told if len(set(row[4]) - seen) in (1, 2)]
    assert not [row for row in kept_back if row[:4] in open_to]
