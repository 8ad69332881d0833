"""Twenty random orders of arrival, also split over several runs: one hash of marts."""

from __future__ import annotations

from pathlib import Path

from pipeline import orders

from innenfra.database import local
from innenfra.settings import Settings

ORDERS = 20


def test_twenty_orders_one_hash(
    settings: Settings, server: local.Server, tmp_path: Path, figures: dict[str, str]
) -> None:
    made = orders.hashes(ORDERS, tmp_path, settings, server, seed="soak")
    different = orders.differing(made)
    figures["orders of arrival"] = f"{ORDERS} orders, {len({str(one) for _, one in made})} hash of marts"
    assert not different, different
