"""All benchmarks on a database of their own; prints ratios and writes them to `benchmarks/results`."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import uuid
from pathlib import Path

import psycopg

from benchmarks import ingest, row_security
from innenfra.database import local, migrate
from innenfra.demo import write_demo
from innenfra.registers import load_registers
from innenfra.settings import load

MEMORY_MB = 600


def main() -> int:
    """0 where every ratio is enough."""
    settings = load()
    server = local.ensure_running(settings)
    name = f"bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    url = f"{server.url.rsplit('/', 1)[0]}/{name}"
    try:
        migrate.upgrade(url)
        with tempfile.TemporaryDirectory() as scratch:
            demo = write_demo(Path(scratch) / "demo", schools=3, years=1)
            load_registers(sorted((demo / "registers").glob("*.csv")), url)
            ratios, peak = ingest.measure(settings, url, Path(scratch))
        row_security.fill(url)
        asked = row_security.measure(url)
        ratios += row_security.ratios(asked)
    finally:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")
    lines = ["| what | ours | theirs | ratio | wanted | |", "|---|---|---|---|---|---|"]
    lines += [f"| {r.name} | {r.ours:,.0f} {r.unit} | {r.theirs:,.0f} {r.unit} | {r.ratio:.2f} | {r.wanted} | {'yes' if r.enough else 'NO'} |" for r in ratios]
    lines.append(f"| peak memory of ingest | {peak:.0f} MB | | | under {MEMORY_MB} | {'yes' if peak < MEMORY_MB else 'NO'} |")
    worst = max(asked, key=lambda one: one.ratio)
    lines += [
        "",
        f"Row-level security on {row_security.ROWS:,} rows: at worst {worst.ratio:.2f} × a WHERE by hand ({worst.actor}: {worst.query}), wanted at most 1.30.",
    ]
    text = "\n".join(lines)
    print(text)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / f"{dt.date.today()}.md").write_text(text + "\n")
    return 0 if all(r.enough for r in ratios) and peak < MEMORY_MB else 1


if __name__ == "__main__":
    sys.exit(main())
