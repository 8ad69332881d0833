"""A school that fails a control keeps its numbers of before, is named with its file, and stops no other."""

from __future__ import annotations

import json

import psycopg
import pytest
from conftest import copy_of

from innenfra.database import local
from innenfra.settings import Settings
from orchestration.controls import CONTROLS
from orchestration.run import run_job
from orchestration.warehouse import manifest

OF_SCHOOL = (
    "select md5(string_agg(it::text, '|' order by it::text)) from {table} as it where school_id = %s",
    (
        "intermediate.int_loop",
        "marts.indicator_value",
        "marts.coding",
        "gate.indicator_value",
        "staging.stg_team_loop",
    ),
)


@pytest.fixture
def url(server: local.Server, built_database: str) -> str:
    """The demonstration, in which two schools have all team loops anew, and one of them a number that no
    status has."""
    made = copy_of(server, built_database)
    with psycopg.connect(made, autocommit=True) as connection:
        one, other = schools(connection)
        connection.execute(
            "update landed.team_loop set planning_min = 77 where school_id in (%s, %s)", (one, other)
        )
        connection.execute(
            "update marts.built_school set deliveries = 'before' where school_id in (%s, %s)", (one, other)
        )
        connection.execute(
            "create function public.fault() returns trigger language plpgsql as $$ begin if new.school_id ="
            f" '{one}' and new.status = 'not_collected' and not exists (select from marts.failed_control)"
            " then new.value := 1; end if; return new; end $$"
        )
        connection.execute(
            "create trigger fault before insert on marts.indicator_value for each row execute function"
            " public.fault()"
        )
    return made


def schools(connection: psycopg.Connection) -> tuple[str, str]:
    """Two that told of their minutes, and have something that they did not collect."""
    rows = connection.execute(
        "select school_id from marts.indicator_value where indicator_id = 'C2' and slice ->> 'measure' ="
        " 'actual_min' and status = 'observed' intersect select school_id from marts.indicator_value where"
        " status = 'not_collected' order by 1 limit 2"
    ).fetchall()
    return str(rows[0][0]), str(rows[1][0])


def content(connection: psycopg.Connection, school: str) -> dict[str, str]:
    query, tables = OF_SCHOOL
    return {
        t: str((connection.execute(query.format(table=t).encode(), (school,)).fetchone() or ("",))[0])
        for t in tables
    }


def test_a_control_that_fails_holds_its_school_and_no_other(url: str, settings: Settings) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        one, other = schools(connection)
        before = {school: content(connection, school) for school in (one, other)}
        minutes = (
            "select count(*) from {} where school_id = %s and indicator_id = 'C2' and slice ->> 'measure' ="
            " 'actual_min' and numerator = 77"
        )
        outcome = run_job(settings, url, full_refresh=False)
        assert outcome.succeeded, outcome.failed
        after = {school: content(connection, school) for school in (one, other)}
        unchanged = {table for table in before[one] if after[one][table] == before[one][table]}
        # the view over what was planted in landed rows shows them; what is counted from them is of before
        assert unchanged >= {
            "intermediate.int_loop",
            "marts.indicator_value",
            "marts.coding",
            "gate.indicator_value",
        }
        assert after[other]["marts.indicator_value"] != before[other]["marts.indicator_value"]
        assert connection.execute(minutes.format("gate.indicator_value").encode(), (other,)).fetchone() != (
            0,
        )
        assert connection.execute("select school_id, control from marts.failed_control").fetchall() == [
            (one, "number_without_status")
        ]
        assert connection.execute(
            "select count(*) from information_schema.tables where table_schema = 'kept'"
        ).fetchone() == (0,)
        ((school, name, said, state),) = connection.execute(
            "select file.school_id, file.file_name, message_en, state from quality.finding inner join"
            " inbox.file as file using (file_id) where rule = any(%s)",
            (list(CONTROLS),),
        ).fetchall()
        assert (school, state) == (one, "open")
        assert one in said
        assert name in said
        result = (
            "select passed, rows_found > 0 from quality.check_result where check_name = %s order by"
            " check_result_id desc limit 1"
        )
        assert connection.execute(result, ("number_without_status",)).fetchone() == (False, True)
        # put right, it goes on from there
        connection.execute("drop trigger fault on marts.indicator_value")
        connection.execute("update marts.built_school set deliveries = 'before' where school_id = %s", (one,))
        assert run_job(settings, url).succeeded
        assert content(connection, one)["marts.indicator_value"] != before[one]["marts.indicator_value"]
        assert connection.execute("select count(*) from marts.failed_control").fetchone() == (0,)
        assert connection.execute(
            "select distinct state from quality.finding where rule = any(%s)", (list(CONTROLS),)
        ).fetchall() == [("settled",)]


def test_all_that_grows_by_school_is_looked_at_before_the_gate(settings: Settings) -> None:
    nodes = {
        name: n
        for name, n in json.loads(manifest().read_text())["nodes"].items()
        if n["resource_type"] == "model"
    }
    parents = {name: {p for p in n["depends_on"]["nodes"] if p in nodes} for name, n in nodes.items()}

    def ancestors(name: str) -> set[str]:
        return set().union(*({p} | ancestors(p) for p in parents[name]))

    control = "model.innenfra.failed_control"
    grown = {n for n, one in nodes.items() if one["config"]["materialized"] == "incremental"}
    assert len(grown) > 25
    assert grown - ancestors(control) == {control, "model.innenfra.built_school"}
    below = {n for n, one in nodes.items() if one["schema"] in ("staging", "intermediate", "marts")}
    reading = [n for n, one in nodes.items() if one["schema"] in ("gate", "published") and parents[n] & below]
    assert len(reading) > 10
    assert [n for n in reading if control not in ancestors(n)] == []
