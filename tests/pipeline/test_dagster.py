"""Dagster's side: the code location loads, the sensor and the schedules ask for runs that can run, and runs
are written down however they were started."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import dagster as dg
import fsspec
import psycopg
import pytest
import yaml
from conftest import fresh_database

from innenfra.database import local
from innenfra.ingest.inbox import pending, waiting
from innenfra.settings import Settings, load
from orchestration.definitions import definitions
from orchestration.record import begin
from orchestration.serve import dagster_home, instance

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    return fresh_database(server)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inbox")


@pytest.fixture(scope="module")
def made(settings: Settings, url: str, inbox: Path) -> dg.Definitions:
    return definitions(load(home=settings.home, inbox=str(inbox), database_url=None, _env_file=None), url)


def test_the_code_location_loads(made: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(made)
    assert {j.name for j in made.resolve_all_job_defs()} >= {"deliveries", "release"}


def test_the_sensor_asks_for_a_run_when_something_has_come(made: dg.Definitions, inbox: Path) -> None:
    sensor = made.resolve_sensor_def("inbox")
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING

    def tick(cursor: str | None) -> tuple[list[dg.RunRequest], str | None]:
        with dg.build_sensor_context(cursor=cursor) as context:
            found = sensor.evaluate_tick(context)
        return list(found.run_requests or []), found.cursor

    assert tick(None)[0] == []
    (inbox / ".halvskrevet.csv").write_text("x")
    assert tick(None)[0] == []
    (inbox / "teams.csv").write_text("x")
    (first,), cursor = tick(None)
    assert tick(cursor)[0] == []
    os.utime(inbox / "teams.csv", (1, 1))
    (second,), _ = tick(cursor)
    assert second.run_key != first.run_key


def test_the_inbox_may_be_any_store() -> None:
    elsewhere = load(inbox="memory://levert", database_url=None, _env_file=None)
    assert waiting(elsewhere) == {}
    store = fsspec.filesystem("memory")
    store.pipe({"/levert/b.csv": b"to", "/levert/a/loops.csv": b"en", "/levert/.halv.csv": b"x"})
    with pending(elsewhere) as places:
        paths = list(places.values())
        assert list(places) == ["memory:///levert/a", "memory:///levert/b.csv"]
        assert [p.name for p in paths] == ["a", "b.csv"]
        assert ((paths[0] / "loops.csv").read_bytes(), paths[1].read_bytes()) == (b"en", b"to")
    before = waiting(elsewhere)
    store.pipe({"/levert/b.csv": b"ny utgave"})
    assert {k for k, v in waiting(elsewhere).items() if v != before[k]} == {"memory:///levert/b.csv"}
    store.rm("/levert", recursive=True)


def test_the_schedules_are_on_and_ask_for_runs_that_can_run(made: dg.Definitions) -> None:
    nightly, released = (made.resolve_schedule_def(name) for name in ("nightly", "nightly_release"))
    assert {s.default_status for s in (nightly, released)} == {dg.DefaultScheduleStatus.RUNNING}
    assert {s.execution_timezone for s in (nightly, released)} == {"Europe/Oslo"}
    with dg.build_schedule_context(
        scheduled_execution_time=dt.datetime(2026, 11, 1, 2, 15, tzinfo=dt.UTC)
    ) as context:
        assert len(nightly.evaluate_tick(context).run_requests or []) == 1
        assert len(released.evaluate_tick(context).run_requests or []) == 1
    # the release comes after the night's deliveries
    assert [int(str(s.cron_schedule).split()[1]) for s in (nightly, released)] == sorted(
        int(str(s.cron_schedule).split()[1]) for s in (nightly, released)
    )


@pytest.mark.parametrize(
    ("sensor", "succeeds", "outcome"), [("run_succeeded", True, "succeeded"), ("run_failed", False, "failed")]
)
def test_runs_that_the_daemon_started_are_written_down(
    made: dg.Definitions, url: str, sensor: str, succeeds: bool, outcome: str
) -> None:
    @dg.op(name=f"{sensor}_op")
    def one() -> None:
        if not succeeds:
            raise dg.Failure("planned")

    @dg.job(name="deliveries")
    def deliveries() -> None:
        one()

    with dg.DagsterInstance.ephemeral() as instance:
        result = deliveries.execute_in_process(instance=instance, raise_on_error=False)
        begin(url, result.run_id)
        begin(url, result.run_id)
        event = result.get_run_success_event() if succeeds else result.get_run_failure_event()
        context = dg.build_run_status_sensor_context(
            sensor_name=sensor, dagster_instance=instance, dagster_run=result.dagster_run, dagster_event=event
        )
        made.resolve_sensor_def(sensor)(context)
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select outcome, finished_at is not null from quality.run where run_id = %s", (result.run_id,)
        ).fetchall()
    assert rows == [(outcome, True)]


def test_landing_is_one_step_that_waits_its_turn_tries_again_and_says_what_it_is(
    made: dg.Definitions,
) -> None:
    (landing,) = [
        a for a in made.resolve_asset_graph().assets_defs if any(k.path[0] == "landed" for k in a.keys)
    ]
    assert len(landing.keys) > 25
    assert {k.path[0] for k in landing.keys} == {"inbox", "landed"}
    assert landing.op.pool == "database"
    policy = landing.op.retry_policy
    assert policy is not None
    assert (policy.max_retries, policy.backoff) == (2, dg.Backoff.EXPONENTIAL)
    assert landing.tags_by_key[dg.AssetKey(["landed", "loop"])]["innenfra/file_type"] == "loops"
    assert {c.name for c in landing.check_keys} >= {"contract_loops", "across_deliveries"}
    built = {a.op.name: a.op.pool for a in made.resolve_asset_graph().assets_defs if a.is_executable}
    assert [built[name] for name in ("warehouse", "candidate", "published")] == ["dbt"] * 3


def test_production_instance_keeps_its_runs_in_postgres(
    server: local.Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("drop database if exists dagster_instance")
        connection.execute("create database dagster_instance")
    own = server.url.rsplit("/", 1)[0] + "/dagster_instance"
    monkeypatch.setenv("DAGSTER_STORAGE_URL", own.replace("postgresql://", "postgresql+psycopg2://", 1))
    config = yaml.safe_load((ROOT / "docker" / "dagster.yaml").read_text())
    (tmp_path / "dagster.yaml").write_text(yaml.safe_dump(config))
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert instance.run_monitoring_enabled
        assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
        assert one().execute_in_process(instance=instance).success
    with psycopg.connect(own) as connection:
        assert connection.execute("select status, count(*) from runs group by 1").fetchall() == [
            ("SUCCESS", 1)
        ]


def test_dagster_beside_the_demonstration_keeps_its_runs_in_the_private_server(
    settings: Settings, server: local.Server
) -> None:
    url = fresh_database(server)
    with instance(settings, url) as kept, instance(settings, fresh_database(server)) as other:
        assert not kept.telemetry_enabled
        assert not kept.nux_enabled
        assert kept.get_concurrency_config().pool_config.default_pool_limit == 1
        assert one().execute_in_process(instance=kept).success
        assert [run.job_name for run in kept.get_runs()] == ["one"]
        assert other.get_runs() == []
    home = dagster_home(settings, url)
    assert home.is_relative_to(settings.home.absolute())
    assert (home / "dagster.yaml").stat().st_mode & 0o077 == 0
    (home / "dagster.yaml").unlink()


def one() -> dg.JobDefinition:
    @dg.op
    def step() -> None:
        """Nothing."""

    @dg.job(name="one")
    def job() -> None:
        step()

    return job
