"""Numbers and their absence in words. No Streamlit in here.

Belongs here: how a value is written, and that zero, missing, not planned and protected never look alike.
Does not belong here: layout, SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from innenfra.contracts.vocabulary import SHOWN_STATUSES

Translate = Callable[..., str]
FEW = 20


def number(value: float, language: str) -> str:
    """A number with the language's decimal sign, without needless decimals."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(".", ",")


def shown(row: Mapping[str, Any], t: Translate) -> str:
    """The value as people read it: its fraction, with per cent only from 20 upwards; or its state in words."""
    if row["status"] not in SHOWN_STATUSES:
        return t(f"state.{row['status']}")
    language = t("code")
    sign = {"<=": "≤ ", ">=": "≥ "}.get(str(row["bound"]), "")
    top, bottom = row["numerator"], row["denominator"]
    if bottom is None or bottom != bottom:
        return f"{sign}{number(row['value'], language)} {t('unit.' + str(row['unit']))}"
    text = f"{sign}{number(top, language)}/{number(bottom, language)}"
    return text if bottom < FEW else f"{text} ({number(100 * row['value'], language)}\u00a0%)"


def fairness(row: Mapping[str, Any], t: Translate) -> str:
    """How far the value may be compared, and why not further."""
    verdict = row["comparability"]
    if verdict is None or verdict != verdict:
        return ""
    reason = row["comparability_reason"]
    return t(f"fair.{verdict}") if reason is None or reason != reason else f"{t(f'fair.{verdict}')}: {t(f'reason.{reason}')}"
