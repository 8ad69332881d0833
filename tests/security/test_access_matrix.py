"""Who reaches what in the database: every role × relation × operation × own or another school, from the
catalogue itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from innenfra.database import access
from innenfra.database.access import DATABASE_ROLE, LOGIN, READER
from innenfra.demo.plants import SILENT, SJOSIDEN, SMALL, TWO_INSTITUTIONS


@dataclass(frozen=True)
class Actor:
    """Someone who asks. `schools` is what the oracle says they may see."""

    name: str
    database_role: str
    subject: str
    role: str
    schools: frozenset[str]
    invited: frozenset[str] = frozenset()
    """Schools whose name and state it may see beside them."""


def oracle(connection: psycopg.Connection) -> list[Actor]:
    """Visible schools counted from the registers in plain Python, not by the functions that are tested."""
    newest: dict[str, str] = {}
    for school, owner, _ in connection.execute(
        "select school_id, owner_id, valid_from from register.school order by valid_from"
    ).fetchall():
        newest[school] = owner
    accepted = set(
        connection.execute(
            "select partnership_id, school_id from register.partnership_school where accepted"
        ).fetchall()
    )
    agreed = set(connection.execute("select partnership_id, school_id from published.agreement").fetchall())
    parties = connection.execute(
        "select party_id, partnership_id from register.partnership_party where party_type = 'institution'"
    ).fetchall()
    of_institution: dict[str, set[str]] = {}
    for party, partnership in parties:
        of_institution.setdefault(party, set()).update(
            school for p, school in accepted & agreed if p == partnership
        )
    asked = connection.execute(
        "select partnership_id, school_id from register.partnership_school where invited"
    ).fetchall()
    invited = {u: frozenset(school for p, school in asked if (u, p) in set(parties)) for u in of_institution}
    actors = [
        Actor(
            f"university {u}", READER, f"demonstration|university|{u}", "university", frozenset(s), invited[u]
        )
        for u, s in sorted(of_institution.items())
    ]
    for owner in sorted(set(newest.values())):
        mine = frozenset(s for s, o in newest.items() if o == owner)
        actors.append(
            Actor(f"owner {owner}", READER, f"demonstration|school_owner|{owner}", "school_owner", mine)
        )
    for school in (SJOSIDEN, SMALL, TWO_INSTITUTIONS, SILENT):
        actors.append(
            Actor(f"school {school}", READER, f"demonstration|school|{school}", "school", frozenset({school}))
        )
    counties = connection.execute("select distinct left(municipality_no, 2) from register.school").fetchall()
    # a county sees no school by itself
    actors += [
        Actor(f"county {county}", READER, f"demonstration|county|{county}", "county", frozenset())
        for (county,) in sorted(counties)
    ]
    every = frozenset(newest)
    actors.append(Actor("coder", DATABASE_ROLE["coder"], "demonstration|coder|all", "coder", every))
    actors.append(
        Actor("engineer", DATABASE_ROLE["engineer"], "demonstration|engineer|all", "engineer", every)
    )
    for name, role, subject in (
        ("someone unknown", "university", "nobody|1"),
        ("nobody", "", ""),
        ("a school as a university", "university", f"demonstration|school|{SJOSIDEN}"),
        ("a university as an engineer", "engineer", "demonstration|university|UH1"),
        ("someone deactivated", "university", "demonstration|university|gone"),
    ):
        actors.append(Actor(name, DATABASE_ROLE.get(role, READER), subject, role, frozenset()))
    actors.append(
        Actor("the login without a role", LOGIN, f"demonstration|school|{SJOSIDEN}", "school", frozenset())
    )
    return actors


@pytest.fixture(scope="module")
def connection(built_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(built_database) as made:
        made.execute(
            "insert into authz.person (subject, display_label, active) values"
            " ('demonstration|university|gone', 'Borte', false)"
        )
        made.execute(
            "insert into authz.role_grant (subject, role, scope_type, scope_id, valid_from)"
            " values ('demonstration|university|gone', 'university', 'institution', 'UH1', '2020-01-01')"
        )
        yield made
        made.rollback()


@contextmanager
def acting(connection: psycopg.Connection, actor: Actor) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(actor.database_role)))
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
            (actor.subject, actor.role),
        )
        yield


def relations(connection: psycopg.Connection) -> list[tuple[str, list[str]]]:
    """Every table and view of the product, with its columns."""
    found = connection.execute(
        "select schema.nspname || '.' || relation.relname, array_agg(one.attname::text order by one.attnum)"
        " from pg_class as relation inner join pg_namespace as schema on schema.oid = relation.relnamespace"
        " inner join pg_attribute as one on one.attrelid = relation.oid and one.attnum > 0 and not"
        " one.attisdropped where schema.nspname = any(%s) and relation.relkind in ('r', 'v', 'm', 'p', 'f')"
        " group by 1 order by 1",
        (list(access.SCHEMAS),),
    ).fetchall()
    return [(name, columns) for name, columns in found]


def allowed_columns(actor: Actor, relation: str, columns: list[str]) -> set[str]:
    """Columns that a role may select, from the declared rules."""
    schema = relation.split(".")[0]
    if relation in access.PLATFORM_ONLY:
        return set()
    if actor.database_role == DATABASE_ROLE["engineer"]:
        return (
            set(columns) - set(access.FREE_TEXT.get(relation, ()))
            if schema in access.ENGINEER_SCHEMAS
            else set()
        )
    for rule in access.RULES:
        if rule.relation == relation and rule.role == actor.database_role:
            return set(rule.columns) or set(columns)
    return set()


# a view over several tables takes no changes from anyone, nor does a column that the database counts itself
REFUSALS = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.ObjectNotInPrerequisiteState,
    psycopg.errors.WrongObjectType,
    psycopg.errors.GeneratedAlways,
)


def refused(connection: psycopg.Connection, statement: sql.Composed) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)
    except REFUSALS:
        return True
    except psycopg.Error:
        return False
    return False


def test_matrix(connection: psycopg.Connection, figures: dict[str, str]) -> None:
    actors, known = oracle(connection), relations(connection)
    assert len(known) > 100
    deviations: list[str] = []
    cells = 0
    for actor in actors:
        for name, columns in known:
            table = sql.Identifier(*name.split("."))
            allowed = allowed_columns(actor, name, columns)
            with acting(connection, actor):
                for column in columns:
                    cells += 1
                    denied = refused(
                        connection, sql.SQL("select {} from {} limit 1").format(sql.Identifier(column), table)
                    )
                    if denied == (column in allowed):
                        deviations.append(
                            f"{actor.name}: select {name}.{column} {'refused' if denied else 'let through'}"
                        )
                changes = {
                    "insert": sql.SQL("insert into {} default values").format(table),
                    "update": sql.SQL("update {} set {} = null").format(table, sql.Identifier(columns[-1])),
                    "delete": sql.SQL("delete from {}").format(table),
                    "truncate": sql.SQL("truncate {}").format(table),
                }
                for operation, statement in changes.items():
                    cells += 1
                    if not refused(connection, statement):
                        deviations.append(f"{actor.name}: {operation} {name} not refused")
                if "school_id" in allowed and not refused(
                    connection, sql.SQL("select school_id from {} limit 1").format(table)
                ):
                    cells += 2
                    seen = {
                        r[0]
                        for r in connection.execute(
                            sql.SQL("select distinct school_id from {} where school_id is not null").format(
                                table
                            )
                        ).fetchall()
                    }
                    named = (
                        actor.invited
                        if name in ("published.school", "published.delivery_status")
                        else frozenset()
                    )
                    if actor.role != "engineer" and not seen <= actor.schools | named:
                        deviations.append(f"{actor.name}: {name} shows {sorted(seen - actor.schools)}")
                    if actor.name.startswith(("someone", "nobody", "a ", "the login")) and seen:
                        deviations.append(f"{actor.name}: {name} shows rows")
    figures["access matrix"] = (
        f"{len(actors)} actors × {len(known)} relations, {cells} cells, {len(deviations)} deviations"
    )
    assert cells > 10_000
    assert deviations[:20] == []


def test_everyone_sees_their_own_schools(connection: psycopg.Connection) -> None:
    for actor in oracle(connection):
        if actor.role in ("university", "school_owner", "school", "county") and actor.database_role == READER:
            with acting(connection, actor):
                seen = {r[0] for r in connection.execute("select school_id from published.school").fetchall()}
            assert seen == actor.schools | actor.invited, actor.name


def test_a_county_reads_its_own_sums_and_no_school(connection: psycopg.Connection) -> None:
    """Of what is published of a school it reads nothing; of sums its own and the network's; which of its own
    are closed to it, and never what they say."""
    counties = [a for a in oracle(connection) if a.role == "county"]
    assert len(counties) > 2
    seen_any = 0
    for actor in counties:
        number = actor.subject.rsplit("|", 1)[1]
        with acting(connection, actor):
            units = connection.execute(
                "select unit_level, unit_id, count(*) from published.indicator_value group by 1, 2"
            ).fetchall()
            empty = [
                name
                for name in ("grant_year", "need", "commitment", "agreement", "loop", "delivery_cell")
                if connection.execute(f"select 1 from published.{name} limit 1".encode()).fetchone()
            ]
            closed = connection.execute("select count(*) from authz.closed_totals()").fetchone()
            shares = connection.execute("select distinct county_no from published.provider_share").fetchall()
        assert {(level, unit) for level, unit, _ in units if level != "network"} <= {("county", number)}
        assert empty == []
        assert closed is not None
        assert {row[0] for row in shares} <= {number}
        seen_any += bool(closed[0])
    assert seen_any


def test_grants_are_the_owners_and_the_institutions_of_the_partnership(
    connection: psycopg.Connection,
) -> None:
    told = connection.execute("select distinct owner_id, partnership_id from published.grant_year").fetchall()
    parties = connection.execute(
        "select party_id, partnership_id from register.partnership_party where party_type = 'institution'"
    ).fetchall()
    assert len({owner for owner, _ in told}) > 1
    for actor in oracle(connection):
        if actor.database_role != READER:
            continue
        unit = actor.subject.rsplit("|", 1)[-1]
        expected = (
            {(owner, p) for owner, p in told if owner == unit}
            if actor.role == "school_owner"
            else {(owner, p) for owner, p in told if (unit, p) in parties}
            if actor.role == "university" and actor.schools
            else set()
        )
        with acting(connection, actor):
            seen = connection.execute(
                "select distinct owner_id, partnership_id from published.grant_year"
            ).fetchall()
        assert set(seen) == expected, actor.name


def test_an_owner_sees_neither_answers_nor_talk(connection: psycopg.Connection) -> None:
    with acting(connection, next(a for a in oracle(connection) if a.role == "school_owner")):
        rows = connection.execute(
            "select distinct indicator_id, comparability_class from published.indicator_value"
        ).fetchall()
    assert {c for _, c in rows} == {"K1"}
    assert not {i for i, _ in rows} & {"L1", "L2", "L3", "I4", "U3", "S3", "E3", "C5"}


def test_partners_read_what_stays_within_a_school_but_not_what_is_the_schools_alone(
    connection: psycopg.Connection,
) -> None:
    with acting(connection, next(a for a in oracle(connection) if a.role == "university")):
        rows = set(
            connection.execute(
                "select distinct indicator_id, comparability_class from published.indicator_value"
            ).fetchall()
        )
        above = connection.execute(
            "select count(*) from published.indicator_value where comparability_class = 'K3' and school_id is"
            " null"
        ).fetchone()
        pairs = connection.execute(
            "select count(*) from published.comparison where comparability_class = 'K3' and school_id = %s",
            (SJOSIDEN,),
        ).fetchone()
    assert {("S2", "K3"), ("I5", "K3"), ("U5", "K3")} <= rows
    assert not {("C5", "K3"), ("P5", "K3")} & rows
    assert above == (0,)
    assert pairs == (0,)


def test_only_a_school_sees_what_it_has_not_looked_through(connection: psycopg.Connection) -> None:
    awaiting = connection.execute(
        "select school_id, cell_key from published.indicator_value where status = 'awaiting_member_check' and"
        " unit_level = 'school' limit 1"
    ).fetchone()
    assert awaiting
    with acting(connection, Actor("", READER, f"demonstration|school|{awaiting[0]}", "school", frozenset())):
        own = connection.execute(
            "select value from published.school_indicator_value where cell_key = %s", (awaiting[1],)
        ).fetchone()
        others = connection.execute(
            "select value from published.indicator_value where cell_key = %s", (awaiting[1],)
        ).fetchone()
    assert own
    assert own[0] is not None
    assert others in (None, (None,))


def test_who_coded_is_told_with_the_numbers_and_not_before(connection: psycopg.Connection) -> None:
    """Of what a school has not looked through, the school alone reads what was coded."""
    waiting = dict(
        connection.execute(
            "select school_id, count(*) from published.coding where awaits_school group by 1"
        ).fetchall()
    )
    assert waiting
    seen = "select count(*), count(*) filter (where awaits_school) from published.coding"
    for actor in oracle(connection):
        if actor.database_role == READER and actor.role in ("university", "school_owner", "school"):
            with acting(connection, actor):
                n, awaited = connection.execute(seen).fetchone() or (0, 0)
            assert awaited == 0 or (actor.role == "school" and actor.schools <= set(waiting)), actor.name
            assert n > 0 or actor.role != "university" or not actor.schools
    school = next(iter(waiting))
    with acting(connection, Actor("", READER, f"demonstration|school|{school}", "school", frozenset())):
        n, awaited = connection.execute(seen).fetchone() or (0, 0)
    assert n > awaited == waiting[school]


def test_lint_finds_what_is_missing(connection: psycopg.Connection) -> None:
    assert access.lint(connection) == []
    for broken, word in (
        ("create table published.open_door (school_id text)", "open_door"),
        ("alter table published.school no force row level security", "school"),
        ("create view published.peek as select * from marts.indicator_value", "peek"),
        ("grant select on published.school to public", "school"),
        ("alter role innenfra_reader bypassrls", "innenfra_reader"),
    ):
        with connection.transaction(force_rollback=True):
            connection.execute(broken.encode())
            found = access.lint(connection)
            assert any(word in one for one in found), (broken, found)


def test_readers_read_no_fingerprint_of_a_delivered_file(connection: psycopg.Connection) -> None:
    """Neither hash, size, path nor time of day, of the file or of what was found in it."""
    for actor in oracle(connection):
        if actor.database_role == READER:
            with acting(connection, actor):
                for table, column in (
                    ("file", "sha256"),
                    ("file", "size_bytes"),
                    ("file", "store_path"),
                    ("file", "received_at"),
                ):
                    assert refused(
                        connection,
                        sql.SQL("select {} from {}").format(
                            sql.Identifier(column), sql.Identifier("inbox", table)
                        ),
                    ), (
                        actor.name,
                        column,
                    )
                assert refused(connection, sql.SQL("select found_at from quality.finding").format())
                assert refused(connection, sql.SQL("select * from published.total_part").format())


def test_the_apps_login_has_nowhere_else_to_keep_anything(connection: psycopg.Connection) -> None:
    limits = connection.execute(
        "select unnest(setconfig) from pg_db_role_setting where setrole = %s::regrole order by 1", (LOGIN,)
    ).fetchall()
    assert limits == [("idle_in_transaction_session_timeout=60s",), ("statement_timeout=15s",)]
    for role in (LOGIN, READER):
        assert connection.execute(
            "select has_database_privilege(%s, current_database(), 'TEMP')", (role,)
        ).fetchone() == (False,)
        assert connection.execute(
            "select has_function_privilege(%s, 'lo_create(oid)', 'execute')", (role,)
        ).fetchone() == (False,)


def test_the_dialogue_takes_only_what_is_there_and_short(connection: psycopg.Connection) -> None:
    said = "select dialogue.write(%s, %s, 'A1', null, null, null, %s)"
    school = Actor("", "innenfra_writer", f"demonstration|school|{SJOSIDEN}", "school", frozenset())
    with acting(connection, school):
        connection.execute(said, (SJOSIDEN, 1, "x" * 1000))
        for release, words, error in (
            (1, "x" * 1001, psycopg.errors.StringDataRightTruncation),
            (999, "x", psycopg.errors.ForeignKeyViolation),
        ):
            with pytest.raises(error), connection.transaction():
                connection.execute(said, (SJOSIDEN, release, words))
