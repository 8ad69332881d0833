"""What was found as a line of a table: sheet, row, column, what was found, and what to do.

Belongs here: taking a finding's sentence apart for people who see its place in columns of their own, and the
sentence over them all. Does not belong here: how findings are worded (`innenfra/findings.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from innenfra.contracts.words import Words
from innenfra.findings import Finding, place

MUST_BE = Words(nb="skal være ", nn="skal vere ", en="must be ")
WRITE = Words(nb="Skriv {what}", nn="Skriv {what}", en="Write {what}")
ALL_RIGHT = Words(
    nb="Alle {n} radene er i orden.", nn="Alle dei {n} radene er i orden.", en="All {n} rows are in order."
)
ONE_RIGHT = Words(nb="Raden er i orden.", nn="Rada er i orden.", en="The row is in order.")
SOME_RIGHT = Words(
    nb="{right} av {n} rader er i orden. {wrong} må rettes før de teller med.",
    nn="{right} av {n} rader er i orden. {wrong} må rettast før dei tel med.",
    en="{right} of {n} rows are in order. {wrong} must be mended before they count.",
)
ONE_WRONG = Words(
    nb="{right} av {n} rader er i orden. Én må rettes før den teller med.",
    nn="{right} av {n} rader er i orden. Éi må rettast før ho tel med.",
    en="{right} of {n} rows are in order. One must be mended before it counts.",
)
REFUSED = Words(
    nb="Fila kan ikke tas inn slik den er.",
    nn="Fila kan ikkje takast inn slik ho er.",
    en="The file cannot be taken in as it is.",
)
NUMBERS = {
    "nb": ("Null", "Én", "To", "Tre", "Fire", "Fem", "Seks", "Sju", "Åtte", "Ni", "Ti"),
    "nn": ("Null", "Éi", "To", "Tre", "Fire", "Fem", "Seks", "Sju", "Åtte", "Ni", "Ti"),
    "en": ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
}


@dataclass(frozen=True)
class Line:
    """One line of the table of findings, in one language; texts are empty where there is nothing to say."""

    sheet: str
    row: str
    column: str
    found: str
    do: str


def write_line(finding: Finding, language: str) -> Line:
    """The finding as a line of the table."""
    message = finding.message[language]
    if finding.row_number is not None and finding.column:
        where = place(finding.file_name, finding.sheet or "", finding.row_number, finding.column)[language]
        message = message.removeprefix(f"{where}: ")
    message = message.removeprefix(f"{finding.file_name}: ")
    at = message.rfind(MUST_BE[language])
    do = (
        WRITE[language].format(what=message[at + len(MUST_BE[language]) :])
        if at >= 0 and finding.row_number is not None
        else message[:1].upper() + message[1:]
    )
    row = "" if finding.row_number is None else str(finding.row_number)
    return Line(finding.sheet or "", row, finding.column or "", finding.value_shown or "", do)


def answer_check(rows: int, held: int, is_refused: bool, language: str) -> str:
    """The sentence over a file that was checked: how many rows are in order, how many must be mended."""
    if is_refused or rows == 0:
        return REFUSED[language]
    if held == 0:
        return (ONE_RIGHT if rows == 1 else ALL_RIGHT)[language].format(n=rows)
    if held == 1:
        return ONE_WRONG[language].format(right=rows - 1, n=rows)
    words: Sequence[str] = NUMBERS[language]
    wrong = words[held] if held < len(words) else str(held)
    return SOME_RIGHT[language].format(right=rows - held, n=rows, wrong=wrong)
