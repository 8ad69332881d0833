"""Reports of all school owners of the country, and how long one takes.

A small network is taken in and released; then what is published of its owners and schools is copied, each
copy with schools, owners and people of its own, until there are as many owners as in the country.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
import psycopg
from pydantic import SecretStr

from benchmarks.copies import OF_ORGANISATIONS, multiply
from benchmarks.figure import Figure, Size
from innenfra.demo.up import bring_up
from innenfra.reports.drafts import write_drafts
from innenfra.reports.make import make_for_owners
from innenfra.settings import Settings

OWNERS = 357
SCHOOLS, YEARS = 12, 4
SECONDS, SECONDS_OF_ALL = 2, 300
MB = 60
"""Most megabytes that the process grows by from one round over all owners to the next."""

COPIED = {
    "register.school": "true",
    "published.school": "true",
    "published.agreement": "true",
    "published.commitment": "true",
    "published.indicator_value": "unit_level in ('school', 'school_owner')",
    "published.total_reader": "role = 'school_owner'",
    "authz.person": "subject like '%%|school_owner|%%'",
    "authz.role_grant": "role = 'school_owner'",
}
"""What is copied, and which rows of it."""


def measure(settings: Settings, url: str, folder: Path) -> Sequence[Figure]:
    """Every owner's report to the county governor, one after another; then all drafts as Dagster makes
    them.

    In a process of its own, as the app and the command make them: one that has just built the network halts
    for seconds to look through all that it still holds.
    """
    bring_up(settings.model_copy(update={"home": folder, "database_url": SecretStr(url)}), SCHOOLS, YEARS)
    _multiply(url)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
        return apart.submit(_make_all, url, folder).result()


def _make_all(url: str, folder: Path) -> Sequence[Figure]:
    process, slowest, owners = psutil.Process(), (0.0, ""), 0
    began = time.monotonic()
    for owner, report, files in make_for_owners(url, "https://example.org", _newest_budget_year(url)):
        if report and files:
            owners += 1
            slowest = max(slowest, (time.monotonic() - began, owner))
        began = time.monotonic()
    # what is loaded once is loaded before memory is looked at: the council's report has a picture
    next(make_for_owners(url, "https://example.org", _newest_budget_year(url), "council"))
    before = process.memory_info().rss
    made = write_drafts(url, "https://example.org", folder / "drafts")
    return [
        Size("school owners with a report", owners, "owners"),
        Size(f"a report as DOCX and PDF, the slowest of all owners ({slowest[1]})", slowest[0], "s", SECONDS),
        Size(f"drafts of all owners, {made.written} files", made.seconds, "s", SECONDS_OF_ALL),
        Size("memory grown by over all drafts", (process.memory_info().rss - before) / 1e6, "MB", MB),
    ]


def _newest_budget_year(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select max(period) from published.indicator_value where period_type = 'school_year'"
        ).fetchone()
    return str(int(str(row[0])[:4]) + 1) if row else ""


def _multiply(url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(distinct owner_id) from published.school").fetchone()
    assert row
    multiply(url, COPIED, OF_ORGANISATIONS, -(-OWNERS // int(row[0])) - 1)
