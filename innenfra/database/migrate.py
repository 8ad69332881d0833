"""Bring a database to the tables that the code declares.

Belongs here: running Alembic from Python. The revisions are in `migrations/versions`.
Does not belong here: tables of dbt's schemas; dbt makes those.
"""

from __future__ import annotations

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from innenfra.database import access
from innenfra.database.engine import connect
from innenfra.database.troubles import NEWER
from innenfra.errors import UserError

MIGRATIONS = Path(__file__).parent / "migrations"


def config(url: str) -> Config:
    """Alembic's configuration for a database, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["url"] = url
    return settings


def newest_known() -> str:
    """The newest revision that this version of the code has."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def refuse_newer(connection: psycopg.Connection) -> None:
    """UserError where the database was made by a newer version; nothing is changed in it."""
    there = connection.execute("select to_regclass('public.alembic_version') is not null").fetchone()
    row = there and there[0] and connection.execute("select version_num from alembic_version").fetchone()
    if row and str(row[0]) > newest_known():
        raise UserError(NEWER)


def upgrade(url: str) -> None:
    """Bring the database to the newest revision, then roles and policies up to date. One process at a time:
    an
    advisory lock waits. It lives in an open transaction, so that a pooler gives its connection to nobody
    else.
    """
    with connect(url) as turn:
        turn.execute("set local idle_in_transaction_session_timeout = 0")
        turn.execute("select pg_advisory_xact_lock(4217)")
        refuse_newer(turn)
        command.upgrade(config(url), "head")
        with connect(url) as owner:
            access.apply(owner)
