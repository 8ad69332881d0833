"""What is public of the demonstration: sums alone, alike in each file, described, and with what changed."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import psycopg

from innenfra.open_data import Publisher, write_open_data

PUBLISHER = Publisher("https://data.example.no/innenfra", "998870001", "Nettverket", "post@example.no")


def test_what_is_public_of_a_release(built_database: str, tmp_path: Path) -> None:
    written = {
        path.name: path.read_text("utf-8") for path in write_open_data(built_database, tmp_path, PUBLISHER)
    }
    with psycopg.connect(built_database) as connection:
        schools = connection.execute("select school_id, name, school_code from published.school").fetchall()
        rests_on_answers = {
            row[0]
            for row in connection.execute(
                "select distinct indicator_id from published.indicator_value where n_respondents is not null"
            ).fetchall()
        }
        network = {
            (row[0], row[1], row[2], row[3]): row[4]
            for row in connection.execute(
                "select indicator_id, period_type, period, slice::text, numerator from"
                " published.indicator_value where unit_level = 'network'"
            ).fetchall()
        }
    rows = list(csv.DictReader(written["values.csv"].splitlines()))
    assert len(rows) > 20
    # no school, in no file
    for text in written.values():
        assert not [one for school in schools for one in school if one and one in text]
    assert not {row["indicator_id"] for row in rows} & rests_on_answers
    for row in rows:
        told = network[row["indicator_id"], row["period_type"], row["period"], row["slice"]]
        assert row["numerator"] == ("" if told is None else str(float(told)).removesuffix(".0"))
    # the same in both formats, and what is missing is no nought
    as_json = json.loads(written["values.json"])
    assert [
        {name: "" if value is None else str(value) for name, value in one.items()} for one in as_json
    ] == rows
    (data_set,) = json.loads(written["dataset.jsonld"])["dcat:dataset"]
    sums = {
        one["dct:title"]: one["spdx:checksum"]["spdx:checksumValue"] for one in data_set["dcat:distribution"]
    }
    assert set(sums) == {"values.csv", "values.json", "catalogue.csv", "catalogue.json"}
    for name, checksum in sums.items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == checksum
    assert "The first release" in written["release-notes.md"]
    again = {
        path.name: path.read_text("utf-8") for path in write_open_data(built_database, tmp_path, PUBLISHER)
    }
    assert again["values.csv"] == written["values.csv"]
    assert again["release-notes.md"].count("Nothing.") == 3
