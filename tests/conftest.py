"""Fixtures shared by all tests: a private PostgreSQL for the session and a fresh, migrated database."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from innenfra.database import local, migrate
from innenfra.settings import Settings, load


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-asset-graph", action="store_true", help="Write the asset graph's snapshot anew.")


FIGURES: dict[str, str] = {}
"""Figures that tests measured, by what they are; printed at the end of the run."""


@pytest.fixture(scope="session")
def figures() -> dict[str, str]:
    """Where a test writes down a figure that people should see."""
    return FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("figures")
        for name, figure in sorted(FIGURES.items()):
            terminalreporter.write_line(f"{name}: {figure}")


@contextmanager
def open_folder() -> Iterator[Path]:
    """A scratch folder that an unprivileged server can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="innenfra-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    with open_folder() as home:
        made = load(home=home, database_url=None, _env_file=None)
        yield made
        local.stop(made)


@pytest.fixture(scope="session")
def server(settings: Settings) -> local.Server:
    return local.ensure_running(settings)


def fresh_database(server: local.Server) -> str:
    """A new, migrated database on the server; its URL."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    url = server.url.rsplit("/", 1)[0] + "/" + name
    migrate.upgrade(url)
    return url


@pytest.fixture(scope="session")
def database_url(server: local.Server) -> str:
    return fresh_database(server)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def built_database(settings: Settings, server: local.Server) -> str:
    """The demonstration, brought up once: files, job and release. Its database URL."""
    from innenfra.demo.up import bring_up

    bring_up(settings)
    return server.url
