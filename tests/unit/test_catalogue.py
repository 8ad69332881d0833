"""The catalogue says what the design says, and its definitions are whole."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import re
from pathlib import Path

import pytest

from innenfra.contracts.indicators import (
    INDICATORS,
    EarlierVersion,
    Indicator,
    Measure,
    indicator_measure_seed_rows,
    indicator_seed_rows,
)
from innenfra.contracts.words import Words

EXPECTED = list(
    csv.DictReader((Path(__file__).parents[1] / "fixtures" / "catalogue_expected.csv").open(encoding="utf-8"))
)
LANGUAGES = ("nb", "nn", "en")


def test_the_catalogue_has_the_designs_indicators_and_no_others() -> None:
    assert len(EXPECTED) == 38
    assert sorted(INDICATORS) == sorted(row["indicator_id"] for row in EXPECTED)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["indicator_id"])
def test_a_definition_agrees_with_the_design(row: dict[str, str]) -> None:
    one = INDICATORS[row["indicator_id"]]
    assert one.label.nb == row["label_nb"]
    assert one.label.en == row["label_en"]
    assert one.article_lines == row["article_lines"]
    assert sorted({str(measure.comparability_class) for measure in one.measures}) == row["classes"].split()
    said = one.formula.en.lower()
    missing = [part for part in row["formula_says"].split("|") if part.lower() not in said]
    assert not missing, f"the formula does not say {missing}"


@pytest.mark.parametrize("one", INDICATORS.values(), ids=lambda one: one.indicator_id)
def test_a_definition_is_whole_in_three_languages(one: Indicator) -> None:
    for measure in one.measures:
        said = [measure.label, measure.numerator] + ([measure.denominator] if measure.has_denominator else [])
        for words in said:
            assert words is not None, measure.slice
            assert all(words[language] for language in LANGUAGES), measure.slice
    shares = [measure for measure in one.measures if measure.unit == "share"]
    assert all(measure.has_denominator for measure in shares), "a share needs a denominator in words"
    assert one.needs


def test_nynorsk_is_not_bokmaal() -> None:
    bokmaal = re.compile(
        r"\b(ikke|blir|ble|skoler?|skolen|hvor|hvem|hva|eller ikke|fra|møter|lærerne|sammen|gjennomført"
        r" av|noe|flere|andre enn|beslutning\w*)\b"
    )
    for one in INDICATORS.values():
        for name in ("label", "meaning", "formula", "caveat", "misuse", "direction"):
            words: Words = getattr(one, name)
            found = bokmaal.search(words.nn)
            assert found is None, f"{one.indicator_id} {name}: {found}"


def test_measures_of_one_label_are_not_two() -> None:
    for one in INDICATORS.values():
        labels = [measure.label.nb for measure in one.measures if measure.label]
        assert len(labels) == len(set(labels)) or one.indicator_id == "P4", one.indicator_id


def test_seed_rows_carry_slices_that_json_reads() -> None:
    rows = indicator_measure_seed_rows()
    keys = [(row["indicator_id"], row["definition_version"], row["slice"]) for row in rows]
    assert len(keys) == len(set(keys)) > 100
    assert all(isinstance(json.loads(row["slice"]), dict) for row in rows)
    assert {row["comparison_family_kind"] for row in rows} == {
        "none",
        "instrument",
        "template",
        "codebook",
        "method",
    }
    assert all(
        (row["comparison_family_kind"] != "none") == (row["comparability_class"] == "K2") for row in rows
    )


def test_a_replaced_formula_stays_as_a_series_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = EarlierVersion(
        definition_version=1,
        valid_from=dt.date(2026, 8, 1),
        formula=Words("Gammel formel.", "Gammal formel.", "Old formula."),
        changed_because=Words("Avtalt.", "Avtalt.", "Agreed."),
    )
    changed = dataclasses.replace(
        INDICATORS["C1"], definition_version=2, valid_from=dt.date(2027, 8, 1), earlier=(before,)
    )
    monkeypatch.setitem(INDICATORS, "C1", changed)
    rows = [row for row in indicator_seed_rows() if row["indicator_id"] == "C1"]
    assert [(row["definition_version"], row["is_current"], row["valid_from"]) for row in rows] == [
        ("1", "false", "2026-08-01"),
        ("2", "true", "2027-08-01"),
    ]
    assert rows[0]["formula_en"] == "Old formula."
    assert rows[1]["formula_en"] == INDICATORS["C1"].formula.en


def test_a_formula_that_was_wrong_has_no_values_of_its_own() -> None:
    rows = [row for row in indicator_seed_rows() if row["indicator_id"] == "A3"]
    assert [(row["definition_version"], row["is_current"], row["is_counted"]) for row in rows] == [
        ("1", "false", "false"), ("2", "false", "false"), ("3", "true", "true"),
    ]  # fmt: skip
    assert {
        row["definition_version"] for row in indicator_measure_seed_rows() if row["indicator_id"] == "A3"
    } == {"3"}


def test_a_new_version_without_the_one_it_replaces_is_refused() -> None:
    with pytest.raises(ValueError, match="needs all versions before it"):
        dataclasses.replace(INDICATORS["C1"], definition_version=3)


def test_a_k2_measure_must_name_its_family() -> None:
    with pytest.raises(ValueError, match="within which family"):
        dataclasses.replace(INDICATORS["C1"], comparability_class="K2")


def test_two_measures_of_one_slice_are_refused() -> None:
    with pytest.raises(ValueError, match="same slice"):
        dataclasses.replace(INDICATORS["C1"], parts=(Measure(slice={}), Measure(slice={})))
