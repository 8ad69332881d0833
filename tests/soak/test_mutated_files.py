"""500 random changes of good files of each format: never an error, never a row lost, always a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from innenfra.settings import load
from tests.formats.fuzzing import fuzz
from tests.formats.mutations import FORMATS

MANY = 500


@pytest.mark.parametrize("format_code", FORMATS)
def test_many_changed_files(format_code: str, tmp_path: Path, figures: dict[str, str]) -> None:
    made = fuzz(
        format_code,
        MANY,
        load(home=tmp_path / "home", database_url=None, _env_file=None, parse_seconds=60),
        tmp_path,
        seed=500,
    )
    figures[f"soak, changed files, {format_code}"] = str(made)
    assert made.counted.total() == MANY
    assert made.wrong == []
