"""The golden case: every expected row of the article's figures, through the whole way of the data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import psycopg
import pytest

from innenfra.demo.plants import SJOSIDEN

EXPECTED = Path(__file__).parents[1] / "fixtures" / "sjosiden" / "indicators_expected.csv"


def expected_rows() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def key_of(row: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    """The expected file's slice as period type, period and slice of the long fact."""
    text = row["slice"]
    if row["indicator"] == "S1":
        return "project", "all", {"category": text}
    if row["indicator"] == "P1":
        return "project", "all", {"used": "yes"}
    if row["indicator"] == "I5":
        return "project", "all", {"status": row["value"]}
    if text == "project":
        return "project", "all", {}
    if text.startswith("partnership_year="):
        return "partnership_year", text.split("=")[1], {}
    if text.startswith("cumulative_to_year="):
        return "partnership_year", text.split("=")[1], {"reading": "cumulative"}
    if "=" not in text:
        return "project", "all", {"measure": text}
    pairs = dict(part.split("=") for part in text.split(";"))
    if "loop" in pairs:
        return "loop", pairs.pop("loop"), pairs | {"grain": "loop"}
    return "project", "all", pairs


def number(text: str) -> float | None:
    return float(text) if text else None


def test_the_expected_file_is_not_empty() -> None:
    assert len(expected_rows()) == 32


@pytest.mark.parametrize("row", expected_rows(), ids=lambda r: f"{r['indicator']}-{r['slice']}")
def test_value_of_the_article(built_database: str, row: dict[str, str]) -> None:
    kind, period, cut = key_of(row)
    with psycopg.connect(built_database) as connection:
        found = connection.execute(
            "select numerator, denominator, value, status from marts.indicator_value"
            " where school_id = %s and indicator_id = %s and period_type = %s and period = %s and slice = %s::jsonb",
            (SJOSIDEN, row["indicator"], kind, period, json.dumps(cut)),
        ).fetchall()
    assert len(found) == 1, f"{row['indicator']} {row['slice']}: {len(found)} rows"
    numerator, denominator, value, status = found[0]
    assert status == row["status"]
    if row["indicator"] != "I5":
        assert (None if numerator is None else float(numerator)) == number(row["numerator"])
    assert (None if denominator is None else float(denominator)) == number(row["denominator"])
    # a phase of change is a word, and its value that it was noted
    expected = 1.0 if row["indicator"] == "I5" else number(row["value"])
    assert (None if value is None else round(float(value), 4)) == expected
