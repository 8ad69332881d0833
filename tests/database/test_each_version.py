"""The whole way on each PostgreSQL that the machine has installed, beside the wheel's that all other tests
run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import dbt, fresh_database, open_folder

from expectations.run import check_across, check_contract
from innenfra.database import local
from innenfra.database.access import lint
from innenfra.demo import write_demo
from innenfra.demo.plants import SJOSIDEN
from innenfra.ingest.receive import ingest_paths
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings, load

INSTALLED = sorted({str(p.parent) for p in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")}) or [""]


@pytest.fixture(params=INSTALLED, ids=lambda folder: Path(folder).parent.name or "wheel")
def on_version(request: pytest.FixtureRequest) -> Iterator[tuple[Settings, str]]:
    """Settings and a fresh database on a server of that version."""
    with open_folder() as home:
        settings = load(home=home, database_url=None, postgres_bin=request.param, _env_file=None)
        yield settings, fresh_database(local.ensure_running(settings))
        local.stop(settings)


def test_from_file_to_value(on_version: tuple[Settings, str], tmp_path: Path) -> None:
    settings, url = on_version
    write_demo(tmp_path, schools=4, years=2)
    load_klass(url)
    load_registers(sorted((tmp_path / "registers").glob("*.csv")), url)
    receipts = ingest_paths(sorted((tmp_path / "inbox").iterdir()), settings, url)
    files = [r.file_id for r in receipts if r.file_id is not None and r.status != "rejected"]
    assert len(files) >= 4
    assert all(r.rows_read == r.rows_landed + r.rows_held_back for r in receipts)
    assert check_contract(url, "loops", files, "test").rows_checked > 0
    assert len(check_across(url, files, "test")) > 10
    dbt(settings, url, "build")
    with psycopg.connect(url) as connection:
        assert lint(connection) == []
        rows = connection.execute(
            "select period, numerator::int, denominator::int from marts.indicator_value where school_id = %s"
            " and indicator_id = 'A1' and period_type = 'partnership_year' and slice = '{}' order by 1",
            (SJOSIDEN,),
        ).fetchall()
    assert rows == [("1", 3, 3), ("2", 2, 2), ("3", 2, 2), ("4", 2, 2)]
