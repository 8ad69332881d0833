"""Three hundred random lawful networks over the whole contract: none stops the job on its way to the gate."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import fresh_database
from pipeline import lawful
from pipeline.built import build

from innenfra.database import local
from innenfra.settings import Settings

AT_A_TIME = 100


@pytest.mark.parametrize("first", range(1000, 1300, AT_A_TIME))
def test_lawful_networks_reach_the_gate(
    first: int, settings: Settings, server: local.Server, tmp_path: Path, figures: dict[str, str]
) -> None:
    schools = lawful.write_networks(tmp_path, range(first, first + AT_A_TIME))
    made = build(tmp_path, settings, fresh_database(server))
    files, rows = made.ask("select count(*), sum(rows_landed) from inbox.file")[0]
    figures[f"lawful networks from {first}"] = f"{len(schools)} networks, {files} files, {rows} rows"
    assert made.ask("select count(*) from inbox.file where status <> 'landed'") == [(0,)]
    assert made.outcome.succeeded, (made.outcome.failed, made.folder)
