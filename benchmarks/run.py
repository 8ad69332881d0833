"""All benchmarks, or those that are named, each on a database of its own; prints a table and writes it to
`benchmarks/results`.

`python -m benchmarks.run [deliver] [engine] [ingest] [national] [pages] [reports] [row_security]`
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks import deliver, engine, ingest, national, pages, reports, row_security
from benchmarks.figure import Figure
from innenfra.database import local, migrate
from innenfra.settings import Settings, load

PARTS: dict[str, Callable[[Settings, str, Path], Sequence[Figure]]] = {
    "deliver": deliver.measure,
    "engine": engine.measure,
    "ingest": ingest.measure,
    "national": national.measure,
    "pages": pages.measure,
    "reports": reports.measure,
    "row_security": row_security.measure,
}


@contextmanager
def _own_database(server: local.Server) -> Iterator[str]:
    name = f"bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    url = f"{server.url.rsplit('/', 1)[0]}/{name}"
    try:
        migrate.upgrade(url)
        yield url
    finally:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")


def main(named: Sequence[str]) -> int:
    """0 where every figure is within its limit."""
    settings = load()
    server = local.ensure_running(settings)
    figures: list[Figure] = []
    for name in named or PARTS:
        with _own_database(server) as url, tempfile.TemporaryDirectory() as folder:
            print(f"{name} …", file=sys.stderr, flush=True)
            figures += PARTS[name](settings, url, Path(folder))
    text = "\n".join(
        [
            "| what | ours | theirs | figure | wanted | |",
            "|---|---|---|---|---|---|",
            *(figure.line() for figure in figures),
        ]
    )
    print(text)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / f"{dt.date.today()}{''.join(f'-{name}' for name in named)}.md").write_text(text + "\n")
    return 0 if all(figure.enough for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
