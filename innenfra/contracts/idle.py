"""Delivered columns that no count and no check uses yet, each with why it is asked for all the same.

Belongs here: the list alone. A test holds it against the models: a new idle column fails, and so does one
that has
come into use and is still named here.
Does not belong here: what a column means (beside its table).
"""

from __future__ import annotations

_CONTEXT = "context that the school states about its year; of no count"

IDLE: dict[str, dict[str, str]] = {
    "manifest": {
        "schema_version": "which template was filled in, for whoever looks into an old file",
        "prepared_by_role": "who to ask about the delivery, as a role",
    },
    "school_year": {"leader_n": _CONTEXT, "process_leaders_changed_n": _CONTEXT},
    "stated_totals": {"source": "where the total is stated, for whoever asks"},
}
"""By file type and column: why it is asked for though nothing counts or checks by it."""
