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

_APP = "where a row was written; pages say it of what was written a moment ago"

UNSEEN: dict[str, dict[str, str]] = {
    "educator_part": {
        "times_n": (
            "the page marks that the educators were there, never how often; the number is in indicator A4"
        ),
        "agreed_n": "agreed beforehand, and too seldom filled in to be told loop by loop",
    },
    "commitment_review": {
        "assessed_on": "the day of the assessment, beside the school year that it is of",
        "written_in": _APP,
    },
    "mirror_item": {
        "checked_on": "the day of the answer, beside the answer itself",
        "checked_by": "which group answered, beside the answer itself",
    },
    "mirror_presentation": {
        "mirror_id": "pages follow the trail, which has the same edge",
        "meeting_id": "pages follow the trail, which has the same edge",
        "meeting_date": "pages follow the trail, which has the day of the meeting",
        "arena": "pages follow the trail to the meeting, which has its arena",
        "loop_no": "pages follow the trail, which has the loop",
    },
    "decision": {"written_in": _APP},
    "trail": {"on_day": "the day stands with what the edge leads to"},
}
"""By record and column: why it is published though no page shows it yet."""
