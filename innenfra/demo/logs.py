"""Logs of the invented network: the forms and the counts of each round.

Belongs here: answers as counts. Does not belong here: open answers, which never are in canonical files.
"""

from __future__ import annotations

import random
from typing import Any

from innenfra.demo import plants
from innenfra.demo.school import School
from innenfra.demo.writing import Rows

_ITEMS = (
    ("utbytte", "benefit", "1 2 3 4 5", (1, 2, 5, 8, 4), "Hvor stort utbytte har du hatt av sløyfa?"),
    ("opplevelse", "experience", "1 2 3 4 5", (1, 2, 4, 8, 5), "Hvordan har du opplevd arbeidet i teamet?"),
    (
        "laererutdanner",
        "te_participation",
        "1 2 3 4 5",
        (1, 3, 5, 6, 3),
        "Hvordan har du opplevd lærerutdannernes deltakelse?",
    ),
    ("overforing", "transfer", "1 2 3", (3, 6, 5), "Har du tatt noe med deg til egen undervisning?"),
)
_NEW_MEANING = "utbytte"


def forms(school: School, offset: int) -> Rows:
    """The log forms so far. A second version keeps all items but gives one a new meaning."""
    rows: Rows = [_item("LOGG-v1", *item) for item in _ITEMS]
    if school.school_id == plants.BREAK and offset >= 3:
        rows += [
            _item("LOGG-v2", *item)
            | {
                "predecessor_version_id": "LOGG-v1",
                "predecessor_item_id": item[0],
                "same_meaning": "no" if item[0] == _NEW_MEANING else "yes",
            }
            for item in _ITEMS
        ]
    return rows


def _item(
    version: str, item_id: str, theme: str, answers: str, _weights: object, wording: str
) -> dict[str, Any]:
    return {
        "log_instrument_id": "LOGG",
        "log_instrument_version_id": version,
        "item_id": item_id,
        "theme": theme,
        "scale": "ordered",
        "answer_codes": answers,
        "wording_nb": wording,
    }


def counts(school: School, loop: dict[str, Any], chance: random.Random) -> Rows:
    """Counts of one round: each answer the form offers, also those that nobody gave."""
    submitted = (
        chance.randint(3, 4)
        if school.school_id == plants.SMALL
        else round(school.teachers * chance.uniform(0.6, 1.0))
    )
    if school.school_id in plants.POOLED and loop["school_year"] == plants.POOLED_YEAR:
        submitted = 4
    common = {
        "school_id": school.school_id,
        "partnership_id": school.partnership,
        "loop_no": loop["loop_no"],
        "round_no": 1,
        "log_instrument_version_id": loop["log_instrument_version_id"],
        "invited_n": school.teachers,
        "submitted_n": submitted,
        "collection_mode": "in_meeting",
    }
    rows: Rows = []
    for item_id, _, answers, weights, _ in _ITEMS:
        given = chance.choices(answers.split(), weights, k=submitted)
        rows += [
            common | {"item_id": item_id, "answer_code": answer, "n": given.count(answer)}
            for answer in answers.split()
        ]
    return rows
