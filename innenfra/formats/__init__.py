"""Formats that partners deliver in, one folder each, found by walking.

Belongs here: what all formats share. A folder `<code>/format.py` declares `FORMAT`.
Does not belong here: rules on the data (`innenfra/contracts`), typing and checking (`innenfra/ingest`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words
from innenfra.findings import Finding


@dataclass(frozen=True)
class Incoming:
    """A delivered file before it is read: a name and its parts (one part unless it is a folder)."""

    name: str
    parts: dict[str, bytes]
    sha256: str
    names: tuple[str, ...] = field(default=(), repr=False)
    """The school's own list of names, taken out of all text; in memory only."""
    opened: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Workbooks that were opened, by part: several formats look into each."""

    def only(self, parts: Collection[str]) -> Incoming:
        """The same delivery with these parts alone."""
        return replace(self, parts={name: data for name, data in self.parts.items() if name in parts})


@dataclass(frozen=True)
class Remark:
    """Something that a reader saw in a row and that its text does not say. `column` is technical; without
    one, it is about the whole row. The sentence is that of `rule` in `CELL_MESSAGES`."""

    rule: str
    row_number: int
    column: str | None = None
    found: str = ""
    severity: Severity = "error"


@dataclass(frozen=True)
class RawTable:
    """A sheet as read: all cells text (String or Categorical), with `row_number` as the sender's spreadsheet
    shows it."""

    file_type: str
    sheet: str
    frame: pl.DataFrame
    headers: dict[str, str] = field(default_factory=dict)
    """What the sender calls a column, by its technical name, where it is called something else."""
    refused: bool = False
    """Its columns do not fit: no row of it can land."""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Raw:
    """What a format makes of a file. `texts` are open log answers: item_id, answer, is_flagged,
    and `round_row`, the row of their round in log_rounds."""

    tables: list[RawTable]
    findings: list[Finding] = field(default_factory=list)
    texts: pl.DataFrame | None = None
    hollow: frozenset[str] = frozenset()
    """File types whose sheet is there, with nothing below its header."""


@dataclass(frozen=True)
class Format:
    """A format: its code, its name, which parts of a delivery are its own, and how they are read."""

    code: str
    name: Words
    claims: Callable[[Incoming], Collection[str]]
    read: Callable[[Incoming], Raw]


def formats() -> list[Format]:
    """All formats, the most particular first (a format's folder may set PRIORITY, lower comes first)."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        if not module.ispkg:
            continue
        declared = importlib.import_module(f"{__name__}.{module.name}.format")
        if declared.FORMAT.code != module.name:
            raise ImportError(f"format folder {module.name} declares the code {declared.FORMAT.code}")
        found.append((getattr(declared, "PRIORITY", 10), declared.FORMAT))
    return [f for _, f in sorted(found, key=lambda pair: (pair[0], pair[1].code))]


@dataclass(frozen=True)
class Read:
    """What all formats together make of a delivery. `formats` are those that read something, `unread` the
    parts that none of them knows."""

    raw: Raw
    formats: tuple[str, ...]
    unread: tuple[str, ...]


def read_parts(incoming: Incoming) -> Read:
    """Let each format read the parts that are its own, the most particular format first."""
    left, codes = incoming, []
    tables: list[RawTable] = []
    findings: list[Finding] = []
    texts: list[pl.DataFrame] = []
    hollow: frozenset[str] = frozenset()
    for one in formats():
        own = frozenset(one.claims(left)) & left.parts.keys()
        if not own:
            continue
        made = one.read(left.only(own))
        codes.append(one.code)
        tables += made.tables
        findings += made.findings
        hollow |= made.hollow
        texts += [made.texts] if made.texts is not None else []
        left = left.only(left.parts.keys() - own)
    raw = Raw(tables, findings, pl.concat(texts) if texts else None, hollow)
    return Read(raw, tuple(codes), tuple(sorted(left.parts)))
