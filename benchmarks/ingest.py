"""Ingest of log counts as CSV through the whole path, against raw COPY, pandas.to_sql and dlt on the same
rows.

The whole path is a process of its own, as it is for a user, its start included.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import psutil
import psycopg

from benchmarks.figure import Figure, Ratio, Size
from innenfra.contracts.logs import log_count
from innenfra.database.engine import engine
from innenfra.demo import write_demo
from innenfra.registers import load_registers
from innenfra.settings import Settings, inherited

ROWS = 1_000_000
ROUNDS = 3
MEMORY_MB = 600
SCHOOL = "998870011"


def rows(number: int) -> pl.DataFrame:
    """Log counts that hold: five answers an item, the sum being `submitted_n`."""
    index = pl.int_range(number, dtype=pl.Int64)
    return pl.select(
        pl.lit(SCHOOL).repeat_by(number).explode().alias("school_id"),
        pl.lit("PS-SJO").repeat_by(number).explode().alias("partnership_id"),
        (index // 50_000 % 200 + 1).alias("loop_no"),
        (index // 1_000 % 50 + 1).alias("round_no"),
        pl.lit("LOGG-v1").repeat_by(number).explode().alias("log_instrument_version_id"),
        pl.lit(60).repeat_by(number).explode().alias("invited_n"),
        pl.lit(50).repeat_by(number).explode().alias("submitted_n"),
        pl.lit("link").repeat_by(number).explode().alias("collection_mode"),
        pl.format("item{}", index // 5 % 200).alias("item_id"),
        (index % 5 + 1).cast(pl.String).alias("answer_code"),
        pl.lit(10).repeat_by(number).explode().alias("n"),
    )


def measure(settings: Settings, url: str, folder: Path) -> list[Figure]:
    """The ratios in rows per second, each the median of pairs taken in turn, and the peak memory of the whole
    path in megabytes."""
    demo = write_demo(folder / "demo", schools=3, years=1)
    load_registers(sorted((demo / "registers").glob("*.csv")), url)
    frame = rows(ROWS)
    path = folder / "log_counts.csv"
    frame.write_csv(path, separator=";")
    some = frame.head(100_000)
    copied = _in_turn(
        lambda: _whole_path(path, url, settings), lambda: _raw_copy(frame, url), lambda: _dlt(path, url)
    )
    to_sql = _to_sql(some, url)
    return [
        Ratio(
            "ingest against raw COPY",
            [ours for ours, _, _ in copied],
            [raw for _, raw, _ in copied],
            0.4,
            "rows/s",
        ),
        Ratio(
            "ingest against pandas.to_sql (100 000 rows)",
            [ours for ours, _, _ in copied],
            [to_sql] * len(copied),
            5,
            "rows/s",
        ),
        Ratio(
            "ingest against dlt, Arrow, from the same file",
            [ours for ours, _, _ in copied],
            [dlt for _, _, dlt in copied],
            5,
            "rows/s",
        ),
        Size("peak memory of ingest", peak_memory(path, url, settings), "MB", MEMORY_MB),
    ]


def _in_turn(*measured: Callable[[], float]) -> list[tuple[float, ...]]:
    """A round of all, not counted, that leaves files and caches warm; then the counted ones."""
    return [tuple(one() for one in measured) for _ in range(ROUNDS + 1)][1:]


def _whole_path(path: Path, url: str, settings: Settings) -> float:
    """Rows per second of the whole command, its start included."""
    _forget(url)
    started = time.monotonic()
    if _ingest(path, url, settings).wait() != 0:
        raise RuntimeError("the ingest of the benchmark's file failed")
    return ROWS / (time.monotonic() - started)


def _forget(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"truncate inbox.file, landed.{log_count.name} cascade")


def peak_memory(path: Path, url: str, settings: Settings) -> float:
    """Megabytes of the command and its worker together at their largest; a run of its own, since looking
    costs time."""
    _forget(url)
    process = _ingest(path, url, settings)
    peak = 0.0
    while process.poll() is None:
        total = 0
        for one in [process, *process.children(recursive=True)]:
            try:
                total += one.memory_full_info().pss
            except psutil.Error:
                continue
        peak = max(peak, total / 1e6)
        time.sleep(0.02)
    return peak


def _ingest(path: Path, url: str, settings: Settings) -> psutil.Popen:
    environment = inherited() | {
        "DATABASE_URL": url,
        "INNENFRA_HOME": str(settings.home.absolute()),
        "INNENFRA_MAX_UPLOAD_MB": "500",
    }
    return psutil.Popen(
        [str(Path(sys.executable).parent / "innenfra"), "ingest", str(path)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def _raw_copy(frame: pl.DataFrame, url: str) -> float:
    typed = frame.with_columns(
        pl.lit("x").alias("period"),
        pl.lit(1).alias("file_id"),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("row_number"),
    )
    names = ", ".join(typed.columns)
    data = typed.write_csv(include_header=False).encode()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"create table if not exists public.raw_copy (like landed.{log_count.name} including all)"
        )
        connection.execute("truncate public.raw_copy")
        started = time.monotonic()
        with (
            connection.cursor() as cursor,
            cursor.copy(f"copy public.raw_copy ({names}) from stdin (format csv)") as copy,
        ):
            copy.write(data)
        took = time.monotonic() - started
        connection.execute("drop table public.raw_copy")
    return frame.height / took


def _to_sql(frame: pl.DataFrame, url: str) -> float:
    pandas = frame.to_pandas()
    started = time.monotonic()
    pandas.to_sql(
        "with_pandas",
        engine(url),
        schema="public",
        index=False,
        if_exists="replace",
        method="multi",
        chunksize=1_000,
    )
    return frame.height / (time.monotonic() - started)


def _dlt(path: Path, url: str) -> float:
    """Rows per second of dlt as a process of its own: its start and reading the file included, as they are in
    ours."""
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "benchmarks.with_dlt", str(path), url],
        env=inherited(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return ROWS / (time.monotonic() - started)
