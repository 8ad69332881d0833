"""Delivered columns that no count and no check uses yet, each with why it is asked for all the same.

Belongs here: the list alone. A test holds it against the models: a new idle column fails, and so does one
that has
come into use and is still named here.
Does not belong here: what a column means (beside its table).
"""

from __future__ import annotations

_RECORD = "said of the record itself, as the partners read it in their own files"
_CONTEXT = "context that the school states about its year; of no count"
_TO_PEOPLE = "words for people, beside the code that counts"

IDLE: dict[str, dict[str, str]] = {
    "agreement_versions": {
        "signed_on": _RECORD,
        "has_goals": _RECORD,
        "has_frames": _RECORD,
        "has_roles": _RECORD,
        "has_organisation": _RECORD,
    },
    "agreement_commitments": {
        "quantity": "how much was agreed; whether it was kept is assessed, never counted from it",
    },
    "template_versions": {
        "phase_code": "the template's own name of the phase, beside the common one that is counted",
        "prompts_n": _RECORD,
        "developed_in_meeting_id": _RECORD,
        "based_on_mirror": _RECORD,
    },
    "log_instruments": {"wording_nb": _TO_PEOPLE, "wording_nn": _TO_PEOPLE, "wording_en": _TO_PEOPLE},
    "codebooks": {"label_nb": _TO_PEOPLE},
    "loops": {
        "planned_end": "the end of the plan; what is counted begins with its start",
        "loop_goal": "the school's own words, for the school alone",
    },
    "team_loops": {
        "te_agreed_with_process_leader": "stated by the team, and too seldom filled in to be counted"
    },
    "meetings": {
        "group_format": _RECORD,
        "teachers_n": "who was there, as numbers; a meeting counts once however many came",
        "process_leaders_n": "who was there, as numbers; a meeting counts once however many came",
        "teacher_educators_n": (
            "who was there, as numbers; what they did is counted by their part in the meeting"
        ),
    },
    "decisions": {
        "decision_type": _RECORD,
        "based_on": _RECORD,
        "effective_loop_no": _RECORD,
        "confirmed_by_both": _RECORD,
    },
    "mirror_items": {
        "dimension": _RECORD,
        "topic_code": _RECORD,
        "seed": _RECORD,
    },
    "manifest": {
        "schema_version": "which template was filled in, for whoever looks into an old file",
        "prepared_by_role": "who to ask about the delivery, as a role",
    },
    "school_year": {
        "leader_n": _CONTEXT,
        "onboarding_by": _CONTEXT,
        "principal_changed": _CONTEXT,
        "process_leaders_changed_n": _CONTEXT,
        "concurrent_initiatives_n": _CONTEXT,
    },
    "teams": {
        "team_label": "the team's name, for display inside the school only",
        "team_kind": _RECORD,
    },
    "stated_totals": {"source": "where the total is stated, for whoever asks"},
}
"""By file type and column: why it is asked for though nothing counts or checks by it."""
