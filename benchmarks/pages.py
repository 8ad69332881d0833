"""The pages at the country's size: what the server does beside its SQL, what a person waits for, and fifty at
once.

A small network is taken in and released; then what is published of its schools is copied until there are as
many as take part in a country, each copy with schools and partnerships of its own.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qs, urlencode

import psutil
import psycopg
from pydantic import SecretStr

from apps.navigation import PAGES
from apps.serve import command, environment, write_secrets
from benchmarks.copies import OF_PARTNERSHIPS, multiply
from benchmarks.figure import Figure, Size
from innenfra.database.app_login import app_url
from innenfra.demo.plants import LATE
from innenfra.demo.up import bring_up
from innenfra.settings import Settings

SCHOOLS, YEARS, COPIES = 12, 6, 24
RERUNS = 5
BESIDE_SQL_MS = 100
NEW_TAB, MOVING, RERUN = 2.5, 0.8, 0.5
SESSIONS, ACTING_SECONDS, PAUSE = 50, 60, (5.0, 15.0)
"""How many read at once, for how long, and the seconds that each looks before asking again."""
P95 = 1.5

NOT_COPIED = ("past_atom", "pool_member", "quote", "withdrawal", "early_value", "comparison")
REGISTERS = ("school", "partnership", "partnership_school", "partnership_party")
UNITS = {
    "school": LATE,
    "university": "UH1",
    "school_owner": "998871026",
    "county": "18",
    "engineer": "all",
}
"""Who reads, by role."""


def measure(settings: Settings, url: str, folder: Path) -> Sequence[Figure]:
    """Each role's pages by themselves, then in a browser, then fifty readers at once."""
    own = settings.model_copy(
        update={
            "home": folder,
            "database_url": SecretStr(url),
            "app_port": _free_port(),
            "demo": True,
            "demo_anywhere": True,
        }
    )
    bring_up(own, SCHOOLS, YEARS)
    multiply(url, _list_copied(url), OF_PARTNERSHIPS, COPIES)
    times = folder / "times.jsonl"
    with _served(own, url, times) as (address, server):
        asyncio.run(_read_all(address))
        alone = _beside_sql(times)
        waited = _in_a_browser(address)
        before = server.memory_info().rss
        at_once = asyncio.run(_many(address))
        grown = (server.memory_info().rss - before) / SESSIONS / 1e6
    slowest = max(alone, key=alone.__getitem__)
    return [
        Size("schools that are read of", SCHOOLS * (COPIES + 1), "schools"),
        Size(
            f"server beside its SQL, slowest of {len(alone)} pages ({slowest})",
            alone[slowest],
            "ms",
            BESIDE_SQL_MS,
        ),
        Size("server beside its SQL, median of the pages", median(alone.values()), "ms", BESIDE_SQL_MS),
        *(Size(name, 1000 * seconds, "ms", 1000 * most) for name, seconds, most in waited),
        Size(f"{SESSIONS} at once: answers", len(at_once), "answers"),
        Size(f"{SESSIONS} at once: 95 of 100 within", 1000 * _at(at_once, 0.95), "ms", 1000 * P95),
        Size("memory for each of them", grown, "MB"),
    ]


def _list_copied(url: str) -> dict[str, str]:
    """Tables whose rows are copied, each with which of them."""
    with psycopg.connect(url) as connection:
        published = [
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'published' and"
                " table_type = 'BASE TABLE' and exists (select 1 from information_schema.columns where"
                " columns.table_schema = tables.table_schema and columns.table_name = tables.table_name and"
                " column_name in ('school_id', 'partnership_id'))"
            ).fetchall()
            if row[0] not in (*NOT_COPIED, "released_atom", "grant_year")
        ]
    copied = {f"published.{name}": "true" for name in published}
    copied["published.indicator_value"] = "unit_level = 'school'"
    return copied | {f"register.{name}": "true" for name in REGISTERS}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(settings: Settings, url: str, times: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The app as it is served, with its times written down; its address and its process."""
    write_secrets(settings)
    served = command(settings)
    place = served.index("streamlit")
    timed = [sys.executable, "-m", "benchmarks.timed_app", str(times), *served[place + 1 :]]
    process = subprocess.Popen(
        timed,
        env=environment(settings, app_url(settings, url)),
        stdout=sys.stderr,
        stderr=sys.stderr,
    )
    address = f"127.0.0.1:{settings.app_port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _asked() -> list[tuple[str, str]]:
    """Each role's pages: the address, and what is asked of it."""
    return [
        (page.address, urlencode({"rolle": role, "enhet": unit, "side": page.address}))
        for role, unit in UNITS.items()
        for page in PAGES
        if role in page.roles
    ]


class Session:
    """One reader's connection to the app, as a browser holds it."""

    def __init__(self, socket_: Any) -> None:
        self.socket = socket_

    async def run(self, page: str, asked: str) -> float:
        """Ask for a page and wait until it has run to its end; seconds."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = BackMsg()
        message.rerun_script.query_string = asked
        message.rerun_script.page_name = page
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self.socket.recv())
            if told.WhichOneof("type") == "script_finished":
                return time.perf_counter() - began


async def _opened(address: str) -> Session:
    from websockets.asyncio.client import connect

    return Session(
        await connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{address}",  # type: ignore[arg-type]
            max_size=None,
        )
    )


async def _read_all(address: str) -> None:
    """Every page of every role: once to warm it, then a few times for its times."""
    for page, asked in _asked():
        session = await _opened(address)
        for _ in range(1 + RERUNS):
            await session.run(page, asked)
        await session.socket.close()


def _beside_sql(times: Path) -> dict[str, float]:
    """Milliseconds of each role's page beside its SQL, the median of its runs."""
    runs: dict[str, list[float]] = defaultdict(list)
    for line in times.read_text().splitlines():
        told = json.loads(line)
        asked = parse_qs(told["asked"])
        if "side" in asked:
            runs[f"{asked['rolle'][0]}, {asked['side'][0]}"].append(1000 * (told["seconds"] - told["sql"]))
    return {name: median(told) for name, told in runs.items()}


def _in_a_browser(address: str) -> list[tuple[str, float, float]]:
    """What a person waits for, the median of a few times: a new tab until its chart stands, another page, and
    another choice on the page."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    asked = urlencode({"rolle": "school", "enhet": LATE})
    tabs, moves, choices = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        for _ in range(RERUNS + 1):
            page = context.new_page()
            began = time.perf_counter()
            page.goto(f"http://{address}/speildata?{asked}")
            page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
            tabs.append(time.perf_counter() - began)
            page.wait_for_timeout(1500)
            for name, title in (("Sløyfer", "sloyfer"), ("Speildata", "speildata")):
                before = page.locator("h1").inner_text()
                link = page.get_by_role("link", name=name, exact=True).first
                began = time.perf_counter()
                link.click()
                page.wait_for_url(f"**/{title}*")
                page.wait_for_function(
                    "before => document.querySelector('h1')?.innerText !== before", arg=before
                )
                page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
                moves.append(time.perf_counter() - began)
                page.wait_for_timeout(1000)
            choices.append(_choose(page))
            page.close()
        browser.close()
    return [
        ("a new tab until its chart stands, warm", median(tabs[1:]), NEW_TAB),
        ("moving to another page", median(moves[2:]), MOVING),
        ("another choice on the page", median(choices[1:]), RERUN),
    ]


def _choose(page: Any) -> float:
    """Choose the loop before on Speildata; seconds until the page says so."""
    before = page.locator("h1").inner_text()
    page.locator("[data-testid=stSelectbox] input").first.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    began = time.perf_counter()
    options.nth(1).click()
    page.wait_for_function("before => document.querySelector('h1')?.innerText !== before", arg=before)
    return time.perf_counter() - began


async def _many(address: str) -> list[float]:
    """Seconds that each of many readers waited for each answer, all at the same time."""
    chance = random.Random(17)
    asked = _asked()

    async def read(number: int) -> list[float]:
        session, waited = await _opened(address), []
        await asyncio.sleep(chance.uniform(0, PAUSE[1]))
        until = time.monotonic() + ACTING_SECONDS
        while time.monotonic() < until:
            waited.append(await session.run(*chance.choice(asked)))
            await asyncio.sleep(chance.uniform(*PAUSE))
        await session.socket.close()
        return waited

    told = await asyncio.gather(*(read(number) for number in range(SESSIONS)))
    return [seconds for one in told for seconds in one]


def _at(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))]
