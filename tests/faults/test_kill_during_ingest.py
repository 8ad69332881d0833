"""Killed anywhere during ingest, the database is as before or as after, never between."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database

from innenfra.database import local
from innenfra.demo.sjosiden import package
from innenfra.demo.writing import write_folder
from innenfra.settings import Settings, inherited

COUNTS = (
    "select (select count(*) from inbox.file), (select count(*) from inbox.delivery), (select count(*) from"
    " landed.loop), (select count(*) from landed.manifest)"
)


Counts = tuple[int, ...]


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    made = fresh_database(server)
    with psycopg.connect(made, autocommit=True) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code) values ('998870011', '2010-01-01', 'Sjøsiden', '1', '1804', 'S01')"
        )
    return made


def delivery(folder: Path, name: str) -> Path:
    """The package under another delivery id, so that it is another file."""
    rows = package()
    rows["manifest"][0]["delivery_id"] = name
    write_folder(folder / "levering", rows, 1)
    return folder / "levering"


def command(settings: Settings, url: str, path: Path) -> tuple[list[str], dict[str, str]]:
    return [str(Path(sys.executable).parent / "innenfra"), "ingest", str(path)], inherited() | {
        "DATABASE_URL": url,
        "INNENFRA_HOME": str(settings.home),
    }


def counts(url: str) -> Counts:
    with psycopg.connect(url) as connection:
        row = connection.execute(COUNTS).fetchone()
    assert row
    return tuple(row)


@pytest.fixture(scope="module")
def undisturbed(url: str, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """What one ingest of the package adds when nothing disturbs it."""
    arguments, environment = command(settings, url, delivery(tmp_path_factory.mktemp("whole"), "WHOLE"))
    assert subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
    added = counts(url)
    assert added[0] == 1
    assert all(added)
    return added


@pytest.mark.parametrize("seconds", [0.9, 1.2, 1.5, 1.8])
def test_before_or_after(
    url: str, settings: Settings, undisturbed: Counts, tmp_path: Path, seconds: float
) -> None:
    arguments, environment = command(settings, url, delivery(tmp_path, f"KILL-{seconds}"))
    before = counts(url)
    process = subprocess.Popen(
        arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.wait()
    time.sleep(0.3)
    killed = counts(url)
    assert subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
    after = counts(url)
    assert after == tuple(had + adds for had, adds in zip(before, undisturbed, strict=True))
    assert killed in (before, after)


def test_the_worker_does_not_run_the_script_that_starts_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from innenfra.ingest.worker import start_worker\nfrom innenfra.settings import"
        " load\nprint('run')\nprint(start_worker(load()).submit(len, 'abc').result(30))\n"
    )
    done = subprocess.run(
        [sys.executable, script], env=inherited(), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.split()) == (0, ["run", "3"]), done.stderr
