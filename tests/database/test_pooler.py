"""PgBouncer in transaction mode between all of the product and its database: files, a run and questions of
the app at
once."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from conftest import fresh_database, open_folder

from innenfra.database import local, migrate
from innenfra.database.acting import Actor, acting
from innenfra.demo import write_demo
from innenfra.demo.access import write_people
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings, inherited

CONFIGURATION = """[databases]
* = host=127.0.0.1 port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
max_client_conn = 200
default_pool_size = 12
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log.txt
"""


@pytest.fixture
def pooled(server: local.Server) -> Iterator[str]:
    """A fresh database behind a pooler; its URL there."""
    url = fresh_database(server)
    there = urlsplit(url)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        own = int(probe.getsockname()[1])
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    with open_folder() as folder:
        (folder / "users.txt").write_text(f'"{there.username}" "{there.password}"\n')
        (folder / "pooler.ini").write_text(CONFIGURATION.format(port=there.port, own=own, folder=folder))
        folder.chmod(0o777)
        as_other = ["--user", "nobody"] if Path("/proc/self").stat().st_uid == 0 else []
        process = subprocess.Popen([program, "--quiet", *as_other, str(folder / "pooler.ini")])
        made = f"postgresql://{there.username}:{there.password}@127.0.0.1:{own}{there.path}"
        for _ in range(200):
            try:
                psycopg.connect(made, connect_timeout=3).close()
                break
            except psycopg.OperationalError:
                time.sleep(0.1)
        yield made
        process.terminate()
        process.wait()


def test_files_a_run_and_questions_at_once(pooled: str, settings: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = str(Path(sys.executable).parent / "innenfra")
    environment = inherited() | {"DATABASE_URL": pooled, "INNENFRA_HOME": str(home)}

    def innenfra(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    migrate.upgrade(pooled)
    write_demo(tmp_path, schools=3, years=2)
    load_klass(pooled)
    load_registers(sorted((tmp_path / "registers").glob("*.csv")), pooled)
    write_people(pooled)
    inbox = sorted((tmp_path / "inbox").iterdir())
    assert innenfra("ingest", str(inbox[0])).returncode in (0, 1)
    first = innenfra("run")
    assert first.returncode == 0, first.stderr
    subject = "demonstration|engineer|all"
    asked = 0
    with ThreadPoolExecutor(2) as beside:
        files = beside.submit(innenfra, "ingest", *map(str, inbox[1:]))
        run = beside.submit(innenfra, "run")
        while not (files.done() and run.done()):
            with acting(pooled, Actor(subject, "engineer")) as connection:
                rows = connection.execute(
                    "select current_user, current_setting('app.subject'), count(*) from inbox.file"
                ).fetchall()
            assert rows[0][:2] == ("innenfra_engineer", subject)
            asked += 1
    assert files.result().returncode in (0, 1), files.result().stderr
    assert run.result().returncode == 0, run.result().stderr
    assert asked > 3
    last = innenfra("run")
    assert last.returncode == 0, last.stderr
    with psycopg.connect(pooled) as connection:
        # nothing of one who asked is left for the next who is given the connection
        assert connection.execute("select current_user, current_setting('app.subject', true)").fetchone() in (
            (urlsplit(pooled).username, None),
            (urlsplit(pooled).username, ""),
        )
        assert connection.execute(
            "select count(*), count(*) filter (where outcome = 'succeeded') from quality.run"
        ).fetchone() == (3, 3)
