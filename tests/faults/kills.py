"""Processes killed at random moments, and what is left of them.

Belongs here: a small network, ingest, run and release as commands on it, killed; and everything that must be
as if
nothing had happened after the next ones. Does not belong here: how many moments (`test_kills.py`, here and in
`soak`).
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from conftest import copy_of, fresh_database
from pipeline.orders import marts_hash

from innenfra.database import local
from innenfra.demo import write_demo
from innenfra.ingest.store import all_kept
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings, inherited, load

STEPS = ("ingest", "run", "publish")
SHOWN = (
    "select md5(string_agg(cell, '|' order by cell)) from (select (to_jsonb(told) - 'release_id')::text as"
    " cell from published.school_indicator_value as told) as shown"
)
LEFT_OPEN = {
    "runs": "select count(*) from quality.run where outcome is null",
    "releases": "select count(*) from published.release where state = 'candidate'",
    "files on their way": "select count(*) from inbox.being_kept",
    "files not cleared away": "select count(*) from inbox.to_be_cleared",
    "schemas of releases in the making": "select count(*) from pg_namespace where nspname = 'next'",
}


@dataclass
class World:
    """The network before anything is taken in, in a database to copy; what it is when nothing disturbs it."""

    server: local.Server
    before: str
    files: Path
    home: Path
    settings: Settings = field(init=False)
    url: str = ""

    def begin(self, name: str) -> None:
        """A database, an inbox and a state folder of their own."""
        self.url = copy_of(self.server, self.before)
        home = self.home / name
        self.settings = load(home=home, database_url=None, _env_file=None)
        shutil.copytree(self.files / "inbox", home / "inbox")

    def command(self, step: str) -> subprocess.Popen[bytes]:
        """The step in a process group of its own."""
        program = str(Path(sys.executable).parent / "innenfra")
        first = sorted((self.settings.home / "inbox").iterdir())[0]
        arguments = {"ingest": ["ingest", str(first)], "run": ["run"], "publish": ["publish"]}[step]
        environment = inherited() | {"DATABASE_URL": self.url, "INNENFRA_HOME": str(self.settings.home)}
        return subprocess.Popen(
            [program, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def whole(self, step: str) -> float:
        """Do the step undisturbed; how long it took."""
        started = time.monotonic()
        process = self.command(step)
        _, said = process.communicate()
        assert process.returncode in ((0, 1) if step == "ingest" else (0,)), said.decode()
        return time.monotonic() - started

    def kill(self, step: str, seconds: float) -> bool:
        """End the step without a word after so long; whether it was still going on."""
        process = self.command(step)
        time.sleep(seconds)
        going_on = process.poll() is None
        process.kill()
        process.communicate()
        return going_on

    def state(self) -> dict[str, str]:
        """What the database counts and shows, as hashes."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(SHOWN).fetchone()
        return {**marts_hash(self.url), "shown": str(row and row[0])}

    def left_behind(self) -> dict[str, int]:
        """What no process owns and yet is there."""
        found = {}
        with psycopg.connect(self.url) as connection:
            for name, query in LEFT_OPEN.items():
                row = connection.execute(query.encode()).fetchone()
                found[name] = int(row[0]) if row else 0
            known = {r[0] for r in connection.execute("select store_path from inbox.file").fetchall()}
        found["places in the store"] = len(set(all_kept(self.settings)) - known)
        scratch = self.settings.home / "tmp"
        found["copies of deliveries"] = sum(one.is_dir() for one in scratch.iterdir())
        assert scratch.stat().st_mode & 0o777 == 0o700
        return {name: n for name, n in found.items() if n}


def world(server: local.Server, folder: Path) -> World:
    """A small network with registers, nothing of it taken in."""
    write_demo(folder, schools=3, years=2)
    url = fresh_database(server)
    load_klass(url)
    load_registers(sorted((folder / "registers").glob("*.csv")), url)
    return World(server, url, folder, folder / "homes")


def undisturbed(made: World) -> tuple[dict[str, str], dict[str, float]]:
    """What the three steps leave when nothing happens, and how long each takes."""
    made.begin("undisturbed")
    seconds = {step: made.whole(step) for step in STEPS}
    assert made.left_behind() == {}
    return made.state(), seconds


def killed(
    made: World, expected: dict[str, str], seconds: dict[str, float], moments: int, seed: str
) -> list[str]:
    """Kill at so many random moments, by turns of each step; each network is finished afterwards. What went
    wrong."""
    chance = random.Random(seed)
    wrong = []
    for number in range(0, moments, len(STEPS)):
        made.begin(f"{seed}-{number}")
        at = []
        for step in STEPS[: moments - number]:
            at.append(f"{step} {chance.uniform(0.2, 1) * seconds[step]:.2f}")
            made.kill(step, float(at[-1].split()[1]))
            made.whole(step)
        left, state = made.left_behind(), made.state()
        if left or state != expected:
            wrong.append(f"{', '.join(at)}: {left or [n for n in state if state[n] != expected[n]]}")
    return wrong
