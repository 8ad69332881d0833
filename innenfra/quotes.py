"""Quotes: proposed by one coder, released by another, cleared or refused by the school, withdrawn by either.

Belongs here: what the commands `innenfra quote` do, and the words for what the database refuses.
Does not belong here: the rules themselves (`innenfra/database/speech.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import dict_row

from innenfra.contracts.quotes import SPEAKERS
from innenfra.contracts.words import Words
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.masking import ambiguous

REFUSALS = {
    "not_a_coder": Words(
        nb="Bare kodere foreslår og frigir sitater. Se `innenfra people list`.",
        nn="Berre kodarar foreslår og frigjev sitat. Sjå `innenfra people list`.",
        en="Only coders propose and release quotes. See `innenfra people list`.",
    ),
    "not_the_school": Words(
        nb="Bare skolens egne svarer på om et sitat kan vises for andre.",
        nn="Berre skulens eigne svarar på om eit sitat kan visast for andre.",
        en="Only the school's own people answer whether others may see a quote.",
    ),
    "no_such_answer": Words(
        nb="Fant ikke svaret, eller runden har for få innleverte logger. Velg et annet svar.",
        nn="Fann ikkje svaret, eller runden har for få innleverte loggar. Vel eit anna svar.",
        en="The answer was not found, or its round has too few logs. Choose another answer.",
    ),
    "no_such_quote": Words(
        nb="Sitatet finnes ikke, eller er alt frigitt eller trukket. Se `innenfra quote list`.",
        nn="Sitatet finst ikkje, eller er alt frigjeve eller trekt. Sjå `innenfra quote list`.",
        en="There is no such quote, or it is released or withdrawn already. See `innenfra quote list`.",
    ),
    "must_be_paraphrase": Words(
        nb=(
            "Et sitat fra en liten runde, eller fra et svar med et mulig navn, kan ikke være ordrett. Fortell"
            " det med andre ord (--paraphrase)."
        ),
        nn=(
            "Eit sitat frå ein liten runde, eller frå eit svar med eit mogleg namn, kan ikkje vere ordrett."
            " Fortel det med andre ord (--paraphrase)."
        ),
        en=(
            "A quote from a small round, or from an answer with a possible name, cannot be word for word."
            " Tell it in other words (--paraphrase)."
        ),
    ),
    "not_a_paraphrase": Words(
        nb="Ordene står slik i svaret. Fortell det med andre ord, eller ta bort --paraphrase.",
        nn="Orda står slik i svaret. Fortel det med andre ord, eller ta bort --paraphrase.",
        en="The words stand like this in the answer. Tell it in other words, or leave out --paraphrase.",
    ),
    "not_in_the_answer": Words(
        nb=(
            "Ordene står ikke slik i svaret. Rett dem, eller si at det er fortalt med andre ord"
            " (--paraphrase)."
        ),
        nn=(
            "Orda står ikkje slik i svaret. Rett dei, eller sei at det er fortalt med andre ord"
            " (--paraphrase)."
        ),
        en=(
            "The words do not stand like this in the answer. Correct them, or say that it is told in other"
            " words (--paraphrase)."
        ),
    ),
    "ck_quote_two_people": Words(
        nb="Den som foreslo sitatet, kan ikke frigi det. Be en annen koder om det.",
        nn="Den som foreslo sitatet, kan ikkje frigje det. Be ein annan kodar om det.",
        en="Whoever proposed the quote cannot release it. Ask another coder.",
    ),
    "ck_quote_speaker": Words(
        nb=f"Den som sier det, må være en av {', '.join(SPEAKERS.codes)}.",
        nn=f"Den som seier det, må vere ein av {', '.join(SPEAKERS.codes)}.",
        en=f"The speaker must be one of {', '.join(SPEAKERS.codes)}.",
    ),
}
"""What the database says no to, by its code or by the name of the constraint."""


def propose(
    url: str, coder: str, answer_id: int, speaker: str, words: str, *, in_other_words: bool = False
) -> int:
    """Propose a quote from an answer; returns its number."""
    with _as_coder(url, coder) as connection:
        row = connection.execute(
            "select restricted.propose_quote(%s, %s, %s, %s)", (answer_id, speaker, words, in_other_words)
        ).fetchone()
    return int(row[0]) if row else 0


def release(url: str, coder: str, quote_id: int) -> None:
    """Release a quote that another coder proposed; the school then sees it."""
    with _as_coder(url, coder) as connection:
        connection.execute("select restricted.release_quote(%s)", (quote_id,))


def withdraw(url: str, coder: str, quote_id: int) -> None:
    """Take a quote back, released or not; its words are deleted."""
    with _as_coder(url, coder) as connection:
        connection.execute("select restricted.withdraw_quote(%s)", (quote_id,))


def answer(url: str, subject: str, quote_id: int, *, may_be_shown: bool) -> None:
    """The school's answer: others may see the quote, or it is withdrawn."""
    with _told(), acting(url, Actor(subject, "school"), WRITER) as connection:
        connection.execute("select dialogue.answer_quote(%s, %s)", (quote_id, may_be_shown))


def answers(url: str, coder: str) -> list[dict[str, Any]]:
    """Open answers that the coder may read, in the shuffled order they were kept in; `flagged` are words in
    them that may be names."""
    with _as_coder(url, coder) as connection, connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            "select text_id, school_id, loop_no, round_no, item_id, answer, is_flagged from"
            " restricted.log_text order by school_id, loop_no, round_no, text_id"
        ).fetchall()
    return [row | {"flagged": ambiguous(row["answer"]) if row["is_flagged"] else ()} for row in found]


def listed(url: str, coder: str) -> list[dict[str, Any]]:
    """Quotes that the coder may see, the newest first."""
    with _as_coder(url, coder) as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("select * from restricted.quote order by quote_id desc").fetchall()


@contextmanager
def _as_coder(url: str, coder: str) -> Iterator[psycopg.Connection]:
    with _told(), acting(url, Actor(coder, "coder")) as connection:
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        known = error.diag.constraint_name or error.diag.message_primary or ""
        if known not in REFUSALS:
            raise
        raise UserError(REFUSALS[known]) from error
