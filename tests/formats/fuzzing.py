"""What must come of a changed file, whatever was changed."""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from innenfra.formats import Incoming, Raw, read_parts
from innenfra.ingest.delivery import prepare_or_refuse
from innenfra.ingest.parts import unpacked
from innenfra.ingest.receive import Receipt, check_paths
from innenfra.masking import MASK
from innenfra.settings import Settings
from tests.formats.mutations import FORMATS, SCHOOL, Changed, Parts, write

REFUSED_BY_NAME = "refused by name"


@dataclass
class Outcomes:
    """How many files of each outcome, and each that is not as it must be."""

    counted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    codes: int = 0

    def __str__(self) -> str:
        said = ", ".join(f"{n} {outcome}" for outcome, n in sorted(self.counted.items()))
        return (
            f"{self.counted.total()} changed files: {said}; {self.codes} of them met by the one catch;"
            f" {len(self.wrong)} wrong"
        )


def fuzz(format_code: str, number: int, settings: Settings, folder: Path, seed: int = 13) -> Outcomes:
    """`number` changed files of a format through the whole way of a check: copying, worker, sentence."""
    made = Outcomes()
    for one in range(number):
        changed = FORMATS[format_code](random.Random(f"{seed}-{format_code}-{one}"))
        path = write(folder / f"{format_code}-{one}", changed)
        (receipt,) = check_paths([path], settings, SCHOOL)
        made.counted[
            receipt.status.replace("_", " ") if receipt.status != "rejected" else REFUSED_BY_NAME
        ] += 1
        made.codes += any(f.rule in ("unreadable_file", "slow_file") for f in receipt.findings)
        made.wrong += [f"{format_code} {one}: {said}" for said in faults(changed, path.name, receipt)]
    return made


def faults(changed: Changed, name: str, receipt: Receipt) -> list[str]:
    """What is not as it must be of one receipt."""
    wrong = []
    if receipt.status not in ("landed", "partly_landed", "rejected"):
        wrong.append(f"status {receipt.status}")
    if receipt.status == "rejected" and not any(f.severity == "error" for f in receipt.findings):
        wrong.append("refused without a word")
    if receipt.status == "landed" and (
        receipt.rows_held_back or any(f.severity == "error" for f in receipt.findings)
    ):
        wrong.append("landed with an error")
    if receipt.rows_held_back and not receipt.findings:
        wrong.append("rows held without a word")
    if any(
        not f.message[language].strip() or len(f.message[language]) > 4_000
        for f in receipt.findings
        for language in ("nb", "nn", "en")
    ):
        wrong.append("a message that is none")
    if any(len(f.value_shown or "") > 81 or "\x00" in str(f.message) for f in receipt.findings):
        wrong.append("more of a cell than may be kept")
    if any(f.rule == "slow_file" for f in receipt.findings):
        wrong.append("no end")
    if receipt.status != "rejected":
        wrong += [
            f"{receipt.rows_read} rows of {rows}"
            for rows in rows_of(changed, name, receipt)
            if receipt.rows_read != rows
        ]
    return wrong


def rows_of(changed: Changed, name: str, receipt: Receipt) -> list[int]:
    """How many rows the file holds, as its readers see them and, where that is known, as they were
    written."""
    seen = sum(table.frame.height for table in read_again(changed.parts, name).tables)
    return [seen] if changed.rows is None else [seen, changed.rows]


def read_again(parts: Parts, name: str) -> Raw:
    """The file as its readers see it."""
    incoming, _ = unpacked(Incoming(name, parts, "0"), 20_000_000)
    return read_parts(incoming).raw


def lost_in_silence(parts: Parts, name: str, school: str | None = SCHOOL) -> list[str]:
    """Cells of the file that hold something, whose row landed, and whose value did not, or is another one
    without a word. Checked value by value against the file's own text."""
    made, _ = prepare_or_refuse(Incoming(name, parts, "0"), school, None, 20_000_000)
    wrong = []
    told_of = {(f.sheet, f.column) for f in made.findings}
    for table in read_again(parts, name).tables if made.landed else []:
        landed = made.landed.get(table.file_type)
        if landed is None:
            continue
        own = {
            row["row_number"]: row
            for row in table.frame.cast(pl.String).with_columns(table.frame["row_number"]).rows(named=True)
        }
        for row in landed.rows(named=True):
            for column, value in row.items():
                if column in ("row_number", "period", "school_id") or column not in table.frame.columns:
                    continue
                text = (own[row["row_number"]][column] or "").strip()
                said = (table.sheet, table.headers.get(column, column)) in told_of
                if text and value is None and not said:
                    wrong.append(f"{table.sheet} {row['row_number']} {column}: {text!r} became nothing")
                elif not text and value is not None:
                    wrong.append(f"{table.sheet} {row['row_number']} {column}: nothing became {value!r}")
                elif text and not said and not _says_the_same(text, value):
                    wrong.append(f"{table.sheet} {row['row_number']} {column}: {text!r} became {value!r}")
    return wrong


def _says_the_same(text: str, value: object) -> bool:
    """Whether a value is what the text says: digits by digits, days by days, words by words or as a code."""
    if isinstance(value, dt.date):
        return {int(one) for one in re.findall(r"\d+", text)[:3]} == {value.year, value.month, value.day}
    if isinstance(value, int | float):
        return abs(float(re.sub(r"[\s\u00a0]", "", text).replace(",", ".")) - value) < 1e-9
    letters = [re.sub(r"\W+", "", unicodedata.normalize("NFC", one)).casefold() for one in (text, str(value))]
    is_code = str(value).isascii() and " " not in str(value)
    return letters[0] == letters[1] or is_code or MASK in str(value)
