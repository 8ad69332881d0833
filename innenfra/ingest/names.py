"""The school's own list of names, handed in beside a file: kept in memory, taken out of everything that the
file says.

Belongs here: which files are such lists, reading one, and taking names and identifiers out of sheets and
findings.
Does not belong here: the patterns (`innenfra/masking.py`); open answers, which each format masks as it reads
them.

A list is given with `--names`, or lies beside the delivery under its name: `runde3.xlsx` has
`runde3.navn.txt` or
`runde3.xlsx.navn.txt`. In a folder it may also be a file `navn.txt` among the others; it is never one of its
parts.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from innenfra.contracts.declare import codes_of, column_rules, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import MaxLength
from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.findings import Finding
from innenfra.formats import Raw, RawTable
from innenfra.formats.sheets import LANGUAGES, Names, plain
from innenfra.masking import masked, without_names

LISTS = ("navn.txt", "namn.txt", "names.txt")
"""What a list is called: alone in a folder that is delivered, or after the name of a delivery and a dot."""
_LARGEST = 1_000_000
_LONGEST, _LOOKED_AT = 10_000, 1_000


def is_list(name: str) -> bool:
    """Whether a file of the inbox is a list of names beside a delivery."""
    return name.lower().endswith(tuple(f".{one}" for one in LISTS))


def lists_of(path: Path) -> list[Path]:
    """The lists of names that lie beside a delivery or in its folder."""
    beside = [
        path.parent / f"{name}.{one}" for name in dict.fromkeys((path.name, path.stem)) for one in LISTS
    ]
    inside = [path / one for one in LISTS] if path.is_dir() and not path.is_symlink() else []
    return [one for one in (*beside, *inside) if os.path.lexists(one)]


def read_names(path: Path) -> Names:
    """The names of a text file, one person a line; UTF-8 or Windows-1252."""
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise UserError(
            Words(
                nb=(
                    "Navnelisten lot seg ikke lese. Kontroller stien; listen skal være en vanlig tekstfil med"
                    " ett navn på hver linje."
                ),
                nn=(
                    "Namnelista let seg ikkje lese. Kontroller stien; lista skal vere ei vanleg tekstfil med"
                    " eitt namn på kvar linje."
                ),
                en=(
                    "The list of names could not be read. Check the path; the list must be a plain text file"
                    " with one name a line."
                ),
            ),
            2,
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _bytes_of(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(f"{path} is no plain file")
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(f"{path} is too large for a list of names")
    return data


def unnamed(raw: Raw, names: Names) -> Raw:
    """The sheets without the names, and free text also without structured identifiers."""
    return replace(raw, tables=[_unnamed_table(table, names) for table in raw.tables])


def unnamed_findings(findings: list[Finding], names: Names, files: Iterable[str]) -> list[Finding]:
    """Findings that repeat no name of the list, not even where it stood in a header or in the name of one of
    the files."""
    if not names:
        return findings
    return [_unnamed_finding(one, names, files) for one in findings]


def _unnamed_finding(one: Finding, names: Names, files: Iterable[str]) -> Finding:
    written = {
        part: without_names(part, names)
        for part in (*files, one.file_name, one.sheet, one.column, one.value_shown)
        if part
    }
    texts = [one.message[language] for language in LANGUAGES]
    for part, clean in written.items():
        texts = [text.replace(part, clean) if part != clean else text for text in texts]
    return replace(
        one,
        file_name=written.get(one.file_name, one.file_name),
        sheet=written.get(one.sheet or "", one.sheet),
        column=written.get(one.column or "", one.column),
        value_shown=written.get(one.value_shown or "", one.value_shown),
        message=Words(*texts),
    )


def _unnamed_table(table: RawTable, names: Names) -> RawTable:
    columns = {c.name: c for c in delivered_columns(delivery_tables()[table.file_type])}
    free = {
        name for name, c in columns.items() if any(isinstance(rule, MaxLength) for rule in column_rules(c))
    }
    changed = []
    for cells in table.frame:
        if not isinstance(cells.dtype, pl.String | pl.Categorical) or not (names or cells.name in free):
            continue
        codes = codes_of(columns[cells.name]) if cells.name in columns else None
        # a code of the template is no name, whoever works at the school
        own = (
            {
                plain(said)
                for code, label in codes.labels.items()
                for said in (code, label.nb, label.nn, label.en)
            }
            if codes
            else set()
        )
        said = {
            text: _clean(text, names, cells.name in free)
            for text in cells.unique().cast(pl.String).to_list()
            if text and plain(text) not in own
        }
        other = {text: clean for text, clean in said.items() if text != clean}
        if other:
            changed.append(cells.cast(pl.String).replace(other).cast(cells.dtype))
    return replace(table, frame=table.frame.with_columns(changed))


def _clean(text: str, names: Names, is_free: bool) -> str:
    if len(text) > _LONGEST:  # no column takes it: its row is held, and only its beginning is kept
        return _clean(text[:_LOOKED_AT], names, is_free) + text[_LOOKED_AT:]
    return without_names(masked(text).text if is_free else text, names)
