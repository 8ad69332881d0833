"""Registers by command, in a process that has read nothing else before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
from conftest import fresh_database

from innenfra.database import local
from innenfra.demo import write_demo
from innenfra.settings import Settings, inherited


def test_a_fresh_process_loads_registers_and_klass(
    settings: Settings, server: local.Server, tmp_path: Path
) -> None:
    url = fresh_database(server)
    files = sorted((write_demo(tmp_path / "demo", schools=3, years=1) / "registers").glob("*.csv"))
    command = [str(Path(sys.executable).parent / "innenfra"), "registers", "load", *map(str, files)]
    done = subprocess.run(
        command,
        env=inherited() | {"DATABASE_URL": url, "INNENFRA_HOME": str(settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "partnership_school" in done.stdout
    with psycopg.connect(url) as connection:
        counted = connection.execute(
            "select (select count(*) from register.school), (select count(*) from register.municipality),"
            " (select count(*) from register.municipality_change)"
        ).fetchone()
    assert counted
    assert all(counted)
