"""Drafts of the reports of all owners, made again where they would say something else.

Belongs here: going through the owners, and the folder the drafts lie in. Does not belong here: making one
report
(`make.py`), what was handed on (`issue.py`), when drafts are made (`orchestration/drafts.py`).
"""

from __future__ import annotations

import gc
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from innenfra.database.engine import connect
from innenfra.database.statements import read_sql
from innenfra.own import own_file, own_folder
from innenfra.reports.make import FileFormat, list_drafts_of_owners, name_file, render
from innenfra.reports.model import Kind, fingerprint
from innenfra.settings import Language

KINDS: tuple[Kind, ...] = ("county", "council")
FORMATS: tuple[FileFormat, ...] = ("docx", "pdf")
MANIFEST = "drafts.json"
SWEPT = 20
"""After how many reports memory is swept: a Word document holds itself in circles, and is large outside what
the sweep counts."""


@dataclass(frozen=True)
class Round:
    """One round over the owners: how many reports it looked at, and how many files it wrote, how large, and
    took away. `is_unchanged` says that neither release nor words are others than last time."""

    reports: int = 0
    written: int = 0
    taken_away: int = 0
    owners_without_schools: int = 0
    size: int = 0
    seconds: float = 0.0
    is_unchanged: bool = False


def write_drafts(url: str, app: str, folder: Path, language: Language | None = None) -> Round:
    """The reports of all owners for the newest budget year, one at a time and none kept in memory. A file is
    written where its report says something else than the one that lies there."""
    started = time.monotonic()
    with connect(url) as connection:
        row = connection.execute(read_sql(__file__, "sql/state_of_drafts")).fetchone()
    if row is None:
        return Round(is_unchanged=True)
    release, words, school_year = row
    state = f"{release} {words} {school_year} {language} {app}"
    known = _read(folder / MANIFEST)
    if known.get("state") == state:
        return Round(is_unchanged=True)
    before, says = known.get("says", {}), {}
    reports = written = without = size = 0
    for kind in KINDS:
        period = str(int(school_year[:4]) + 1)
        for _, report in list_drafts_of_owners(url, app, period, kind, language):
            if report is None:
                without += 1
                continue
            reports += 1
            if reports % SWEPT == 0:
                gc.collect()
            said = fingerprint(report)
            for one in FORMATS:
                name = name_file(report, one)
                says[name] = said
                if before.get(name) == said and (folder / name).exists():
                    continue
                data = render(report, one)
                own_file(folder / name).write_bytes(data)
                written, size = written + 1, size + len(data)
    gone = [folder / name for name in before if name not in says]
    for path in gone:
        path.unlink(missing_ok=True)
    own_file(folder / MANIFEST).write_text(json.dumps({"state": state, "says": says}), encoding="utf-8")
    return Round(
        reports,
        written,
        len(gone),
        without // len(KINDS),
        size,
        time.monotonic() - started,
        is_unchanged=False,
    )


def _read(manifest: Path) -> dict[str, Any]:
    own_folder(manifest.parent)
    known: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    return known
