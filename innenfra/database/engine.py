"""Connections to whichever PostgreSQL is in use.

Belongs here: from settings to a URL, from a URL to a connection or an engine.
Does not belong here: SQL.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import psycopg
import sqlalchemy as sa

from innenfra.contracts.words import Words
from innenfra.database import local
from innenfra.database.troubles import trouble_of
from innenfra.errors import UserError
from innenfra.settings import Settings


def database_url(settings: Settings) -> str:
    """DATABASE_URL, or the private server's (started if need be), as postgresql://…"""
    if settings.database_url is not None and settings.database_url.get_secret_value():
        return as_url(settings.database_url.get_secret_value())
    return local.ensure_running(settings).url


def as_url(text: str) -> str:
    """A configured URL as postgresql://…; UserError where it is none."""
    scheme, _, rest = text.partition("://")
    if scheme not in ("postgresql", "postgres") or not rest:
        raise UserError(
            Words(
                nb=(
                    "DATABASE_URL er ikke forstått. Skriv den som"
                    " postgresql://bruker:passord@maskin:5432/navn."
                ),
                nn=(
                    "DATABASE_URL er ikkje forstått. Skriv han som"
                    " postgresql://brukar:passord@maskin:5432/namn."
                ),
                en="DATABASE_URL is not understood. Write it as postgresql://user:password@host:5432/name.",
            )
        )
    return f"postgresql://{rest}"


def find_url(settings: Settings) -> str | None:
    """The database in use where it can be asked at once: nothing is started."""
    if settings.database_url is not None and settings.database_url.get_secret_value():
        return database_url(settings)
    server = local.running(settings)
    return server.url if server else None


APPLICATION = "innenfra"
"""What connections of commands and jobs are called in the server's own lists."""

LONGEST = "1h"
"""How long one statement of a command or a job may take, where its login says nothing."""


def connect(url: str, *, autocommit: bool = False, application: str = APPLICATION) -> psycopg.Connection:
    """A psycopg connection; what keeps it from being made is told in one sentence. A pooler may stand
    between: no
    statement is prepared on the server, and what is set is the same for all that are made here."""
    try:
        made = psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=10,
            prepare_threshold=None,
            application_name=application,
        )
        # a login with a limit of its own keeps that
        made.execute(
            f"select set_config('statement_timeout', '{LONGEST}', false) where"
            " current_setting('statement_timeout') = '0'".encode()
        )
        made.autocommit = autocommit
        return made
    except psycopg.OperationalError as error:
        own = trouble_of(error)
        if own is not None:
            raise UserError(own) from error
        where = urlsplit(url).hostname
        raise UserError(
            Words(
                nb=(
                    f"Fikk ikke kontakt med databasen på {where}. Kontroller DATABASE_URL, brukernavn og"
                    " passord."
                ),
                nn=(
                    f"Fekk ikkje kontakt med databasen på {where}. Kontroller DATABASE_URL, brukarnamn og"
                    " passord."
                ),
                en=f"The database on {where} cannot be reached. Check DATABASE_URL, user name and password.",
            )
        ) from error


def engine(url: str) -> sa.Engine:
    """A SQLAlchemy engine over psycopg 3."""
    return sa.create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        connect_args={"prepare_threshold": None, "application_name": APPLICATION},
    )


def parts(url: str) -> dict[str, str]:
    """Host, port, user, password and name of a URL, for tools that want them apart (dbt)."""
    split = urlsplit(url)
    return {
        "host": split.hostname or "127.0.0.1",
        "port": str(split.port or 5432),
        "user": unquote(split.username or ""),
        "password": unquote(split.password or ""),
        "name": split.path.lstrip("/"),
    }
