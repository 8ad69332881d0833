"""Nothing vanishes, nothing is counted twice, and what is wrong stops only itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
import pytest
from conftest import try_dbt

from expectations.run import check_across, check_contract
from innenfra.contracts.indicators import INDICATORS
from innenfra.database import lineage
from innenfra.demo.plants import SJOSIDEN
from innenfra.explain import as_text, explain
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings
from orchestration.publishing import publish
from orchestration.run import run_job
from orchestration.warehouse import manifest


def content(url: str, table: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            f"select md5(string_agg(t::text, '|' order by t::text)) from {table} as t"
        ).fetchone()
    assert row
    assert row[0]
    return str(row[0])


def test_rows_read_are_landed_or_held_back(built_database: str) -> None:
    with psycopg.connect(built_database) as connection:
        rows = connection.execute("select rows_read, rows_landed, rows_held_back from inbox.file").fetchall()
    assert len(rows) > 60
    assert all(read == landed + held for read, landed, held in rows)


def test_each_check_belongs_to_a_run_that_is_written_down(built_database: str) -> None:
    with psycopg.connect(built_database) as connection:
        row = connection.execute(
            "select count(*), count(run.started_at), count(*) filter (where run.outcome = 'succeeded') from"
            " quality.check_result as result left join quality.run as run using (run_id) where result.run_id"
            " <> 'test'"
        ).fetchone()
    assert row is not None
    assert row[0] == row[1] == row[2] > 20


def test_the_same_file_twice_changes_nothing(built_database: str, settings: Settings) -> None:
    before = content(built_database, "landed.loop")
    paths = sorted(Path(settings.inbox_url).iterdir())[:3]
    assert {r.status for r in ingest_paths(paths, settings, built_database)} == {"already_delivered"}
    assert content(built_database, "landed.loop") == before


def test_explain_leads_to_file_and_row(built_database: str) -> None:
    (found,) = [e for e in explain(built_database, SJOSIDEN, "A1", "year:3") if not e.slice]
    assert (found.numerator, found.denominator) == (2, 2)
    assert {s.sheet for s in found.sources} == {"loops", "agreement_plan_years", "agreement_versions"}
    assert all(s.file_name == "0000-sjosiden" and s.rows for s in found.sources)
    assert found.release_id == 1
    assert "Comparison: With care: rests on assumed values" in as_text(found, "en").splitlines()
    assert found.as_json()["comparability_in_words"]["nb"] == "Med omhu: bygger på antatte verdier"


def test_numbers_of_every_kind_can_be_walked_back(built_database: str, figures: dict[str, str]) -> None:
    """One number of each indicator, slice, kind of period and status, by the query that stands behind
    `explain`."""
    names = {
        "school": "school_id",
        "partnership": "partnership_id",
        "indicator": "indicator_id",
        "version": "definition_version",
    }
    behind = re.sub(
        r"\bof_(\w+)", lambda found: f"asked.{names.get(found[1], found[1])}", lineage.ALL
    ).replace("marts.delivered_row", "delivered_row")
    with psycopg.connect(built_database) as connection:
        connection.execute("create temporary table delivered_row as select * from marts.delivered_row")
        connection.execute("create index on delivered_row (school_id, partnership_id, file_type)")
        connection.execute("analyze delivered_row")
        n, kinds, without = connection.execute(
            "with asked as (select distinct on (indicator_id, definition_version, slice, period_type, status)"
            " * from gate.indicator_value where status in ('observed', 'stated_zero', 'suppressed') order by"
            " indicator_id, definition_version, slice, period_type, status, md5(school_id || period)) select"
            " count(*), count(distinct indicator_id),  array_agg(concat_ws(' ', indicator_id, slice::text,"
            " school_id, period_type, period)) filter (where not exists (select from lateral ("
            + behind
            + ") as behind)) from asked"
        ).fetchone() or (0, 0, None)
        connection.rollback()
    assert n > 800
    assert kinds == len(INDICATORS)
    assert without is None
    figures["numbers walked back to file and row"] = (
        f"{n}, one of each indicator, slice, kind of period and status; 0 without a row"
    )


def test_a_value_without_number_has_none(built_database: str) -> None:
    with psycopg.connect(built_database) as connection:
        rows = connection.execute(
            "select count(*) filter (where status not in ('observed', 'stated_zero', 'provisional') and value"
            " is not null), count(*) filter (where status = 'stated_zero' and value <> 0), count(*) from"
            " marts.indicator_value"
        ).fetchone()
    assert rows is not None
    assert rows[:2] == (0, 0)
    assert rows[2] > 1000


def test_a_second_run_and_release_change_nothing(built_database: str, settings: Settings) -> None:
    before = {
        t: content(built_database, t)
        for t in ("landed.team_loop", "marts.indicator_value", "published.indicator_value")
    }
    assert run_job(settings, built_database).succeeded
    release = publish(settings, built_database, "again")
    # one that would change nothing is not made
    assert (release.unchanged, release.release_id, release.refused) == (True, 1, {})
    assert {t: content(built_database, t) for t in before} == before


def test_a_cell_that_tells_too_much_stops_the_release(built_database: str, settings: Settings) -> None:
    with psycopg.connect(built_database, autocommit=True) as connection:
        connection.execute(
            "create table public.kept as select * from gate.indicator_value where indicator_id = 'E3' and"
            " period_type = 'loop' and status = 'observed' limit 1"
        )
        changed = (
            "from public.kept as kept where value.unit_id = kept.unit_id and value.indicator_id ="
            " kept.indicator_id and value.period_type = kept.period_type and value.period = kept.period"
        )
        connection.execute(f"update gate.indicator_value as value set n_respondents = 3 {changed}")
        release = publish(settings, built_database, "too much")
        state = connection.execute(
            "select state from published.release where release_id = %s", (release.release_id,)
        ).fetchone()
        connection.execute(
            f"update gate.indicator_value as value set n_respondents = kept.n_respondents {changed}"
        )
        connection.execute("drop table public.kept")
    assert list(release.refused) == ["fewer_answers_than_allowed"]
    assert len(release.refused["fewer_answers_than_allowed"]) == 1
    assert state == ("refused",)


@pytest.fixture
def smuggled(built_database: str) -> tuple[str, int]:
    """A row put into landed.team_loop around the parser: a team that is not there, and an impossible
    headcount."""
    with psycopg.connect(built_database, autocommit=True) as connection:
        row = connection.execute("select max(file_id) from landed.team_loop").fetchone()
        assert row
        connection.execute(
            "insert into landed.team_loop (school_id, partnership_id, loop_no, team_id, status, headcount,"
            " research_lessons_held_n, te_in_planning, te_in_evaluation, te_in_research_lesson, period,"
            " file_id, row_number) select school_id, partnership_id, loop_no, 'T99', 'completed', 500, 1,"
            " 'no', 'no', 'no', period, file_id, 9999 from landed.team_loop where file_id = %s limit 1",
            (row[0],),
        )
    return built_database, int(row[0])


def test_expectations_hold_what_entered_around_the_parser(smuggled: tuple[str, int]) -> None:
    url, file_id = smuggled
    assert check_contract(url, "team_loops", [file_id], "test").rows_found == 1
    assert check_across(url, [file_id], "test")["team_not_active"].rows_found == 1
    with psycopg.connect(url, autocommit=True) as connection:
        findings = connection.execute(
            "select rule, message_nb, message_en from quality.finding where file_id = %s and row_number ="
            " 9999 order by rule",
            (file_id,),
        ).fetchall()
        held = connection.execute(
            "select count(*) from landed.held_back_row where file_id = %s and row_number = 9999 and stage ="
            " 'across'",
            (file_id,),
        ).fetchone()
        served = connection.execute(
            "select count(*) from staging.stg_team_loop where row_number = 9999"
        ).fetchone()
        connection.execute("delete from landed.held_back_row where row_number = 9999")
        connection.execute("delete from quality.finding where row_number = 9999")
        connection.execute("delete from landed.team_loop where row_number = 9999")
    assert [f[0] for f in findings] == ["between", "team_not_active"]
    assert "rad 9999" in findings[0][1]
    assert "T99" in findings[1][2]
    assert held == (1,)
    assert served == (0,)


def test_every_column_in_the_database_is_documented(built_database: str) -> None:
    """PostgreSQL has the columns of each model, and says of them and of the model what the source says."""
    models = [
        n for name, n in json.loads(manifest().read_text())["nodes"].items() if name.startswith("model.")
    ]
    with psycopg.connect(built_database) as connection:
        columns = connection.execute(
            "select table_schema, table_name, column_name::text,"
            " col_description(format('%%I.%%I', table_schema, table_name)::regclass, ordinal_position)"
            " from information_schema.columns where table_schema <> all(%s)",
            (["pg_catalog", "information_schema"],),
        ).fetchall()
        relations = connection.execute(
            "select relnamespace::regnamespace::text, relname, obj_description(oid, 'pg_class') from pg_class"
        ).fetchall()
    there: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, comment in columns:
        there.setdefault((schema, table), {})[column] = comment
    said = {(schema, name): comment for schema, name, comment in relations}
    assert len(models) > 60
    for model in models:
        if model["config"]["materialized"] != "ephemeral":  # which is no relation of its own
            key = (model["schema"], model["alias"])
            texts = {name: column["description"] for name, column in model["columns"].items()}
            assert there[key] == texts, model["name"]
            assert said[key] == model["description"], model["name"]


def test_each_rule_that_is_easily_got_wrong_has_a_unit_test_that_passes(
    settings: Settings, built_database: str
) -> None:
    declared = list(json.loads(manifest().read_text())["unit_tests"])
    done = try_dbt(settings, built_database, "test", "--select", "test_type:unit")
    results = json.loads((settings.home / "test-target" / "run_results.json").read_text())["results"]
    assert {r["unique_id"]: r["status"] for r in results} == dict.fromkeys(declared, "pass"), done.stdout[
        -3000:
    ]
    assert len(declared) >= 11
