"""Formats that partners deliver in, one folder each, found by walking.

Belongs here: what all formats share. A folder `<code>/format.py` declares `FORMAT`.
Does not belong here: rules on the data (`innenfra/contracts`), typing and checking (`innenfra/ingest`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

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


@dataclass(frozen=True)
class Raw:
    """What a format makes of a file. `texts` are open log answers: item_id, answer, is_flagged."""

    tables: list[RawTable]
    findings: list[Finding] = field(default_factory=list)
    texts: pl.DataFrame | None = None
    hollow: frozenset[str] = frozenset()
    """File types whose sheet is there, with nothing below its header."""


@dataclass(frozen=True)
class Format:
    """A format: its code, its name, how it is recognised and how it is read."""

    code: str
    name: Words
    recognises: Callable[[Incoming], bool]
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
