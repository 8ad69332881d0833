"""An upload that is sent in: into the inbox, with a number for whoever sent it.

Belongs here: the receipt, putting the bytes into the inbox whole or not at all, taking back, answers to
findings, and the words for what the database refuses.
Does not belong here: who may deliver for which school (the database's `dialogue.submit`), taking files in
(`innenfra/ingest`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import psycopg

from innenfra.contracts.words import Words
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.errors import UserError
from innenfra.ingest.names import LISTS, lists_of
from innenfra.intake.checking import Checked
from innenfra.intake.uploads import forget_upload
from innenfra.masking import told
from innenfra.settings import Settings

REFUSALS = {
    "not_your_school": Words(
        nb="Du kan ikke levere for denne skolen. Kontroller skolens organisasjonsnummer i fila.",
        nn="Du kan ikkje levere for denne skulen. Kontroller organisasjonsnummeret til skulen i fila.",
        en="You cannot deliver for this school. Check the school's organisation number in the file.",
    ),
    "waits_already": Words(
        nb="Den samme fila er sendt inn før og venter på å bli tatt inn. Du trenger ikke å sende den igjen.",
        nn="Den same fila er send inn før og ventar på å verte teken inn. Du treng ikkje å sende ho igjen.",
        en="The same file was sent in before and waits to be taken in. There is no need to send it again.",
    ),
    "taken_in_already": Words(
        nb="Leveransen er alt tatt inn. Lever en rettet fil i stedet; den trer i stedet for denne.",
        nn="Leveransen er alt teken inn. Lever ei retta fil i staden; ho trer i staden for denne.",
        en="The delivery has been taken in already. Deliver a corrected file instead; it takes its place.",
    ),
    "not_your_finding": Words(
        nb="Bare skolen selv svarer på merknader til filene sine.",
        nn="Berre skulen sjølv svarar på merknader til filene sine.",
        en="Only the school itself answers findings on its files.",
    ),
}
NOTHING_TO_SEND = Words(
    nb="Ingenting i denne fila kan tas inn slik den er. Rett den først.",
    nn="Ingenting i denne fila kan takast inn slik ho er. Rett ho først.",
    en="Nothing in this file can be taken in as it is. Mend it first.",
)
NO_SCHOOL = Words(
    nb="Fila sier ikke hvilken skole den er for. Skriv organisasjonsnummeret i arket «manifest».",
    nn="Fila seier ikkje kva skule ho er for. Skriv organisasjonsnummeret i arket «manifest».",
    en="The file does not say which school it is for. Write the organisation number in the sheet “manifest”.",
)


def send_upload(checked: Checked, actor: Actor, settings: Settings, url: str) -> int:
    """Put a checked upload into the inbox as the actor, and return the receipt's number.

    Raises `UserError` where nothing of it can be taken in, where it is for a school that the actor does not
    deliver for, and where the same bytes wait already.
    """
    receipt = checked.receipt
    if checked.is_refused:
        raise UserError(NOTHING_TO_SEND, 1)
    if receipt.school_id is None:
        raise UserError(NO_SCHOOL, 1)
    with worded(), acting(url, actor, WRITER) as connection:
        row = connection.execute(
            "select dialogue.submit(%s, %s, %s, %s, %s)",
            (
                receipt.school_id,
                told(checked.upload.name),
                receipt.sha256,
                receipt.rows_read,
                receipt.rows_held_back,
            ),
        ).fetchone()
        assert row is not None
        # the number is kept only where the bytes lie in the inbox, and no bytes lie there before their names
        name = f"{row[0]:06d}-{checked.upload.name}"
        for names in lists_of(checked.upload.path):
            _put(names, f"{name}.{LISTS[0]}", settings)
        _put(checked.upload.path, name, settings)
    forget_upload(checked.upload)
    return int(row[0])


def take_back(submission_id: int, actor: Actor, settings: Settings, url: str) -> None:
    """Take back what was sent in and not yet taken in."""
    with worded(), acting(url, actor, WRITER) as connection:
        connection.execute("select dialogue.take_back_submission(%s)", (submission_id,))
        _remove(f"{submission_id:06d}-", settings)


def answer_finding(finding_id: int, words: str, actor: Actor, url: str) -> None:
    """Write down why what was found is right as it is, in the school's own words (1 to 400 letters)."""
    with worded(), acting(url, actor, WRITER) as connection:
        connection.execute("select dialogue.answer_finding(%s, %s)", (finding_id, words))


def _put(path: Path, name: str, settings: Settings) -> None:
    """The file or folder in the inbox under the name, whole from the first moment that it is seen."""
    files, folder = fsspec.core.url_to_fs(settings.inbox_url)
    files.makedirs(folder, exist_ok=True)
    hidden, shown = f"{folder}/.{name}", f"{folder}/{name}"
    if "file" in files.protocol:
        copy: Any = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, hidden)
        Path(hidden).rename(shown)
    else:
        files.put(str(path), hidden, recursive=path.is_dir())
        files.mv(hidden, shown, recursive=path.is_dir())


def _remove(beginning: str, settings: Settings) -> None:
    files, folder = fsspec.core.url_to_fs(settings.inbox_url)
    for path in files.ls(folder, detail=False):
        if PurePosixPath(path).name.startswith(beginning):
            files.rm(path, recursive=True)


@contextmanager
def worded() -> Iterator[None]:
    """What the database refuses, as a sentence."""
    try:
        yield
    except psycopg.Error as error:
        code = str(error.diag.message_primary)
        if code not in REFUSALS:
            raise
        raise UserError(REFUSALS[code]) from error
