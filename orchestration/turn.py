"""One run at a time: whoever takes in, builds or releases waits for the one that does.

Belongs here: the lock, the sentence for whoever waits, and closing what a process left open that lives no
more.
Does not belong here: what a run does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
import psycopg

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.database.migrate import refuse_newer

LOCK = 1_404_2019
"""Number of the advisory lock; PostgreSQL keeps it by database, and lets go of it when its holder is gone."""

TAKEN = "innenfra/turn"
"""Tag of runs whose command holds the turn for them."""

WAITS = Words(
    nb="En annen kjøring holder på. Denne venter til den er ferdig.",
    nn="Ei anna køyring held på. Denne ventar til ho er ferdig.",
    en="Another run is going on. This one waits until it has ended.",
)


@contextmanager
def turn(url: str, waits: Callable[[Words], None]) -> Iterator[None]:
    """Have the database's models to oneself. The lock lives in an open transaction, so that a pooler gives
    its connection to nobody else."""
    with connect(url) as connection:
        connection.execute("set local idle_in_transaction_session_timeout = 0")
        connection.execute("set local statement_timeout = 0")
        got = connection.execute("select pg_try_advisory_xact_lock(%s)", (LOCK,)).fetchone()
        if not (got and got[0]):
            waits(WAITS)
            connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        refuse_newer(connection)
        close_interrupted(url)
        yield


def close_interrupted(url: str) -> None:
    """Whoever holds the turn is the only one: other runs and releases that are open were interrupted, and
    their files are checked anew."""
    with connect(url) as connection:
        connection.execute(
            "update quality.run set outcome = 'interrupted', finished_at = now() where outcome is null"
        )
        connection.execute("update published.release set state = 'interrupted' where state = 'candidate'")
        connection.execute(
            "update inbox.file set checked_by_run = null where checked_by_run in (select run_id from"
            " quality.run where outcome <> 'succeeded')"
        )


class Turn(dg.ConfigurableResource[None]):
    """The turn for a run that no command holds it for: those of Dagster's daemon, and what is asked for on
    its pages."""

    url: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Any]:
        """Hold it from the first step to the last."""
        if context.run is not None and TAKEN in context.run.tags:
            yield None
            return
        with turn(self.url, lambda words: context.log.info(words.en) if context.log else None):
            yield None


def is_going_on(connection: psycopg.Connection[Any]) -> bool:
    """Whether somebody has the turn now."""
    row = connection.execute(
        "select exists (select 1 from pg_locks where locktype = 'advisory' and objid = %s and granted"
        " and database = (select oid from pg_database where datname = current_database()))",
        (LOCK,),
    ).fetchone()
    return bool(row and row[0])
