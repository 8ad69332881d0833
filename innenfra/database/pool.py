"""Connections kept open, lent for one transaction as someone at a time.

Belongs here: lending, one question in one round trip, giving up connections that are gone. Does not belong
here: any question, what is kept of an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.pool import QueuePool

from innenfra.database.acting import Actor, take_on
from innenfra.database.engine import connect

KEPT_OPEN = 8
MOST = 32
SECONDS_TO_WAIT = 30
SECONDS_OPEN = 900


class Pool:
    """Connections to one database by one login. What one transaction takes on ends with it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = QueuePool(
            partial(connect, url, autocommit=True),  # type: ignore[arg-type]
            pool_size=KEPT_OPEN,
            max_overflow=MOST - KEPT_OPEN,
            timeout=SECONDS_TO_WAIT,
            recycle=SECONDS_OPEN,
            use_lifo=True,
        )

    def ask(
        self,
        actor: Actor,
        query: str | sql.Composed,
        parameters: Mapping[str, Any] | Sequence[Any] = (),
        database_role: str = "",
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of columns and rows of one question, read as the actor in one round trip.

        A connection that the server has closed meanwhile is not the asker's concern: it is asked once more.
        """
        try:
            return self._ask(actor, query, parameters, database_role)
        except psycopg.OperationalError as error:
            if not _is_gone(error):
                raise
            self._renew()
            return self._ask(actor, query, parameters, database_role)

    @contextmanager
    def acting(self, actor: Actor, database_role: str = "") -> Iterator[psycopg.Connection]:
        """A connection in one transaction as the actor, committed at the end."""
        with self._lent() as connection, connection.transaction():
            take_on(connection, actor, database_role)
            yield connection

    def _ask(
        self,
        actor: Actor,
        query: str | sql.Composed,
        parameters: Mapping[str, Any] | Sequence[Any],
        database_role: str,
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self._lent() as connection:
            with connection.pipeline(), connection.transaction():
                connection.execute("set transaction read only")
                take_on(connection, actor, database_role)
                cursor = connection.execute(
                    query.encode() if isinstance(query, str) else query, parameters or None
                )
            return [column.name for column in cursor.description or []], cursor.fetchall()

    @contextmanager
    def _lent(self) -> Iterator[psycopg.Connection]:
        lent = self._pool.connect()
        connection: psycopg.Connection = lent.driver_connection  # type: ignore[assignment]
        try:
            yield connection
        finally:
            if connection.closed or connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                lent.invalidate()
            lent.close()

    def _renew(self) -> None:
        gone, self._pool = self._pool, self._pool.recreate()
        gone.dispose()


def _is_gone(error: psycopg.OperationalError) -> bool:
    """Whether the connection is gone, and not the question at fault."""
    return error.sqlstate is None or error.sqlstate.startswith(("57P", "08"))
