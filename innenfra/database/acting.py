"""One transaction as someone: the role, the name, and the database's own row policies.

Belongs here: taking on a role for one transaction. Does not belong here: what a role may do (`access.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from innenfra.database.access import DATABASE_ROLE
from innenfra.database.engine import connect


@dataclass(frozen=True)
class Actor:
    """Who asks: the login as iss|sub, the role they ask in, and the unit where they ask for one of
    several."""

    subject: str
    role: str
    unit: str = ""


@contextmanager
def acting(url: str, actor: Actor, database_role: str = "") -> Iterator[psycopg.Connection]:
    """A connection in one transaction as the actor, committed at the end. `database_role` is that of the
    actor's role where not given."""
    with connect(url) as connection, connection.transaction():
        take_on(connection, actor, database_role)
        yield connection


def take_on(connection: psycopg.Connection, actor: Actor, database_role: str = "") -> None:
    """Take on the actor's role and name for the rest of the transaction."""
    connection.execute(
        sql.SQL("set local role {}").format(sql.Identifier(database_role or DATABASE_ROLE[actor.role]))
    )
    connection.execute(
        "select set_config('app.subject', %s, true), set_config('app.role', %s, true),"
        " set_config('app.unit', %s, true)",
        (actor.subject, actor.role, actor.unit),
    )
