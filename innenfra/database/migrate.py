"""Bring a database to the tables that the code declares.

Belongs here: running Alembic from Python. The revisions are in `migrations/versions`.
Does not belong here: tables of dbt's schemas; dbt makes those.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from innenfra.database import access
from innenfra.database.engine import connect, engine

MIGRATIONS = Path(__file__).parent / "migrations"


def config(url: str) -> Config:
    """Alembic's configuration for a database, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["url"] = url
    return settings


def upgrade(url: str) -> None:
    """Bring the database to the newest revision, then roles and policies up to date. One process at a time:
    an advisory lock waits."""
    import sqlalchemy as sa

    with engine(url).connect() as connection:
        connection.execute(sa.text("select pg_advisory_lock(4217)"))
        try:
            command.upgrade(config(url), "head")
            with connect(url) as owner:
                access.apply(owner)
        finally:
            connection.execute(sa.text("select pg_advisory_unlock(4217)"))
