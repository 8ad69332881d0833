"""Numbers, their absence and their changes in words, as pages use them; see `innenfra/sentences.py`."""

from innenfra.sentences import (
    Kind,
    Labels,
    Row,
    Show,
    Translate,
    Verdict,
    answered,
    by_chance,
    change,
    change_fairness,
    claim,
    fairness,
    has_number,
    headline,
    judge,
    likely,
    number,
    period,
    reference,
    said,
    seen_by_others,
    shown,
    state,
    trend,
    valued,
)

__all__ = [
    "Kind", "Labels", "Row", "Show", "Translate", "Verdict", "answered", "by_chance", "change",
    "change_fairness", "claim", "fairness", "has_number", "headline", "judge", "likely", "number", "period",
    "reference", "said", "seen_by_others", "shown", "state", "trend", "valued",
]  # fmt: skip
