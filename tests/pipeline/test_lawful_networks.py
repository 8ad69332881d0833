"""Random lawful deliveries land whole, and none stops the job; three hundred networks are in `tests/soak`."""

from __future__ import annotations

import random
from pathlib import Path

import hypothesis
import pytest
from conftest import fresh_database
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pipeline import lawful
from pipeline.built import build

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import OneOf
from innenfra.database import local
from innenfra.formats import Incoming
from innenfra.ingest.prepare import prepare
from innenfra.settings import Settings

FEW = range(10)


@given(st.integers(min_value=0, max_value=10**9))
@hypothesis.settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_invented_delivery_breaks_no_rule_of_its_tables(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    school = lawful.NUMBERS[0]
    folder = tmp_path_factory.mktemp("lawful") / "delivery"
    lawful.write(folder, lawful.delivery(chance, school, "P-1", "D0", ["D1"]), chance)
    parts = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    made = prepare(Incoming("delivery", parts, "0" * 64), school, frozenset({school}), 10**8)
    errors = [f.message.en for f in made.findings if f.severity == "error"]
    assert not errors
    assert not made.rejected
    assert made.rows_held_back == 0


def test_inventions_reach_every_table_column_and_code() -> None:
    seen: dict[tuple[str, str], set[object]] = {}
    for seed in range(1000, 1100):
        for _, package in lawful.network(random.Random(f"lawful-{seed}"), lawful.NUMBERS[seed]):
            for file_type, rows in package.items():
                for row in rows:
                    for name, one in row.items():
                        seen.setdefault((file_type, name), set()).add(one)
    for file_type, table in delivery_tables().items():
        for column in delivered_columns(table):
            there = seen[file_type, column.name] - {None}
            assert there, (file_type, column.name)
            if file_type != "manifest" and column.nullable:
                assert None in seen[file_type, column.name], (file_type, column.name)
            for rule in column.info["rules"]:
                if isinstance(rule, OneOf) and (file_type, column.name) != ("manifest", "prepared_by_role"):
                    assert there == set(rule.codes.codes), (file_type, column.name)


def test_ten_lawful_networks_reach_the_gate(settings: Settings, server: local.Server, tmp_path: Path) -> None:
    lawful.write_networks(tmp_path, FEW)
    made = build(tmp_path, settings, fresh_database(server))
    assert made.ask("select count(*) from inbox.file where status <> 'landed'") == [(0,)]
    assert made.outcome.succeeded, made.outcome.failed
