"""The catalogue: what each indicator means, how it is counted, and how far it may be compared.

Belongs here: the definitions, one file per family, and the rows of the two seeds that dbt reads.
Does not belong here: the counting itself (`dbt_project/models`), and the wording of pages (`apps/wording`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from innenfra.contracts.indicators.agreement import AGREEMENT
from innenfra.contracts.indicators.collaboration import COLLABORATION
from innenfra.contracts.indicators.definition import FAMILIES, Audience, EarlierVersion, Indicator, Measure
from innenfra.contracts.indicators.development import DEVELOPMENT
from innenfra.contracts.indicators.institutionalisation import INSTITUTIONALISATION
from innenfra.contracts.indicators.log_themes import LOG_THEMES
from innenfra.contracts.indicators.ownership import OWNERSHIP
from innenfra.contracts.indicators.process import PROCESS
from innenfra.contracts.indicators.support import SUPPORT
from innenfra.contracts.words import Words

__all__ = [
    "AUDIENCES",
    "FAMILIES",
    "INDICATORS",
    "SPLIT_KEY",
    "EarlierVersion",
    "Indicator",
    "Measure",
    "indicator_measure_seed_rows",
    "indicator_seed_rows",
    "split_key",
]

INDICATORS: dict[str, Indicator] = {
    one.indicator_id: one
    for family in (
        COLLABORATION,
        DEVELOPMENT,
        AGREEMENT,
        SUPPORT,
        PROCESS,
        OWNERSHIP,
        INSTITUTIONALISATION,
        LOG_THEMES,
    )
    for one in family
}
"""The catalogue by id, in its own order."""


def split_key(indicators: Iterable[Indicator]) -> str:
    """The one key that the catalogue splits people by, or empty text. ValueError where there are two: their
    crossing could single people out."""
    keys = {measure.split_by for one in indicators for measure in one.measures if measure.split_by}
    if len(keys) > 1:
        raise ValueError(
            "people are split by one key only, see docs/decisions/0009; the catalogue has"
            f" {', '.join(sorted(keys))}"
        )
    return keys.pop() if keys else ""


SPLIT_KEY = split_key(INDICATORS.values())
"""The key that splits people into groups, in the whole catalogue; none is in use so far."""


def audiences(indicators: Iterable[Indicator]) -> dict[str, Audience]:
    """Who reads what, by indicator and class as `A1/K1`. ValueError where measures of one class of an
    indicator have several audiences."""
    read: dict[str, Audience] = {}
    for one in indicators:
        for measure in one.measures:
            about, audience = (
                f"{one.indicator_id}/{measure.comparability_class}",
                measure.audience or "school",
            )
            if read.setdefault(about, audience) != audience:
                raise ValueError(
                    f"{about} has measures for {read[about]} and for {audience}; give them classes of"
                    " their own"
                )
    return read


AUDIENCES = audiences(INDICATORS.values())
"""Who reads what in the whole catalogue; row policies follow it."""

TRANSLATED = ("label", "meaning", "formula", "numerator", "denominator", "direction", "caveat", "misuse")
LANGUAGES = ("nb", "nn", "en")


def indicator_seed_rows() -> list[dict[str, str]]:
    """Rows of the seed `indicator.csv`, one per indicator and definition version, all values as text."""
    rows = []
    for number, one in enumerate(INDICATORS.values(), start=1):
        rows += [_seed_row(number, one, before) for before in one.earlier] + [_seed_row(number, one, None)]
    return rows


def indicator_measure_seed_rows() -> list[dict[str, str]]:
    """Rows of the seed `indicator_measure.csv`, one per measure and definition version, all values as text.

    An earlier version has the measures of the one in force: what is another measure is another indicator. One
    that was wrong has none.
    """
    return [
        _measure_row(one, measure, version)
        for one in INDICATORS.values()
        for version in one.counted_versions
        for measure in one.measures
    ]


def slice_text(slice_: dict[str, str]) -> str:
    """A slice as the seed writes it: JSON with sorted keys, as PostgreSQL reads into jsonb."""
    return json.dumps(slice_, sort_keys=True, ensure_ascii=False)


def _seed_row(number: int, one: Indicator, before: EarlierVersion | None) -> dict[str, str]:
    row: dict[str, Any] = {
        "indicator_id": one.indicator_id,
        "definition_version": before.definition_version if before else one.definition_version,
        "valid_from": (before.valid_from if before else one.valid_from).isoformat(),
        "is_current": str(before is None).lower(),
        "is_counted": str(before is None or not before.was_wrong).lower(),
        "sort_no": number,
        "family": one.family,
        "comparability_class": one.comparability_class,
        "unit": one.unit,
        "grain": one.grain,
        "article_lines": one.article_lines,
        "needs": " ".join(one.needs),
        "break_on": " ".join(one.break_on),
        "built": str(one.built).lower(),
        "is_school_fact": str(one.is_school_fact).lower(),
    }
    for name in TRANSLATED:
        words: Words | None = before.formula if before and name == "formula" else getattr(one, name)
        row |= _in_languages(name, words)
    return {column: str(value) for column, value in row.items()}


def _measure_row(one: Indicator, measure: Measure, version: int) -> dict[str, str]:
    row: dict[str, Any] = {
        "indicator_id": one.indicator_id,
        "definition_version": version,
        "slice": slice_text(measure.slice),
        "free_keys": " ".join(measure.free_keys),
        "split_by": measure.split_by,
        "comparability_class": measure.comparability_class,
        "disclosure": measure.disclosure,
        "audience": measure.audience,
        "counted_per": measure.counted_per,
        "unit": measure.unit,
        "needs": " ".join(measure.needs or ()),
        "break_on": " ".join(one.break_on),
        "comparison_family_kind": measure.family_kind,
    }
    for name in ("label", "numerator", "denominator"):
        row |= _in_languages(name, getattr(measure, name))
    return {column: str(value) for column, value in row.items()}


def _in_languages(name: str, words: Words | None) -> dict[str, str]:
    return {f"{name}_{language}": words[language] if words else "" for language in LANGUAGES}
