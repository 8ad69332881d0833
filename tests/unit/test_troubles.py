"""What a database or a disk says no to has a sentence of its own, and none is told as another."""

from __future__ import annotations

import errno

import psycopg
import pytest
from psycopg import errors

from innenfra.cli import in_words
from innenfra.database import troubles


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.DiskFull("x"), troubles.DISK_FULL),
        (OSError(errno.ENOSPC, "No space left on device", "f"), troubles.DISK_FULL),
        (errors.ReadOnlySqlTransaction("x"), troubles.READ_ONLY),
        (errors.TooManyConnections("x"), troubles.NO_CONNECTION_FREE),
        (psycopg.OperationalError("FATAL: sorry, too many clients already"), troubles.NO_CONNECTION_FREE),
        (errors.QueryCanceled("x"), troubles.CANCELLED),
        (
            psycopg.OperationalError('FATAL: password authentication failed for user "x"'),
            troubles.WRONG_PASSWORD,
        ),
        (psycopg.OperationalError('FATAL: role "x" does not exist'), troubles.WRONG_PASSWORD),
        (psycopg.OperationalError('FATAL: database "x" does not exist'), troubles.NO_SUCH_DATABASE),
    ],
)
def test_each_trouble_has_its_own_sentence(error: Exception, words: object) -> None:
    assert in_words(error) == (words, 1)
    wrapped = RuntimeError("around it")
    wrapped.__cause__ = error
    assert in_words(wrapped) == (words, 1)


def test_what_has_no_sentence_of_its_own_is_told_as_nothing_else() -> None:
    assert troubles.trouble_of(psycopg.OperationalError("connection refused")) is None
    assert troubles.trouble_of(OSError(errno.ENOENT, "x", "f")) is None
    assert troubles.trouble_of(errors.UndefinedTable("x")) is None
