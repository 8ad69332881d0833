"""The school's own list of names, handed in beside a file: kept in memory, taken out of everything that the file says.

Belongs here: reading the list, and taking names and structured identifiers out of sheets and findings.
Does not belong here: the patterns (`innenfra/masking.py`); open answers, which each format masks as it reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from innenfra.contracts.declare import column_rules, delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.rules import MaxLength
from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.findings import Finding
from innenfra.formats import Raw, RawTable
from innenfra.masking import masked, without_names

Names = tuple[str, ...]


def read_names(path: Path) -> Names:
    """The names of a text file, one person a line; UTF-8 or Windows-1252."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            Words(
                nb="Fant ikke navnelisten. Kontroller stien.",
                nn="Fann ikkje namnelista. Kontroller stien.",
                en="The list of names was not found. Check the path.",
            ),
            2,
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def unnamed(raw: Raw, names: Names) -> Raw:
    """The sheets without the names, and free text also without structured identifiers."""
    return replace(raw, tables=[_unnamed_table(table, names) for table in raw.tables])


def unnamed_findings(findings: list[Finding], names: Names, files: Iterable[str]) -> list[Finding]:
    """Findings that repeat no name of the list, not even where it stood in a header or in the name of one of the files."""

    def clean(text: str | None) -> str | None:
        return without_names(text, names, any_case=True) if text else text

    def words(said: Words) -> Words:
        texts = [said[language] for language in ("nb", "nn", "en")]
        for file in files:
            texts = [text.replace(file, without_names(file, names, any_case=True)) for text in texts]
        return Words(*(without_names(text, names) for text in texts))

    if not names:
        return findings
    return [
        replace(
            one,
            file_name=clean(one.file_name) or "",
            sheet=clean(one.sheet),
            column=clean(one.column),
            value_shown=clean(one.value_shown),
            message=words(one.message),
        )
        for one in findings
    ]


def _unnamed_table(table: RawTable, names: Names) -> RawTable:
    free = {c.name for c in delivered_columns(delivery_tables()[table.file_type]) if any(isinstance(rule, MaxLength) for rule in column_rules(c))}
    changed = []
    for cells in table.frame:
        if not isinstance(cells.dtype, pl.String | pl.Categorical) or not (names or cells.name in free):
            continue
        said = {text: _clean(text, names, cells.name in free) for text in cells.unique().cast(pl.String).to_list() if text}
        other = {text: clean for text, clean in said.items() if text != clean}
        if other:
            changed.append(cells.cast(pl.String).replace(other).cast(cells.dtype))
    headers = {name: without_names(header, names) for name, header in table.headers.items()}
    return replace(table, frame=table.frame.with_columns(changed), headers=headers)


def _clean(text: str, names: Names, is_free: bool) -> str:
    return without_names(masked(text).text if is_free else text, names)
