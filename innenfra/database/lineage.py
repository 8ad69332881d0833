"""Functions of the database that walk a value back to its files and rows.

Belongs here: which delivered rows stand behind a value. `access.apply` makes the functions: one that tells
all, for the
platform alone, and beside its other functions one that tells what the asking person may read.
Does not belong here: how it is told to people (`innenfra/explain.py`).
"""

from __future__ import annotations

from innenfra.contracts.indicators import INDICATORS
from innenfra.database.statements import read_sql

_VALUE = (
    "of_school text",
    "of_partnership text",
    "of_indicator text",
    "of_version int",
    "of_period_type text",
    "of_period text",
    "of_slice jsonb",
)
ALL_SIGNATURE = f"all_rows_behind({', '.join(_VALUE)})"
BEHIND_SIGNATURE = f"rows_behind({', '.join(_VALUE)})"
BEHIND_RETURNS = "table (file_id bigint, file_name text, file_type text, rows bigint[])"
CALL_ALL = f"authz.all_rows_behind({', '.join(part.split()[0] for part in _VALUE)})"

ADDED_UP = ["E5"]
"""Indicators whose year shows where all years until then stand."""

_BESIDE = ", ".join(
    f"('{one.indicator_id}', '{' '.join(one.also_rests_on)}')"
    for one in INDICATORS.values()
    if one.also_rests_on
)

ALL = read_sql(__file__, "functions/all_rows_behind", beside=_BESIDE, added_up=ADDED_UP)
"""The delivered rows behind one value: of the files its measure is counted from, about its slice, in its
period."""
