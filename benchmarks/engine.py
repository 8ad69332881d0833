"""From a file to a number, beside version 0.1.0 on the same machine: the demonstration, a run with nothing
new, one corrected file, the release of that change, and the same file dropped before a running Dagster.

Both versions run by their own commands, each with a home and a private server of its own. 0.1.0 is checked
out of this repository's history and uses the libraries of this environment.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from benchmarks.figure import Figure, Ratio, Size
from innenfra.database.engine import database_url
from innenfra.settings import Settings, inherited, load

FIRST_VERSION = "f6df13a"
"""The commit of 0.1.0."""

ROUNDS = 3
"""How often each is measured, in turn; the demonstration once."""

DELIVERED, CHANGED = "0000-sjosiden", "agreement_plan_years"
PATIENCE = 600
"""Seconds after which a Dagster that does not run is an error."""


def measure(settings: Settings, url: str, folder: Path) -> Sequence[Figure]:
    """The table of speeds. The database of the bench is not used: each version has its own."""
    first = folder / "first"
    here = Path(__file__).parents[1]
    _git(here, "worktree", "add", "--quiet", "--detach", str(first), FIRST_VERSION)
    folder.chmod(0o755)
    versions = ours, theirs = Version(here, folder / "ours"), Version(first, folder / "theirs")
    try:
        no_pages = ["--no-serve"]
        demonstration = ours.run("demo", "up", *no_pages, "--no-dagster"), theirs.run("demo", "up", *no_pages)
        quiet = [(ours.run("run"), theirs.run("run")) for _ in range(ROUNDS)]
        corrected: list[tuple[float, float]] = []
        released: list[tuple[float, float]] = []
        for number in range(ROUNDS):
            corrected.append((ours.run_corrected(number), theirs.run_corrected(number)))
            released.append((ours.run("publish"), theirs.run("publish")))
        dropped = ours.run_dropped(ROUNDS)
    finally:
        for one in versions:
            one.run("db", "stop")
        _git(here, "worktree", "remove", "--force", str(first))
    both = {
        "a run with nothing new": (quiet, 8),
        "one corrected file to the school's own page, by command": (corrected, 20),
        "release of that change": (released, 15),
    }
    return [
        Ratio(
            "the demonstration, environment in place, against 0.1.0",
            demonstration[:1],
            demonstration[1:],
            0.5,
            "s",
            less_is_better=True,
        ),
        *(
            Ratio(
                f"{what}, against 0.1.0",
                [our for our, _ in pairs],
                [their for _, their in pairs],
                1,
                "s",
                less_is_better=True,
            )
            for what, (pairs, _) in both.items()
        ),
        *(Size(what, min(one for one, _ in pairs), "s", most) for what, (pairs, most) in both.items()),
        Size("one corrected file from the sensor to the school's own page, in Dagster", dropped, "s", 12),
    ]


class Version:
    """A checkout of the product with a home of its own."""

    def __init__(self, checkout: Path, home: Path) -> None:
        home.mkdir()
        home.chmod(0o755)
        self.checkout, self.home = checkout, home
        self.environment = inherited() | {"INNENFRA_HOME": str(home), "PYTHONPATH": str(checkout)}
        self.environment.pop("DATABASE_URL", None)

    def run(self, *arguments: str) -> float:
        """Seconds that a command takes, its start included."""
        command = [sys.executable, "-c", "from innenfra.cli import main; main()", *arguments]
        started = time.monotonic()
        done = subprocess.run(
            command, cwd=self.checkout, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
        seconds = time.monotonic() - started
        print(f"  {self.home.name}: {' '.join(arguments)} {seconds:.1f} s", file=sys.stderr, flush=True)
        return seconds

    def run_corrected(self, number: int) -> float:
        """Seconds from a corrected file in the inbox to the gate."""
        drop(self.home / "inbox", number)
        return self.run("run")

    def run_dropped(self, number: int) -> float:
        """Seconds from the moment Dagster's sensor asks for a run to its end, with Dagster running and
        everything imported."""
        from orchestration.serve import dagster_running, instance

        settings = load(home=self.home, database_url=None, _env_file=None)
        url = database_url(settings)
        with instance(settings, url), dagster_running(settings, url):
            # the first is not counted: it pays for what is imported once
            _wait_for_run(url, lambda: drop(self.home / "inbox", number))
            return _wait_for_run(url, lambda: drop(self.home / "inbox", number + 1))


def drop(inbox: Path, number: int) -> None:
    """The school corrects its plan: loops more in the first year."""
    making = inbox / f".corrected{number}"
    making.mkdir()
    for name in ("manifest", CHANGED):
        with (inbox / DELIVERED / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        if name == "manifest":
            rows = [
                row | {"delivery_id": f"C-{number}", "supersedes_delivery_id": before}
                for row in rows
                if row["file_type"] == CHANGED
                for before in [f"C-{number - 1}" if number else row["delivery_id"]]
            ]
        else:
            rows[0]["planned_loops"] = str(int(rows[0]["planned_loops"]) + number + 1)
        with (making / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
    making.rename(inbox / f"corrected{number}")


def _wait_for_run(url: str, start: Callable[[], None]) -> float:
    """Seconds of the run that the sensor asks for: from its row among Dagster's runs to its end."""
    from orchestration.serve import dagster_database

    kept = f"{url.rsplit('/', 1)[0]}/{dagster_database(url)}"
    query = (
        "select extract(epoch from create_timestamp at time zone 'utc'), end_time from runs where id > %s and"
        " status = 'SUCCESS' order by id limit 1"
    )
    with psycopg.connect(kept, autocommit=True) as connection:
        row = connection.execute("select coalesce(max(id), 0) from runs").fetchone()
        before = row[0] if row else 0
        start()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ended = connection.execute(query, (before,)).fetchone()
            if ended:
                return float(ended[1]) - float(ended[0])
            time.sleep(0.5)
    raise RuntimeError(f"no run ended within {PATIENCE} seconds")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
