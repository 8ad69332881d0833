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

COUNTS = "select (select count(*) from inbox.file), (select count(*) from inbox.delivery), (select count(*) from landed.loop), (select count(*) from landed.manifest)"


@pytest.fixture(scope="module")
def url(server: local.Server) -> str:
    made = fresh_database(server)
    with psycopg.connect(made, autocommit=True) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no, school_code) values ('998870011', '2010-01-01', 'Sjøsiden', '1', '1804', 'S01')"
        )
    return made


@pytest.mark.parametrize("seconds", [0.9, 1.2, 1.5, 1.8])
def test_before_or_after(url: str, settings: Settings, tmp_path: Path, seconds: float) -> None:
    rows = package()
    rows["manifest"][0]["delivery_id"] = f"KILL-{seconds}"
    write_folder(tmp_path / "levering", rows, 1)
    with psycopg.connect(url, autocommit=True) as connection:
        before = connection.execute(COUNTS).fetchone()
        environment = inherited() | {"DATABASE_URL": url, "INNENFRA_HOME": str(settings.home)}
        command = [str(Path(sys.executable).parent / "innenfra"), "ingest", str(tmp_path / "levering")]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        time.sleep(0.3)
        killed = connection.execute(COUNTS).fetchone()
        assert subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        after = connection.execute(COUNTS).fetchone()
    assert before is not None
    assert after == (before[0] + 1, before[1] + 18, before[2] + 9, before[3] + 10)
    assert killed in (before, after)
