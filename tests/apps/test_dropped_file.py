"""A file dropped into the inbox of a running demonstration: what an engineer sees of it in Dagster, and the
school in the app."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database, open_folder
from playwright.sync_api import expect
from serving import chromium, free_port, served, settled

from innenfra.contracts.vocabulary import VALUE_MARKS
from innenfra.database import local
from innenfra.demo import write_demo
from innenfra.demo.access import write_people
from innenfra.demo.plants import SJOSIDEN
from innenfra.registers import load_klass, load_registers
from innenfra.settings import Settings, load
from orchestration.publishing import publish
from orchestration.run import run_job
from orchestration.serve import dagster_home, dagster_running

MINUTES = 10
"""How long one waits for the run; that it does not hang, and not how fast it is."""

DELIVERED = "0000-sjosiden"
CHANGED = "agreement_plan_years"


@contextmanager
def demonstration(server: local.Server) -> Iterator[tuple[Settings, str]]:
    """A small network, taken in and released, with a Dagster and an inbox of its own."""
    with open_folder() as home:
        settings = load(
            home=home,
            app_port=free_port(),
            dagster_port=free_port(),
            demo_anywhere=True,
            database_url=None,
            _env_file=None,
        )
        url = fresh_database(server)
        dagster_home(settings, url)
        write_demo(home / "demo", schools=3, years=2)
        (home / "demo" / "inbox").rename(home / "inbox")
        load_klass(url)
        load_registers(sorted((home / "demo" / "registers").glob("*.csv")), url)
        write_people(url)
        assert run_job(settings, url).succeeded
        assert publish(settings, url).refused == {}
        yield settings, url


def drop(inbox: Path) -> None:
    """The school corrects its plan: one loop more in the first year."""
    folder = inbox / ".rettet"
    folder.mkdir()
    for name, change in (("manifest", _correct_manifest), (CHANGED, _correct_plan)):
        with (inbox / DELIVERED / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], delimiter=";")
            writer.writeheader()
            writer.writerows(change(rows))
    folder.rename(inbox / "rettet")


def _correct_manifest(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        row | {"delivery_id": "RETTET-1", "supersedes_delivery_id": row["delivery_id"]}
        for row in rows
        if row["file_type"] == CHANGED
    ]


def _correct_plan(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    first, *others = rows
    return [first | {"planned_loops": str(int(first["planned_loops"]) + 1)}, *others]


def wait_for_run(url: str, before: set[str]) -> str:
    """The run that the sensor started, once it has ended."""
    until = time.monotonic() + 60 * MINUTES
    while time.monotonic() < until:
        with psycopg.connect(url) as connection:
            rows = connection.execute("select run_id, outcome from quality.run").fetchall()
        ended = [(run, outcome) for run, outcome in rows if run not in before and outcome]
        if ended:
            assert ended[0][1] == "succeeded"
            return str(ended[0][0])
        time.sleep(1)
    raise AssertionError(f"no run ended within {MINUTES} minutes")


def test_a_dropped_file_is_seen_in_dagster_and_then_in_the_app(
    server: local.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demonstration(server) as (settings, url):
        monkeypatch.setenv("DATABASE_URL", url)
        with (
            dagster_running(settings, url) as engineers,
            served(settings, url) as app,
            chromium() as browser,
        ):
            with psycopg.connect(url) as connection:
                before = {r[0] for r in connection.execute("select run_id from quality.run").fetchall()}
            drop(settings.home / "inbox")
            run = wait_for_run(url, before)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"{engineers}/runs", timeout=120_000)
            expect(page.get_by_text(run[:8]).first).to_be_visible(timeout=60_000)
            page.goto(f"{engineers}/assets/landed/agreement_plan_year?view=overview", timeout=120_000)
            expect(page.get_by_text("rows_of_this_run").first).to_be_visible(timeout=60_000)
            with psycopg.connect(url) as connection:
                row = connection.execute(
                    "select value.indicator_id, value.period_type, value.period, value.numerator::int,"
                    " value.denominator::int, indicator.family from published.early_value as value inner join"
                    " published.indicator as indicator using (indicator_id, definition_version) where"
                    " school_id = %s and indicator_id = 'A1' and period_type = 'partnership_year' and slice ="
                    " '{}' and indicator.is_current",
                    (SJOSIDEN,),
                ).fetchone()
            assert row
            indicator, clock, period, numerator, denominator, family = row
            asked = f"familie={family}&klokke={clock}&indikator={indicator}"
            page.goto(f"{app}/skolen?rolle=school&enhet={SJOSIDEN}&{asked}")
            settled(page)
            cells = page.locator(".st-key-early tbody td")
            assert cells.nth(1).inner_text() == period
            assert cells.nth(2).inner_text().startswith(f"{numerator}/{denominator}")
            assert cells.nth(2).inner_text().endswith(f"({VALUE_MARKS.labels['not_released'].nb})")
            assert cells.nth(3).inner_text().startswith(f"{numerator}/{denominator - 1}")
