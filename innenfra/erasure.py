"""Erasing what people wrote, and people themselves: the answers, the key of the kept file, and a tombstone.

Belongs here: what the commands `innenfra text` and `innenfra erase` do.
Does not belong here: which answers are taken in (`innenfra/ingest/answers.py`), withdrawing a number
(`innenfra/disclosure`).

A tombstone (`inbox.erasure`) says who, when, why and how much, and nothing of what it was. Numbers that
were counted stay: a count is not an answer, and a release changes a number only where enough people differ.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from innenfra.contracts.words import Words
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.ingest.answers import ERASING, ROUND
from innenfra.ingest.copying import taken
from innenfra.ingest.inbox import pending
from innenfra.ingest.scratch import sweep
from innenfra.ingest.store import take_away
from innenfra.masking import MASK, masked
from innenfra.settings import Settings

_SAME_ROUND = " and ".join(f"{name} = %({name})s" for name in ROUND)
_WORDS_IN = (
    "restricted.log_text",
    "restricted.quote",
    "restricted.file_key",
    "published.quote",
    "quality.finding",
    "landed.held_back_row",
    "inbox.file",
)
_ERASED = Words(
    nb="Det som sto her, er slettet sammen med filen.",
    nn="Det som stod her, er sletta saman med fila.",
    en="What stood here was erased with the file.",
)
_SUBJECT_COLUMNS = {
    "dialogue.member_check": ("by_subject",),
    "dialogue.comment": ("by_subject",),
    "restricted.quote": ("proposed_by", "released_by", "cleared_by", "withdrawn_by"),
}
"""Where a person's login stands beside what they did. The log of exports keeps it: who took what out must
stay known."""


@dataclass(frozen=True)
class Tombstone:
    """What was erased, or would be. Counts only; the school, loop and round are empty for a person."""

    scope: str
    school_id: str | None = None
    partnership_id: str | None = None
    loop_no: int | None = None
    round_no: int | None = None
    sha256: str | None = None
    answers_n: int = 0
    quotes_n: int = 0
    keys_n: int = 0
    rows_n: int = 0


def retention(url: str, settings: Settings, today: dt.date, *, dry_run: bool = False) -> list[Tombstone]:
    """Erase the open answers of every round whose last day has passed, and quotes from it that were not yet
    released."""
    names = ", ".join(ROUND)
    with connect(url) as connection:
        due = connection.execute(
            f"select {names}, count(*) from restricted.log_text where delete_after < %s group by {names}"
            f" order by {names}",
            (today,),
        ).fetchall()
    if dry_run:
        return [Tombstone("retention", row[0], row[1], row[2], row[3], answers_n=row[4]) for row in due]
    return [
        _erase_round(
            url,
            settings,
            dict(zip(ROUND, row[:4], strict=True)),
            "retention",
            "retention",
            "the last day has passed",
        )
        for row in due
    ]


def tombstones(url: str) -> list[dict[str, Any]]:
    """Everything that was erased, the oldest first."""
    with connect(url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("select * from inbox.erasure order by erasure_id").fetchall()


def erase_round(url: str, settings: Settings, which: dict[str, Any], by_whom: str, reason: str) -> Tombstone:
    """Erase a log round's open answers and all quotes from it; later files bring counts only. `which` has the
    keys of ROUND."""
    with connect(url) as connection:
        there = connection.execute(
            f"select 1 from landed.log_round where {_SAME_ROUND} limit 1", which
        ).fetchone()
    if not there:
        raise _unknown(" ".join(str(which[name]) for name in ROUND))
    return _erase_round(url, settings, which, "round", by_whom, reason)


def erase_delivery(url: str, settings: Settings, sha256: str, by_whom: str, reason: str) -> list[Tombstone]:
    """Erase a file's open answers, the quotes from it, its bytes and what was kept of its words; another file
    for the same round may still be delivered. One tombstone per school."""
    with connect(url) as connection:
        files = connection.execute(
            "select file_id, sha256, school_id, store_path from inbox.file where sha256 like %s || '%%'",
            (sha256,),
        ).fetchall()
        if not files or len({file[1] for file in files}) > 1 or len(sha256) < 8:
            raise _unknown(sha256)
        made = []
        for file_id, whole, school_id, _ in files:
            _alone(connection)
            about = connection.execute(
                "select partnership_id, loop_no, round_no from landed.log_round where file_id = %s limit 1",
                (file_id,),
            ).fetchone()
            answers, quotes = _erase_where(
                connection, "file_id = %(file_id)s", {"file_id": file_id}, released_too=True
            )
            keys = connection.execute(
                "delete from restricted.file_key where file_id = %s", (file_id,)
            ).rowcount
            _forget_words(connection, [file_id])
            partnership_id, loop_no, round_no = about or (None, None, None)
            made.append(
                Tombstone(
                    "delivery",
                    school_id,
                    partnership_id,
                    loop_no,
                    round_no,
                    sha256=whole,
                    answers_n=answers,
                    quotes_n=quotes,
                    keys_n=keys,
                )
            )
            _leave(connection, made[-1], by_whom, reason)
        _owe(connection, [(file[1], file[3]) for file in files])
    finish_erasing(url, settings)
    return made


def erase_person(url: str, subject: str, by_whom: str, reason: str) -> Tombstone:
    """Take someone out of the list of people; what they did as part of the school stays, under a random name
    in place of theirs."""
    instead = f"erased|{secrets.token_hex(8)}"
    with connect(url) as connection:
        _alone(connection)
        if not connection.execute("select 1 from authz.person where subject = %s", (subject,)).fetchone():
            raise _unknown(subject)
        rows = connection.execute("delete from authz.role_grant where subject = %s", (subject,)).rowcount
        rows += connection.execute("delete from authz.person where subject = %s", (subject,)).rowcount
        for relation, columns in _SUBJECT_COLUMNS.items():
            table = sql.Identifier(*relation.split("."))
            # rows there are only added: this is the one change that is made to them
            connection.execute(sql.SQL("alter table {} disable trigger user").format(table))
            for column in map(sql.Identifier, columns):
                rows += connection.execute(
                    sql.SQL("update {} set {} = %s where {} = %s").format(table, column, column),
                    (instead, subject),
                ).rowcount
            connection.execute(sql.SQL("alter table {} enable trigger user").format(table))
        made = Tombstone("person", rows_n=rows)
        _leave(connection, made, by_whom, reason)
    with connect(url, autocommit=True) as connection:
        connection.execute("vacuum full authz.person, authz.role_grant")
    return made


def _erase_round(
    url: str, settings: Settings, which: dict[str, Any], scope: str, by_whom: str, reason: str
) -> Tombstone:
    with connect(url) as connection:
        _alone(connection)
        answers, quotes = _erase_where(connection, _SAME_ROUND, which, released_too=scope == "round")
        files = connection.execute(
            "select file.file_id, file.sha256, file.store_path from inbox.file as file inner join"
            " restricted.file_key as own using (file_id) where own.holds_text and file.file_id in (select"
            f" file_id from landed.log_round where {_SAME_ROUND})",
            which,
        ).fetchall()
        keys = connection.execute(
            "delete from restricted.file_key where file_id = any(%s)", ([file[0] for file in files],)
        ).rowcount
        _forget_words(connection, [file[0] for file in files])
        made = Tombstone(scope, **which, answers_n=answers, quotes_n=quotes, keys_n=keys)
        _leave(connection, made, by_whom, reason)
        _owe(connection, [(file[1], file[2]) for file in files])
    finish_erasing(url, settings)
    return made


def _erase_where(
    connection: psycopg.Connection, condition: str, which: dict[str, Any], *, released_too: bool
) -> tuple[int, int]:
    """Delete answers and quotes; quotes that were released stay unless asked for."""
    answers = connection.execute(
        f"delete from restricted.log_text where {condition}".encode(), which
    ).rowcount
    standing = "" if released_too else " and released_at is null"
    quotes = connection.execute(
        f"delete from restricted.quote where {condition}{standing} returning quote_id".encode(), which
    ).fetchall()
    connection.execute("delete from published.quote where quote_id = any(%s)", ([row[0] for row in quotes],))
    return answers, len(quotes)


def _forget_words(connection: psycopg.Connection, files: list[int]) -> None:
    """What findings, held rows and the register repeat of the files' own words goes with their bytes; how
    many and where stays."""
    connection.execute(
        'update quality.finding set sheet = null, "column" = null, value_shown = null, message_nb = %s,'
        " message_nn = %s, message_en = %s where file_id = any(%s)",
        (_ERASED.nb, _ERASED.nn, _ERASED.en, files),
    )
    connection.execute("update landed.held_back_row set row_values = '{}' where file_id = any(%s)", (files,))
    connection.execute("update inbox.file set file_name = %s where file_id = any(%s)", (MASK, files))


def _leave(connection: psycopg.Connection, made: Tombstone, by_whom: str, reason: str) -> None:
    """One tombstone: erasing again what is erased leaves no second one."""
    about = ("scope", "school_id", "partnership_id", "loop_no", "round_no", "sha256")
    if not (made.answers_n or made.quotes_n or made.keys_n or made.rows_n):
        same = " and ".join(f"{name} is not distinct from %({name})s" for name in about)
        if connection.execute(f"select 1 from inbox.erasure where {same}", made.__dict__).fetchone():
            return
    values = made.__dict__ | {"by_whom": by_whom, "reason": masked(reason).text}
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    marks = sql.SQL(", ").join(map(sql.Placeholder, values))
    connection.execute(sql.SQL("insert into inbox.erasure ({}) values ({})").format(names, marks), values)


def _owe(connection: psycopg.Connection, files: list[tuple[str, str]]) -> None:
    """Write down, with the erasing itself, what is still to be taken away from disk: a process that is killed
    in
    between leaves it to the next."""
    connection.cursor().executemany(
        "insert into inbox.to_be_cleared (sha256, store_path) values (%s, %s) on conflict do nothing",
        [(sha256, store_path or "") for sha256, store_path in files],
    )


def _alone(connection: psycopg.Connection) -> None:
    """Wait until no file is being taken in, and let none in until this is done."""
    connection.execute("select pg_advisory_xact_lock(%s)", (ERASING,))


def finish_erasing(url: str, settings: Settings) -> None:
    """Take away what is left on disk of what the database has forgotten: copies in the making, kept bytes,
    the file
    where it was dropped, and old versions of rows. What a killed process left to be done is done here too."""
    sweep(settings)
    with connect(url) as connection:
        owed = connection.execute("select sha256, store_path from inbox.to_be_cleared").fetchall()
    if not owed:
        return
    for _, kept in owed:
        if kept:
            take_away(kept)
    hashes = {sha256 for sha256, _ in owed}
    with pending(settings) as waiting:
        for place, path in waiting.items():
            with taken(path, settings) as delivery:
                found = delivery.sha256 in hashes
            if found:
                take_away(place)
    with connect(url, autocommit=True) as connection:
        connection.execute(f"vacuum full {', '.join(_WORDS_IN)}".encode())
        connection.cursor().executemany(
            "delete from inbox.to_be_cleared where sha256 = %s and store_path = %s", owed
        )


def _unknown(what: str) -> UserError:
    return UserError(
        Words(
            nb=f"Fant ikke {what}. Se etter i kvitteringen, eller med `innenfra people list`.",
            nn=f"Fann ikkje {what}. Sjå etter i kvitteringa, eller med `innenfra people list`.",
            en=f"{what} was not found. Look in the receipt, or with `innenfra people list`.",
        )
    )
