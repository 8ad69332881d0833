"""Agreements of the invented network: versions, plans, commitments, what became of them, and the arenas they
name.

Belongs here: what was agreed and reviewed. Does not belong here: what was done.
"""

from __future__ import annotations

import datetime as dt
import random

from innenfra.demo import plants
from innenfra.demo.school import FIRST_YEAR, YEARS_OF_ENDED, School, school_year_of
from innenfra.demo.writing import Package, Rows

_COMMITMENTS = (
    ("school", "team_time", 420, "minutes"),
    ("school", "dev_group_time", 60, "minutes"),
    ("school", "substitute_cover", 1, "yes_no"),
    ("institution", "mirror_data", 1, "times"),
    ("school_owner", "funding", 1, "yes_no"),
)
AMENDED_AFTER = 2
"""Years before the one agreement that is changed is changed."""

_ARENAS = ("full_staff", "development_group")
_LINKS = (
    ("team", "development_group"),
    ("development_group", "full_staff"),
    ("full_staff", "team"),
    ("teacher_educators", "development_group"),
)


def agreement(school: School, offset: int, chance: random.Random) -> Package:
    """Sheets on the agreement, as known that year."""
    agreement_id = f"AV-{school.code}"
    versions = _versions(school, offset)
    signed = [{"agreement_id": agreement_id, "version_no": v["version_no"]} for v in versions]
    return {
        "agreement_versions": versions,
        "agreement_plan_years": [
            version | {"partnership_year_no": y, "planned_loops": school.loops}
            for version in signed
            for y in range(1, 11)
        ],
        "agreement_commitments": [
            version
            | {
                "commitment_no": n,
                "party": p,
                "commitment_type": t,
                "quantity": q,
                "unit": u,
                "per": "loop",
            }
            for version in signed
            for n, (p, t, q, u) in enumerate(_COMMITMENTS, start=1)
        ],
        "agreement_arenas": [version | {"arena": arena} for version in signed for arena in _ARENAS],
        "expected_arena_links": [
            {
                "school_id": school.school_id,
                "model_version": 1,
                "from_arena": a,
                "to_arena": b,
                "first_loop_no": 1,
            }
            for a, b in _LINKS
        ],
        "commitment_reviews": [
            signed[-1]
            | {
                "commitment_no": n,
                "school_year": school_year_of(offset),
                "assessed_by": by,
                "result": chance.choices(
                    ("kept", "partly", "not_kept", "changed_by_agreement"), (12, 4, 1, 1)
                )[0],
                "assessed_on": dt.date(FIRST_YEAR + offset + 1, 6, 12),
            }
            for n in range(1, len(_COMMITMENTS) + 1)
            for by in ("school", "institution")
        ],
    }


def arena_links(school: School, offset: int, chance: random.Random) -> Rows:
    """Which arenas fed which in each loop of the year."""
    return [
        {
            "school_id": school.school_id,
            "partnership_id": school.partnership,
            "loop_no": loop_no,
            "from_arena": a,
            "to_arena": b,
        }
        for loop_no in school.loop_numbers(offset)
        for a, b in _LINKS
        if chance.random() < 0.5 + 0.08 * offset
    ]


def _versions(school: School, offset: int) -> Rows:
    ended = school.loops_until == YEARS_OF_ENDED
    sections = dict.fromkeys(("has_goals", "has_frames", "has_roles", "has_organisation"), "yes")
    first = {
        "agreement_id": f"AV-{school.code}",
        "version_no": 1,
        "school_id": school.school_id,
        "partnership_id": school.partnership,
        "institution_ids": school.institutions,
        "owner_is_party": "yes",
        "signed_on": dt.date(FIRST_YEAR, 6, 12),
        "valid_from": dt.date(FIRST_YEAR, 8, 1),
        "planned_years": YEARS_OF_ENDED if ended else 6,
        "valid_to": dt.date(FIRST_YEAR + YEARS_OF_ENDED, 7, 31) if ended else None,
        "change_reason": "initial",
        "change_basis_ref": None,
        **sections,
    }
    if school.school_id != plants.LATE or offset < AMENDED_AFTER:
        return [first]
    amended = dt.date(FIRST_YEAR + AMENDED_AFTER, 8, 1)
    decision = f"B-M{school.loop_numbers(AMENDED_AFTER - 1)[0]:02d}-3"
    second = {
        "version_no": 2,
        "signed_on": amended - dt.timedelta(days=40),
        "valid_from": amended,
        "change_reason": "evaluation",
        "change_basis_ref": decision,
    }
    return [first | {"valid_to": amended - dt.timedelta(days=1)}, first | second]
