"""The independent count of all 38 indicators held against the warehouse: the demonstration, and the network
of mutations.

Also what was refused and held back, by the module's own reading of the files.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from pipeline.built import Built
from pipeline.independent.clocks import Counted, Key
from pipeline.independent.comparing import INDICATORS, count, differences, served, table, told
from pipeline.independent.reading import deliveries, each

from innenfra.contracts import indicators
from innenfra.settings import Settings

STATUSES = (
    "observed",
    "stated_zero",
    "not_collected",
    "not_in_design",
    "not_applicable",
    "insufficient",
    "suppressed",
    "provisional",
)


def compared(counted: dict[Key, Counted], url: str) -> None:
    found = differences(counted, served(url))
    assert not found, f"\n{told(found)}\n{table(counted, found)}"


@pytest.fixture(scope="module")
def of_mutations(mutated: Built) -> dict[Key, Counted]:
    return count(each(mutated.inbox), mutated.registers, dt.date.today())


def test_the_demonstration_agrees_in_every_cell(
    built_database: str, settings: Settings, figures: dict[str, str]
) -> None:
    counted = count(each(Path(settings.inbox_url)), settings.home / "demo" / "registers", dt.date.today())
    figures["independent count, demonstration"] = f"{len(counted)} cells"
    compared(counted, built_database)


def test_the_network_of_mutations_agrees_in_every_cell(
    mutated: Built, of_mutations: dict[Key, Counted], figures: dict[str, str]
) -> None:
    figures["independent count, network of mutations"] = f"{len(of_mutations)} cells"
    compared(of_mutations, mutated.url)


def test_every_indicator_clock_and_status_is_counted(of_mutations: dict[Key, Counted]) -> None:
    assert set(INDICATORS) == set(indicators.INDICATORS)
    assert {k[2] for k in of_mutations} == set(INDICATORS)
    assert {k[4] for k in of_mutations} == {
        "loop",
        "school_year",
        "partnership_year",
        "budget_year",
        "project",
    }
    by_status = Counter(value.status for value in of_mutations.values())
    assert set(by_status) == set(STATUSES)
    with_number = {k[2] for k, value in of_mutations.items() if value.top is not None}
    assert with_number == set(INDICATORS)


def test_what_was_refused_agrees(built_database: str, settings: Settings) -> None:
    refused = [path.name for path in each(Path(settings.inbox_url)) if not deliveries(path)]
    with psycopg.connect(built_database) as connection:
        said = connection.execute("select file_name from inbox.file where status = 'rejected'").fetchall()
    assert [r[0] for r in said] == refused
