"""Each format with samples of its exports, and the rows and findings that come of them.

Belongs here: walking `tests/fixtures/formats/<code>/<sample>`; a format without a sample fails.
`expected.json`
beside the samples holds what must come, read and checked by people; `--renew-samples` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from innenfra.formats import Incoming, formats
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.ingest.receive import check_paths
from innenfra.settings import Settings, load

SAMPLES = Path(__file__).parents[1] / "fixtures" / "formats"
SCHOOL = "998870011"


def delivered(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def made_of(folder: Path) -> Prepared:
    return prepare(Incoming(folder.name, delivered(folder), "0"), SCHOOL, None, 20_000_000)


def as_told(made: Prepared) -> dict[str, Any]:
    """Rows and findings as they are kept beside the samples. Open answers come in any order."""
    rows = {
        file_type: [
            {name: value for name, value in row.items() if value is not None}
            for row in frame.select(pl.all().exclude("row_number", "period").cast(pl.String)).rows(named=True)
        ]
        for file_type, frame in sorted(made.landed.items())
    }
    texts = [] if made.texts is None else sorted(made.texts.rows())
    found = sorted({f"{f.severity} {f.rule}: {f.message.nb}" for f in made.findings})
    return {"format": made.format, "rows": rows, "texts": [list(one) for one in texts], "findings": found}


SAMPLE_FOLDERS = sorted(f"{f.parent.name}/{f.name}" for f in SAMPLES.glob("*/*") if f.is_dir())


def test_every_format_has_a_sample() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == {one.code for one in formats()}


@pytest.mark.parametrize("name", SAMPLE_FOLDERS)
def test_a_sample_gives_its_rows_and_findings(name: str, request: pytest.FixtureRequest) -> None:
    folder = SAMPLES / name
    kept = folder.with_suffix(".json")
    made = json.loads(json.dumps(as_told(made_of(folder)), default=str))
    if request.config.getoption("--renew-samples"):
        kept.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert made == json.loads(kept.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(home=tmp_path_factory.mktemp("home"), database_url=None, _env_file=None)


def test_three_exports_of_one_form_give_the_same_rows(settings: Settings) -> None:
    kinds = [SAMPLES / "nettskjema" / kind for kind in ("csv", "workbook", "answers")]
    first, *others = [as_told(made_of(kind)) for kind in kinds]
    assert len(first["rows"]["log_counts"]) > 30
    for other in others:
        assert (other["rows"], other["texts"], other["findings"]) == (first["rows"], first["texts"], [])
    receipts = check_paths(kinds, settings)
    assert {(r.status, r.rows_landed) for r in receipts} == {("landed", len(first["rows"]["log_counts"]) + 1)}


def test_two_languages_of_one_tool_give_the_same_rows() -> None:
    first, other = (as_told(made_of(SAMPLES / "microsoft_forms" / kind)) for kind in ("nb", "en"))
    assert first == other


def test_nobody_who_answered_is_in_what_is_read() -> None:
    for name in SAMPLE_FOLDERS:
        made = made_of(SAMPLES / name)
        told = str({k: f.to_dicts() for k, f in made.landed.items()}) + str(made.findings) + str(made.texts)
        for secret in (
            "27685292",
            "2023-06-01T20",
            "74630",
            "sølvi.png",
            "kari@skole.no",
            "anonymous",
            "2025-10-06 08",
            "12345678",
        ):
            assert secret not in told, (name, secret)
