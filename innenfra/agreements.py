"""Versions of agreements over school years, for pages and reports.

Belongs here: which version a year is read by. Pure functions from rows. Does not belong here: what is
delivered of agreements (`contracts/agreements.py`), the same rule for numbers (`int_agreement_in_force`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def is_valid_in(version: Row, year: str) -> bool:
    """Whether a version was valid on a day of the school year."""
    return str(version["valid_from"]) <= f"{int(year[:4]) + 1}-07-31" and (
        version["valid_to"] is None or str(version["valid_to"]) >= f"{year[:4]}-08-01"
    )


def find_version(versions: Iterable[Row], year: str) -> Row | None:
    """The version in force when the school year ended, else the last that was within it; None without one."""
    within = [one for one in versions if is_valid_in(one, year)]
    return max(within, key=lambda one: (str(one["valid_from"]), one["version_no"]), default=None)
