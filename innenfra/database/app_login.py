"""The app's own way into the database: the one login that can read nothing until it takes on a reader's role.

Belongs here: the URL that the app is given, and its password. Does not belong here: what the login may do
(`access.py`).
"""

from __future__ import annotations

import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from innenfra.contracts.words import Words
from innenfra.database.access import LOGIN, set_password
from innenfra.database.engine import as_url, connect, database_url
from innenfra.errors import UserError
from innenfra.own import own_file
from innenfra.settings import Settings


def app_url(settings: Settings, owners: str | None = None) -> str:
    """The configured URL of the app's login, or one made on the owner's database (`owners`, else that of the
    settings).

    A made one has a password of its own, which is kept in the state folder for its owner alone and set anew
    each time.
    """
    configured = settings.app_database_url.get_secret_value() if settings.app_database_url else ""
    if configured:
        return as_url(configured)
    url = owners or database_url(settings)
    password = _password(settings)
    try:
        with connect(url) as connection:
            set_password(connection, password)
    except psycopg.errors.UndefinedObject as error:
        raise UserError(
            Words(
                nb="Databasen har ingen tabeller ennå. Kjør «innenfra db migrate» først.",
                nn="Databasen har ingen tabellar enno. Køyr «innenfra db migrate» først.",
                en="The database has no tables yet. Run “innenfra db migrate” first.",
            )
        ) from error
    there = urlsplit(url)
    place = f"{there.hostname}:{there.port}" if there.port else str(there.hostname)
    return urlunsplit(
        ("postgresql", f"{LOGIN}:{quote(password, safe='')}@{place}", there.path, there.query, "")
    )


def set_configured_password(settings: Settings, url: str) -> None:
    """Give the login the password of the settings, where there is one."""
    password = settings.app_password.get_secret_value() if settings.app_password else ""
    if password:
        with connect(url) as connection:
            set_password(connection, password)


def _password(settings: Settings) -> str:
    if settings.app_password and settings.app_password.get_secret_value():
        return settings.app_password.get_secret_value()
    path = settings.home.absolute() / "app" / "database_password"
    if not path.exists():
        own_file(path).write_text(secrets.token_urlsafe(32))
    return path.read_text()
