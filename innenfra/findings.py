"""What was found in a file, and the only place where a message about it is worded.

Belongs here: the `Finding` record, the sentence patterns in three languages, and what is said of
whole files (unknown format, missing column …).
Does not belong here: deciding whether something is wrong (`innenfra/contracts/rules.py`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words

Owner = Literal["school", "university", "platform"]


@dataclass(frozen=True)
class Finding:
    """One thing found, as told to the person who can put it right.

    `row_number` is the number that the sender's spreadsheet shows; `sheet` and `column` are named as
    the sender sees them; `value_shown` is what was written there. All of these may be None for a
    finding on a larger part.
    """

    file_name: str
    rule: str
    severity: Severity
    message: Words
    owner: Owner
    file_type: str | None = None
    sheet: str | None = None
    row_number: int | None = None
    column: str | None = None
    value_shown: str | None = None
    state: str = "open"

    def as_json(self) -> dict[str, Any]:
        """The finding as the commands' JSON shows it."""
        return asdict(self)


def value_finding_message(file_name: str, sheet: str, row_number: int, column: str, value: str | None, expected: Words) -> Words:
    """The sentence for a value that breaks a rule."""
    if value is None or value == "":
        return Words(
            nb=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: feltet er tomt, men skal være {expected.nb}.",
            nn=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: feltet er tomt, men skal vere {expected.nn}.",
            en=f"{file_name}, sheet “{sheet}”, row {row_number}, column “{column}”: the cell is empty but must be {expected.en}.",
        )
    return Words(
        nb=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: fant «{value}», men det skal være {expected.nb}.",
        nn=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: fann «{value}», men det skal vere {expected.nn}.",
        en=f"{file_name}, sheet “{sheet}”, row {row_number}, column “{column}”: found “{value}” but it must be {expected.en}.",
    )


FILE_MESSAGES: dict[str, Words] = {
    "unknown_format": Words(
        nb="{file}: vi kjenner ikke igjen formatet. Bruk leveransemalen (XLSX), en mappe med CSV-filer, eller en eksport fra Nettskjema.",
        nn="{file}: vi kjenner ikkje att formatet. Bruk leveransemalen (XLSX), ei mappe med CSV-filer, eller ein eksport frå Nettskjema.",
        en="{file}: the format is not recognised. Use the delivery template (XLSX), a folder of CSV files, or an export from Nettskjema.",
    ),
    "empty_file": Words(
        nb="{file}: filen er tom. Lever filen på nytt med innhold.",
        nn="{file}: fila er tom. Lever fila på nytt med innhald.",
        en="{file}: the file is empty. Deliver it again with content.",
    ),
}
"""Sentences on a whole file or sheet, by rule; filled in with `file`, `sheet`, `column`, `found`, `expected`."""


def file_message(rule: str, **parts: str) -> Words:
    """The sentence of `FILE_MESSAGES[rule]` with its parts filled in."""
    pattern = FILE_MESSAGES[rule]
    return Words(*(pattern[language].format(**parts) for language in ("nb", "nn", "en")))
