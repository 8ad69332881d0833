"""Counties by number, as they are called.

Belongs here: the name of a number. Does not belong here: which schools are in a county (`int_school_place`),
the county governors' offices (`schemes.py`).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def _read_names() -> dict[str, str]:
    """The newest name of every number that ever was a county's (KLASS 104, Statistics Norway)."""
    with (files("innenfra") / "reference" / "klass104_counties.csv").open(encoding="utf-8") as handle:
        return {row["code"]: row["name"] for row in csv.DictReader(handle)}


def name_county(county_no: str) -> str:
    """What a county is called; of a number that nobody knows, the number. Numbers are never used again, so
    the name of one that is no more is its last."""
    return _read_names().get(county_no, county_no)
