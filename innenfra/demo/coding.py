"""Coding of the invented network: the codebooks, what was counted with them, and a crosswalk.

Belongs here: counts of coded talk and support. Does not belong here: any text that was coded.
"""

from __future__ import annotations

import random

from innenfra.demo.school import School, school_year_of
from innenfra.demo.writing import Rows

_SUPPORT = ("emotional_support", "organisational_support", "process_support")
_SUBCATEGORIES = 4
_TALK = (("T1", "talk", "meaning_oriented"), ("T2", "talk", "action_oriented"))
_STANCE = (
    ("H1", "stance", "confirming_only"),
    ("H2", "stance", "challenging_only"),
    ("H3", "stance", "both"),
)
_SHARED, _LOCAL = "NETT", "LOK"


def codebook(school: School) -> Rows:
    """The network's codebook, or for one partnership one of its own with the same categories by other
    names."""
    prefix = _codebook_of(school)
    common = {"codebook_id": prefix, "codebook_version_id": f"{prefix}-v1"}
    rows: Rows = []
    for number, category in enumerate((*_SUPPORT, "local"), start=1):
        rows.append(common | {"code": f"{prefix}-{number}", "category": category, "level": "category"})
        if category != "local":
            rows += [
                common | {"code": f"{prefix}-{number}.{n}", "category": category, "level": "subcategory"}
                for n in range(1, _SUBCATEGORIES + 1)
            ]
    return rows + [
        common | {"code": code, "category": category, "level": "subcategory", "canonical_code": canonical}
        for code, category, canonical in (*_TALK, *_STANCE)
    ]


def crosswalk(school: School) -> Rows:
    """How one partnership's own categories answer to the network's; a narrower one is not the same."""
    if _codebook_of(school) == _SHARED:
        return []
    return [
        {
            "from_codebook_version_id": f"{_LOCAL}-v1",
            "from_code": f"{_LOCAL}-{n}",
            "to_codebook_version_id": f"{_SHARED}-v1",
            "to_code": f"{_SHARED}-{n}",
            "relation": "narrower" if n == 2 else "same",
            "reviewed": "yes",
        }
        for n in (1, 2, 3)
    ]


def counts(school: School, offset: int, teams: int, chance: random.Random) -> Rows:
    """Units with each code, per loop and arena: talk and stance in the teams, support in the development
    group."""
    if not school.codes_talk:
        return []
    prefix = _codebook_of(school)
    rows: Rows = []
    for loop_no in school.loop_numbers(offset):
        common = {
            "school_id": school.school_id,
            "partnership_id": school.partnership,
            "school_year": school_year_of(offset),
            "loop_no": loop_no,
            "codebook_version_id": f"{prefix}-v1",
            "coded_by_party": chance.choice(("participating_te", "other_te", "joint")),
            "agreement_measure": "krippendorff_alpha",
            "agreement_value": chance.choice((0.62, 0.71, 0.76, 0.8, 0.83, 0.88)),
        }
        units = chance.randint(30, 80)
        talk = common | {
            "arena": "team",
            "n_units_base": units,
            "n_teams": teams,
            "minutes": 60 * teams,
            "double_coded_n": units // 5,
        }
        meaning = round(units * min(0.3 + 0.05 * offset + chance.uniform(-0.1, 0.1), 0.9))
        confirming, challenging = (
            round(units * chance.uniform(0.3, 0.5)),
            round(units * chance.uniform(0.05, 0.2)),
        )
        for code, n in (
            ("T1", meaning),
            ("T2", units - meaning),
            ("H1", confirming),
            ("H2", challenging),
            ("H3", units - confirming - challenging),
        ):
            rows.append(talk | {"code": code, "n_units_with_code": n})
        base = chance.randint(25, 50)
        support = common | {
            "arena": "development_group",
            "n_units_base": base,
            "n_teams": teams,
            "minutes": 60,
            "double_coded_n": base // 5,
        }
        for number in range(1, len(_SUPPORT) + 1):
            rows.append(
                support
                | {
                    "code": f"{prefix}-{number}",
                    "n_units_with_code": round(base * chance.uniform(0.1, 0.6)),
                }
            )
            rows += [
                support | {"code": f"{prefix}-{number}.{n}", "n_units_with_code": chance.randint(0, 6)}
                for n in range(1, _SUBCATEGORIES + 1)
            ]
        rows.append(
            support
            | {
                "code": f"{prefix}-{len(_SUPPORT) + 1}",
                "n_units_with_code": round(base * chance.uniform(0, 0.1)),
            }
        )
    return rows


def _codebook_of(school: School) -> str:
    return _LOCAL if school.partnership == "PS-03" else _SHARED
