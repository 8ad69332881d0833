"""From nothing to a running demonstration, in one process, telling where the time goes.

Belongs here: the order of the steps. Does not belong here: any step.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from innenfra.database import migrate
from innenfra.database.engine import database_url
from innenfra.demo.access import write_member_checks, write_needs, write_people
from innenfra.demo.network import write_demo
from innenfra.demo.story import write_story
from innenfra.errors import JobFailedError
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings


def bring_up(
    settings: Settings, schools: int = 12, years: int = 6, *, dagster: bool = False
) -> dict[str, float]:
    """Database, registers, files, job and release; returns seconds per step. A second time changes nothing.

    With `dagster`, the runs are in the history that its pages show.
    """
    from orchestration.publishing import publish
    from orchestration.run import log_file, run_job

    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        seconds[name] = time.monotonic() - started
        print(f"  {name:<28}{seconds[name]:6.1f} s", file=sys.stderr)

    with step("private PostgreSQL"):
        url = database_url(settings)
    with step("tables"):
        migrate.upgrade(url)
    if dagster:
        from orchestration.serve import dagster_home

        dagster_home(settings, url)
    with step("demonstration files"):
        folder = settings.home.absolute() / "demo"
        shutil.rmtree(folder, ignore_errors=True)
        write_demo(folder, schools=schools, years=years)
        shutil.copytree(folder / "inbox", Path(settings.inbox_url), dirs_exist_ok=True)
    with step("registers"):
        load_klass(url)
        load_registers(sorted((folder / "registers").glob("*.csv")), url)
        write_people(url)
        write_story(url, schools, years)
    with step("job: inbox to gate"):
        outcome = run_job(settings, url)
    if not outcome.succeeded:
        raise JobFailedError(outcome.failed, log_file(settings))
    write_member_checks(url)
    write_needs(url)
    with step("release"):
        released = publish(settings, url, "demonstration")
    if released.refused:
        raise JobFailedError(tuple(released.refused), log_file(settings))
    print(f"  {'together':<28}{sum(seconds.values()):6.1f} s", file=sys.stderr)
    return seconds
