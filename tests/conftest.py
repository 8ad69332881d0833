"""Fixtures shared by all tests: a private PostgreSQL for the session, a fresh, migrated database, and dbt on
any of them."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import random
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from innenfra.database import access, local, migrate
from innenfra.settings import Settings, inherited, load


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-asset-graph", action="store_true", help="Write the asset graph's snapshot anew."
    )
    parser.addoption(
        "--renew-samples", action="store_true", help="Write what the samples of the formats give anew."
    )


FIGURES: dict[str, str] = {}
"""Figures that tests measured, by what they are; printed at the end of the run."""


@pytest.fixture(scope="session")
def figures() -> dict[str, str]:
    """Where a test writes down a figure that people should see."""
    return FIGURES


GROUPS = ("pages", "app", "demonstration", "mutated", "network")
"""Groups of tests that share what takes long to make, the longest first; the app's tests wait for a browser,
so they have demonstrations of their own."""

EVERY_PAGE = ("test_login", "test_pages", "test_payload")
"""Files of the app's tests that walk over all pages; they take as long as the others together."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The groups that processes take as a whole, the longest first."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_rank)


def _group(item: pytest.Item) -> str:
    used = getattr(item, "fixturenames", ())
    if "built_database" in used:
        if item.path.parent.name != "apps":
            return "demonstration"
        return "pages" if item.path.stem in EVERY_PAGE else "app"
    return next((name for name in ("mutated", "network") if name in used), item.path.stem)


def _rank(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    return GROUPS.index(marker.args[0]) if marker and marker.args[0] in GROUPS else len(GROUPS)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of several hands its figures to the one that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = FIGURES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the figures of a process that has ended."""
    FIGURES.update(getattr(node, "workeroutput", {}).get("figures", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("figures")
        for name, figure in sorted(FIGURES.items()):
            terminalreporter.write_line(f"{name}: {figure}")


@contextmanager
def open_folder() -> Iterator[Path]:
    """A scratch folder that an unprivileged server can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="innenfra-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def own_settings() -> Iterator[Settings]:
    """Settings with a home of their own, and so a server of their own, stopped afterwards."""
    with open_folder() as home:
        made = load(home=home, database_url=None, _env_file=None)
        yield made
        local.stop(made)


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    with own_settings() as made:
        yield made


@pytest.fixture(scope="session")
def server(settings: Settings) -> local.Server:
    return local.ensure_running(settings)


TEMPLATE = "migrated"
"""A migrated database on each server, which new ones are copied from."""


def fresh_database(server: local.Server) -> str:
    """A new, migrated database on the server; its URL."""
    at = server.url.rsplit("/", 1)[0]
    with psycopg.connect(f"{at}/postgres", autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", (TEMPLATE,)).fetchone()
        if known is None:
            connection.execute("create database being_migrated")
            migrate.upgrade(f"{at}/being_migrated")
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'being_migrated'"
            )
            connection.execute(f"alter database being_migrated rename to {TEMPLATE}")
    made = copy_of(server, f"{at}/{TEMPLATE}")
    with psycopg.connect(made) as connection:
        # what the roles may do with a database itself is not copied with it
        access.apply(connection)
    return made


@pytest.fixture(scope="session")
def database_url(server: local.Server) -> str:
    return fresh_database(server)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def built_database(
    settings: Settings,
    server: local.Server,
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
) -> str:
    """The demonstration, brought up once: files, job and release. Its database URL. A second process restores
    what the first backed up."""
    from innenfra.demo.up import bring_up

    if not hasattr(pytestconfig, "workerinput"):
        bring_up(settings)
        return server.url
    kept = tmp_path_factory.getbasetemp().parent / "demonstration"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            bring_up(settings)
            back_up(settings, server, kept)
        else:
            restore(settings, server, kept)
    return server.url


FILES = ("demo", "inbox", "store")
"""Folders of the state that belong to what the database holds."""


def back_up(settings: Settings, server: local.Server, kept: Path) -> None:
    """The database and the files of a home, as a folder."""
    making = kept.with_suffix(".making")
    making.mkdir()
    subprocess.run(
        [local.binaries() / "pg_dump", "--format=custom", f"--file={making / 'innenfra.dump'}", server.url],
        check=True,
    )
    for name in FILES:
        if (settings.home / name).exists():
            shutil.copytree(settings.home / name, making / name)
    making.rename(kept)


def restore(settings: Settings, server: local.Server, kept: Path) -> None:
    """What was backed up, in a home and a server of their own."""
    fresh_database(server)  # the roles are the server's, not the database's
    subprocess.run(
        [
            local.binaries() / "pg_restore",
            "--no-owner",
            "--exit-on-error",
            f"--dbname={server.url}",
            kept / "innenfra.dump",
        ],
        check=True,
    )
    migrate.upgrade(server.url)  # what the roles may do with the database itself is not in a dump of it
    for name in FILES:
        if (kept / name).exists():
            shutil.copytree(kept / name, settings.home / name, dirs_exist_ok=True)


def take_as_checked(url: str) -> None:
    """Take what was ingested as checked, as the run's checks do; numbers are built from checked files
    only."""
    with psycopg.connect(url) as connection:
        connection.execute("update inbox.file set checked_by_run = 'test' where checked_by_run is null")


def copy_of(server: local.Server, url: str) -> str:
    """A database of its own with all that is in another one, to plant things in; its URL."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        source = url.rsplit("/", 1)[1]
        # connections that a job left open and idle; a template must have none
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and state = 'idle'",
            (source,),
        )
        connection.execute(f"create database {name} template {source}")
    return server.url.rsplit("/", 1)[0] + "/" + name


def dbt(settings: Settings, url: str, *arguments: str) -> dict[str, float]:
    """Run dbt on a database; seconds by model."""
    done = try_dbt(settings, url, *arguments)
    assert done.returncode == 0, done.stdout[-3000:]
    results = json.loads((settings.home / "test-target" / "run_results.json").read_text())["results"]
    return {
        r["unique_id"].split(".")[2]: sum(
            _seconds(t["started_at"], t["completed_at"]) for t in r["timing"] if t["name"] == "execute"
        )
        for r in results
        if r["unique_id"].startswith("model.")
    }


def try_dbt(settings: Settings, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dbt on a database, however it goes."""
    from orchestration.warehouse import PROJECT, write_profile

    where = [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(write_profile(settings, url)),
        "--target-path",
        str(settings.home / "test-target"),
    ]
    command = [str(Path(sys.executable).parent / "dbt"), *arguments, "--quiet", *where]
    return subprocess.run(
        command,
        env=inherited() | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )


def _seconds(start: str, end: str) -> float:
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(start)).total_seconds()


@pytest.fixture(scope="session")
def network(settings: Settings, server: local.Server) -> str:
    """The invented network of 300 schools before the gate, in a database with every relation, to copy. One
    release is in the making."""
    from disclosure import world

    made = fresh_database(server)
    dbt(settings, made, "build", "--exclude-resource-type", "test", "unit_test")
    with psycopg.connect(made) as connection:
        chance = random.Random(1404)
        where = world.places(chance)
        world.write_places(connection, where)
        world.write_answers(connection, world.answers(chance, where))
        connection.execute("insert into published.release (note) values ('test')")
    # the places were written past the deliveries, so no school counts as changed
    dbt(settings, made, "run", "--full-refresh", "--select", "int_school_place")
    return made


@pytest.fixture(scope="session")
def mutated(settings: Settings, server: local.Server, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The network in which everything happens that partners may lawfully deliver, built up to the gate by one
    run."""
    from pipeline import mutations
    from pipeline.built import build

    folder = tmp_path_factory.mktemp("mutated")
    mutations.write(folder)
    return build(folder, settings, fresh_database(server))
