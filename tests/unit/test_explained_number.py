"""How an explanation says the number itself: with its bound, its ends and whether it may still change, never
as more than is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from innenfra.explain import Explanation, lines


def explained(**told: Any) -> Explanation:
    number = {
        "numerator": None,
        "numerator_high": None,
        "denominator": None,
        "value": None,
        "value_high": None,
        "value_below": None,
        "status": "observed",
        "status_reason": None,
        "bound": "=",
    }
    return Explanation(
        unit="S",
        partnership_id="P",
        indicator_id="X",
        definition_version=1,
        definition={"nb": "", "nn": "", "en": ""},
        period_type="school_year",
        period="2024/25",
        slice={},
        unit_of_value="share",
        note=None,
        comparability="comparable",
        comparability_reason=None,
        caveats=[],
        sources=[],
        checks=[],
        agreement_version=None,
        release_id=1,
        **{**number, **told},
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"numerator": 9, "denominator": 31, "value": 9 / 31}, "9/31"),
        (
            {
                "numerator": 9,
                "numerator_high": 14,
                "denominator": 31,
                "value": 9 / 31,
                "value_high": 14 / 31,
                "bound": "range",
            },
            "9–14/31",
        ),
        ({"numerator": 2, "denominator": 31, "value": 2 / 31, "bound": "<="}, "<= 2/31"),
        ({"value": 0.25, "value_high": 0.5, "bound": "range"}, "25–50 %"),
        ({"value": 0.7, "value_below": 0.8}, "70–<80 %"),
        ({"value": 0.8, "bound": ">="}, ">= 80 %"),
        ({"numerator": 9, "denominator": 31, "value": 9 / 31, "status": "provisional"}, "9/31 (Preliminary)"),
        ({"status": "suppressed", "status_reason": "few_people"}, "Protected (fewer than five people)"),
        (
            {"status": "suppressed", "status_reason": "few_chose"},
            "Protected (few chose the answer, so it is only told together with others)",
        ),
    ],
)
def test_a_number_is_said_as_it_is_told(told: dict[str, Any], said: str) -> None:
    assert lines(explained(**told), "en")[0] == ("The number", said)


@pytest.mark.parametrize(
    ("language", "unit", "said"),
    [
        ("nb", "hours", "1,5 timer"),
        ("nn", "days", "1,5 dagar"),
        ("en", "hours", "1.5 hours"),
        ("nb", "count", "1,5"),
    ],
)
def test_a_number_is_told_in_the_language_with_its_unit(language: str, unit: str, said: str) -> None:
    made = replace(explained(value=1.5), unit_of_value=unit)
    assert lines(made, language)[0][1] == said
