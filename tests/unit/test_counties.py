"""Counties by name."""

from __future__ import annotations

import csv
from importlib.resources import files

from innenfra.counties import name_county


def test_a_county_is_called_by_its_newest_name() -> None:
    assert name_county("18") == "Nordland - Nordlánnda"
    assert name_county("30") == "Viken"
    assert name_county("50") == "Trøndelag - Trööndelage"
    assert name_county("77") == "77"


def test_every_municipality_is_in_a_county_with_a_name() -> None:
    with (files("innenfra") / "reference" / "klass131_municipalities.csv").open(encoding="utf-8") as handle:
        numbers = {
            row["code"][:2]
            for row in csv.DictReader(handle)
            if row["valid_to"] == "NA" or row["valid_to"] > "1980-01-01"
        }
    assert len(numbers) > 20
    assert {number for number in numbers if name_county(number) == number} <= {"21", "22", "23", "99"}
