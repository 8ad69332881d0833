"""The same deliveries in other orders, in one run or several: what `marts` then holds, as one hash.

Belongs here: building a network in an order, and the hash. Does not belong here: which orders
(`test_orders.py`, here
and in `soak`).

Two things tell of arrival and are left out of the hash: `file_id`, a number given on arrival, for which the
file's own
hash stands in; and `built_school.deliveries`, which counts what has arrived so that the next build knows
what is new.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import psycopg
from conftest import fresh_database
from pipeline import mutations
from pipeline.built import build
from psycopg import sql

from innenfra.database import local
from innenfra.settings import Settings
from orchestration.run import run_job

SCHOOLS = (
    "correction_before_its_original",
    "chain_of_corrections",
    "delayed_files_that_came",
    "two_partnerships",
    "calendars_not_delivered",
    "checks_after_the_end",
    "merged_and_split_teams",
    "partly_delivered_team_loops",
    "one_codebook_over_four_years",
    "own_template_that_was_delivered",
    "amendment_on_a_later_decision",
    "each_file_by_itself",
)
"""Corrections and chains of them, late files, two partnerships, missing calendars, years that build on each
other."""
TELLS_OF_ARRIVAL = {"built_school": ("deliveries",)}


def marts_hash(url: str) -> dict[str, str]:
    """A hash of each relation in `marts`, whatever the order of its rows."""
    made = {}
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "select table_name, bool_or(column_name = 'file_id') from information_schema.columns where"
            " table_schema = 'marts' group by 1 order by 1"
        ).fetchall()
        for name, has_file in names:
            query = sql.SQL(
                "select (to_jsonb(it) - %(left_out)s::text[] || {file})::text from marts.{name} as it {join}"
                " order by 1"
            ).format(
                name=sql.Identifier(name),
                file=sql.SQL("jsonb_build_object('file_id', file.sha256)" if has_file else "'{}'::jsonb"),
                join=sql.SQL("left join inbox.file as file using (file_id)" if has_file else ""),
            )
            rows = connection.execute(query, {"left_out": list(TELLS_OF_ARRIVAL.get(name, ()))}).fetchall()
            made[name] = hashlib.sha256("\n".join(r[0] for r in rows).encode()).hexdigest()[:16]
    return made


def write(folder: Path) -> list[Path]:
    """The network's files, aside from any inbox; in the order of the case's own story."""
    chosen = {name: plan for name, plan in mutations.CASES.items() if name in SCHOOLS}
    mutations.write(folder, chosen)
    (folder / "inbox").rename(folder / "files")
    return sorted((folder / "files").iterdir())


def built_in(
    order: Sequence[Path], runs: int, made: Path, network: Path, settings: Settings, server: local.Server
) -> str:
    """Deliver the files in this order, split over so many runs, each up to the gate; the database."""
    url = fresh_database(server)
    shutil.copytree(network / "registers", made / "registers")
    cuts = [len(order) * n // runs for n in range(runs + 1)]
    for run, (start, end) in enumerate(itertools.pairwise(cuts)):
        for number, path in enumerate(order[start:end], start=start):
            shutil.copytree(path, made / "inbox" / f"{number:04d}{path.name[4:]}")
        if run == 0:
            outcome = build(made, settings, url).outcome
        else:
            own = settings.model_copy(
                update={"home": made / "home", "inbox": str(made / "inbox"), "store": ""}
            )
            outcome = run_job(own, url)
        assert outcome.succeeded, outcome.failed
    return url


def hashes(
    orders: int, folder: Path, settings: Settings, server: local.Server, seed: str = "orders"
) -> list[tuple[str, dict[str, str]]]:
    """What marts hold for so many random orders; every second is split over two runs or three."""
    files = write(folder / "network")
    made = []
    for number in range(orders):
        order = list(files)
        random.Random(f"{seed}-{number}").shuffle(order)
        runs = (1, 2, 1, 3)[number % 4]
        url = built_in(order, runs, folder / f"order-{number}", folder / "network", settings, server)
        made.append((f"order {number} in {runs} runs", marts_hash(url)))
    return made


def differing(made: list[tuple[str, dict[str, str]]]) -> list[str]:
    """Which relation differs from the first order's, and in which order."""
    first = made[0][1]
    return [f"{name}: {table}" for name, one in made for table in first if one[table] != first[table]]
