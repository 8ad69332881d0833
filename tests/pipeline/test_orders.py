"""Deliveries in any order, in one run or two, give the same numbers; twenty orders are in `tests/soak`."""

from __future__ import annotations

from pathlib import Path

from pipeline import orders

from innenfra.database import local
from innenfra.settings import Settings


def test_two_orders_one_hash(settings: Settings, server: local.Server, tmp_path: Path) -> None:
    made = orders.hashes(2, tmp_path, settings, server)
    assert len(made[0][1]) > 5
    assert not orders.differing(made)
