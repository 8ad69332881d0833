"""Store and database held against each other, after a process that was killed between the two.

Belongs here: bytes that were being put there for a file that the register never got, which are taken away
(others may
be another database's); and files whose bytes are gone, which are told. Does not belong here: the store
(`store.py`), erasing (`innenfra/erasure.py`).
"""

from __future__ import annotations

import psycopg

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.ingest.answers import ERASING
from innenfra.ingest.scratch import sweep
from innenfra.ingest.store import all_kept, take_away
from innenfra.settings import Settings

CHECK = "store_holds_each_file"
SAYS = Words(
    nb="Kontrollert at lageret har filene som registeret sier at det har.",
    nn="Kontrollert at lageret har filene som registeret seier at det har.",
    en="Checked that the store holds the files that the register says it holds.",
)


def reconcile(url: str, settings: Settings, run_id: str) -> tuple[int, int]:
    """Take away what was begun and not ended; how many places that was, and how many files the store lacks.
    No file is being taken
    in meanwhile."""
    sweep(settings)
    with connect(url) as connection:
        connection.execute("select pg_advisory_xact_lock(%s)", (ERASING,))
        begun = {
            row[0]
            for row in connection.execute("delete from inbox.being_kept returning store_path").fetchall()
        }
        known = {
            row[0]
            for row in connection.execute(
                "select store_path from inbox.file inner join restricted.file_key using (file_id) where"
                " store_path <> ''"
            ).fetchall()
        }
        for place in begun - known:
            take_away(place)
        missing = known - set(all_kept(settings))
        _write_check(connection, run_id, len(known), len(missing))
    return len(begun - known), len(missing)


def _write_check(connection: psycopg.Connection, run_id: str, files: int, missing: int) -> None:
    connection.execute(
        "insert into quality.check_result (run_id, kind, table_name, check_name, passed, rows_checked,"
        " rows_found, message_nb, message_nn, message_en) values (%s, 'integrity', 'inbox.file', %s, %s, %s,"
        " %s, %s, %s, %s)",
        (run_id, CHECK, missing == 0, files, missing, SAYS.nb, SAYS.nn, SAYS.en),
    )
