"""The same CSV into PostgreSQL with dlt's Arrow path, as a process of its own: `python -m benchmarks.with_dlt
FILE URL`."""

from __future__ import annotations

import sys
import tempfile

import dlt
from dlt.destinations import postgres
from pyarrow import csv

from innenfra.database.engine import parts


def main(path: str, url: str) -> None:
    reach = parts(url)
    destination = postgres(
        f"postgresql://{reach['user']}:{reach['password']}@{reach['host']}:{reach['port']}/{reach['name']}"
    )
    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline(
            "benchmark", destination=destination, dataset_name="with_dlt", pipelines_dir=folder
        )
        pipeline.run(
            csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=";")),
            table_name="log_count",
            write_disposition="replace",
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
