"""A network of the size of the country: building everything anew, and one school's new file in it.

A small network is delivered as files and taken in; then its landed rows are multiplied within the
database, each copy with schools, partnerships and files of its own. Building starts from the landed tables.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from benchmarks.copies import OF_DELIVERIES, multiply
from benchmarks.figure import Figure, Ratio, Size
from innenfra.contracts.deliveries import delivery_tables
from innenfra.database.fingerprint import differing, fingerprints
from innenfra.demo import write_demo
from innenfra.ingest.receive import ingest_paths
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings, inherited

SCHOOLS = 2_800
YEARS = 10
SMALL = 30
LOOPS = 3
FULL_SECONDS = 300
FULL_MB = 2_000
LAYERS = ("intermediate", "marts")
COPIED = (
    "register.school",
    "register.partnership",
    "register.partnership_school",
    "register.partnership_party",
    "inbox.file",
    "inbox.delivery",
)


def measure(settings: Settings, url: str, folder: Path, schools: int = SCHOOLS) -> list[Figure]:
    """Deliver a small network and time new loops in it; multiply it, build all, time new loops again, and
    hold every row against a full rebuild."""
    demo = write_demo(folder / "network", schools=SMALL, years=YEARS)
    load_klass(url)
    load_registers(sorted((demo / "registers").glob("*.csv")), url)
    inbox = sorted((demo / "inbox").iterdir())
    # the newest deliveries of some schools wait: half of them come in the small network, half in the large
    waiting = [p for p in inbox if p.name.startswith(f"{YEARS:02d}")][-2 * LOOPS :]
    ingest_paths([p for p in inbox if p not in waiting], settings, url)
    _build(settings, url, full=True)
    small = [_new_loop(settings, url, path) for path in waiting[:LOOPS]]
    tables = [*COPIED, *(f"landed.{t.name}" for t in delivery_tables().values())]
    multiply(url, dict.fromkeys(tables, "true"), OF_DELIVERIES, schools // SMALL - 1)
    full, peak = _build(settings, url, full=True)
    large = [_new_loop(settings, url, path) for path in waiting[LOOPS:]]
    with psycopg.connect(url) as connection:
        in_steps = fingerprints(connection, LAYERS)
    _build(settings, url, full=True)
    with psycopg.connect(url) as connection:
        anew = fingerprints(connection, LAYERS)
        landed = sum(_count(connection, f"landed.{t.name}") for t in delivery_tables().values())
        values = _count(connection, "marts.indicator_value")
    return [
        Size(
            "network of the country's size: schools with values",
            len({school for _, school in anew} - {""}),
            "schools",
        ),
        Size("network of the country's size: landed rows", landed, "rows"),
        Size("network of the country's size: values in marts", values, "rows"),
        Size("full build, landed tables to marts", full, "s", FULL_SECONDS),
        Size("full build, peak memory", peak, "MB", FULL_MB),
        Ratio(
            f"new loop in the country against a network of {SMALL} schools",
            large,
            small,
            1.5,
            "s",
            less_is_better=True,
        ),
        Size(
            "tables and schools of which any row differs from a full rebuild",
            len(differing(in_steps, anew)),
            f"of {len(anew):,}",
            0,
        ),
    ]


def _new_loop(settings: Settings, url: str, path: Path) -> float:
    """Seconds from the file to the marts."""
    started = time.monotonic()
    ingest_paths([path], settings, url)
    _build(settings, url, full=False)
    return time.monotonic() - started


def _build(settings: Settings, url: str, *, full: bool) -> tuple[float, float]:
    """Seconds and peak memory (of dbt, which is our process) of one build up to the marts."""
    from orchestration.warehouse import PROJECT, models_version, write_profile

    profile = write_profile(settings, url)
    command = [
        str(Path(sys.executable).parent / "dbt"),
        "build",
        "--quiet",
        "--select",
        "path:models/staging",
        "path:models/intermediate",
        "path:models/marts",
        "resource_type:seed",
        "--indirect-selection",
        "cautious",
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(profile),
        "--vars",
        f'{{"models_version": "{models_version()}"}}',
        *(["--full-refresh"] if full else []),
    ]
    environment = inherited() | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    started = time.monotonic()
    process = psutil.Popen(command, env=environment)
    peak = 0.0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_full_info().pss / 1e6)
        except psutil.Error:
            break
        time.sleep(0.5)
    if process.wait() != 0:
        raise RuntimeError("the build of the benchmark's network failed")
    return time.monotonic() - started, peak


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(
        sql.SQL("select count(*) from {}").format(sql.Identifier(*table.split(".")))
    ).fetchone()
    return int(row[0]) if row else 0
