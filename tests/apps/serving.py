"""The app as people meet it: served by its own command, opened in Debian's chromium."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from apps.serve import command, environment, write_secrets
from innenfra.database.app_login import app_url
from innenfra.settings import Settings

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(settings: Settings, url: str) -> Iterator[str]:
    """The app over a database, by its own login, at the settings' port; its address."""
    write_secrets(settings)
    log = (settings.home / f"app-{settings.app_port}.log").open("w")
    process = subprocess.Popen(
        command(settings),
        env=environment(settings, app_url(settings, url)),
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{settings.app_port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{base}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield base
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "no chromium was found; scripts/browser.sh installs it"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


def settled(page: Page) -> None:
    """Wait until the page has run to its end and stands still."""
    page.wait_for_selector("h1", timeout=30_000)
    before, still = None, 0
    for _ in range(150):
        now = page.evaluate(
            "() => [document.querySelector('[data-testid=stApp]')?.dataset.testScriptState,"
            " document.body.innerHTML.length]"
        )
        still = still + 1 if now == before and now[0] == "notRunning" else 0
        if still == 3:
            return
        before = now
        page.wait_for_timeout(150)
    raise AssertionError(f"{page.url} does not come to rest: {before}")
