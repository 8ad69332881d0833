"""Random changes of good files: taken in, partly taken in or refused by name; never an error, never a row
lost. The full run is `make soak`."""

from __future__ import annotations

import random
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database

from innenfra.database import local
from innenfra.formats import formats
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings, load
from tests.formats.fuzzing import REFUSED_BY_NAME, fuzz, lost_in_silence
from tests.formats.mutations import FORMATS, SCHOOL, as_csv, as_workbook, good_sheets, with_other_cells, write
from tests.formats.mutations import Changed as File

FEW = 40
OF_SAMPLES = 15
REFUSED_ALWAYS = "transcript"


def test_every_format_is_changed() -> None:
    assert {f.code for f in formats()} == set(FORMATS)


@pytest.mark.parametrize("format_code", FORMATS)
def test_some_changed_files(format_code: str, tmp_path: Path, figures: dict[str, str]) -> None:
    made = fuzz(
        format_code,
        FEW if format_code.startswith("canonical") else OF_SAMPLES,
        load(home=tmp_path / "home", database_url=None, _env_file=None, parse_seconds=60),
        tmp_path,
    )
    figures[f"changed files, {format_code}"] = str(made)
    assert made.wrong == []
    assert made.counted[REFUSED_BY_NAME] + made.counted["partly landed"] > 0
    assert format_code == REFUSED_ALWAYS or made.counted["landed"] + made.counted["partly landed"] > 0


def test_no_value_is_lost_or_changed_in_silence(fixtures: Path) -> None:
    compared = 0
    for folder in sorted((fixtures / "field").iterdir()):
        for path in folder.iterdir():
            files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
            root = path if path.is_dir() else folder
            parts = {one.relative_to(root).as_posix(): one.read_bytes() for one in files}
            assert lost_in_silence(parts, path.name, None) == [], folder.name
            compared += 1
    for one in range(2 * FEW):
        chance = random.Random(f"silent-{one}")
        sheets, _ = with_other_cells(good_sheets(chance), chance)
        parts = as_csv(sheets, chance) if one % 2 else as_workbook(sheets)
        assert lost_in_silence(parts, "levering") == [], one
        compared += 1
    assert compared > 150


def test_odd_cells_are_stored_or_held(server: local.Server, settings: Settings, tmp_path: Path) -> None:
    """What passes the checks passes the database too: it takes no text with NUL, and no number without
    end."""
    url = fresh_database(server)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code) values (%s, '2010-01-01', 'S', '1', '1804', 'S')",
            (SCHOOL,),
        )
    paths, written = [], []
    for one in range(FEW):
        chance = random.Random(f"stored-{one}")
        sheets, rows = with_other_cells(good_sheets(chance), chance)
        paths.append(
            write(tmp_path / str(one), File(as_csv(sheets, chance) if one % 2 else as_workbook(sheets)))
        )
        written.append(rows)
    receipts = ingest_paths(paths, settings, url, SCHOOL)
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "select file_id, rows_read, rows_landed + rows_held_back from inbox.file"
        ).fetchall()
        held = connection.execute(
            "select count(*) from landed.held_back_row where stage = 'ingest'"
        ).fetchone()
    assert len(kept) == len({r.sha256 for r in receipts})
    assert held == (
        sum(r.rows_held_back for r in receipts if r.file_id is not None and r.status != "already_delivered"),
    )
    assert [f.message.en for r in receipts for f in r.findings if f.rule == "unreadable_file"] == []
    assert all(
        r.rows_read == rows
        for r, rows in zip(receipts, written, strict=True)
        if r.status in ("landed", "partly_landed")
    )
