"""A network of delivery files built up to the gate, in a database and a home of its own.

Belongs here: registers, inbox and job around a folder of deliveries. Does not belong here: the deliveries.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings
from orchestration.run import Outcome, run_job


@dataclass(frozen=True)
class Built:
    """A built network: its database, its files, its settings, and how the run went."""

    url: str
    folder: Path
    settings: Settings
    outcome: Outcome

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def registers(self) -> Path:
        return self.folder / "registers"

    def ask(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Rows of a query on the database."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()


def build(folder: Path, settings: Settings, url: str) -> Built:
    """Take in what lies in `folder` (inbox and registers) and bring it up to the gate."""
    own = settings.model_copy(update={"home": folder / "home", "inbox": str(folder / "inbox"), "store": ""})
    load_klass(url)
    load_registers(sorted((folder / "registers").glob("*.csv")), url)
    return Built(url, folder, own, run_job(own, url))
