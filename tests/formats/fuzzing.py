"""What must come of a changed file, whatever was changed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from innenfra.formats import Incoming, formats
from innenfra.ingest.receive import Receipt, check_paths
from innenfra.settings import Settings
from tests.formats.mutations import FORMATS, SCHOOL, Changed, write

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
        (receipt,) = check_paths([path], settings, SCHOOL if format_code != "nettskjema" else None)
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
    """How many rows the file holds, as its reader sees them and, where that is known, as they were
    written."""
    incoming = Incoming(name, changed.parts, "0")
    reader = next(f for f in formats() if f.code == receipt.format)
    seen = sum(table.frame.height for table in reader.read(incoming).tables)
    return [seen] if changed.rows is None else [seen, changed.rows]
