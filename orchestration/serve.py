"""Dagster beside the app: its webserver and daemon, with their own home in the state folder.

Belongs here: what they are told, starting and ending them. Does not belong here: what they run.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dagster as dg
import yaml
from psycopg import sql

from innenfra.database.engine import connect
from innenfra.own import own_file, own_folder
from innenfra.settings import Settings, inherited


def dagster_database(url: str) -> str:
    """The database beside ours, on the same server, in which Dagster keeps its runs: of this name, so that
    two installations on one server do not see each other's."""
    return f"{urlsplit(url).path.removeprefix('/')}_dagster"


def dagster_home(settings: Settings, url: str) -> Path:
    """Dagster's home: one run at a time, nothing told to anybody else, all that it remembers in
    PostgreSQL."""
    database = dagster_database(url)
    with connect(url, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", (database,)).fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
    folder = own_folder(settings.home.absolute() / "dagster")
    # Dagster's notifications are sent with parameters, which psycopg 3 leaves to a server that takes none
    # there
    storage = url.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg2://", 1)
    told = {
        "storage": {"postgres": {"postgres_url": f"{storage}/{database}"}},
        "telemetry": {"enabled": False},
        "nux": {"enabled": False},
        "run_coordinator": {"module": "dagster.core.run_coordinator", "class": "QueuedRunCoordinator"},
        "concurrency": {"runs": {"max_concurrent_runs": 1}, "pools": {"default_limit": 1}},
        "run_monitoring": {"enabled": True},
        "compute_logs": {
            "module": "dagster.core.storage.local_compute_log_manager",
            "class": "LocalComputeLogManager",
            "config": {"base_dir": str(folder / "logs")},
        },
        "local_artifact_storage": {
            "module": "dagster.core.storage.root",
            "class": "LocalArtifactStorage",
            "config": {"base_dir": str(folder / "storage")},
        },
    }
    path = folder / "dagster.yaml"
    path.touch(mode=0o600)
    path.write_text(yaml.safe_dump(told))
    return folder


def instance(settings: Settings, url: str) -> dg.DagsterInstance:
    """The instance whose history the webserver shows."""
    return dg.DagsterInstance.from_config(str(dagster_home(settings, url)))


def is_served(settings: Settings) -> bool:
    """Whether this state folder has a Dagster of its own."""
    return (settings.home.absolute() / "dagster" / "dagster.yaml").exists()


@contextmanager
def dagster_running(settings: Settings, url: str) -> Iterator[str]:
    """Webserver and daemon while the block runs; the address of the pages."""
    home = dagster_home(settings, url)
    environment = {
        **inherited(),
        "INNENFRA_HOME": str(settings.home.absolute()),
        "DAGSTER_HOME": str(home),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    port = str(settings.dagster_port)
    commands = (
        [
            sys.executable,
            "-m",
            "dagster_webserver",
            "-h",
            "127.0.0.1",
            "-p",
            port,
            "-m",
            "orchestration.entry",
        ],
        [sys.executable, "-m", "dagster._daemon", "run", "-m", "orchestration.entry"],
    )
    with own_file(settings.home.absolute() / "logs" / "dagster.log").open("a") as log:
        started: list[subprocess.Popen[Any]] = []
        try:
            for command in commands:
                # each in a group of its own, with the code servers and runs that it starts
                started.append(
                    subprocess.Popen(
                        command,
                        env=environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
            yield f"http://127.0.0.1:{port}"
        finally:
            for process in started:
                os.killpg(process.pid, signal.SIGTERM)
            for process in started:
                process.wait(60)
