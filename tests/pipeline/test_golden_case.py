"""The golden case: every expected row of the article's figures, through the whole way of the data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import psycopg
import pytest

from innenfra.demo.plants import SJOSIDEN
from innenfra.explain import explain
from innenfra.settings import Settings

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
            "select numerator, denominator, value, status from marts.indicator_value where school_id = %s and"
            " indicator_id = %s and period_type = %s and period = %s and slice = %s::jsonb",
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


WITH_ROWS = [r for r in expected_rows() if r["status"] in ("observed", "stated_zero")]


@pytest.mark.parametrize("row", WITH_ROWS, ids=lambda r: f"{r['indicator']}-{r['slice']}")
def test_explain_leads_to_the_rows_of_the_very_value(
    built_database: str, settings: Settings, row: dict[str, str]
) -> None:
    kind, period, cut = key_of(row)
    asked = {"project": "project", "partnership_year": f"year:{period}", "loop": f"loop:{period}"}[kind]
    (found,) = [e for e in explain(built_database, SJOSIDEN, row["indicator"], asked) if e.slice == cut]
    assert found.sources
    assert found.checks
    assert found.release_id is not None
    for source in found.sources:
        with (Path(settings.inbox_url) / source.file_name / f"{source.sheet}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as handle:
            lines = list(csv.DictReader(handle, delimiter=";"))
        rows = [lines[number - 2] for number in numbers(source.rows)]
        assert len(rows) == len(set(numbers(source.rows)))
        if source.sheet == "stated_totals":
            # a stated total points at its own row, and at no other
            (said,) = rows
            assert (said["measure"], said["period_type"], said["period_value"]) == (
                row["indicator"],
                kind,
                period,
            )
            assert dict(pair.split("=") for pair in said["slice"].split(";") if pair) == cut
            assert (said["numerator"], said["denominator"]) == (row["numerator"], row["denominator"])
        if source.sheet == "loops" and kind == "partnership_year" and "reading" not in cut:
            assert {r["partnership_year_no"] for r in rows} == {period}
            assert len(rows) == int(row["numerator"])


def numbers(text: str) -> list[int]:
    """Row numbers as explain writes them: 2–4, 7."""
    spans = [part.split("–") for part in text.split(", ")]
    return [n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)]
