"""Open data: what changed and why, and the description."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

from innenfra.open_data import Publisher, as_csv, as_json, describe, notes

PUBLISHER = Publisher("https://data.example.no/innenfra/", "998870001", "Nettverket", "post@example.no")


def row(indicator: str, top: object, **more: Any) -> dict[str, Any]:
    return {
        "indicator_id": indicator,
        "definition_version": "1",
        "period_type": "school_year",
        "period": "2024/25",
        "slice": "{}",
        "numerator": top,
        "denominator": "4",
        "value": "0.5",
        "status": "observed",
        "coverage_observed": "4",
        **more,
    }


def test_notes_say_what_changed_and_why() -> None:
    before = [row("A1", "2"), row("C1", "2"), row("I1", "1"), row("U1", "3"), row("A6", "1")]
    now = [
        row("A1", "3", coverage_observed="5"),
        row("C1", "3", definition_version="2"),
        row("I1", "1"),
        row("U1", "2"),
        row("I2", "2"),
    ]
    said = notes(before, now, 7)
    assert "- A1 2024/25: 2/4, observed → 3/4, observed (rests on 5 schools, before on 4)" in said
    assert "- C1 2024/25: 2/4, observed → 3/4, observed (definition 1 became 2)" in said
    assert "- U1 2024/25: 3/4, observed → 2/4, observed (corrected or later deliveries)" in said
    assert "I1 2024/25" not in said
    assert "- I2 2024/25: 2/4, observed" in said
    assert "- A6 2024/25: was 1/4, observed" in said
    assert notes([], now, 1).endswith("The first release that is written here.\n")


def test_csv_and_json_hold_the_same_and_what_is_missing_is_not_nought() -> None:
    rows = [{"a": Decimal("3.0"), "b": None, "c": Decimal("0.25")}, {"a": Decimal(0), "b": "x", "c": None}]
    assert as_csv(rows) == "a,b,c\n3,,0.25\n0,x,\n"
    assert json.loads(as_json(rows)) == [{"a": 3, "b": None, "c": 0.25}, {"a": 0, "b": "x", "c": None}]


def test_the_description_has_what_dcat_ap_no_asks_for() -> None:
    files = {"values.csv": "a\n1\n", "catalogue.json": "[]", "release-notes.md": "x"}
    made = describe(PUBLISHER, 3, dt.date(2026, 11, 27), files)
    common = ("dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint")
    (data_set,) = made["dcat:dataset"]
    assert (made["@type"], data_set["@type"]) == ("dcat:Catalog", "dcat:Dataset")
    assert all(of[name] for of in (made, data_set) for name in common)
    assert all(data_set[name] for name in ("dcat:theme", "dct:accessRights", "dcat:distribution"))
    assert {one["@language"] for one in data_set["dct:title"]} == {"nb", "nn", "en"}
    agent = data_set["dct:publisher"]
    assert (agent["@type"], agent["dct:identifier"], agent["foaf:name"]) == (
        "foaf:Agent",
        "998870001",
        "Nettverket",
    )
    assert data_set["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:post@example.no"}
    values, catalogue = data_set["dcat:distribution"]
    assert values["dcat:accessURL"] == {"@id": "https://data.example.no/innenfra/values.csv"}
    assert values["dct:format"]["@id"].endswith("/file-type/CSV")
    assert catalogue["dct:format"]["@id"].endswith("/file-type/JSON")
    assert all(one["dct:license"]["@id"].startswith("https://") for one in (values, catalogue))
    # every name is of a vocabulary that the description names
    used = set(re.findall(r'"([a-z]+):[A-Za-z]+"', json.dumps(made)))
    assert used - set(made["@context"]) == set()
