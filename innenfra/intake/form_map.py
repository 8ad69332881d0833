"""What lies beside a form's export, to be confirmed by its sender once: which question is which, and which
round it is of.

Belongs here: the map as questions with answers, what is known of it from the round before, the two files
beside the export, and keeping the map for the next round.
Does not belong here: reading an export by its map (`innenfra/formats/forms.py`), asking on a page
(`apps/log_form.py`).
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from psycopg.types.json import Jsonb

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.formats.forms import MAP_COLUMNS, SEVERAL
from innenfra.formats.sheets import plain
from innenfra.ingest.names import LISTS, lists_of
from innenfra.intake.marked import make_harmless
from innenfra.intake.sending import worded
from innenfra.intake.uploads import Upload

ROUNDS = "log_rounds"
MAP, BESIDE = "log_map.csv", f"{ROUNDS}.csv"
FOLDER = "loggeksport"
_KNOWN = {"round_no": "1", "collection_mode": "link"}


@dataclass(frozen=True)
class Question:
    """A question of a form: its item, and the code of each answer; an open one has no answers, and one that
    is not read no item."""

    question: str
    item_id: str
    answers: tuple[tuple[str, str], ...] = ()
    several: bool = False


def read_questions(drafted: pl.DataFrame) -> list[Question]:
    """The questions of a drafted map, in its order."""
    made: dict[str, Question] = {}
    for row in drafted.iter_rows(named=True):
        before = made.get(row["question"], Question(row["question"], row["item_id"]))
        given = ((row["answer"], row["answer_code"]),) if row["answer"] else ()
        made[before.question] = replace(
            before, answers=(*before.answers, *given), several=before.several or bool(row["several"])
        )
    return list(made.values())


def fill_in(drafted: Sequence[Question], kept: Iterable[Question]) -> list[Question]:
    """The drafted questions as the sender confirmed them the round before; an answer that is new gets the
    next code, and a question that is new keeps what was drafted, with a code of its own."""
    known = {plain(one.question): one for one in kept}
    taken = {one.item_id for one in known.values() if one.item_id}
    filled = []
    for one in drafted:
        before = known.get(plain(one.question))
        if before is not None:
            filled.append(_with_answers(before, one))
            continue
        item_id, number = one.item_id, len(taken)
        while item_id in taken:
            number += 1
            item_id = f"q{number}"
        taken.add(item_id)
        filled.append(replace(one, item_id=item_id))
    return filled


def _with_answers(before: Question, drafted: Question) -> Question:
    """A question that is known, with what is new among its answers."""
    if not before.answers and before.item_id:
        return replace(before, question=drafted.question)
    codes = {plain(answer) for answer, _ in before.answers}
    number = max((int(code) for _, code in before.answers if code.isdigit()), default=0)
    new = [answer for answer, _ in drafted.answers if plain(answer) not in codes]
    added = tuple((answer, str(number + place)) for place, answer in enumerate(new, start=1))
    return replace(before, question=drafted.question, answers=(*before.answers, *added))


def write_map(questions: Sequence[Question]) -> pl.DataFrame:
    """The map as it lies beside the export, a row for each answer."""
    rows = [
        (one.question, one.item_id, answer, code, SEVERAL if one.several else "")
        for one in questions
        for answer, code in one.answers or (("", ""),)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(MAP_COLUMNS, pl.String), orient="row")


def write_beside(form_map: pl.DataFrame, school_id: str | None) -> bytes:
    """A zip with the map and the sheet of rounds, as a spreadsheet opens them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, frame in _both(form_map, {"school_id": school_id or ""}):
            harmless = pl.all().map_elements(make_harmless, return_dtype=pl.String)
            archive.writestr(name, _as_text(frame.with_columns(harmless)))
    return out.getvalue()


def confirm(upload: Upload, questions: Sequence[Question], round_said: dict[str, str]) -> Upload:
    """The upload with what its sender confirmed beside it: a folder of the three, in place of the file."""
    # files of one drop may differ by their ending alone
    folder = upload.path.parent / "-".join((FOLDER, upload.path.stem, upload.path.suffix.strip(".")))
    folder.mkdir(mode=0o700)
    # the names that are to be taken out go with it
    for names in lists_of(upload.path):
        names.rename(folder.with_name(f"{folder.name}.{LISTS[0]}"))
    upload.path.rename(folder / upload.path.name)
    for name, frame in _both(write_map(questions), round_said):
        path = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(path, "w", encoding="utf-8") as kept:
            kept.write(_as_text(frame))
    return Upload(folder)


def _both(form_map: pl.DataFrame, round_said: dict[str, str]) -> list[tuple[str, pl.DataFrame]]:
    """The map and the sheet of rounds, by name."""
    columns = [column.name for column in delivered_columns(delivery_tables()[ROUNDS])]
    rounds = pl.DataFrame({name: [(_KNOWN | round_said).get(name, "")] for name in columns})
    return [(MAP, form_map), (BESIDE, rounds)]


def _as_text(frame: pl.DataFrame) -> str:
    return "\ufeff" + frame.with_columns(pl.all().replace("", None)).write_csv(separator=";")


def keep_map(questions: Sequence[Question], school_id: str, actor: Actor, url: str) -> None:
    """Keep a confirmed map for the next round of the school.

    Raises `UserError` where the actor does not deliver for the school.
    """
    said = [
        {"question": q.question, "item_id": q.item_id, "answers": q.answers, "several": q.several}
        for q in questions
    ]
    with worded(), acting(url, actor, WRITER) as connection:
        connection.execute("select dialogue.keep_form_map(%s, %s)", (school_id, Jsonb(said)))


def read_kept(maps: Iterable[Sequence[dict[str, Any]]]) -> list[Question]:
    """The questions of maps that were kept, the newest last; of a question the newest counts."""
    kept: dict[str, Question] = {}
    for questions in maps:
        for one in questions:
            answers = tuple((answer, code) for answer, code in one["answers"])
            kept[plain(one["question"])] = Question(one["question"], one["item_id"], answers, one["several"])
    return list(kept.values())
